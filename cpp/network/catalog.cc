#include "network/catalog.h"

#include <algorithm>

#include "models/devices/stimulators.h"
#include "models/neuron_registry.h"
#include "models/read_outs.h"
#include "recording/recorders.h"

namespace tegmenta {

namespace {

// In NEST they differ in how synapses are kept; here all have labels, and none takes more memory.
constexpr const char* kVariants[] = {"_hpc", "_lbl"};

// Beyond those of all other models, which are numbered without variants.
constexpr std::uint32_t kVariantDraws = 0x10000;
// Models that were added later have streams of their own; copies and variants are numbered as if
// there were none of them, so that a model that is added moves no draws of others.
constexpr std::uint32_t kFirstModels = 19, kAddedDraws = 0x8000;

std::uint32_t draws_of_model(std::uint32_t position) {
  return position < kFirstModels ? position : kAddedDraws + position;
}

SynapseModelEntry synapse_entry(const SynapseModel& model, const std::string& name,
                                ModelValues values) {
  SynapseModelEntry entry;
  entry.name = name;
  entry.model = &model;
  entry.common_weight = model.common_weight;
  entry.values = std::move(values);
  entry.weight = entry.values[kWeightParameter];
  entry.delay_ms = entry.values[kDelayParameter];
  return entry;
}

ModelValues declared_values(const SynapseModel& model) {
  ModelValues values;
  for (const auto& d : model.parameters) values.push_back(d.default_value);
  return values;
}

}  // namespace

SynapseModelEntry entry_of(const CompiledSynapse& model, const TimeGrid& grid) {
  return synapse_entry(model, model.name, model.defaults_on(grid));
}

std::vector<std::string> variants_of(const SynapseModel& model) {
  std::vector<std::string> names;
  for (const char* const variant : kVariants) names.push_back(model.name + variant);
  return names;
}

NeuronModelEntry entry_of(const NeuronModel& model) {
  NeuronModelEntry entry{model.name(), &model, {}, {}, 0, 0};
  for (const auto& p : model.parameters) entry.parameters.push_back(p.default_value);
  for (const auto& p : model.port_parameters) {
    entry.parameters.insert(entry.parameters.end(), static_cast<std::size_t>(model.ports),
                            p.default_value);
  }
  for (const auto& s : model.states) entry.states.push_back(s.default_value);
  return entry;
}

Catalog::Catalog() : devices(make_stimulators()) {
  for (const auto& model : neuron_models()) {
    NeuronModelEntry entry = entry_of(*model);
    entry.id = static_cast<int>(neurons.size());
    neurons.push_back(std::move(entry));
  }
  for (auto& recorder : make_recorders()) devices.push_back(std::move(recorder));
  int id = static_cast<int>(neurons.size());
  for (auto& device : devices) device->model_id = id++;
  for (const SynapseModel& model : synapse_models()) {
    synapses.push_back(synapse_entry(model, model.name, declared_values(model)));
    synapses.back().draws = draws_of_model(static_cast<std::uint32_t>(synapses.size()) - 1);
  }
  std::uint32_t variant = 0;
  for (const SynapseModel& model : synapse_models()) {
    for (const std::string& name : variants_of(model)) {
      synapses.push_back(synapse_entry(model, name, declared_values(model)));
      synapses.back().draws = kVariantDraws + kFirstModels + variant++;
    }
  }
}

const CompiledNeuron* Catalog::find_compiled(const std::string& base) const {
  for (const auto& model : compiled) {
    if (model->base() == base) return model.get();
  }
  return nullptr;
}

const CompiledSynapse* Catalog::find_compiled_synapse(const std::string& base) const {
  for (const auto& model : compiled_synapses) {
    if (model->base == base) return model.get();
  }
  return nullptr;
}

std::uint32_t Catalog::next_ordinal() const {
  std::uint32_t next = 0;
  for (const auto& model : compiled) next = std::max(next, model->ordinal() + 1);
  for (const auto& model : compiled_synapses) next = std::max(next, model->ordinal() + 1);
  return next;
}

void Catalog::add_neuron(std::shared_ptr<const CompiledNeuron>&& model,
                         NeuronModelEntry&& entry) noexcept {
  compiled.push_back(std::move(model));
  if (const int known = find_neuron(entry.name); known >= 0) {
    NeuronModelEntry& old = neurons[static_cast<std::size_t>(known)];
    entry.id = old.id;
    old = std::move(entry);
  } else {
    entry.id = node_models();
    neurons.push_back(std::move(entry));
  }
}

void Catalog::add_synapse(std::shared_ptr<const CompiledSynapse>&& model,
                          SynapseModelEntry&& entry) noexcept {
  compiled_synapses.push_back(std::move(model));
  if (const int known = place_of_synapse(entry.name); known >= 0) {
    SynapseModelEntry& old = synapses[static_cast<std::size_t>(known)];
    entry.draws = old.draws;
    old = std::move(entry);
  } else {
    add_synapse(std::move(entry));
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

std::vector<std::string> Catalog::main_synapse_model_names() const {
  std::vector<std::string> names;
  for (const auto& entry : synapses) {
    if (entry.draws < kVariantDraws) names.push_back(entry.name);
  }
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
                     main_synapse_model_names());
}

void Catalog::add_synapse(SynapseModelEntry&& entry) {
  const std::size_t built_in = synapse_models().size() * (1 + std::size(kVariants));
  entry.draws = kFirstModels + static_cast<std::uint32_t>(synapses.size() - built_in);
  synapses.push_back(std::move(entry));
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
    for (const auto& p : declared.port_parameters) keys.push_back(p.name);
    for (const auto& d : receptor_declarations(declared)) keys.push_back(d.name);
    for (const auto& s : declared.states) keys.push_back(s.name);
    for (const auto& d : declared.derived) keys.push_back(d.name);
    if (declared.has_spike_times) keys.push_back("spike_times");
    if (declared.has_calcium) keys.push_back(calcium_declaration().name);
    keys.push_back("recordables");
  } else if (const int device = find_device(model); device >= 0) {
    const ModelDescription& d = devices[static_cast<std::size_t>(device)]->description();
    for (const auto& p : d.parameters) keys.push_back(p.name);
    if (!d.recordables.empty()) keys.push_back("recordables");
  } else {
    throw unknown_node_model(model);
  }
  const bool neurons_too = find_neuron(model) >= 0;
  for (const ReadOutDeclaration& r : kReadOuts) {
    if (neurons_too || !r.of_neurons_only) keys.emplace_back(r.name);
  }
  return keys;
}

}  // namespace tegmenta
