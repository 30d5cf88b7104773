// The conductance models one neuron at a time, with the scalar Runge–Kutta–Fehlberg controller
// (Fehlberg 1969, rules of NEST 3.10) written out plainly: what the vectorised updates must give,
// bit for bit. Works on the columns and coefficients of a NeuronBlock.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "base/elementary.h"
#include "models/neurons/aeif_cond_exp.h"
#include "models/neurons/common.h"
#include "models/neurons/iaf_cond_alpha.h"
#include "models/neurons/iaf_cond_exp.h"

namespace tegmenta::testing {

struct SolverFailed : std::runtime_error {
  SolverFailed() : runtime_error("no sub-step") {}
};

/// An upstroke that leaves the control of the sub-steps: the component that rises, and how.
struct NoUpstroke {
  bool outruns(double) const { return false; }
  bool rises(double) const { return false; }
  double peak = 0;
};
struct Upstroke {
  double peak, steepness;
  bool outruns(double error) const { return !(std::fabs(error) <= kOutrun); }
  bool rises(double rise) const { return steepness > 0 && rise * steepness >= 0.25; }
};

inline double scalar_step_factor(double ratio) {
  if (ratio > 1.1) return std::max(0.2, 0.9 / elementary::pow(ratio, 1.0 / 5));
  if (ratio < 3e-5) return 5;
  if (ratio < 0.5) return std::min(5.0, std::max(1.0, 0.9 / elementary::pow(ratio, 1.0 / 6)));
  return 1;
}

/// How often a sub-step was taken, refused, or outrun by an upstroke; attempts at the present step.
struct SubstepCounts {
  long taken = 0;
  long refused = 0;
  long outrun = 0;
  long in_step = 0;
};

/// Advances y by one accepted sub-step within [t, end]. Allowed error: absolute + slope · |h y'|.
/// `suggested` grows beyond `end` here; only lengths up to it make a difference.
template <std::size_t N, typename Derivative, typename Rise = NoUpstroke>
void scalar_substep(std::array<double, N>& y, double& t, double end, double& suggested,
                    double absolute, double slope, SubstepCounts& counts, Derivative&& derivative,
                    const Rise& upstroke = {}) {
  using State = std::array<double, N>;
  State k1, k2, k3, k4, k5, k6, next, error, reached;
  double h = suggested;
  bool last = t + h > end;
  if (last) h = end - t;
  if (!(t + h > t)) throw SolverFailed();
  derivative(y, k1);
  for (;;) {
    if (counts.in_step >= kPatientAttempts &&
        t < kShortestAverage * static_cast<double>(counts.in_step) * end) {
      throw SolverFailed();
    }
    ++counts.in_step;
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
    derivative(next, reached);
    double ratio = std::numeric_limits<double>::min();
    for (std::size_t i = 0; i < N; ++i) {
      const double allowed = absolute + slope * std::fabs(h * reached[i]);
      ratio = std::max(ratio, std::fabs(error[i]) / allowed);
    }
    const double factor = scalar_step_factor(ratio);
    const double proposed = h * factor;
    if (factor < 1 && t + proposed > t) {
      h = proposed;
      last = false;
      ++counts.refused;
      continue;
    }
    if (upstroke.outruns(error[0])) {
      ++counts.outrun;
      if (h > kSpikeWindow * end && t + 0.2 * h > t) {
        h = 0.2 * h;
        last = false;
        continue;
      }
      if (upstroke.rises(h * k1[0])) {
        for (std::size_t i = 0; i < N; ++i) next[i] = y[i] + h * k1[i];
        next[0] = upstroke.peak;
      }
    }
    t = last ? end : t + h;
    suggested = factor < 1 ? h : proposed;
    break;
  }
  ++counts.taken;
  y = next;
  for (const double value : y) {
    if (!std::isfinite(value)) throw SolverFailed();
  }
}

/// iaf_cond_exp and iaf_cond_alpha: integrates a neuron over a step, then threshold and reset.
template <std::size_t N, typename Coefficient, typename Derivative>
std::uint32_t scalar_iaf_step(const NeuronBlock& b, int lane, int refractory_column,
                              const common::LaneCoefficients& c, Coefficient theta,
                              Coefficient reset, Coefficient refractory_steps,
                              SubstepCounts& counts, Derivative&& derivative) {
  std::array<double, N> y;
  for (std::size_t k = 0; k < N; ++k) y[k] = b.state[k][lane];
  double& substep = b.state[refractory_column + 1][lane];
  counts.in_step = 0;
  for (double t = 0; t < b.resolution_ms;) {
    scalar_substep(y, t, b.resolution_ms, substep, 1e-3, 0, counts, derivative);
  }
  double& r = b.state[refractory_column][lane];
  std::uint32_t spikes = 0;
  if (r > 0) {
    r -= 1;
    y[0] = c[reset];
  } else if (y[0] >= c[theta]) {
    r = c[refractory_steps];
    y[0] = c[reset];
    spikes = 1;
  }
  for (std::size_t k = 0; k < N; ++k) b.state[k][lane] = y[k];
  return spikes;
}

inline void scalar_iaf_cond_exp(const NeuronBlock& b, SubstepCounts& counts) {
  using namespace iaf_cond_exp_layout;
  common::for_each_neuron(b, [&](int, int lane, int index) {
    const common::LaneCoefficients c(b, lane);
    const double drive = (b.current ? b.current[index] : 0.0) + c[kConstantCurrent];
    const bool held = b.state[kRefractory][lane] > 0;
    const auto derivative = [&](const std::array<double, 3>& x, std::array<double, 3>& dx) {
      const double v = held ? c[kReset] : std::min(x[0], c[kTheta]);
      const double flow = drive - c[kLeak] * (v - c[kRest]) - x[1] * (v - c[kReversalEx]) -
                          x[2] * (v - c[kReversalIn]);
      dx = {held ? 0.0 : flow * c[kElastance], x[1] * c[kDecayEx], x[2] * c[kDecayIn]};
    };
    const std::uint32_t spikes = scalar_iaf_step<3>(b, lane, kRefractory, c, kTheta, kReset,
                                                    kRefractorySteps, counts, derivative);
    b.state[kGEx][lane] += b.excitatory[index];
    b.state[kGIn][lane] -= b.inhibitory[index];
    return spikes;
  });
}

inline void scalar_iaf_cond_alpha(const NeuronBlock& b, SubstepCounts& counts) {
  using namespace iaf_cond_alpha_layout;
  common::for_each_neuron(b, [&](int, int lane, int index) {
    const common::LaneCoefficients c(b, lane);
    const double drive = (b.current ? b.current[index] : 0.0) + c[kConstantCurrent];
    const bool held = b.state[kRefractory][lane] > 0;
    const auto derivative = [&](const std::array<double, 5>& x, std::array<double, 5>& dx) {
      const double v = held ? c[kReset] : std::min(x[kV], c[kTheta]);
      const double flow = drive - c[kLeak] * (v - c[kRest]) - x[kGEx] * (v - c[kReversalEx]) -
                          x[kGIn] * (v - c[kReversalIn]);
      dx[kV] = held ? 0.0 : flow * c[kElastance];
      dx[kSlopeEx] = x[kSlopeEx] * c[kDecayEx];
      dx[kGEx] = x[kSlopeEx] + x[kGEx] * c[kDecayEx];
      dx[kSlopeIn] = x[kSlopeIn] * c[kDecayIn];
      dx[kGIn] = x[kSlopeIn] + x[kGIn] * c[kDecayIn];
    };
    const std::uint32_t spikes = scalar_iaf_step<5>(b, lane, kRefractory, c, kTheta, kReset,
                                                    kRefractorySteps, counts, derivative);
    b.state[kSlopeEx][lane] += b.excitatory[index] * c[kJumpEx];
    b.state[kSlopeIn][lane] -= b.inhibitory[index] * c[kJumpIn];
    return spikes;
  });
}

inline void scalar_aeif_cond_exp(const NeuronBlock& b, SubstepCounts& counts) {
  using namespace aeif_cond_exp_layout;
  using State = std::array<double, 4>;
  common::for_each_neuron(b, [&](int, int lane, int index) {
    const common::LaneCoefficients c(b, lane);
    const double drive = (b.current ? b.current[index] : 0.0) + c[kConstantCurrent];
    State y = {b.state[kV][lane], b.state[kGEx][lane], b.state[kGIn][lane], b.state[kW][lane]};
    double& r = b.state[kRefractory][lane];
    const auto derivative = [&](const State& x, State& dx) {
      const double v = r > 0 ? c[kReset] : std::min(x[kV], c[kPeak]);
      const double upstroke = c[kUpstroke] * elementary::exp((v - c[kTheta]) * c[kSteepness]);
      const double flow = upstroke - c[kLeak] * (v - c[kRest]) - x[kGEx] * (v - c[kReversalEx]) -
                          x[kGIn] * (v - c[kReversalIn]) - x[kW] + drive;
      dx[kV] = r > 0 ? 0.0 : flow * c[kElastance];
      dx[kGEx] = x[kGEx] * c[kDecayEx];
      dx[kGIn] = x[kGIn] * c[kDecayIn];
      dx[kW] = (c[kA] * (v - c[kRest]) - x[kW]) * c[kRateW];
    };
    const Upstroke upstroke{c[kPeak], c[kSteepness]};
    std::uint32_t spikes = 0;
    counts.in_step = 0;
    for (double t = 0; t < b.resolution_ms;) {
      scalar_substep(y, t, b.resolution_ms, b.state[kSubstep][lane], c[kTolerance], c[kTolerance],
                     counts, derivative, upstroke);
      if (y[kV] < -1e3 || std::fabs(y[kW]) > 1e6) throw SolverFailed();
      if (r > 0) {
        y[kV] = c[kReset];
      } else if (y[kV] >= c[kEffectivePeak]) {
        y[kV] = c[kReset];
        y[kW] += c[kB];
        r = c[kRefractorySteps] > 0 ? c[kRefractorySteps] + 1 : 0;
        ++spikes;
      }
    }
    if (r > 0) r -= 1;
    b.state[kV][lane] = y[kV];
    b.state[kGEx][lane] = y[kGEx] + b.excitatory[index];
    b.state[kGIn][lane] = y[kGIn] - b.inhibitory[index];
    b.state[kW][lane] = y[kW];
    return spikes;
  });
}

/// One block of a conductance model.
inline void scalar_conductance_update(const std::string& model, const NeuronBlock& b,
                                      SubstepCounts& counts) {
  if (model == "iaf_cond_exp") return scalar_iaf_cond_exp(b, counts);
  if (model == "iaf_cond_alpha") return scalar_iaf_cond_alpha(b, counts);
  if (model == "aeif_cond_exp") return scalar_aeif_cond_exp(b, counts);
  throw std::invalid_argument(model + " is no conductance model");
}

}  // namespace tegmenta::testing
