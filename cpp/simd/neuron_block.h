// A block of neurons handed to an update. Freestanding: read by the files that are compiled once
// per instruction-set level.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tegmenta {

/// A block of neurons goes through the steps of a slice while its state and inputs sit in the
/// first-level cache: few lanes for many steps, or many lanes for few.
inline constexpr int kBlockLanes = 64;
inline constexpr int kBlockSteps = 16;
/// Most lanes times steps of a block, and most lanes.
inline constexpr int kBlockCells = kBlockLanes * kBlockSteps;
inline constexpr int kMostBlockLanes = 512;
/// Populations are padded to this many lanes; a spike mask is one byte per group.
inline constexpr int kLaneGroup = 8;

/// At the multiples of so many steps of absolute time states are looked at: one that is not finite
/// ends the simulation, and one that has all but vanished becomes 0, long before it is a denormal
/// number. Every block ends there, so that neither depends on how a simulation is divided.
inline constexpr int kSettleSteps = 64;
inline constexpr double kLeastState = 1e-150;

/// A step is given up whose sub-steps are shorter on average than this part of it, after so many
/// attempts at one: such a step would take longer than anyone waits.
inline constexpr int kPatientAttempts = 100'000;
inline constexpr double kShortestAverage = 1e-6;

/// Where the error of a potential exceeds this (mV), its upstroke has outrun the control of the
/// sub-steps; the spike is then located to within this part of a step.
inline constexpr double kOutrun = 100;
inline constexpr double kSpikeWindow = 1e-6;

/// Later than any step that there is.
inline constexpr std::int64_t kNeverDue = std::int64_t{1} << 60;

/// The neuron at which an update had to stop: the first in the earliest step that failed.
struct NeuronFailure {
  enum Kind {
    kNone,
    kSolver,     // the integration found no sub-steps that it can go on with
    kNotFinite,  // a state is not a finite number
    kUnstable,   // a state has left the bounds that its model sets
    kStated,     // a compiled model ends the simulation with a text of its own
    kEndless,    // a loop of a compiled model goes round more often than anyone waits
  };
  Kind kind = kNone;
  int step = 0;
  int lane = 0;
  /// Of kStated: which text. Of kNotFinite: the column of the state and 1; 0: any.
  int text = 0;
};

/// Stamps of the spikes that a neuron is to emit, ascending.
struct GivenSpikes {
  const std::int64_t* begin;
  const std::int64_t* end;
};

struct NeuronBlock {
  /// State columns, each at the first lane of the block. Padding lanes exist and may be written.
  double* const* state;
  /// Coefficients: a column at the first lane of the block, or one value if `uniform`.
  const double* const* coefficient;
  bool uniform;
  int lanes;  // multiple of kLaneGroup, ≤ kMostBlockLanes
  int steps;  // ≤ kBlockSteps

  /// Inputs of step s, lane i at [s * input_stride + i]. Excitatory: events with weight > 0, in
  /// the unit of the weight; inhibitory: all others (values ≤ 0).
  const double* excitatory;
  const double* inhibitory;
  /// Current that acts in step s (pA); null when the block receives none.
  const double* current;
  /// Filtered current (iaf_psc_exp, receptor 1); null when none.
  const double* filtered_current;
  int input_stride;
  /// Receptor ports, the same number for all lanes; their states and coefficients come after those
  /// of the model, port by port. Input of port k in step s, lane i at
  /// [k * port_stride + s * input_stride + i].
  int ports;
  const double* port_input;
  std::size_t port_stride;

  /// Spike masks: bit (i & 7) of fired[s * fired_stride + i / 8]. Written by the update, all bits.
  std::uint8_t* fired;
  std::size_t fired_stride;
  /// Spikes per step and lane at [s * multiplicity_stride + i]; only for models with multiplicity,
  /// and only meaningful where the fired bit is set.
  std::uint32_t* multiplicity;
  std::size_t multiplicity_stride;

  double resolution_ms;
  int real_lanes;          // lanes that are neurons; the rest is padding
  NeuronFailure* failure;  // written where an integration fails

  // For random numbers and scalar updates.
  std::int64_t first_step;   // update step a of s = 0; its end is the stamp a + 1
  std::uint32_t first_node;  // node ID of lane 0
  const GivenSpikes* given;  // by lane, only of models whose spikes are given
  std::uint32_t seed;
};

using NeuronUpdate = void (*)(const NeuronBlock&);

}  // namespace tegmenta
