// Names of the random numbers that an expression draws for nodes or synapses.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/random.h"
#include "simd/kernels.h"

namespace tegmenta {

/// Names of the draws of one quantity for n elements, all in the purpose's streams (a, b[i], c[i]):
/// for synapses the ordinal of the Connect call, source, target and `repeat[i]`, which tells
/// synapses of one source, target and call apart; for nodes the ordinal of the call, ID and key.
/// No number depends on where in a block, and in which block, an element stands.
struct DrawNames {
  const simd::Kernels& kernels;
  std::uint32_t seed;
  Purpose purpose;
  std::uint32_t quantity;  // below 64; what else is drawn in the same streams has another
  std::uint32_t a;
  const std::uint32_t* b;
  const std::uint32_t* c;
  const std::uint32_t* repeat = nullptr;  // null: 0 for all
};

/// Elements that are best drawn together.
inline constexpr std::size_t kDrawBlock = 512;

}  // namespace tegmenta
