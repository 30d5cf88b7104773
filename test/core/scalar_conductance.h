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
#include "models/neurons.def"
#include "models/neurons/one_by_one.h"

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

/// One neuron of a block, by the names of its model.
template <typename Model>
struct ScalarNeuron {
  using Solved = typename Model::template Solved<double>;
  using Coefficients = typename Model::template Coefficients<double>;
  static constexpr std::size_t kSolved = kColumnsOf<Solved>;

  template <auto Member>
  static constexpr std::size_t at = place_in_struct<Member>();

  ScalarNeuron(const NeuronBlock& block, int neuron)
      : b(block),
        lane(neuron),
        c(numbers_from<Coefficients, double, kColumnsOf<Coefficients>>(
            [&](std::size_t k) { return b.coefficient[k][b.uniform ? 0 : lane]; })) {
    for (std::size_t k = 0; k < kSolved; ++k) y[k] = b.state[k][lane];
  }
  double& refractory() const { return b.state[kSolved][lane]; }
  double& substep() const { return b.state[kSolved + 1][lane]; }
  double drive(int index) const { return (b.current ? b.current[index] : 0.0) + c.I_e; }
  void keep() const {
    for (std::size_t k = 0; k < kSolved; ++k) b.state[k][lane] = y[k];
  }

  const NeuronBlock& b;
  int lane;
  Coefficients c;
  std::array<double, kSolved> y;
};

/// iaf_cond_exp and iaf_cond_alpha: integrates a neuron over a step, then threshold and reset.
template <typename Model, typename Derivative>
std::uint32_t scalar_iaf_step(ScalarNeuron<Model>& neuron, SubstepCounts& counts,
                              Derivative&& derivative) {
  const double end = neuron.b.resolution_ms;
  counts.in_step = 0;
  for (double t = 0; t < end;) {
    scalar_substep(neuron.y, t, end, neuron.substep(), 1e-3, 0, counts, derivative);
  }
  double& r = neuron.refractory();
  if (r > 0) {
    r -= 1;
    neuron.y[0] = neuron.c.reset;
  } else if (neuron.y[0] >= neuron.c.theta) {
    r = neuron.c.refractory_steps;
    neuron.y[0] = neuron.c.reset;
    return 1;
  }
  return 0;
}

inline void scalar_iaf_cond_exp(const NeuronBlock& b, SubstepCounts& counts) {
  using Neuron = ScalarNeuron<iaf_cond_exp>;
  constexpr auto kV = Neuron::at<&Neuron::Solved::v>;
  constexpr auto kGEx = Neuron::at<&Neuron::Solved::g_ex>;
  constexpr auto kGIn = Neuron::at<&Neuron::Solved::g_in>;
  for_each_neuron(b, [&](int, int lane, int index) {
    Neuron neuron(b, lane);
    const auto& c = neuron.c;
    const double drive = neuron.drive(index);
    const bool held = neuron.refractory() > 0;
    const auto derivative = [&](const std::array<double, 3>& x, std::array<double, 3>& dx) {
      const double v = held ? c.reset : std::min(x[kV], c.theta);
      const double flow =
          drive - c.g_L * (v - c.E_L) - x[kGEx] * (v - c.E_ex) - x[kGIn] * (v - c.E_in);
      dx[kV] = held ? 0.0 : flow * c.per_C;
      dx[kGEx] = x[kGEx] * c.rate_ex;
      dx[kGIn] = x[kGIn] * c.rate_in;
    };
    const std::uint32_t spikes = scalar_iaf_step(neuron, counts, derivative);
    neuron.y[kGEx] += b.excitatory[index];
    neuron.y[kGIn] -= b.inhibitory[index];
    neuron.keep();
    return spikes;
  });
}

inline void scalar_iaf_cond_alpha(const NeuronBlock& b, SubstepCounts& counts) {
  using Neuron = ScalarNeuron<iaf_cond_alpha>;
  constexpr auto kV = Neuron::at<&Neuron::Solved::v>;
  constexpr auto kSlopeEx = Neuron::at<&Neuron::Solved::dg_ex>;
  constexpr auto kGEx = Neuron::at<&Neuron::Solved::g_ex>;
  constexpr auto kSlopeIn = Neuron::at<&Neuron::Solved::dg_in>;
  constexpr auto kGIn = Neuron::at<&Neuron::Solved::g_in>;
  for_each_neuron(b, [&](int, int lane, int index) {
    Neuron neuron(b, lane);
    const auto& c = neuron.c;
    const double drive = neuron.drive(index);
    const bool held = neuron.refractory() > 0;
    const auto derivative = [&](const std::array<double, 5>& x, std::array<double, 5>& dx) {
      const double v = held ? c.reset : std::min(x[kV], c.theta);
      const double flow =
          drive - c.g_L * (v - c.E_L) - x[kGEx] * (v - c.E_ex) - x[kGIn] * (v - c.E_in);
      dx[kV] = held ? 0.0 : flow * c.per_C;
      dx[kSlopeEx] = x[kSlopeEx] * c.rate_ex;
      dx[kGEx] = x[kSlopeEx] + x[kGEx] * c.rate_ex;
      dx[kSlopeIn] = x[kSlopeIn] * c.rate_in;
      dx[kGIn] = x[kSlopeIn] + x[kGIn] * c.rate_in;
    };
    const std::uint32_t spikes = scalar_iaf_step(neuron, counts, derivative);
    neuron.y[kSlopeEx] += b.excitatory[index] * c.jump_ex;
    neuron.y[kSlopeIn] -= b.inhibitory[index] * c.jump_in;
    neuron.keep();
    return spikes;
  });
}

inline void scalar_aeif_cond_exp(const NeuronBlock& b, SubstepCounts& counts) {
  using Neuron = ScalarNeuron<aeif_cond_exp>;
  using State = std::array<double, 4>;
  constexpr auto kV = Neuron::at<&Neuron::Solved::v>;
  constexpr auto kGEx = Neuron::at<&Neuron::Solved::g_ex>;
  constexpr auto kGIn = Neuron::at<&Neuron::Solved::g_in>;
  constexpr auto kW = Neuron::at<&Neuron::Solved::w>;
  for_each_neuron(b, [&](int, int lane, int index) {
    Neuron neuron(b, lane);
    const auto& c = neuron.c;
    const double drive = neuron.drive(index);
    State& y = neuron.y;
    double& r = neuron.refractory();
    const auto derivative = [&](const State& x, State& dx) {
      const double v = r > 0 ? c.reset : std::min(x[kV], c.V_peak);
      const double upstroke = c.upstroke * elementary::exp((v - c.V_th) * c.steepness);
      const double flow = upstroke - c.g_L * (v - c.E_L) - x[kGEx] * (v - c.E_ex) -
                          x[kGIn] * (v - c.E_in) - x[kW] + drive;
      dx[kV] = r > 0 ? 0.0 : flow * c.per_C;
      dx[kGEx] = x[kGEx] * c.rate_ex;
      dx[kGIn] = x[kGIn] * c.rate_in;
      dx[kW] = (c.a * (v - c.E_L) - x[kW]) * c.per_tau_w;
    };
    const Upstroke upstroke{c.V_peak, c.steepness};
    std::uint32_t spikes = 0;
    counts.in_step = 0;
    for (double t = 0; t < b.resolution_ms;) {
      scalar_substep(y, t, b.resolution_ms, neuron.substep(), c.tolerance, c.tolerance, counts,
                     derivative, upstroke);
      if (y[kV] < -1e3 || std::fabs(y[kW]) > 1e6) throw SolverFailed();
      if (r > 0) {
        y[kV] = c.reset;
      } else if (y[kV] >= c.effective_peak) {
        y[kV] = c.reset;
        y[kW] += c.b;
        r = c.refractory_steps > 0 ? c.refractory_steps + 1 : 0;
        ++spikes;
      }
    }
    if (r > 0) r -= 1;
    y[kGEx] += b.excitatory[index];
    y[kGIn] -= b.inhibitory[index];
    neuron.keep();
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
