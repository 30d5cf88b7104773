// Adding bit masks of rows to counts: carry-save adders on whole words, and their bits spread over
// 16-bit counts at the end. Part of kernels.cc: see the rules there.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/lanes.h"

namespace tegmenta {
namespace {

struct SumAndCarry {
  U sum, carry;
};

// Three bits of equal weight, in every position: their sum and what carries to the next weight.
TEGMENTA_INLINE SumAndCarry add_bits(U a, U b, U c) {
#if defined(__AVX512F__)
  const __m512i x = reinterpret_cast<__m512i>(a), y = reinterpret_cast<__m512i>(b),
                z = reinterpret_cast<__m512i>(c);
  return {exclusive_or(a, b, c), reinterpret_cast<U>(_mm512_ternarylogic_epi64(x, y, z, 0xe8))};
#else
  const U either = a ^ b;
  return {either ^ c, (a & b) | (either & c)};
#endif
}

TEGMENTA_INLINE U load_words(const std::uint64_t* p) {
  U v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

// counts[i] += Σ 2^p · (bit i of planes[p]), for 64 · kWidth counts.
template <int kPlanes>
TEGMENTA_INLINE void spread(std::uint16_t* counts, const U* planes) {
  constexpr int kCounts = 4 * kWidth;  // of one vector
#if defined(__AVX512F__)
  alignas(64) std::uint32_t words[kPlanes][2 * kWidth];
  for (int p = 0; p < kPlanes; ++p) std::memcpy(words[p], planes + p, sizeof words[p]);
  for (int g = 0; g < 2 * kWidth; ++g) {
    __m512i count = _mm512_loadu_si512(counts + g * kCounts);
    for (int p = 0; p < kPlanes; ++p) {
      count = _mm512_mask_add_epi16(count, words[p][g], count,
                                    _mm512_set1_epi16(static_cast<short>(1 << p)));  // NOLINT
    }
    _mm512_storeu_si512(counts + g * kCounts, count);
  }
#else
  using H = std::uint16_t __attribute__((vector_size(8 * kWidth)));  // NOLINT
  const H bit = [] {
    H v{};
    for (int i = 0; i < kCounts; ++i) v[i] = static_cast<std::uint16_t>(1u << (i & 15));
    return v;
  }();
  alignas(64) std::uint16_t words[kPlanes][4 * kWidth];
  for (int p = 0; p < kPlanes; ++p) std::memcpy(words[p], planes + p, sizeof words[p]);
  for (int g = 0; g < 16; ++g) {
    H count;
    std::memcpy(&count, counts + g * kCounts, sizeof count);
    for (int p = 0; p < kPlanes; ++p) {
      H word;
      if constexpr (kCounts >= 16) {
        word = words[p][g] - H{};
      } else {
        // Half a word to a vector.
        word = static_cast<std::uint16_t>(words[p][g / 2] >> (g % 2 * 8)) - H{};
      }
      const H set = reinterpret_cast<H>((word & bit) == bit);
      count += set & (static_cast<std::uint16_t>(1u << p) - H{});
    }
    std::memcpy(counts + g * kCounts, &count, sizeof count);
  }
#endif
}

TEGMENTA_INLINE void add_seven(std::uint16_t* counts, const U* r) {
  const SumAndCarry a = add_bits(r[0], r[1], r[2]), b = add_bits(r[3], r[4], r[5]);
  const SumAndCarry ones = add_bits(a.sum, b.sum, r[6]);
  const SumAndCarry twos = add_bits(a.carry, b.carry, ones.carry);
  const U planes[3] = {ones.sum, twos.sum, twos.carry};
  spread<3>(counts, planes);
}

TEGMENTA_INLINE void add_fifteen(std::uint16_t* counts, const U* r) {
  const SumAndCarry a = add_bits(r[0], r[1], r[2]), b = add_bits(r[3], r[4], r[5]);
  const SumAndCarry c = add_bits(r[6], r[7], r[8]), d = add_bits(r[9], r[10], r[11]);
  const SumAndCarry e = add_bits(r[12], r[13], r[14]);
  const SumAndCarry f = add_bits(a.sum, b.sum, c.sum);
  const SumAndCarry ones = add_bits(d.sum, e.sum, f.sum);
  const SumAndCarry g = add_bits(a.carry, b.carry, c.carry);
  const SumAndCarry h = add_bits(d.carry, e.carry, f.carry);
  const SumAndCarry twos = add_bits(g.sum, h.sum, ones.carry);
  const SumAndCarry fours = add_bits(g.carry, h.carry, twos.carry);
  const U planes[4] = {ones.sum, twos.sum, fours.sum, fours.carry};
  spread<4>(counts, planes);
}

template <int kRows>
TEGMENTA_INLINE void add_rows(std::uint16_t* counts, const std::uint64_t* const* rows, int n,
                              std::size_t words) {
  for (std::size_t w = 0; w < words; w += kWidth) {
    U r[kRows];
    for (int k = 0; k < kRows; ++k) r[k] = k < n ? load_words(rows[k] + w) : U{};
    if constexpr (kRows == 7) {
      add_seven(counts + 64 * w, r);
    } else {
      add_fifteen(counts + 64 * w, r);
    }
  }
}

void add_masks(std::uint16_t* counts, const std::uint64_t* const* rows, int n, std::size_t words) {
  if (n <= 7) {
    add_rows<7>(counts, rows, n, words);
  } else {
    add_rows<15>(counts, rows, n, words);
  }
}

}  // namespace
}  // namespace tegmenta
