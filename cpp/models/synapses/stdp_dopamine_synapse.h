// Spike-timing dependent plasticity gated by dopamine. See
// docs/event-driven-core.md#the-dopamine-rule.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_dopamine_synapse)
#else

#include <algorithm>

#include "models/synapses/bounds.h"
#include "plasticity/eligibility.h"

namespace tegmenta {

struct stdp_dopamine_synapse : EligibilityRule<stdp_dopamine_synapse> {
  struct Own {
    double c, A_plus, A_minus, tau_plus, tau_c, tau_n, b, Wmin, Wmax, A_vt, tau_minus;
  };
  static constexpr Gate kGate = Gate::kDopamine;
  static constexpr auto kTrace = &Own::tau_plus;
  static constexpr auto kFirstRead = &Own::c;

  static constexpr std::tuple kFields{
      StateField<&Own::c>{.name = "c", .description = "Eligibility trace."},
      ColumnField<&Own::A_plus>{.name = "A_plus",
                                .value = 1,
                                .role = Role::kCommon,
                                .description = "Amplitude of facilitation."},
      ColumnField<&Own::A_minus>{.name = "A_minus",
                                 .value = 1.5,
                                 .role = Role::kCommon,
                                 .description = "Amplitude of depression."},
      ColumnField<&Own::tau_plus>{.name = "tau_plus",
                                  .unit = "ms",
                                  .value = 20,
                                  .range = Range::positive(),
                                  .role = Role::kCommon,
                                  .description = "Time constant of the presynaptic trace."},
      ColumnField<&Own::tau_c>{.name = "tau_c",
                               .unit = "ms",
                               .value = 1000,
                               .range = Range::positive(),
                               .role = Role::kCommon,
                               .description = "Time constant of the eligibility trace."},
      ColumnField<&Own::tau_n>{.name = "tau_n",
                               .unit = "ms",
                               .value = 200,
                               .range = Range::positive(),
                               .role = Role::kCommon,
                               .description = "Time constant of dopamine."},
      ColumnField<&Own::b>{
          .name = "b", .role = Role::kCommon, .description = "Baseline of dopamine."},
      ColumnField<&Own::Wmin>{.name = "Wmin",
                              .unit = "as weight",
                              .range = Range::any(),
                              .role = Role::kCommon,
                              .description = "Smallest weight."},
      ColumnField<&Own::Wmax>{.name = "Wmax",
                              .unit = "as weight",
                              .value = 200,
                              .range = Range::any(),
                              .role = Role::kCommon,
                              .description = "Largest weight."},
      OptionField<&Own::A_vt>{
          .name = "A_vt",
          .value = 1,
          .description = "Amplitude of a dopamine spike; negative for punishment."},
      OptionField<&Own::tau_minus>{
          .name = "tau_tr_post",
          .unit = "ms",
          .value = 20,
          .range = Range::positive(),
          .description = "Accepted for the tutorial's scripts; the postsynaptic trace belongs to "
                         "the neuron and decays with its tau_minus."}};

  static std::vector<SynapseModel> models() {
    return {
        ModelOf<stdp_dopamine_synapse>("stdp_dopamine_synapse",
                                       "Spike-timing dependent plasticity gated by dopamine.",
                                       "Izhikevich (2007) Cereb Cortex 17:2443; Potjans, Morrison "
                                       "& Diesmann (2010) Front Comput Neurosci 4:141")
            .without<&Own::A_vt, &Own::tau_minus>(),
        ModelOf<stdp_dopamine_synapse>("neuromodulated_stdp_synapse",
                                       "Dopamine-modulated plasticity as in the NESTML tutorial.",
                                       "NESTML tutorial, dopamine-modulated STDP synapse")
            .named<&Own::tau_plus>("tau_tr_pre")
            .from<&Own::Wmax>(std::numeric_limits<double>::infinity())
            .trace_named("pre_tr")
            .alias("w", kWeightParameter, "The tutorial's name of weight.")
            .alias("d", kDelayParameter, "The tutorial's name of delay.")};
  }

  static void check(const GivenOf<stdp_dopamine_synapse>& given) {
    check_bounds<&Own::Wmin, &Own::Wmax>(given);
  }

  static ModulatorParameters modulator(const ValuesOf<stdp_dopamine_synapse>& v, double) {
    ModulatorParameters p;
    p.tau_c = v.get<&Own::tau_c>();
    p.tau_n = v.get<&Own::tau_n>();
    p.b = v.get<&Own::b>();
    p.gain = v.get<&Own::A_vt>();
    // Pulses of NESTML's model count once a step, whatever their multiplicity.
    p.ignores_multiplicity = v.has<&Own::A_vt>();
    return p;
  }

  static void hold_bounds(const VisitSynapses<double>& s) {
    const SynapsesOf<stdp_dopamine_synapse, double> synapses(s);
    const double low = synapses.column<&Own::Wmin>().uniform;
    const double high = synapses.column<&Own::Wmax>().uniform;
    for (std::size_t i = 0; i < s.n; ++i) s.weights[i] = std::clamp(s.weights[i], low, high);
  }

  template <typename T>
  struct Visit : EligibilityParts {
    Visit(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& visited,
          const VisitTools& tools)
        : row(visited), tools_(tools), spike_(kind == VisitKind::kSpike) {
      const SynapsesOf<stdp_dopamine_synapse, T> synapses(s);
      amplitude = get<&Own::A_plus>(synapses);
      depression = get<&Own::A_minus>(synapses) * row.spikes;
      Wmin = get<&Own::Wmin>(synapses);
      Wmax = get<&Own::Wmax>(synapses);
    }

    const VisitRow& row;

    double pre_trace(std::size_t slot, Histories::Window posts) const {
      return tools_.histories->trace_before(slot, row.until - row.delay, posts.last);
    }

    // Stretch by stretch between pairs of spikes.
    void near_bounds(std::size_t, std::size_t slot, Histories::Window posts, double& w, double& c,
                     VisitCounts& counts) const {
      const Histories& histories = *tools_.histories;
      const Modulator& m = *tools_.modulator;
      std::int64_t at = row.from;
      for (std::uint32_t p = posts.first; p != posts.last; ++p) {
        const std::int64_t next = histories.at(slot, p).stamp + row.delay;
        w = stretch(w, c, at, next, counts);
        const double gain = amplitude * row.Kplus * (*tools_.decay_plus)(next - row.from);
        c = c * m.eligibility(next - at) + histories.multiplicity_at(slot, p) * gain;
        at = next;
      }
      w = stretch(w, c, at, row.until, counts);
      c *= m.eligibility(row.until - at);
      if (spike_) c -= depression * pre_trace(slot, posts);
    }

   private:
    template <auto Member>
    static double get(const SynapsesOf<stdp_dopamine_synapse, T>& synapses) {
      return synapses.template column<Member>().uniform;
    }
    double clip(double w) const { return w < Wmin ? Wmin : w > Wmax ? Wmax : w; }

    // From s to e with eligibility c at s. Bounds hold at every moment: w is clipped wherever it
    // can have turned back from one, whether or not anything happens there.
    __attribute__((noinline)) double stretch(double w, double c, std::int64_t s, std::int64_t e,
                                             VisitCounts& counts) const {
      const Modulator& m = *tools_.modulator;
      w = clip(w);
      if (s == e) return w;
      if (m.keeps_sign(s, e)) {
        ++counts.by_stretch;
        return clip(w + c * m.integral(s, e));
      }
      ++counts.by_event;
      m.pieces(s, e, [&](double drift) { w = clip(w + c * drift); });
      return w;
    }

    const VisitTools& tools_;
    const bool spike_;
  };
};

}  // namespace tegmenta
#endif
