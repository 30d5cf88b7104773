// iaf_psc_delta_neuron: the leaky integrate-and-fire neuron of the NESTML dopamine tutorial whose
// input spikes shift the potential, also while it is refractory. Exact integration: Rotter &
// Diesmann (1999) Biol Cybern 81:381–402. The refractory time is counted down in milliseconds, by
// repeated subtraction of the resolution, as the tutorial's model does: 1 ms are 11 steps of 0.1.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(iaf_psc_delta_neuron)
#else

#include "models/neurons/common.h"

namespace tegmenta {

struct iaf_psc_delta_neuron : Neuron {
  static constexpr const char* kSummary =
      "Leaky integrate-and-fire neuron of the NESTML dopamine tutorial: an input spike shifts "
      "the potential by its weight (mV), also while the neuron is refractory.";
  static constexpr const char* kSource =
      "NESTML, iaf_psc_delta_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381";

  struct Parameters {
    double tau_m, C_m, refr_T, E_L, I_e, V_th, V_reset;
  };
  static constexpr std::tuple kParameters{
      common::tau_m<Parameters>(10),   common::C_m<Parameters>(250), common::refr_T<Parameters>(2),
      common::E_L<Parameters>(-70),    common::I_e<Parameters>(0),   common::V_th<Parameters>(-55),
      common::V_reset<Parameters>(-70)};

  template <typename T>
  struct State {
    T v;           // V_m − E_L
    T refractory;  // ms left
  };
  static constexpr std::tuple kStates{
      common::V_m<State<double> >(-70, position<&Parameters::E_L>(kParameters)),
      common::refr_t<State<double> >()};

  template <typename T>
  struct Coefficients {
    T P33;
    T drive;  // by I_e
    T P30, theta, reset, step, refractory_time;
  };

  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    const double h = grid.resolution_ms();
    const double P33 = elementary::exp(-h / p.tau_m);
    const double P30 = p.tau_m / p.C_m * (1 - P33);
    return {.P33 = P33,
            .drive = P30 * p.I_e,
            .P30 = P30,
            .theta = common::threshold(p.V_th) - p.E_L,
            .reset = p.V_reset - p.E_L,
            .step = h,
            .refractory_time = p.refr_T};
  }

  // v ← P33 v + P30 (I_e + I_stim) unless refractory, then v ← v + s in any case.
  template <typename T>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in) {
    T drive = c.drive;
    if (in.has_current) drive = c.P30 * in.current + drive;
    const T next = unless_held(x, drive + c.P33 * x.v);
    return held_for_time(x, c, next + (in.excitatory + in.inhibitory));
  }
};

}  // namespace tegmenta
#endif
