#pragma once

#include <cstddef>
#include <cstdint>

#include "base/elementary.h"

/// The functions of base/elementary.h for several doubles at once. Each lane has the bits of the
/// scalar function. V is Lanes<W>::Double (for W = 1 simply double); everything is forced inline
/// and takes the instruction set of the file that includes it. Vectors wider than its registers
/// work too, but GCC wants -Wno-psabi for them.
///
///     using V = simd::Lanes<simd::kNativeWidth>::Double;
///     V y = simd::exp(simd::load<V>(x));

namespace tegmenta::simd {

/// Vectors of W doubles and of 64-bit integers; a comparison of Doubles gives an Int of 0 and -1.
template <int W>
struct Lanes {
#if defined(__GNUC__)
  typedef double Double __attribute__((vector_size(8 * W)));
  typedef std::int64_t Int __attribute__((vector_size(8 * W)));
  typedef std::uint64_t Word __attribute__((vector_size(8 * W)));
#endif
};
template <>
struct Lanes<1> {
  using Double = double;
  using Int = std::int64_t;
  using Word = std::uint64_t;
};

/// Doubles in a register of the instruction set this file is compiled for.
#if defined(__AVX512F__)
constexpr int kNativeWidth = 8;
#elif defined(__AVX__)
constexpr int kNativeWidth = 4;
#elif defined(__GNUC__)
constexpr int kNativeWidth = 2;
#else
constexpr int kNativeWidth = 1;
#endif

template <class V>
inline constexpr std::size_t kWidth = sizeof(V) / sizeof(double);

/// The lanes at `from`, which need not be aligned.
template <class V>
TEGMENTA_FORCE_INLINE V load(const double* from) {
  V lanes;
  __builtin_memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

template <class V>
TEGMENTA_FORCE_INLINE void store(double* to, V lanes) {
  __builtin_memcpy(to, &lanes, sizeof lanes);
}

using elementary::core::absolute;
using elementary::core::exp;
using elementary::core::expm1;
using elementary::core::log;
using elementary::core::log1p;
using elementary::core::select;
using elementary::core::SinCos;
using elementary::core::splat;

/// Square root, lane by lane: exact rounding is guaranteed by IEEE 754.
template <class V>
TEGMENTA_FORCE_INLINE V sqrt(V x) {
  if constexpr (kWidth<V> == 1) {
    return __builtin_sqrt(x);
  } else {
    V root;
    for (std::size_t i = 0; i < kWidth<V>; ++i) root[i] = __builtin_sqrt(x[i]);
    return root;
  }
}

/// Whether a comparison holds in some lane.
template <class Mask>
TEGMENTA_FORCE_INLINE bool any(Mask mask) {
  if constexpr (sizeof(Mask) < sizeof(std::uint64_t)) {
    return mask;
  } else {
    std::int64_t all = 0;
    for (std::size_t i = 0; i < sizeof(Mask) / sizeof(std::int64_t); ++i) all |= mask[i];
    return all != 0;
  }
}

/// Sine and cosine; lanes beyond 2^20 are computed one at a time.
template <class V>
TEGMENTA_FORCE_INLINE SinCos<V> sincos(V x) {
  if constexpr (kWidth<V> == 1) {
    return elementary::sincos(x);
  } else {
    SinCos<V> y = elementary::core::sincos(x);
    if (any(!(absolute(x) <= elementary::core::kMaxReducedAngle))) {
      for (std::size_t i = 0; i < kWidth<V>; ++i) {
        const SinCos<double> one = elementary::sincos(x[i]);
        y.sin[i] = one.sin;
        y.cos[i] = one.cos;
      }
    }
    return y;
  }
}

/// plain_pow(); one lane at a time if some lane needs pow().
template <class V>
TEGMENTA_FORCE_INLINE V plain_pow(V x, V y) {
  if constexpr (kWidth<V> == 1) {
    return elementary::plain_pow(x, y);
  } else {
    const V e = elementary::core::plain_exponent(x, y);
    V power = elementary::core::plain_exp2(e);
    if (any(!elementary::core::has_plain_pow(x, e))) {
      for (std::size_t i = 0; i < kWidth<V>; ++i) power[i] = elementary::plain_pow(x[i], y[i]);
    }
    return power;
  }
}

}  // namespace tegmenta::simd
