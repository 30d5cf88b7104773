// iaf_cond_exp_multisynapse: leaky integrate-and-fire neuron with any number of exponentially
// decaying conductances, each with a reversal potential of its own, and two fluctuating ones.
// Conductances by ports: NEST 3.10's iaf_cond_exp and its multisynapse models. Fluctuating ones:
// Destexhe, Rudolph, Fellous & Sejnowski (2001) Neuroscience 107:13–24. Both together as the
// neurons of Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180.
// Integration: Magnus' series to the fourth order, Blanes, Casas, Oteo & Ros (2009) Phys Rep
// 470:151–238.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(iaf_cond_exp_multisynapse)
#else

#include "base/elementary_core.h"
#include "base/random.h"
#include "models/neurons/common.h"
#include "simd/normal_words.h"

namespace tegmenta {

struct iaf_cond_exp_multisynapse : Neuron {
  static constexpr const char* kSummary =
      "Leaky integrate-and-fire neuron with any number of exponential synaptic conductances: an "
      "input spike raises the conductance of its receptor by its weight (nS, not negative). Two "
      "more conductances fluctuate as Ornstein-Uhlenbeck processes.";
  static constexpr const char* kEquations =
      "C_m dV_m/dt = g_L (E_L − V_m) + g_e (E_e − V_m) + g_i (E_i − V_m)\n"
      "              + Σ over receptors k of g_k (E_rev[k] − V_m)  + I_e + current input\n"
      "tau_syn[k] dg_k/dt = −g_k,  and g_k grows by the weight of every spike at receptor k\n"
      "dg_e = −(g_e − g_e0) dt/tau_noise_e + sigma_e √(2/tau_noise_e) dW,  g_i likewise;\n"
      "       both change at the begin of a step and stay for it\n"
      "V_m ≥ V_th: a spike, then V_m = V_reset for t_ref";
  static constexpr const char* kSource =
      "Legenstein, Pecevski & Maass (2008) PLoS Comput Biol 4:e1000180; Destexhe, Rudolph, Fellous "
      "& Sejnowski (2001) Neuroscience 107:13";

  /// Names the numbers that are drawn.
  static constexpr std::uint32_t kNormalKey = static_cast<std::uint32_t>(Purpose::kConductance)
                                              << 24;

  struct Parameters {
    double C_m, g_L, E_L, V_th, V_reset, t_ref, I_e;
    double g_e0, g_i0, sigma_e, sigma_i, tau_noise_e, tau_noise_i, E_e, E_i;
  };
  static constexpr std::tuple kParameters{
      common::C_m<Parameters>(300),
      ParameterField<&Parameters::g_L>{.unit = "nS",
                                       .value = 10,
                                       .range = Range::non_negative(),
                                       .description = "Leak conductance of the membrane."},
      common::E_L<Parameters>(-70),
      common::V_th<Parameters>(-59),
      common::V_reset<Parameters>(-70),
      common::t_ref<Parameters>(5),
      common::I_e<Parameters>(0),
      ParameterField<&Parameters::g_e0>{
          .unit = "nS",
          .range = Range::non_negative(),
          .description = "Mean of the fluctuating excitatory conductance."},
      ParameterField<&Parameters::g_i0>{
          .unit = "nS",
          .range = Range::non_negative(),
          .description = "Mean of the fluctuating inhibitory conductance."},
      ParameterField<&Parameters::sigma_e>{
          .unit = "nS",
          .range = Range::non_negative(),
          .description = "Standard deviation of the fluctuating excitatory conductance; at 0 "
                         "nothing is drawn."},
      ParameterField<&Parameters::sigma_i>{
          .unit = "nS",
          .range = Range::non_negative(),
          .description = "Standard deviation of the fluctuating inhibitory conductance; at 0 "
                         "nothing is drawn."},
      ParameterField<&Parameters::tau_noise_e>{
          .unit = "ms",
          .value = 2.7,
          .range = Range::positive(),
          .description = "Time constant of the fluctuating excitatory conductance."},
      ParameterField<&Parameters::tau_noise_i>{
          .unit = "ms",
          .value = 10.5,
          .range = Range::positive(),
          .description = "Time constant of the fluctuating inhibitory conductance."},
      ParameterField<&Parameters::E_e>{
          .unit = "mV",
          .description = "Reversal potential of the fluctuating excitatory conductance."},
      ParameterField<&Parameters::E_i>{
          .unit = "mV",
          .value = -75,
          .description = "Reversal potential of the fluctuating inhibitory conductance."}};

  template <typename T>
  struct State {
    T v;
    T g_e, g_i;    // what they differ from g_e0 and g_i0 by
    T refractory;  // steps left
  };
  static constexpr std::tuple kStates{
      common::V_m<State<double> >(-70),
      VariableField<&State<double>::g_e>{
          .unit = "nS",
          .relative_to = position<&Parameters::g_e0>(kParameters),
          .moves_with_parameter = true,
          .description = "Fluctuating excitatory conductance: begins at g_e0, and moves with it "
                         "where it is set."},
      VariableField<&State<double>::g_i>{
          .unit = "nS",
          .relative_to = position<&Parameters::g_i0>(kParameters),
          .moves_with_parameter = true,
          .description = "Fluctuating inhibitory conductance: begins at g_i0, and moves with it "
                         "where it is set."},
      common::t_ref_remaining<State<double> >()};

  struct PortParameters {
    double E_rev, tau_syn;
  };
  static constexpr std::tuple kPortParameters{
      ParameterField<&PortParameters::E_rev>{
          .unit = "mV",
          .description = "Reversal potentials, one a receptor: as many as tau_syn has values."},
      common::tau_syn<&PortParameters::tau_syn>(
          5, "Decay times of the conductances, one a receptor: as many as E_rev has values.")};

  template <typename T>
  struct PortState {
    T g;
  };
  static constexpr std::tuple kPortStates{VariableField<&PortState<double>::g>{
      .unit = "nS",
      .range = Range::non_negative(),
      .description = "Conductance of the first receptor; the others have g_2, g_3 …"}};

  /// With h, the step, and a, b in C V' = −a V + b: per_C is h/C, leak and drive are what h a and
  /// h b have besides what changes.
  template <typename T>
  struct Coefficients {
    T theta, reset, refractory_steps;
    T per_C, leak, drive, E_e, E_i;
    T decay_e, decay_i, spread_e, spread_i;
  };
  /// What 1 nS at the begin of a step makes of h a on average, and of its slope.
  template <typename T>
  struct PortCoefficients {
    T E_rev, mean, slope, decay;
  };

  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    const double h = grid.resolution_ms(), per_C = h / p.C_m;
    const double decay_e = elementary::exp(-h / p.tau_noise_e);
    const double decay_i = elementary::exp(-h / p.tau_noise_i);
    const auto spread = [h](double sigma, double tau) {
      return sigma * std::sqrt(-elementary::expm1(-2 * h / tau));
    };
    return {.theta = common::threshold(p.V_th),
            .reset = p.V_reset,
            .refractory_steps = common::refractory_steps(p.t_ref, grid),
            .per_C = per_C,
            .leak = per_C * ((p.g_L + p.g_e0) + p.g_i0),
            .drive = per_C * (((p.g_L * p.E_L + p.g_e0 * p.E_e) + p.g_i0 * p.E_i) + p.I_e),
            .E_e = p.E_e,
            .E_i = p.E_i,
            .decay_e = decay_e,
            .decay_i = decay_i,
            .spread_e = spread(p.sigma_e, p.tau_noise_e),
            .spread_i = spread(p.sigma_i, p.tau_noise_i)};
  }

  static PortCoefficients<double> calibrate_port(const Parameters& p, const PortParameters& port,
                                                 const TimeGrid& grid) {
    const double h = grid.resolution_ms(), x = h / port.tau_syn, per_C = h / p.C_m;
    return {.E_rev = port.E_rev,
            .mean = per_C * mean_of_decay(x),
            .slope = per_C * slope_of_decay(x),
            .decay = elementary::exp(-x)};
  }

  /// Whether numbers are drawn for a neuron.
  template <typename T>
  static TEGMENTA_INLINE auto draws(const Coefficients<T>& c) {
    return (c.spread_e != 0.0) | (c.spread_i != 0.0);
  }

  // The fluctuating conductances g move to p g + σ √(1 − p²) N and stay there for the step; those
  // of ports decay, and take this step's input at its end. The potential moves by φ(z) (B + c − z
  // V), where z and B are the integrals of a and b over the step, φ(z) is (1 − e⁻ᶻ)/z, and c is by
  // the slopes of a and b.
  template <typename T, typename Ports>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in,
                                   const Ports& ports, const NormalPair<T>& drawn) {
    // Neighbours that draw make no difference: without a spread the sum never is −0.
    x.g_e = (x.g_e * c.decay_e + 0.0) + c.spread_e * drawn.first;
    x.g_i = (x.g_i * c.decay_i + 0.0) + c.spread_i * drawn.second;
    const T e = c.per_C * x.g_e, i = c.per_C * x.g_i;
    T z = c.leak + (e + i);
    T drive = c.drive + (c.E_e * e + c.E_i * i);
    if (in.has_current) drive = drive + c.per_C * in.current;
    T slope = T{}, slope_of_drive = T{};
    ports.each([&](PortState<T>& port, const PortCoefficients<T>& k, T input)
                   __attribute__((always_inline)) {
                     const T mean = k.mean * port.g, change = k.slope * port.g;
                     z = z + mean;
                     drive = drive + mean * k.E_rev;
                     slope = slope + change;
                     slope_of_drive = slope_of_drive + change * k.E_rev;
                     port.g = port.g * k.decay + input;
                   });
    T correction = z * slope_of_drive - drive * slope;
    T phi = relaxation(z);
    const auto large = (z > kSmall) | (z < -kSmall);
    if (any(large)) {
      const T exact = (1.0 - elementary::core::exp(-z)) / z;
      // To the first order in the slopes; without it the series oversteps where z is large.
      const T damping = 12.0 * ((1.0 - exact) / z - 0.5 * exact) / (z * exact);
      phi = select(large, exact, phi);
      correction = select(large, correction * damping, correction);
    }
    return held_for_steps(x, c, x.v + phi * ((drive + correction) - z * x.v));
  }

 private:
  /// Up to here φ is a polynomial: some 750 nS at 0.1 ms and 300 pF.
  static constexpr double kSmall = 0.25;

  /// φ(z) = (1 − e⁻ᶻ)/z for |z| ≤ kSmall: its power series, 2·10⁻¹⁴ wrong.
  template <typename T>
  static TEGMENTA_INLINE T relaxation(T z) {
    const T square = z * z, fourth = square * square;
    const T low = (1.0 - z * (1.0 / 2)) + square * (1.0 / 6 - z * (1.0 / 24));
    const T high = (1.0 / 120 - z * (1.0 / 720)) + square * (1.0 / 5040 - z * (1.0 / 40320));
    const T rest = 1.0 / 362880 - z * (1.0 / 3628800);
    return low + fourth * (high + fourth * rest);
  }

  /// The mean of e^(−x s) for s in [0, 1].
  static double mean_of_decay(double x) { return x > 0 ? -elementary::expm1(-x) / x : 1; }

  /// The integral of e^(−x s) (s − ½) for s in [0, 1].
  static double slope_of_decay(double x) {
    constexpr double kSeries = 0.5, kEnough = 1e-20;
    if (x < kSeries) {
      double sum = 0, term = 1;
      for (double n = 1; n < 2 || std::abs(term) > kEnough; ++n) {
        term *= -x / n;
        sum += term * n / (2 * (n + 1) * (n + 2));
      }
      return sum;
    }
    const double left = elementary::exp(-x);
    return (((1 - left) / x - left) - 0.5 * (1 - left)) / x;
  }
};

}  // namespace tegmenta
#endif
