#pragma once

#include <array>
#include <cstdint>

#include "base/philox.h"
#include "base/wide_product.h"

namespace tegmenta {

/// What a random number is for. Streams of different purposes never share a word. The values are
/// part of every result: append, never renumber.
enum class Purpose : std::uint8_t {
  kPoisson = 1,
  kNoise = 2,
  kConnectSource = 3,
  kConnectTarget = 4,
  kConnectCount = 5,
  kParameter = 6,
  kNodeParameter = 7,
  kThreshold = 8,
  kTail = 9,
  kBernoulli = 10,
  kConnectPair = 11,
  kSynapseModel = 14,
  kPoissonLower = 15,
  kDenseWeight = 16,
  kDenseMask = 17,
  kDenseAction = 18,
  kDenseWinner = 19,
  kConductance = 21,
  kHazard = 20,
  kCompiled = 22,
  kCompiledPoisson = 23,
};

/// Unbiased integer in [0, n), n >= 1, from what next_u32() and next_u64() of `words` give. One
/// 32-bit word (rarely more) for n <= 2^32, otherwise 64-bit words. D. Lemire, "Fast random integer
/// generation in an interval", ACM TOMACS 29 (2019).
template <typename Words>
std::uint64_t random_below(Words& words, std::uint64_t n) {
  if (n <= 0x100000000ull) {
    std::uint64_t product = std::uint64_t{words.next_u32()} * n;
    if ((product & 0xFFFFFFFFu) < n) {
      const std::uint64_t rejected = 0x100000000ull % n;
      while ((product & 0xFFFFFFFFu) < rejected) product = std::uint64_t{words.next_u32()} * n;
    }
    return product >> 32;
  }
  WideProduct product = multiply_wide(words.next_u64(), n);
  if (product.low < n) {
    const std::uint64_t rejected = (std::uint64_t{0} - n) % n;
    while (product.low < rejected) product = multiply_wide(words.next_u64(), n);
  }
  return product.high;
}

/// A stream of random words that is named, not stored: the numbers depend only on the names.
/// Making one costs nothing until the first word is drawn; four words cost one Philox call.
///
/// Counter words are (block index, a, b, c), key words (seed, purpose << 24 | high), so a stream
/// holds 2^34 words and (seed, purpose, high, a, b, c) never collides with another stream.
///
/// Everything is computed with integer arithmetic and base/elementary.h: the same on all machines.
class RandomStream {
 public:
  /// `a`, `b`, `c` name the stream (global ids, step, ordinal); `high` (below 2^24) takes the bits
  /// for which 96 are not enough, for instance the upper bits of a step.
  constexpr RandomStream(std::uint32_t seed, Purpose purpose, std::uint32_t a, std::uint32_t b,
                         std::uint32_t c, std::uint32_t high = 0)
      : key_{seed, (static_cast<std::uint32_t>(purpose) << 24) | (high & 0xFFFFFFu)},
        name_{a, b, c} {}

  /// 32 uniform bits: the words of block 0, then those of block 1, ...
  std::uint32_t next_u32() {
    if (used_ == 4) {
      words_ = philox4x32({block_++, name_[0], name_[1], name_[2]}, key_);
      used_ = 0;
    }
    return words_[used_++];
  }

  /// 64 uniform bits: two words, the lower half first.
  std::uint64_t next_u64() {
    const std::uint64_t low = next_u32();
    return low | (std::uint64_t{next_u32()} << 32);
  }

  /// Uniform on the multiples of 2^-53 in [0, 1).
  double uniform01() { return static_cast<double>(next_u64() >> 11) * 0x1p-53; }

  /// Uniform on the multiples of 2^-53 in (0, 1].
  double uniform_positive() { return static_cast<double>((next_u64() >> 11) + 1) * 0x1p-53; }

  /// Unbiased integer in [0, n), n >= 1: random_below.
  std::uint64_t below(std::uint64_t n) { return random_below(*this, n); }

  /// Standard normal deviate from four words (one block, if the stream is at a block's start):
  /// sqrt(-2 log u) cos(2 pi v). G. E. P. Box, M. E. Muller, Ann. Math. Stat. 29 (1958).
  double normal();

  /// Exponential deviate of mean 1: -log(u).
  double exponential();

  /// Poisson deviate of mean `lambda` in [0, 2^53]: sequential inversion below 10, transformed
  /// rejection above (W. Hoermann, "The transformed rejection method for generating Poisson random
  /// variables", Insurance: Mathematics and Economics 12 (1993), algorithm PTRS).
  std::uint64_t poisson(double lambda);

  /// Number of successes in n <= 2^53 trials of probability p in [0, 1]: sequential inversion where
  /// n min(p, 1-p) < 10, transformed rejection otherwise (W. Hoermann, "The generation of binomial
  /// random variates", J. Stat. Comput. Simul. 46 (1993), algorithm BTRS).
  std::uint64_t binomial(std::uint64_t n, double p);

 private:
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 3> name_;
  std::uint32_t block_ = 0;
  std::uint32_t used_ = 4;
  std::array<std::uint32_t, 4> words_{};
};

/// log(k!), k < 2^53, relative error about 1e-15 (Stirling's series, tabulated remainders below
/// 16).
double log_factorial(std::uint64_t k);

/// Logarithm of the Poisson probability of `k` at mean `lambda` > 0, without cancellation at large
/// mean (C. Loader, "Fast and accurate computation of binomial probabilities", 2000).
double log_poisson_probability(std::uint64_t k, double lambda);

/// Logarithm of the probability of `k` <= n successes in n trials of probability p in (0, 1).
double log_binomial_probability(std::uint64_t k, std::uint64_t n, double p);

}  // namespace tegmenta
