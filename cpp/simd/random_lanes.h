// Random numbers of several streams at once. Part of kernels.cc: see the rules there.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/drawn_lanes.h"
#include "simd/lanes.h"
#include "simd/philox_lanes.h"
#include "simd/streams.h"

namespace tegmenta {
namespace {

TEGMENTA_INLINE U load_names(const std::uint32_t* p) {
  using Names = std::uint32_t __attribute__((vector_size(4 * kWidth)));  // NOLINT
  Names names;
  std::memcpy(&names, p, sizeof names);
  return __builtin_convertvector(names, U);
}

template <class Number, int kBlocks>
TEGMENTA_INLINE void draw_vectors(double* out, const simd::Streams& s, const std::uint32_t* b,
                                  const std::uint32_t* c, const std::uint32_t* passed,
                                  const std::uint32_t* own_a) {
  PhiloxLanes blocks[kBlocks];
  for (int i = 0; i < kBlocks; ++i) {
    U block = splat_u(s.block);
    if (passed) block += load_names(passed + i * kWidth);
    const U a = own_a ? load_names(own_a + i * kWidth) : splat_u(s.a);
    blocks[i] = {block, a, load_names(b + i * kWidth), load_names(c + i * kWidth)};
  }
  philox<kBlocks>(blocks, s.seed, s.key_high);
  for (int i = 0; i < kBlocks; ++i) store(out + i * kWidth, Number::of(blocks[i]));
}

template <class Number>
TEGMENTA_INLINE void draw(double* out, const simd::Streams& streams, std::size_t n) {
  const simd::Streams s = streams;
  constexpr int kBlocks = 2;
  constexpr std::size_t kStride = kBlocks * kWidth;
  std::size_t i = 0;
  for (; i + kStride <= n; i += kStride) {
    draw_vectors<Number, kBlocks>(out + i, s, s.b + i, s.c + i, s.blocks ? s.blocks + i : nullptr,
                                  s.own_a ? s.own_a + i : nullptr);
  }
  for (; i < n; i += kWidth) {
    const std::size_t left = n - i < kWidth ? n - i : kWidth;
    std::uint32_t b[kWidth] = {}, c[kWidth] = {}, passed[kWidth] = {}, own_a[kWidth] = {};
    double drawn[kWidth];
    std::memcpy(b, s.b + i, left * sizeof *b);
    std::memcpy(c, s.c + i, left * sizeof *c);
    if (s.blocks) std::memcpy(passed, s.blocks + i, left * sizeof *passed);
    if (s.own_a) std::memcpy(own_a, s.own_a + i, left * sizeof *own_a);
    draw_vectors<Number, 1>(drawn, s, b, c, passed, s.own_a ? own_a : nullptr);
    std::memcpy(out + i, drawn, left * sizeof *drawn);
  }
}

void normals(double* __restrict__ out, const simd::Streams& streams, std::size_t n) {
  draw<Normal>(out, streams, n);
}

void uniforms(double* __restrict__ out, const simd::Streams& streams, std::size_t n) {
  draw<Uniform>(out, streams, n);
}

void exponentials(double* __restrict__ out, const simd::Streams& streams, std::size_t n) {
  draw<Exponential>(out, streams, n);
}

TEGMENTA_INLINE void store_words(std::uint32_t* to, U lanes) {
  using Words = std::uint32_t __attribute__((vector_size(4 * kWidth)));  // NOLINT
  const Words words = __builtin_convertvector(lanes, Words);
  std::memcpy(to, &words, sizeof words);
}

void words(std::uint32_t* __restrict__ out, const simd::LongStream& stream,
           std::uint32_t first_block, std::size_t count) {
  U identity{};
  for (int i = 0; i < kWidth; ++i) identity[i] = static_cast<std::uint64_t>(i);
  constexpr int kGroup = 8;  // blocks whose words stand together
  // Two vectors, of this group or of the next.
  constexpr int kBlocks = 2;
  for (std::size_t done = 0; done < count; done += kWidth * kBlocks) {
    PhiloxLanes blocks[kBlocks];
    const std::size_t n = done + kWidth < count ? kBlocks : 1;
    for (std::size_t i = 0; i < kBlocks; ++i) {
      const auto first = first_block + static_cast<std::uint32_t>(done + i * kWidth);
      blocks[i] = {splat_u(first) + identity, splat_u(stream.a), splat_u(stream.b),
                   splat_u(stream.c)};
    }
    philox<kBlocks>(blocks, stream.seed, stream.key_high);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t block = done + i * kWidth;
      std::uint32_t* const to = out + block / kGroup * (4 * kGroup) + block % kGroup;
      store_words(to, blocks[i].c0);
      store_words(to + kGroup, blocks[i].c1);
      store_words(to + 2 * kGroup, blocks[i].c2);
      store_words(to + 3 * kGroup, blocks[i].c3);
    }
  }
}

}  // namespace
}  // namespace tegmenta
