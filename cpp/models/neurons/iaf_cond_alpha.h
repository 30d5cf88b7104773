// iaf_cond_alpha: leaky integrate-and-fire neuron with alpha-shaped conductances.
// Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159–175; Bernander et al. (1991) PNAS
// 88:11569–11573. Order of events: that of NEST 3.10's iaf_cond_alpha.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(iaf_cond_alpha)
#else

#include <numbers>

#include "models/neurons/conductance.h"

namespace tegmenta {

struct iaf_cond_alpha : HeldMembrane {
  static constexpr const char* kSummary =
      "Leaky integrate-and-fire neuron with alpha-shaped synaptic conductances: an input "
      "spike causes a conductance whose peak is its weight (nS).";
  static constexpr const char* kSource =
      "Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159; Bernander et al. (1991) "
      "PNAS 88:11569";

  static constexpr std::tuple kParameters =
      parameters("Rise time of the excitatory conductance: it peaks this long after the spike.",
                 "Rise time of the inhibitory conductance: it peaks this long after the spike.");

  template <typename T>
  struct Solved {
    T v, dg_ex, g_ex, dg_in, g_in;
  };
  static constexpr std::tuple kStates{
      common::V_m<Solved<double> >(-70),
      VariableField<&Solved<double>::g_ex>{.unit = "nS",
                                           .description = "Excitatory synaptic conductance."},
      VariableField<&Solved<double>::g_in>{.unit = "nS",
                                           .description = "Inhibitory synaptic conductance."},
      common::t_ref_remaining<State<double> >(),
      VariableField<&Solved<double>::dg_ex>{
          .unit = "nS/ms",
          .description = "Auxiliary variable that drives the excitatory conductance."},
      VariableField<&Solved<double>::dg_in>{
          .unit = "nS/ms",
          .description = "Auxiliary variable that drives the inhibitory conductance."}};

  template <typename T>
  struct Coefficients {
    T theta, reset, refractory_steps;
    T g_L, per_C, E_ex, E_in, E_L, rate_ex, rate_in, jump_ex, jump_in, I_e;
  };

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    return {.theta = common::threshold(p.V_th),
            .reset = p.V_reset,
            .refractory_steps = common::refractory_steps(p.t_ref, grid),
            .g_L = p.g_L,
            .per_C = 1 / p.C_m,
            .E_ex = p.E_ex,
            .E_in = p.E_in,
            .E_L = p.E_L,
            .rate_ex = -1 / p.tau_syn_ex,
            .rate_in = -1 / p.tau_syn_in,
            .jump_ex = std::numbers::e / p.tau_syn_ex,
            .jump_in = std::numbers::e / p.tau_syn_in,
            .I_e = p.I_e};
  }

  // C V' = I − g_L (V − E_L) − g_ex (V − E_ex) − g_in (V − E_in), g' = dg − g/τ, dg' = −dg/τ.
  template <typename T>
  static TEGMENTA_INLINE Solved<T> derivative(const Solved<T>& y, const State<T>& x,
                                              const Coefficients<T>& c, const Input<T>& in) {
    return {.v = membrane_slope(y, x, c, in),
            .dg_ex = y.dg_ex * c.rate_ex,
            .g_ex = y.dg_ex + y.g_ex * c.rate_ex,
            .dg_in = y.dg_in * c.rate_in,
            .g_in = y.dg_in + y.g_in * c.rate_in};
  }

  template <typename T>
  static TEGMENTA_INLINE auto finish(Solved<T>& y, State<T>& x, const Coefficients<T>& c,
                                     const Input<T>& in, const T&) {
    y.dg_ex = y.dg_ex + in.excitatory * c.jump_ex;
    y.dg_in = y.dg_in - in.inhibitory * c.jump_in;
    return fire_or_hold(y, x, c);
  }
};

}  // namespace tegmenta
#endif
