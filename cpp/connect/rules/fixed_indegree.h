#pragma once

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct FixedIndegree {
  static constexpr RuleParameter kParameters[] = {{
      .name = "indegree",
      .value = RuleValue::kDegree,
      .range = {0, kMostDegree, false, false},
      .drawn = true,
      .example = 2,
      .description = "Synapses that each target gets.",
  }};
  static constexpr RuleDeclaration kDeclaration{
      .name = "fixed_indegree",
      .summary = "To each target `indegree` synapses, whose sources are drawn.",
      .parameters = kParameters,
      .value_rows = ValueCount::kTargets,
      .value_columns = ValueCount::kParameter,
  };

  static void check(const ConnectionPattern& c) {
    const bool overlap = !c.allow_autapses && contains_any(*c.sources, *c.targets);
    check_enough(c, c.degree, c.sources->size() - (overlap ? 1 : 0), "indegree");
  }

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels& kernels) {
    return sum_of_degrees(c, kernels);
  }

  template <typename F>
  static void generate(Generation<F>& g) {
    for (std::uint64_t t = g.majors.begin; t < g.majors.end; ++t) {
      const auto degree = static_cast<std::uint64_t>(degree_of(g.c, g.kernels, g.targets[t]));
      auto stream = g.stream(Purpose::kConnectSource, g.targets[t], 0, degree);
      g.made.begin(g.targets[t], t * degree);
      if (g.c.allow_multapses) {
        g.made.draw(stream, 0, g.n_sources, g.self_of(t), degree);
      } else {
        g.made.draw_distinct(stream, g.self_of(t), degree, g.taken);
      }
    }
  }
};

}  // namespace tegmenta::rules
