// What instructions read and write.
#pragma once

#include <array>
#include <vector>

#include "compiled/code.h"

namespace tegmenta::compiled {

/// Operands [first, first + count).
struct OperandRange {
  int first = 0, count = 0;
};

struct Effects {
  std::array<OperandRange, 3> reads;
  OperandRange writes;
};

Effects effects_of(const Instruction& instruction);

const char* name_of(Operation operation);

/// Whether it is found in the code [first, last).
bool contains(const Program& program, int first, int last, Operation operation);
bool reads(const Program& program, int first, int last, int operand);

/// What the code of a system does with operands.
struct SystemUse {
  /// Read, constants, components and the time apart; ascending.
  std::vector<std::uint16_t> held;
  /// Ascending.
  std::vector<std::uint16_t> written;
  /// That are read before they are written, and then written. Nothing says what is read in lanes
  /// that are packed: must not be.
  std::vector<std::uint16_t> stale;
};

SystemUse use_of(const Code& code, const System& system);

/// Operands of the step program, in their order behind the constants.
struct StepOperands {
  explicit StepOperands(const Code& code);

  int coefficients, states, rows, currents, time, spikes, temporaries, end;
};

/// Whether the code of a system is told the time: its operand is the step's, or one of its own.
bool is_told_time(const Code& code, const System& system);

}  // namespace tegmenta::compiled
