// iaf_psc_delta: leaky integrate-and-fire neuron whose input spikes shift the potential.
// Exact integration, Rotter & Diesmann (1999) Biol Cybern 81:381–402; voltage jumps as in
// Brunel (2000) J Comput Neurosci 8:183–208. Order of events: spec of NEST 3.10, iaf_psc_delta.
#pragma once

namespace tegmenta::iaf_psc_delta_layout {
enum Column { kV, kRefractory, kBuffer, kSuppressed, kColumns };
enum Coefficient { kP33, kDrive, kP30, kTheta, kReset, kFloor, kRefractorySteps, kCoefficients };
}  // namespace tegmenta::iaf_psc_delta_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

// v ← P30 (I_stim + I_e) + P33 v + s, v relative to E_L; held at V_reset while refractory.
template <bool kUniform>
TEGMENTA_INLINE void iaf_psc_delta_steps(const NeuronBlock& b) {
  using namespace iaf_psc_delta_layout;
  double* const v_column = b.state[kV];
  double* const r_column = b.state[kRefractory];
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
        const V p30 = coefficient<kUniform>(b, kP30, i);
        V drive = coefficient<kUniform>(b, kDrive, i);
        if (current) drive = p30 * load(current + i) + drive;
        V moved = (drive + coefficient<kUniform>(b, kP33, i) * v) + (load(ex + i) + load(in + i));
        const V floor = coefficient<kUniform>(b, kFloor, i);
        moved = select(moved < floor, floor, moved);
        const I free = r == splat(0);
        const V next = select(free, moved, v);
        const I fires = next >= coefficient<kUniform>(b, kTheta, i);
        store(v_column + i, select(fires, coefficient<kUniform>(b, kReset, i), next));
        store(r_column + i, select(fires, coefficient<kUniform>(b, kRefractorySteps, i),
                                   select(free, r, r - splat(1))));
        mask |= bits(fires) << j;
      }
      fired[group / kLaneGroup] = static_cast<std::uint8_t>(mask);
    }
  }
}

void iaf_psc_delta_update(const NeuronBlock& b) {
  if (b.uniform) {
    iaf_psc_delta_steps<true>(b);
  } else {
    iaf_psc_delta_steps<false>(b);
  }
}

}  // namespace
}  // namespace tegmenta

#else

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"

namespace tegmenta {

class iaf_psc_delta final : public NeuronModel {
  enum Parameter {
    tau_m, C_m, t_ref, E_L, I_e, V_th, V_reset, V_min, refractory_input, ignore_and_spike,
    ignore_and_spike_offset, ignore_and_spike_interval
  };

 public:
  iaf_psc_delta() {
    using namespace iaf_psc_delta_layout;
    summary = "Leaky integrate-and-fire neuron with delta-shaped postsynaptic potentials.";
    source = "Brunel (2000) J Comput Neurosci 8:183; Rotter & Diesmann (1999) Biol Cybern 81:381";
    parameters = {
        common::tau_m(10),
        common::C_m(250),
        common::t_ref(2),
        common::E_L(-70),
        common::I_e(0),
        common::V_th(-55),
        common::V_reset(-70),
        common::V_min(),
        {"refractory_input", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
         "Keep input that arrives during refractoriness, decaying, and apply it afterwards."},
        {"ignore_and_spike", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
         "Ignore the threshold and fire at fixed times instead."},
        {"ignore_and_spike_offset", ParameterType::kDouble, "ms", 1, Range::positive(),
         Role::kParameter, "First spike after ignore_and_spike is switched on."},
        {"ignore_and_spike_interval", ParameterType::kDouble, "ms", 100, Range::positive(),
         Role::kParameter, "Interval between such spikes."},
    };
    states = {common::V_m(-70, kV, E_L)};
    state_columns = kColumns;
    coefficients = kCoefficients;
    vector_kernel = &simd::Kernels::iaf_psc_delta;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace iaf_psc_delta_layout;
    c[kP33] = elementary::exp(-grid.resolution_ms() / p[tau_m]);
    c[kP30] = 1 / p[C_m] * (1 - c[kP33]) * p[tau_m];
    c[kDrive] = c[kP30] * p[I_e];
    c[kTheta] = p[V_th] - p[E_L];
    c[kReset] = p[V_reset] - p[E_L];
    c[kFloor] = common::relative_floor(p[V_min], p[E_L]);
    c[kRefractorySteps] = static_cast<double>(grid.steps_from_ms_ceil(p[t_ref]));
  }
};

}  // namespace tegmenta

#endif
