// SetDefaults, GetDefaults and CopyModel.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/errors.h"
#include "kernel/descriptions.h"
#include "models/neuron_registry.h"
#include "models/numbers.h"
#include "network/network.h"

namespace tegmenta {

std::vector<std::string> Network::node_model_names() const {
  std::vector<std::string> names;
  for (const auto& entry : neuron_entries_) names.push_back(entry.name);
  for (const auto& prototype : device_prototypes_) names.push_back(prototype->model_name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Network::synapse_model_names() const {
  std::vector<std::string> names;
  for (const auto& model : synapse_models_) names.push_back(model.name);
  std::sort(names.begin(), names.end());
  return names;
}

int Network::find_synapse_model(const std::string& name) const {
  for (std::size_t i = 0; i < synapse_models_.size(); ++i) {
    if (synapse_models_[i].name == name) return static_cast<int>(i);
  }
  throw unknown_name(ErrorKind::kUnknownSynapseType, "model", "There is no synapse model", name,
                     synapse_model_names());
}

namespace {

ModelDescription describe_neuron(const NeuronModel& model) {
  ModelDescription d{model.name(), ModelKind::kNeuron, model.summary,
                     model.source, model.parameters,   {}};
  for (const StateDeclaration& s : model.states) {
    d.parameters.push_back({s.name, ParameterType::kDouble, s.unit, s.default_value, s.range,
                            s.settable ? Role::kState : Role::kReadOnly, s.description});
    if (s.recordable) d.recordables.push_back(s.name);
  }
  if (model.has_spike_times) d.parameters.push_back(spike_times_declaration());
  d.parameters.push_back({"t_spike", ParameterType::kDouble, "ms", -1, Range::finite(),
                          Role::kReadOnly, "Time of the last spike; −1 before the first."});
  d.parameters.push_back({"Ca", ParameterType::kDouble, "", 0, Range::finite(), Role::kReadOnly,
                          "Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike."});
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
  }
  return all;
}

ResultMap Network::get_defaults(const std::string& model) const {
  ResultMap map;
  for (const NeuronModelEntry& entry : neuron_entries_) {
    if (entry.name != model) continue;
    for (std::size_t i = 0; i < entry.parameters.size(); ++i) {
      const bool flag = entry.model->parameters[i].type == ParameterType::kBool;
      map.emplace_back(entry.model->parameters[i].name,
                       flag ? Result{entry.parameters[i] != 0} : Result{entry.parameters[i]});
    }
    if (entry.model->has_spike_times) {
      map.emplace_back("spike_times", Result{Column<double>{}});
    }
    ResultList recordables;
    for (std::size_t i = 0; i < entry.states.size(); ++i) {
      map.emplace_back(entry.model->states[i].name, Result{entry.states[i]});
      if (entry.model->states[i].recordable) recordables.push_back({entry.model->states[i].name});
    }
    map.emplace_back("recordables", Result{std::move(recordables)});
    map.emplace_back("model", Result{entry.name});
    map.emplace_back("element_type", Result{std::string("neuron")});
    return map;
  }
  for (const auto& prototype : device_prototypes_) {
    if (prototype->model_name != model) continue;
    for (const auto& d : prototype->description().parameters) {
      if (d.type == ParameterType::kEvents) continue;
      map.emplace_back(d.name, prototype->get(d.name, grid_, 0));
    }
    map.emplace_back("model", Result{prototype->model_name});
    map.emplace_back("element_type", Result{std::string(to_string(prototype->description().kind))});
    return map;
  }
  for (std::size_t i = 0; i < synapse_models_.size(); ++i) {
    const SynapseModelEntry& entry = synapse_models_[i];
    if (entry.name != model) continue;
    std::uint64_t count = 0;
    for (const auto& store : stores_) {
      if (store->model != static_cast<int>(i)) continue;
      count += store->synapses();
      for (const Projection& p : store->staged) count += p.synapses;
    }
    for (std::size_t k = 0; k < entry.values.size(); ++k) {
      const ParameterDeclaration& d = entry.model->parameters[k];
      if (d.type == ParameterType::kNodes) {
        const NodeId id = d.name == "weight_recorder" ? entry.weight_recorder : entry.transmitter;
        map.emplace_back(d.name, Result{id ? Column<std::uint32_t>{id} : Column<std::uint32_t>{}});
      } else if (const std::string& same = entry.model->canonical(d.name); same != d.name) {
        map.emplace_back(d.name, Result{same == "weight" ? entry.weight : entry.delay_ms});
      } else if (k == kWeightParameter) {
        map.emplace_back(d.name, Result{entry.weight});
      } else if (k == kDelayParameter) {
        map.emplace_back(d.name, Result{entry.delay_ms});
      } else if (d.name == "n" && entry.model->has_transmitter()) {
        map.emplace_back(d.name, Result{dopamine(static_cast<int>(i))});
      } else if (d.type == ParameterType::kBool) {
        map.emplace_back(d.name, Result{entry.values[k] != 0});
      } else {
        map.emplace_back(d.name, Result{entry.values[k]});
      }
    }
    ResultList recordables;
    for (const SynapseRecordable& r : entry.model->recordables()) recordables.push_back({r.name});
    map.emplace_back("recordables", Result{std::move(recordables)});
    map.emplace_back("num_connections", Result{static_cast<double>(count)});
    map.emplace_back("has_delay", Result{true});
    map.emplace_back("requires_symmetric", Result{false});
    map.emplace_back("synapse_model", Result{entry.name});
    map.emplace_back("element_type", Result{std::string("synapse")});
    return map;
  }
  auto names = node_model_names();
  const auto synapses = synapse_model_names();
  names.insert(names.end(), synapses.begin(), synapses.end());
  throw unknown_name(ErrorKind::kUnknownComponent, "model", "There is no model", model, names);
}

void Network::set_common_weight(int model, double weight) {
  std::vector<bool> concerned(stores_.size());
  for (std::size_t s = 0; s < stores_.size(); ++s) concerned[s] = stores_[s]->model == model;
  settle_static(concerned);
  std::vector<ChangedList> changed;
  for (std::size_t d = 0; d < device_projections_.size(); ++d) {
    DeviceProjection& projection = device_projections_[d];
    if (projection.model != model) continue;
    changed.push_back({d, {weight}, projection.delays});
    make_room_for_past(projection);
  }
  // From here on nothing can fail.
  for (auto& store : stores_) {
    if (store->model == model) store->weight = weight;
  }
  for (ChangedList& list : changed) change_list(std::move(list));
}

void Network::set_defaults(const std::string& model, const Properties& params) {
  for (NeuronModelEntry& entry : neuron_entries_) {
    if (entry.name != model) continue;
    change_defaults(entry, params);
    defaults_changed_ = true;
    return;
  }
  for (auto& prototype : device_prototypes_) {
    if (prototype->model_name != model) continue;
    // Prototypes hold from the beginning of time.
    prototype->set(params, {&grid_, 0, false, false, {}});
    defaults_changed_ = true;
    return;
  }
  for (std::size_t i = 0; i < synapse_models_.size(); ++i) {
    SynapseModelEntry& entry = synapse_models_[i];
    if (entry.name != model) continue;
    SynapseModelEntry next = changed_synapse(entry, params);
    if (entry.model->plastic) before_model_change(static_cast<int>(i), next, params);
    if (next.common_weight && next.weight != entry.weight) {
      set_common_weight(static_cast<int>(i), next.weight);
    }
    entry = std::move(next);
    update_uniform_columns();
    defaults_changed_ = true;
    devices_changed_ = true;
    return;
  }
  get_defaults(model);  // throws UnknownComponent
}

void Network::copy_model(const std::string& existing, const std::string& name,
                         const Properties& params) {
  auto names = node_model_names();
  const auto synapses = synapse_model_names();
  names.insert(names.end(), synapses.begin(), synapses.end());
  if (name.empty()) {
    throw bad_value(ErrorKind::kBadParameterValue, "", "name", name, "a name that is not empty");
  }
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    throw Error(ErrorKind::kNewModelNameExists, "There is a model '" + name + "' already.",
                {{"model", name}});
  }
  for (const NeuronModelEntry& entry : neuron_entries_) {
    if (entry.name != existing) continue;
    NeuronModelEntry copy = entry;
    copy.name = name;
    change_defaults(copy, params);
    neuron_entries_.push_back(std::move(copy));
    defaults_changed_ |= !params.empty();
    return;
  }
  for (const auto& prototype : device_prototypes_) {
    if (prototype->model_name != existing) continue;
    auto copy = prototype->clone();
    copy->model_name = name;
    copy->set(params, {&grid_, 0, false, false, {}});
    device_prototypes_.push_back(std::move(copy));
    defaults_changed_ |= !params.empty();
    return;
  }
  for (const SynapseModelEntry& entry : synapse_models_) {
    if (entry.name != existing) continue;
    if (synapse_models_.size() >= 511) {
      throw Error(ErrorKind::kKernelException, "There can be at most 511 synapse models.");
    }
    SynapseModelEntry copy = changed_synapse(entry, params);
    copy.name = name;
    synapse_models_.push_back(std::move(copy));
    defaults_changed_ |= !params.empty();
    return;
  }
  throw unknown_name(ErrorKind::kUnknownModelName, "model", "There is no model", existing, names);
}

}  // namespace tegmenta
