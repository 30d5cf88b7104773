// iaf_cond_exp: leaky integrate-and-fire neuron with exponentially decaying conductances.
// Meffin, Burkitt & Grayden (2004) J Comput Neurosci 16:159–175. Order of events:
// that of NEST 3.10's iaf_cond_exp.
#pragma once

namespace tegmenta::iaf_cond_exp_layout {
enum Column { kV, kGEx, kGIn, kRefractory, kSubstep, kColumns };
enum Coefficient {
  kTheta,
  kReset,
  kRefractorySteps,
  kLeak,
  kElastance,
  kReversalEx,
  kReversalIn,
  kRest,
  kDecayEx,
  kDecayIn,
  kConstantCurrent,
  kCoefficients
};
}  // namespace tegmenta::iaf_cond_exp_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

template <bool kUniform>
struct iaf_cond_exp_lanes {
  static constexpr int kComponents = 3;
  static constexpr int kSubstep = iaf_cond_exp_layout::kSubstep;
  static constexpr bool kSlopeTolerance = false;
  static constexpr bool kUpstroke = false;

  HeldMembrane<kUniform> membrane;
  double *g_ex, *g_in;
  LaneValues<kUniform> leak, elastance, reversal_ex, reversal_in, rest, decay_ex, decay_in,
      constant;

  TEGMENTA_INLINE explicit iaf_cond_exp_lanes(const NeuronBlock& b)
      : membrane{b.state[iaf_cond_exp_layout::kV],
                 b.state[iaf_cond_exp_layout::kRefractory],
                 {b, iaf_cond_exp_layout::kTheta},
                 {b, iaf_cond_exp_layout::kReset},
                 {b, iaf_cond_exp_layout::kRefractorySteps}},
        g_ex(b.state[iaf_cond_exp_layout::kGEx]),
        g_in(b.state[iaf_cond_exp_layout::kGIn]),
        leak(b, iaf_cond_exp_layout::kLeak),
        elastance(b, iaf_cond_exp_layout::kElastance),
        reversal_ex(b, iaf_cond_exp_layout::kReversalEx),
        reversal_in(b, iaf_cond_exp_layout::kReversalIn),
        rest(b, iaf_cond_exp_layout::kRest),
        decay_ex(b, iaf_cond_exp_layout::kDecayEx),
        decay_in(b, iaf_cond_exp_layout::kDecayIn),
        constant(b, iaf_cond_exp_layout::kConstantCurrent) {}

  // C V' = I − g_L (V − E_L) − g_ex (V − E_ex) − g_in (V − E_in), τ g' = −g.
  template <typename At>
  TEGMENTA_INLINE auto dynamics(const StepInputs& in, const At& at) const {
    const I held = load_at(membrane.left, at) > 0.0;
    const V ceiling = membrane.theta[at], reset = membrane.reset[at], g_L = leak[at],
            per_C = elastance[at], E_ex = reversal_ex[at], E_in = reversal_in[at], E_L = rest[at],
            rate_ex = decay_ex[at], rate_in = decay_in[at];
    V drive = constant[at];
    if (in.current) drive = load_at(in.current, at) + drive;
    return [=](const V* y, V* dydt) __attribute__((always_inline)) {
      const V v = select(held, reset, select(ceiling < y[0], ceiling, y[0]));
      const V flow = ((drive - g_L * (v - E_L)) - y[1] * (v - E_ex)) - y[2] * (v - E_in);
      dydt[0] = select(held, V{}, flow * per_C);
      dydt[1] = y[1] * rate_ex;
      dydt[2] = y[2] * rate_in;
    };
  }

  template <typename At>
  TEGMENTA_INLINE ErrorTolerance tolerance(const At&) const {
    return {splat(1e-3), V{}};
  }

  template <typename At>
  TEGMENTA_INLINE I after_substep(const At&, V*, I, double*) const {
    return I{};
  }

  TEGMENTA_INLINE I finish(const StepInputs& in, int i, double*) const {
    store(g_ex + i, load(g_ex + i) + load(in.excitatory + i));
    store(g_in + i, load(g_in + i) - load(in.inhibitory + i));
    return membrane.finish(i);
  }
};

void iaf_cond_exp_update(const NeuronBlock& b) { integrate<iaf_cond_exp_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class iaf_cond_exp final : public NeuronModel {
  TEGMENTA_PARAMETERS(V_th, V_reset, t_ref, g_L, C_m, E_ex, E_in, E_L, tau_syn_ex, tau_syn_in, I_e)

 public:
  iaf_cond_exp() {
    using namespace iaf_cond_exp_layout;
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
    vector_kernel = &simd::Kernels::iaf_cond_exp;
  }

  void check(const double* p, const double*) const override {
    common::check_reset_below_threshold(*this, p[V_reset], p[V_th]);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace iaf_cond_exp_layout;
    c[kTheta] = p[V_th];
    c[kReset] = p[V_reset];
    c[kRefractorySteps] = common::refractory_steps(p[t_ref], grid);
    c[kLeak] = p[g_L];
    c[kElastance] = 1 / p[C_m];
    c[kReversalEx] = p[E_ex];
    c[kReversalIn] = p[E_in];
    c[kRest] = p[E_L];
    c[kDecayEx] = -1 / p[tau_syn_ex];
    c[kDecayIn] = -1 / p[tau_syn_in];
    c[kConstantCurrent] = p[I_e];
  }

  void initialise(const double*, const TimeGrid& grid, double* const* columns,
                  std::size_t lane) const override {
    columns[iaf_cond_exp_layout::kSubstep][lane] = grid.resolution_ms();
  }
};

}  // namespace tegmenta

#endif
