#pragma once

#include <limits>

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct PairwisePoisson {
  static constexpr RuleParameter kParameters[] = {{
      .name = "pairwise_avg_num_conns",
      .value = RuleValue::kOfPair,
      .range = {0, 1e9, false, false},
      .drawn = true,
      .drawn_allowed = "≥ 0",
      .example = 0.5,
      .description = "Mean number of synapses of each pair of a source and a target.",
  }};
  static constexpr RuleDeclaration kDeclaration{
      .name = "pairwise_poisson",
      .summary = "Of each pair a Poisson number of synapses, of mean `pairwise_avg_num_conns`.",
      .parameters = kParameters,
      .allow_multapses = RuleOption::kMustBeTrue,
  };

  static void check(const ConnectionPattern&) {}

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels& kernels) {
    const PairMean mean = mean_of_pairs(c, kernels, std::numeric_limits<double>::infinity());
    return estimate_pairs(c, mean, 1);
  }

  static bool draws_pairs(const ConnectionPattern&) { return true; }

  template <typename F>
  static void generate(Generation<F>& g) {
    const ConnectionPattern& c = g.c;
    for (std::uint64_t t = g.majors.begin; t < g.majors.end; ++t) {
      const NodeId target = g.targets[t];
      RandomStream stream(c.seed, Purpose::kConnectSource, c.call, target, 0);
      probabilities_of(c, g.kernels, target, g.p);
      g.made.begin(target, 0);
      for (std::uint64_t s = 0; s < g.n_sources; ++s) {
        if (!c.allow_autapses && g.sources[s] == target) continue;
        const std::uint64_t number = stream.poisson(g.p.empty() ? c.p : g.p[s]);
        for (std::uint64_t i = 0; i < number; ++i) g.made.add(s);
      }
    }
  }
};

}  // namespace tegmenta::rules
