#pragma once

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct AllToAll {
  static constexpr RuleDeclaration kDeclaration{
      .name = "all_to_all",
      .summary = "Every source to every target.",
      .make_symmetric = RuleOption::kFree,
      .connects_recorders = true,
      .value_rows = ValueCount::kTargets,
      .value_columns = ValueCount::kSources,
  };

  static void check(const ConnectionPattern&) {}

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels&) {
    return SynapseEstimate::exactly(std::uint64_t{c.sources->size()} * c.targets->size() -
                                    (c.allow_autapses ? 0 : autapses_of(c)));
  }

  template <typename F>
  static void generate(Generation<F>& g) {
    const std::vector<MajorRange> kept = g.kept_sources();
    for (std::uint64_t t = g.majors.begin; t < g.majors.end; ++t) {
      if (!g.keeps_target(t)) continue;
      for (const MajorRange& range : kept) {
        g.made.begin(g.targets[t], t * g.n_sources + range.begin);
        for (std::uint64_t s = range.begin; s < range.end; ++s) {
          if (!g.c.allow_autapses && g.sources[s] == g.targets[t]) {
            g.made.skip();
          } else {
            g.made.add(s);
          }
        }
      }
    }
  }
};

}  // namespace tegmenta::rules
