#pragma once

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct PairwiseBernoulli {
  static constexpr RuleParameter kParameters[] = {{
      .name = "p",
      .value = RuleValue::kOfPair,
      .range = {0, 1, false, false},
      .drawn = true,
      .example = 0.5,
      .description = "Probability of each pair of a source and a target.",
  }};
  static constexpr RuleDeclaration kDeclaration{
      .name = "pairwise_bernoulli",
      .summary = "Each pair of a source and a target with the probability `p`.",
      .parameters = kParameters,
  };

  static void check(const ConnectionPattern&) {}

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels& kernels) {
    const PairMean mean = mean_of_pairs(c, kernels, 1);
    return estimate_pairs(c, mean, 1 - mean.least);
  }

  /// Else the gaps between successes are drawn.
  static bool draws_pairs(const ConnectionPattern& c) { return c.p_parameter || c.p >= kSparse; }

  template <typename F>
  static void generate(Generation<F>& g) {
    const ConnectionPattern& c = g.c;
    const bool sparse = !draws_pairs(c);
    const auto expected =
        static_cast<std::uint64_t>(static_cast<double>(2 * g.n_sources) * (sparse ? 1.1 * c.p : 1));
    for (std::uint64_t t = g.majors.begin; t < g.majors.end; ++t) {
      auto stream = g.stream(Purpose::kConnectSource, g.targets[t], 0, expected);
      g.made.begin(g.targets[t], 0);
      const auto add = [&](std::uint64_t s) {
        if (c.allow_autapses || g.sources[s] != g.targets[t]) g.made.add(s);
      };
      if (sparse) {
        // The gaps between successes are geometric: one draw a synapse instead of one a pair.
        if (c.p == 0) continue;
        const double log_failure = elementary::log1p(-c.p);
        for (std::uint64_t s = 0;; ++s) {
          const double gap = elementary::log(stream.uniform_positive()) / log_failure;
          if (gap >= static_cast<double>(g.n_sources - s)) break;
          s += static_cast<std::uint64_t>(gap);
          if (s >= g.n_sources) break;
          add(s);
        }
      } else {
        probabilities_of(c, g.kernels, g.targets[t], g.p);
        for (std::uint64_t s = 0; s < g.n_sources; ++s) {
          if (stream.uniform01() < (g.p.empty() ? c.p : g.p[s])) add(s);
        }
      }
    }
  }

 private:
  /// Below this probability gaps are drawn instead of pairs.
  static constexpr double kSparse = 0.25;
};

}  // namespace tegmenta::rules
