// The synapses of one Connect call, as the specification they can be generated from. Because random
// numbers are counter-based, a projection needs no memory per synapse until its rows are laid out:
// generating it twice gives the same synapses.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/memory.h"
#include "base/value.h"
#include "connect/pattern_part.h"
#include "simd/kernels.h"

namespace tegmenta {

struct RuleDeclaration;

/// Who is connected to whom.
struct ConnectionPattern {
  const RuleDeclaration* rule = nullptr;  // of one in rules/rules.h
  IdList sources;
  IdList targets;
  bool allow_autapses = true;
  bool allow_multapses = true;
  /// What the rule takes as RuleValue::kDegree.
  std::uint64_t degree = 0;
  /// Drawn for each target or source; null: `degree` for all.
  ParameterPtr degree_parameter;
  /// RuleValue::kOfPair; `p_parameter` overrides a pair.
  double p = 0;
  ParameterPtr p_parameter;
  /// The second half of a symmetric rule: the same pairs with source and target exchanged.
  bool transposed = false;
  std::uint32_t seed = 0;
  std::uint32_t call = 0;  // ordinal of the Connect call
  /// The pairs that are kept; null: all.
  std::shared_ptr<const PatternPart> part;

  const std::vector<NodeId>& kept_sources() const { return part ? *part->sources : *sources; }
  const std::vector<NodeId>& kept_targets() const { return part ? *part->targets : *targets; }
  /// What is kept as synapses see it: of the transposed pattern, exchanged.
  const std::vector<NodeId>& synapse_sources() const {
    return transposed ? kept_targets() : kept_sources();
  }
  const std::vector<NodeId>& synapse_targets() const {
    return transposed ? kept_sources() : kept_targets();
  }
};

/// A number a synapse: one for all, one from an array in order of creation, or drawn.
struct Quantity {
  double scalar = 0;
  std::shared_ptr<const std::vector<double>> array;
  ParameterPtr parameter;
  std::uint32_t ordinal = 0;  // of the key, names the stream of draws

  bool is_scalar() const { return !array && !parameter; }
};

/// Synapses of one projection whose values are wanted together.
struct SynapseBlock {
  const NodeId* sources;
  const NodeId* targets;
  /// Ordinals among the synapses of the projection with the same source and target.
  const std::uint32_t* repeats;
  /// Places in order of creation; needed for quantities that are arrays.
  const std::uint64_t* indices;
  std::size_t size;
};

/// Least and greatest delay in steps; 0 where they are not known.
struct DelayRange {
  std::int64_t low = 0;
  std::int64_t high = 0;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("low", self.low);
    visit("high", self.high);
  }

  bool known() const { return low > 0; }
  void include(std::int64_t steps) {
    low = known() ? std::min(low, steps) : steps;
    high = std::max(high, steps);
  }
  void include(const DelayRange& other) {
    if (other.known()) include(other.low), include(other.high);
  }
};

struct Projection {
  ConnectionPattern pattern;
  /// Names the draws of values, where several projections have the pairs of one pattern.
  std::uint32_t call = 0;
  int model = 0;  // synapse model
  std::int64_t label = -1;
  Quantity weight;
  bool weight_alone = false;  // of its synapses weight and delay were given at most
  Quantity delay;             // ms; steps when scalar or checked
  std::uint32_t delay_steps = 1;
  double steps_per_ms = 10;
  std::uint8_t receptor = 0;     // what it is for each target, that says itself
  bool to_ports = false;         // of neurons that have them
  bool to_conductances = false;  // that are among these
  /// Plastic models: what the rule reads, a column each; and the traces of rows, where given.
  std::vector<Quantity> columns;
  Quantity Kplus, Kplus_triplet;
  bool Kplus_given = false;
  /// What all synapses of the model are to have from then on.
  std::optional<double> dopamine;
  std::uint64_t synapses = 0;
  /// What laying out will take; given back with the last copy of the projection.
  std::shared_ptr<const PromisedMemory> memory;
  bool single_precision = false;
  bool needs_double = false;
  bool from_generators = false;
  /// Known from Connect on, where it can be without drawing; else since it was first asked for.
  DelayRange delays;

  /// out[i] = the value of a quantity for synapse i.
  void values(const Quantity& q, const simd::Kernels& kernels, const SynapseBlock& synapses,
              double* out) const;
  /// floor(ms · steps_per_ms + 0.5), as TimeGrid::delay_steps_from_ms; checked at Connect.
  std::uint32_t delay_to_steps(double ms) const {
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(ms * steps_per_ms + 0.5));
  }
};

}  // namespace tegmenta
