// A long random stream, drawn from in bulk by the kernels.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/random.h"
#include "simd/kernels.h"

namespace tegmenta {

/// The words of a RandomStream, every eight blocks in the order of Kernels::words.
class BulkStream {
 public:
  /// `expected`: words that will be drawn, about; more may be.
  BulkStream(const simd::Kernels& kernels, std::uint32_t seed, Purpose purpose, std::uint32_t a,
             std::uint32_t b, std::uint32_t c, std::uint64_t expected)
      : kernels_(kernels),
        stream_{seed, static_cast<std::uint32_t>(purpose) << 24, a, b, c},
        expected_(expected) {}

  std::uint32_t next_u32() {
    if (used_ == held_) refill();
    return words_[used_++];
  }
  std::uint64_t next_u64() {
    const std::uint64_t low = next_u32();
    return low | std::uint64_t{next_u32()} << 32;
  }
  /// Unbiased integer in [0, n), n ≥ 1: random_below.
  std::uint64_t below(std::uint64_t n) { return random_below(*this, n); }
  /// `count` of them, n ≤ 2^32.
  void below(std::uint64_t n, std::uint32_t* out, std::size_t count) {
    const auto rejected = static_cast<std::uint32_t>(0x100000000ull % n);
    while (count > 0) {
      if (used_ == held_) refill();
      const std::size_t taken = std::min(count, held_ - used_);
      const std::uint32_t* const words = words_.data() + used_;
      // Hardly ever is a word rejected.
      std::uint32_t least = ~std::uint32_t{0};
      for (std::size_t i = 0; i < taken; ++i) {
        const std::uint64_t product = words[i] * n;
        out[i] = static_cast<std::uint32_t>(product >> 32);
        least = std::min(least, static_cast<std::uint32_t>(product));
      }
      std::size_t made = taken;
      if (least < rejected) {
        made = 0;
        for (std::size_t i = 0; i < taken; ++i) {
          const std::uint64_t product = words[i] * n;
          out[made] = static_cast<std::uint32_t>(product >> 32);
          made += static_cast<std::uint32_t>(product) >= rejected ? 1 : 0;
        }
      }
      used_ += taken;
      out += made;
      count -= made;
    }
  }
  /// As RandomStream::uniform01 and uniform_positive.
  double uniform01() { return static_cast<double>(next_u64() >> 11) * 0x1p-53; }
  double uniform_positive() { return static_cast<double>((next_u64() >> 11) + 1) * 0x1p-53; }

 private:
  static constexpr std::size_t kGroup = 32;  // words of eight blocks
  static constexpr std::size_t kMost = 16 * kGroup;

  void refill() {
    const std::uint64_t wanted = std::clamp<std::uint64_t>(expected_, 1, kMost);
    held_ = (static_cast<std::size_t>(wanted) + kGroup - 1) / kGroup * kGroup;
    kernels_.words(words_.data(), stream_, block_, held_ / 4);
    block_ += static_cast<std::uint32_t>(held_ / 4);
    expected_ -= std::min<std::uint64_t>(expected_, held_);
    used_ = 0;
  }

  const simd::Kernels& kernels_;
  simd::LongStream stream_;
  std::uint64_t expected_;
  std::uint32_t block_ = 0;
  std::size_t used_ = 0;
  std::size_t held_ = 0;
  alignas(64) std::array<std::uint32_t, kMost> words_;
};

}  // namespace tegmenta
