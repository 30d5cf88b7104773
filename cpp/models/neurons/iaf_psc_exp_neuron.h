// iaf_psc_exp_neuron: the leaky integrate-and-fire neuron of the NESTML dopamine tutorial with
// exponentially decaying synaptic currents. Exact integration: Rotter & Diesmann (1999) Biol Cybern
// 81:381–402. The refractory time is counted down in milliseconds, by repeated subtraction of the
// resolution, as the tutorial's model does: 5 ms are 51 steps of 0.1.
#pragma once

namespace tegmenta::iaf_psc_exp_neuron_layout {
enum Column { kV, kCurrentExc, kCurrentInh, kRefractory, kColumns };
enum Coefficient {
  kP22,
  kP21Exc,
  kP21Inh,
  kP11Exc,
  kP11Inh,
  kP20,
  kDrive,
  kTheta,
  kReset,
  kStep,
  kRefractoryTime,
  kCoefficients
};
}  // namespace tegmenta::iaf_psc_exp_neuron_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

// v ← P22 v + P21exc i_exc − P21inh i_inh + P20 (I_e + I_stim) unless refractory, v relative to
// E_L; the currents decay in any case and then take this step's input, which v sees in the next
// step. Both currents are positive.
template <bool kUniform>
TEGMENTA_INLINE void iaf_psc_exp_neuron_steps(const NeuronBlock& b) {
  using namespace iaf_psc_exp_neuron_layout;
  double* const v_column = b.state[kV];
  double* const exc_column = b.state[kCurrentExc];
  double* const inh_column = b.state[kCurrentInh];
  double* const r_column = b.state[kRefractory];
  const LaneValues<kUniform> p22(b, kP22), p21_exc(b, kP21Exc), p21_inh(b, kP21Inh),
      p11_exc(b, kP11Exc), p11_inh(b, kP11Inh), p20(b, kP20), constant(b, kDrive), theta(b, kTheta),
      reset(b, kReset), step(b, kStep), refractory(b, kRefractoryTime);
  for (int s = 0; s < b.steps; ++s) {
    const double* ex = b.excitatory + s * kBlockLanes;
    const double* in = b.inhibitory + s * kBlockLanes;
    const double* current = b.current ? b.current + s * kBlockLanes : nullptr;
    std::uint8_t* fired = b.fired + s * b.fired_stride;
    for (int group = 0; group < b.lanes; group += kLaneGroup) {
      unsigned mask = 0;
      for (int j = 0; j < kLaneGroup; j += kWidth) {
        const int i = group + j;
        const V v = load(v_column + i);
        const V r = load(r_column + i);
        const V i_exc = load(exc_column + i);
        const V i_inh = load(inh_column + i);
        V drive = constant[i];
        if (current) drive = p20[i] * load(current + i) + drive;
        const V moved = ((v * p22[i] + i_exc * p21_exc[i]) - i_inh * p21_inh[i]) + drive;
        store(exc_column + i, i_exc * p11_exc[i] + load(ex + i));
        store(inh_column + i, i_inh * p11_inh[i] - load(in + i));
        const I held = r > splat(0);
        const V next = select(held, v, moved);
        const V left = select(held, r - step[i], r);
        const I fires = (next >= theta[i]) & (left <= splat(0));
        store(v_column + i, select(fires, reset[i], next));
        store(r_column + i, select(fires, refractory[i], left));
        mask |= bits(fires) << j;
      }
      fired[group / kLaneGroup] = static_cast<std::uint8_t>(mask);
    }
  }
}

void iaf_psc_exp_neuron_update(const NeuronBlock& b) {
  if (b.uniform) {
    iaf_psc_exp_neuron_steps<true>(b);
  } else {
    iaf_psc_exp_neuron_steps<false>(b);
  }
}

}  // namespace
}  // namespace tegmenta

#else

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class iaf_psc_exp_neuron final : public NeuronModel {
  enum Parameter { tau_m, C_m, refr_T, E_L, I_e, V_th, V_reset, tau_syn_exc, tau_syn_inh };

 public:
  iaf_psc_exp_neuron() {
    using namespace iaf_psc_exp_neuron_layout;
    summary =
        "Leaky integrate-and-fire neuron of the NESTML dopamine tutorial with exponential "
        "postsynaptic currents: an input spike raises the synaptic current by its weight (pA).";
    source = "NESTML, iaf_psc_exp_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381";
    parameters = {
        common::tau_m(10),
        common::C_m(250),
        common::refr_T(2),
        common::E_L(-70),
        common::I_e(0),
        common::V_th(-55),
        common::V_reset(-70),
        common::parameter("tau_syn_exc", "ms", 2, Range::positive(),
                          "Decay time of the excitatory synaptic current."),
        common::parameter("tau_syn_inh", "ms", 2, Range::positive(),
                          "Decay time of the inhibitory synaptic current."),
    };
    common::append_archive(parameters);
    states = {
        common::V_m(-70, kV, E_L),
        common::state("I_syn_exc", "pA", kCurrentExc, "Excitatory synaptic current."),
        common::state("I_syn_inh", "pA", kCurrentInh,
                      "Inhibitory synaptic current; positive, it is subtracted."),
        common::refr_t(kRefractory),
    };
    state_columns = kColumns;
    coefficients = kCoefficients;
    vector_kernel = &simd::Kernels::iaf_psc_exp_neuron;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace iaf_psc_exp_neuron_layout;
    const double h = grid.resolution_ms();
    c[kP22] = elementary::exp(-h / p[tau_m]);
    c[kP21Exc] = common::current_to_potential(p[tau_syn_exc], p[tau_m], p[C_m], h);
    c[kP21Inh] = common::current_to_potential(p[tau_syn_inh], p[tau_m], p[C_m], h);
    c[kP11Exc] = elementary::exp(-h / p[tau_syn_exc]);
    c[kP11Inh] = elementary::exp(-h / p[tau_syn_inh]);
    c[kP20] = p[tau_m] / p[C_m] * (1 - c[kP22]);
    c[kDrive] = c[kP20] * p[I_e];
    c[kTheta] = p[V_th] - p[E_L];
    c[kReset] = p[V_reset] - p[E_L];
    c[kStep] = h;
    c[kRefractoryTime] = p[refr_T];
  }
};

}  // namespace tegmenta

#endif
