// Reward-modulated synapses (MSTDP, MSTDPET), brought up to date lazily.
// Florian (2007) Neural Comput 19:1468; pairing at the somata,
// docs/event-driven-core.md#rules-with-a-reward.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(mstdpet_synapse)
#else

#include <cmath>
#include <limits>

#include "base/elementary.h"
#include "models/synapses/bounds.h"
#include "plasticity/eligibility.h"

namespace tegmenta {

/// Spike-timing dependent plasticity gated by reward, step by step; where its switches come from:
/// docs/three-factor-rules.md.
///
///     ξ(k) = A_plus·x(k)·s_post(k) + A_minus·y(k)·s_pre(k)
///     c(k) = decay·c(k − 1) + ξ(k)                 eligibility; A's include its gain
///     w(k) = clip(w(k − 1) + R(k)·c(k − lag) − leak·w(k − 1))
///
/// with traces x, y of amplitude 1 and R the reward times the learning rate (Modulator::drive).
struct RewardRule : PreparedRule {
  double A_plus, A_minus;
  double decay;  // of the eligibility in a step
  int lag;       // 1: the reward meets what was eligible one step before
  bool nearest;  // traces are set to 1, not raised by 1
  bool same_step;
  double Wmin, Wmax;
  bool clip;
  double leak;
  /// Weight dependence: ((Wmax − w)/range)^mu of what raises w and ((w − Wmin)/range)^mu of what
  /// lowers it, or whether w is inside at all.
  double mu_plus, mu_minus, range_plus, range_minus;
  bool hard_plus, hard_minus;
  bool at_pairing;      // else when the weight changes
  bool follows_reward;  // the sides are told apart by the sign of the change, else by that of A

  bool depends() const { return mu_plus != 0 || mu_minus != 0 || hard_plus || hard_minus; }
  /// Causal and anticausal parts of the eligibility are to be told apart.
  bool split() const { return depends() && !at_pairing; }
};

struct mstdpet_synapse : EligibilityRule<mstdpet_synapse> {
  struct Own {
    double c, c_minus, A_plus, A_minus, tau_plus, tau_elig, elig_decay, normalized, eta,
        scale_by_dt, lag, nearest, count_same_step, Wmin, Wmax, clip, mu_plus, mu_minus, range_plus,
        range_minus, hard_plus, hard_minus, bounds_at_pairing, bounds_follow_reward, tau_w;
  };
  static constexpr Gate kGate = Gate::kReward;
  static constexpr auto kTrace = &Own::tau_plus;
  static constexpr auto kFirstRead = &Own::c;

  static constexpr std::tuple kFields{
      StateField<&Own::c>{
          .name = "c",
          .description =
              "Eligibility: what a reward changes the weight by, before the learning rate."},
      ColumnField<&Own::c_minus>{.name = "c_minus",
                                 .role = Role::kState,
                                 .description = "The anticausal part of c; kept only where weight "
                                                "dependence acts when rewards come."},
      OptionField<&Own::A_plus>{
          .name = "A_plus",
          .value = 1,
          .description = "Amplitude of causal pairs (post after pre); negative: they depress."},
      OptionField<&Own::A_minus>{
          .name = "A_minus",
          .value = -1,
          .description =
              "Amplitude of anticausal pairs (pre after post), sign included: negative depresses."},
      OptionField<&Own::tau_plus>{
          .name = "tau_plus",
          .unit = "ms",
          .value = 20,
          .range = Range::positive(),
          .description = "Time constant of the presynaptic trace; the postsynaptic one decays with "
                         "the neuron's tau_minus."},
      OptionField<&Own::tau_elig>{.name = "tau_elig",
                                  .unit = "ms",
                                  .value = 25,
                                  .range = Range::positive(),
                                  .description = "Time constant of the eligibility."},
      OptionField<&Own::elig_decay>{
          .name = "elig_decay",
          .value = 1,
          .range = {0, 1, true, false},
          .description = "Further factor by which the eligibility decays every step."},
      OptionField<&Own::normalized>{
          .name = "normalized",
          .value = 1,
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "A pair enters the eligibility divided by tau_elig."},
      OptionField<&Own::eta>{.name = "eta", .value = 1, .description = "Learning rate."},
      OptionField<&Own::scale_by_dt>{
          .name = "scale_by_dt",
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "The change of weight of a step is multiplied with the resolution in ms."},
      OptionField<&Own::lag>{.name = "lag",
                             .unit = "steps",
                             .value = 1,
                             .range = {0, 1, false, false},
                             .type = ParameterType::kInt,
                             .description = "1: a reward meets what was eligible a step before; 0: "
                                            "pairs of its own step as well."},
      OptionField<&Own::nearest>{
          .name = "nearest",
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "Traces are set to 1 by a spike instead of growing by 1."},
      OptionField<&Own::count_same_step>{
          .name = "count_same_step",
          .value = 1,
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "Spikes of both sides in one step are a pair, both ways."},
      OptionField<&Own::Wmin>{.name = "Wmin",
                              .unit = "as weight",
                              .value = -std::numeric_limits<double>::infinity(),
                              .range = Range::any(),
                              .description = "Smallest weight."},
      OptionField<&Own::Wmax>{.name = "Wmax",
                              .unit = "as weight",
                              .value = std::numeric_limits<double>::infinity(),
                              .range = Range::any(),
                              .description = "Largest weight."},
      OptionField<&Own::clip>{.name = "clip",
                              .value = 1,
                              .range = Range::probability(),
                              .type = ParameterType::kBool,
                              .description = "The weight is kept in [Wmin, Wmax] at every step."},
      OptionField<&Own::mu_plus>{
          .name = "mu_plus",
          .range = Range::non_negative(),
          .description =
              "What raises the weight is multiplied with ((Wmax - w) / range_plus)^mu_plus."},
      OptionField<&Own::mu_minus>{
          .name = "mu_minus",
          .range = Range::non_negative(),
          .description =
              "What lowers the weight is multiplied with ((w - Wmin) / range_minus)^mu_minus."},
      OptionField<&Own::range_plus>{.name = "range_plus",
                                    .unit = "as weight",
                                    .value = 1,
                                    .range = Range::positive(),
                                    .description = "See mu_plus."},
      OptionField<&Own::range_minus>{.name = "range_minus",
                                     .unit = "as weight",
                                     .value = 1,
                                     .range = Range::positive(),
                                     .description = "See mu_minus."},
      OptionField<&Own::hard_plus>{
          .name = "hard_plus",
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "Nothing raises a weight that is at Wmax or above."},
      OptionField<&Own::hard_minus>{
          .name = "hard_minus",
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "Nothing lowers a weight that is at Wmin or below."},
      OptionField<&Own::bounds_at_pairing>{
          .name = "bounds_at_pairing",
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "Weight dependence is worked out when a pair enters the eligibility, with "
                         "the weight of that step; else when the weight changes."},
      OptionField<&Own::bounds_follow_reward>{
          .name = "bounds_follow_reward",
          .value = 1,
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "What raises and what lowers the weight is told apart by the sign of the "
                         "change; else by the sign of the amplitude, whatever the reward."},
      OptionField<&Own::tau_w>{
          .name = "tau_w",
          .unit = "steps",
          .range = Range::non_negative(),
          .description = "Every step the weight loses its tau_w-th part; 0: none."}};

  static std::vector<SynapseModel> models() {
    const char* florian = "Florian (2007) Neural Comput 19:1468";
    return {ModelOf<mstdpet_synapse>("mstdp_synapse",
                                     "Spike-timing dependent plasticity times reward.", florian)
                .without<&Own::tau_elig, &Own::elig_decay, &Own::normalized>(),
            ModelOf<mstdpet_synapse>(
                "mstdpet_synapse",
                "Reward-modulated spike-timing dependent plasticity with an eligibility trace.",
                florian)};
  }

  using Values = ValuesOf<mstdpet_synapse>;

  static void check(const GivenOf<mstdpet_synapse>& given) {
    check_bounds<&Own::Wmin, &Own::Wmax>(given);
    const bool up = given.get<&Own::mu_plus>() != 0 || given.get<&Own::hard_plus>() != 0;
    const bool down = given.get<&Own::mu_minus>() != 0 || given.get<&Own::hard_minus>() != 0;
    if (up && !std::isfinite(given.get<&Own::Wmax>())) {
      given.refuse<&Own::Wmax>("finite where mu_plus or hard_plus is set");
    }
    if (down && !std::isfinite(given.get<&Own::Wmin>())) {
      given.refuse<&Own::Wmin>("finite where mu_minus or hard_minus is set");
    }
  }

  static void check_change(const std::string& name, const Values& before, const Values& after) {
    if (splits(before) == splits(after)) return;
    throw Error(ErrorKind::kBadProperty,
                "Synapses of " + name +
                    " exist already, and weight dependence at rewards needs more of their state "
                    "than the other rules; make another model with CopyModel.",
                {{"model", name}, {"parameter", std::string("bounds_at_pairing")}});
  }

  /// Parts of the eligibility are told apart only where the rule asks for it.
  static bool stores(std::size_t column, const Values& v) {
    return column == column_at<mstdpet_synapse, &Own::c_minus> && splits(v);
  }

  static RowTrace row_trace(const Values& v) {
    return v.get<&Own::nearest>() != 0 ? RowTrace::kNearest : RowTrace::kAll;
  }

  static ModulatorParameters modulator(const Values& v, double h) {
    ModulatorParameters p;
    p.reward = true;
    p.tau_c = eligibility_tau(v, h);
    p.tau_n = h;  // of no use: a reward does not decay
    p.gain = v.get<&Own::eta>() * (v.get<&Own::scale_by_dt>() != 0 ? h : 1);
    return p;
  }

  static std::shared_ptr<const RewardRule> prepare(const Values& v, double h) {
    auto rule = std::make_shared<RewardRule>();
    RewardRule& r = *rule;
    const bool normalized = v.has<&Own::normalized>() && v.get<&Own::normalized>() != 0;
    const double gain = normalized ? 1 / v.get<&Own::tau_elig>() : 1;
    r.A_plus = v.get<&Own::A_plus>() * gain;
    r.A_minus = v.get<&Own::A_minus>() * gain;
    r.decay = ExpTable(eligibility_tau(v, h), h, 0)(1);
    r.lag = static_cast<int>(v.get<&Own::lag>());
    r.nearest = v.get<&Own::nearest>() != 0;
    r.same_step = v.get<&Own::count_same_step>() != 0;
    r.Wmin = v.get<&Own::Wmin>();
    r.Wmax = v.get<&Own::Wmax>();
    r.clip = v.get<&Own::clip>() != 0;
    r.leak = v.get<&Own::tau_w>() == 0 ? 0 : 1 / v.get<&Own::tau_w>();
    r.mu_plus = v.get<&Own::mu_plus>();
    r.mu_minus = v.get<&Own::mu_minus>();
    r.range_plus = v.get<&Own::range_plus>();
    r.range_minus = v.get<&Own::range_minus>();
    r.hard_plus = v.get<&Own::hard_plus>() != 0;
    r.hard_minus = v.get<&Own::hard_minus>() != 0;
    r.at_pairing = v.get<&Own::bounds_at_pairing>() != 0;
    r.follows_reward = v.get<&Own::bounds_follow_reward>() != 0;
    return rule;
  }

  class Synapse;
  template <typename T>
  class Visit;

 private:
  static bool splits(const Values& v) { return prepare(v, 1)->split(); }

  // Effective time constant of an eligibility that decays by exp(−h/τ)·d a step; 0: none.
  static double eligibility_tau(const Values& v, double h) {
    if (!v.has<&Own::tau_elig>()) return 0;
    const double tau = v.get<&Own::tau_elig>(), d = v.get<&Own::elig_decay>();
    return d == 1 || tau == 0 ? tau : h / (h / tau - elementary::log(d));
  }
};

// What one synapse sees between two visits.
class mstdpet_synapse::Synapse {
 public:
  Synapse(const RewardRule& rule, bool spike, const VisitRow& row, const VisitTools& tools,
          std::size_t slot, Histories::Window posts)
      : rule_(rule),
        row_(row),
        m_(*tools.modulator),
        histories_(*tools.histories),
        decay_plus_(*tools.decay_plus),
        slot_(slot),
        posts_(posts),
        spike_(spike) {}

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

template <typename T>
class mstdpet_synapse::Visit : public EligibilityParts {
 public:
  Visit(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& visited, const VisitTools& tools)
      : row(at_somata(visited)),
        rule_(static_cast<const RewardRule&>(*tools.prepared)),
        tools_(tools),
        c_minus_(SynapsesOf<mstdpet_synapse, T>(s).template column<&Own::c_minus>().values),
        spike_(kind == VisitKind::kSpike) {
    const bool meets = spike_ && rule_.same_step;
    amplitude = rule_.A_plus;
    bump = !meets           ? 0
           : !rule_.nearest ? row.spikes
                            : 1 - row.Kplus * (*tools.decay_plus)(row.until - row.from);
    depression = -rule_.A_minus * row.spikes;
    same_step = rule_.same_step;
    lead = 1 - rule_.lag;
    carried = rule_.lag ? 1 : rule_.decay;
    last = spike_ && rule_.lag == 0 ? tools.modulator->drive(row.until) : 0;
    const double infinity = std::numeric_limits<double>::infinity();
    Wmin = rule_.clip ? rule_.Wmin : -infinity;
    Wmax = rule_.clip ? rule_.Wmax : infinity;
    closed_form = !rule_.depends() && rule_.leak == 0;
    vectors = !rule_.nearest;
  }

  const VisitRow row;

  double pre_trace(std::size_t slot, Histories::Window posts) const {
    return Synapse(rule_, spike_, row, tools_, slot, posts).trace();
  }

  void near_bounds(std::size_t i, std::size_t slot, Histories::Window posts, double& w, double& c,
                   VisitCounts& counts) const {
    Synapse one(rule_, spike_, row, tools_, slot, posts);
    one.w = w;
    one.c = c;
    if (c_minus_) one.c_minus = static_cast<double>(c_minus_[i]);
    if (closed_form) {
      one.by_stretch(counts);
    } else {
      ++counts.by_event;
      one.by_step();
      one.w = static_cast<double>(kept<T>(one.w));
    }
    w = one.w;
    c = one.c;
    if (c_minus_) c_minus_[i] = kept<T>(one.c_minus);
  }

 private:
  static VisitRow at_somata(VisitRow row) {
    row.delay = 0;
    return row;
  }

  const RewardRule& rule_;
  const VisitTools& tools_;
  T* const c_minus_;
  const bool spike_;
};

}  // namespace tegmenta
#endif
