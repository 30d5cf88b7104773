#include "network/catalog.h"

#include <algorithm>

#include "models/devices/stimulators.h"
#include "models/neuron_registry.h"
#include "recording/recorders.h"

namespace tegmenta {

Catalog::Catalog() : devices(make_stimulators()), built_in_(make_neuron_models()) {
  for (const auto& model : built_in_) {
    NeuronModelEntry entry{model->name(), model.get(), {}, {}};
    for (const auto& p : model->parameters) entry.parameters.push_back(p.default_value);
    for (const auto& s : model->states) entry.states.push_back(s.default_value);
    neurons.push_back(std::move(entry));
  }
  for (auto& recorder : make_recorders()) devices.push_back(std::move(recorder));
  for (const SynapseModel& model : synapse_models()) {
    SynapseModelEntry entry;
    entry.name = model.name;
    entry.model = &model;
    entry.common_weight = model.common_weight;
    for (const auto& d : model.parameters) entry.values.push_back(d.default_value);
    entry.weight = entry.values[kWeightParameter];
    entry.delay_ms = entry.values[kDelayParameter];
    synapses.push_back(std::move(entry));
  }
}

std::vector<std::string> Catalog::node_model_names() const {
  std::vector<std::string> names;
  for (const auto& entry : neurons) names.push_back(entry.name);
  for (const auto& prototype : devices) names.push_back(prototype->model_name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Catalog::synapse_model_names() const {
  std::vector<std::string> names;
  for (const auto& entry : synapses) names.push_back(entry.name);
  std::sort(names.begin(), names.end());
  return names;
}

namespace {

template <typename List, typename Name>
int place_of(const List& list, Name&& has_name) {
  const auto found = std::find_if(list.begin(), list.end(), has_name);
  return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}

}  // namespace

int Catalog::find_neuron(const std::string& name) const {
  return place_of(neurons, [&](const NeuronModelEntry& entry) { return entry.name == name; });
}

int Catalog::find_device(const std::string& name) const {
  return place_of(devices, [&](const auto& prototype) { return prototype->model_name == name; });
}

int Catalog::place_of_synapse(const std::string& name) const {
  return place_of(synapses, [&](const SynapseModelEntry& entry) { return entry.name == name; });
}

int Catalog::find_synapse(const std::string& name) const {
  const int place = place_of_synapse(name);
  if (place >= 0) return place;
  throw unknown_name(ErrorKind::kUnknownSynapseType, "model", "There is no synapse model", name,
                     synapse_model_names());
}

Error Catalog::unknown_node_model(const std::string& name) const {
  return unknown_name(ErrorKind::kUnknownModelName, "model", "There is no node model", name,
                      node_model_names());
}

std::vector<std::string> Catalog::node_keys(const std::string& model) const {
  std::vector<std::string> keys;
  if (const int neuron = find_neuron(model); neuron >= 0) {
    const NeuronModel& declared = *neurons[static_cast<std::size_t>(neuron)].model;
    for (const auto& p : declared.parameters) keys.push_back(p.name);
    for (const auto& s : declared.states) keys.push_back(s.name);
    if (declared.has_spike_times) keys.push_back("spike_times");
    keys.insert(keys.end(), {"t_spike", "Ca", "recordables"});
  } else if (const int device = find_device(model); device >= 0) {
    const ModelDescription& d = devices[static_cast<std::size_t>(device)]->description();
    for (const auto& p : d.parameters) keys.push_back(p.name);
    if (!d.recordables.empty()) keys.push_back("recordables");
  } else {
    throw unknown_node_model(model);
  }
  keys.insert(keys.end(), {"global_id", "model", "element_type"});
  return keys;
}

}  // namespace tegmenta
