// Visits of synapses whose transmission depends on their own past only. A flush leaves them alone.
#pragma once

#include <concepts>
#include <limits>
#include <string_view>

#include "base/random.h"
#include "models/synapses/rule.h"

namespace tegmenta {

/// One presynaptic spike.
struct ReleaseEvent {
  double elapsed;  // ms since the spike before
  bool first;      // the synapse is as it was made
};

/// A rule that says what a presynaptic spike releases, in units of the weight:
///
///     double release(Own&, const ReleaseEvent&)
template <typename Rule>
struct ReleaseRule : SynapseRule {
  static constexpr bool kReleases = true;

  template <typename T>
  static void visit(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts&) {
    static_assert(
        requires(typename Rule::Own& own, const ReleaseEvent& event) {
          { Rule::release(own, event) } -> std::same_as<double>;
        }, "A rule of release needs what a presynaptic spike releases: release().");
    if (kind == VisitKind::kFlush) return;
    const SynapsesOf<Rule, T> synapses(s);
    const double elapsed = static_cast<double>(row.until - row.from) * tools.h;
    const bool first = row.Kplus == 0;
    for (std::size_t i = 0; i < s.n; ++i) {
      double sum = 0;
      for (std::uint32_t m = 0; m < row.spikes; ++m) {
        // What is kept after every spike is what is stored.
        typename Rule::Own own = synapses.own(i);
        const double released = Rule::release(own, {m == 0 ? elapsed : 0.0, first && m == 0});
        synapses.keep(i, own);
        sum += released;
        if (tools.each) {
          tools.each[i * row.spikes + m] = released * static_cast<double>(s.weights[i]);
        }
      }
      sent[i] = sum * static_cast<double>(s.weights[i]);
    }
  }
};

/// A rule that draws how much a presynaptic spike releases:
///
///     double release(Own&, const ReleaseEvent&, RandomStream&)
template <typename Rule>
struct DrawnReleaseRule : SynapseRule {
  static constexpr bool kDraws = true;
  static constexpr bool kReleases = true;

  template <typename T>
  static void visit(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts&) {
    static_assert(
        requires(typename Rule::Own& own, const ReleaseEvent& event, RandomStream& r) {
          { Rule::release(own, event, r) } -> std::same_as<double>;
        }, "A rule of release needs what a presynaptic spike releases: release().");
    if (kind == VisitKind::kFlush) return;
    const SynapsesOf<Rule, T> synapses(s);
    const double elapsed = static_cast<double>(row.until - row.from) * tools.h;
    const bool first = row.Kplus == 0;
    for (std::size_t i = 0; i < s.n; ++i) {
      RandomStream stream = stream_of(s, i, row, tools);
      typename Rule::Own own = synapses.own(i);
      double sum = 0;
      for (std::uint32_t m = 0; m < row.spikes; ++m) {
        const double released =
            Rule::release(own, {m == 0 ? elapsed : 0.0, first && m == 0}, stream);
        sum += released;
        if (tools.each) {
          tools.each[i * row.spikes + m] =
              released > 0 ? released * static_cast<double>(s.weights[i]) : kNotTransmitted;
        }
      }
      synapses.keep(i, own);
      sent[i] = sum * static_cast<double>(s.weights[i]);
    }
  }

 private:
  static constexpr double kNotTransmitted = std::numeric_limits<double>::quiet_NaN();

  template <typename T>
  static RandomStream stream_of(const VisitSynapses<T>& s, std::size_t i, const VisitRow& row,
                                const VisitTools& tools) {
    const std::uint32_t high = (static_cast<std::uint32_t>(row.until >> 32) & 0xffu) << 16 |
                               (ordinal_among_equals(s.targets + i, row.in_run + i) & 0xffffu);
    return RandomStream(row.seed, Purpose::kBernoulli, row.source, tools.target_ids[s.targets[i]],
                        static_cast<std::uint32_t>(row.until), high);
  }
};

/// Release probability, recovery of resources and facilitation, as rules of short-term plasticity
/// have them.
template <typename Own>
constexpr auto release_probability(std::string_view description) {
  return ColumnField<&Own::U>{
      .name = "U", .value = 0.5, .range = Range::probability(), .description = description};
}
template <typename Own>
constexpr auto recovery_time() {
  return ColumnField<&Own::tau_rec>{.name = "tau_rec",
                                    .unit = "ms",
                                    .value = 800,
                                    .range = Range::positive(),
                                    .description = "Time constant of recovery."};
}
template <typename Own>
constexpr auto facilitation_time() {
  return ColumnField<&Own::tau_fac>{.name = "tau_fac",
                                    .unit = "ms",
                                    .range = Range::non_negative(),
                                    .description = "Time constant of facilitation; 0: none."};
}

/// exp(−elapsed/τ), 0 where there is no memory.
inline double decay_of(double elapsed, double tau) {
  return tau == 0 ? 0 : elementary::exp(-elapsed / tau);
}

}  // namespace tegmenta
