// Whether a compiled model may be run.
#pragma once

#include "compiled/code.h"
#include "compiled/synapse_code.h"

namespace tegmenta::compiled {

/// Most instructions, and operands of a program, of a model; rows that it may need to run.
inline constexpr std::size_t kMostInstructions = 1'000'000;
inline constexpr int kMostOperands = 65535;
inline constexpr std::size_t kMostSystems = 256;

/// Throws BadProperty (fields model, what) unless every operand, jump, system, vector and number of
/// the code is one that there is: what has passed touches no memory but its own, and ends, whatever
/// numbers it is given. All code that is run has passed, as it may come from a saved state.
void check(const Code& code);
void check(const SynapseCode& code);

}  // namespace tegmenta::compiled
