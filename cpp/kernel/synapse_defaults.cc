// Defaults and common values of synapse models, and the checks between their parameters.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "models/numbers.h"
#include "models/synapses/rule.h"
#include "network/network.h"

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

SynapseModelEntry Network::changed_synapse(const SynapseModelEntry& entry,
                                           const Properties& params) const {
  if (const auto renamed = canonical_names(*entry.model, params)) {
    return changed_synapse(entry, *renamed);
  }
  SynapseModelEntry next = entry;
  const SynapseModel& model = *entry.model;
  for (const auto& [key, value] : params) {
    const int k = model.find(key);
    if (k < 0 || model.parameters[static_cast<std::size_t>(k)].role == Role::kReadOnly) {
      std::vector<std::string> names;
      for (const auto& d : model.parameters) names.push_back(d.name);
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         entry.name + " has no default", key, names)
          .with("model", entry.name);
    }
    const ParameterDeclaration& d = model.parameters[static_cast<std::size_t>(k)];
    if (d.type == ParameterType::kNodes) {
      const NodeId id = one_node(entry.name, key, value);
      if (id != 0) require_node(id);
      const bool recorder = key == "weight_recorder";
      const NodeRole wanted = recorder                      ? NodeRole::kWeightRecorder
                              : model.gate == Gate::kReward ? NodeRole::kRewardTransmitter
                                                            : NodeRole::kVolumeTransmitter;
      if (id != 0 && role_of(id) != wanted) {
        throw bad_value(
            ErrorKind::kBadProperty, entry.name, key, model_name(id),
            std::string("a ") + (recorder ? "weight_recorder" : model.transmitter_parameter()));
      }
      (recorder ? next.weight_recorder : next.transmitter) = id;
    } else if (k == kDelayParameter) {
      const double ms = scalar_number(entry.name, d, value);
      if (grid_.delay_steps_from_ms(ms) < 1 || ms / grid_.resolution_ms() >= (1 << 21)) {
        throw bad_value(
            ErrorKind::kBadDelay, entry.name, "delay", ms,
            "≥ half the resolution (" + format_number(grid_.resolution_ms() / 2) + " ms)");
      }
      next.delay_ms = grid_.nearest_ms_from_steps(grid_.delay_steps_from_ms(ms));
    } else {
      const double x = scalar_number(entry.name, d, value);
      if (d.type == ParameterType::kInt && x != std::floor(x)) {
        throw bad_value(ErrorKind::kTypeMismatch, entry.name, key, x, "an integer");
      }
      next.values[static_cast<std::size_t>(k)] = x;
      if (k == kWeightParameter) next.weight = x;
      if (d.name == "n" && model.has_transmitter()) next.n = x;
    }
  }
  // Bounds are a matter of each synapse; narrowed bounds clip at the next visit.
  check_synapse_values(
      next, next.weight, [&](int k) { return next.values[static_cast<std::size_t>(k)]; },
      model.checks_default_weight);
  return next;
}

void Network::check_synapse_values(const SynapseModelEntry& entry, double weight,
                                   const std::function<double(int)>& value,
                                   bool with_weight) const {
  entry.model->rule.check({*entry.model, entry.name, value, weight, with_weight});
}

}  // namespace tegmenta
