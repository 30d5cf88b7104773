// What the models have in common whose conductances, and with them the potential, an adaptive
// solver advances (simd/rkf45_lanes.h). Such a model declares, in the place of a step,
//
//   Solved<T>         the variables that the solver advances together, v first; State<T> is the
//   rest derivative()      of Solved tolerance()       what errors are allowed finish() the end of
//   a step: what its input does; says who fires after_substep()   what happens after every accepted
//   sub-step, where something does
#pragma once

#include "models/neurons/common.h"

namespace tegmenta {

/// What errors the solver allows over a sub-step of length h: absolute + slope · |h y'|.
template <typename T>
struct ErrorTolerance {
  T absolute, slope;
};

/// Where a sub-step has left the solution unstable, and who fires.
template <typename Mask>
struct AfterSubstep {
  Mask unstable, fires;
};

struct SolvedNeuron : Neuron {
  static constexpr bool kSlopeTolerance = false;
  /// v may rise beyond all bounds within a sub-step. Then there are rises(), whether a rise is such
  /// an upstroke, and the coefficient V_peak, where it ends.
  static constexpr bool kUpstroke = false;
};

/// Parameters, threshold, reset and refractoriness as iaf_cond_exp and iaf_cond_alpha have them.
struct HeldMembrane : SolvedNeuron {
  struct Parameters {
    double V_th, V_reset, t_ref, g_L, C_m, E_ex, E_in, E_L, tau_syn_ex, tau_syn_in, I_e;
  };
  /// ex, in: what the time constants of the conductances are.
  static constexpr auto parameters(std::string_view ex, std::string_view in) {
    return std::tuple{common::V_th<Parameters>(-55),
                      common::V_reset<Parameters>(-60),
                      common::t_ref<Parameters>(2),
                      common::g_L<Parameters>(16.6667),
                      common::C_m<Parameters>(250),
                      common::E_ex<Parameters>(0),
                      common::E_in<Parameters>(-85),
                      common::E_L<Parameters>(-70),
                      common::tau_syn<&Parameters::tau_syn_ex>(0.2, ex),
                      common::tau_syn<&Parameters::tau_syn_in>(2, in),
                      common::I_e<Parameters>(0)};
  }
  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  template <typename T>
  struct State {
    T refractory;  // steps left
  };

  template <typename T>
  static TEGMENTA_INLINE ErrorTolerance<T> tolerance(const auto&) {
    return {T{} + 1e-3, T{}};
  }

  /// V', with C V' = I − g_L (V − E_L) − g_ex (V − E_ex) − g_in (V − E_in).
  template <typename Solved, typename T, typename Coefficients>
  static TEGMENTA_INLINE T membrane_slope(const Solved& y, const State<T>& x, const Coefficients& c,
                                          const Input<T>& in) {
    T drive = c.I_e;
    if (in.has_current) drive = in.current + drive;
    const auto held = x.refractory > 0.0;
    const T v = select(held, c.reset, select(c.theta < y.v, c.theta, y.v));
    const T flow = ((drive - c.g_L * (v - c.E_L)) - y.g_ex * (v - c.E_ex)) - y.g_in * (v - c.E_in);
    return select(held, T{}, flow * c.per_C);
  }

  /// Counts down, or fires.
  template <typename Solved, typename T, typename Coefficients>
  static TEGMENTA_INLINE auto fire_or_hold(Solved& y, State<T>& x, const Coefficients& c) {
    const auto held = x.refractory > 0.0;
    const auto fires = without(y.v >= c.theta, held);
    y.v = select(held | fires, c.reset, y.v);
    x.refractory =
        select(fires, c.refractory_steps, select(held, x.refractory - 1.0, x.refractory));
    return fires;
  }
};

}  // namespace tegmenta
