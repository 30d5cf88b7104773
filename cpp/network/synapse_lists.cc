#include "network/synapse_lists.h"

#include <algorithm>

#include "synapses/device_position.h"

namespace tegmenta {

SynapseSite site_of(const Network& network, const SynapsePosition& at) {
  if (at.store < network.synapses.stores.size()) {
    return {network.synapses.stores[at.store].get(), at.partition, at.offset};
  }
  if (at.store != kRecorderStore) return {};
  const RecorderList& list = network.recording.lists[list_of(at)];
  return list.releasing ? SynapseSite{list.releasing.get(), 0, element_of(at)} : SynapseSite{};
}

bool raises_conductance(const Network& network, const SynapsePosition& at) {
  const auto has_ports = [&](NodeId id) {
    return network.nodes.is_neuron(id) &&
           network.nodes.population_of(id).model().has_conductance_ports();
  };
  if (at.store == kGeneratorStore) {
    const GeneratorList& list = network.synapses.of_generators[list_of(at)];
    return list.receptor > 0 && has_ports(list.targets[element_of(at)]);
  }
  return at.store < network.synapses.stores.size() && has_ports(network.synapses.target_of(at));
}

const SynapseModel* plastic_model(const Network& network, std::uint64_t position) {
  const SynapseSite site = site_of(network, SynapsePosition::unpack(position));
  return site.store ? site.store->plastic : nullptr;
}

const SynapseModel* common_model(const Network& network, const SynapseList& list) {
  if (list.positions.empty()) return nullptr;
  const SynapseModel* model = plastic_model(network, list.positions.front());
  if (!model) return nullptr;
  const bool all =
      std::all_of(list.positions.begin(), list.positions.end(),
                  [&](std::uint64_t word) { return plastic_model(network, word) == model; });
  return all ? model : nullptr;
}

const SynapseModelEntry& model_of(const Network& network, const SynapsePosition& at) {
  const int model = at.store == kGeneratorStore  ? network.synapses.of_generators[list_of(at)].model
                    : at.store == kRecorderStore ? network.recording.lists[list_of(at)].model
                                                 : network.synapses.stores[at.store]->model;
  return network.catalog.synapse(model);
}

ChosenSynapses chosen_synapses(const Network& network, const SynapseList& list) {
  network.synapses.check(list);
  ChosenSynapses chosen;
  chosen.positions = list.positions;
  chosen.sources.reserve(list.positions.size());
  chosen.targets.reserve(list.positions.size());
  const auto add = [&](NodeId source, NodeId target, int model) {
    const SynapseModel* rule = network.catalog.synapse(model).model;
    chosen.sources.push_back(source);
    chosen.targets.push_back(target);
    if (std::find(chosen.models.begin(), chosen.models.end(), rule) == chosen.models.end()) {
      chosen.models.push_back(rule);
    }
  };
  const auto& devices = network.nodes.devices;
  for (std::uint64_t word : list.positions) {
    const SynapsePosition at = SynapsePosition::unpack(word);
    if (at.store == kGeneratorStore) {
      const GeneratorList& d = network.synapses.of_generators[list_of(at)];
      add(devices[d.device]->id, d.targets[element_of(at)], d.model);
    } else if (at.store == kRecorderStore) {
      const RecorderList& r = network.recording.lists[list_of(at)];
      const NodeId device = devices[r.device]->id, node = r.nodes[element_of(at)];
      const bool outgoing = r.recorder_asks;
      add(outgoing ? device : node, outgoing ? node : device, r.model);
    } else {
      add(network.synapses.source_of(at), network.synapses.target_of(at),
          network.synapses.stores[at.store]->model);
    }
  }
  return chosen;
}

std::vector<ChosenSynapses*> recorded_synapses(const Network& network) {
  std::vector<ChosenSynapses*> recorded;
  for (const auto& device : network.nodes.devices) {
    auto* const recorder = device->as<SynapseRecorder>();
    if (recorder && recorder->chosen()) recorded.push_back(recorder->chosen());
  }
  return recorded;
}

}  // namespace tegmenta
