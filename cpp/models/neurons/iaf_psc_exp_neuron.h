// iaf_psc_exp_neuron: the leaky integrate-and-fire neuron of the NESTML dopamine tutorial with
// exponentially decaying synaptic currents. Exact integration: Rotter & Diesmann (1999) Biol Cybern
// 81:381–402. The refractory time is counted down in milliseconds, by repeated subtraction of the
// resolution, as the tutorial's model does: 5 ms are 51 steps of 0.1.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(iaf_psc_exp_neuron)
#else

#include "models/neurons/common.h"

namespace tegmenta {

struct iaf_psc_exp_neuron : Neuron {
  static constexpr const char* kSummary =
      "Leaky integrate-and-fire neuron of the NESTML dopamine tutorial with exponential "
      "postsynaptic currents: an input spike raises the synaptic current by its weight (pA).";
  static constexpr const char* kSource =
      "NESTML, iaf_psc_exp_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381";

  struct Parameters {
    double tau_m, C_m, refr_T, E_L, I_e, V_th, V_reset, tau_syn_exc, tau_syn_inh;
  };
  static constexpr std::tuple kParameters{common::tau_m<Parameters>(10),
                                          common::C_m<Parameters>(250),
                                          common::refr_T<Parameters>(2),
                                          common::E_L<Parameters>(-70),
                                          common::I_e<Parameters>(0),
                                          common::V_th<Parameters>(-55),
                                          common::V_reset<Parameters>(-70),
                                          common::tau_syn<&Parameters::tau_syn_exc>(
                                              2, "Decay time of the excitatory synaptic current."),
                                          common::tau_syn<&Parameters::tau_syn_inh>(
                                              2, "Decay time of the inhibitory synaptic current.")};

  template <typename T>
  struct State {
    T v;  // V_m − E_L
    T I_syn_exc, I_syn_inh;
    T refractory;  // ms left
  };
  static constexpr std::tuple kStates{
      common::V_m<State<double> >(-70, position<&Parameters::E_L>(kParameters)),
      VariableField<&State<double>::I_syn_exc>{.unit = "pA",
                                               .description = "Excitatory synaptic current."},
      VariableField<&State<double>::I_syn_inh>{
          .unit = "pA", .description = "Inhibitory synaptic current; positive, it is subtracted."},
      common::refr_t<State<double> >()};

  template <typename T>
  struct Coefficients {
    common::ExponentialCurrents<T> m;
    T theta, reset, step, refractory_time;
  };

  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    const double h = grid.resolution_ms();
    return {.m = common::exponential_currents(p, p.tau_syn_exc, p.tau_syn_inh, h),
            .theta = common::threshold(p.V_th) - p.E_L,
            .reset = p.V_reset - p.E_L,
            .step = h,
            .refractory_time = p.refr_T};
  }

  // v ← P22 v + P21exc i_exc − P21inh i_inh + P20 (I_e + I_stim) unless refractory; the currents
  // decay in any case and then take this step's input, which v sees in the next step. Both currents
  // are positive.
  template <typename T>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in) {
    T drive = c.m.drive;
    if (in.has_current) drive = c.m.P20 * in.current + drive;
    const T moved = ((x.v * c.m.P22 + x.I_syn_exc * c.m.P21_ex) - x.I_syn_inh * c.m.P21_in) + drive;
    x.I_syn_exc = x.I_syn_exc * c.m.P11_ex + in.excitatory;
    x.I_syn_inh = x.I_syn_inh * c.m.P11_in - in.inhibitory;
    return held_for_time(x, c, unless_held(x, moved));
  }
};

}  // namespace tegmenta
#endif
