// What a connection rule says of itself: reading conn_spec, error texts, the types of lib/ and the
// documentation derive from it.
#pragma once

#include <cstdint>
#include <span>

#include "models/declaration.h"

namespace tegmenta {

/// Synapses one node may get or send in one call: times 2^32 nodes they can still be counted.
inline constexpr double kMostDegree = 4294967295.0;

/// What a parameter of a rule is, and where a ConnectionPattern keeps it.
enum class RuleValue : std::uint8_t {
  kDegree,  // an integer, drawn for each node that the rule goes through: degree
  kOfPair,  // a number, drawn for each pair of nodes: p
};

struct RuleParameter {
  const char* name;
  RuleValue value;
  Range range;
  /// Whether it can be a random parameter; and what the error says of a draw out of range, where
  /// that is not the range.
  bool drawn = false;
  const char* drawn_allowed = nullptr;
  /// One that documentation and tests use.
  double example = 1;
  const char* description = "";
};

/// What one of the options that all rules have can be.
enum class RuleOption : std::uint8_t { kFree, kMustBeTrue, kMustBeFalse, kNotImplemented };

constexpr const char* to_string(RuleOption option) noexcept {
  switch (option) {
    case RuleOption::kFree:
      return "any";
    case RuleOption::kMustBeTrue:
      return "true";
    case RuleOption::kMustBeFalse:
      return "false";
    case RuleOption::kNotImplemented:
      return "default";
  }
  return "";
}

/// How many values an array has, one a synapse: a row for each … of as many values as ….
enum class ValueCount : std::uint8_t { kUnknown, kOne, kSources, kTargets, kParameter };

constexpr const char* to_string(ValueCount count) noexcept {
  switch (count) {
    case ValueCount::kUnknown:
      return "unknown";
    case ValueCount::kOne:
      return "one";
    case ValueCount::kSources:
      return "sources";
    case ValueCount::kTargets:
      return "targets";
    case ValueCount::kParameter:
      return "parameter";
  }
  return "";
}

struct RuleDeclaration {
  const char* name;
  const char* summary;
  std::span<const RuleParameter> parameters = {};
  RuleOption allow_autapses = RuleOption::kFree;
  RuleOption allow_multapses = RuleOption::kFree;
  RuleOption make_symmetric = RuleOption::kNotImplemented;
  /// Goes through the sources one by one, not through the targets.
  bool by_source = false;
  /// Takes nodes as they are given, each with each or each with its own: such rules connect
  /// recorders too.
  bool connects_recorders = false;
  /// Pairs each source with the target at its place.
  bool by_place = false;
  /// Sources and targets are collections: ascending, each node once.
  bool ids_ascend = true;
  ValueCount value_rows = ValueCount::kUnknown;
  ValueCount value_columns = ValueCount::kUnknown;
};

/// The three options, as they are given and documented.
struct RuleOptionDeclaration {
  const char* name;
  bool otherwise;
  const char* description;
  RuleOption RuleDeclaration::* of_rule;
};
inline constexpr RuleOptionDeclaration kRuleOptions[] = {
    {"allow_autapses", true, "Whether a node may connect to itself.",
     &RuleDeclaration::allow_autapses},
    {"allow_multapses", true,
     "Whether one call may make several synapses from one node to another.",
     &RuleDeclaration::allow_multapses},
    {"make_symmetric", false, "Also makes the opposite connection of each.",
     &RuleDeclaration::make_symmetric},
};

}  // namespace tegmenta
