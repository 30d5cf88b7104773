// Post spikes that synapses may still have to be paired with: a ring a target neuron, of stamps and
// of the traces right after each spike. Spec of NEST 3.10 §4.1 (archiving node),
// event-driven-core.md §4.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "base/aligned.h"
#include "plasticity/exp_table.h"

namespace tegmenta {

struct PostSpike {
  std::int64_t stamp;
  double trace;  // K− right after the spike
};

/// What most visits need of a target, in one cache line: its last two spikes and the decay of K−.
struct alignas(64) HistoryHead {
  PostSpike last;
  PostSpike previous;
  const ExpTable* decay;
  std::uint32_t begin;  // positions of the ring, ever growing
  std::uint32_t end;
  std::uint8_t watched;
};

/// The histories of one partition, by slot.
class Histories {
 public:
  /// capacity: room for spikes of a neuron to begin with, a power of two; it makes no difference to
  /// anything but memory.
  explicit Histories(std::uint32_t capacity = 8) : capacity_(capacity) {}
  /// horizon: steps that entries are kept at least; the latest is kept for ever.
  void configure(std::size_t slots, std::int64_t horizon, double h, bool triplets);
  /// The slot has plastic input: its spikes are archived from now on.
  void watch(std::size_t slot, double tau_minus, double tau_minus_triplet);
  bool watched(std::size_t slot) const { return slot < heads_.size() && heads_[slot].watched; }
  bool with_triplets() const { return with_triplets_; }

  void record(std::size_t slot, std::int64_t stamp, std::uint32_t multiplicity);

  const HistoryHead* heads() const { return heads_.data(); }

  /// Positions of the spikes in (after, until]: [first, last) for at().
  struct Window {
    std::uint32_t first;
    std::uint32_t last;
  };
  Window window(std::size_t slot, std::int64_t after, std::int64_t until) const {
    const HistoryHead& head = heads_[slot];
    std::uint32_t last = head.end;
    while (last != head.begin && at(slot, last - 1).stamp > until) --last;
    std::uint32_t first = last;
    while (first != head.begin && at(slot, first - 1).stamp > after) --first;
    return {first, last};
  }
  const PostSpike& at(std::size_t slot, std::uint32_t position) const {
    const HistoryHead& head = heads_[slot];
    if (position + 1 == head.end) return head.last;
    if (position + 2 == head.end) return head.previous;
    return spikes_[slot * capacity_ + (position & (capacity_ - 1))];
  }
  /// The spike before `position`, or one that is earlier than any time.
  const PostSpike* before(std::size_t slot, std::uint32_t position) const {
    static constexpr PostSpike kNone{std::numeric_limits<std::int64_t>::min() / 4, 0};
    return position == heads_[slot].begin ? &kNone : &at(slot, position - 1);
  }
  double triplet_at(std::size_t slot, std::uint32_t position) const {
    return triplets_[slot * capacity_ + (position & (capacity_ - 1))];
  }
  std::uint32_t end_of(std::size_t slot) const { return heads_[slot].end; }
  /// Stamp of the last spike, or the least integer.
  std::int64_t last_stamp(std::size_t slot) const { return heads_[slot].last.stamp; }

  /// K− strictly before step t; `last` = window(…, t).last, so that only spikes at t are skipped.
  double trace_before(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    const HistoryHead& head = heads_[slot];
    while (last != head.begin && at(slot, last - 1).stamp >= t) --last;
    if (last == head.begin) return 0;
    const PostSpike& spike = at(slot, last - 1);
    return spike.trace * (*head.decay)(t - spike.stamp);
  }
  /// exp(−(t − p)/τ−) of the latest spike p strictly before t: a trace of amplitude 1.
  double nearest_before(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    const HistoryHead& head = heads_[slot];
    while (last != head.begin && at(slot, last - 1).stamp >= t) --last;
    return last == head.begin ? 0 : (*head.decay)(t - at(slot, last - 1).stamp);
  }

  /// Takes over what another partitioning knew of a neuron.
  void adopt(std::size_t slot, const Histories& from, std::size_t from_slot);
  std::int64_t bytes() const;

 private:
  void grow();
  void push(std::size_t slot, const PostSpike& spike, double triplet);
  const ExpTable* table_for(double tau);

  std::size_t slots_ = 0;
  std::uint32_t capacity_;  // power of two, the same for all slots
  std::int64_t horizon_ = 0;
  double h_ = 0.1;
  bool with_triplets_ = false;
  AlignedVector<PostSpike> spikes_;
  AlignedVector<double> triplets_;
  AlignedVector<HistoryHead> heads_;
  std::vector<const ExpTable*> decay_triplet_;
  std::vector<std::unique_ptr<ExpTable>> tables_;
};

}  // namespace tegmenta
