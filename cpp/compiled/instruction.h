// The instructions of compiled models. Freestanding: read by the files that are compiled once per
// instruction-set level.
#pragma once

#include <cstdint>

namespace tegmenta::compiled {

enum class Operation : std::uint16_t {
#define TEGMENTA_OPERATION(name, operands, meaning) name,
#include "compiled/operations.def"
#undef TEGMENTA_OPERATION
};

inline constexpr int kOperations = 0
#define TEGMENTA_OPERATION(name, operands, meaning) +1
#include "compiled/operations.def"
#undef TEGMENTA_OPERATION
    ;

/// result ← operation(a, b, c): operands, or numbers that stand for themselves (operations.def).
struct Instruction {
  Operation operation;
  std::uint16_t result, a, b, c;
};

}  // namespace tegmenta::compiled
