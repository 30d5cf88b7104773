#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct FixedTotalNumber {
  static constexpr RuleParameter kParameters[] = {{
      .name = "N",
      .value = RuleValue::kDegree,
      .range = {0, 0x1p53, false, false},
      .example = 5,
      .description = "Synapses in all.",
  }};
  static constexpr RuleDeclaration kDeclaration{
      .name = "fixed_total_number",
      .summary = "`N` synapses, whose sources and targets are drawn.",
      .parameters = kParameters,
      .value_rows = ValueCount::kOne,
      .value_columns = ValueCount::kParameter,
  };

  static void check(const ConnectionPattern& c) {
    if (!c.allow_multapses) {
      throw Error(ErrorKind::kNotImplemented,
                  "fixed_total_number cannot forbid multapses; use pairwise_bernoulli, or "
                  "fixed_indegree with allow_multapses false.",
                  {{"parameter", std::string("allow_multapses")}});
    }
    if (!c.allow_autapses && c.degree > 0 && c.sources->size() == 1 && *c.sources == *c.targets) {
      check_enough(c, c.degree, 0, "N");
    }
  }

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels&) {
    return SynapseEstimate::exactly(c.degree);
  }

  template <typename F>
  static void generate(Generation<F>& g) {
    // Where autapses are forbidden a target that is a source too has one choice less.
    std::vector<NodeId> both;
    if (!g.c.allow_autapses) {
      std::set_intersection(g.sources.begin(), g.sources.end(), g.targets.begin(), g.targets.end(),
                            std::back_inserter(both));
    }
    const auto possible = [&](std::uint64_t t) {
      const std::uint64_t less = both.empty()       ? 0
                                 : t == g.n_targets ? both.size()
                                                    : position_from(both, g.targets[t]);
      return static_cast<double>(t) * static_cast<double>(g.n_sources) - static_cast<double>(less);
    };
    auto leaf = [&](std::uint64_t t, std::uint64_t draws, std::uint64_t index) {
      auto stream = g.stream(Purpose::kConnectSource, g.targets[t], 0, draws);
      g.made.begin(g.targets[t], index);
      g.made.draw(stream, 0, g.n_sources, g.self_of(t), draws);
    };
    split(g.c, g.majors, possible, {0, g.n_targets}, 0, g.c.degree, 0, leaf);
  }

 private:
  // Splits draws among the targets of a range by a tree that depends on the pattern only, and calls
  // f(target, draws, index of the first) for those that are wanted. possible(t): pairs there can be
  // with targets below t.
  template <typename Possible, typename F>
  static void split(const ConnectionPattern& c, MajorRange wanted, const Possible& possible,
                    MajorRange here, std::uint32_t depth, std::uint64_t count, std::uint64_t index,
                    F& f) {
    const auto [low, high] = here;
    if (count == 0 || high <= wanted.begin || low >= wanted.end) return;
    if (high - low == 1) return f(low, count, index);
    const std::uint64_t middle = low + (high - low) / 2;
    const std::uint64_t left = draws_on_the_left(c, 0, low, depth, possible(middle) - possible(low),
                                                 possible(high) - possible(low), count);
    split(c, wanted, possible, {low, middle}, depth + 1, left, index, f);
    split(c, wanted, possible, {middle, high}, depth + 1, count - left, index + left, f);
  }
};

}  // namespace tegmenta::rules
