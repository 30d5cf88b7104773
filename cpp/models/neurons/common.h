// What the files of the neuron models share: fields of parameters and state variables, those that
// several models have, checks between parameters, and propagators.
//
// A model is a struct in a file of its own, cpp/models/neurons/<model>.h, with one line in
// neurons.def. Its numbers are members of structs, and everything that is said of one is said once:
//
//   Parameters        what users set; kParameters declares each, in the order in which they see
//   them State<T>          what changes from step to step; kStates declares what users see of it
//   Coefficients<T>   what a step needs of the parameters, made by calibrate()
//   check()           throws where parameters do not go together
//   step<T>()         the step, for one neuron and for a vector of them
//
// A model whose states an adaptive solver advances has Derivative instead of a step
// (iaf_cond_exp.h); rare options have their own numbers, and a step of one neuron (iaf_psc_exp.h);
// receptor ports, as many as users wish, have theirs (iaf_cond_exp_multisynapse.h);
// a model without vectors has update() (parrot_neuron.h). A part that is missing does not compile.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>

#include "base/elementary.h"
#include "base/errors.h"
#include "base/time_grid.h"
#include "models/fields.h"
#include "models/neuron_model.h"
#include "simd/neuron_block.h"
#include "simd/neuron_step.h"

namespace tegmenta {

struct IsNeuronParameter {
  static constexpr Role kRole = Role::kParameter;
};

/// The declaration of a parameter.
template <auto Member>
using ParameterField = MemberField<Member, IsNeuronParameter>;

/// The declaration of a state variable that users see.
template <auto Member>
struct VariableField;

template <typename Owner, double Owner::* Member>
struct VariableField<Member> {
  static constexpr double Owner::* member = Member;

  std::string_view name = member_name<Member>();
  std::string_view unit = "";
  double value = 0;  // as users see it
  /// Users see the member plus this parameter, by its position; −1: the member.
  int relative_to = -1;
  /// Where that parameter is changed, the member stays, and what users see changes.
  bool moves_with_parameter = false;
  Range range = Range::finite();
  bool in_steps = false;  // users see the member times the resolution
  std::string_view description;
};

/// Parameters that are to be checked.
template <typename Parameters>
struct Given : Parameters {
  const std::string* model = nullptr;

  template <auto Member>
  [[noreturn]] void refuse(const std::string& allowed) const {
    throw bad_value(ErrorKind::kBadProperty, *model, std::string(member_name<Member>()),
                    this->*Member, allowed);
  }
};

/// A neuron in a step, for numbers that are drawn for it.
struct NeuronInStep {
  std::uint32_t seed;
  std::uint32_t node;
  std::uint64_t step;
};

/// What a model says of itself, where it is not this.
struct Neuron {
  struct Parameters {};
  static constexpr std::tuple<> kParameters{};
  template <typename T>
  struct State {};
  static constexpr std::tuple<> kStates{};
  template <typename T>
  struct Coefficients {};
  /// Numbers of rare options, beside Coefficients and State: one neuron at a time uses them.
  struct OptionCoefficients {};
  struct OptionState {};
  /// What each receptor port has, where there are any: see iaf_cond_exp_multisynapse.h.
  struct PortParameters {};
  static constexpr std::tuple<> kPortParameters{};
  template <typename T>
  struct PortState {};
  static constexpr std::tuple<> kPortStates{};
  template <typename T>
  struct PortCoefficients {};

  /// Emits several spikes a step, or counts its input without weights.
  static constexpr bool kHasMultiplicity = false;
  static constexpr bool kCountsInput = false;
  static constexpr bool kAcceptsCurrent = true;
  /// Its spikes are given (spike_times, a list a neuron) instead of computed.
  static constexpr bool kHasSpikeTimes = false;
  /// Receptor 1 takes filtered currents.
  static constexpr bool kHasFilteredCurrent = false;
};

/// An adaptive solver advances its states.
template <typename Model>
concept HasSolver = requires { sizeof(typename Model::template Solved<double>); };
template <typename Model>
inline constexpr bool kHasSolver = HasSolver<Model>;
/// Has receptor ports.
template <typename Model>
inline constexpr bool kHasPorts = !std::is_empty_v<typename Model::PortParameters>;
/// States of a model with bring() change at its own events alone; bring() makes them what they are
/// at another time.
template <typename Model>
inline constexpr bool kChangesAtEvents =
    requires(typename Model::template State<double>& x,
             const typename Model::template Coefficients<double>& c) { Model::bring(x, c, 0.0); };
/// A model with next_due() says when a neuron can do something without input.
template <typename Model>
inline constexpr bool kKnowsWhenDue = requires(const NeuronBlock& b) { Model::next_due(b); };
/// A model with update() has no vectors.
template <typename Model>
inline constexpr bool kHasVectors = !requires(const NeuronBlock& block) { Model::update(block); };

namespace common {

// --- parameters --------------------------------------------------------------------------------

template <auto Member>
constexpr auto flag(bool value, std::string_view description) {
  return ParameterField<Member>{.value = value ? 1.0 : 0.0,
                                .range = {0, 1, false, false},
                                .type = ParameterType::kBool,
                                .description = description};
}

template <typename P>
constexpr auto tau_m(double ms) {
  return ParameterField<&P::tau_m>{
      .unit = "ms",
      .value = ms,
      .range = Range::positive(),
      .description = "Membrane time constant: how fast the potential relaxes to E_L."};
}

template <typename P>
constexpr auto C_m(double pF) {
  return ParameterField<&P::C_m>{.unit = "pF",
                                 .value = pF,
                                 .range = Range::positive(),
                                 .description = "Capacitance of the membrane."};
}

template <typename P>
constexpr auto g_L(double nS) {
  return ParameterField<&P::g_L>{
      .unit = "nS", .value = nS, .description = "Leak conductance of the membrane."};
}

template <typename P>
constexpr auto t_ref(double ms) {
  return ParameterField<&P::t_ref>{
      .unit = "ms",
      .value = ms,
      .range = Range::non_negative(),
      .description =
          "Refractory period: how long the potential stays at V_reset after a spike, "
          "rounded up to whole steps."};
}

/// Refractory time of the tutorial's neurons, counted down in ms.
template <typename P>
constexpr auto refr_T(double ms) {
  return ParameterField<&P::refr_T>{
      .unit = "ms",
      .value = ms,
      .range = Range::non_negative(),
      .description =
          "Refractory period, counted down by repeated subtraction of the resolution "
          "until nothing is left."};
}

template <typename P>
constexpr auto E_L(double mV) {
  return ParameterField<&P::E_L>{
      .unit = "mV",
      .value = mV,
      .description = "Leak reversal potential: where the potential rests without input."};
}

template <typename P>
constexpr auto I_e(double pA) {
  return ParameterField<&P::I_e>{
      .unit = "pA", .value = pA, .description = "Constant current into the neuron."};
}

/// Of a potential at which something happens: at Infinity it never does.
inline constexpr Range kPotentialOrNever{std::numeric_limits<double>::lowest(),
                                         std::numeric_limits<double>::infinity(), false, false};

template <typename P>
constexpr auto V_th(double mV, std::string_view description =
                                   "Threshold: the neuron fires when its potential reaches this "
                                   "value; at Infinity never.") {
  return ParameterField<&P::V_th>{
      .unit = "mV", .value = mV, .range = kPotentialOrNever, .description = description};
}

template <typename P>
constexpr auto V_reset(double mV) {
  return ParameterField<&P::V_reset>{
      .unit = "mV", .value = mV, .description = "Potential right after a spike."};
}

/// The lowest potential; minus infinity and the lowest double both mean that there is none.
template <typename P>
constexpr auto V_min(double mV = std::numeric_limits<double>::lowest()) {
  return ParameterField<&P::V_min>{
      .unit = "mV",
      .value = mV,
      .range = {-std::numeric_limits<double>::infinity(), Range::finite().high, false, false},
      .description = "Lower bound of the potential; the default means that there is none."};
}

template <typename P>
constexpr auto E_ex(double mV) {
  return ParameterField<&P::E_ex>{
      .unit = "mV",
      .value = mV,
      .description = "Reversal potential of the excitatory conductance."};
}

template <typename P>
constexpr auto E_in(double mV) {
  return ParameterField<&P::E_in>{
      .unit = "mV",
      .value = mV,
      .description = "Reversal potential of the inhibitory conductance."};
}

/// A time constant of a synaptic current or conductance.
template <auto Member>
constexpr auto tau_syn(double ms, std::string_view description) {
  return ParameterField<Member>{
      .unit = "ms", .value = ms, .range = Range::positive(), .description = description};
}

template <typename P>
constexpr auto ignore_and_spike(std::string_view description) {
  return flag<&P::ignore_and_spike>(false, description);
}

template <typename P>
constexpr auto ignore_and_spike_offset() {
  return ParameterField<&P::ignore_and_spike_offset>{
      .unit = "ms",
      .value = 1,
      .range = Range::positive(),
      .description =
          "With ignore_and_spike: time until the first spike, counted from when the "
          "mechanism is first used, or from when it is set again."};
}

template <typename P>
constexpr auto ignore_and_spike_interval() {
  return ParameterField<&P::ignore_and_spike_interval>{
      .unit = "ms",
      .value = 100,
      .range = Range::positive(),
      .description = "With ignore_and_spike: time between spikes."};
}

/// What NEST declares for every spiking neuron, also where it has no effect: programs that give a
/// neuron all that they have read of another one go on.
struct Unheeded {
  double ignore_and_spike, ignore_and_spike_offset, ignore_and_spike_interval;
};

inline constexpr std::tuple kUnheeded{
    ParameterField<&Unheeded::ignore_and_spike>{
        .range = {0, 0, false, false},
        .type = ParameterType::kBool,
        .description = "Without effect: this model heeds its threshold always."},
    ignore_and_spike_offset<Unheeded>(), ignore_and_spike_interval<Unheeded>()};

template <typename P>
concept HeedsIgnoreAndSpike = requires { &P::ignore_and_spike; };

/// Parameters of the traces that the engine keeps for every spiking neuron. They follow the model's
/// own.
struct Archive {
  double tau_minus, tau_minus_triplet, tau_Ca, beta_Ca;
};

inline constexpr std::tuple kArchive{
    ParameterField<&Archive::tau_minus>{
        .unit = "ms",
        .value = 20,
        .range = Range::positive(),
        .description = "Time constant of the postsynaptic trace that spike-timing dependent "
                       "synapses read."},
    ParameterField<&Archive::tau_minus_triplet>{
        .unit = "ms",
        .value = 110,
        .range = Range::positive(),
        .description = "Time constant of the slow postsynaptic trace of triplet rules."},
    ParameterField<&Archive::tau_Ca>{.unit = "ms",
                                     .value = 10000,
                                     .range = Range::positive(),
                                     .description = "Time constant of the calcium concentration."},
    ParameterField<&Archive::beta_Ca>{
        .value = 0.001,
        .range = Range::positive(),
        .description = "Rise of the calcium concentration at each spike."}};

/// Index of an archive parameter in a model's list.
template <auto Member>
int archive_index(const NeuronModel& model) {
  constexpr std::size_t from_the_end =
      std::tuple_size_v<std::remove_const_t<decltype(kArchive)>> - position<Member>(kArchive);
  return model.drawn_first - static_cast<int>(from_the_end);
}

/// What every node has besides. It closes each model's list.
struct Common {
  double frozen;
};

inline constexpr std::tuple kCommon{
    flag<&Common::frozen>(false,
                          "Time does not pass for the neuron: its state stays, what arrives is "
                          "lost, nothing is recorded of it.")};

// --- state variables ---------------------------------------------------------------------------

/// The membrane potential; relative_to: the position of E_L where the member is V_m − E_L.
template <typename State>
constexpr auto V_m(double mV, int relative_to = -1) {
  return VariableField<&State::v>{.name = "V_m",
                                  .unit = "mV",
                                  .value = mV,
                                  .relative_to = relative_to,
                                  .description = "Membrane potential."};
}

/// What is left of t_ref.
template <typename State>
constexpr auto t_ref_remaining() {
  return VariableField<&State::refractory>{
      .name = "t_ref_remaining",
      .unit = "ms",
      .range = Range::non_negative(),
      .in_steps = true,
      .description = "Rest of the refractory period; what is set is rounded up to whole steps."};
}

/// What is left of refr_T.
template <typename State>
constexpr auto refr_t() {
  return VariableField<&State::refractory>{
      .name = "refr_t",
      .unit = "ms",
      .description = "Refractory time left; at most 0 when not refractory."};
}

/// A state of a model's options that begins anew, at 0, where one of some parameters is set.
template <auto State, auto... Parameters>
struct BegunAnew {
  static constexpr auto state = State;
  template <typename Model>
  static bool is_by(int parameter) {
    return ((static_cast<int>(position<Parameters>(Model::kParameters)) == parameter) || ...);
  }
};

// --- checks ------------------------------------------------------------------------------------

template <typename P>
void check_reset_below_threshold(const Given<P>& p) {
  if (p.V_reset < p.V_th) return;
  p.template refuse<&P::V_reset>("< V_th = " + format_number(p.V_th));
}

/// What a potential is compared with: it is never ≥ that of V_th = Infinity, however large it is.
inline double threshold(double V_th) {
  return std::isinf(V_th) ? std::numeric_limits<double>::quiet_NaN() : V_th;
}

/// V_min relative to E_L. No bound stays no bound, whatever E_L is.
inline double relative_floor(double v_min, double leak) {
  return v_min <= std::numeric_limits<double>::lowest() ? v_min : v_min - leak;
}

/// The refractory period as the engine counts it: whole steps, in a double.
inline double refractory_steps(double t_ref_ms, const TimeGrid& grid) {
  return static_cast<double>(grid.steps_from_ms_ceil(t_ref_ms));
}

// --- propagators -------------------------------------------------------------------------------
// Exact integration of linear dynamics: Rotter & Diesmann (1999) Biol Cybern 81:381–402, with the
// treatment of nearly equal time constants of NEST 3.10 (IterationMatrix, propagator_stability).

/// Influence of a synaptic current on the potential over one step (mV/pA).
/// With β = τs τm / (τm − τs): (β/C)(exp(−h/τm) − exp(−h/τs)); for τs = τm: (h/C) exp(−h/τm).
inline double current_to_potential(double tau_syn, double tau_m, double C_m, double h) {
  const double inverse_beta = (tau_m - tau_syn) / (tau_syn * tau_m);
  const double beta = tau_syn * tau_m / (tau_m - tau_syn);
  const double gamma = beta / C_m;
  const double regular =
      gamma * elementary::exp(-h * (1 / tau_syn)) * elementary::expm1(h * inverse_beta);
  // Equal time constants give infinity times zero: not a number, hence not normal.
  if (std::isnormal(regular) && regular > 0) return regular;
  return h * (1 / C_m) * elementary::exp(-h * (1 / tau_m));
}

/// Influence of the derivative of an alpha-shaped current on the potential over one step.
inline double alpha_to_potential(double tau_syn, double tau_m, double C_m, double h) {
  const double smallest_regular_h = 1e-7 * tau_m * tau_m / std::fabs(tau_m - tau_syn);
  if (!(h > smallest_regular_h)) {
    return 0.5 * h * h * (1 / C_m) * elementary::exp(-h * (1 / tau_m));
  }
  const double inverse_beta = (tau_m - tau_syn) / (tau_syn * tau_m);
  const double beta = tau_syn * tau_m / (tau_m - tau_syn);
  const double gamma = beta / C_m;
  return gamma * elementary::exp(-h / tau_syn) * (beta * elementary::expm1(h * inverse_beta) - h);
}

/// One step of a membrane with exponentially decaying currents: v ← P22 v + P21_ex i_ex +
/// P21_in i_in + P20 i + drive, i ← P11 i. `drive` is by I_e.
template <typename T>
struct ExponentialCurrents {
  T P22, P21_ex, P21_in, P11_ex, P11_in, P20, drive;
};

template <typename P>
ExponentialCurrents<double> exponential_currents(const P& p, double tau_ex, double tau_in,
                                                 double h) {
  const double P22 = elementary::exp(-h / p.tau_m);
  const double P20 = p.tau_m / p.C_m * (1 - P22);
  return {.P22 = P22,
          .P21_ex = current_to_potential(tau_ex, p.tau_m, p.C_m, h),
          .P21_in = current_to_potential(tau_in, p.tau_m, p.C_m, h),
          .P11_ex = elementary::exp(-h / tau_ex),
          .P11_in = elementary::exp(-h / tau_in),
          .P20 = P20,
          .drive = P20 * p.I_e};
}

}  // namespace common
}  // namespace tegmenta
