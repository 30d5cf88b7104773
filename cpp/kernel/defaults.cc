#include "kernel/defaults.h"

#include <iterator>
#include <utility>

#include "base/errors.h"
#include "kernel/descriptions.h"
#include "kernel/read_outs.h"
#include "models/devices/stimulators.h"
#include "models/neuron_registry.h"
#include "models/numbers.h"
#include "recording/recorders.h"

namespace tegmenta {

namespace {

constexpr std::size_t kMostSynapseModels = 511;

}  // namespace

namespace {

ModelDescription describe_neuron(const NeuronModel& model) {
  ModelDescription d{model.name(), ModelKind::kNeuron, model.summary,
                     model.source, model.parameters,   {}};
  d.equations = model.equations;
  d.parameters.insert(d.parameters.end(), model.port_parameters.begin(),
                      model.port_parameters.end());
  for (ParameterDeclaration& of_receptors : receptor_declarations(model)) {
    d.parameters.push_back(std::move(of_receptors));
  }
  for (const StateDeclaration& s : model.states) d.parameters.push_back(s.declaration());
  d.parameters.insert(d.parameters.end(), model.derived.begin(), model.derived.end());
  d.recordables = recordables_of(model);
  if (model.has_spike_times) d.parameters.push_back(spike_times_declaration());
  if (model.has_calcium) d.parameters.push_back(calcium_declaration());
  for (const ReadOutDeclaration& r : kReadOuts) {
    if (!r.of_neurons_only) continue;
    d.parameters.push_back({std::string(r.name), r.type, std::string(r.unit), r.default_value,
                            Range::finite(), Role::kReadOnly, std::string(r.description)});
  }
  return d;
}

}  // namespace

std::vector<ModelDescription> model_descriptions() {
  std::vector<ModelDescription> all;
  for (const auto& model : make_neuron_models()) all.push_back(describe_neuron(*model));
  for (const auto& device : make_stimulators()) all.push_back(device->description());
  for (const auto& device : make_recorders()) all.push_back(device->description());
  for (const SynapseModel& model : synapse_models()) {
    all.push_back(
        {model.name, ModelKind::kSynapse, model.summary, model.source, model.parameters, {}});
    for (const SynapseRecordable& r : model.recordables()) {
      all.back().recordables.push_back(r.name);
    }
    all.back().variants = variants_of(model);
    all.back().equations = model.equations;
  }
  return all;
}

void require_room_for_synapses(const Catalog& catalog, std::size_t more) {
  if (catalog.synapses.size() + more <= kMostSynapseModels) return;
  throw Error(ErrorKind::kKernelException,
              "There can be at most " + std::to_string(kMostSynapseModels) + " synapse models.");
}

Error Defaults::unknown_model(ErrorKind kind, const std::string& name) const {
  std::vector<std::string> names = net_.catalog.node_model_names();
  const std::vector<std::string> synapses = net_.catalog.main_synapse_model_names();
  names.insert(names.end(), synapses.begin(), synapses.end());
  return unknown_name(kind, "model", "There is no model", name, names);
}

namespace {

void append(ResultMap& map, ResultMap&& more) {
  std::move(more.begin(), more.end(), std::back_inserter(map));
}

}  // namespace

ResultMap Defaults::of_neuron(const NeuronModelEntry& entry) const {
  ResultMap map;
  for (std::size_t i = 0; i < entry.model->parameters.size(); ++i) {
    const ParameterDeclaration& declared = entry.model->parameters[i];
    map.emplace_back(declared.name, read_number(declared.type, entry.parameters[i]));
  }
  const NeuronModel& model = *entry.model;
  for (std::size_t j = 0; j < model.port_parameters.size(); ++j) {
    Column<double> list;
    for (int k = 0; k < model.ports; ++k) {
      list.push_back(entry.parameters[model.port_column(j, k)]);
    }
    map.emplace_back(model.port_parameters[j].name, Result{std::move(list)});
  }
  for (const ParameterDeclaration& d : receptor_declarations(model)) {
    map.emplace_back(d.name, read_receptors(model, d.name));
  }
  if (entry.model->has_spike_times) map.emplace_back("spike_times", Result{Column<double>{}});
  for (std::size_t i = 0; i < entry.states.size(); ++i) {
    const StateDeclaration& declared = model.states[i];
    map.emplace_back(declared.name, read_number(declared.type, entry.states[i]));
  }
  std::vector<double> derived(model.derived.size());
  model.derive(entry.parameters.data(), net_.clock.grid, derived.data());
  for (std::size_t i = 0; i < derived.size(); ++i) {
    map.emplace_back(model.derived[i].name, read_number(model.derived[i].type, derived[i]));
  }
  if (model.has_calcium) map.emplace_back(calcium_declaration().name, Result{entry.calcium});
  map.emplace_back("recordables", list_of_texts(recordables_of(*entry.model)));
  append(map, read_outs_of_model(entry.name, entry.model->name(), entry.id, ModelKind::kNeuron));
  return map;
}

ResultMap Defaults::of_device(const Device& prototype) const {
  ResultMap map;
  for (const auto& d : prototype.description().parameters) {
    if (d.type == ParameterType::kEvents) continue;
    map.emplace_back(d.name, prototype.get(d.name, net_.clock.grid, 0));
  }
  const ModelDescription& built_in = prototype.description();
  if (!built_in.recordables.empty()) {
    map.emplace_back("recordables", list_of_texts(built_in.recordables));
  }
  append(map, read_outs_of_model(prototype.model_name, built_in.name, prototype.model_id,
                                 built_in.kind));
  return map;
}

ResultMap Defaults::get(const std::string& model) const {
  const Catalog& catalog = net_.catalog;
  if (const int i = catalog.find_neuron(model); i >= 0) {
    return of_neuron(catalog.neurons[static_cast<std::size_t>(i)]);
  }
  if (const int i = catalog.find_device(model); i >= 0) {
    return of_device(*catalog.devices[static_cast<std::size_t>(i)]);
  }
  if (const int i = catalog.place_of_synapse(model); i >= 0) return of_synapse(i);
  throw unknown_model(ErrorKind::kUnknownComponent, model);
}

void Defaults::set(const std::string& model, const Properties& params) {
  Catalog& catalog = net_.catalog;
  if (const int i = catalog.find_neuron(model); i >= 0) {
    change_defaults(catalog.neurons[static_cast<std::size_t>(i)], params, net_.clock.grid);
  } else if (const int k = catalog.find_device(model); k >= 0) {
    catalog.devices[static_cast<std::size_t>(k)]->set(params, of_prototypes());
  } else if (const int s = catalog.place_of_synapse(model); s >= 0) {
    set_synapse(s, params);
  } else {
    throw unknown_model(ErrorKind::kUnknownComponent, model);
  }
  catalog.changed = true;
}

ModelDescription Defaults::describe(const std::string& model) const {
  const Catalog& catalog = net_.catalog;
  if (const int i = catalog.find_neuron(model); i >= 0) {
    ModelDescription d = describe_neuron(*catalog.neurons[static_cast<std::size_t>(i)].model);
    d.name = model;
    return d;
  }
  if (const int i = catalog.find_device(model); i >= 0) {
    ModelDescription d = catalog.devices[static_cast<std::size_t>(i)]->description();
    d.name = model;
    return d;
  }
  throw catalog.unknown_node_model(model);
}

void Defaults::copy_model(const std::string& existing, const std::string& name,
                          const Properties& params) {
  Catalog& catalog = net_.catalog;
  if (name.empty()) {
    throw bad_value(ErrorKind::kBadParameterValue, "", "name", name, "a name that is not empty");
  }
  if (catalog.find_neuron(name) >= 0 || catalog.find_device(name) >= 0 ||
      catalog.place_of_synapse(name) >= 0) {
    throw Error(ErrorKind::kNewModelNameExists, "There is a model '" + name + "' already.",
                {{"model", name}});
  }
  if (const int i = catalog.find_neuron(existing); i >= 0) {
    NeuronModelEntry copy = catalog.neurons[static_cast<std::size_t>(i)];
    copy.name = name;
    copy.id = catalog.node_models();
    change_defaults(copy, params, net_.clock.grid);
    catalog.neurons.push_back(std::move(copy));
  } else if (const int k = catalog.find_device(existing); k >= 0) {
    auto copy = catalog.devices[static_cast<std::size_t>(k)]->clone();
    copy->model_name = name;
    copy->model_id = catalog.node_models();
    copy->set(params, of_prototypes());
    catalog.devices.push_back(std::move(copy));
  } else if (const int s = catalog.place_of_synapse(existing); s >= 0) {
    require_room_for_synapses(catalog, 1);
    SynapseModelEntry copy = changed_synapse(catalog.synapse(s), params);
    copy.name = name;
    catalog.add_synapse(std::move(copy));
  } else {
    throw unknown_model(ErrorKind::kUnknownModelName, existing);
  }
  catalog.changed |= !params.empty();
}

// Prototypes hold from the beginning of time.
DeviceContext Defaults::of_prototypes() const { return {&net_.clock.grid, 0, false, {}}; }

}  // namespace tegmenta
