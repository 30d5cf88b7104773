#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/aligned.h"
#include "base/random.h"

namespace tegmenta {

/// Poisson numbers of one fixed mean from 32-bit words, by inversion: the interval of words is cut
/// at thresholds T_k = round(2^32 P(X <= k)), and the count that belongs to a word u is the number
/// of thresholds not above u. Probabilities of single counts are therefore right to 2^-32.
///
/// The last cell, u >= thresholds().back(), stands for every count from last() on (and, because
/// its threshold is rounded down, for a sliver of last() - 1): draw `tail` there. With it the
/// upper tail, and the rate at small means, are right to double precision. Counts below
/// first() have a probability below 2^-33 together; they are merged into first().
///
///     std::uint64_t n = table.count(u);
///     if (n == table.last()) n = table.tail(stream);
///
/// A table grows with the root of the mean. Means above kMostTabled have none (tabled() is false):
/// their counts are drawn by rejection, `draw`.
class PoissonTable {
 public:
  static constexpr double kMostTabled = 1e6;
  /// Up to this mean, counts stay below 2^32 (by 4000 standard deviations).
  static constexpr double kMostMean = 4e9;

  /// `lambda` is the mean, in (0, kMostMean].
  explicit PoissonTable(double lambda);

  double lambda() const { return lambda_; }
  bool tabled() const { return !thresholds_.empty(); }

  /// The thresholds above 0 and below 2^32, not descending; none where there is no table.
  std::span<const std::uint32_t> thresholds() const { return thresholds_; }

  /// The smallest count: what u = 0 gives.
  std::uint32_t first() const { return first_; }

  /// The largest count of the table: first() + thresholds().size().
  std::uint32_t last() const { return first_ + static_cast<std::uint32_t>(thresholds_.size()); }

  /// How many thresholds to compare most words with: fewer than one in 8192 reaches the last of
  /// these.
  std::uint32_t usual() const { return static_cast<std::uint32_t>(usual_); }

  /// Upper halves of the usual thresholds, by count: element c is that of the threshold which a
  /// word with count first() + c has reached last; element 0 that of the first. Padded to at
  /// least 32.
  std::span<const std::uint16_t> upper_halves() const { return upper_halves_; }

  /// The count of a word: first() + number of thresholds not above u. Looks up a guide table by
  /// the upper eight bits, then bisects.
  std::uint32_t count(std::uint32_t u) const {
    std::uint32_t low = guide_[u >> 24];
    std::uint32_t high = guide_[(u >> 24) + 1];
    while (low < high) {
      const std::uint32_t middle = (low + high) / 2;
      if (thresholds_[middle] <= u) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return first_ + low;
  }

  /// A count given that the word lies in the last cell (count(u) == last()).
  std::uint64_t tail(RandomStream& stream) const;

  /// A count: one word, and `tail` where that is needed.
  std::uint64_t draw(RandomStream& stream) const {
    if (!tabled()) return stream.poisson(lambda_);
    const std::uint32_t n = count(stream.next_u32());
    return n == last() ? tail(stream) : n;
  }

 private:
  double lambda_;
  std::uint32_t first_ = 0;
  std::size_t usual_ = 0;
  AlignedVector<std::uint32_t> thresholds_;
  AlignedVector<std::uint16_t> upper_halves_;
  std::array<std::uint32_t, 257> guide_{};  // thresholds below (i << 24), for i = 0 ... 256
  double cell_ = 0.0;                       // probability of the last cell
  double tail_ = 0.0;                       // P(X >= last())
  double probability_ = 0.0;                // P(X = last())
};

}  // namespace tegmenta
