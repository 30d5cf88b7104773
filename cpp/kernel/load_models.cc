#include "kernel/load_models.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/errors.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

/// A model that is about to be one of a network's.
struct NewModel {
  std::shared_ptr<const CompiledNeuron> model;
  NeuronModelEntry entry;
};

Error name_exists(const std::string& name, const std::string& text) {
  return {ErrorKind::kNewModelNameExists, text, {{"model", name}}};
}

// Throws unless a model can be had under that name.
void require_free_name(const Network& net, const std::string& name, bool replace) {
  const Catalog& catalog = net.catalog;
  const std::string exists = "There is a model '" + name + "' already";
  if (catalog.find_device(name) >= 0 || catalog.place_of_synapse(name) >= 0) {
    throw name_exists(name, exists + ", which is no neuron; give yours another name.");
  }
  if (catalog.find_neuron(name) < 0) return;
  if (!replace) {
    throw name_exists(name, exists + "; with `replace` the new one takes its place.");
  }
  const auto& populations = net.nodes.populations;
  if (std::any_of(populations.begin(), populations.end(),
                  [&](const auto& population) { return population->model_name() == name; })) {
    throw name_exists(name, exists + ", and nodes of it, so that it cannot be replaced.");
  }
}

// Throws where two are to have one name.
void require_different_names(const std::vector<compiled::Code>& codes) {
  for (auto code = codes.begin(); code != codes.end(); ++code) {
    if (std::any_of(codes.begin(), code,
                    [&](const compiled::Code& other) { return other.name == code->name; })) {
      throw name_exists(code->name, "Two of the models have the name '" + code->name + "'.");
    }
  }
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
}

void add(Network& net, std::vector<NewModel> models) {
  make_room(net.catalog.compiled, models.size());
  make_room(net.catalog.neurons, models.size());
  // From here on nothing can fail.
  for (NewModel& made : models) {
    net.catalog.add_neuron(std::move(made.model), std::move(made.entry));
  }
  forget_replaced(net);
}

}  // namespace

void load_models(Network& net, std::vector<compiled::Code> codes, bool replace) {
  require_different_names(codes);
  for (const compiled::Code& code : codes) require_free_name(net, code.name, replace);
  std::uint32_t ordinal = net.catalog.next_ordinal();
  std::vector<NewModel> models;
  for (compiled::Code& code : codes) {
    auto model = std::make_shared<const CompiledNeuron>(std::move(code), ordinal++, net.clock.grid);
    NeuronModelEntry entry = entry_of(*model);
    models.push_back({std::move(model), std::move(entry)});
  }
  add(net, std::move(models));
}

void keep_loaded_models(const Network& from, Network& to) {
  std::vector<NewModel> models;
  for (const auto& model : from.catalog.compiled) {
    const int at = from.catalog.find_neuron(model->name());
    if (at < 0 || from.catalog.neurons[static_cast<std::size_t>(at)].model != model.get()) continue;
    models.push_back({model, entry_of(*model)});
    NeuronModelEntry& entry = models.back().entry;
    model->set_defaults(to.clock.grid, entry.parameters.data(), entry.states.data());
  }
  add(to, std::move(models));
}

}  // namespace tegmenta
