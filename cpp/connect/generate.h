// From a pattern to its synapses.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "connect/rules/rules.h"

namespace tegmenta {

/// What `generate` goes through one by one: sources, pairs or targets.
inline std::uint64_t major_count(const ConnectionPattern& c) {
  return c.rule->by_source ? c.sources->size() : c.targets->size();
}

/// Those that can have synapses onto targets in [first, last).
inline MajorRange majors_within(const ConnectionPattern& c, NodeId first, NodeId last) {
  if (c.transposed || !c.rule->ids_ascend || c.rule->by_source) {
    return {0, major_count(c)};
  }
  return {rules::position_from(*c.targets, first), rules::position_from(*c.targets, last)};
}

/// Calls emit(GeneratedBatch) for the synapses of the `majors` whose target ID is in [first, last),
/// in an order that depends on the pattern only. Indices are set for the rules that take arrays of
/// values.
template <typename F>
void generate(const ConnectionPattern& c, const simd::Kernels& kernels, MajorRange majors,
              NodeId first, NodeId last, F&& emit) {
  rules::Generation<std::remove_reference_t<F>> part(c, kernels, majors, first, last, emit);
  rules::with_rule(c.rule, [&]<typename Rule>() { Rule::generate(part); });
  part.made.flush();
}

/// All of them, in order of creation.
inline std::vector<GeneratedSynapse> generate_all(const ConnectionPattern& c,
                                                  const simd::Kernels& kernels, NodeId end) {
  std::vector<GeneratedSynapse> generated;
  generate(c, kernels, {0, major_count(c)}, 1, end, [&](const GeneratedBatch& batch) {
    batch.for_each([&](const GeneratedSynapse& s) { generated.push_back(s); });
  });
  return generated;
}

}  // namespace tegmenta
