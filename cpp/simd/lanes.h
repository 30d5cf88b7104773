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

#include "simd/inline.h"

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

// Words of half their width, twice as many.
using W = std::uint32_t __attribute__((vector_size(8 * kWidth)));  // NOLINT
// As many 32-bit integers and floats.
using J = std::int32_t __attribute__((vector_size(4 * kWidth)));  // NOLINT
using F = float __attribute__((vector_size(4 * kWidth)));         // NOLINT

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

/// a > b ? a : b and a < b ? a : b, lane by lane: b where one is NaN.
TEGMENTA_INLINE V maximum(V a, V b) {
#if defined(__AVX512F__)
  // Not _mm512_max_pd: GCC 12 warns of an uninitialised value inside its own header.
  return _mm512_maskz_max_pd(static_cast<__mmask8>(-1), a, b);
#elif defined(__AVX2__)
  return _mm256_max_pd(a, b);
#elif defined(__SSE2__)
  return _mm_max_pd(a, b);
#else
  return select(a > b, a, b);
#endif
}
TEGMENTA_INLINE V minimum(V a, V b) {
#if defined(__AVX512F__)
  return _mm512_maskz_min_pd(static_cast<__mmask8>(-1), a, b);
#elif defined(__AVX2__)
  return _mm256_min_pd(a, b);
#elif defined(__SSE2__)
  return _mm_min_pd(a, b);
#else
  return select(a < b, a, b);
#endif
}

TEGMENTA_INLINE V square_root(V x) {
#if defined(__AVX512F__)
  // Not _mm512_sqrt_pd: GCC 12 warns of an uninitialised value inside its own header.
  return _mm512_maskz_sqrt_pd(static_cast<__mmask8>(-1), x);
#elif defined(__AVX2__)
  return _mm256_sqrt_pd(x);
#elif defined(__SSE2__)
  return _mm_sqrt_pd(x);
#else
  V root;
  for (int i = 0; i < kWidth; ++i) root[i] = __builtin_sqrt(x[i]);
  return root;
#endif
}

/// One bit per lane of a comparison's result: its sign.
TEGMENTA_INLINE unsigned bits(I mask) {
#if defined(__AVX512F__)
  return static_cast<unsigned>(_mm512_movepi64_mask(reinterpret_cast<__m512i>(mask)));
#elif defined(__AVX2__)
  return static_cast<unsigned>(_mm256_movemask_pd(reinterpret_cast<__m256d>(mask)));
#elif defined(__SSE2__)
  return static_cast<unsigned>(_mm_movemask_pd(reinterpret_cast<__m128d>(mask)));
#else
  unsigned result = 0;
  for (int i = 0; i < kWidth; ++i) result |= static_cast<unsigned>(mask[i] < 0) << i;
  return result;
#endif
}

TEGMENTA_INLINE bool any(I mask) { return bits(mask) != 0; }

constexpr unsigned kAllLanes = (1u << kWidth) - 1;

TEGMENTA_INLINE J splat_j(std::int32_t x) { return x - J{}; }

/// The same of comparisons of 32-bit integers; spelled out, because GCC widens them first.
TEGMENTA_INLINE unsigned bits(J mask) {
#if defined(__AVX512F__)
  return static_cast<unsigned>(_mm256_movepi32_mask(reinterpret_cast<__m256i>(mask)));
#elif defined(__AVX2__)
  return static_cast<unsigned>(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
  return bits(__builtin_convertvector(mask, I));
#endif
}
TEGMENTA_INLINE V select(J mask, V a, V b) {
#if defined(__AVX512F__)
  return _mm512_mask_mov_pd(b, _mm256_movepi32_mask(reinterpret_cast<__m256i>(mask)), a);
#else
  return select(__builtin_convertvector(mask, I), a, b);
#endif
}

TEGMENTA_INLINE bool any(J mask) {
#if defined(__AVX512F__)
  return _mm256_testz_si256(reinterpret_cast<__m256i>(mask), reinterpret_cast<__m256i>(mask)) == 0;
#elif defined(__AVX2__)
  return _mm_testz_si128(reinterpret_cast<__m128i>(mask), reinterpret_cast<__m128i>(mask)) == 0;
#else
  std::int32_t all = 0;
  for (int i = 0; i < kWidth; ++i) all |= mask[i];
  return all != 0;
#endif
}

// Lanes looked up one by one. Gather instructions are not used: where the processor is patched
// against the leak of data through them (and that is most of those in service), one costs as much
// as all other instructions of a visit.
struct Indices {
  alignas(4 * kWidth) std::int32_t at[kWidth];
  TEGMENTA_INLINE explicit Indices(J index) {
    std::memcpy(at, &index, sizeof index);
    __asm__("" : "+m"(at));  // through memory: cheaper than taking a register apart
  }
};

struct TwoLanes {
  V first, second;
};

#if defined(__AVX512F__)
// Pairs 0, 2, 4, 6 and 1, 3, 5, 7 side by side, so that unpacking leaves the lanes in order.
template <typename At>
TEGMENTA_INLINE __m512d every_other(At&& at, int first) {
  const auto half = [&](int i) __attribute__((always_inline)) {
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(at(i))),
                                _mm_loadu_pd(at(i + 2)), 1);
  };
  return _mm512_insertf64x4(_mm512_castpd256_pd512(half(first)), half(first + 4), 1);
}
#elif defined(__AVX2__)
template <typename At>
TEGMENTA_INLINE __m256d every_other(At&& at, int first) {
  return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(at(first))),
                              _mm_loadu_pd(at(first + 2)), 1);
}
#endif

/// base[index], lane by lane.
TEGMENTA_INLINE V look_up(const double* base, const Indices& index) {
#if defined(__AVX2__)
  const auto pair = [&](int i) __attribute__((always_inline)) {
    return _mm_loadh_pd(_mm_load_sd(base + index.at[i]), base + index.at[i + 1]);
  };
  const auto four = [&](int i) __attribute__((always_inline)) {
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(pair(i)), pair(i + 2), 1);
  };
#if defined(__AVX512F__)
  return _mm512_insertf64x4(_mm512_castpd256_pd512(four(0)), four(4), 1);
#else
  return four(0);
#endif
#else
  V v;
  for (int i = 0; i < kWidth; ++i) v[i] = base[index.at[i]];
  return v;
#endif
}

/// Lanes that begin at one, or lanes picked one by one.
TEGMENTA_INLINE V load_at(const double* column, int lane) { return load(column + lane); }
TEGMENTA_INLINE V load_at(const double* column, const Indices& lanes) {
  return look_up(column, lanes);
}
TEGMENTA_INLINE void store_at(double* column, int lane, V values) { store(column + lane, values); }
TEGMENTA_INLINE void store_at(double* column, const Indices& lanes, V values) {
  double value[kWidth];
  store(value, values);
  for (int i = 0; i < kWidth; ++i) column[lanes.at[i]] = value[i];
}

/// The two doubles at at(i), lane by lane.
template <typename At>
TEGMENTA_INLINE TwoLanes look_up_two(At&& at) {
#if defined(__AVX512F__)
  const __m512d even = every_other(at, 0), odd = every_other(at, 1);
  return {_mm512_unpacklo_pd(even, odd), _mm512_unpackhi_pd(even, odd)};
#elif defined(__AVX2__)
  const __m256d even = every_other(at, 0), odd = every_other(at, 1);
  return {_mm256_unpacklo_pd(even, odd), _mm256_unpackhi_pd(even, odd)};
#else
  TwoLanes v;
  for (int i = 0; i < kWidth; ++i) {
    v.first[i] = at(i)[0];
    v.second[i] = at(i)[1];
  }
  return v;
#endif
}

struct FourLanes {
  J v[4];
};

/// The four 32-bit integers at at(i), lane by lane.
template <typename At>
TEGMENTA_INLINE FourLanes look_up_four(At&& at) {
#if defined(__AVX512F__) || defined(__AVX2__)
  const auto as_double = [&](int i) __attribute__((always_inline)) {
    return reinterpret_cast<const double*>(at(i));
  };
#if defined(__AVX512F__)
  const __m512i even = _mm512_castpd_si512(every_other(as_double, 0));
  const __m512i odd = _mm512_castpd_si512(every_other(as_double, 1));
  const __m512i low = _mm512_unpacklo_epi32(even, odd), high = _mm512_unpackhi_epi32(even, odd);
  const __m512i first = _mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0);
  const __m512i a = _mm512_permutexvar_epi64(first, low);
  const __m512i b = _mm512_permutexvar_epi64(first, high);
  return {{reinterpret_cast<J>(_mm512_castsi512_si256(a)),
           reinterpret_cast<J>(_mm512_extracti64x4_epi64(a, 1)),
           reinterpret_cast<J>(_mm512_castsi512_si256(b)),
           reinterpret_cast<J>(_mm512_extracti64x4_epi64(b, 1))}};
#else
  const __m256i even = _mm256_castpd_si256(every_other(as_double, 0));
  const __m256i odd = _mm256_castpd_si256(every_other(as_double, 1));
  const __m256i a = _mm256_permute4x64_epi64(_mm256_unpacklo_epi32(even, odd), 0xd8);
  const __m256i b = _mm256_permute4x64_epi64(_mm256_unpackhi_epi32(even, odd), 0xd8);
  return {{reinterpret_cast<J>(_mm256_castsi256_si128(a)),
           reinterpret_cast<J>(_mm256_extracti128_si256(a, 1)),
           reinterpret_cast<J>(_mm256_castsi256_si128(b)),
           reinterpret_cast<J>(_mm256_extracti128_si256(b, 1))}};
#endif
#else
  FourLanes f;
  for (int i = 0; i < kWidth; ++i) {
    for (int k = 0; k < 4; ++k) f.v[k][i] = at(i)[k];
  }
  return f;
#endif
}

TEGMENTA_INLINE U exclusive_or(U a, U b, U c) {
#if defined(__AVX512F__)
  return reinterpret_cast<U>(_mm512_ternarylogic_epi64(reinterpret_cast<__m512i>(a),
                                                       reinterpret_cast<__m512i>(b),
                                                       reinterpret_cast<__m512i>(c), 0x96));
#else
  return a ^ b ^ c;
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
