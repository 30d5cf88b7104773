// iaf_cond_exp: leaky integrate-and-fire neuron with exponentially decaying conductances.
// Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159–175. Order of events: spec of
// NEST 3.10, iaf_cond_exp.
#pragma once

#include <algorithm>
#include <array>

#include "models/neuron_model.h"
#include "models/neurons/common.h"

namespace tegmenta {

class iaf_cond_exp final : public NeuronModel {
  enum Parameter { V_th, V_reset, t_ref, g_L, C_m, E_ex, E_in, E_L, tau_syn_ex, tau_syn_in, I_e };
  enum Column { kV, kGEx, kGIn, kRefractory, kSubstep, kColumns };
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
    kConstantCurrent,
    kCoefficients
  };

 public:
  iaf_cond_exp() {
    summary =
        "Leaky integrate-and-fire neuron with exponential synaptic conductances: an input "
        "spike raises a conductance by its weight (nS).";
    source = "Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159";
    parameters = {
        common::V_th(-55),
        common::V_reset(-60),
        common::t_ref(2),
        common::g_L(16.6667),
        common::C_m(250),
        common::E_ex(0),
        common::E_in(-85),
        common::E_L(-70),
        common::tau_syn_ex(0.2, "Decay time of the excitatory conductance."),
        common::tau_syn_in(2, "Decay time of the inhibitory conductance."),
        common::I_e(0),
    };
    common::append_archive(parameters);
    states = {
        common::V_m(-70, kV),
        common::state("g_ex", "nS", kGEx, "Excitatory synaptic conductance."),
        common::state("g_in", "nS", kGIn, "Inhibitory synaptic conductance."),
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
    c[kConstantCurrent] = p[I_e];
  }

  void initialise(const double*, const TimeGrid& grid, double* const* columns,
                  std::size_t lane) const override {
    columns[kSubstep][lane] = grid.resolution_ms();
  }

  void update_scalar(const NeuronBlock& block) const override {
    common::for_each_neuron(block, [&](int s, int lane, int index) {
      const common::LaneCoefficients c(block, lane);
      std::array<double, 3> y = {block.state[kV][lane], block.state[kGEx][lane],
                                 block.state[kGIn][lane]};
      double& r = block.state[kRefractory][lane];
      const bool refractory = r > 0;
      const double current = common::current_at(block, index);

      // C V' = −g_L (V − E_L) + I − g_ex (V − E_ex) − g_in (V − E_in), τ g' = −g.
      const auto derivative = [&](const std::array<double, 3>& x, std::array<double, 3>& dx) {
        const double v = refractory ? c[kReset] : std::min(x[0], c[kTheta]);
        const double leak = c[kLeak] * (v - c[kRest]);
        const double excitation = x[1] * (v - c[kReversalEx]);
        const double inhibition = x[2] * (v - c[kReversalIn]);
        dx[0] = refractory ? 0.0
                           : (-leak + current + c[kConstantCurrent] - excitation - inhibition) /
                                 c[kCapacitance];
        dx[1] = -x[1] / c[kTauEx];
        dx[2] = -x[2] / c[kTauIn];
      };
      common::integrate(*this, block, s, lane, y, block.state[kSubstep][lane], derivative);

      std::uint32_t spikes = 0;
      if (refractory) {
        r -= 1;
        y[0] = c[kReset];
      } else if (y[0] >= c[kTheta]) {
        r = c[kRefractorySteps];
        y[0] = c[kReset];
        spikes = 1;
      }
      block.state[kV][lane] = y[0];
      block.state[kGEx][lane] = y[1] + block.excitatory[index];
      block.state[kGIn][lane] = y[2] - block.inhibitory[index];
      return spikes;
    });
  }
};

}  // namespace tegmenta
