// izhikevich: two-variable spiking neuron, Izhikevich (2003) IEEE Trans Neural Netw 14:1569–1572.
// Forward Euler, or the published scheme with two half steps of v. Order of events:
// that of NEST 3.10's izhikevich.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(izhikevich)
#else

#include "models/neurons/common.h"

namespace tegmenta {

struct izhikevich : Neuron {
  static constexpr const char* kSummary =
      "Izhikevich's two-variable neuron: reproduces many firing patterns with four "
      "parameters; an input spike shifts the potential by its weight (mV).";
  static constexpr const char* kSource = "Izhikevich (2003) IEEE Trans Neural Netw 14:1569";

  struct Parameters {
    double a, b, c, d, I_e, V_th, V_min, consistent_integration;
  };
  static constexpr std::tuple kParameters{
      ParameterField<&Parameters::a>{
          .unit = "1/ms",
          .value = 0.02,
          .description = "Rate of the recovery variable U_m: smaller is slower."},
      ParameterField<&Parameters::b>{
          .value = 0.2, .description = "Sensitivity of U_m to the potential below threshold."},
      ParameterField<&Parameters::c>{
          .unit = "mV", .value = -65, .description = "Potential right after a spike."},
      ParameterField<&Parameters::d>{
          .unit = "mV", .value = 8, .description = "Added to U_m at each spike."},
      common::I_e<Parameters>(0),
      common::V_th<Parameters>(30,
                               "Cut-off of the spike: the neuron fires and is reset when its "
                               "potential reaches this value; at Infinity never."),
      common::V_min<Parameters>(),
      common::flag<&Parameters::consistent_integration>(
          true,
          "Forward Euler at any resolution; if false, the published scheme, which halves the step "
          "of the potential and is meant for a resolution of 1 ms.")};

  template <typename T>
  struct State {
    T v, U_m;
  };
  static constexpr std::tuple kStates{
      common::V_m<State<double> >(-65),
      VariableField<&State<double>::U_m>{
          .unit = "mV", .value = -13, .description = "Recovery variable."}};

  template <typename T>
  struct Coefficients {
    T step, rate, b, c, d, I_e, theta, floor, consistent;
  };

  static void check(const Given<Parameters>&) {}

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    return {.step = grid.resolution_ms(),
            .rate = grid.resolution_ms() * p.a,
            .b = p.b,
            .c = p.c,
            .d = p.d,
            .I_e = p.I_e,
            .theta = common::threshold(p.V_th),
            .floor = p.V_min,
            .consistent = p.consistent_integration};
  }

  // v ← v + h (0.04 v² + 5 v + 140 − u + I_stim + I_e) + s, u ← u + h a (b v − u) from the old v.
  // The published scheme: twice v ← v + h/2 (0.04 v² + 5 v + 140 − u + I_stim + I_e + s), then u
  // from the new v.
  template <typename T>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in) {
    const T v = x.v, u = x.U_m;
    const T input = in.excitatory + in.inhibitory;
    const auto slope_at = [&](T at) __attribute__((always_inline)) {
      T slope = 0.04 * at * at + 5.0 * at + 140.0 - u;
      if (in.has_current) slope = slope + in.current;
      return slope + c.I_e;
    };
    T next = (v + c.step * slope_at(v)) + input;
    T next_u = u + c.rate * (c.b * v - u);
    const auto published = c.consistent == 0.0;
    if (any(published)) {
      const T half_step = 0.5 * c.step;
      T w = v + half_step * (slope_at(v) + input);
      w = w + half_step * (slope_at(w) + input);
      next = select(published, w, next);
      next_u = select(published, u + c.rate * (c.b * w - u), next_u);
    }
    next = select(next < c.floor, c.floor, next);
    const auto fires = next >= c.theta;
    x.v = select(fires, c.c, next);
    x.U_m = select(fires, next_u + c.d, next_u);
    return fires;
  }
};

}  // namespace tegmenta
#endif
