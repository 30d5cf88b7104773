// Lists of synapses: what they are lists of.
#pragma once

#include <vector>

#include "models/synapses/synapse_model.h"
#include "network/network.h"
#include "recording/synapse_recorder.h"

namespace tegmenta {

/// Where the weight and the states of a synapse are.
struct SynapseSite {
  RowStore* store = nullptr;  // null: a device's list has its weight
  std::uint32_t partition = 0;
  std::uint64_t offset = 0;

  PartitionRows& rows() const { return store->partitions[partition]; }
};
SynapseSite site_of(const Network& network, const SynapsePosition& at);
/// Whether it raises the conductance of a receptor port.
bool raises_conductance(const Network& network, const SynapsePosition& at);
/// Null for a synapse that is not plastic.
const SynapseModel* plastic_model(const Network& network, std::uint64_t position);
/// The plastic model that all synapses of a list have, null when there is none such.
const SynapseModel* common_model(const Network& network, const SynapseList& list);
const SynapseModelEntry& model_of(const Network& network, const SynapsePosition& at);
/// The synapses of a list, for a device to keep. Throws StaleSynapseCollection.
ChosenSynapses chosen_synapses(const Network& network, const SynapseList& list);
/// All that devices keep.
std::vector<ChosenSynapses*> recorded_synapses(const Network& network);

}  // namespace tegmenta
