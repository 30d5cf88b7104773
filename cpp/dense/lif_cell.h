// Leaky integrate-and-fire cells with an adaptive threshold, as ngc-learn's LIFCell has them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dense/fields.h"

namespace tegmenta::dense {

/// Of cells that spike in the same step, which do.
enum class LifWinners { kAll, kRandom, kHighest };

/// In the order of the values.
constexpr std::array<std::string_view, 3> names_of(LifWinners) {
  return {"all", "random", "highest"};
}

struct LifRule {
  std::size_t units;
  std::size_t batch;
  double tau_m;         // ms
  double resist_m;      // of the input current
  double conduct_leak;  // g_L
  double thr;           // mV
  double v_rest;        // mV
  double v_reset;       // mV
  double v_min;         // mV; −infinity: no floor
  double refract_time;  // ms
  double tau_theta;     // ms; 0: no adaptation
  double theta_plus;    // mV
  bool midpoint;        // second order (explicit midpoint) instead of Euler
  LifWinners winners;
  std::uint32_t seed;  // of random winners
};

template <>
struct ConstantsOf<LifRule> {
  using type =
      Constants<&LifRule::units, &LifRule::batch, &LifRule::tau_m, &LifRule::resist_m,
                &LifRule::conduct_leak, &LifRule::thr, &LifRule::v_rest, &LifRule::v_reset,
                &LifRule::v_min, &LifRule::refract_time, &LifRule::tau_theta, &LifRule::theta_plus,
                &LifRule::midpoint, &LifRule::winners, &LifRule::seed>;
};

/// All of batch × units entries.
struct LifState {
  const double* j;    // input current
  double* v;          // potential, mV
  double* s;          // spikes, 0 or 1
  double* rfr;        // time since the last spike, ms
  double* thr_theta;  // what adaptation adds to the threshold, mV
  double* tols;       // time of the last spike, ms
  double* before;     // scratch: potentials before the step
};

template <>
struct ArraysOf<LifState> {
  static constexpr auto kCells = [](const LifRule& rule) { return rule.units * rule.batch; };
  static constexpr std::tuple kArrays{Array<&LifState::j, LifRule>{.length = kCells},
                                      Array<&LifState::v, LifRule>{.length = kCells},
                                      Array<&LifState::s, LifRule>{.length = kCells},
                                      Array<&LifState::rfr, LifRule>{.length = kCells},
                                      Array<&LifState::thr_theta, LifRule>{.length = kCells},
                                      Array<&LifState::tols, LifRule>{.length = kCells},
                                      Array<&LifState::before, LifRule>{.length = kCells}};
};

/// One step of `dt` ms that begins at `t` ms and is the `step`-th:
///     v += dt/tau_m · (g_L (v_rest − v) + R j [rfr ≥ refract_time]),   s = [v > thr + theta]
/// and at spikes v = v_reset, rfr = 0, tols = t; theta decays with tau_theta and gains theta_plus.
/// Throws BadProperty where j is not finite.
void advance_lif(const LifRule& rule, const LifState& state, double t, double dt,
                 std::uint64_t step);

}  // namespace tegmenta::dense
