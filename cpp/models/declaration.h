// How a model describes itself: names, units, defaults, ranges, documentation. Types, run-time
// checks, GetDefaults, error texts and reference documentation all derive from these declarations.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace tegmenta {

enum class ParameterType {
  kDouble,
  kInt,
  kBool,
  kString,
  kDoubles,
  kInts,
  kStrings,
  kNodes,
  kSynapses,
  kEvents,
  kMap,  // numbers by names
};

const char* to_string(ParameterType type) noexcept;

/// Allowed interval of a number. NaN is never allowed; infinities only where a bound includes them.
struct Range {
  double low = -std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::max();
  bool low_open = false;
  bool high_open = false;

  constexpr bool contains(double x) const {
    return (low_open ? x > low : x >= low) && (high_open ? x < high : x <= high);
  }
  /// "> 0", "≥ 0", "in [0, 1]", "a finite number".
  std::string text() const;

  static constexpr Range finite() { return {}; }
  /// Infinity as well.
  static constexpr Range any() {
    return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
            false, false};
  }
  static constexpr Range positive() { return {0, std::numeric_limits<double>::max(), true, false}; }
  static constexpr Range non_negative() {
    return {0, std::numeric_limits<double>::max(), false, false};
  }
  static constexpr Range probability() { return {0, 1, false, false}; }
};

enum class Role { kParameter, kState, kReadOnly, kCommon };

const char* to_string(Role role) noexcept;

struct ParameterDeclaration {
  std::string name;
  ParameterType type = ParameterType::kDouble;
  std::string unit;
  double default_value = 0;
  Range range;
  Role role = Role::kParameter;
  std::string description;
  std::string default_text = {};  // for types that a number cannot describe
  /// Every receptor has one: this is the first one's, the others' names end in their numbers.
  bool of_receptor = false;

  /// The infinity that is meant where one cannot be written, as in JSON: the default, or the one
  /// that is allowed; 0 where there is none.
  double infinity() const;
};

ParameterDeclaration declare(Role role, std::string_view name, std::string_view unit, double value,
                             const Range& range, std::string_view description,
                             ParameterType type = ParameterType::kDouble);

enum class ModelKind { kNeuron, kStimulator, kRecorder, kSynapse };

const char* to_string(ModelKind kind) noexcept;

struct ModelDescription {
  std::string name;
  ModelKind kind = ModelKind::kNeuron;
  std::string summary;
  std::string source;  // paper or documentation the rule comes from
  std::vector<ParameterDeclaration> parameters;
  std::vector<std::string> recordables;
  std::vector<std::string> variants = {};  // models that differ in their names
  std::string equations = {};              // a line each, where the summary does not say them
};

}  // namespace tegmenta
