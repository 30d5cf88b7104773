#include "models/declaration.h"

#include "base/errors.h"

namespace tegmenta {

const char* to_string(ParameterType type) noexcept {
  switch (type) {
    case ParameterType::kDouble:
      return "double";
    case ParameterType::kInt:
      return "int";
    case ParameterType::kBool:
      return "bool";
    case ParameterType::kString:
      return "string";
    case ParameterType::kDoubles:
      return "doubles";
    case ParameterType::kInts:
      return "ints";
    case ParameterType::kStrings:
      return "strings";
    case ParameterType::kNodes:
      return "nodes";
    case ParameterType::kSynapses:
      return "synapses";
    case ParameterType::kEvents:
      return "events";
    case ParameterType::kMap:
      return "map";
  }
  return "double";
}

const char* to_string(Role role) noexcept {
  switch (role) {
    case Role::kParameter:
      return "parameter";
    case Role::kState:
      return "state";
    case Role::kReadOnly:
      return "readonly";
    case Role::kCommon:
      return "common";
  }
  return "parameter";
}

const char* to_string(ModelKind kind) noexcept {
  switch (kind) {
    case ModelKind::kNeuron:
      return "neuron";
    case ModelKind::kStimulator:
      return "stimulator";
    case ModelKind::kRecorder:
      return "recorder";
    case ModelKind::kSynapse:
      return "synapse";
  }
  return "neuron";
}

std::string Range::text() const {
  const double most = std::numeric_limits<double>::max();
  const bool any_low = low <= -most;
  const bool any_high = high >= most;
  const bool infinite = high > most;
  if (any_low && any_high) {
    if (infinite) return low < -most ? "a number" : "a finite number or Infinity";
    return low < -most ? "a finite number or -Infinity" : "a finite number";
  }
  if (any_high) {
    const std::string bound = (low_open ? "> " : "≥ ") + format_number(low);
    return infinite ? bound : "finite and " + bound;
  }
  if (any_low) return (high_open ? "< " : "≤ ") + format_number(high);
  return std::string("in ") + (low_open ? "(" : "[") + format_number(low) + ", " +
         format_number(high) + (high_open ? ")" : "]");
}

double ParameterDeclaration::infinity() const {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (default_value == kInfinity || default_value == -kInfinity) return default_value;
  if (range.contains(kInfinity)) return kInfinity;
  return range.contains(-kInfinity) ? -kInfinity : 0;
}

ParameterDeclaration declare(Role role, std::string_view name, std::string_view unit, double value,
                             const Range& range, std::string_view description, ParameterType type) {
  ParameterDeclaration d;
  d.name = name;
  d.type = type;
  d.unit = unit;
  d.default_value = value;
  d.range = range;
  d.role = role;
  d.description = description;
  if (type == ParameterType::kNodes) d.default_text = "none";
  return d;
}

}  // namespace tegmenta
