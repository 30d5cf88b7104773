// aeif_cond_exp: adaptive exponential integrate-and-fire neuron with exponential conductances.
// Brette & Gerstner (2005) J Neurophysiol 94:3637–3642. Order of events: that of NEST 3.10's
// aeif_cond_exp.
#pragma once

namespace tegmenta::aeif_cond_exp_layout {
enum Column { kV, kGEx, kGIn, kW, kRefractory, kSubstep, kColumns };
enum Coefficient {
  kPeak,
  kEffectivePeak,
  kReset,
  kRefractorySteps,
  kLeak,
  kElastance,
  kReversalEx,
  kReversalIn,
  kRest,
  kUpstroke,  // g_L Δ_T, pA
  kSteepness,
  kRateW,
  kA,
  kB,
  kTheta,
  kDecayEx,
  kDecayIn,
  kConstantCurrent,
  kTolerance,
  kCoefficients
};
}  // namespace tegmenta::aeif_cond_exp_layout

#ifdef TEGMENTA_KERNEL_PASS

namespace tegmenta {
namespace {

template <bool kUniform>
struct aeif_cond_exp_lanes {
  static constexpr int kComponents = 4;
  static constexpr int kSubstep = aeif_cond_exp_layout::kSubstep;
  static constexpr bool kSlopeTolerance = true;
  static constexpr bool kUpstroke = true;

  double *g_ex, *g_in, *left;
  LaneValues<kUniform> peak, effective_peak, reset, refractory, leak, elastance, reversal_ex,
      reversal_in, rest, upstroke, steepness, rate_w, a, jump_w, theta, decay_ex, decay_in,
      constant, allowed;

  TEGMENTA_INLINE explicit aeif_cond_exp_lanes(const NeuronBlock& b)
      : g_ex(b.state[aeif_cond_exp_layout::kGEx]),
        g_in(b.state[aeif_cond_exp_layout::kGIn]),
        left(b.state[aeif_cond_exp_layout::kRefractory]),
        peak(b, aeif_cond_exp_layout::kPeak),
        effective_peak(b, aeif_cond_exp_layout::kEffectivePeak),
        reset(b, aeif_cond_exp_layout::kReset),
        refractory(b, aeif_cond_exp_layout::kRefractorySteps),
        leak(b, aeif_cond_exp_layout::kLeak),
        elastance(b, aeif_cond_exp_layout::kElastance),
        reversal_ex(b, aeif_cond_exp_layout::kReversalEx),
        reversal_in(b, aeif_cond_exp_layout::kReversalIn),
        rest(b, aeif_cond_exp_layout::kRest),
        upstroke(b, aeif_cond_exp_layout::kUpstroke),
        steepness(b, aeif_cond_exp_layout::kSteepness),
        rate_w(b, aeif_cond_exp_layout::kRateW),
        a(b, aeif_cond_exp_layout::kA),
        jump_w(b, aeif_cond_exp_layout::kB),
        theta(b, aeif_cond_exp_layout::kTheta),
        decay_ex(b, aeif_cond_exp_layout::kDecayEx),
        decay_in(b, aeif_cond_exp_layout::kDecayIn),
        constant(b, aeif_cond_exp_layout::kConstantCurrent),
        allowed(b, aeif_cond_exp_layout::kTolerance) {}

  // C V' = −g_L (V − E_L) + g_L Δ_T exp((V − V_th)/Δ_T) − g_ex (V − E_ex) − g_in (V − E_in) − w +
  // I, τ_w w' = a (V − E_L) − w, τ g' = −g.
  template <typename At>
  TEGMENTA_INLINE auto dynamics(const StepInputs& in, const At& at) const {
    const I held = load_at(left, at) > 0.0;
    const V ceiling = peak[at], V_reset = reset[at], g_L = leak[at], per_C = elastance[at],
            E_ex = reversal_ex[at], E_in = reversal_in[at], E_L = rest[at], rise = upstroke[at],
            steep = steepness[at], V_th = theta[at], coupling = a[at], per_tau_w = rate_w[at],
            rate_ex = decay_ex[at], rate_in = decay_in[at];
    V drive = constant[at];
    if (in.current) drive = load_at(in.current, at) + drive;
    return [=](const V* y, V* dydt) __attribute__((always_inline)) {
      using namespace aeif_cond_exp_layout;
      const V v = select(held, V_reset, select(ceiling < y[kV], ceiling, y[kV]));
      const V depolarisation = v - E_L;
      const V flow = ((((rise * elementary::core::exp((v - V_th) * steep) - g_L * depolarisation) -
                        y[kGEx] * (v - E_ex)) -
                       y[kGIn] * (v - E_in)) -
                      y[kW]) +
                     drive;
      dydt[kV] = select(held, V{}, flow * per_C);
      dydt[kGEx] = y[kGEx] * rate_ex;
      dydt[kGIn] = y[kGIn] * rate_in;
      dydt[kW] = (coupling * depolarisation - y[kW]) * per_tau_w;
    };
  }

  template <typename At>
  TEGMENTA_INLINE ErrorTolerance tolerance(const At& at) const {
    return {allowed[at], allowed[at]};
  }

  // An exponential that rises by Delta_T at its present slope is infinite before that.
  template <typename At>
  TEGMENTA_INLINE I rises(const At& at, V rise) const {
    return (steepness[at] > 0.0) & (rise * steepness[at] >= 0.25);
  }

  // Threshold and reset are applied after every sub-step of the integration.
  template <typename At>
  TEGMENTA_INLINE I after_substep(const At& at, V* y, I accepted, double* spikes) const {
    using namespace aeif_cond_exp_layout;
    const I unstable = accepted & ((y[kV] < -1e3) | (elementary::core::absolute(y[kW]) > 1e6));
    const I stable = accepted & ~unstable;
    const V r = load_at(left, at);
    const I held = stable & (r > 0.0);
    const I fires = stable & ~held & (y[kV] >= effective_peak[at]);
    y[kV] = select(held | fires, reset[at], y[kV]);
    if (bits(fires)) {
      y[kW] = select(fires, y[kW] + jump_w[at], y[kW]);
      // One more than usual, because the end of this step counts down already.
      const V steps = refractory[at];
      const V hold = select(steps > 0.0, steps + splat(1), V{});
      store_at(left, at, select(fires, hold, r));
      const V count = load_at(spikes, at);
      store_at(spikes, at, select(fires, count + splat(1), count));
    }
    return unstable;
  }

  TEGMENTA_INLINE I finish(const StepInputs& in, int i, double* spikes) const {
    store(g_ex + i, load(g_ex + i) + load(in.excitatory + i));
    store(g_in + i, load(g_in + i) - load(in.inhibitory + i));
    const V r = load(left + i);
    store(left + i, select(r > 0.0, r - splat(1), r));
    return load(spikes + i) > 0.0;
  }
};

void aeif_cond_exp_update(const NeuronBlock& b) { integrate<aeif_cond_exp_lanes>(b); }

}  // namespace
}  // namespace tegmenta

#else

#include <limits>

#include "base/elementary.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "simd/kernels.h"

namespace tegmenta {

class aeif_cond_exp final : public NeuronModel {
  TEGMENTA_PARAMETERS(V_peak, V_reset, t_ref, g_L, C_m, E_ex, E_in, E_L, Delta_T, tau_w, a, b, V_th,
                      tau_syn_ex, tau_syn_in, I_e, gsl_error_tol)

 public:
  aeif_cond_exp() {
    using namespace aeif_cond_exp_layout;
    summary =
        "Adaptive exponential integrate-and-fire neuron with exponential synaptic "
        "conductances: an input spike raises a conductance by its weight (nS).";
    source = "Brette & Gerstner (2005) J Neurophysiol 94:3637";
    parameters = {
        common::parameter("V_peak", "mV", 0, Range::finite(),
                          "Potential at which a spike is detected and the neuron is reset."),
        common::V_reset(-60),
        common::t_ref(0),
        common::g_L(30),
        common::C_m(281),
        common::E_ex(0),
        common::E_in(-85),
        common::E_L(-70.6),
        common::parameter("Delta_T", "mV", 2, Range::non_negative(),
                          "Slope factor of the spike's upstroke; at 0 the neuron fires at V_th."),
        common::parameter("tau_w", "ms", 144, Range::positive(),
                          "Time constant of the adaptation current."),
        common::parameter("a", "nS", 4, Range::finite(),
                          "Subthreshold adaptation: coupling of w to the potential."),
        common::parameter("b", "pA", 80.5, Range::finite(),
                          "Spike-triggered adaptation: added to w at each spike."),
        common::V_th(-50.4, "Threshold at which the upstroke of a spike begins."),
        common::tau_syn_ex(0.2, "Decay time of the excitatory conductance."),
        common::tau_syn_in(2, "Decay time of the inhibitory conductance."),
        common::I_e(0),
        common::parameter("gsl_error_tol", "", 1e-6, Range::positive(),
                          "Error tolerance of the adaptive integration, absolute and relative to "
                          "the slope."),
    };
    common::append_archive(parameters);
    states = {
        common::V_m(-70.6, kV),
        common::state("g_ex", "nS", kGEx, "Excitatory synaptic conductance.",
                      Range::non_negative()),
        common::state("g_in", "nS", kGIn, "Inhibitory synaptic conductance.",
                      Range::non_negative()),
        common::state("w", "pA", kW, "Adaptation current."),
    };
    state_columns = kColumns;
    coefficients = kCoefficients;
    vector_kernel = &simd::Kernels::aeif_cond_exp;
    has_multiplicity = true;  // without refractoriness it can fire twice in a step
  }

  void check(const double* p, const double*) const override {
    if (p[V_peak] < p[V_th]) {
      throw bad_value(ErrorKind::kBadProperty, name(), "V_peak", p[V_peak],
                      "≥ V_th = " + format_number(p[V_th]));
    }
    // Keeps exp((V_peak − V_th)/Delta_T) away from overflow, with room for the other factors.
    const double steepest = elementary::log(std::numeric_limits<double>::max() / 1e20);
    if (p[Delta_T] > 0 && (p[V_peak] - p[V_th]) / p[Delta_T] >= steepest) {
      throw bad_value(
          ErrorKind::kBadProperty, name(), "Delta_T", p[Delta_T],
          "0 or > (V_peak - V_th)/" + format_number(steepest) + ", or the upstroke overflows");
    }
    if (p[V_reset] >= p[V_peak]) {
      throw bad_value(ErrorKind::kBadProperty, name(), "V_reset", p[V_reset],
                      "< V_peak = " + format_number(p[V_peak]));
    }
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    using namespace aeif_cond_exp_layout;
    c[kPeak] = p[V_peak];
    c[kEffectivePeak] = p[Delta_T] > 0 ? p[V_peak] : p[V_th];
    c[kReset] = p[V_reset];
    c[kRefractorySteps] = common::refractory_steps(p[t_ref], grid);
    c[kLeak] = p[g_L];
    c[kElastance] = 1 / p[C_m];
    c[kReversalEx] = p[E_ex];
    c[kReversalIn] = p[E_in];
    c[kRest] = p[E_L];
    c[kUpstroke] = p[g_L] * p[Delta_T];
    c[kSteepness] = p[Delta_T] > 0 ? 1 / p[Delta_T] : 0;
    c[kRateW] = 1 / p[tau_w];
    c[kA] = p[Parameter::a];
    c[kB] = p[Parameter::b];
    c[kTheta] = p[V_th];
    c[kDecayEx] = -1 / p[tau_syn_ex];
    c[kDecayIn] = -1 / p[tau_syn_in];
    c[kConstantCurrent] = p[I_e];
    c[kTolerance] = p[gsl_error_tol];
  }

  void initialise(const double*, const TimeGrid& grid, double* const* columns,
                  std::size_t lane) const override {
    columns[aeif_cond_exp_layout::kSubstep][lane] = grid.resolution_ms();
  }

  Error failed(const NeuronBlock& block, const NeuronFailure& failure,
               double time_ms) const override {
    using namespace aeif_cond_exp_layout;
    if (failure.kind == NeuronFailure::kSolver) {
      return NeuronModel::failed(block, failure, time_ms);
    }
    return failed_with(
        ErrorKind::kNumericalInstability, block, failure, time_ms,
        "numerical instability: V_m = " + format_number(block.state[kV][failure.lane]) +
            " mV, w = " + format_number(block.state[kW][failure.lane]) +
            " pA. A lower V_peak or a larger Delta_T makes the upstroke of a spike less steep." +
            kAdvice);
  }
};

}  // namespace tegmenta

#endif
