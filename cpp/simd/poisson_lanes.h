// Poisson counts of many lanes and steps, by inversion of 32-bit words. The upper half of a word
// decides nearly always; the lower halves are drawn only for lanes where it does not. Part of
// kernels.cc: see the rules there.
//
// A group of 64 lanes shares eight blocks of Philox words: lane l has half l / 8 of the eight
// halves (low, high of word 0, low, high of word 1, …) of block l % 8.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/kernels.h"
#include "simd/lanes.h"
#include "simd/random_lanes.h"

namespace tegmenta {
namespace {

// Halves of words, four times as many as doubles.
using H = std::uint16_t __attribute__((vector_size(8 * kWidth)));  // NOLINT
constexpr int kHalves = 4 * kWidth;
constexpr int kPoissonGroup = simd::PoissonLanes::kGroup;

/// counts + 1 where half ≥ threshold.
TEGMENTA_INLINE H add_where_reached(H counts, H halves, std::uint16_t threshold) {
#if defined(__AVX512BW__)
  const __m512i limit = _mm512_set1_epi16(static_cast<short>(threshold));  // NOLINT
  const __mmask32 reached = _mm512_cmpge_epu16_mask(reinterpret_cast<__m512i>(halves), limit);
  return reinterpret_cast<H>(_mm512_mask_sub_epi16(reinterpret_cast<__m512i>(counts), reached,
                                                   reinterpret_cast<__m512i>(counts),
                                                   _mm512_set1_epi16(-1)));
#else
  return counts - reinterpret_cast<H>(halves >= static_cast<std::uint16_t>(threshold) - H{});
#endif
}

struct Counted {
  H counts;
  /// All ones where the lower half of the word matters, or more thresholds than the usual ones.
  H open;
  bool any_open;
};

TEGMENTA_INLINE Counted count_halves(H halves, const simd::PoissonLanes& p) {
  Counted c{};
#if defined(__AVX512BW__)
  if (p.usual_count < simd::PoissonLanes::kHalvesTogether) {
    for (int k = 0; k < p.usual_count; ++k) {
      c.counts = add_where_reached(c.counts, halves, p.halves[k + 1]);
    }
    // The threshold that was reached last is found by the count.
    const __m512i counts = reinterpret_cast<__m512i>(c.counts);
    const __m512i last = _mm512_permutexvar_epi16(counts, _mm512_loadu_si512(p.halves));
    const __mmask32 open =
        _mm512_cmpeq_epu16_mask(last, reinterpret_cast<__m512i>(halves)) |
        _mm512_cmpeq_epu16_mask(counts,
                                _mm512_set1_epi16(static_cast<short>(p.usual_count)));  // NOLINT
    c.any_open = open != 0;
    if (c.any_open) c.open = reinterpret_cast<H>(_mm512_movm_epi16(open));
    return c;
  }
#endif
  for (int k = 0; k < p.usual_count; ++k) {
    const std::uint16_t threshold = p.halves[k + 1];
    c.counts = add_where_reached(c.counts, halves, threshold);
    c.open |= reinterpret_cast<H>(halves == threshold - H{});
  }
  const auto most = static_cast<std::uint16_t>(p.usual_count);
  c.open |= reinterpret_cast<H>(c.counts == most - H{});
  std::uint64_t words[kWidth], some = 0;
  std::memcpy(words, &c.open, sizeof words);
  for (const std::uint64_t word : words) some |= word;
  c.any_open = some != 0;
  return c;
}

// Counts of whole words for the open ones; false: one is in the last cell of the table.
inline __attribute__((noinline)) bool settle_open(Counted& c, H halves, const simd::PoissonLanes& p,
                                                  std::uint32_t stamp, std::uint32_t first_block,
                                                  int first_part) {
  std::uint16_t counts[kHalves], half[kHalves], open[kHalves];
  std::memcpy(counts, &c.counts, sizeof counts);
  std::memcpy(half, &halves, sizeof half);
  std::memcpy(open, &c.open, sizeof open);
  for (int e = 0; e < kHalves; ++e) {
    if (!open[e]) continue;
    const int part = first_part + e % 4;
    PhiloxLanes lower[1] = {{splat_u(first_block + static_cast<unsigned>(e) / 4), splat_u(stamp),
                             splat_u(p.population), splat_u(p.connection)}};
    philox<1>(lower, p.seed, p.key_lower);
    const U words[4] = {lower[0].c0, lower[0].c1, lower[0].c2, lower[0].c3};
    const auto both = static_cast<std::uint32_t>(words[part / 2][0]);
    const std::uint32_t word =
        std::uint32_t{half[e]} << 16 | (part % 2 ? both >> 16 : both & 0xffffu);
    int count = 0;
    while (count < p.threshold_count && word >= p.thresholds[count]) ++count;
    if (count == p.threshold_count) return false;
    counts[e] = static_cast<std::uint16_t>(count);
  }
  std::memcpy(&c.counts, counts, sizeof counts);
  return true;
}

// A group in a step.
struct PoissonItem {
  std::uint32_t first_block, stamp;
  double* out;
};

// How many of the items were added before one that has a lane in the last cell.
template <int kItems>
TEGMENTA_INLINE int add_poisson_items(const PoissonItem* items, const simd::PoissonLanes& p) {
  const U identity = [] {
    U v{};
    for (int i = 0; i < kWidth; ++i) v[i] = static_cast<std::uint64_t>(i);
    return v;
  }();
  const U low = splat_u(0xffffffffu);
  const U magic = splat_u(0x4330000000000000u);
  // Exact: whole numbers below 2^53.
  const V offset = splat(4503599627370496.0 - p.smallest);
  const V weight = splat(p.weight);
  bool last[kItems] = {};
  H counts[kItems][2 * kLaneGroup / kWidth];
  for (int j = 0; j < kLaneGroup; j += kWidth) {
    PhiloxLanes blocks[kItems];
    for (int i = 0; i < kItems; ++i) {
      blocks[i] = {splat_u(items[i].first_block + static_cast<unsigned>(j)) + identity,
                   splat_u(items[i].stamp), splat_u(p.population), splat_u(p.connection)};
    }
    philox<kItems>(blocks, p.seed, p.key_high);
    for (int i = 0; i < kItems; ++i) {
      const PhiloxLanes& words = blocks[i];
      const H halves[2] = {reinterpret_cast<H>((words.c0 & low) | (words.c1 << 32)),
                           reinterpret_cast<H>((words.c2 & low) | (words.c3 << 32))};
      for (int k = 0; k < 2; ++k) {
        Counted c = count_halves(halves[k], p);
        if (c.any_open) {
          last[i] |= !settle_open(c, halves[k], p, items[i].stamp,
                                  items[i].first_block + static_cast<unsigned>(j), 4 * k);
        }
        counts[i][2 * (j / kWidth) + k] = c.counts;
      }
    }
  }
  for (int i = 0; i < kItems; ++i) {
    if (last[i]) return i;
    for (int j = 0; j < kLaneGroup; j += kWidth) {
      for (int part = 0; part < 8; ++part) {
        const U four = reinterpret_cast<U>(counts[i][2 * (j / kWidth) + part / 4]);
        const U count = four >> (16 * (part % 4)) & splat_u(0xffffu);
        double* const at = items[i].out + kLaneGroup * part + j;
        store(at, load(at) + (reinterpret_cast<V>(count | magic) - offset) * weight);
      }
    }
  }
  return kItems;
}

int add_poisson(double* out, const simd::PoissonLanes& p, std::uint32_t first_lane, int groups,
                int steps) {
  // The rounds of one hide the latency of another's, as far as there are registers.
  constexpr int kItems = kWidth == 8 ? 4 : 2;
  PoissonItem items[kItems];
  int waiting = 0, done = 0;
  for (int step = 0; step < steps; ++step) {
    for (int group = 0; group < groups; ++group) {
      items[waiting++] = {first_lane / kLaneGroup + static_cast<unsigned>(kLaneGroup * group),
                          p.stamp_low + static_cast<unsigned>(step),
                          out + static_cast<std::ptrdiff_t>(step) * p.stride +
                              static_cast<std::ptrdiff_t>(group) * kPoissonGroup};
      if (waiting < kItems) continue;
      waiting = 0;
      const int added = add_poisson_items<kItems>(items, p);
      done += added;
      if (added < kItems) return done;
    }
  }
  for (int i = 0; i < waiting; ++i) {
    const int added = add_poisson_items<1>(items + i, p);
    done += added;
    if (added == 0) break;
  }
  return done;
}

}  // namespace
}  // namespace tegmenta
