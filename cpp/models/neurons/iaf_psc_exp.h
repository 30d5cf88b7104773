// iaf_psc_exp: leaky integrate-and-fire neuron with exponentially decaying synaptic currents.
// Exact integration, Rotter & Diesmann (1999) Biol Cybern 81:381–402; Tsodyks, Uziel & Markram
// (2000) J Neurosci 20:RC50. Filtered current: Schuecker, Diesmann & Helias (2015) PRE 92:052119.
// Stochastic threshold: escape noise, Gerstner & Kistler (2002) Spiking Neuron Models, ch. 5.3.
// Order of events: that of NEST 3.10's iaf_psc_exp.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(iaf_psc_exp)
#else

#include "base/random.h"
#include "models/neurons/common.h"

namespace tegmenta {

struct iaf_psc_exp : Neuron {
  static constexpr const char* kSummary =
      "Leaky integrate-and-fire neuron with exponential postsynaptic currents: an input "
      "spike raises the synaptic current by its weight (pA).";
  static constexpr const char* kSource =
      "Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50; Rotter & Diesmann (1999) "
      "Biol Cybern 81:381; Schuecker, Diesmann & Helias (2015) Phys Rev E 92:052119";
  static constexpr bool kHasFilteredCurrent = true;

  struct Parameters {
    double tau_m, C_m, t_ref, E_L, I_e, V_th, V_reset, tau_syn_ex, tau_syn_in, rho, delta;
  };
  static constexpr std::tuple kParameters{
      common::tau_m<Parameters>(10),
      common::C_m<Parameters>(250),
      common::t_ref<Parameters>(2),
      common::E_L<Parameters>(-70),
      common::I_e<Parameters>(0),
      common::V_th<Parameters>(-55),
      common::V_reset<Parameters>(-70),
      common::tau_syn<&Parameters::tau_syn_ex>(2, "Decay time of the excitatory synaptic current."),
      common::tau_syn<&Parameters::tau_syn_in>(2, "Decay time of the inhibitory synaptic current."),
      ParameterField<&Parameters::rho>{
          .unit = "1/s",
          .value = 0.01,
          .range = Range::non_negative(),
          .description = "Firing rate at threshold when firing is stochastic (delta > 0)."},
      ParameterField<&Parameters::delta>{
          .unit = "mV",
          .range = Range::non_negative(),
          .description = "Width of the stochastic threshold; at 0 the neuron fires whenever it "
                         "reaches V_th."}};

  template <typename T>
  struct State {
    T v;  // V_m − E_L
    T I_syn_ex, I_syn_in;
    T refractory;  // steps left
  };
  static constexpr std::tuple kStates{
      common::V_m<State<double> >(-70, position<&Parameters::E_L>(kParameters)),
      VariableField<&State<double>::I_syn_ex>{.unit = "pA",
                                              .description = "Excitatory synaptic current."},
      VariableField<&State<double>::I_syn_in>{.unit = "pA",
                                              .description = "Inhibitory synaptic current."},
      common::t_ref_remaining<State<double> >()};

  template <typename T>
  struct Coefficients {
    common::ExponentialCurrents<T> m;
    T theta, reset, refractory_steps;
  };
  /// Of the stochastic threshold.
  struct OptionCoefficients {
    double delta, rate_per_step;
  };

  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    return {.m = common::exponential_currents(p, p.tau_syn_ex, p.tau_syn_in, grid.resolution_ms()),
            .theta = common::threshold(p.V_th) - p.E_L,
            .reset = p.V_reset - p.E_L,
            .refractory_steps = common::refractory_steps(p.t_ref, grid)};
  }

  // v ← P22 v + P21ex i_ex + P21in i_in + P20 (I_e + I_stim); the currents decay (also while
  // refractory) and then take this step's input, which v sees in the next step.
  template <typename T, typename Fires = AtThreshold>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in,
                                   const Fires& reaches = {}) {
    T drive = c.m.drive;
    if (in.has_current) drive = c.m.P20 * in.current + drive;
    const T moved = ((x.v * c.m.P22 + x.I_syn_ex * c.m.P21_ex) + x.I_syn_in * c.m.P21_in) + drive;
    T ex = x.I_syn_ex * c.m.P11_ex;
    if (in.has_filtered) ex = ex + (1.0 - c.m.P11_ex) * in.filtered;
    x.I_syn_ex = ex + in.excitatory;
    x.I_syn_in = x.I_syn_in * c.m.P11_in + in.inhibitory;
    return held_for_steps(x, c, moved, reaches);
  }

  // --- stochastic threshold: one neuron at a time ---

  static OptionCoefficients calibrate_options(const Parameters& p, const TimeGrid& grid) {
    return {.delta = p.delta, .rate_per_step = p.rho * grid.resolution_ms() * 1e-3};
  }
  static bool uses_options(const Parameters& p) { return p.delta >= kSharp; }

  /// Fires with probability rho·h·exp((V − V_th)/delta), also while refractory.
  static bool step_with_options(State<double>& x, OptionState&, const Coefficients<double>& c,
                                const OptionCoefficients& option, const Input<double>& in,
                                const NeuronInStep& at) {
    return step(x, c, in, [&](double v, double theta) {
      if (option.delta < kSharp) return v >= theta;
      if (!(option.delta > kSharp)) return false;
      RandomStream random(at.seed, Purpose::kThreshold, at.node,
                          static_cast<std::uint32_t>(at.step),
                          static_cast<std::uint32_t>(at.step >> 32));
      return random.uniform01() <
             option.rate_per_step * elementary::exp((v - theta) / option.delta);
    });
  }

 private:
  /// Below this width (mV) of the threshold firing is deterministic.
  static constexpr double kSharp = 1e-10;
};

}  // namespace tegmenta
#endif
