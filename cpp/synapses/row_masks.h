// Rows as bit masks: one bit a slot, set where the run has a synapse. Runs of a homogeneous store
// that are dense enough have one besides their list of targets; up to 15 of them are added at once
// by bit-sliced counters, at a fraction of an operation a synapse. See
// docs/event-driven-core.md#delivery-and-the-order-of-sums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/aligned.h"
#include "base/watch.h"

namespace tegmenta {

struct Run;

class RowMasks {
 public:
  /// The count rows that masks are added to must be this long, in slots, or longer.
  static std::size_t padded(std::size_t slots) { return (slots + 511) / 512 * 512; }

  /// Whether masks pay for these runs; they are few enough to be kept beside the lists then.
  static bool pay(std::size_t runs, std::size_t synapses, std::size_t slots,
                  std::uint32_t max_repeat);

  RowMasks() = default;
  /// Throws Cancelled.
  RowMasks(std::span<const Run> runs, std::span<const std::uint16_t> targets, std::size_t slots,
           const Watch* watch = nullptr);

  explicit operator bool() const { return words_ > 0; }
  /// The masks of what is left of the runs, in the same memory.
  // NOLINTNEXTLINE(bugprone-exception-escape): it is taken already
  void renew(std::span<const Run> runs, std::span<const std::uint16_t> targets) noexcept;
  /// 64-bit words a mask; a multiple of 8.
  std::size_t words() const { return words_; }
  const std::uint64_t* mask(std::uint32_t run) const {
    return masks_.data() + std::size_t{run} * words_;
  }
  /// Targets of the synapses of a run beyond the first onto the same target.
  std::span<const std::uint16_t> repeats(std::uint32_t run) const {
    return {repeats_.data() + repeats_begin_[run], repeats_.data() + repeats_begin_[run + 1]};
  }
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit.derived("masks", self.masks_);
    visit.derived("repeats_begin", self.repeats_begin_);
    visit.derived("repeats", self.repeats_);
  }
  /// Bytes of all masks and repeats.
  std::size_t bytes_read() const {
    return masks_.size() * sizeof(std::uint64_t) + repeats_.size() * sizeof(std::uint16_t);
  }

 private:
  /// check(): called now and then.
  template <typename Check>
  void set(std::span<const Run> runs, std::span<const std::uint16_t> targets, Check&& check);

  std::size_t words_ = 0;
  AlignedVector<std::uint64_t> masks_;  // [run][word]
  AlignedVector<std::uint32_t> repeats_begin_;
  AlignedVector<std::uint16_t> repeats_;
};

}  // namespace tegmenta
