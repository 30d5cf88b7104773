// Defaults and common values of synapse models, and the checks between their parameters.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "network/network.h"
#include "network/numbers.h"

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
      const NodeRole wanted = recorder           ? NodeRole::kWeightRecorder
                              : model.rewarded() ? NodeRole::kRewardTransmitter
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
      if (d.name == "n" && model.needs_transmitter) next.n = x;
    }
  }
  // Bounds are a matter of each synapse; narrowed bounds clip at the next visit.
  const bool power_law = model.rule == PlasticRule::kStdpPowerLaw;
  if (model.three_factor() || model.rule == PlasticRule::kTsodyks || power_law) {
    check_synapse_values(
        next, next.weight, [&](int k) { return next.values[static_cast<std::size_t>(k)]; },
        power_law);
  }
  return next;
}

void Network::check_synapse_values(const SynapseModelEntry& entry, double weight,
                                   const std::function<double(int)>& value,
                                   bool with_weight) const {
  const SynapseModel& model = *entry.model;
  const auto named = [&](const char* name) { return value(model.find(name)); };
  switch (model.rule) {
    case PlasticRule::kDopamine: {
      const double low = named("Wmin"), high = named("Wmax");
      if (low > high) {
        throw bad_value(ErrorKind::kBadProperty, entry.name, "Wmin", low,
                        "≤ Wmax (" + format_number(high) + ")");
      }
      if (with_weight && (weight < low || weight > high)) {
        throw bad_value(
            ErrorKind::kBadProperty, entry.name, "weight", weight,
            "in [Wmin, Wmax] = [" + format_number(low) + ", " + format_number(high) + "]");
      }
      break;
    }
    case PlasticRule::kReward: {
      const double low = named("Wmin"), high = named("Wmax");
      if (low > high) {
        throw bad_value(ErrorKind::kBadProperty, entry.name, "Wmin", low,
                        "≤ Wmax (" + format_number(high) + ")");
      }
      const bool up = named("mu_plus") != 0 || named("hard_plus") != 0;
      const bool down = named("mu_minus") != 0 || named("hard_minus") != 0;
      if (up && !std::isfinite(high)) {
        throw bad_value(ErrorKind::kBadProperty, entry.name, "Wmax", high,
                        "finite where mu_plus or hard_plus is set");
      }
      if (down && !std::isfinite(low)) {
        throw bad_value(ErrorKind::kBadProperty, entry.name, "Wmin", low,
                        "finite where mu_minus or hard_minus is set");
      }
      const bool outside = named("clip") != 0 && (weight < low || weight > high);
      if (with_weight && outside) {
        throw bad_value(
            ErrorKind::kBadProperty, entry.name, "weight", weight,
            "in [Wmin, Wmax] = [" + format_number(low) + ", " + format_number(high) + "]");
      }
      break;
    }
    case PlasticRule::kStdp:
    case PlasticRule::kStdpTriplet:
    case PlasticRule::kNearestSymmetric:
    case PlasticRule::kNearestRestricted:
    case PlasticRule::kNearestPreCentered:
    case PlasticRule::kVogelsSprekeler: {
      const double bound = named("Wmax");
      const bool same_sign = (weight >= 0) == (bound >= 0) || weight == 0;
      if (with_weight && (!same_sign || std::abs(weight) > std::abs(bound))) {
        throw bad_value(ErrorKind::kBadProperty, entry.name, "weight", weight,
                        "between 0 and Wmax (" + format_number(bound) + ")");
      }
      break;
    }
    case PlasticRule::kStdpPowerLaw:
      // Its powers are those of positive weights.
      if (with_weight && !(weight >= 0)) {
        throw bad_value(ErrorKind::kBadProperty, entry.name, "weight", weight, "≥ 0");
      }
      break;
    case PlasticRule::kTsodyks:
      if (named("x") + named("y") > 1) {
        throw bad_value(ErrorKind::kBadProperty, entry.name, "x", named("x"),
                        "≤ 1 − y (" + format_number(1 - named("y")) + ")");
      }
      break;
    case PlasticRule::kStatic:
    case PlasticRule::kStaticCommonWeight:
    case PlasticRule::kTsodyks2:
    case PlasticRule::kBernoulli:
    case PlasticRule::kQuantal:
      break;
  }
}

}  // namespace tegmenta
