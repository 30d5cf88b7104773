// iaf_psc_delta: leaky integrate-and-fire neuron whose input spikes shift the potential.
// Exact integration, Rotter & Diesmann (1999) Biol Cybern 81:381–402; voltage jumps as in
// Brunel (2000) J Comput Neurosci 8:183–208. Order of events: that of NEST 3.10's iaf_psc_delta.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(iaf_psc_delta)
#else

#include <algorithm>

#include "models/neurons/common.h"

namespace tegmenta {

struct iaf_psc_delta : Neuron {
  static constexpr const char* kSummary =
      "Leaky integrate-and-fire neuron with delta-shaped postsynaptic currents: an input "
      "spike shifts the potential by its weight (mV).";
  static constexpr const char* kSource =
      "Brunel (2000) J Comput Neurosci 8:183; Rotter & Diesmann (1999) Biol Cybern 81:381";

  struct Parameters {
    double tau_m, C_m, t_ref, E_L, I_e, V_th, V_reset, V_min;
    double refractory_input, ignore_and_spike, ignore_and_spike_offset, ignore_and_spike_interval;
  };
  static constexpr std::tuple kParameters{
      common::tau_m<Parameters>(10),
      common::C_m<Parameters>(250),
      common::t_ref<Parameters>(2),
      common::E_L<Parameters>(-70),
      common::I_e<Parameters>(0),
      common::V_th<Parameters>(-55),
      common::V_reset<Parameters>(-70),
      common::V_min<Parameters>(),
      common::flag<&Parameters::refractory_input>(
          false,
          "Keep input that arrives during refractoriness, decaying with tau_m, and add it when the "
          "refractory period ends; otherwise that input is lost."),
      common::ignore_and_spike<Parameters>(
          "Ignore the threshold and fire at fixed times instead; the potential is still integrated "
          "and reset."),
      common::ignore_and_spike_offset<Parameters>(),
      common::ignore_and_spike_interval<Parameters>()};

  template <typename T>
  struct State {
    T v;           // V_m − E_L
    T refractory;  // steps left
  };
  /// Of input kept while refractory, and forced spikes.
  struct OptionState {
    double kept_input;  // mV
    double countdown;   // steps to the next forced spike; 0 before the first use
  };
  static constexpr std::tuple kStates{
      common::V_m<State<double> >(-70, position<&Parameters::E_L>(kParameters)),
      common::t_ref_remaining<State<double> >(),
      VariableField<&OptionState::kept_input>{
          .unit = "mV",
          .description = "With refractory_input: what arrived during the refractory period, as it "
                         "will be at its end."}};

  template <typename T>
  struct Coefficients {
    T P33;
    T drive;  // by I_e
    T P30, theta, reset, floor, refractory_steps;
  };

  static void check(const Given<Parameters>& p) { common::check_reset_below_threshold(p); }

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    const double P33 = elementary::exp(-grid.resolution_ms() / p.tau_m);
    const double P30 = 1 / p.C_m * (1 - P33) * p.tau_m;
    return {.P33 = P33,
            .drive = P30 * p.I_e,
            .P30 = P30,
            .theta = common::threshold(p.V_th) - p.E_L,
            .reset = p.V_reset - p.E_L,
            .floor = common::relative_floor(p.V_min, p.E_L),
            .refractory_steps = common::refractory_steps(p.t_ref, grid)};
  }

  struct NothingKept {
    template <typename T>
    TEGMENTA_INLINE T operator()(T moved) const {
      return moved;
    }
  };

  // v ← P30 (I_stim + I_e) + P33 v + s; held at V_reset while refractory. with_kept(v) is v with
  // the input that refractoriness has kept.
  template <typename T, typename Kept = NothingKept, typename Fires = AtThreshold>
  static TEGMENTA_INLINE auto step(State<T>& x, const Coefficients<T>& c, const Input<T>& in,
                                   const Kept& with_kept = {}, const Fires& reaches = {}) {
    T drive = c.drive;
    if (in.has_current) drive = c.P30 * in.current + drive;
    const T moved = with_kept((drive + c.P33 * x.v) + (in.excitatory + in.inhibitory));
    return held_for_steps(x, c, select(moved < c.floor, c.floor, moved), reaches);
  }

  // --- input kept while refractory, forced spikes: one neuron at a time ---

  struct OptionCoefficients {
    double keeps_input, decay_per_step, forced, offset_steps, interval_steps;
  };
  static OptionCoefficients calibrate_options(const Parameters& p, const TimeGrid& grid) {
    const auto whole_steps = [&](double ms) {
      return std::max(1.0, static_cast<double>(grid.steps_from_ms_ceil(ms)));
    };
    return {.keeps_input = p.refractory_input,
            .decay_per_step = -grid.resolution_ms() / p.tau_m,
            .forced = p.ignore_and_spike,
            .offset_steps = whole_steps(p.ignore_and_spike_offset),
            .interval_steps = whole_steps(p.ignore_and_spike_interval)};
  }
  static bool uses_options(const Parameters& p) {
    return p.refractory_input != 0 || p.ignore_and_spike != 0;
  }
  /// The countdown begins anew where one of these is set.
  using BegunAnew = common::BegunAnew<&OptionState::countdown, &Parameters::ignore_and_spike,
                                      &Parameters::ignore_and_spike_offset,
                                      &Parameters::ignore_and_spike_interval>;

  static bool step_with_options(State<double>& x, OptionState& option,
                                const Coefficients<double>& c, const OptionCoefficients& has,
                                const Input<double>& in, const NeuronInStep&) {
    const bool free = x.refractory == 0;
    if (has.keeps_input != 0 && !free) {
      option.kept_input +=
          (in.excitatory + in.inhibitory) * elementary::exp(x.refractory * has.decay_per_step);
    }
    const auto with_kept = [&](double moved) {
      if (has.keeps_input == 0 || !free) return moved;
      return moved + std::exchange(option.kept_input, 0);
    };
    const auto reaches = [&](double v, double theta) {
      return has.forced != 0 ? forced_spike(option, has) : v >= theta;
    };
    return step(x, c, in, with_kept, reaches);
  }

 private:
  static bool forced_spike(OptionState& option, const OptionCoefficients& has) {
    if (option.countdown == 0) option.countdown = has.offset_steps;
    option.countdown -= 1;
    if (option.countdown > 0) return false;
    option.countdown = has.interval_steps;
    return true;
  }
};

}  // namespace tegmenta
#endif
