// Models that were compiled from texts: what they declare, and their programs for lanes of neurons
// or of synapses. Numbers of a program stand in operands, each a value a lane: first the model's
// constants, then what a program is given, then its own temporaries.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "compiled/instruction.h"
#include "models/declaration.h"

namespace tegmenta::compiled {

struct Program {
  int given = 0;        // operands behind the constants
  int temporaries = 0;  // operands behind those
  std::vector<Instruction> code;
  int main = 0;  // code from here on is that of systems
  std::vector<std::uint16_t> results;
};

/// Equations that an adaptive solver advances: code [first, last) works out `slopes` from `values`
/// and what is held.
struct System {
  int first = 0, last = 0;
  std::vector<std::uint16_t> values;
  std::vector<std::uint16_t> slopes;
  /// The columns of the states that the values are of, so that errors can name them; or none.
  std::vector<std::uint16_t> columns = {};
  /// What the code reads besides, of the operands that are not the same in all lanes.
  std::vector<std::uint16_t> held;
  std::uint16_t time = 0;                    // set to the time within the step, in ms
  std::uint16_t absolute = 0, relative = 0;  // errors that are allowed
  int substep = 0;                           // state column of the sub-step to try next
};

enum class NumberKind { kReal, kInteger, kBoolean };

struct DeclaredNumber {
  std::string name;  // empty: a column that nobody sees
  std::string unit = {};
  std::string description = {};
  NumberKind kind = NumberKind::kReal;
  bool read_only = false;
};

/// A condition that parameters keep.
struct Guard {
  int parameter = 0;  // of which it is said
  std::string text;
};

/// What neurons and synapses have in common.
struct ModelCode {
  std::string name;
  std::string text;  // of which it was compiled
  std::vector<DeclaredNumber> parameters;
  std::vector<DeclaredNumber> states;  // a column each
  std::vector<double> constants;
  std::vector<Guard> guards;
  std::vector<std::string> failures;  // texts of `fail`

  /// Given: the resolution in ms, tics per ms. Results: parameters, then states.
  Program defaults;
  /// Given: parameters, the resolution in ms, tics per ms. Results: a number for each guard, not 0
  /// where it is kept.
  Program guarding;
  /// Given the same as `guarding` of a neuron. Results: coefficients.
  Program setup;
};

/// A neuron.
struct Code : ModelCode {
  std::vector<DeclaredNumber> internals;
  /// Ports of spikes, in the order of their numbers; names of one with '/' between.
  std::vector<std::string> receptors;
  bool numbered = false;  // receptors count from 1; else there is one, 0
  std::vector<DeclaredNumber> currents;
  int most_spikes = 1;  // in a step: 0, 1, or more

  /// Given what `setup` is. Results: internals.
  Program deriving;
  /// Given: coefficients, states, two rows for each receptor (weights > 0; others), currents, the
  /// time at the end of the step, spikes. Changes states, and spikes, which begin at 0.
  Program step;
  std::vector<System> systems;
};

inline std::array<const Program*, 5> programs_of(const Code& code) {
  return {&code.defaults, &code.guarding, &code.deriving, &code.setup, &code.step};
}

}  // namespace tegmenta::compiled
