// iaf_cond_alpha: leaky integrate-and-fire neuron with alpha-shaped conductances.
// Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159–175; Bernander et al. (1991) PNAS
// 88:11569–11573. Order of events: spec of NEST 3.10, iaf_cond_alpha.
#pragma once

#include <algorithm>
#include <array>
#include <numbers>

#include "models/neuron_model.h"
#include "models/neurons/common.h"

namespace tegmenta {

class iaf_cond_alpha final : public NeuronModel {
  enum Parameter { V_th, V_reset, t_ref, g_L, C_m, E_ex, E_in, E_L, tau_syn_ex, tau_syn_in, I_e };
  enum Column { kV, kSlopeEx, kGEx, kSlopeIn, kGIn, kRefractory, kSubstep, kColumns };
  enum Coefficient {
    kTheta,
    kReset,
    kRefractorySteps,
    kLeak,
    kCapacitance,
    kReversalEx,
    kReversalIn,
    kRest,
    kTauEx,
    kTauIn,
    kJumpEx,
    kJumpIn,
    kConstantCurrent,
    kCoefficients
  };

 public:
  iaf_cond_alpha() {
    summary =
        "Leaky integrate-and-fire neuron with alpha-shaped synaptic conductances: an input "
        "spike causes a conductance whose peak is its weight (nS).";
    source =
        "Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159; Bernander et al. (1991) "
        "PNAS 88:11569";
    parameters = {
        common::V_th(-55),
        common::V_reset(-60),
        common::t_ref(2),
        common::g_L(16.6667),
        common::C_m(250),
        common::E_ex(0),
        common::E_in(-85),
        common::E_L(-70),
        common::tau_syn_ex(0.2,
                           "Rise time of the excitatory conductance: it peaks this long "
                           "after the spike."),
        common::tau_syn_in(2,
                           "Rise time of the inhibitory conductance: it peaks this long after "
                           "the spike."),
        common::I_e(0),
    };
    common::append_archive(parameters);
    StateDeclaration remaining =
        common::state("t_ref_remaining", "ms", kRefractory, "Rest of the refractory period.");
    remaining.in_steps = true;
    states = {
        common::V_m(-70, kV),
        common::state("g_ex", "nS", kGEx, "Excitatory synaptic conductance."),
        common::state("g_in", "nS", kGIn, "Inhibitory synaptic conductance."),
        common::read_only(remaining),
        common::not_recordable(
            common::state("dg_ex", "nS/ms", kSlopeEx,
                          "Auxiliary variable that drives the excitatory conductance.")),
        common::not_recordable(
            common::state("dg_in", "nS/ms", kSlopeIn,
                          "Auxiliary variable that drives the inhibitory conductance.")),
    };
    state_columns = kColumns;
    coefficients = kCoefficients;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    c[kTheta] = p[V_th];
    c[kReset] = p[V_reset];
    c[kRefractorySteps] = common::refractory_steps(p[t_ref], grid);
    c[kLeak] = p[g_L];
    c[kCapacitance] = p[C_m];
    c[kReversalEx] = p[E_ex];
    c[kReversalIn] = p[E_in];
    c[kRest] = p[E_L];
    c[kTauEx] = p[tau_syn_ex];
    c[kTauIn] = p[tau_syn_in];
    c[kJumpEx] = std::numbers::e / p[tau_syn_ex];
    c[kJumpIn] = std::numbers::e / p[tau_syn_in];
    c[kConstantCurrent] = p[I_e];
  }

  void initialise(const double*, const TimeGrid& grid, double* const* columns,
                  std::size_t lane) const override {
    columns[kSubstep][lane] = grid.resolution_ms();
  }

  void update_scalar(const NeuronBlock& block) const override {
    using State = std::array<double, 5>;
    common::for_each_neuron(block, [&](int s, int lane, int index) {
      const common::LaneCoefficients c(block, lane);
      State y;
      for (int k = kV; k <= kGIn; ++k) y[static_cast<std::size_t>(k)] = block.state[k][lane];
      double& r = block.state[kRefractory][lane];
      const bool refractory = r > 0;
      const double current = common::current_at(block, index);

      // C V' = −g_L (V − E_L) + I − g_ex (V − E_ex) − g_in (V − E_in), g' = dg − g/τ, dg' = −dg/τ.
      const auto derivative = [&](const State& x, State& dx) {
        const double v = refractory ? c[kReset] : std::min(x[kV], c[kTheta]);
        const double leak = c[kLeak] * (v - c[kRest]);
        const double excitation = x[kGEx] * (v - c[kReversalEx]);
        const double inhibition = x[kGIn] * (v - c[kReversalIn]);
        dx[kV] = refractory ? 0.0
                            : (-leak + current + c[kConstantCurrent] - excitation - inhibition) /
                                  c[kCapacitance];
        dx[kSlopeEx] = -x[kSlopeEx] / c[kTauEx];
        dx[kGEx] = x[kSlopeEx] - x[kGEx] / c[kTauEx];
        dx[kSlopeIn] = -x[kSlopeIn] / c[kTauIn];
        dx[kGIn] = x[kSlopeIn] - x[kGIn] / c[kTauIn];
      };
      common::integrate(*this, block, s, lane, y, block.state[kSubstep][lane], derivative);

      std::uint32_t spikes = 0;
      if (refractory) {
        r -= 1;
        y[kV] = c[kReset];
      } else if (y[kV] >= c[kTheta]) {
        r = c[kRefractorySteps];
        y[kV] = c[kReset];
        spikes = 1;
      }
      y[kSlopeEx] += block.excitatory[index] * c[kJumpEx];
      y[kSlopeIn] -= block.inhibitory[index] * c[kJumpIn];
      for (int k = kV; k <= kGIn; ++k) block.state[k][lane] = y[static_cast<std::size_t>(k)];
      return spikes;
    });
  }
};

}  // namespace tegmenta
