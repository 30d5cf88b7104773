// Runge–Kutta–Fehlberg 4(5) with an adaptive sub-step, for models that have no exact solution.
// Method: Fehlberg (1969) NASA TR R-315, table III. The controller is that of NEST 3.10's
// conductance models, rule by rule, because their traces depend on it at the tolerance of 1e-3 mV.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "base/elementary.h"

namespace tegmenta {

/// Allowed error of component i over a sub-step of length h: absolute + slope · |h y'_i|.
struct Rkf45Tolerance {
  double absolute;
  double slope;
};

/// Factor by which a sub-step changes, from the largest ratio of error to allowed error.
inline double rkf45_step_factor(double ratio) {
  if (ratio > 1.1) return std::max(0.2, 0.9 / elementary::pow(ratio, 1.0 / 5));
  // Below this 0.9 / ratio^(1/6) exceeds the limit of 5 in any case.
  if (ratio < 3e-5) return 5;
  if (ratio < 0.5) return std::min(5.0, std::max(1.0, 0.9 / elementary::pow(ratio, 1.0 / 6)));
  return 1;
}

/// Advances y by one accepted sub-step within [t, end], for autonomous y' = derivative(y, dydt).
/// `suggested` is the length to try, kept between calls. Returns false when no sub-step can be
/// found or a component is not finite; y is then meaningless.
template <bool kSlope, std::size_t N, typename Derivative>
bool rkf45_substep(std::array<double, N>& y, double& t, double end, double& suggested,
                   const Rkf45Tolerance& tolerance, Derivative&& derivative) {
  using State = std::array<double, N>;
  State k1, k2, k3, k4, k5, k6, next, error, slope;

  double h = suggested;
  bool last = t + h > end;
  if (last) h = end - t;
  if (!(t + h > t)) return false;

  derivative(y, k1);
  for (;;) {
    for (std::size_t i = 0; i < N; ++i) next[i] = y[i] + h * (0.25 * k1[i]);
    derivative(next, k2);
    for (std::size_t i = 0; i < N; ++i) {
      next[i] = y[i] + h * (3.0 / 32 * k1[i] + 9.0 / 32 * k2[i]);
    }
    derivative(next, k3);
    for (std::size_t i = 0; i < N; ++i) {
      next[i] = y[i] + h * (1932.0 / 2197 * k1[i] + -7200.0 / 2197 * k2[i] + 7296.0 / 2197 * k3[i]);
    }
    derivative(next, k4);
    for (std::size_t i = 0; i < N; ++i) {
      next[i] = y[i] + h * (8341.0 / 4104 * k1[i] + -32832.0 / 4104 * k2[i] +
                            29440.0 / 4104 * k3[i] + -845.0 / 4104 * k4[i]);
    }
    derivative(next, k5);
    for (std::size_t i = 0; i < N; ++i) {
      next[i] =
          y[i] + h * (-6080.0 / 20520 * k1[i] + 41040.0 / 20520 * k2[i] + -28352.0 / 20520 * k3[i] +
                      9295.0 / 20520 * k4[i] + -5643.0 / 20520 * k5[i]);
    }
    derivative(next, k6);
    for (std::size_t i = 0; i < N; ++i) {
      next[i] = y[i] + h * (902880.0 / 7618050 * k1[i] + 3953664.0 / 7618050 * k3[i] +
                            3855735.0 / 7618050 * k4[i] + -1371249.0 / 7618050 * k5[i] +
                            277020.0 / 7618050 * k6[i]);
      error[i] = h * (1.0 / 360 * k1[i] + -128.0 / 4275 * k3[i] + -2197.0 / 75240 * k4[i] +
                      1.0 / 50 * k5[i] + 2.0 / 55 * k6[i]);
    }
    if constexpr (kSlope) derivative(next, slope);

    double ratio = std::numeric_limits<double>::min();
    for (std::size_t i = 0; i < N; ++i) {
      double allowed = tolerance.absolute;
      if constexpr (kSlope) allowed += tolerance.slope * std::fabs(h * slope[i]);
      ratio = std::max(ratio, std::fabs(error[i]) / std::fabs(allowed));
    }
    const double factor = rkf45_step_factor(ratio);
    const double proposed = h * factor;
    if (factor < 1 && t + proposed > t) {
      h = proposed;
      last = false;
      continue;
    }
    t = last ? end : t + h;
    suggested = factor < 1 ? h : proposed;
    break;
  }
  y = next;
  for (const double value : y) {
    if (!std::isfinite(value)) return false;
  }
  return true;
}

}  // namespace tegmenta
