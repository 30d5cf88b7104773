// iaf_psc_delta: leaky integrate-and-fire neuron whose input spikes shift the potential.
// Exact integration, Rotter & Diesmann (1999) Biol Cybern 81:381–402; voltage jumps as in
// Brunel (2000) J Comput Neurosci 8:183–208. Order of events: that of NEST 3.10's iaf_psc_delta.
#pragma once

namespace tegmenta::iaf_psc_delta_layout {
enum Column { kV, kRefractory, kBuffer, kCountdown, kColumns };
enum Coefficient {
  kP33,
  kDrive,
  kP30,
  kTheta,
  kReset,
  kFloor,
  kRefractorySteps,
  // Scalar update only.
  kKeepInput,
  kDecayPerStep,
  kForced,
  kForcedOffset,
  kForcedInterval,
  kCoefficients
};
}  // namespace tegmenta::iaf_psc_delta_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

// v ← P30 (I_stim + I_e) + P33 v + s, v relative to E_L; held at V_reset while refractory.
template <bool kUniform>
struct iaf_psc_delta_lanes {
  HeldForSteps<kUniform> held;
  LaneValues<kUniform> p33, p30, constant, floor;

  TEGMENTA_INLINE explicit iaf_psc_delta_lanes(const NeuronBlock& b)
      : held{b.state[iaf_psc_delta_layout::kV],
             b.state[iaf_psc_delta_layout::kRefractory],
             {b, iaf_psc_delta_layout::kTheta},
             {b, iaf_psc_delta_layout::kReset},
             {b, iaf_psc_delta_layout::kRefractorySteps}},
        p33(b, iaf_psc_delta_layout::kP33),
        p30(b, iaf_psc_delta_layout::kP30),
        constant(b, iaf_psc_delta_layout::kDrive),
        floor(b, iaf_psc_delta_layout::kFloor) {}

  TEGMENTA_INLINE I step(const StepInputs& in, int i) const {
    V drive = constant[i];
    if (in.current) drive = p30[i] * load(in.current + i) + drive;
    const V moved =
        (drive + p33[i] * load(held.v + i)) + (load(in.excitatory + i) + load(in.inhibitory + i));
    return held.step(i, select(moved < floor[i], floor[i], moved));
  }
};

void iaf_psc_delta_update(const NeuronBlock& b) { advance<iaf_psc_delta_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include <algorithm>

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class iaf_psc_delta final : public NeuronModel {
  TEGMENTA_PARAMETERS(tau_m, C_m, t_ref, E_L, I_e, V_th, V_reset, V_min, refractory_input,
                      ignore_and_spike, ignore_and_spike_offset, ignore_and_spike_interval)

 public:
  iaf_psc_delta() {
    using namespace iaf_psc_delta_layout;
    summary =
        "Leaky integrate-and-fire neuron with delta-shaped postsynaptic currents: an input "
        "spike shifts the potential by its weight (mV).";
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
        common::flag("refractory_input", false,
                     "Keep input that arrives during refractoriness, decaying with tau_m, and add "
                     "it when the refractory period ends; otherwise that input is lost."),
        common::flag("ignore_and_spike", false,
                     "Ignore the threshold and fire at fixed times instead; the potential is still "
                     "integrated and reset."),
        common::parameter("ignore_and_spike_offset", "ms", 1, Range::positive(),
                          "With ignore_and_spike: time until the first spike, counted from when "
                          "the mechanism is first used, or from when it is set again."),
        common::parameter("ignore_and_spike_interval", "ms", 100, Range::positive(),
                          "With ignore_and_spike: time between spikes."),
    };
    common::append_archive(parameters);
    states = {common::V_m(-70, kV, E_L)};
    state_columns = kColumns;
    vector_columns = kBuffer;
    coefficients = kCoefficients;
    vector_kernel = &simd::Kernels::iaf_psc_delta;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace iaf_psc_delta_layout;
    const double h = grid.resolution_ms();
    c[kP33] = elementary::exp(-h / p[tau_m]);
    c[kP30] = 1 / p[C_m] * (1 - c[kP33]) * p[tau_m];
    c[kDrive] = c[kP30] * p[I_e];
    c[kTheta] = p[V_th] - p[E_L];
    c[kReset] = p[V_reset] - p[E_L];
    c[kFloor] = common::relative_floor(p[V_min], p[E_L]);
    c[kRefractorySteps] = common::refractory_steps(p[t_ref], grid);
    c[kKeepInput] = p[refractory_input];
    c[kDecayPerStep] = -h / p[tau_m];
    c[kForced] = p[ignore_and_spike];
    c[kForcedOffset] = whole_steps(p[ignore_and_spike_offset], grid);
    c[kForcedInterval] = whole_steps(p[ignore_and_spike_interval], grid);
  }

  bool needs_scalar(const double* p) const override {
    return p[refractory_input] != 0 || p[ignore_and_spike] != 0;
  }

  int begun_anew_by(int parameter) const override {
    return parameter >= ignore_and_spike && parameter <= ignore_and_spike_interval
               ? iaf_psc_delta_layout::kCountdown
               : -1;
  }

  void update_scalar(const NeuronBlock& b) const override {
    using namespace iaf_psc_delta_layout;
    common::for_each_neuron(b, [&](int, int lane, int index) {
      const common::LaneCoefficients c(b, lane);
      double& v = b.state[kV][lane];
      double& r = b.state[kRefractory][lane];
      const bool keep_input = c[kKeepInput] != 0;
      const double input = b.excitatory[index] + b.inhibitory[index];
      if (r == 0) {
        double drive = c[kDrive];
        if (b.current) drive = c[kP30] * b.current[index] + drive;
        v = (drive + c[kP33] * v) + input;
        if (keep_input) {
          v += b.state[kBuffer][lane];
          b.state[kBuffer][lane] = 0;
        }
        v = v < c[kFloor] ? c[kFloor] : v;
      } else {
        if (keep_input) b.state[kBuffer][lane] += input * elementary::exp(r * c[kDecayPerStep]);
        r -= 1;
      }
      const bool fires = c[kForced] != 0 ? forced_spike(b, lane, c) : v >= c[kTheta];
      if (fires) {
        r = c[kRefractorySteps];
        v = c[kReset];
      }
      return static_cast<std::uint32_t>(fires);
    });
  }

 private:
  static double whole_steps(double ms, const TimeGrid& grid) {
    return std::max(1.0, static_cast<double>(grid.steps_from_ms_ceil(ms)));
  }

  /// Counts down to the next forced spike; 0 before the first use.
  static bool forced_spike(const NeuronBlock& b, int lane, const common::LaneCoefficients& c) {
    using namespace iaf_psc_delta_layout;
    double& countdown = b.state[kCountdown][lane];
    if (countdown == 0) countdown = c[kForcedOffset];
    countdown -= 1;
    if (countdown > 0) return false;
    countdown = c[kForcedInterval];
    return true;
  }
};

}  // namespace tegmenta

#endif
