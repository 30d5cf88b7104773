// Post spikes that synapses may still have to be paired with: a ring a target neuron, of stamps and
// of the traces right after each spike. Spec of NEST 3.10 §4.1 (archiving node),
// event-driven-core.md §4.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/aligned.h"
#include "plasticity/exp_table.h"
#include "simd/visits.h"

namespace tegmenta {

struct PostSpike {
  std::int64_t stamp;
  double trace;  // K− right after the spike
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
  bool watched(std::size_t slot) const { return slot < rings_.size() && rings_[slot].decay; }
  bool with_triplets() const { return with_triplets_; }

  /// To be called when watching has changed.
  void compare_decays();

  void record(std::size_t slot, std::int64_t stamp, std::uint32_t multiplicity);
  /// Fetches what record() needs of a slot.
  void prefetch(std::size_t slot) const {
    if (slot >= rings_.size()) return;
    __builtin_prefetch(&rings_[slot], 1);
    __builtin_prefetch(&heads_[slot], 1);
  }

  /// For vectorised visits: the latest spikes of every slot, by stamps relative to epoch(), and the
  /// decay of K− if it is the same for all, else null.
  const simd::PostHead* heads() const { return heads_.data(); }
  std::int64_t epoch() const { return epoch_; }
  const ExpTable* common_decay() const { return common_decay_; }

  /// Positions of the spikes in (after, until]: [first, last) for at().
  struct Window {
    std::uint32_t first;
    std::uint32_t last;
  };
  Window window(std::size_t slot, std::int64_t after, std::int64_t until) const {
    const Ring& ring = rings_[slot];
    std::uint32_t last = ring.end;
    while (last != ring.begin && at(slot, last - 1).stamp > until) --last;
    std::uint32_t first = last;
    while (first != ring.begin && at(slot, first - 1).stamp > after) --first;
    return {first, last};
  }
  const PostSpike& at(std::size_t slot, std::uint32_t position) const {
    return spikes_[slot * capacity_ + (position & (capacity_ - 1))];
  }
  double triplet_at(std::size_t slot, std::uint32_t position) const {
    return triplets_[slot * capacity_ + (position & (capacity_ - 1))];
  }

  /// K− strictly before step t; `last` = window(…, t).last, so that only spikes at t are skipped.
  double trace_before(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    return trace_at(slot, t, before(slot, t, last));
  }
  /// exp(−(t − p)/τ−) of the latest spike p strictly before t: a trace of amplitude 1.
  double nearest_before(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    return nearest_at(slot, t, before(slot, t, last));
  }
  /// The same with the spikes of step t.
  double trace_at(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    if (last == rings_[slot].begin) return 0;
    const PostSpike& spike = at(slot, last - 1);
    return spike.trace * (*rings_[slot].decay)(t - spike.stamp);
  }
  double nearest_at(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    const Ring& ring = rings_[slot];
    return last == ring.begin ? 0 : (*ring.decay)(t - at(slot, last - 1).stamp);
  }

  /// Takes over what another partitioning knew of a neuron.
  void adopt(std::size_t slot, const Histories& from, std::size_t from_slot);
  std::int64_t bytes() const;

 private:
  struct Ring {
    const ExpTable* decay = nullptr;  // null: not watched
    std::uint32_t begin = 0;          // positions, ever growing
    std::uint32_t end = 0;
  };
  std::uint32_t before(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    while (last != rings_[slot].begin && at(slot, last - 1).stamp >= t) --last;
    return last;
  }
  void grow();
  void push(std::size_t slot, const PostSpike& spike, double triplet);
  void show(std::size_t slot, const PostSpike& spike);
  void move_epoch(std::int64_t now);
  const ExpTable* table_for(double tau);

  std::size_t slots_ = 0;
  std::uint32_t capacity_;  // power of two, the same for all slots
  std::int64_t horizon_ = 0;
  std::int64_t epoch_ = 0;
  double h_ = 0.1;
  bool with_triplets_ = false;
  const ExpTable* common_decay_ = nullptr;
  AlignedVector<PostSpike> spikes_;
  AlignedVector<double> triplets_;
  AlignedVector<simd::PostHead> heads_;
  std::vector<Ring> rings_;
  std::vector<const ExpTable*> decay_triplet_;
  std::vector<std::unique_ptr<ExpTable>> tables_;
};

}  // namespace tegmenta
