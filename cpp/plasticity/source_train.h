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

  bool empty() const { return spikes_.empty(); }
  /// How long before `stamp` (steps) the last spike was that synapses have seen which were made at
  /// `created`; 0: there was none.
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
  /// What of that is of spikes up to `created`, when synapses were made that have not seen them.
  double unseen(std::int64_t t, std::int64_t created, const ExpTable& decay) const {
    for (const Spike& mark : marks_) {
      if (mark.stamp == created) return mark.trace * decay(t - created);
    }
    return 0;
  }
  bool has_marks() const { return !marks_.empty(); }

  /// Later than all before. What nobody can ask for any more is forgotten: spikes are on their way
  /// for up to `longest_delay` steps, and a trace is asked for that leaves out up to `gap` steps.
  void add(std::int64_t stamp, std::uint32_t count, const ExpTable& decay,
           std::int64_t longest_delay, std::int64_t gap) {
    const double trace =
        spikes_.empty() ? 0 : spikes_.back().trace * decay(stamp - spikes_.back().stamp);
    spikes_.push_back({stamp, trace + count});
    forget(stamp - longest_delay, gap);
  }
  /// Synapses are made at that step: the trace there is to be remembered.
  void mark(std::int64_t step, double tau, double h) {
    if (spikes_.empty() || (has_marks() && marks_.back().stamp == step)) return;
    const ExpTable decay(tau, h, 0);
    marks_.push_back({step, spikes_.back().trace * decay(step - spikes_.back().stamp)});
  }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("spikes", self.spikes_);
    visit("marks", self.marks_);
  }
  /// Whether what was loaded is in order, and of steps up to `now`.
  bool loaded_fits(std::int64_t now) const {
    const auto ascends = [](const Spike& a, const Spike& b) { return a.stamp < b.stamp; };
    const auto is_past = [&](const Spike& s) { return s.stamp >= 0 && s.stamp <= now; };
    return std::is_sorted(spikes_.begin(), spikes_.end(), ascends) &&
           std::is_sorted(marks_.begin(), marks_.end(), ascends) &&
           std::all_of(spikes_.begin(), spikes_.end(), is_past) &&
           std::all_of(marks_.begin(), marks_.end(), is_past);
  }

 private:
  /// The position of the first spike at `stamp` or later: looked for from the end, where it is.
  std::size_t first_from(std::int64_t stamp) const {
    std::size_t at = spikes_.size();
    while (at > 0 && spikes_[at - 1].stamp >= stamp) --at;
    return at;
  }
  void forget(std::int64_t arrived, std::int64_t gap) {
    // The gap may still grow: more is kept than it needs.
    constexpr std::int64_t kLeastGap = 256;
    constexpr std::size_t kAtATime = 32;
    const std::size_t after = first_from(arrived + 1);
    if (after == 0) return;
    const std::size_t needed = first_from(spikes_[after - 1].stamp - std::max(gap, kLeastGap));
    if (needed <= kAtATime) return;
    spikes_.erase(spikes_.begin(), spikes_.begin() + static_cast<std::ptrdiff_t>(needed - 1));
  }

  std::vector<Spike> spikes_;  // ascending
  std::vector<Spike> marks_;   // ascending
};

}  // namespace tegmenta
