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
TEGMENTA_INLINE void iaf_psc_delta_neuron_steps(const NeuronBlock& b) {
  using namespace iaf_psc_delta_neuron_layout;
  double* const v_column = b.state[kV];
  double* const r_column = b.state[kRefractory];
  const LaneValues<kUniform> p33(b, kP33), p30(b, kP30), constant(b, kDrive), theta(b, kTheta),
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
        V drive = constant[i];
        if (current) drive = p30[i] * load(current + i) + drive;
        const I held = r > splat(0);
        const V next = select(held, v, drive + p33[i] * v) + (load(ex + i) + load(in + i));
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

void iaf_psc_delta_neuron_update(const NeuronBlock& b) {
  if (b.uniform) {
    iaf_psc_delta_neuron_steps<true>(b);
  } else {
    iaf_psc_delta_neuron_steps<false>(b);
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

class iaf_psc_delta_neuron final : public NeuronModel {
  enum Parameter { tau_m, C_m, refr_T, E_L, I_e, V_th, V_reset };

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
