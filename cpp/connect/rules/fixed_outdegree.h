#pragma once

#include "connect/rules/rule.h"

namespace tegmenta::rules {

struct FixedOutdegree {
  static constexpr RuleParameter kParameters[] = {{
      .name = "outdegree",
      .value = RuleValue::kDegree,
      .range = {0, kMostDegree, false, false},
      .drawn = true,
      .example = 2,
      .description = "Synapses that each source sends.",
  }};
  static constexpr RuleDeclaration kDeclaration{
      .name = "fixed_outdegree",
      .summary = "From each source `outdegree` synapses, whose targets are drawn.",
      .parameters = kParameters,
      .by_source = true,
      .value_rows = ValueCount::kSources,
      .value_columns = ValueCount::kParameter,
  };

  static void check(const ConnectionPattern& c) {
    const bool overlap = !c.allow_autapses && contains_any(*c.targets, *c.sources);
    check_enough(c, c.degree, c.targets->size() - (overlap ? 1 : 0), "outdegree");
  }

  static SynapseEstimate estimate(const ConnectionPattern& c, const simd::Kernels& kernels) {
    return sum_of_degrees(c, kernels);
  }

  template <typename F>
  static void generate(Generation<F>& g) {
    const ConnectionPattern& c = g.c;
    const MajorRange wanted{position_from(g.targets, g.first), position_from(g.targets, g.last)};
    for (std::uint64_t s = g.majors.begin; s < g.majors.end; ++s) {
      const NodeId source = g.sources[s];
      const auto degree = static_cast<std::uint64_t>(degree_of(c, g.kernels, source));
      const std::uint64_t self = c.allow_autapses ? g.n_targets : position_of(g.targets, source);
      if (!c.allow_multapses) {
        auto stream = g.stream(Purpose::kConnectTarget, source, 0, degree);
        g.made.begin(source, s * degree);
        g.made.draw_distinct(stream, self, degree, g.taken);
        continue;
      }
      auto leaf = [&](std::uint64_t low, std::uint64_t high, std::uint64_t draws,
                      std::uint64_t index) {
        auto stream =
            g.stream(Purpose::kConnectTarget, source, static_cast<std::uint32_t>(low), draws);
        g.made.begin(source, index);
        g.made.draw(stream, low, high, self, draws);
      };
      split(c, source, self, wanted, {0, g.n_targets}, 0, degree, s * degree, leaf);
    }
  }

 private:
  /// Draws that a leaf of the tree over targets makes at most, where there is more than one target.
  static constexpr std::uint64_t kLeafDraws = 32;

  // Splits the draws of one source among the targets of a range, by a tree that depends on the
  // pattern only, down to leaves of few draws: f(low, high, draws, index of the first).
  template <typename F>
  static void split(const ConnectionPattern& c, NodeId source, std::uint64_t self,
                    MajorRange wanted, MajorRange here, std::uint32_t depth, std::uint64_t count,
                    std::uint64_t index, F& f) {
    const auto [low, high] = here;
    if (count == 0 || high <= wanted.begin || low >= wanted.end) return;
    if (count <= kLeafDraws || high - low == 1) return f(low, high, count, index);
    const std::uint64_t middle = low + (high - low) / 2;
    const auto possible = [&](std::uint64_t a, std::uint64_t b) {
      return static_cast<double>(b - a) - (self >= a && self < b ? 1 : 0);
    };
    const std::uint64_t left =
        draws_on_the_left(c, source, low, depth, possible(low, middle), possible(low, high), count);
    split(c, source, self, wanted, {low, middle}, depth + 1, left, index, f);
    split(c, source, self, wanted, {middle, high}, depth + 1, count - left, index + left, f);
  }
};

}  // namespace tegmenta::rules
