// aeif_cond_exp: adaptive exponential integrate-and-fire neuron with exponential conductances.
// Brette & Gerstner (2005) J Neurophysiol 94:3637–3642. Order of events: spec of NEST 3.10,
// aeif_cond_exp.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "models/neurons/rkf45.h"

namespace tegmenta {

class aeif_cond_exp final : public NeuronModel {
  enum Parameter {
    V_peak,
    V_reset,
    t_ref,
    g_L,
    C_m,
    E_ex,
    E_in,
    E_L,
    Delta_T,
    tau_w,
    a,
    b,
    V_th,
    tau_syn_ex,
    tau_syn_in,
    I_e,
    gsl_error_tol
  };
  enum Column { kV, kGEx, kGIn, kW, kRefractory, kSubstep, kColumns };
  enum Coefficient {
    kPeak,
    kEffectivePeak,
    kReset,
    kRefractorySteps,
    kLeak,
    kCapacitance,
    kReversalEx,
    kReversalIn,
    kRest,
    kDeltaT,
    kTauW,
    kA,
    kB,
    kTheta,
    kTauEx,
    kTauIn,
    kConstantCurrent,
    kTolerance,
    kCoefficients
  };
  using State = std::array<double, 4>;

 public:
  aeif_cond_exp() {
    summary =
        "Adaptive exponential integrate-and-fire neuron with exponential synaptic "
        "conductances: an input spike raises a conductance by its weight (nS).";
    source = "Brette & Gerstner (2005) J Neurophysiol 94:3637";
    parameters = {
        common::parameter("V_peak", "mV", 0, Range::finite(),
                          "Potential at which a spike is detected and the neuron is reset."),
        common::V_reset(-60),
        common::t_ref(0),
        common::g_L(30),
        common::C_m(281),
        common::E_ex(0),
        common::E_in(-85),
        common::E_L(-70.6),
        common::parameter("Delta_T", "mV", 2, Range::non_negative(),
                          "Slope factor of the spike's upstroke; at 0 the neuron fires at V_th."),
        common::parameter("tau_w", "ms", 144, Range::positive(),
                          "Time constant of the adaptation current."),
        common::parameter("a", "nS", 4, Range::finite(),
                          "Subthreshold adaptation: coupling of w to the potential."),
        common::parameter("b", "pA", 80.5, Range::finite(),
                          "Spike-triggered adaptation: added to w at each spike."),
        common::V_th(-50.4, "Threshold at which the upstroke of a spike begins."),
        common::tau_syn_ex(0.2, "Decay time of the excitatory conductance."),
        common::tau_syn_in(2, "Decay time of the inhibitory conductance."),
        common::I_e(0),
        common::parameter("gsl_error_tol", "", 1e-6, Range::positive(),
                          "Error tolerance of the adaptive integration, absolute and relative to "
                          "the slope."),
    };
    common::append_archive(parameters);
    states = {
        common::V_m(-70.6, kV),
        common::state("g_ex", "nS", kGEx, "Excitatory synaptic conductance.",
                      Range::non_negative()),
        common::state("g_in", "nS", kGIn, "Inhibitory synaptic conductance.",
                      Range::non_negative()),
        common::state("w", "pA", kW, "Adaptation current."),
    };
    state_columns = kColumns;
    coefficients = kCoefficients;
    has_multiplicity = true;  // without refractoriness it can fire twice in a step
  }

  void check(const double* p, const double*) const override {
    if (p[V_peak] < p[V_th]) {
      throw bad_value(ErrorKind::kBadProperty, name(), "V_peak", p[V_peak],
                      "≥ V_th = " + format_number(p[V_th]));
    }
    // Keeps exp((V_peak − V_th)/Delta_T) away from overflow, with room for the other factors.
    const double steepest = elementary::log(std::numeric_limits<double>::max() / 1e20);
    if (p[Delta_T] > 0 && (p[V_peak] - p[V_th]) / p[Delta_T] >= steepest) {
      throw bad_value(
          ErrorKind::kBadProperty, name(), "Delta_T", p[Delta_T],
          "0 or > (V_peak - V_th)/" + format_number(steepest) + ", or the upstroke overflows");
    }
    if (p[V_reset] >= p[V_peak]) {
      throw bad_value(ErrorKind::kBadProperty, name(), "V_reset", p[V_reset],
                      "< V_peak = " + format_number(p[V_peak]));
    }
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    c[kPeak] = p[V_peak];
    c[kEffectivePeak] = p[Delta_T] > 0 ? p[V_peak] : p[V_th];
    c[kReset] = p[V_reset];
    c[kRefractorySteps] = common::refractory_steps(p[t_ref], grid);
    c[kLeak] = p[g_L];
    c[kCapacitance] = p[C_m];
    c[kReversalEx] = p[E_ex];
    c[kReversalIn] = p[E_in];
    c[kRest] = p[E_L];
    c[kDeltaT] = p[Delta_T];
    c[kTauW] = p[tau_w];
    c[kA] = p[Parameter::a];
    c[kB] = p[Parameter::b];
    c[kTheta] = p[V_th];
    c[kTauEx] = p[tau_syn_ex];
    c[kTauIn] = p[tau_syn_in];
    c[kConstantCurrent] = p[I_e];
    c[kTolerance] = p[gsl_error_tol];
  }

  void initialise(const double*, const TimeGrid& grid, double* const* columns,
                  std::size_t lane) const override {
    columns[kSubstep][lane] = grid.resolution_ms();
  }

  void update_scalar(const NeuronBlock& block) const override {
    common::for_each_neuron(
        block, [&](int s, int lane, int index) { return advance(block, s, lane, index); });
  }

 private:
  /// One neuron over one step; returns its number of spikes. Threshold and reset are applied after
  /// every sub-step of the integration.
  std::uint32_t advance(const NeuronBlock& block, int s, int lane, int index) const {
    const common::LaneCoefficients c(block, lane);
    State y = {block.state[kV][lane], block.state[kGEx][lane], block.state[kGIn][lane],
               block.state[kW][lane]};
    double r = block.state[kRefractory][lane];
    double& substep = block.state[kSubstep][lane];
    const double current = common::current_at(block, index);
    const Rkf45Tolerance tolerance{c[kTolerance], c[kTolerance]};
    const auto derivative = [&](const State& x, State& dx) { slopes(c, r > 0, current, x, dx); };

    std::uint32_t spikes = 0;
    double t = 0;
    while (t < block.resolution_ms) {
      if (!rkf45_substep<true>(y, t, block.resolution_ms, substep, tolerance, derivative)) {
        throw common::integration_error(ErrorKind::kSolverFailure, *this, block, s, lane,
                                        "the adaptive integration failed.");
      }
      if (y[kV] < -1e3 || std::fabs(y[kW]) > 1e6) {
        throw common::integration_error(ErrorKind::kNumericalInstability, *this, block, s, lane,
                                        "numerical instability: V_m = " + format_number(y[kV]) +
                                            " mV, w = " + format_number(y[kW]) + " pA.");
      }
      if (r > 0) {
        y[kV] = c[kReset];
      } else if (y[kV] >= c[kEffectivePeak]) {
        y[kV] = c[kReset];
        y[kW] += c[kB];
        // One more than usual, because the end of this step counts down already.
        r = c[kRefractorySteps] > 0 ? c[kRefractorySteps] + 1 : 0;
        ++spikes;
      }
    }
    if (r > 0) r -= 1;

    block.state[kV][lane] = y[kV];
    block.state[kGEx][lane] = y[kGEx] + block.excitatory[index];
    block.state[kGIn][lane] = y[kGIn] - block.inhibitory[index];
    block.state[kW][lane] = y[kW];
    block.state[kRefractory][lane] = r;
    return spikes;
  }

  // C V' = −g_L (V − E_L) + g_L Δ_T exp((V − V_th)/Δ_T) − g_ex (V − E_ex) − g_in (V − E_in) − w +
  // I, τ_w w' = a (V − E_L) − w, τ g' = −g.
  static void slopes(const common::LaneCoefficients& c, bool refractory, double current,
                     const State& x, State& dx) {
    const double v = refractory ? c[kReset] : std::min(x[kV], c[kPeak]);
    dx[kV] = 0;
    if (!refractory) {
      const double upstroke =
          c[kDeltaT] == 0 ? 0.0
                          : c[kLeak] * c[kDeltaT] * elementary::exp((v - c[kTheta]) / c[kDeltaT]);
      const double excitation = x[kGEx] * (v - c[kReversalEx]);
      const double inhibition = x[kGIn] * (v - c[kReversalIn]);
      dx[kV] = (-c[kLeak] * (v - c[kRest]) + upstroke - excitation - inhibition - x[kW] +
                c[kConstantCurrent] + current) /
               c[kCapacitance];
    }
    dx[kGEx] = -x[kGEx] / c[kTauEx];
    dx[kGIn] = -x[kGIn] / c[kTauIn];
    dx[kW] = (c[kA] * (v - c[kRest]) - x[kW]) / c[kTauW];
  }
};

}  // namespace tegmenta
