// The thin layer under the hot loops: vectors of doubles, 64-bit integers, and the few operations
// that differ between instruction sets. Everything else in kernels.cc is written once with GCC
// vector extensions. Everything here is inlined into an anonymous namespace, so that no weak symbol
// compiled for a newer processor can leak into the program.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX512F__) || defined(__AVX2__) || defined(__SSE2__)
#include <immintrin.h>
#endif

namespace tegmenta {
namespace {

#if defined(__AVX512F__)
constexpr int kWidth = 8;
#elif defined(__AVX2__)
constexpr int kWidth = 4;
#else
constexpr int kWidth = 2;
#endif

using V = double __attribute__((vector_size(8 * kWidth)));         // NOLINT
using I = std::int64_t __attribute__((vector_size(8 * kWidth)));   // NOLINT
using U = std::uint64_t __attribute__((vector_size(8 * kWidth)));  // NOLINT

#define TEGMENTA_INLINE inline __attribute__((always_inline))

TEGMENTA_INLINE V load(const double* p) {
  V v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

TEGMENTA_INLINE void store(double* p, V v) { std::memcpy(p, &v, sizeof v); }

TEGMENTA_INLINE V splat(double x) { return x - V{}; }

TEGMENTA_INLINE U splat_u(std::uint64_t x) { return x - U{}; }

/// a where the mask is set, else b.
TEGMENTA_INLINE V select(I mask, V a, V b) { return mask ? a : b; }

/// One bit per lane of a comparison's result.
TEGMENTA_INLINE unsigned bits(I mask) {
#if defined(__AVX512F__)
  return static_cast<unsigned>(_mm512_movepi64_mask(reinterpret_cast<__m512i>(mask)));
#elif defined(__AVX2__)
  return static_cast<unsigned>(_mm256_movemask_pd(reinterpret_cast<__m256d>(mask)));
#elif defined(__SSE2__)
  return static_cast<unsigned>(_mm_movemask_pd(reinterpret_cast<__m128d>(mask)));
#else
  unsigned result = 0;
  for (int i = 0; i < kWidth; ++i) result |= static_cast<unsigned>(mask[i] & 1) << i;
  return result;
#endif
}

/// Product of the low 32 bits of each lane, 64 bits wide.
TEGMENTA_INLINE U multiply_low32(U a, U b) {
#if defined(__AVX512F__)
  // Not _mm512_mul_epu32: GCC 12 warns of an uninitialised value inside its own header.
  return reinterpret_cast<U>(_mm512_maskz_mul_epu32(
      static_cast<__mmask8>(-1), reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(__AVX2__)
  return reinterpret_cast<U>(
      _mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__SSE2__)
  return reinterpret_cast<U>(
      _mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  return (a & 0xffffffffu) * (b & 0xffffffffu);
#endif
}

}  // namespace
}  // namespace tegmenta
