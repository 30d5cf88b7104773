// Leaky integrate-and-fire cells with an adaptive threshold, as ngc-learn's LIFCell has them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tegmenta::dense {

/// Of cells that spike in the same step, which do.
enum class LifWinners { kAll, kRandom, kHighest };

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

/// One step of `dt` ms that begins at `t` ms and is the `step`-th:
///     v += dt/tau_m · (g_L (v_rest − v) + R j [rfr ≥ refract_time]),   s = [v > thr + theta]
/// and at spikes v = v_reset, rfr = 0, tols = t; theta decays with tau_theta and gains theta_plus.
/// Throws BadProperty where j is not finite.
void advance_lif(const LifRule& rule, const LifState& state, double t, double dt,
                 std::uint64_t step);

}  // namespace tegmenta::dense
