// iaf_psc_alpha: leaky integrate-and-fire neuron with alpha-shaped synaptic currents.
// Exact integration, Rotter & Diesmann (1999) Biol Cybern 81:381–402. Order of events:
// that of NEST 3.10's iaf_psc_alpha.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(iaf_psc_alpha)
#else

#include <limits>
#include <numbers>

#include "models/neurons/common.h"

namespace tegmenta {

struct iaf_psc_alpha : Neuron {
  static constexpr const char* kSummary =
      "Leaky integrate-and-fire neuron with alpha-shaped postsynaptic currents: an input "
      "spike causes a current whose peak is its weight (pA).";
  static constexpr const char* kSource =
      "Diesmann, Gewaltig & Aertsen (1999) Nature 402:529; Rotter & Diesmann (1999) "
      "Biol Cybern 81:381";

  struct Parameters {
    double tau_m, C_m, t_ref, E_L, I_e, V_th, V_reset, V_min, tau_syn_ex, tau_syn_in;
  };
  static constexpr std::tuple kParameters{
      common::tau_m<Parameters>(10),
      common::C_m<Parameters>(250),
      common::t_ref<Parameters>(2),
      common::E_L<Parameters>(-70),
      common::I_e<Parameters>(0),
      common::V_th<Parameters>(-55),
      common::V_reset<Parameters>(-70),
      common::V_min<Parameters>(-std::numeric_limits<double>::infinity()),
      common::tau_syn<&Parameters::tau_syn_ex>(
          2, "Rise time of the excitatory synaptic current: it peaks this long after the spike."),
      common::tau_syn<&Parameters::tau_syn_in>(
          2, "Rise time of the inhibitory synaptic current: it peaks this long after the spike.")};

  template <typename T>
  struct State {
    T v;  // V_m − E_L
    T I_syn_ex, slope_ex, I_syn_in, slope_in;
    T refractory;  // steps left
  };
  static constexpr std::tuple kStates{
      common::V_m<State<double> >(-70, position<&Parameters::E_L>(kParameters)),
      VariableField<&State<double>::I_syn_ex>{.unit = "pA",
                                              .description = "Excitatory synaptic current."},
      VariableField<&State<double>::I_syn_in>{.unit = "pA",
                                              .description = "Inhibitory synaptic current."},
      VariableField<&State<double>::slope_ex>{
          .name = "dI_syn_ex",
          .unit = "pA/ms",
          .description = "Auxiliary variable that drives the excitatory current."},
      VariableField<&State<double>::slope_in>{
          .name = "dI_syn_in",
          .unit = "pA/ms",
          .description = "Auxiliary variable that drives the inhibitory current."},
      common::t_ref_remaining<State<double> >()};

  template <typename T>
  struct Coefficients {
    T expm1_tau, P30;
    T drive;  // by I_e
    T P31_ex, P32_ex, P31_in, P32_in;
    T P11_ex, P21_ex, jump_ex, P11_in, P21_in, jump_in;
    T theta, reset, floor, refractory_steps;
  };

  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    const double h = grid.resolution_ms();
    const double expm1_tau = elementary::expm1(-h / p.tau_m);
    const double P30 = -p.tau_m / p.C_m * expm1_tau;
    const double P11_ex = elementary::exp(-h / p.tau_syn_ex);
    const double P11_in = elementary::exp(-h / p.tau_syn_in);
    return {.expm1_tau = expm1_tau,
            .P30 = P30,
            .drive = P30 * p.I_e,
            .P31_ex = common::alpha_to_potential(p.tau_syn_ex, p.tau_m, p.C_m, h),
            .P32_ex = common::current_to_potential(p.tau_syn_ex, p.tau_m, p.C_m, h),
            .P31_in = common::alpha_to_potential(p.tau_syn_in, p.tau_m, p.C_m, h),
            .P32_in = common::current_to_potential(p.tau_syn_in, p.tau_m, p.C_m, h),
            .P11_ex = P11_ex,
            .P21_ex = h * P11_ex,
            .jump_ex = std::numbers::e / p.tau_syn_ex,
            .P11_in = P11_in,
            .P21_in = h * P11_in,
            .jump_in = std::numbers::e / p.tau_syn_in,
            .theta = common::threshold(p.V_th) - p.E_L,
            .reset = p.V_reset - p.E_L,
            .floor = common::relative_floor(p.V_min, p.E_L),
            .refractory_steps = common::refractory_steps(p.t_ref, grid)};
  }

  // v ← P30 (I_stim + I_e) + P31 dI + P32 I (both synapses) + expm1(−h/τm) v + v; then the currents
  // advance and dI takes this step's input (slope e/τ per pA of peak).
  template <typename T>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in) {
    T drive = c.drive;
    if (in.has_current) drive = c.P30 * in.current + drive;
    const T from_ex = c.P31_ex * x.slope_ex + c.P32_ex * x.I_syn_ex;
    const T from_in = c.P31_in * x.slope_in + c.P32_in * x.I_syn_in;
    const T moved = ((drive + from_ex) + from_in) + c.expm1_tau * x.v + x.v;
    x.I_syn_ex = c.P21_ex * x.slope_ex + c.P11_ex * x.I_syn_ex;
    x.slope_ex = x.slope_ex * c.P11_ex + c.jump_ex * in.excitatory;
    x.I_syn_in = c.P21_in * x.slope_in + c.P11_in * x.I_syn_in;
    x.slope_in = x.slope_in * c.P11_in + c.jump_in * in.inhibitory;
    return held_for_steps(x, c, select(moved < c.floor, c.floor, moved));
  }
};

}  // namespace tegmenta
#endif
