// Random numbers made of Philox blocks, a number a lane. See the rules in kernels.cc.
#pragma once

#include "base/elementary_core.h"
#include "simd/lanes.h"
#include "simd/philox_lanes.h"

namespace tegmenta {
namespace {

TEGMENTA_INLINE V to_double(U small) {  // exact below 2^52
  const U magic = splat_u(0x4330000000000000u);
  return reinterpret_cast<V>(small | magic) - splat(4503599627370496.0);
}

// word >> 11 of the 64 bits (low, high): the integer below 2^53 that a uniform number is made of.
TEGMENTA_INLINE V upper_bits(U low, U high) {
  const U word = splat_u(0xffffffffu);
  return to_double(high & word) * splat(0x1p21) + to_double((low & word) >> 11);
}

// What RandomStream makes of the words of one block.
struct Normal {
  TEGMENTA_INLINE static V of(const PhiloxLanes& words) {
    constexpr double kTwoPi = 0x1.921fb54442d18p+2;
    const V positive = (upper_bits(words.c0, words.c1) + splat(1)) * splat(0x1p-53);
    const V turn = upper_bits(words.c2, words.c3) * splat(0x1p-53);
    const V radius = square_root(splat(-2.0) * elementary::core::log(positive));
    return radius * elementary::core::sincos(splat(kTwoPi) * turn).cos;
  }
};
struct Uniform {
  TEGMENTA_INLINE static V of(const PhiloxLanes& words) {
    return upper_bits(words.c0, words.c1) * splat(0x1p-53);
  }
};
struct Exponential {
  TEGMENTA_INLINE static V of(const PhiloxLanes& words) {
    const V positive = (upper_bits(words.c0, words.c1) + splat(1)) * splat(0x1p-53);
    return -elementary::core::log(positive);
  }
};

}  // namespace
}  // namespace tegmenta
