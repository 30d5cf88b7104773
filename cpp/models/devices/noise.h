// The currents of a noise_generator, a value of its own for every connection.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/value.h"
#include "simd/kernels.h"

namespace tegmenta {

/// The normal distribution of which a noise_generator's targets have a value each, pA.
struct NoiseDraw {
  std::int64_t step = -1;  // update step of the draw; −1: inactive
  double mean = 0;
  double std = 0;
};

/// Draws values for connections, many at a time.
class NoiseValues {
 public:
  NoiseValues(const simd::Kernels& kernels, std::uint32_t seed) : kernels_(kernels), seed_(seed) {}

  /// `connection` is the ordinal of the Connect call, `ordinal` counts connections of one list to
  /// the same target. The value is there after `flush`.
  void add(const NoiseDraw& draw, std::uint32_t connection, NodeId target, std::uint32_t ordinal,
           double* value);
  void flush();

  /// The values of the targets first, first + 1, …, of one connection each, at once.
  void draw(const NoiseDraw& draw, std::uint32_t connection, NodeId first, std::size_t n,
            double* values);

 private:
  static constexpr std::size_t kMost = 64;

  const simd::Kernels& kernels_;
  std::uint32_t seed_;
  std::uint32_t key_high_ = 0;
  std::size_t waiting_ = 0;
  std::array<std::uint32_t, kMost> connection_;
  std::array<std::uint32_t, kMost> target_;
  std::array<std::uint32_t, kMost> step_;
  std::array<NoiseDraw, kMost> draw_;
  std::array<double*, kMost> value_;
};

}  // namespace tegmenta
