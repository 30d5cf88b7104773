// Dopamine-modulated synapses. See docs/event-driven-core.md#the-dopamine-rule.
#include <algorithm>
#include <cmath>

#include "plasticity/gains.h"
#include "plasticity/visit_rules.h"

namespace tegmenta {

namespace {

// Columns of the rule: c, A_plus, A_minus, τ+, tau_c, tau_n, b, Wmin, Wmax.
struct DopamineRule {
  double A_plus, A_minus, Wmin, Wmax;
  double clip(double w) const { return w < Wmin ? Wmin : w > Wmax ? Wmax : w; }
};

// From s to e with eligibility c at s. Bounds hold at every moment: w is clipped wherever it can
// have turned back from one, whether or not anything happens there.
__attribute__((noinline)) double clipped_stretch(double w, double c, std::int64_t s, std::int64_t e,
                                                 const Modulator& m, const DopamineRule& rule,
                                                 VisitCounts& counts) {
  w = rule.clip(w);
  if (s == e) return w;
  if (m.keeps_sign(s, e)) {
    ++counts.by_stretch;
    return rule.clip(w + c * m.integral(s, e));
  }
  ++counts.by_event;
  m.pieces(s, e, [&](double drift) { w = rule.clip(w + c * drift); });
  return w;
}

}  // namespace

template <typename T>
void visit_dopamine(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts& counts) {
  const Modulator& m = *tools.modulator;
  const Histories& histories = *tools.histories;
  const DopamineRule rule{s.columns[1].uniform, s.columns[2].uniform, s.columns[7].uniform,
                          s.columns[8].uniform};
  T* const eligibility = s.columns[0].values;
  const std::int64_t after = row.from - row.delay;
  const std::int64_t until = row.until - row.delay;
  const bool spike = kind == VisitKind::kSpike;
  Gains gains(row, m, *tools.decay_plus, rule.A_plus, 0, 0);
  const double H_row = gains.at_begin();
  const double E_row = m.eligibility(row.until - row.from);
  const double reach = m.absolute(row.from, row.until);
  const double depression = rule.A_minus * row.spikes;

  // Where a bound is within reach: stretch by stretch between STDP events.
  const auto clipped = [&](std::size_t slot, Histories::Window posts, double& w, double& c) {
    std::int64_t at = row.from;
    for (std::uint32_t p = posts.first; p != posts.last; ++p) {
      const std::int64_t next = histories.at(slot, p).stamp + row.delay;
      w = clipped_stretch(w, c, at, next, m, rule, counts);
      c = c * m.eligibility(next - at) +
          histories.multiplicity_at(slot, p) * gains.eligibility(next - row.from);
      at = next;
    }
    w = clipped_stretch(w, c, at, row.until, m, rule, counts);
    c *= m.eligibility(row.until - at);
  };

  // One synapse; where no bound is near, with the operations of the vectorised visit.
  const auto visit_one = [&](std::size_t i) {
    const std::size_t slot = s.targets[i];
    const Histories::Window posts = histories.window(slot, after, until);
    const double w0 = static_cast<double>(s.weights[i]);
    const double c0 = static_cast<double>(eligibility[i]);
    double w = w0, c = c0;
    const double change =
        (std::abs(c0) + static_cast<double>(histories.count(slot, posts)) * gains.bound()) * reach;
    if (w0 - rule.Wmin > change && rule.Wmax - w0 > change) {
      ++counts.closed_form;
      double dw = c0 * H_row + 0.0, dc = 0;
      for (std::uint32_t p = posts.last; p != posts.first; --p) {
        const std::int64_t step = histories.at(slot, p - 1).stamp - after;
        const std::uint32_t spikes = histories.multiplicity_at(slot, p - 1);
        add_spikes(dw, gains.weight_gain(step), spikes);
        add_spikes(dc, gains.eligibility_gain(step), spikes);
      }
      w = w0 + dw;
      c = c0 * E_row + dc;
    } else {
      clipped(slot, posts, w, c);
    }
    if (spike) c -= depression * histories.trace_before(slot, until, posts.last);
    s.weights[i] = static_cast<T>(w);
    eligibility[i] = kept<T>(c);
    if (spike) sent[i] = static_cast<double>(s.weights[i]) * row.spikes;
  };

  if (!tabulates(tools, row, s.n)) {
    for (std::size_t i = 0; i < s.n; ++i) visit_one(i);
    return;
  }
  simd::EligibilityVisit visit{};
  visit.posts = post_window(histories, row, false);
  visit.H = H_row;
  visit.E = E_row;
  visit.reach = reach;
  visit.Wmin = rule.Wmin;
  visit.Wmax = rule.Wmax;
  visit.depression = depression;
  visit.spikes = row.spikes;
  visit.spike = spike;
  visit_in_vectors(visit, gains, tools, s, sent, counts, visit_one);
}

template void visit_dopamine<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                     const VisitTools&, double*, VisitCounts&);
template void visit_dopamine<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                    const VisitTools&, double*, VisitCounts&);

}  // namespace tegmenta
