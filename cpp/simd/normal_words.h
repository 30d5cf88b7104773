// Pairs of standard normal numbers from pairs of 32-bit words, for one lane or for many: G. E. P.
// Box, M. E. Muller, Ann. Math. Stat. 29 (1958). In single precision, and good to some 2⁻²³: half
// the work of double precision. Freestanding: read by the files that are compiled once per
// instruction-set level.
#pragma once

#include <cstdint>
#include <cstring>

#include "simd/inline.h"

namespace tegmenta {

/// What normal_pair does with words and floats, for one lane.
struct OneLane {
  using Words = std::uint32_t;
  using Floats = float;
  static TEGMENTA_INLINE Floats as_floats(Words bits) {
    Floats x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
  }
  static TEGMENTA_INLINE Words as_words(Floats x) {
    Words bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
  }
  /// Of words as signed integers, rounded to the nearest.
  static TEGMENTA_INLINE Floats to_floats(Words integer) {
    return static_cast<float>(static_cast<std::int32_t>(integer));
  }
  static TEGMENTA_INLINE Floats square_root(Floats x) { return __builtin_sqrtf(x); }
};

template <typename Floats>
struct NormalPair {
  Floats first, second;
};

/// −2 log of a number in (0, 1], with the logarithm split into that of a power of 2 and of the
/// rest, 1 + f in [√½, √2]: f − f²/2 + f³ times a polynomial that is fitted, 3·10⁻⁸ wrong.
template <typename Lanes>
TEGMENTA_INLINE typename Lanes::Floats minus_two_log(typename Lanes::Floats x) {
  using F = typename Lanes::Floats;
  constexpr std::uint32_t kOne = 0x3f800000u, kRootOfHalf = 0x3f3504f3u;
  const auto bits = Lanes::as_words(x);
  const auto biased = (bits + (kOne - kRootOfHalf)) >> 23;
  const F exponent = Lanes::to_floats(biased) - 127.0f;
  const F f = Lanes::as_floats(bits + kOne - (biased << 23)) - 1.0f;
  const F square = f * f;
  const F even = (0.3333340287f +
                  square * (0.1998623759f + square * (0.1464612037f + square * 0.0950118825f)));
  const F odd = (-0.2500112951f + square * (-0.1658345461f + square * -0.1420181990f));
  const F log = f + square * (f * (even + f * odd) - 0.5f);
  return exponent * -1.3862943611f + log * -2.0f;
}

/// Two independent normal numbers: a radius by the first word, an angle by the second.
template <typename Lanes>
TEGMENTA_INLINE NormalPair<typename Lanes::Floats> normal_pair(typename Lanes::Words radius_word,
                                                               typename Lanes::Words angle_word) {
  using F = typename Lanes::Floats;
  // Odd multiples of 2⁻³¹: never 0.
  const F uniform = Lanes::to_floats((radius_word >> 1) | 1u) * 0x1p-31f;
  const F radius = Lanes::square_root(minus_two_log<Lanes>(uniform));
  // Two bits say which quarter of the circle, around its middle the others.
  const F angle = Lanes::to_floats(angle_word << 2) * (0.78539816340f * 0x1p-31f);
  const F square = angle * angle;
  const F sine = angle + angle * square *
                             (-0.1666666418f + square * (0.0083327489f + square * -0.0001958801f));
  const F cosine =
      (1.0f - 0.5f * square) +
      square * square * (0.0416666679f + square * (-0.0013888315f + square * 0.0000245387f));
  constexpr std::uint32_t kSign = 0x80000000u;
  const auto swapped = 0u - ((angle_word >> 30) & 1u);
  const auto s = Lanes::as_words(sine), c = Lanes::as_words(cosine);
  const auto differ = (s ^ c) & swapped;
  const auto first = (c ^ differ) ^ ((angle_word ^ (angle_word << 1)) & kSign);
  const auto second = (s ^ differ) ^ (angle_word & kSign);
  return {radius * Lanes::as_floats(first), radius * Lanes::as_floats(second)};
}

/// A block of four words serves two neurons: the lanes that are 8 apart in a group of 16, counted
/// from the first neuron of the population. It is named by the lower one.
inline constexpr int kNormalGroup = 16;
inline constexpr int kNormalHalf = kNormalGroup / 2;

}  // namespace tegmenta
