// izhikevich: two-variable spiking neuron, Izhikevich (2003) IEEE Trans Neural Netw 14:1569–1572.
// Forward Euler, or the published scheme with two half steps of v. Order of events:
// that of NEST 3.10's izhikevich.
#pragma once

namespace tegmenta::izhikevich_layout {
enum Column { kV, kU, kColumns };
enum Coefficient { kStep, kRate, kB, kC, kD, kDrive, kTheta, kFloor, kConsistent, kCoefficients };
}  // namespace tegmenta::izhikevich_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

// v ← v + h (0.04 v² + 5 v + 140 − u + I_stim + I_e) + s, u ← u + h a (b v − u) from the old v.
// The published scheme: twice v ← v + h/2 (0.04 v² + 5 v + 140 − u + I_stim + I_e + s), then u from
// the new v.
template <bool kUniform>
struct izhikevich_lanes {
  double *v_column, *u_column;
  LaneValues<kUniform> h, rate, coupling, reset, jump, constant, theta, floor, consistent;

  TEGMENTA_INLINE explicit izhikevich_lanes(const NeuronBlock& b)
      : v_column(b.state[izhikevich_layout::kV]),
        u_column(b.state[izhikevich_layout::kU]),
        h(b, izhikevich_layout::kStep),
        rate(b, izhikevich_layout::kRate),
        coupling(b, izhikevich_layout::kB),
        reset(b, izhikevich_layout::kC),
        jump(b, izhikevich_layout::kD),
        constant(b, izhikevich_layout::kDrive),
        theta(b, izhikevich_layout::kTheta),
        floor(b, izhikevich_layout::kFloor),
        consistent(b, izhikevich_layout::kConsistent) {}

  TEGMENTA_INLINE I step(const StepInputs& in, int i) const {
    const V v = load(v_column + i);
    const V u = load(u_column + i);
    const V input = load(in.excitatory + i) + load(in.inhibitory + i);
    const auto slope_at = [&](V at) __attribute__((always_inline)) {
      V slope = 0.04 * at * at + 5.0 * at + 140.0 - u;
      if (in.current) slope = slope + load(in.current + i);
      return slope + constant[i];
    };
    V next = (v + h[i] * slope_at(v)) + input;
    V next_u = u + rate[i] * (coupling[i] * v - u);
    const I published = consistent[i] == 0.0;
    if (bits(published)) {
      const V half_step = 0.5 * h[i];
      V w = v + half_step * (slope_at(v) + input);
      w = w + half_step * (slope_at(w) + input);
      next = select(published, w, next);
      next_u = select(published, u + rate[i] * (coupling[i] * w - u), next_u);
    }
    next = select(next < floor[i], floor[i], next);
    const I fires = next >= theta[i];
    store(v_column + i, select(fires, reset[i], next));
    store(u_column + i, select(fires, next_u + jump[i], next_u));
    return fires;
  }
};

void izhikevich_update(const NeuronBlock& b) { advance<izhikevich_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class izhikevich final : public NeuronModel {
  TEGMENTA_PARAMETERS(a, b, c, d, I_e, V_th, V_min, consistent_integration)

 public:
  izhikevich() {
    using namespace izhikevich_layout;
    summary =
        "Izhikevich's two-variable neuron: reproduces many firing patterns with four "
        "parameters; an input spike shifts the potential by its weight (mV).";
    source = "Izhikevich (2003) IEEE Trans Neural Netw 14:1569";
    parameters = {
        common::parameter("a", "1/ms", 0.02, Range::finite(),
                          "Rate of the recovery variable U_m: smaller is slower."),
        common::parameter("b", "", 0.2, Range::finite(),
                          "Sensitivity of U_m to the potential below threshold."),
        common::parameter("c", "mV", -65, Range::finite(), "Potential right after a spike."),
        common::parameter("d", "mV", 8, Range::finite(), "Added to U_m at each spike."),
        common::I_e(0),
        common::V_th(30,
                     "Cut-off of the spike: the neuron fires and is reset when its potential "
                     "reaches this value."),
        common::V_min(),
        common::flag("consistent_integration", true,
                     "Forward Euler at any resolution; if false, the published scheme, which "
                     "halves the step of the potential and is meant for a resolution of 1 ms."),
    };
    common::append_archive(parameters);
    StateDeclaration recovery = common::state("U_m", "mV", kU, "Recovery variable.");
    recovery.default_value = -13;
    states = {common::V_m(-65, kV), recovery};
    state_columns = kColumns;
    coefficients = kCoefficients;
    vector_kernel = &simd::Kernels::izhikevich;
  }

  void calibrate(const double* p, const TimeGrid& grid, double* k) const override {
    using namespace izhikevich_layout;
    k[kStep] = grid.resolution_ms();
    k[kRate] = grid.resolution_ms() * p[Parameter::a];
    k[kB] = p[Parameter::b];
    k[kC] = p[Parameter::c];
    k[kD] = p[Parameter::d];
    k[kDrive] = p[I_e];
    k[kTheta] = p[V_th];
    k[kFloor] = p[V_min];
    k[kConsistent] = p[consistent_integration];
  }
};

}  // namespace tegmenta

#endif
