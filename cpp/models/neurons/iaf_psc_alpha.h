// iaf_psc_alpha: leaky integrate-and-fire neuron with alpha-shaped synaptic currents.
// Exact integration, Rotter & Diesmann (1999) Biol Cybern 81:381–402. Order of events:
// that of NEST 3.10's iaf_psc_alpha.
#pragma once

namespace tegmenta::iaf_psc_alpha_layout {
enum Column { kV, kCurrentEx, kSlopeEx, kCurrentIn, kSlopeIn, kRefractory, kColumns };
enum Coefficient {
  kExpm1,
  kP30,
  kDrive,
  kP31Ex,
  kP32Ex,
  kP31In,
  kP32In,
  kP11Ex,
  kP21Ex,
  kJumpEx,
  kP11In,
  kP21In,
  kJumpIn,
  kTheta,
  kReset,
  kFloor,
  kRefractorySteps,
  kCoefficients
};
}  // namespace tegmenta::iaf_psc_alpha_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

// v ← P30 (I_stim + I_e) + P31 dI + P32 I (both synapses) + expm1(−h/τm) v + v, v relative to E_L;
// then the currents advance and dI takes this step's input (slope e/τ per pA of peak).
template <bool kUniform>
struct iaf_psc_alpha_lanes {
  HeldForSteps<kUniform> held;
  double *i_ex, *di_ex, *i_in, *di_in;
  LaneValues<kUniform> expm1_tau, p30, constant, p31_ex, p32_ex, p31_in, p32_in, p11_ex, p21_ex,
      jump_ex, p11_in, p21_in, jump_in, floor;

  TEGMENTA_INLINE explicit iaf_psc_alpha_lanes(const NeuronBlock& b)
      : held{b.state[iaf_psc_alpha_layout::kV],
             b.state[iaf_psc_alpha_layout::kRefractory],
             {b, iaf_psc_alpha_layout::kTheta},
             {b, iaf_psc_alpha_layout::kReset},
             {b, iaf_psc_alpha_layout::kRefractorySteps}},
        i_ex(b.state[iaf_psc_alpha_layout::kCurrentEx]),
        di_ex(b.state[iaf_psc_alpha_layout::kSlopeEx]),
        i_in(b.state[iaf_psc_alpha_layout::kCurrentIn]),
        di_in(b.state[iaf_psc_alpha_layout::kSlopeIn]),
        expm1_tau(b, iaf_psc_alpha_layout::kExpm1),
        p30(b, iaf_psc_alpha_layout::kP30),
        constant(b, iaf_psc_alpha_layout::kDrive),
        p31_ex(b, iaf_psc_alpha_layout::kP31Ex),
        p32_ex(b, iaf_psc_alpha_layout::kP32Ex),
        p31_in(b, iaf_psc_alpha_layout::kP31In),
        p32_in(b, iaf_psc_alpha_layout::kP32In),
        p11_ex(b, iaf_psc_alpha_layout::kP11Ex),
        p21_ex(b, iaf_psc_alpha_layout::kP21Ex),
        jump_ex(b, iaf_psc_alpha_layout::kJumpEx),
        p11_in(b, iaf_psc_alpha_layout::kP11In),
        p21_in(b, iaf_psc_alpha_layout::kP21In),
        jump_in(b, iaf_psc_alpha_layout::kJumpIn),
        floor(b, iaf_psc_alpha_layout::kFloor) {}

  TEGMENTA_INLINE I step(const StepInputs& in, int i) const {
    const V v = load(held.v + i);
    const V ex = load(i_ex + i), slope_ex = load(di_ex + i);
    const V inh = load(i_in + i), slope_in = load(di_in + i);
    V drive = constant[i];
    if (in.current) drive = p30[i] * load(in.current + i) + drive;
    const V from_ex = p31_ex[i] * slope_ex + p32_ex[i] * ex;
    const V from_in = p31_in[i] * slope_in + p32_in[i] * inh;
    const V moved = ((drive + from_ex) + from_in) + expm1_tau[i] * v + v;
    store(i_ex + i, p21_ex[i] * slope_ex + p11_ex[i] * ex);
    store(di_ex + i, slope_ex * p11_ex[i] + jump_ex[i] * load(in.excitatory + i));
    store(i_in + i, p21_in[i] * slope_in + p11_in[i] * inh);
    store(di_in + i, slope_in * p11_in[i] + jump_in[i] * load(in.inhibitory + i));
    return held.step(i, select(moved < floor[i], floor[i], moved));
  }
};

void iaf_psc_alpha_update(const NeuronBlock& b) { advance<iaf_psc_alpha_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include <limits>
#include <numbers>

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class iaf_psc_alpha final : public NeuronModel {
  TEGMENTA_PARAMETERS(tau_m, C_m, t_ref, E_L, I_e, V_th, V_reset, V_min, tau_syn_ex, tau_syn_in)

 public:
  iaf_psc_alpha() {
    using namespace iaf_psc_alpha_layout;
    summary =
        "Leaky integrate-and-fire neuron with alpha-shaped postsynaptic currents: an input "
        "spike causes a current whose peak is its weight (pA).";
    source =
        "Diesmann, Gewaltig & Aertsen (1999) Nature 402:529; Rotter & Diesmann (1999) "
        "Biol Cybern 81:381";
    parameters = {
        common::tau_m(10),
        common::C_m(250),
        common::t_ref(2),
        common::E_L(-70),
        common::I_e(0),
        common::V_th(-55),
        common::V_reset(-70),
        common::V_min(-std::numeric_limits<double>::infinity()),
        common::tau_syn_ex(2,
                           "Rise time of the excitatory synaptic current: it peaks this long "
                           "after the spike."),
        common::tau_syn_in(2,
                           "Rise time of the inhibitory synaptic current: it peaks this long "
                           "after the spike."),
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
    vector_kernel = &simd::Kernels::iaf_psc_alpha;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace iaf_psc_alpha_layout;
    const double h = grid.resolution_ms();
    c[kExpm1] = elementary::expm1(-h / p[tau_m]);
    c[kP30] = -p[tau_m] / p[C_m] * c[kExpm1];
    c[kDrive] = c[kP30] * p[I_e];
    c[kP31Ex] = common::alpha_to_potential(p[tau_syn_ex], p[tau_m], p[C_m], h);
    c[kP32Ex] = common::current_to_potential(p[tau_syn_ex], p[tau_m], p[C_m], h);
    c[kP31In] = common::alpha_to_potential(p[tau_syn_in], p[tau_m], p[C_m], h);
    c[kP32In] = common::current_to_potential(p[tau_syn_in], p[tau_m], p[C_m], h);
    c[kP11Ex] = elementary::exp(-h / p[tau_syn_ex]);
    c[kP21Ex] = h * c[kP11Ex];
    c[kJumpEx] = std::numbers::e / p[tau_syn_ex];
    c[kP11In] = elementary::exp(-h / p[tau_syn_in]);
    c[kP21In] = h * c[kP11In];
    c[kJumpIn] = std::numbers::e / p[tau_syn_in];
    c[kTheta] = p[V_th] - p[E_L];
    c[kReset] = p[V_reset] - p[E_L];
    c[kFloor] = common::relative_floor(p[V_min], p[E_L]);
    c[kRefractorySteps] = common::refractory_steps(p[t_ref], grid);
  }
};

}  // namespace tegmenta

#endif
