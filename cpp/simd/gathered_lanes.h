// What generators send through connections of their own, many at a time. Part of kernels.cc: see
// the rules there.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/elementary_core.h"
#include "simd/kernels.h"
#include "simd/lanes.h"
#include "simd/poisson_lanes.h"
#include "simd/random_lanes.h"

namespace tegmenta {
namespace {

static_assert(simd::kGatheredTogether % kHalves == 0);

constexpr std::uint32_t kPhilox0 = 0xD2511F53u, kPhilox1 = 0xCD9E8D57u;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9u, kWeyl1 = 0xBB67AE85u;

// The rounds that remain when stamps come in, of some vectors from `at` on: see PhiloxBegun.
template <bool kOneDelay, int kBlocks>
TEGMENTA_INLINE void late_rounds(std::uint16_t* halves, const simd::PoissonHalves& p,
                                 std::size_t at) {
  const U m0 = splat_u(kPhilox0), m1 = splat_u(kPhilox1);
  const std::uint32_t population =
      static_cast<std::uint32_t>(std::uint64_t{kPhilox1} * p.population >> 32) ^ p.seed;
  PhiloxLanes c[kBlocks];
  for (int b = 0; b < kBlocks; ++b) {
    const std::size_t i = at + static_cast<std::size_t>(b) * kWidth;
    const U stamp =
        kOneDelay ? splat_u(p.arrival - p.delay[0]) : splat_u(p.arrival) - load_names(p.delay + i);
    const U second = multiply_low32(m0, splat_u(population) ^ stamp);
    const U third = multiply_low32(m1, (second >> 32) ^ load_names(p.begun[0] + i));
    c[b] = {(third >> 32) ^ load_names(p.begun[1] + i), third, second ^ load_names(p.begun[2] + i),
            load_names(p.begun[3] + i)};
  }
  std::uint32_t k0 = p.seed + 3 * kWeyl0, k1 = p.key_high + 3 * kWeyl1;
  for (int round = 3; round < 9; ++round) {
    for (int b = 0; b < kBlocks; ++b) {
      const U p0 = multiply_low32(m0, c[b].c0);
      const U p1 = multiply_low32(m1, c[b].c2);
      c[b] = {exclusive_or(p1 >> 32, c[b].c1, splat_u(k0)), p1,
              exclusive_or(p0 >> 32, c[b].c3, splat_u(k1)), p0};
    }
    k0 += kWeyl0;
    k1 += kWeyl1;
  }
  // Of the last round, the word that is wanted only: half a product, the upper with a key.
  for (int b = 0; b < kBlocks; ++b) {
    const std::size_t i = at + static_cast<std::size_t>(b) * kWidth;
    const U half = load_names(p.half + i);
    constexpr std::uint32_t kLate = simd::PoissonHalves::kLateWords;
    const I late = reinterpret_cast<I>((half & splat_u(kLate)) != splat_u(0));
    const U last = multiply_low32(late ? m0 : m1, late ? c[b].c0 : c[b].c2);
    const U with = late ? c[b].c3 ^ splat_u(k1) : c[b].c1 ^ splat_u(k0);
    const U word = (last ^ with << 32) >> (half & splat_u(kLate - 1));
    using Narrow = std::uint16_t __attribute__((vector_size(2 * kWidth)));  // NOLINT
    const Narrow some = __builtin_convertvector(word, Narrow);
    std::memcpy(halves + i, &some, sizeof some);
  }
}

void poisson_halves(std::uint16_t* __restrict__ halves, const simd::PoissonHalves& given,
                    std::size_t n) {
  const simd::PoissonHalves p = given;
  constexpr int kBlocks = kWidth == 8 ? 4 : 2;
  constexpr std::size_t kStride = kBlocks * kWidth;
  if (p.one_delay) {
    for (std::size_t i = 0; i < n; i += kStride) late_rounds<true, kBlocks>(halves, p, i);
  } else {
    for (std::size_t i = 0; i < n; i += kStride) late_rounds<false, kBlocks>(halves, p, i);
  }
}

TEGMENTA_INLINE H load_halves(const std::uint16_t* p) {
  H h;
  std::memcpy(&h, p, sizeof h);
  return h;
}

struct ColumnCounts {
  H counts, open;
};

// Thresholds not above the halves, in kHalves columns from `at` on.
TEGMENTA_INLINE ColumnCounts count_columns(const simd::PoissonColumns& p, std::size_t at) {
  const H halves = load_halves(p.halves + at);
  const H usual = load_halves(p.usual + at);
  const std::uint16_t* thresholds = p.thresholds + at;
#if defined(__AVX512BW__)
  const __m512i words = reinterpret_cast<__m512i>(halves);
  __m512i counts = _mm512_setzero_si512();
  __mmask32 open = 0;
  for (int k = 0; k < p.rows; ++k, thresholds += p.stride) {
    const __m512i limit = _mm512_loadu_si512(thresholds);
    counts = _mm512_mask_sub_epi16(counts, _mm512_cmpge_epu16_mask(words, limit), counts,
                                   _mm512_set1_epi16(-1));
    open |= _mm512_cmpeq_epu16_mask(words, limit);
  }
  open |= _mm512_cmpeq_epu16_mask(counts, reinterpret_cast<__m512i>(usual));
  return {reinterpret_cast<H>(counts), reinterpret_cast<H>(_mm512_movm_epi16(open))};
#else
  H counts{}, open{};
  for (int k = 0; k < p.rows; ++k, thresholds += p.stride) {
    const H limit = load_halves(thresholds);
    counts -= reinterpret_cast<H>(halves >= limit);
    open |= reinterpret_cast<H>(halves == limit);
  }
  return {counts, open | reinterpret_cast<H>(counts == usual)};
#endif
}

bool poisson_values(double* __restrict__ values, std::uint16_t* __restrict__ open,
                    const simd::PoissonColumns& given, std::size_t n) {
  const simd::PoissonColumns p = given;
  H any{};
  for (std::size_t i = 0; i < n; i += kHalves) {
    const ColumnCounts c = count_columns(p, i);
    std::memcpy(open + i, &c.open, sizeof c.open);
    any |= c.open;
    const H numbers = (c.counts + load_halves(p.smallest + i)) & ~c.open;
    std::uint16_t counts[kHalves];
    std::memcpy(counts, &numbers, sizeof counts);
    for (int j = 0; j < kHalves; j += kWidth) {
      using Narrow = std::uint16_t __attribute__((vector_size(2 * kWidth)));  // NOLINT
      Narrow some;
      std::memcpy(&some, counts + j, sizeof some);
      const V count = __builtin_convertvector(__builtin_convertvector(some, J), V);
      store(values + i + j, count * load(p.weight + i + j));
    }
  }
  std::uint64_t words[kWidth], some = 0;
  std::memcpy(words, &any, sizeof words);
  for (const std::uint64_t word : words) some |= word;
  return some != 0;
}

void waves(double* __restrict__ values, const simd::Waves& given, std::size_t n) {
  const simd::Waves w = given;
  for (std::size_t i = 0; i < n; i += kWidth) {
    V sine;
    if (w.one_sine) {
      sine = splat(*w.one_sine);
    } else {
      const V t = w.own_time ? load(w.own_time + i) : splat(w.t);
      sine = elementary::core::sincos(load(w.omega + i) * t + load(w.phi + i)).sin;
    }
    store(values + i, load(w.weight + i) * (load(w.offset + i) + load(w.amplitude + i) * sine));
  }
}

void add(double* __restrict__ out, const double* __restrict__ values, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) out[i] += values[i];
}

}  // namespace
}  // namespace tegmenta
