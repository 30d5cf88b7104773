// The latest spikes of a source, for synapses that pair at the arrival of its spikes: such synapses
// of one source see the same trace at different times. See
// docs/event-driven-core.md#pairing-at-arrival.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "plasticity/exp_table.h"

namespace tegmenta {

class SourceTrain {
 public:
  /// All spikes of one step.
  struct Spike {
    std::int64_t stamp;
    double trace;  // K+ right after them

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("stamp", self.stamp);
      visit("trace", self.trace);
    }
  };

  /// What synapses have seen that were made at step `from` or later, before the next of these. Its
  /// numbers do not depend on what others have seen: these may be in another partition.
  class Seen {
   public:
    explicit Seen(std::int64_t from = 0) : from_(from) {}

    /// How long before `stamp` (steps) the last spike was, of those after step `created`; 0: there
    /// was none.
    std::int64_t since_last(std::int64_t stamp, std::int64_t created) const {
      const std::size_t before = first_from(stamp);
      if (before == 0 || spikes_[before - 1].stamp <= created) return 0;
      return stamp - spikes_[before - 1].stamp;
    }
    /// K+ at step `t` of the spikes before step `before` (≤ t).
    double trace(std::int64_t t, std::int64_t before, const ExpTable& decay) const {
      const std::size_t end = first_from(before);
      return end == 0 ? 0 : spikes_[end - 1].trace * decay(t - spikes_[end - 1].stamp);
    }

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("from", self.from_);
      visit("spikes", self.spikes_);
    }

    std::int64_t from() const { return from_; }
    bool empty() const { return spikes_.empty(); }
    void add(std::int64_t stamp, std::uint32_t count, const ExpTable& decay) {
      const double trace =
          spikes_.empty() ? 0 : spikes_.back().trace * decay(stamp - spikes_.back().stamp);
      spikes_.push_back({stamp, trace + count});
    }
    /// Whether spikes have gone.
    bool forget(std::int64_t arrived, std::int64_t gap) {
      // The gap may still grow: more is kept than it needs.
      constexpr std::int64_t kLeastGap = 256;
      constexpr std::size_t kAtATime = 32;
      if (spikes_.size() <= kAtATime) return false;
      const std::size_t after = first_from(arrived + 1);
      if (after == 0) return false;
      const std::size_t needed = first_from(spikes_[after - 1].stamp - std::max(gap, kLeastGap));
      if (needed <= kAtATime) return false;
      spikes_.erase(spikes_.begin(), spikes_.begin() + static_cast<std::ptrdiff_t>(needed - 1));
      return true;
    }
    /// Whether this, which was there before, has come to the same: what `later` has not seen is
    /// forgotten, and has left nothing.
    bool is_as(const Seen& later) const {
      if (spikes_.empty() || spikes_.front().stamp <= later.from_) return false;
      const std::size_t same = later.first_from(spikes_.front().stamp);
      return same < later.spikes_.size() && later.spikes_[same].trace == spikes_.front().trace;
    }
    bool loaded_fits(std::int64_t now) const {
      const auto ascends = [](const Spike& a, const Spike& b) { return a.stamp < b.stamp; };
      return from_ >= 0 && from_ <= now &&
             std::is_sorted(spikes_.begin(), spikes_.end(), ascends) &&
             (spikes_.empty() || (spikes_.front().stamp > from_ && spikes_.back().stamp <= now));
    }

    /// At time 0, without spikes.
    void restart() noexcept {
      from_ = 0;
      spikes_.clear();
    }

   private:
    /// The position of the first spike at `stamp` or later: looked for from the end, where it is.
    std::size_t first_from(std::int64_t stamp) const {
      std::size_t at = spikes_.size();
      while (at > 0 && spikes_[at - 1].stamp >= stamp) --at;
      return at;
    }

    std::int64_t from_;
    std::vector<Spike> spikes_;  // ascending
  };

  bool empty() const { return seen_.empty() || seen_.front().empty(); }
  /// What those have seen that were made at that step.
  const Seen& by(std::int64_t created) const { return *(first_after(created) - 1); }
  bool knows(std::int64_t created) const {
    return !seen_.empty() && seen_.front().from() <= created;
  }

  /// Synapses are made at that step, the present.
  void begin(std::int64_t step) {
    if (seen_.empty() || !seen_.back().empty()) seen_.emplace_back(step);
  }
  /// Later than all before. What nobody can ask for any more is forgotten: spikes are on their way
  /// for up to `longest_delay` steps, and a trace is asked for that leaves out up to `gap` steps.
  void add(std::int64_t stamp, std::uint32_t count, const ExpTable& decay,
           std::int64_t longest_delay, std::int64_t gap) {
    bool forgets = false;
    for (Seen& seen : seen_) {
      seen.add(stamp, count, decay);
      forgets |= seen.forget(stamp - longest_delay, gap);
    }
    if (!forgets) return;
    const auto same = [](const Seen& before, const Seen& later) { return before.is_as(later); };
    seen_.erase(std::unique(seen_.begin(), seen_.end(), same), seen_.end());
  }
  /// The synapses of another partition, of the same source, come to these.
  void take(const SourceTrain& other) {
    for (const Seen& seen : other.seen_) {
      const auto after = seen_.begin() + (first_after(seen.from()) - seen_.cbegin());
      if (after == seen_.begin() || (after - 1)->from() != seen.from()) seen_.insert(after, seen);
    }
  }
  /// At time 0, without spikes.
  void restart() noexcept {
    if (seen_.empty()) return;
    seen_.erase(seen_.begin() + 1, seen_.end());
    seen_.front().restart();
  }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("seen", self.seen_);
  }
  /// Whether what was loaded is in order, and of steps up to `now`.
  bool loaded_fits(std::int64_t now) const {
    const auto ascends = [](const Seen& a, const Seen& b) { return a.from() < b.from(); };
    return std::is_sorted(seen_.begin(), seen_.end(), ascends) &&
           std::all_of(seen_.begin(), seen_.end(),
                       [&](const Seen& seen) { return seen.loaded_fits(now); });
  }

 private:
  std::vector<Seen>::const_iterator first_after(std::int64_t step) const {
    return std::upper_bound(seen_.begin(), seen_.end(), step,
                            [](std::int64_t t, const Seen& seen) { return t < seen.from(); });
  }

  std::vector<Seen> seen_;  // ascending
};

}  // namespace tegmenta
