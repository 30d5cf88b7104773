// Defaults and common values of synapse models, and the checks between their parameters.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "kernel/defaults.h"
#include "kernel/delays.h"
#include "kernel/device_lists.h"
#include "kernel/layout.h"
#include "models/numbers.h"
#include "models/synapses/rule.h"
#include "synapses/device_position.h"

namespace tegmenta {

namespace {

// The one node of a collection, or 0 for an empty one.
NodeId one_node(const std::string& model, const std::string& key, const Value& value) {
  if (const auto* list = std::get_if<std::vector<double>>(&value); list && list->empty()) return 0;
  const auto* nodes = std::get_if<NodeIds>(&value);
  if (!nodes) throw_type_mismatch(model, key, "a collection of one node", value);
  if (nodes->ids.size() > 1) {
    throw bad_value(ErrorKind::kBadProperty, model, key, static_cast<double>(nodes->ids.size()),
                    "a collection of one node");
  }
  return nodes->ids.empty() ? 0 : nodes->ids[0];
}

}  // namespace

std::optional<Properties> canonical_names(const SynapseModel& model, const Properties& params) {
  const auto other = [&](const auto& entry) { return model.canonical(entry.first) != entry.first; };
  if (std::none_of(params.begin(), params.end(), other)) return std::nullopt;
  Properties renamed = params;
  for (auto& entry : renamed) {
    if (!other(entry)) continue;
    const std::string name = model.canonical(entry.first);
    const bool twice =
        std::any_of(renamed.begin(), renamed.end(), [&](const auto& e) { return e.first == name; });
    if (twice) {
      throw Error(
          ErrorKind::kBadProperty,
          entry.first + " of " + model.name + " is another name of " + name + "; give one of them.",
          {{"model", model.name}, {"parameter", entry.first}});
    }
    entry.first = name;
  }
  return renamed;
}

void Defaults::throw_not_settable(const SynapseModelEntry& entry, const std::string& key) const {
  for (const auto& [name, value] : of_synapse(net_.catalog.place_of_synapse(entry.name))) {
    if (name == key) throw read_only(entry.name, key);
  }
  std::vector<std::string> names;
  for (const auto& d : entry.model->parameters) {
    if (d.role != Role::kReadOnly) names.push_back(d.name);
  }
  throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                     entry.name + " has no default", key, names)
      .with("model", entry.name);
}

SynapseModelEntry Defaults::changed_synapse(const SynapseModelEntry& entry,
                                            const Properties& params) const {
  if (const auto renamed = canonical_names(*entry.model, params)) {
    return changed_synapse(entry, *renamed);
  }
  SynapseModelEntry next = entry;
  const SynapseModel& model = *entry.model;
  for (const auto& [key, value] : params) {
    const int k = model.find(key);
    if (k < 0) throw_not_settable(entry, key);
    const ParameterDeclaration& d = model.parameters[static_cast<std::size_t>(k)];
    if (d.role == Role::kReadOnly) throw read_only(entry.name, key);
    if (d.type == ParameterType::kNodes) {
      const NodeId id = one_node(entry.name, key, value);
      if (id != 0) net_.nodes.require(id);
      const bool recorder = key == "weight_recorder";
      const NodeRole wanted = recorder                      ? NodeRole::kWeightRecorder
                              : model.gate == Gate::kReward ? NodeRole::kRewardTransmitter
                                                            : NodeRole::kVolumeTransmitter;
      if (id != 0 && net_.nodes.role_of(id) != wanted) {
        throw bad_value(
            ErrorKind::kBadProperty, entry.name, key, net_.nodes.model_name(id),
            std::string("a ") + (recorder ? "weight_recorder" : model.transmitter_parameter()));
      }
      (recorder ? next.weight_recorder : next.transmitter) = id;
    } else if (k == kDelayParameter) {
      next.delay_ms = net_.clock.grid.nearest_ms_from_steps(
          check_delay(net_, scalar_number(entry.name, d, value), entry.name));
    } else {
      const double x = scalar_number(entry.name, d, value);
      if (d.type == ParameterType::kInt && x != std::floor(x)) {
        throw bad_value(ErrorKind::kTypeMismatch, entry.name, key, x, "an integer");
      }
      next.values[static_cast<std::size_t>(k)] = x;
      if (k == kWeightParameter) next.weight = x;
      if (k == model.dopamine) next.n = x;
    }
  }
  // What Connect without values of its own would refuse is no default.
  check_synapse_values(
      next, next.weight,
      [&](int k) {
        return k == kDelayParameter ? next.delay_ms : next.values[static_cast<std::size_t>(k)];
      },
      GivenWeight::kAmongOthers);
  return next;
}

void check_synapse_values(const SynapseModelEntry& entry, double weight,
                          const std::function<double(int)>& value, GivenWeight given) {
  entry.model->rule.check({*entry.model, entry.name, value, weight, given});
}

void Defaults::before_model_change(int model, SynapseModelEntry& next, const Properties& params) {
  const SynapseModelEntry& entry = net_.catalog.synapse(model);
  const bool used = std::any_of(net_.synapses.stores.begin(), net_.synapses.stores.end(),
                                [&](const auto& store) { return store->model == model; });
  if (used && entry.model->has_transmitter() && next.transmitter == 0) {
    throw Error(
        ErrorKind::kBadProperty,
        entry.name + " has synapses, which need a " + entry.model->transmitter_parameter() + ".",
        {{"model", entry.name}, {"parameter", std::string(entry.model->transmitter_parameter())}});
  }
  if (used && entry.model->rule.check_change) {
    entry.model->rule.check_change(*entry.model, entry.name, entry.values, next.values);
  }
  net_.commit_plasticity();
  const bool sets_n = std::any_of(params.begin(), params.end(), [&](const auto& set) {
    return entry.model->is_dopamine(set.first);
  });
  const bool moves = next.transmitter != entry.transmitter;
  if (moves) net_.plasticity.restart_reward_line(model);
  if (!net_.plasticity.has_modulator(model) || (!sets_n && !moves)) return;
  if (!sets_n) next.n = 0;
  net_.plasticity.restart_modulator(model);
}

// Throws BadProperty unless the synapses of a model, which are so many, can have a concentration.
void require_shared_dopamine(const Network& net, int model, double n, std::uint64_t of_synapses) {
  const SynapseModelEntry& entry = net.catalog.synapse(model);
  std::uint64_t count = 0;
  for (const auto& store : net.synapses.stores) {
    if (store->model == model) count += store->synapses_and_staged();
  }
  const double present = net.plasticity.dopamine(model);
  if (count == of_synapses || n == present) return;
  const std::string& key =
      entry.model->parameters[static_cast<std::size_t>(entry.model->dopamine)].name;
  throw bad_value(
      ErrorKind::kBadProperty, entry.name, key, n,
      "that of all its synapses (" + format_number(present) + "), or set for all of them at once");
}

void set_dopamine(Network& net, int model, double n) noexcept {
  SynapseModelEntry& entry = net.catalog.synapses[static_cast<std::size_t>(model)];
  entry.n = n;
  entry.values[static_cast<std::size_t>(entry.model->dopamine)] = n;
  net.plasticity.restart_modulator(model);
}

void Defaults::set_common_weight(int model, double weight) {
  std::vector<bool> concerned(net_.synapses.stores.size());
  for (std::size_t s = 0; s < net_.synapses.stores.size(); ++s)
    concerned[s] = net_.synapses.stores[s]->model == model;
  Layout(net_).settle_static(concerned);
  std::vector<ChangedList> changed;
  for (std::size_t d = 0; d < net_.synapses.of_generators.size(); ++d) {
    GeneratorList& projection = net_.synapses.of_generators[d];
    if (projection.model != model) continue;
    changed.push_back({kGeneratorStore, d, {weight}, projection.delays});
    make_room_for_past(projection, net_.clock.now);
  }
  for (std::size_t r = 0; r < net_.recording.lists.size(); ++r) {
    const RecorderList& list = net_.recording.lists[r];
    if (list.model == model) changed.push_back({kRecorderStore, r, {weight}, list.delays});
  }
  // From here on nothing can fail.
  for (auto& store : net_.synapses.stores) {
    if (store->model == model) store->weight = weight;
  }
  for (ChangedList& list : changed) change_list(net_, std::move(list));
}

namespace {

// Whether synapses of a store raise conductances.
bool raises_conductances(const Network& net, const RowStore& store) {
  if (std::any_of(store.staged.begin(), store.staged.end(),
                  [](const Projection& staged) { return staged.to_conductances; })) {
    return true;
  }
  for (std::size_t p = 0; p < store.partitions.size(); ++p) {
    const auto& nodes = net.synapses.placement.node_of_slot[p];
    const auto& targets = store.partitions[p].targets;
    if (std::any_of(targets.begin(), targets.end(), [&](std::uint16_t slot) {
          return net.nodes.population_of(nodes[slot]).model().has_conductance_ports();
        })) {
      return true;
    }
  }
  return false;
}

// A weight that all synapses of a model have, where some raise conductances.
void require_conductance(const Network& net, const SynapseModelEntry& entry, int model) {
  if (entry.weight >= 0) return;
  const auto of_model = [&](const auto& of) { return of.model == model && of.receptor > 0; };
  bool raises = std::any_of(
      net.synapses.stores.begin(), net.synapses.stores.end(),
      [&](const auto& store) { return of_model(*store) && raises_conductances(net, *store); });
  for (std::uint64_t d = 0; d < net.synapses.of_generators.size(); ++d) {
    const GeneratorList& list = net.synapses.of_generators[d];
    if (!of_model(list)) continue;
    raises |= std::any_of(list.targets.begin(), list.targets.end(), [&](NodeId id) {
      return net.nodes.is_neuron(id) && net.nodes.population_of(id).model().has_conductance_ports();
    });
  }
  if (raises) throw negative_conductance(entry.name, entry.weight);
}

}  // namespace

void Defaults::set_synapse(int model, const Properties& params) {
  const SynapseModelEntry& entry = net_.catalog.synapse(model);
  SynapseModelEntry next = changed_synapse(entry, params);
  if (next.common_weight) require_conductance(net_, next, model);
  if (entry.model->plastic) before_model_change(model, next, params);
  if (next.common_weight && next.weight != entry.weight) set_common_weight(model, next.weight);
  net_.catalog.synapses[static_cast<std::size_t>(model)] = std::move(next);
  net_.plasticity.update_uniform_columns();
  net_.nodes.devices_changed = true;
}

ResultMap Defaults::of_synapse(int model) const {
  const SynapseModelEntry& entry = net_.catalog.synapse(model);
  std::uint64_t count = 0;
  for (const auto& store : net_.synapses.stores) {
    if (store->model == model) count += store->synapses_and_staged();
  }
  for (const GeneratorList& list : net_.synapses.of_generators) {
    if (list.model == model) count += list.targets.size();
  }
  for (const RecorderList& list : net_.recording.lists) {
    if (list.model == model) count += list.nodes.size();
  }
  ResultMap map;
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
    } else if (static_cast<int>(k) == entry.model->dopamine) {
      map.emplace_back(d.name, Result{net_.plasticity.dopamine(model)});
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

}  // namespace tegmenta
