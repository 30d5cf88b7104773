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
struct iaf_psc_exp_neuron_lanes {
  HeldForTime<kUniform> held;
  double *i_exc, *i_inh;
  LaneValues<kUniform> p22, p21_exc, p21_inh, p11_exc, p11_inh, p20, constant;

  TEGMENTA_INLINE explicit iaf_psc_exp_neuron_lanes(const NeuronBlock& b)
      : held{b.state[iaf_psc_exp_neuron_layout::kV],
             b.state[iaf_psc_exp_neuron_layout::kRefractory],
             {b, iaf_psc_exp_neuron_layout::kTheta},
             {b, iaf_psc_exp_neuron_layout::kReset},
             {b, iaf_psc_exp_neuron_layout::kStep},
             {b, iaf_psc_exp_neuron_layout::kRefractoryTime}},
        i_exc(b.state[iaf_psc_exp_neuron_layout::kCurrentExc]),
        i_inh(b.state[iaf_psc_exp_neuron_layout::kCurrentInh]),
        p22(b, iaf_psc_exp_neuron_layout::kP22),
        p21_exc(b, iaf_psc_exp_neuron_layout::kP21Exc),
        p21_inh(b, iaf_psc_exp_neuron_layout::kP21Inh),
        p11_exc(b, iaf_psc_exp_neuron_layout::kP11Exc),
        p11_inh(b, iaf_psc_exp_neuron_layout::kP11Inh),
        p20(b, iaf_psc_exp_neuron_layout::kP20),
        constant(b, iaf_psc_exp_neuron_layout::kDrive) {}

  TEGMENTA_INLINE I step(const StepInputs& in, int i) const {
    const V exc = load(i_exc + i);
    const V inh = load(i_inh + i);
    V drive = constant[i];
    if (in.current) drive = p20[i] * load(in.current + i) + drive;
    const V moved = ((load(held.v + i) * p22[i] + exc * p21_exc[i]) - inh * p21_inh[i]) + drive;
    store(i_exc + i, exc * p11_exc[i] + load(in.excitatory + i));
    store(i_inh + i, inh * p11_inh[i] - load(in.inhibitory + i));
    return held.step(i, held.unless_held(i, moved));
  }
};

void iaf_psc_exp_neuron_update(const NeuronBlock& b) { advance<iaf_psc_exp_neuron_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class iaf_psc_exp_neuron final : public NeuronModel {
  TEGMENTA_PARAMETERS(tau_m, C_m, refr_T, E_L, I_e, V_th, V_reset, tau_syn_exc, tau_syn_inh)

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
