// Which neurons of a partition have something to do in which step, where all of them say when they
// are next due: so that others need not be looked at, and time can pass over steps in which nothing
// is due at all.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "simd/neuron_block.h"

namespace tegmenta {

/// By groups of kLaneGroup slots.
class DueGroups {
 public:
  /// Makes room for slices of up to `steps` ≤ 64 steps.
  DueGroups(std::size_t slots, int steps)
      : words_((slots / kLaneGroup + kWord - 1) / kWord),
        due_(slots / kLaneGroup, kNeverDue),
        heard_(static_cast<std::size_t>(steps) * words_, 0) {}

  /// The first stamp at which a group is due without input.
  void set_due(std::size_t group, std::int64_t stamp) {
    due_[group] = stamp;
    first_due_ = std::min(first_due_, stamp);
  }
  std::int64_t first_due() const { return first_due_; }

  /// Something arrives at a slot in a step of the slice.
  void hear(int lag, std::size_t slot) {
    const std::size_t group = slot / kLaneGroup;
    heard_[static_cast<std::size_t>(lag) * words_ + group / kWord] |= std::uint64_t{1}
                                                                      << (group % kWord);
    lags_ |= std::uint64_t{1} << lag;
  }

  /// The first step from `lag` on in which some group has something to do; ≥ kMostLags: none.
  int next_lag(int lag, std::int64_t origin) const {
    const std::uint64_t left = lag < kMostLags ? lags_ >> lag << lag : 0;
    const std::int64_t due = std::max<std::int64_t>(first_due_ - 1 - origin, lag);
    const int heard = left ? std::countr_zero(left) : kMostLags;
    return static_cast<int>(std::min<std::int64_t>(due, heard));
  }

  /// Calls update(group) → when it is due next, for those that have something to do in a step.
  template <typename Update>
  void walk(int lag, std::int64_t stamp, Update&& update) {
    std::uint64_t* const heard = heard_.data() + static_cast<std::size_t>(lag) * words_;
    std::int64_t first = kNeverDue;
    for (std::size_t group = 0; group < due_.size(); ++group) {
      const bool hears = heard[group / kWord] >> (group % kWord) & 1;
      if (hears || due_[group] <= stamp) due_[group] = update(group);
      first = std::min(first, due_[group]);
    }
    std::fill_n(heard, words_, std::uint64_t{0});
    lags_ &= ~(std::uint64_t{1} << lag);
    first_due_ = first;
  }

  /// What has been heard and not walked.
  void forget() {
    std::fill(heard_.begin(), heard_.end(), std::uint64_t{0});
    lags_ = 0;
  }

  static constexpr int kMostLags = 64;

 private:
  static constexpr std::size_t kWord = 64;

  std::size_t words_;
  std::vector<std::int64_t> due_;
  std::int64_t first_due_ = kNeverDue;
  std::vector<std::uint64_t> heard_;  // [step][group], a bit each
  std::uint64_t lags_ = 0;            // steps in which some group hears something
};

/// The days of a calendar, as far as they have entries: none before `first`, none after `last`.
struct DueDays {
  std::int64_t first = kNeverDue, last = -1;

  void note(std::int64_t day) {
    first = std::min(first, day);
    last = std::max(last, day);
  }
};

}  // namespace tegmenta
