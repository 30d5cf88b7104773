// aeif_cond_exp: adaptive exponential integrate-and-fire neuron with exponential conductances.
// Brette & Gerstner (2005) J Neurophysiol 94:3637–3642. Order of events: that of NEST 3.10's
// aeif_cond_exp.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(aeif_cond_exp)
#else

#include <limits>

#include "base/elementary_core.h"
#include "models/neurons/conductance.h"

namespace tegmenta {

struct aeif_cond_exp : SolvedNeuron {
  static constexpr const char* kSummary =
      "Adaptive exponential integrate-and-fire neuron with exponential synaptic "
      "conductances: an input spike raises a conductance by its weight (nS).";
  static constexpr const char* kSource = "Brette & Gerstner (2005) J Neurophysiol 94:3637";
  static constexpr bool kHasMultiplicity = true;  // without refractoriness it can fire twice a step
  static constexpr bool kSlopeTolerance = true;
  static constexpr bool kUpstroke = true;

  struct Parameters {
    double V_peak, V_reset, t_ref, g_L, C_m, E_ex, E_in, E_L, Delta_T, tau_w, a, b, V_th;
    double tau_syn_ex, tau_syn_in, I_e, gsl_error_tol;
  };
  static constexpr std::tuple kParameters{
      ParameterField<&Parameters::V_peak>{
          .unit = "mV",
          .range = common::kPotentialOrNever,
          .description = "Potential at which a spike is detected and the neuron is reset."},
      common::V_reset<Parameters>(-60),
      common::t_ref<Parameters>(0),
      common::g_L<Parameters>(30),
      common::C_m<Parameters>(281),
      common::E_ex<Parameters>(0),
      common::E_in<Parameters>(-85),
      common::E_L<Parameters>(-70.6),
      ParameterField<&Parameters::Delta_T>{
          .unit = "mV",
          .value = 2,
          .range = Range::non_negative(),
          .description = "Slope factor of the spike's upstroke; at 0 the neuron fires at V_th."},
      ParameterField<&Parameters::tau_w>{.unit = "ms",
                                         .value = 144,
                                         .range = Range::positive(),
                                         .description = "Time constant of the adaptation current."},
      ParameterField<&Parameters::a>{
          .unit = "nS",
          .value = 4,
          .description = "Subthreshold adaptation: coupling of w to the potential."},
      ParameterField<&Parameters::b>{
          .unit = "pA",
          .value = 80.5,
          .description = "Spike-triggered adaptation: added to w at each spike."},
      common::V_th<Parameters>(-50.4,
                               "Threshold at which the upstroke of a spike begins; at Infinity "
                               "there is neither an upstroke nor a spike."),
      common::tau_syn<&Parameters::tau_syn_ex>(0.2, "Decay time of the excitatory conductance."),
      common::tau_syn<&Parameters::tau_syn_in>(2, "Decay time of the inhibitory conductance."),
      common::I_e<Parameters>(0),
      ParameterField<&Parameters::gsl_error_tol>{
          .value = 1e-6,
          .range = Range::positive(),
          .description = "Error tolerance of the adaptive integration, absolute and relative to "
                         "the slope."}};

  template <typename T>
  struct Solved {
    T v, g_ex, g_in, w;
  };
  template <typename T>
  struct State {
    T refractory;  // steps left
  };
  static constexpr std::tuple kStates{
      common::V_m<Solved<double> >(-70.6),
      VariableField<&Solved<double>::g_ex>{.unit = "nS",
                                           .range = Range::non_negative(),
                                           .description = "Excitatory synaptic conductance."},
      VariableField<&Solved<double>::g_in>{.unit = "nS",
                                           .range = Range::non_negative(),
                                           .description = "Inhibitory synaptic conductance."},
      VariableField<&Solved<double>::w>{.unit = "pA", .description = "Adaptation current."},
      common::t_ref_remaining<State<double> >()};

  template <typename T>
  struct Coefficients {
    T V_peak, effective_peak, reset, refractory_steps;
    T g_L, per_C, E_ex, E_in, E_L;
    T upstroke;   // g_L Δ_T, pA
    T steepness;  // 1/Δ_T, or 0
    T per_tau_w, a, b, V_th, rate_ex, rate_in, I_e, tolerance;
  };

  /// A threshold of Infinity: there is neither an upstroke nor a spike.
  static bool fires(const Parameters& p) { return std::isfinite(p.V_th); }
  static bool rises(const Parameters& p) { return fires(p) && p.Delta_T > 0; }

  static void check(const Given<Parameters>& p) {
    if (p.V_peak < p.V_th && fires(p)) {
      p.refuse<&Parameters::V_peak>("≥ V_th = " + format_number(p.V_th));
    }
    // Keeps exp((V_peak − V_th)/Delta_T) away from overflow, with room for the other factors.
    const double steepest = elementary::log(std::numeric_limits<double>::max() / 1e20);
    if (rises(p) && std::isfinite(p.V_peak) && (p.V_peak - p.V_th) / p.Delta_T >= steepest) {
      p.refuse<&Parameters::Delta_T>("0 or > (V_peak - V_th)/" + format_number(steepest) +
                                     ", or the upstroke overflows");
    }
    if (p.V_reset >= p.V_peak) {
      p.refuse<&Parameters::V_reset>("< V_peak = " + format_number(p.V_peak));
    }
  }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    return {.V_peak = fires(p) ? p.V_peak : p.V_th,
            .effective_peak = common::threshold(rises(p) ? p.V_peak : p.V_th),
            .reset = p.V_reset,
            .refractory_steps = common::refractory_steps(p.t_ref, grid),
            .g_L = p.g_L,
            .per_C = 1 / p.C_m,
            .E_ex = p.E_ex,
            .E_in = p.E_in,
            .E_L = p.E_L,
            .upstroke = rises(p) ? p.g_L * p.Delta_T : 0,
            .steepness = rises(p) ? 1 / p.Delta_T : 0,
            .per_tau_w = 1 / p.tau_w,
            .a = p.a,
            .b = p.b,
            .V_th = fires(p) ? p.V_th : 0,
            .rate_ex = -1 / p.tau_syn_ex,
            .rate_in = -1 / p.tau_syn_in,
            .I_e = p.I_e,
            .tolerance = p.gsl_error_tol};
  }

  // C V' = −g_L (V − E_L) + g_L Δ_T exp((V − V_th)/Δ_T) − g_ex (V − E_ex) − g_in (V − E_in) − w +
  // I, τ_w w' = a (V − E_L) − w, τ g' = −g.
  template <typename T>
  static TEGMENTA_INLINE Solved<T> derivative(const Solved<T>& y, const State<T>& x,
                                              const Coefficients<T>& c, const Input<T>& in) {
    T drive = c.I_e;
    if (in.has_current) drive = in.current + drive;
    const auto held = x.refractory > 0.0;
    const T v = select(held, c.reset, select(c.V_peak < y.v, c.V_peak, y.v));
    const T depolarisation = v - c.E_L;
    const T rise = c.upstroke * elementary::core::exp((v - c.V_th) * c.steepness);
    const T flow =
        ((((rise - c.g_L * depolarisation) - y.g_ex * (v - c.E_ex)) - y.g_in * (v - c.E_in)) -
         y.w) +
        drive;
    return {.v = select(held, T{}, flow * c.per_C),
            .g_ex = y.g_ex * c.rate_ex,
            .g_in = y.g_in * c.rate_in,
            .w = (c.a * depolarisation - y.w) * c.per_tau_w};
  }

  template <typename T>
  static TEGMENTA_INLINE ErrorTolerance<T> tolerance(const Coefficients<T>& c) {
    return {c.tolerance, c.tolerance};
  }

  // An exponential that rises by Delta_T at its present slope is infinite before that.
  template <typename T>
  static TEGMENTA_INLINE auto rises(const Coefficients<T>& c, T rise) {
    return (c.steepness > 0.0) & (rise * c.steepness >= 0.25);
  }

  // Threshold and reset are applied after every sub-step of the integration.
  template <typename T, typename Mask>
  static TEGMENTA_INLINE AfterSubstep<Mask> after_substep(Solved<T>& y, State<T>& x,
                                                          const Coefficients<T>& c, Mask accepted) {
    const Mask unstable = accepted & ((y.v < -1e3) | (elementary::core::absolute(y.w) > 1e6));
    const Mask stable = without(accepted, unstable);
    const Mask held = stable & (x.refractory > 0.0);
    const Mask fires = without(stable, held) & (y.v >= c.effective_peak);
    y.v = select(held | fires, c.reset, y.v);
    if (any(fires)) {
      y.w = select(fires, y.w + c.b, y.w);
      // One more than usual, because the end of this step counts down already.
      const T hold = select(c.refractory_steps > 0.0, c.refractory_steps + 1.0, T{});
      x.refractory = select(fires, hold, x.refractory);
    }
    return {unstable, fires};
  }

  template <typename T>
  static TEGMENTA_INLINE auto finish(Solved<T>& y, State<T>& x, const Coefficients<T>&,
                                     const Input<T>& in, const T& spikes) {
    y.g_ex = y.g_ex + in.excitatory;
    y.g_in = y.g_in - in.inhibitory;
    x.refractory = select(x.refractory > 0.0, x.refractory - 1.0, x.refractory);
    return spikes > 0.0;
  }

  static std::string failure(const Solved<double>& y) {
    return "numerical instability: V_m = " + format_number(y.v) + " mV, w = " + format_number(y.w) +
           " pA. A lower V_peak or a larger Delta_T makes the upstroke of a spike less steep." +
           NeuronModel::kAdvice;
  }
};

}  // namespace tegmenta
#endif
