// Names of random streams whose first numbers are drawn together. Plain data only: read by
// kernels.cc.
#pragma once

#include <cstdint>

namespace tegmenta::simd {

/// Stream i is RandomStream(seed, purpose, a, b[i], c[i], high): see base/random.h.
struct Streams {
  std::uint32_t seed;
  std::uint32_t key_high;   // purpose << 24 | high
  std::uint32_t block = 0;  // where the stream stands: 4 · block words have been drawn
  std::uint32_t a;
  const std::uint32_t* b;
  const std::uint32_t* c;
  /// What stream i has drawn besides, in blocks; null: nothing.
  const std::uint32_t* blocks = nullptr;
  /// What stream i has in the place of a; null: a.
  const std::uint32_t* own_a = nullptr;
};

/// RandomStream(seed, purpose, a, b, c, high), to be drawn from at length.
struct LongStream {
  std::uint32_t seed;
  std::uint32_t key_high;  // purpose << 24 | high
  std::uint32_t a, b, c;
};

}  // namespace tegmenta::simd
