// What the interpreters of compiled models are given: plain data, made by executable.h.
// Freestanding: read by the files that are compiled once per instruction-set level.
#pragma once

#include <cstddef>
#include <cstdint>

#include "compiled/instruction.h"
#include "simd/kernels.h"
#include "simd/neuron_block.h"

namespace tegmenta::compiled {

/// Lanes that go through a program at once. A row is as many doubles.
inline constexpr int kTileLanes = 64;

/// Slopes that a sub-step takes of each component.
inline constexpr int kSolverStages = 6;

/// After how much a step is given up.
struct Patience {
  /// Rounds of loops that a lane asks for in a step, or when slopes are worked out once.
  int rounds = 1'000'000;
  /// Attempts at sub-steps, of those that are shorter on average than kShortestAverage.
  int attempts = kPatientAttempts;
};

/// Operations on rows find these by number.
using Operands = double* const*;

/// Equations for the solver: see System in code.h.
struct SystemTable {
  const Instruction *first, *last;
  int size;  // components
  const std::uint16_t* values;
  const std::uint16_t* slopes;
  const std::uint16_t* columns;  // of the states that these are; null: not known
  const std::uint8_t* copied;    // slopes that must be copied to where they are kept
  int held_count;                // operands that it reads besides, constants apart
  int held_coefficients;         // the first so many of them
  const std::uint16_t* held;
  bool has_time;  // that it is told
  bool has_loops;
  std::uint16_t absolute, relative;
  int substep;  // state column
};

/// Room for the work on a system: rows.
struct SystemMemory {
  double** operands;            // of its code
  double** from;                // of each component: where it stands
  double* values;               // rows of components that are packed
  double* next;                 // where components are taken, and lead to
  double* slopes;               // rows of all components of the first slope, of the second …
  double* held;                 // rows, packed, of what is held
  double* time;                 // as the code is told
  double *at, *substep;         // time within the step, and sub-step to try next
  double *absolute, *relative;  // errors allowed, packed
};

/// The step program of a model.
struct StepTable {
  const Instruction* code;
  int length;
  int constants, coefficients, states, rows, currents;  // operands, in this order
  bool has_time;                                        // it is read
  bool has_spikes;                                      // that it emits
  bool has_loops;
  Patience patience;
  const SystemTable* systems;
};

struct StepMemory {
  double** operands;
  double* coefficients;  // rows of those that are the same in all lanes
  double* zeros;         // a row
  double* time;
  double* spikes;
  double* matrices;
  const SystemMemory* systems;
};

/// A block of neurons of a compiled model.
struct StepRun {
  const StepTable* table;
  const StepMemory* memory;
  const NeuronBlock* block;
  /// Input of a receptor: weights > 0 of the first, others, those of the second … In step s, lane i
  /// at [s · input_stride + i]; null where there is none.
  const double* const* rows;
  const double* const* currents;
};

/// What names the random numbers of a program that is no step: of all lanes, and of each.
struct DrawNames {
  std::uint32_t seed;
  std::uint32_t first[kTileLanes], second[kTileLanes], third[kTileLanes];
};

/// A program that is no step, over the lanes of a tile. Operands are rows.
struct ProgramRun {
  const Instruction* code;
  int length;
  Operands operands;
  double* matrices;
  Patience patience;
  int lanes;  // 1 … kTileLanes
  NeuronFailure* failure;
  const DrawNames* draws = nullptr;  // only of programs that draw
};

/// One exists per instruction-set level, all compiled from interpreter.cc, all giving the same
/// bits.
struct Interpreter {
  const char* level;
  void (*run)(const ProgramRun&);
  void (*advance)(const StepRun&);
};

/// That of the level of `kernels`.
const Interpreter& interpreter(const simd::Kernels& kernels);

/// One for lanes so few that it does not matter which.
const Interpreter& plain_interpreter();

}  // namespace tegmenta::compiled
