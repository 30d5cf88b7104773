#include "kernel/load_models.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "base/errors.h"
#include "kernel/defaults.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

/// A model that is about to be one of a network's.
template <typename Model, typename Entry>
struct NewModel {
  std::shared_ptr<const Model> model;
  Entry entry;
};
using NewNeuron = NewModel<CompiledNeuron, NeuronModelEntry>;
using NewSynapse = NewModel<CompiledSynapse, SynapseModelEntry>;

Error name_exists(const std::string& name, const std::string& text) {
  return {ErrorKind::kNewModelNameExists, text, {{"model", name}}};
}

std::string there_is(const std::string& name) { return "There is a model '" + name + "' already"; }

bool has_nodes(const Network& net, const std::string& name) {
  const auto& populations = net.nodes.populations;
  return std::any_of(populations.begin(), populations.end(),
                     [&](const auto& population) { return population->model_name() == name; });
}

bool has_synapses(const Network& net, int model) {
  const auto are_of = [&](const auto& list) { return list.model == model; };
  const auto& stores = net.synapses.stores;
  const auto& generators = net.synapses.of_generators;
  const auto& recorders = net.recording.lists;
  return std::any_of(stores.begin(), stores.end(), [&](const auto& s) { return are_of(*s); }) ||
         std::any_of(generators.begin(), generators.end(), are_of) ||
         std::any_of(recorders.begin(), recorders.end(), are_of);
}

// Throws unless a neuron can be had under that name.
void require_free_for_neuron(const Network& net, const std::string& name, bool replace) {
  const Catalog& catalog = net.catalog;
  if (catalog.find_device(name) >= 0 || catalog.place_of_synapse(name) >= 0) {
    throw name_exists(name, there_is(name) + ", which is no neuron; give yours another name.");
  }
  if (catalog.find_neuron(name) < 0) return;
  if (!replace) {
    throw name_exists(name, there_is(name) + "; with `replace` the new one takes its place.");
  }
  if (has_nodes(net, name)) {
    throw name_exists(name, there_is(name) + ", and nodes of it, so that it cannot be replaced.");
  }
}

void require_free_for_synapse(const Network& net, const std::string& name, bool replace) {
  const Catalog& catalog = net.catalog;
  if (catalog.find_device(name) >= 0 || catalog.find_neuron(name) >= 0) {
    throw name_exists(name, there_is(name) + ", which is no synapse; give yours another name.");
  }
  const int known = catalog.place_of_synapse(name);
  if (known < 0) return;
  if (!replace) {
    throw name_exists(name, there_is(name) + "; with `replace` the new one takes its place.");
  }
  if (has_synapses(net, known)) {
    throw name_exists(name,
                      there_is(name) + ", and synapses of it, so that it cannot be replaced.");
  }
}

void require_free_names(const Network& net, const std::vector<compiled::Code>& neurons,
                        const std::vector<compiled::SynapseCode>& synapses, bool replace) {
  std::set<std::string> names;
  const auto enter = [&](const std::string& name) {
    if (names.insert(name).second) return;
    throw name_exists(name, "Two of the models have the name '" + name + "'.");
  };
  for (const auto& code : neurons) enter(code.name);
  for (const auto& code : synapses) enter(code.name);
  for (const auto& code : neurons) require_free_for_neuron(net, code.name, replace);
  std::size_t added = 0;
  for (const auto& code : synapses) {
    require_free_for_synapse(net, code.name, replace);
    added += net.catalog.place_of_synapse(code.name) < 0 ? 1 : 0;
  }
  require_room_for_synapses(net.catalog, added);
}

// Those that nothing is of any more.
void forget_replaced(Network& net) noexcept {
  const auto is_used = [&](const NeuronModel* model) {
    const auto is_of = [&](const NeuronModelEntry& entry) { return entry.model == model; };
    const auto are_of = [&](const auto& population) { return &population->model() == model; };
    const auto& entries = net.catalog.neurons;
    const auto& populations = net.nodes.populations;
    return std::any_of(entries.begin(), entries.end(), is_of) ||
           std::any_of(populations.begin(), populations.end(), are_of);
  };
  std::erase_if(net.catalog.compiled, [&](const auto& model) { return !is_used(model.get()); });
  std::erase_if(net.catalog.compiled_synapses, [&](const auto& model) {
    const auto& entries = net.catalog.synapses;
    return std::none_of(entries.begin(), entries.end(),
                        [&](const SynapseModelEntry& entry) { return entry.model == model.get(); });
  });
}

void add(Network& net, std::vector<NewNeuron> neurons, std::vector<NewSynapse> synapses) {
  make_room(net.catalog.compiled, neurons.size());
  make_room(net.catalog.neurons, neurons.size());
  make_room(net.catalog.compiled_synapses, synapses.size());
  make_room(net.catalog.synapses, synapses.size());
  // From here on nothing can fail.
  for (NewNeuron& made : neurons) {
    net.catalog.add_neuron(std::move(made.model), std::move(made.entry));
  }
  for (NewSynapse& made : synapses) {
    const int replaced = net.catalog.place_of_synapse(made.entry.name);
    if (replaced >= 0) net.plasticity.forget_model(replaced);
    net.catalog.add_synapse(std::move(made.model), std::move(made.entry));
  }
  forget_replaced(net);
}

}  // namespace

void load_models(Network& net, std::vector<compiled::Code> neurons,
                 std::vector<compiled::SynapseCode> synapses, bool replace) {
  require_free_names(net, neurons, synapses, replace);
  const TimeGrid& grid = net.clock.grid;
  std::uint32_t ordinal = net.catalog.next_ordinal();
  std::vector<NewNeuron> new_neurons;
  for (compiled::Code& code : neurons) {
    auto model = std::make_shared<const CompiledNeuron>(std::move(code), ordinal++, grid);
    NeuronModelEntry entry = entry_of(*model);
    new_neurons.push_back({std::move(model), std::move(entry)});
  }
  std::vector<NewSynapse> new_synapses;
  for (compiled::SynapseCode& code : synapses) {
    auto model = std::make_shared<const CompiledSynapse>(std::move(code), ordinal++, grid);
    SynapseModelEntry entry = entry_of(*model, grid);
    new_synapses.push_back({std::move(model), std::move(entry)});
  }
  add(net, std::move(new_neurons), std::move(new_synapses));
}

void keep_loaded_models(const Network& from, Network& to) {
  std::vector<NewNeuron> neurons;
  for (const auto& model : from.catalog.compiled) {
    const int at = from.catalog.find_neuron(model->name());
    if (at < 0 || from.catalog.neurons[static_cast<std::size_t>(at)].model != model.get()) continue;
    neurons.push_back({model, entry_of(*model)});
    NeuronModelEntry& entry = neurons.back().entry;
    model->set_defaults(to.clock.grid, entry.parameters.data(), entry.states.data());
  }
  std::vector<NewSynapse> synapses;
  for (const auto& model : from.catalog.compiled_synapses) {
    const int at = from.catalog.place_of_synapse(model->name);
    if (at < 0 || from.catalog.synapse(at).model != model.get()) continue;
    synapses.push_back({model, entry_of(*model, to.clock.grid)});
  }
  add(to, std::move(neurons), std::move(synapses));
}

}  // namespace tegmenta
