// Lines of integrals are cut into blocks: how long these are, and how much is kept of a line.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace tegmenta {

/// Half a time constant, so that integrals from a block's begin lose nothing to the growth of the
/// inverse decay.
inline std::int64_t block_steps(double tau_c, double h) {
  return std::max<std::int64_t>(static_cast<std::int64_t>(std::min(0.5 * tau_c / h, 65536.0)), 1);
}

/// The ring of steps that reaches back so far: a power of two.
inline std::int64_t ring_steps(std::int64_t horizon, std::int64_t block) {
  return static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(horizon + block + 2)));
}

/// The blocks that a ring can touch.
inline std::size_t blocks_of(std::int64_t ring, std::int64_t block) {
  return static_cast<std::size_t>(ring / block + 3);
}

/// As much of an exponential as is worth a table.
inline std::int64_t table_steps(double tau, double h, std::int64_t horizon) {
  return static_cast<std::int64_t>(std::min(static_cast<double>(horizon), 40 * tau / h)) + 2;
}

}  // namespace tegmenta
