// iaf_psc_delta_neuron: the leaky integrate-and-fire neuron of the NESTML dopamine tutorial whose
// input spikes shift the potential, also while it is refractory. Exact integration: Rotter &
// Diesmann (1999) Biol Cybern 81:381–402. The refractory time is counted down in milliseconds, by
// repeated subtraction of the resolution, as the tutorial's model does: 1 ms are 11 steps of 0.1.
#pragma once

namespace tegmenta::iaf_psc_delta_neuron_layout {
enum Column { kV, kRefractory, kColumns };
enum Coefficient { kP33, kDrive, kP30, kTheta, kReset, kStep, kRefractoryTime, kCoefficients };
}  // namespace tegmenta::iaf_psc_delta_neuron_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

// v ← P33 v + P30 (I_e + I_stim) unless refractory, then v ← v + s in any case; v relative to E_L.
template <bool kUniform>
struct iaf_psc_delta_neuron_lanes {
  HeldForTime<kUniform> held;
  LaneValues<kUniform> p33, p30, constant;

  TEGMENTA_INLINE explicit iaf_psc_delta_neuron_lanes(const NeuronBlock& b)
      : held{b.state[iaf_psc_delta_neuron_layout::kV],
             b.state[iaf_psc_delta_neuron_layout::kRefractory],
             {b, iaf_psc_delta_neuron_layout::kTheta},
             {b, iaf_psc_delta_neuron_layout::kReset},
             {b, iaf_psc_delta_neuron_layout::kStep},
             {b, iaf_psc_delta_neuron_layout::kRefractoryTime}},
        p33(b, iaf_psc_delta_neuron_layout::kP33),
        p30(b, iaf_psc_delta_neuron_layout::kP30),
        constant(b, iaf_psc_delta_neuron_layout::kDrive) {}

  TEGMENTA_INLINE I step(const StepInputs& in, int i) const {
    V drive = constant[i];
    if (in.current) drive = p30[i] * load(in.current + i) + drive;
    const V next = held.unless_held(i, drive + p33[i] * load(held.v + i));
    return held.step(i, next + (load(in.excitatory + i) + load(in.inhibitory + i)));
  }
};

void iaf_psc_delta_neuron_update(const NeuronBlock& b) { advance<iaf_psc_delta_neuron_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class iaf_psc_delta_neuron final : public NeuronModel {
  TEGMENTA_PARAMETERS(tau_m, C_m, refr_T, E_L, I_e, V_th, V_reset)

 public:
  iaf_psc_delta_neuron() {
    using namespace iaf_psc_delta_neuron_layout;
    summary =
        "Leaky integrate-and-fire neuron of the NESTML dopamine tutorial: an input spike shifts "
        "the potential by its weight (mV), also while the neuron is refractory.";
    source = "NESTML, iaf_psc_delta_neuron; Rotter & Diesmann (1999) Biol Cybern 81:381";
    parameters = {
        common::tau_m(10), common::C_m(250),  common::refr_T(2),    common::E_L(-70),
        common::I_e(0),    common::V_th(-55), common::V_reset(-70),
    };
    common::append_archive(parameters);
    states = {common::V_m(-70, kV, E_L), common::refr_t(kRefractory)};
    state_columns = kColumns;
    coefficients = kCoefficients;
    vector_kernel = &simd::Kernels::iaf_psc_delta_neuron;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace iaf_psc_delta_neuron_layout;
    const double h = grid.resolution_ms();
    c[kP33] = elementary::exp(-h / p[tau_m]);
    c[kP30] = p[tau_m] / p[C_m] * (1 - c[kP33]);
    c[kDrive] = c[kP30] * p[I_e];
    c[kTheta] = p[V_th] - p[E_L];
    c[kReset] = p[V_reset] - p[E_L];
    c[kStep] = h;
    c[kRefractoryTime] = p[refr_T];
  }
};

}  // namespace tegmenta

#endif
