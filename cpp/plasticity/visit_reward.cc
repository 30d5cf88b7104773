// Reward-modulated synapses (MSTDP, MSTDPET): RewardRule, brought up to date lazily.
// Florian (2007) Neural Comput 19:1468; pairing at the somata,
// docs/event-driven-core.md#rules-with-a-reward.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.h"
#include "plasticity/gains.h"
#include "plasticity/visit_rules.h"

namespace tegmenta {

namespace {

// What one synapse sees between two visits. Columns of the rule: c, c_minus (of split rules).
class RewardedSynapse {
 public:
  RewardedSynapse(const RewardRule& rule, VisitKind kind, const VisitRow& row,
                  const VisitTools& tools, std::size_t slot, Histories::Window posts)
      : rule_(rule),
        row_(row),
        m_(*tools.modulator),
        histories_(*tools.histories),
        decay_plus_(*tools.decay_plus),
        slot_(slot),
        posts_(posts),
        spike_(kind == VisitKind::kSpike) {}

  double w = 0, c = 0, c_minus = 0;

  // K− of the presynaptic spike.
  double trace() const {
    const std::int64_t t = row_.until;
    if (rule_.nearest) {
      return rule_.same_step ? histories_.nearest_at(slot_, t, posts_.last)
                             : histories_.nearest_before(slot_, t, posts_.last);
    }
    return rule_.same_step ? histories_.trace_at(slot_, t, posts_.last)
                           : histories_.trace_before(slot_, t, posts_.last);
  }

  // Pairing by pairing; between them at once where no bound can be crossed and left again.
  void by_stretch(VisitCounts& counts) {
    std::int64_t at = row_.from;
    for (std::uint32_t p = posts_.first; p != posts_.last; ++p) {
      const std::int64_t step = histories_.at(slot_, p).stamp;
      if (step == row_.until && spike_) break;
      pair(at, step, rule_.A_plus * Kplus(step) * histories_.multiplicity_at(slot_, p), counts);
      at = step;
    }
    if (!spike_) return stretch(at, row_.until, counts);
    pair(at, row_.until, at_spike(), counts);
  }

  // Step by step: whatever the rule.
  void by_step() {
    std::uint32_t p = posts_.first;
    for (std::int64_t k = row_.from + 1; k <= row_.until; ++k) {
      double causal = 0, anticausal = 0;
      if (p != posts_.last && histories_.at(slot_, p).stamp == k) {
        add_spikes(causal, rule_.A_plus * Kplus(k), histories_.multiplicity_at(slot_, p++));
      }
      if (spike_ && k == row_.until) anticausal = rule_.A_minus * row_.spikes * trace();
      if (rule_.at_pairing) {
        if (causal != 0) causal *= factor(rule_.A_plus);
        if (anticausal != 0) anticausal *= factor(rule_.A_minus);
      }
      const double c_before = c, c_minus_before = c_minus;
      c = kept<double>(c * rule_.decay + (causal + anticausal));
      c_minus = kept<double>(c_minus * rule_.decay + anticausal);
      change(k, rule_.lag ? c_before : c, rule_.lag ? c_minus_before : c_minus);
    }
  }

 private:
  double Kplus(std::int64_t step) const {
    const double before = row_.Kplus * decay_plus_(step - row_.from);
    if (!spike_ || step != row_.until || !rule_.same_step) return before;
    return rule_.nearest ? 1 : before + row_.spikes;
  }

  // All pairs of the presynaptic spike's step.
  double at_spike() const {
    double causal = 0;
    const std::uint32_t last = posts_.last - 1;
    if (posts_.last != posts_.first && histories_.at(slot_, last).stamp == row_.until) {
      add_spikes(causal, rule_.A_plus * Kplus(row_.until), histories_.multiplicity_at(slot_, last));
    }
    return causal + rule_.A_minus * row_.spikes * trace();
  }

  double clipped(double x) const {
    return !rule_.clip ? x : x < rule_.Wmin ? rule_.Wmin : x > rule_.Wmax ? rule_.Wmax : x;
  }

  // From after step s to after step e, where nothing is paired.
  void stretch(std::int64_t s, std::int64_t e, VisitCounts& counts) {
    if (s == e) return;
    const double first = rule_.lag ? c : c * rule_.decay;
    if (!rule_.clip || (w == clipped(w) && m_.keeps_sign_within(s, e))) {
      // w is monotone: clipping at the end does for all steps.
      ++counts.by_stretch;
      w = clipped(w + first * m_.integral(s, e));
    } else {
      ++counts.by_event;
      double used = first, R = m_.drive(s + 1);
      auto [change, last] = m_.events(s + 1, e);
      for (std::int64_t k = s + 1; k <= e; ++k, used *= rule_.decay) {
        if (change != last && m_.event(change).time == k)
          R = m_.parameters().gain * m_.event(change++).n;
        w = clipped(w + used * R);
      }
    }
    c *= m_.eligibility(e - s);
  }

  // … to after step e, where xi enters.
  void pair(std::int64_t s, std::int64_t e, double xi, VisitCounts& counts) {
    if (rule_.lag) {
      stretch(s, e, counts);
      c += xi;
      return;
    }
    stretch(s, e - 1, counts);
    c = c * rule_.decay + xi;
    w = clipped(w + c * m_.drive(e));
  }

  // Weight dependence of a part of the change; `side` is positive where it raises the weight.
  double factor(double side) const {
    const bool up = side >= 0;
    const double room = up ? rule_.Wmax - w : w - rule_.Wmin;
    if (up ? rule_.hard_plus : rule_.hard_minus) return room > 0 ? 1 : 0;
    const double mu = up ? rule_.mu_plus : rule_.mu_minus;
    if (mu == 0) return 1;
    const double share = room / (up ? rule_.range_plus : rule_.range_minus);
    // Beyond the bound a linear dependence pulls back; others would push on, or be no number.
    if (mu == 1) return share;
    return share > 0 ? elementary::plain_pow(share, mu) : 0;
  }

  // The change of weight in step k by the eligibility and its anticausal part.
  void change(std::int64_t k, double eligible, double anticausal) {
    const double R = m_.drive(k);
    double dw = R * eligible;
    if (rule_.split()) {
      const double plus = R * (eligible - anticausal), minus = R * anticausal;
      dw = plus * factor(rule_.follows_reward ? plus : rule_.A_plus) +
           minus * factor(rule_.follows_reward ? minus : rule_.A_minus);
    }
    w = clipped(w + dw - rule_.leak * w);
  }

  const RewardRule& rule_;
  const VisitRow& row_;
  const Modulator& m_;
  const Histories& histories_;
  const ExpTable& decay_plus_;
  const std::size_t slot_;
  const Histories::Window posts_;
  const bool spike_;
};

}  // namespace

template <typename T>
void visit_reward(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& visited,
                  const VisitTools& tools, double* sent, VisitCounts& counts) {
  const RewardRule& rule = *tools.reward;
  const Histories& histories = *tools.histories;
  const Modulator& m = *tools.modulator;
  VisitRow row = visited;
  row.delay = 0;
  const bool spike = kind == VisitKind::kSpike;
  T* const eligibility = s.columns[0].values;
  T* const eligibility_minus = s.columns[1].values;
  const bool closed_form = !rule.depends() && rule.leak == 0;
  const std::int64_t lead = 1 - rule.lag;
  const double bump = !spike || !rule.same_step ? 0
                      : !rule.nearest ? row.spikes
                                      : 1 - row.Kplus * (*tools.decay_plus)(row.until - row.from);
  Gains gains(row, m, *tools.decay_plus, rule.A_plus, lead, bump);
  const double H_row = rule.lag ? gains.at_begin() : rule.decay * gains.at_begin();
  const double E_row = m.eligibility(row.until - row.from);
  const double reach = m.absolute(row.from, row.until);
  const double depression = -rule.A_minus * row.spikes;
  const double last = spike && rule.lag == 0 ? m.drive(row.until) : 0;
  const double infinity = std::numeric_limits<double>::infinity();
  const double Wmin = rule.clip ? rule.Wmin : -infinity;
  const double Wmax = rule.clip ? rule.Wmax : infinity;

  // One synapse; where no bound is near, with the operations of the vectorised visit.
  const auto visit_one = [&](std::size_t i) {
    const std::size_t slot = s.targets[i];
    const Histories::Window posts = histories.window(slot, row.from, row.until);
    RewardedSynapse one(rule, kind, row, tools, slot, posts);
    one.w = static_cast<double>(s.weights[i]);
    one.c = static_cast<double>(eligibility[i]);
    if (eligibility_minus) one.c_minus = static_cast<double>(eligibility_minus[i]);
    if (!closed_form) {
      ++counts.by_event;
      one.by_step();
      one.w = static_cast<double>(kept<T>(one.w));
    } else {
      const double depressed = spike ? depression * one.trace() : 0;
      const double now = depressed * last;
      double change =
          (std::abs(one.c) + static_cast<double>(histories.count(slot, posts)) * gains.bound()) *
          reach;
      if (last != 0) change += std::abs(now);
      if (one.w - Wmin > change && Wmax - one.w > change) {
        ++counts.closed_form;
        double dw = one.c * H_row + 0.0, dc = 0;
        for (std::uint32_t p = posts.last; p != posts.first; --p) {
          const std::int64_t step = histories.at(slot, p - 1).stamp - row.from;
          const std::uint32_t spikes = histories.multiplicity_at(slot, p - 1);
          add_spikes(dw, gains.weight_gain(step), spikes);
          add_spikes(dc, gains.eligibility_gain(step), spikes);
        }
        if (last != 0) dw -= now;
        one.w += dw;
        one.c = one.c * E_row + dc;
        if (spike) one.c -= depressed;
      } else {
        one.by_stretch(counts);
      }
    }
    s.weights[i] = static_cast<T>(one.w);
    eligibility[i] = kept<T>(one.c);
    if (eligibility_minus) eligibility_minus[i] = kept<T>(one.c_minus);
    if (spike) sent[i] = static_cast<double>(s.weights[i]) * row.spikes;
  };

  if (!closed_form || rule.nearest || !tabulates(tools, row, s.n)) {
    for (std::size_t i = 0; i < s.n; ++i) visit_one(i);
    return;
  }
  simd::EligibilityVisit visit{};
  visit.posts = post_window(histories, row, rule.same_step);
  visit.H = H_row;
  visit.E = E_row;
  visit.reach = reach;
  visit.Wmin = Wmin;
  visit.Wmax = Wmax;
  visit.depression = depression;
  visit.last = last;
  visit.spikes = row.spikes;
  visit.spike = spike;
  visit_in_vectors(visit, gains, tools, s, sent, counts, visit_one);
}

template void visit_reward<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                   const VisitTools&, double*, VisitCounts&);
template void visit_reward<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                  const VisitTools&, double*, VisitCounts&);

}  // namespace tegmenta
