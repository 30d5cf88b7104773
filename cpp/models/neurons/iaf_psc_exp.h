// iaf_psc_exp: leaky integrate-and-fire neuron with exponentially decaying synaptic currents.
// Exact integration, Rotter & Diesmann (1999) Biol Cybern 81:381–402; Tsodyks, Uziel & Markram
// (2000) J Neurosci 20:RC50. Filtered current: Schuecker, Diesmann & Helias (2015) PRE 92:052119.
// Stochastic threshold: escape noise, Gerstner & Kistler (2002) Spiking Neuron Models, ch. 5.3.
// Order of events: that of NEST 3.10's iaf_psc_exp.
#pragma once

namespace tegmenta::iaf_psc_exp_layout {
enum Column { kV, kCurrentEx, kCurrentIn, kRefractory, kColumns };
enum Coefficient {
  kP22,
  kP21Ex,
  kP21In,
  kP11Ex,
  kP11In,
  kP20,
  kDrive,
  kTheta,
  kReset,
  kRefractorySteps,
  // Scalar update only.
  kDelta,
  kRatePerStep,
  kCoefficients
};
}  // namespace tegmenta::iaf_psc_exp_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

// v ← P22 v + P21ex i_ex + P21in i_in + P20 (I_e + I_stim), v relative to E_L; the currents decay
// (also while refractory) and then take this step's input, which v sees in the next step.
template <bool kUniform>
struct iaf_psc_exp_lanes {
  HeldForSteps<kUniform> held;
  double *i_ex, *i_in;
  LaneValues<kUniform> p22, p21_ex, p21_in, p11_ex, p11_in, p20, constant;

  TEGMENTA_INLINE explicit iaf_psc_exp_lanes(const NeuronBlock& b)
      : held{b.state[iaf_psc_exp_layout::kV],
             b.state[iaf_psc_exp_layout::kRefractory],
             {b, iaf_psc_exp_layout::kTheta},
             {b, iaf_psc_exp_layout::kReset},
             {b, iaf_psc_exp_layout::kRefractorySteps}},
        i_ex(b.state[iaf_psc_exp_layout::kCurrentEx]),
        i_in(b.state[iaf_psc_exp_layout::kCurrentIn]),
        p22(b, iaf_psc_exp_layout::kP22),
        p21_ex(b, iaf_psc_exp_layout::kP21Ex),
        p21_in(b, iaf_psc_exp_layout::kP21In),
        p11_ex(b, iaf_psc_exp_layout::kP11Ex),
        p11_in(b, iaf_psc_exp_layout::kP11In),
        p20(b, iaf_psc_exp_layout::kP20),
        constant(b, iaf_psc_exp_layout::kDrive) {}

  TEGMENTA_INLINE I step(const StepInputs& in, int i) const {
    const V ex = load(i_ex + i);
    const V inh = load(i_in + i);
    V drive = constant[i];
    if (in.current) drive = p20[i] * load(in.current + i) + drive;
    const V moved = ((load(held.v + i) * p22[i] + ex * p21_ex[i]) + inh * p21_in[i]) + drive;
    V next_ex = ex * p11_ex[i];
    if (in.filtered) next_ex = next_ex + (splat(1) - p11_ex[i]) * load(in.filtered + i);
    store(i_ex + i, next_ex + load(in.excitatory + i));
    store(i_in + i, inh * p11_in[i] + load(in.inhibitory + i));
    return held.step(i, moved);
  }
};

void iaf_psc_exp_update(const NeuronBlock& b) { advance<iaf_psc_exp_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include "base/elementary.h"
#include "base/random.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class iaf_psc_exp final : public NeuronModel {
  TEGMENTA_PARAMETERS(tau_m, C_m, t_ref, E_L, I_e, V_th, V_reset, tau_syn_ex, tau_syn_in, rho,
                      delta)

 public:
  iaf_psc_exp() {
    using namespace iaf_psc_exp_layout;
    summary =
        "Leaky integrate-and-fire neuron with exponential postsynaptic currents: an input "
        "spike raises the synaptic current by its weight (pA).";
    source =
        "Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50; Rotter & Diesmann (1999) "
        "Biol Cybern 81:381; Schuecker, Diesmann & Helias (2015) Phys Rev E 92:052119";
    parameters = {
        common::tau_m(10),
        common::C_m(250),
        common::t_ref(2),
        common::E_L(-70),
        common::I_e(0),
        common::V_th(-55),
        common::V_reset(-70),
        common::tau_syn_ex(2, "Decay time of the excitatory synaptic current."),
        common::tau_syn_in(2, "Decay time of the inhibitory synaptic current."),
        common::parameter("rho", "1/s", 0.01, Range::non_negative(),
                          "Firing rate at threshold when firing is stochastic (delta > 0)."),
        common::parameter("delta", "mV", 0, Range::non_negative(),
                          "Width of the stochastic threshold; at 0 the neuron fires whenever it "
                          "reaches V_th."),
    };
    common::append_archive(parameters);
    states = {
        common::V_m(-70, kV, E_L),
        common::read_only(
            common::state("I_syn_ex", "pA", kCurrentEx, "Excitatory synaptic current.")),
        common::read_only(
            common::state("I_syn_in", "pA", kCurrentIn, "Inhibitory synaptic current.")),
    };
    state_columns = kColumns;
    coefficients = kCoefficients;
    has_filtered_current = true;
    vector_kernel = &simd::Kernels::iaf_psc_exp;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace iaf_psc_exp_layout;
    const double h = grid.resolution_ms();
    c[kP22] = elementary::exp(-h / p[tau_m]);
    c[kP21Ex] = common::current_to_potential(p[tau_syn_ex], p[tau_m], p[C_m], h);
    c[kP21In] = common::current_to_potential(p[tau_syn_in], p[tau_m], p[C_m], h);
    c[kP11Ex] = elementary::exp(-h / p[tau_syn_ex]);
    c[kP11In] = elementary::exp(-h / p[tau_syn_in]);
    c[kP20] = p[tau_m] / p[C_m] * (1 - c[kP22]);
    c[kDrive] = c[kP20] * p[I_e];
    c[kTheta] = p[V_th] - p[E_L];
    c[kReset] = p[V_reset] - p[E_L];
    c[kRefractorySteps] = common::refractory_steps(p[t_ref], grid);
    c[kDelta] = p[delta];
    c[kRatePerStep] = p[rho] * h * 1e-3;
  }

  bool needs_scalar(const double* p) const override { return p[delta] >= kSharp; }

  void update_scalar(const NeuronBlock& b) const override {
    using namespace iaf_psc_exp_layout;
    common::for_each_neuron(b, [&](int s, int lane, int index) {
      const common::LaneCoefficients c(b, lane);
      double& v = b.state[kV][lane];
      double& r = b.state[kRefractory][lane];
      double& i_ex = b.state[kCurrentEx][lane];
      double& i_in = b.state[kCurrentIn][lane];
      if (r == 0) {
        double drive = c[kDrive];
        if (b.current) drive = c[kP20] * b.current[index] + drive;
        v = ((v * c[kP22] + i_ex * c[kP21Ex]) + i_in * c[kP21In]) + drive;
      } else {
        r -= 1;
      }
      i_ex *= c[kP11Ex];
      if (b.filtered_current) i_ex += (1 - c[kP11Ex]) * b.filtered_current[index];
      i_ex += b.excitatory[index];
      i_in = i_in * c[kP11In] + b.inhibitory[index];
      const bool fires =
          c[kDelta] < kSharp ? v >= c[kTheta] : stochastic_spike(b, s, lane, v - c[kTheta], c);
      if (fires) {
        r = c[kRefractorySteps];
        v = c[kReset];
      }
      return static_cast<std::uint32_t>(fires);
    });
  }

 private:
  /// Below this width (mV) of the threshold firing is deterministic.
  static constexpr double kSharp = 1e-10;

  /// Fires with probability rho·h·exp((V − V_th)/delta), also while refractory.
  static bool stochastic_spike(const NeuronBlock& b, int step, int lane, double above_threshold,
                               const common::LaneCoefficients& c) {
    using namespace iaf_psc_exp_layout;
    if (!(c[kDelta] > kSharp)) return false;
    const std::uint64_t absolute_step = static_cast<std::uint64_t>(b.first_step + step);
    RandomStream random(
        b.seed, Purpose::kThreshold, b.first_node + static_cast<std::uint32_t>(lane),
        static_cast<std::uint32_t>(absolute_step), static_cast<std::uint32_t>(absolute_step >> 32));
    return random.uniform01() < c[kRatePerStep] * elementary::exp(above_threshold / c[kDelta]);
  }
};

}  // namespace tegmenta

#endif
