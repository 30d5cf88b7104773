// Philox blocks of several streams at once: base/philox.h for vectors. See the rules in kernels.cc.
#pragma once

#include <cstdint>

#include "simd/lanes.h"

namespace tegmenta {
namespace {

// Four words of a block a lane: in the low 32 bits, the others hold anything.
struct PhiloxLanes {
  U c0, c1, c2, c3;
};

// Several blocks at once: the rounds of one hide the latency of another's.
template <int kBlocks>
TEGMENTA_INLINE void philox(PhiloxLanes* blocks, std::uint32_t k0, std::uint32_t k1) {
  const U m0 = splat_u(0xD2511F53u);
  const U m1 = splat_u(0xCD9E8D57u);
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < kBlocks; ++i) {
      const PhiloxLanes c = blocks[i];
      const U p0 = multiply_low32(m0, c.c0);
      const U p1 = multiply_low32(m1, c.c2);
      blocks[i] = {exclusive_or(p1 >> 32, c.c1, splat_u(k0)), p1,
                   exclusive_or(p0 >> 32, c.c3, splat_u(k1)), p0};
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

}  // namespace
}  // namespace tegmenta
