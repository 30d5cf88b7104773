// What the neuron models share: declarations of parameters and states that several models have,
// propagators, checks between parameters, and the loop of the scalar updates.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/elementary.h"
#include "base/errors.h"
#include "models/declaration.h"
#include "models/neuron_model.h"
#include "simd/neuron_block.h"

namespace tegmenta::common {

// --- parameters --------------------------------------------------------------------------------

inline ParameterDeclaration parameter(std::string name, std::string unit, double default_value,
                                      Range range, std::string description) {
  ParameterDeclaration declared;
  declared.name = std::move(name);
  declared.unit = std::move(unit);
  declared.default_value = default_value;
  declared.range = range;
  declared.description = std::move(description);
  return declared;
}

inline ParameterDeclaration flag(std::string name, bool default_value, std::string description) {
  ParameterDeclaration declared =
      parameter(std::move(name), "", default_value, {0, 1, false, false}, std::move(description));
  declared.type = ParameterType::kBool;
  return declared;
}

inline ParameterDeclaration tau_m(double ms) {
  return parameter("tau_m", "ms", ms, Range::positive(),
                   "Membrane time constant: how fast the potential relaxes to E_L.");
}

inline ParameterDeclaration C_m(double pF) {
  return parameter("C_m", "pF", pF, Range::positive(), "Capacitance of the membrane.");
}

inline ParameterDeclaration g_L(double nS) {
  return parameter("g_L", "nS", nS, Range::finite(), "Leak conductance of the membrane.");
}

inline ParameterDeclaration t_ref(double ms) {
  return parameter("t_ref", "ms", ms, Range::non_negative(),
                   "Refractory period: how long the potential stays at V_reset after a spike, "
                   "rounded up to whole steps.");
}

/// Refractory time of the tutorial's neurons, counted down in ms.
inline ParameterDeclaration refr_T(double ms) {
  return parameter(
      "refr_T", "ms", ms, Range::non_negative(),
      "Refractory period, counted down by repeated subtraction of the resolution until "
      "nothing is left.");
}

inline ParameterDeclaration E_L(double mV) {
  return parameter("E_L", "mV", mV, Range::finite(),
                   "Leak reversal potential: where the potential rests without input.");
}

inline ParameterDeclaration I_e(double pA) {
  return parameter("I_e", "pA", pA, Range::finite(), "Constant current into the neuron.");
}

inline ParameterDeclaration V_th(double mV, std::string description =
                                                "Threshold: the neuron fires when its potential "
                                                "reaches this value.") {
  return parameter("V_th", "mV", mV, Range::finite(), std::move(description));
}

inline ParameterDeclaration V_reset(double mV) {
  return parameter("V_reset", "mV", mV, Range::finite(), "Potential right after a spike.");
}

/// The lowest potential; minus infinity and the lowest double both mean that there is none.
inline ParameterDeclaration V_min(double mV = std::numeric_limits<double>::lowest()) {
  Range range;
  range.low = -std::numeric_limits<double>::infinity();
  return parameter("V_min", "mV", mV, range,
                   "Lower bound of the potential; the default means that there is none.");
}

inline ParameterDeclaration E_ex(double mV) {
  return parameter("E_ex", "mV", mV, Range::finite(),
                   "Reversal potential of the excitatory conductance.");
}

inline ParameterDeclaration E_in(double mV) {
  return parameter("E_in", "mV", mV, Range::finite(),
                   "Reversal potential of the inhibitory conductance.");
}

inline ParameterDeclaration tau_syn_ex(double ms, std::string description) {
  return parameter("tau_syn_ex", "ms", ms, Range::positive(), std::move(description));
}

inline ParameterDeclaration tau_syn_in(double ms, std::string description) {
  return parameter("tau_syn_in", "ms", ms, Range::positive(), std::move(description));
}

/// Parameters of the traces that the engine keeps for every spiking neuron. They close each
/// model's list, in this order.
enum ArchiveParameter { kTauMinus, kTauMinusTriplet, kTauCa, kBetaCa, kArchiveParameters };

inline void append_archive(std::vector<ParameterDeclaration>& parameters) {
  parameters.push_back(parameter("tau_minus", "ms", 20, Range::positive(),
                                 "Time constant of the postsynaptic trace that spike-timing "
                                 "dependent synapses read."));
  parameters.push_back(parameter("tau_minus_triplet", "ms", 110, Range::positive(),
                                 "Time constant of the slow postsynaptic trace of triplet "
                                 "rules."));
  parameters.push_back(parameter("tau_Ca", "ms", 10000, Range::positive(),
                                 "Time constant of the calcium concentration."));
  parameters.push_back(parameter("beta_Ca", "", 0.001, Range::positive(),
                                 "Rise of the calcium concentration at each spike."));
}

/// Index of an archive parameter in a model's list.
inline int archive_index(const NeuronModel& model, ArchiveParameter which) {
  return static_cast<int>(model.parameters.size()) - kArchiveParameters + which;
}

// --- states ------------------------------------------------------------------------------------

/// The membrane potential. offset_parameter: index of E_L where the column holds V_m − E_L, or −1.
inline StateDeclaration V_m(double mV, int column, int offset_parameter = -1) {
  StateDeclaration declared;
  declared.name = "V_m";
  declared.unit = "mV";
  declared.default_value = mV;
  declared.column = column;
  declared.offset_parameter = offset_parameter;
  declared.description = "Membrane potential.";
  return declared;
}

inline StateDeclaration state(std::string name, std::string unit, int column,
                              std::string description, Range range = Range::finite()) {
  StateDeclaration declared;
  declared.name = std::move(name);
  declared.unit = std::move(unit);
  declared.column = column;
  declared.range = range;
  declared.description = std::move(description);
  return declared;
}

/// What is left of refr_T.
inline StateDeclaration refr_t(int column) {
  return state("refr_t", "ms", column, "Refractory time left; at most 0 when not refractory.");
}

inline StateDeclaration read_only(StateDeclaration declared) {
  declared.settable = false;
  return declared;
}

inline StateDeclaration not_recordable(StateDeclaration declared) {
  declared.recordable = false;
  return declared;
}

// --- checks ------------------------------------------------------------------------------------

inline void check_reset_below_threshold(const NeuronModel& model, double reset, double threshold) {
  if (reset < threshold) return;
  throw bad_value(ErrorKind::kBadProperty, model.name(), "V_reset", reset,
                  "< V_th = " + format_number(threshold));
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

// --- scalar updates ----------------------------------------------------------------------------

/// Coefficients of one lane, whether the population shares them or not.
class LaneCoefficients {
 public:
  LaneCoefficients(const NeuronBlock& block, int lane)
      : column_(block.coefficient), lane_(block.uniform ? 0 : lane) {}
  double operator[](int c) const { return column_[c][lane_]; }

 private:
  const double* const* column_;
  int lane_;
};

/// Calls update(step, lane, index of the inputs) → number of spikes for every neuron of the block,
/// step by step, and writes all spike masks (and multiplicities, where the block has them). Groups
/// of kLaneGroup neurons of which rests(index of the first one's inputs) is true do not fire, and
/// are not updated.
template <typename Update, typename Rests>
void for_each_neuron(const NeuronBlock& block, Update&& update, Rests&& rests) {
  for (int s = 0; s < block.steps; ++s) {
    std::uint8_t* const fired = block.fired + static_cast<std::size_t>(s) * block.fired_stride;
    for (int group = 0; group < block.lanes; group += kLaneGroup) {
      unsigned mask = 0;
      if (rests(s * block.input_stride + group)) {
        fired[group / kLaneGroup] = 0;
        continue;
      }
      for (int j = 0; j < kLaneGroup && group + j < block.real_lanes; ++j) {
        const int lane = group + j;
        const std::uint32_t spikes = update(s, lane, s * block.input_stride + lane);
        mask |= static_cast<unsigned>(spikes > 0) << j;
        if (block.multiplicity) {
          block.multiplicity[static_cast<std::size_t>(s) * block.multiplicity_stride +
                             static_cast<std::size_t>(lane)] = spikes;
        }
      }
      fired[group / kLaneGroup] = static_cast<std::uint8_t>(mask);
    }
  }
}

template <typename Update>
void for_each_neuron(const NeuronBlock& block, Update&& update) {
  for_each_neuron(block, std::forward<Update>(update), [](int) { return false; });
}

}  // namespace tegmenta::common
