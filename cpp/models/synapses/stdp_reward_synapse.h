// Spike-timing dependent plasticity gated by a reward in continuous time, paired where spikes
// arrive; alone, and with short-term dynamics. See
// docs/event-driven-core.md#the-reward-rule-in-continuous-time.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_reward_synapse)
#else

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "models/synapses/bounds.h"
#include "plasticity/arrivals.h"
#include "plasticity/release.h"
#include "plasticity/reward_line.h"

namespace tegmenta {

/// What visits need of the model's values.
struct RewardGatedRule : PreparedRule {
  double learning_rate, weight_scale;
  double A_plus, A_minus;  // with the constant part of the power law
  double mu_plus, mu_minus;
  double Wmin, Wmax;
  bool alpha;     // else the kernel of the eligibility is exponential
  bool releases;  // through short-term dynamics

  bool depends() const { return mu_plus != 0 || mu_minus != 0; }
};

struct stdp_reward_synapse : SynapseRule {
  struct Own {
    double c, g, A_plus, A_minus, tau_plus, tau_c, alpha_kernel, gap, mu_plus, mu_minus, w_0, Wmin,
        Wmax, learning_rate, weight_scale, U, tau_rec, tau_fac, x, u;
  };
  static constexpr Gate kGate = Gate::kReward;
  static constexpr bool kLooksAtPosts = true;
  static constexpr bool kPairsAtArrival = true;
  static constexpr auto kTrace = &Own::tau_plus;
  static constexpr auto kFirstRead = &Own::c;

  static constexpr const char* kEquations =
      "of a pair, r = t_post − (t_pre + delay):\n"
      "W(r) =  A_plus  w_0^(1 − mu_plus)  weight^mu_plus  exp(−r/tau_plus)    for r > gap\n"
      "W(r) = −A_minus w_0^(1 − mu_minus) weight^mu_minus exp( r/tau_minus)   for r < −gap\n"
      "alpha_kernel:  tau_c dg/dt = −g,  g grows by W(r);  tau_c dc/dt = g − c\n"
      "without:       tau_c dc/dt = −c,  c grows by W(r)\n"
      "d weight/dt = learning_rate · c · reward,  Wmin ≤ weight ≤ Wmax at every moment";

  static constexpr std::tuple kFields{
      StateField<&Own::c>{.name = "c",
                          .description = "Eligibility: what a reward changes the weight by."},
      StateField<&Own::g>{
          .name = "g",
          .description = "Of an alpha-shaped eligibility: what is on its way into it."},
      OptionField<&Own::A_plus>{
          .name = "A_plus",
          .value = 1,
          .description = "Amplitude of causal pairs (a spike arrives, then the target fires)."},
      OptionField<&Own::A_minus>{
          .name = "A_minus",
          .value = 1.05,
          .description = "Amplitude of anticausal pairs; positive: they lower the eligibility."},
      OptionField<&Own::tau_plus>{
          .name = "tau_plus",
          .unit = "ms",
          .value = 20,
          .range = Range::positive(),
          .description = "Time constant of causal pairs; that of anticausal ones is the neuron's "
                         "tau_minus."},
      OptionField<&Own::tau_c>{.name = "tau_c",
                               .unit = "ms",
                               .value = 400,
                               .range = Range::positive(),
                               .description = "Time constant of the eligibility."},
      OptionField<&Own::alpha_kernel>{
          .name = "alpha_kernel",
          .value = 1,
          .range = Range::probability(),
          .type = ParameterType::kBool,
          .description = "A pair makes (s/tau_c) exp(-s/tau_c) of eligibility, s after it; else "
                         "exp(-s/tau_c)."},
      OptionField<&Own::gap>{.name = "gap",
                             .unit = "ms",
                             .range = Range::non_negative(),
                             .description = "Pairs of spikes no further apart than this do not "
                                            "count; coincident ones never do."},
      OptionField<&Own::mu_plus>{
          .name = "mu_plus",
          .range = Range::non_negative(),
          .description = "Causal pairs count w_0^(1 - mu_plus) w^mu_plus times."},
      OptionField<&Own::mu_minus>{
          .name = "mu_minus",
          .range = Range::non_negative(),
          .description = "Anticausal pairs count w_0^(1 - mu_minus) w^mu_minus times."},
      OptionField<&Own::w_0>{.name = "w_0",
                             .unit = "as weight",
                             .value = 1,
                             .range = Range::positive(),
                             .description = "Reference weight of the power law; at 1 and exponents "
                                            "of 0 amplitudes do not depend on the weight."},
      OptionField<&Own::Wmin>{.name = "Wmin",
                              .unit = "as weight",
                              .range = Range::any(),
                              .description = "Smallest weight."},
      OptionField<&Own::Wmax>{.name = "Wmax",
                              .unit = "as weight",
                              .value = 200,
                              .range = Range::any(),
                              .description = "Largest weight."},
      OptionField<&Own::learning_rate>{
          .name = "learning_rate",
          .value = 1,
          .description = "Change of weight by unit eligibility and reward, in a ms; 0: none."},
      OptionField<&Own::weight_scale>{
          .name = "weight_scale",
          .value = 1,
          .description = "What is transmitted is the weight times this."},
      ColumnField<&Own::U>{.name = "U",
                           .value = 0.5,
                           .range = Range::probability(),
                           .description = "Release probability at rest."},
      recovery_time<Own>(),
      facilitation_time<Own>(),
      StateField<&Own::x>{.name = "x",
                          .value = 1,
                          .range = Range::probability(),
                          .description = "Available resources at the last spike."},
      StateField<&Own::u>{
          .name = "u",
          .range = Range::probability(),
          .description = "Release probability at the last spike. The first finds x and u as they "
                         "were set; where u is 0, it is U."}};

  static std::vector<SynapseModel> models() {
    const char* legenstein = "Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180";
    return {ModelOf<stdp_reward_synapse>(
                "stdp_reward_synapse",
                "Plasticity gated by a reward in continuous time, with an eligibility that rises "
                "and decays; pairs of spikes are timed where they arrive.",
                legenstein)
                .without<&Own::U, &Own::tau_rec, &Own::tau_fac, &Own::x, &Own::u>(),
            ModelOf<stdp_reward_synapse>(
                "stdp_reward_tsodyks2_synapse",
                "stdp_reward_synapse with the short-term dynamics of tsodyks2_synapse.",
                "Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Markram, Wang & "
                "Tsodyks (1998) PNAS 95:5323")};
  }

  using Values = ValuesOf<stdp_reward_synapse>;

  static void check(const GivenOf<stdp_reward_synapse>& given) {
    check_bounds<&Own::Wmin, &Own::Wmax>(given);
    const bool depends = given.get<&Own::mu_plus>() != 0 || given.get<&Own::mu_minus>() != 0;
    if (depends && given.get<&Own::Wmin>() < 0) {
      given.refuse<&Own::Wmin>("≥ 0 where mu_plus or mu_minus is set");
    }
  }

  static RewardLineParameters reward_line(const Values& v) { return {v.get<&Own::tau_c>(), {}, 0}; }

  /// Steps that two spikes have to be apart at least, less one.
  static std::int64_t gap_steps(const Values& v, double h) {
    constexpr double kRounding = 1e-6;
    return static_cast<std::int64_t>(std::floor(v.get<&Own::gap>() / h + kRounding));
  }

  static std::shared_ptr<const RewardGatedRule> prepare(const Values& v, double h) {
    auto rule = std::make_shared<RewardGatedRule>();
    const double mu_plus = v.get<&Own::mu_plus>(), mu_minus = v.get<&Own::mu_minus>();
    const double w_0 = v.get<&Own::w_0>();
    rule->gap = gap_steps(v, h);
    rule->learning_rate = v.get<&Own::learning_rate>();
    rule->weight_scale = v.get<&Own::weight_scale>();
    rule->mu_plus = mu_plus;
    rule->mu_minus = mu_minus;
    rule->A_plus = v.get<&Own::A_plus>() * elementary::pow(w_0, 1 - mu_plus);
    rule->A_minus = v.get<&Own::A_minus>() * elementary::pow(w_0, 1 - mu_minus);
    rule->Wmin = v.get<&Own::Wmin>();
    rule->Wmax = v.get<&Own::Wmax>();
    rule->alpha = v.get<&Own::alpha_kernel>() != 0;
    rule->releases = v.has<&Own::U>();
    return rule;
  }

  class Synapse;
  template <typename T>
  static void visit(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts& counts);

 private:
  static constexpr double kFirstSpike = -1;
  template <typename T>
  static double release(const SynapsesOf<stdp_reward_synapse, T>& synapses, std::size_t i,
                        double elapsed);
};

// What the synapses of a visit share.
struct RewardVisit {
  RewardVisit(VisitKind kind, const VisitRow& visited, const VisitTools& with)
      : row(visited),
        tools(with),
        rule(static_cast<const RewardGatedRule&>(*with.prepared)),
        line(*with.reward),
        spike(kind == VisitKind::kSpike),
        until(line, visited.from, visited.until),
        whole(until(visited.from)),
        reach(std::abs(rule.learning_rate) * line.absolute(visited.from, visited.until)),
        decay(line.decay(visited.until - visited.from)),
        elapsed(line.in_time_constants(visited.until - visited.from)) {}

  const VisitRow& row;
  const VisitTools& tools;
  const RewardGatedRule& rule;
  const RewardLine& line;
  const bool spike;
  const RewardLine::Until until;
  const RewardIntegrals whole;
  const double reach;
  const double decay, elapsed;  // of the eligibility, over the whole visit

  /// K+ of the spikes that a post spike at step p is paired with.
  double pre_trace(std::int64_t p) const {
    const std::int64_t stamp = p - row.delay;
    return row.arrivals->seen.trace(stamp, stamp - rule.gap, *tools.decay_plus);
  }
};

// One synapse from its last visit to this one.
class stdp_reward_synapse::Synapse {
 public:
  Synapse(const RewardVisit& visit, std::size_t slot)
      : visit_(visit),
        rule_(visit.rule),
        line_(visit.line),
        histories_(*visit.tools.histories),
        slot_(slot),
        posts_(histories_.window(slot, visit.row.arrivals->posts_after,
                                 visit.row.arrivals->posts_until)) {}

  double w = 0, c = 0, g = 0;

  void visit(VisitCounts& counts) {
    if (rule_.depends() || !at_once()) {
      pair_by_pair(counts);
    } else {
      ++counts.closed_form;
    }
    if (!visit_.spike) return;
    const std::int64_t now = visit_.row.until;
    const double trace = histories_.trace_of_earlier(slot_, now, now - rule_.gap, posts_.last);
    add(-rule_.A_minus * power(rule_.mu_minus) * visit_.row.spikes * trace);
  }

 private:
  // By a sum, where no bound can be reached.
  bool at_once() {
    const double rate = rule_.learning_rate;
    double dw = c * visit_.whole.eligibility + g * visit_.whole.pending;
    double new_c = 0, new_g = 0, most = 0;
    for (std::uint32_t p = posts_.first; p != posts_.last; ++p) {
      const std::int64_t step = histories_.at(slot_, p).stamp;
      const double gain = pair_gain(p, step);
      if (gain == 0) continue;
      const std::int64_t left = visit_.row.until - step;
      const double decayed = gain * line_.decay(left);
      const RewardIntegrals after = visit_.until(step);
      most += std::abs(gain);
      if (rule_.alpha) {
        dw += gain * after.pending;
        new_c += decayed * line_.in_time_constants(left);
        new_g += decayed;
      } else {
        dw += gain * after.eligibility;
        new_c += decayed;
      }
    }
    // (s/τ) exp(−s/τ) is 1/e at most.
    const double rising = rule_.alpha ? 1 / std::numbers::e : 1;
    const double change = (std::abs(c) + (std::abs(g) + most) * rising) * visit_.reach;
    if (!(w - rule_.Wmin > change && rule_.Wmax - w > change)) return false;
    w += rate * dw;
    c = (c + g * visit_.elapsed) * visit_.decay + new_c;
    g = g * visit_.decay + new_g;
    return true;
  }

  void pair_by_pair(VisitCounts& counts) {
    std::int64_t at = visit_.row.from;
    for (std::uint32_t p = posts_.first; p != posts_.last; ++p) {
      const std::int64_t step = histories_.at(slot_, p).stamp;
      stretch(at, step, counts);
      at = step;
      add(pair_gain(p, step) * power(rule_.mu_plus));
    }
    stretch(at, visit_.row.until, counts);
  }

  double pair_gain(std::uint32_t position, std::int64_t step) const {
    return rule_.A_plus * visit_.pre_trace(step) * histories_.multiplicity_at(slot_, position);
  }
  void add(double pairs) { (rule_.alpha ? g : c) += pairs; }
  double power(double mu) const { return mu == 0 ? 1 : mu == 1 ? w : elementary::pow(w, mu); }
  double clip(double x) const {
    return x < rule_.Wmin ? rule_.Wmin : x > rule_.Wmax ? rule_.Wmax : x;
  }

  // From s to e without spikes. Bounds hold at every moment: the weight is clipped wherever it can
  // have turned back from one.
  void stretch(std::int64_t s, std::int64_t e, VisitCounts& counts) {
    w = clip(w);
    if (s == e) return;
    const double rate = rule_.learning_rate;
    const double reach = std::abs(rate) * line_.absolute(s, e);
    const double change = (std::abs(c) + std::abs(g) / std::numbers::e) * reach;
    const double decayed = line_.decay(e - s), elapsed = line_.in_time_constants(e - s);
    if (w - rule_.Wmin > change && rule_.Wmax - w > change) {
      ++counts.by_stretch;
      const RewardIntegrals all = line_.integrals(s, e);
      w += rate * (c * all.eligibility + g * all.pending);
    } else {
      ++counts.by_event;
      line_.walk(
          s, e,
          [&](double at, double length, const RewardSignal& signal) { piece(at, length, signal); },
          [&](double at, double area) { w = clip(w + rate * area * c_at(at)); });
    }
    c = (c + g * elapsed) * decayed;
    g *= decayed;
  }

  // c and g so many ms after the begin of a stretch.
  double c_at(double ms) const {
    const double x = ms / line_.parameters().tau_c;
    return (c + g * x) * elementary::exp(-x);
  }
  double g_at(double ms) const { return g * elementary::exp(-ms / line_.parameters().tau_c); }
  // The reward has one sign, and the eligibility turns once at most.
  void piece(double at, double length, const RewardSignal& signal) {
    const double tau = line_.parameters().tau_c;
    const double turn = g == 0 ? -1 : -c_at(at) / g_at(at) * tau;
    if (!(turn > 0 && turn < length)) return change(at, length, signal);
    change(at, turn, signal);
    change(at + turn, length - turn, signal.later(turn));
  }
  void change(double at, double length, const RewardSignal& signal) {
    const RewardIntegrals all = signal.integrals(length, line_.parameters().tau_c);
    w = clip(w + rule_.learning_rate * (c_at(at) * all.eligibility + g_at(at) * all.pending));
  }

  const RewardVisit& visit_;
  const RewardGatedRule& rule_;
  const RewardLine& line_;
  const Histories& histories_;
  const std::size_t slot_;
  const Histories::Window posts_;
};

// What a spike releases, in units of the weight.
template <typename T>
double stdp_reward_synapse::release(const SynapsesOf<stdp_reward_synapse, T>& synapses,
                                    std::size_t i, double elapsed) {
  T& x = synapses.template column<&Own::x>().values[i];
  T& u = synapses.template column<&Own::u>().values[i];
  const double U = synapses.template column<&Own::U>().at(i);
  if (elapsed == kFirstSpike) {
    if (u == 0) u = kept<T>(U);
    return static_cast<double>(x) * static_cast<double>(u);
  }
  const double recovers = decay_of(elapsed, synapses.template column<&Own::tau_rec>().at(i));
  const double facilitated = decay_of(elapsed, synapses.template column<&Own::tau_fac>().at(i));
  const auto before_x = static_cast<double>(x), before_u = static_cast<double>(u);
  x = kept<T>(1 + (before_x * (1 - before_u) - 1) * recovers);
  u = kept<T>(U + before_u * (1 - U) * facilitated);
  return static_cast<double>(x) * static_cast<double>(u);
}

template <typename T>
void stdp_reward_synapse::visit(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                                const VisitTools& tools, double* sent, VisitCounts& counts) {
  const SynapsesOf<stdp_reward_synapse, T> synapses(s);
  const RewardVisit shared(kind, row, tools);
  T* const c = synapses.template column<&Own::c>().values;
  T* const g = synapses.template column<&Own::g>().values;
  const std::int64_t since =
      row.arrivals->seen.since_last(row.until - row.delay, row.arrivals->created);
  const double elapsed = since > 0 ? static_cast<double>(since) * tools.h : kFirstSpike;
  const Histories& histories = *tools.histories;
  for (std::size_t i = 0; i < s.n; ++i) histories.prefetch_ring(s.targets[i]);
  for (std::size_t i = 0; i < s.n; ++i) {
    histories.prefetch_spikes(s.targets[i], row.arrivals->posts_after);
  }
  for (std::size_t i = 0; i < s.n; ++i) {
    Synapse one(shared, s.targets[i]);
    one.w = static_cast<double>(s.weights[i]);
    one.c = static_cast<double>(c[i]);
    one.g = static_cast<double>(g[i]);
    one.visit(counts);
    s.weights[i] = static_cast<T>(one.w);
    c[i] = kept<T>(one.c);
    g[i] = kept<T>(one.g);
    if (!shared.spike) continue;
    const double weight = shared.rule.weight_scale * static_cast<double>(s.weights[i]);
    double sum = 0;
    for (std::uint32_t m = 0; m < row.spikes; ++m) {
      const double transmitted =
          shared.rule.releases ? weight * release(synapses, i, m == 0 ? elapsed : 0) : weight;
      sum += transmitted;
      if (tools.each) tools.each[i * row.spikes + m] = transmitted;
    }
    sent[i] = sum;
  }
}

}  // namespace tegmenta
#endif
