// Lists of synapses: what they are lists of.
#include <algorithm>
#include <vector>

#include "base/errors.h"
#include "network/network.h"
#include "synapses/device_position.h"

namespace tegmenta {

const SynapseModel* Network::plastic_model(std::uint64_t position) const {
  const std::uint32_t store = SynapsePosition::unpack(position).store;
  return store < stores_.size() ? stores_[store]->plastic : nullptr;
}

const SynapseModel* Network::common_model(const SynapseList& list) const {
  if (list.positions.empty()) return nullptr;
  const SynapseModel* model = plastic_model(list.positions.front());
  if (!model) return nullptr;
  const bool all = std::all_of(list.positions.begin(), list.positions.end(),
                               [&](std::uint64_t word) { return plastic_model(word) == model; });
  return all ? model : nullptr;
}

void Network::check_synapses(const SynapseList& list) const {
  if (list.generation == generation_) return;
  throw Error(ErrorKind::kStaleSynapseCollection,
              "The network has changed since this collection of synapses was made; call "
              "GetConnections again.");
}

RowPlace Network::row_of(const SynapsePosition& at) const {
  return stores_[at.store]->partitions[at.partition].find(at.offset);
}

ChosenSynapses Network::chosen_synapses(const SynapseList& list) const {
  check_synapses(list);
  ChosenSynapses chosen;
  chosen.positions = list.positions;
  chosen.sources.reserve(list.positions.size());
  chosen.targets.reserve(list.positions.size());
  const auto add = [&](NodeId source, NodeId target, int model) {
    const SynapseModel* rule = synapse_models_[static_cast<std::size_t>(model)].model;
    chosen.sources.push_back(source);
    chosen.targets.push_back(target);
    if (std::find(chosen.models.begin(), chosen.models.end(), rule) == chosen.models.end()) {
      chosen.models.push_back(rule);
    }
  };
  for (std::uint64_t word : list.positions) {
    const SynapsePosition at = SynapsePosition::unpack(word);
    if (at.store == kGeneratorStore) {
      const DeviceProjection& d = device_projections_[list_of(at)];
      add(devices_[d.device]->id, d.targets[element_of(at)], d.model);
    } else if (at.store == kRecorderStore) {
      const RecordingProjection& r = recording_projections_[list_of(at)];
      const NodeId device = devices_[r.device]->id, node = r.nodes[element_of(at)];
      const bool outgoing = r.recorder_asks;
      add(outgoing ? device : node, outgoing ? node : device, r.model);
    } else {
      const RowStore& store = *stores_[at.store];
      const std::uint16_t slot = store.partitions[at.partition].targets[at.offset];
      add(store.source_low + row_of(at).row, placement_.node_of_slot[at.partition][slot],
          store.model);
    }
  }
  return chosen;
}

double Network::constant_weight(const SynapsePosition& at) const {
  if (at.store == kGeneratorStore) {
    return device_projections_[list_of(at)].weight(element_of(at));
  }
  if (at.store == kRecorderStore) return recording_projections_[list_of(at)].weight;
  return stores_[at.store]->weight_at(at.partition, at.offset);
}

}  // namespace tegmenta
