#pragma once

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct OneToOne {
  static constexpr RuleDeclaration kDeclaration{
      .name = "one_to_one",
      .summary = "Each source to the target at its place.",
      .make_symmetric = RuleOption::kFree,
      .connects_recorders = true,
      .by_place = true,
      .value_rows = ValueCount::kOne,
      .value_columns = ValueCount::kSources,
  };

  static void check(const ConnectionPattern& c) {
    const std::size_t sources = c.sources->size(), targets = c.targets->size();
    if (sources == targets) return;
    throw Error(
        ErrorKind::kDimensionMismatch,
        "one_to_one needs as many sources as targets, got " + std::to_string(sources) + " and " +
            std::to_string(targets) + ".",
        {{"expected", static_cast<double>(sources)}, {"given", static_cast<double>(targets)}});
  }

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels&) {
    std::uint64_t count = c.sources->size();
    for (std::size_t i = 0; !c.allow_autapses && i < c.sources->size(); ++i) {
      if ((*c.sources)[i] == (*c.targets)[i]) --count;
    }
    return SynapseEstimate::exactly(count);
  }

  template <typename F>
  static void generate(Generation<F>& g) {
    for (std::uint64_t i = g.majors.begin; i < g.majors.end; ++i) {
      if (!g.c.allow_autapses && g.sources[i] == g.targets[i]) continue;
      g.made.begin(g.targets[i], i);
      g.made.add(i);
    }
  }
};

/// one_to_one for lists of IDs in any order, with repetitions.
struct ExplicitArrays : OneToOne {
  static constexpr RuleDeclaration kDeclaration = [] {
    RuleDeclaration declaration = OneToOne::kDeclaration;
    declaration.name = "explicit arrays";
    declaration.ids_ascend = false;
    return declaration;
  }();
};

}  // namespace tegmenta::rules
