// Visits of synapses whose pairs of spikes change an eligibility, which a modulator turns into
// changes of weight: at once from visit to visit where no bound is near.
#pragma once

#include <cmath>

#include "models/synapses/rule.h"
#include "plasticity/gains.h"

namespace tegmenta {

/// What such a rule gives for one visit, besides the functions that EligibilityRule names.
struct EligibilityParts {
  // post: a post spike changes the eligibility by amplitude times K+
  double amplitude;
  double bump = 0;  // by which K+ is larger at the very end, where the presynaptic spike is
  // pre: a presynaptic spike lowers the eligibility by depression times K−
  double depression;
  bool same_step = false;  // post spikes of its step are in K− already
  // reward: when the modulator is met
  std::int64_t lead = 0;  // 1: by a pair in its own step already
  double carried = 1;     // what is left of an eligibility when the modulator is met after it
  double last = 0;        // change of weight by unit eligibility that comes with the spike

  double Wmin, Wmax;
  bool closed_form = true;  // weights between bounds change by a sum
  bool vectors = true;
};

/// A visit of such a rule.
template <typename Rule, typename T>
class EligibilityRun {
 public:
  EligibilityRun(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& visited,
                 const VisitTools& tools, double* sent, VisitCounts& counts)
      : rule_(kind, synapses, visited, tools),
        row_(rule_.row),
        tools_(tools),
        histories_(*tools.histories),
        synapses_(synapses),
        eligibility_(synapses.columns[column_at<Rule, Rule::kFirstRead>].values),
        sent_(sent),
        counts_(counts),
        spike_(kind == VisitKind::kSpike),
        gains_(row_, *tools.modulator, *tools.decay_plus, rule_.amplitude, rule_.lead, rule_.bump),
        H_(rule_.carried * gains_.at_begin()),
        E_(tools.modulator->eligibility(row_.until - row_.from)),
        reach_(tools.modulator->absolute(row_.from, row_.until)) {}
  EligibilityRun(const EligibilityRun&) = delete;
  EligibilityRun& operator=(const EligibilityRun&) = delete;

  void visit() {
    if (rule_.closed_form && rule_.vectors && tabulates(tools_, row_, synapses_.n)) {
      return visit_vectors();
    }
    for (std::size_t i = 0; i < synapses_.n; ++i) visit_one(i);
  }

 private:
  // Where no bound is near, with the operations of the vectorised visit.
  void visit_one(std::size_t i) {
    const std::int64_t after = row_.from - row_.delay;
    const std::size_t slot = synapses_.targets[i];
    const Histories::Window posts = histories_.window(slot, after, row_.until - row_.delay);
    double w = static_cast<double>(synapses_.weights[i]);
    double c = static_cast<double>(eligibility_[i]);
    const double depressed =
        spike_ && rule_.closed_form ? rule_.depression * rule_.pre_trace(slot, posts) : 0;
    const double now = depressed * rule_.last;
    double change =
        (std::abs(c) + static_cast<double>(histories_.count(slot, posts)) * gains_.bound()) *
        reach_;
    if (rule_.last != 0) change += std::abs(now);
    if (rule_.closed_form && w - rule_.Wmin > change && rule_.Wmax - w > change) {
      ++counts_.closed_form;
      double dw = c * H_ + 0.0, dc = 0;
      for (std::uint32_t p = posts.last; p != posts.first; --p) {
        const std::int64_t step = histories_.at(slot, p - 1).stamp - after;
        const std::uint32_t spikes = histories_.multiplicity_at(slot, p - 1);
        add_spikes(dw, gains_.weight_gain(step), spikes);
        add_spikes(dc, gains_.eligibility_gain(step), spikes);
      }
      if (rule_.last != 0) dw -= now;
      w += dw;
      c = c * E_ + dc;
      if (spike_) c -= depressed;
    } else {
      rule_.near_bounds(i, slot, posts, w, c, counts_);
    }
    synapses_.weights[i] = static_cast<T>(w);
    eligibility_[i] = kept<T>(c);
    if (spike_) sent_[i] = static_cast<double>(synapses_.weights[i]) * row_.spikes;
  }

  void visit_vectors() {
    gains_.tabulate(tools_);
    const simd::EligibilityVisit visit{.posts = post_window(histories_, row_, rule_.same_step),
                                       .next = synapses_.next,
                                       .gains = gains_.table(),
                                       .H = H_,
                                       .E = E_,
                                       .reach = reach_,
                                       .gain = gains_.bound(),
                                       .Wmin = rule_.Wmin,
                                       .Wmax = rule_.Wmax,
                                       .depression = rule_.depression,
                                       .last = rule_.last,
                                       .spikes = static_cast<double>(row_.spikes),
                                       .spike = spike_};
    std::uint32_t* const left = tools_.scratch->left.data();
    const std::size_t many = kernel()(visit, synapses_.targets, synapses_.weights, eligibility_,
                                      sent_, synapses_.n, left);
    counts_.closed_form += synapses_.n - many;
    for (std::size_t i = 0; i < many; ++i) visit_one(left[i]);
  }

  simd::EligibilityKernel<T> kernel() const {
    if constexpr (std::is_same_v<T, double>) {
      return tools_.simd->visit_eligibility_double;
    } else {
      return tools_.simd->visit_eligibility_float;
    }
  }

  const typename Rule::template Visit<T> rule_;
  const VisitRow& row_;
  const VisitTools& tools_;
  const Histories& histories_;
  const VisitSynapses<T>& synapses_;
  T* const eligibility_;
  double* const sent_;
  VisitCounts& counts_;
  const bool spike_;
  Gains gains_;
  const double H_, E_, reach_;
};

/// A rule with an eligibility, by an object that is made for each visit:
///
///     struct Visit : EligibilityParts
///       Visit(VisitKind, const VisitSynapses<T>&, const VisitRow&, const VisitTools&)
///       const VisitRow& row          as the rule sees it
///       double pre_trace(slot, posts)                    K− of the presynaptic spike
///       void near_bounds(i, slot, posts, w, c, counts)   the visit of a synapse otherwise
///     ModulatorParameters modulator(values, h)           the reward part
template <typename Rule>
struct EligibilityRule : SynapseRule {
  static constexpr bool kLooksAtPosts = true;
  static constexpr bool kShowsTrace = true;
  static constexpr bool kListsWeights = false;

  template <typename T>
  static void visit(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts& counts) {
    using Visit = typename Rule::template Visit<T>;
    static_assert(std::is_base_of_v<EligibilityParts, Visit>,
                  "A rule with an eligibility needs its parts: Visit, an EligibilityParts.");
    static_assert(
        requires(const Visit& v, Histories::Window posts) { v.pre_trace(0, posts); },
        "A rule with an eligibility needs the trace of a presynaptic spike: pre_trace().");
    static_assert(
        requires(const Visit& v, Histories::Window posts, double& x, VisitCounts& n) {
          v.near_bounds(0, 0, posts, x, x, n);
        }, "A rule with an eligibility needs a visit near bounds: near_bounds().");
    static_assert(Rule::kGate != Gate::kNone, "A rule with an eligibility needs its kGate.");
    EligibilityRun<Rule, T>(kind, synapses, row, tools, sent, counts).visit();
  }
};

}  // namespace tegmenta
