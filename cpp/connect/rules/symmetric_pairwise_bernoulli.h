#pragma once

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct SymmetricPairwiseBernoulli {
  static constexpr RuleParameter kParameters[] = {{
      .name = "p",
      .value = RuleValue::kOfPair,
      .range = {0, 1, false, true},
      .example = 0.4,
      .description = "Probability of each source of a target, unless all were drawn.",
  }};
  static constexpr RuleDeclaration kDeclaration{
      .name = "symmetric_pairwise_bernoulli",
      .summary = "Each pair of different nodes with the probability `p`, and back.",
      .parameters = kParameters,
      .allow_autapses = RuleOption::kMustBeFalse,
      .allow_multapses = RuleOption::kMustBeTrue,
      .make_symmetric = RuleOption::kMustBeTrue,
  };

  static void check(const ConnectionPattern&) {}

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels&) {
    std::uint64_t count = 0;
    for (const NodeId target : *c.targets) {
      RandomStream stream(c.seed, Purpose::kConnectSource, c.call, target, 0);
      count += draw_degree(c, stream);
    }
    return SynapseEstimate::exactly(count);
  }

  template <typename F>
  static void generate(Generation<F>& g) {
    const ConnectionPattern& c = g.c;
    for (std::uint64_t t = g.majors.begin; t < g.majors.end; ++t) {
      RandomStream stream(c.seed, Purpose::kConnectSource, c.call, g.targets[t], 0);
      const std::uint64_t degree = draw_degree(c, stream);
      g.made.begin(g.targets[t], 0);
      g.made.draw_distinct(stream, g.self_of(t), degree, g.taken);
    }
  }

 private:
  // A binomial number, given that it leaves one source out.
  static std::uint64_t draw_degree(const ConnectionPattern& c, RandomStream& stream) {
    const auto n = static_cast<std::uint64_t>(c.sources->size());
    constexpr int kTries = 1000;
    for (int i = 0; i < kTries; ++i) {
      const std::uint64_t degree = stream.binomial(n, c.p);
      if (degree < n) return degree;
    }
    // So hardly ever less than n: down from there, by inversion.
    const double odds = (1 - c.p) / c.p;
    const double all = static_cast<double>(n) * elementary::log(c.p);  // log of P(n)
    double u = stream.uniform01() * -elementary::expm1(all);
    std::uint64_t left_out = 1;
    double probability = elementary::exp(all) * static_cast<double>(n) * odds;
    while (u >= probability && left_out < n) {
      u -= probability;
      probability *= odds * static_cast<double>(n - left_out) / static_cast<double>(left_out + 1);
      ++left_out;
    }
    return n - left_out;
  }
};

}  // namespace tegmenta::rules
