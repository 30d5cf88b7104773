// Post spikes that synapses may still have to be paired with: a ring a target neuron, of stamps and
// of the traces right after the spikes. See docs/event-driven-core.md#spike-histories.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/aligned.h"
#include "base/held.h"
#include "plasticity/exp_table.h"
#include "simd/visits.h"

namespace tegmenta {

/// All that a neuron fires in one step.
struct PostSpike {
  std::int64_t stamp;
  double trace;  // K− right after the last of them
};

/// The histories of one partition, by slot.
class Histories {
 public:
  /// Room for that many steps with spikes of every neuron; those that fire more often get more.
  static constexpr std::uint32_t kRoom = 8;

  Histories() = default;
  Histories(const Histories&) = delete;
  Histories& operator=(const Histories&) = delete;

  /// horizon: steps that entries are kept at least; the latest is kept for ever. triplets: whether
  /// triplet_at() is going to be asked.
  void configure(std::size_t slots, std::int64_t horizon, double h, bool triplets);

  /// Its neuron has plastic input: its spikes are archived, with traces of these time constants.
  struct Watch {
    std::uint16_t slot;
    double tau_minus, tau_minus_triplet;
    bool several = false;  // it may fire more than once in a step
  };
  /// All of them from now on, or, where there is no memory for it, none.
  void watch(std::span<const Watch> list);
  /// Those of other neurons end: nothing is known of their spikes any more.
  void keep_only(const std::vector<bool>& slots) noexcept;
  /// All end, and configure() is to come before anything is asked.
  void clear() noexcept;
  std::size_t slots() const { return slots_; }
  bool watched(std::size_t slot) const { return slot < rings_.size() && rings_[slot].decay; }

  /// slot: watched. One call a step.
  void record(std::size_t slot, std::int64_t stamp, std::uint32_t multiplicity);
  /// Fetches what record() needs of a slot.
  void prefetch(std::size_t slot) const {
    if (slot >= rings_.size()) return;
    __builtin_prefetch(&rings_[slot], 1);
    __builtin_prefetch(&heads_[slot], 1);
  }

  /// Fetches what window(), and then what at(), needs of a slot.
  void prefetch_ring(std::size_t slot) const { __builtin_prefetch(&rings_[slot]); }
  void prefetch_spikes(std::size_t slot, std::int64_t after) const {
    const Ring& ring = rings_[slot];
    if (ring.last.stamp > after) __builtin_prefetch(&ring.at(ring.end - 1));
  }

  /// For vectorised visits: the latest spikes of every slot, by stamps relative to epoch(), and the
  /// decay of K− if it is the same for all, else null.
  const simd::PostHead* heads() const { return heads_.data(); }
  std::int64_t epoch() const { return epoch_; }
  const ExpTable* common_decay() const { return common_decay_; }

  /// Positions of the steps with spikes in (after, until]: [first, last) for at().
  struct Window {
    std::uint32_t first;
    std::uint32_t last;
  };
  Window window(std::size_t slot, std::int64_t after, std::int64_t until) const {
    const Ring& ring = rings_[slot];
    if (ring.last.stamp <= after) return {ring.end, ring.end};
    std::uint32_t last = ring.end;
    while (last != ring.begin && ring.at(last - 1).stamp > until) --last;
    std::uint32_t first = last;
    while (first != ring.begin && ring.at(first - 1).stamp > after) --first;
    return {first, last};
  }
  const PostSpike& at(std::size_t slot, std::uint32_t position) const {
    return rings_[slot].at(position);
  }
  /// How many spikes those are.
  std::uint32_t multiplicity_at(std::size_t slot, std::uint32_t position) const {
    return rings_[slot].multiplicity(position);
  }
  /// The slow trace of triplet rules right after the first of them. Only where configure() has been
  /// told of triplets.
  double triplet_at(std::size_t slot, std::uint32_t position) const {
    return rings_[slot].more(position).triplet;
  }
  /// Spikes in a window.
  std::uint64_t count(std::size_t slot, Window window) const {
    std::uint64_t sum = 0;
    for (std::uint32_t p = window.first; p != window.last; ++p) sum += multiplicity_at(slot, p);
    return sum;
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
    const Ring& ring = rings_[slot];
    if (last == ring.begin) return 0;
    const PostSpike& spike = ring.before(last);
    return spike.trace * (*ring.decay)(t - spike.stamp);
  }
  /// K− at step t of the spikes strictly before step `before`; `last` as above, for some step from
  /// there on.
  double trace_of_earlier(std::size_t slot, std::int64_t t, std::int64_t before,
                          std::uint32_t last) const {
    return trace_at(slot, t, this->before(slot, before, last));
  }
  double nearest_at(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    const Ring& ring = rings_[slot];
    return last == ring.begin ? 0 : (*ring.decay)(t - ring.before(last).stamp);
  }

  /// Whether what was loaded fits together, is of slots with a node (0: none), and has the
  /// resolution h and nothing later than now.
  bool loaded_fits(std::span<const std::uint32_t> nodes, double h, std::int64_t now) const;
  /// Makes histories of what was loaded, which fits. Throws OutOfMemory.
  void restore();

  /// Takes over what another partitioning knew of neurons: of those in slot `theirs` of `from`.
  struct Move {
    std::uint16_t slot;
    const Histories* from;
    std::uint16_t theirs;
  };
  void adopt(std::span<const Move> moves);

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("horizon", self.horizon_);
    if constexpr (Visitor::kAsks == Asks::kDigest) {
      for (auto& ring : self.rings_) visit("ring", ring);
    } else if constexpr (held::saves<Visitor>) {
      if constexpr (held::loads<Visitor>) {
        self.loaded_ = std::make_unique<Listed>();
        visit_listed(*self.loaded_, visit);
      } else {
        visit_listed(self.listed(), visit);
      }
    }
    visit.derived("rings", self.rings_);
    visit.derived("heads", self.heads_);
    visit.derived("first_room", self.first_room_);
    visit.counted("more_room", self.more_bytes_ + self.more_room_.size() * sizeof(Memory));
    visit.derived("decays", self.decays_);
  }

 private:
  // As they are saved: of every ring that is watched, the oldest spikes first.
  struct ListedRing {
    std::uint32_t slot;
    std::uint32_t room;
    std::uint32_t spikes;  // so many of the list
    bool has_more;
    double tau_minus, tau_minus_triplet;
    double triplet;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("slot", self.slot);
      visit("room", self.room);
      visit("spikes", self.spikes);
      visit("has_more", self.has_more);
      visit("tau_minus", self.tau_minus);
      visit("tau_minus_triplet", self.tau_minus_triplet);
      visit("triplet", self.triplet);
    }
  };
  struct ListedSpike {
    std::int64_t stamp;
    double trace;
    double triplet;  // 0 where the ring has no more
    std::uint32_t multiplicity;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("stamp", self.stamp);
      visit("trace", self.trace);
      visit("triplet", self.triplet);
      visit("multiplicity", self.multiplicity);
    }
  };
  struct Listed {
    std::uint64_t slots = 0;
    double h = 0;
    std::vector<ListedRing> rings;
    std::vector<ListedSpike> spikes;
  };
  template <typename List, typename Visitor>
  static void visit_listed(List&& all, Visitor& visit) {
    visit("slots", all.slots);
    visit("h", all.h);
    visit("rings", all.rings);
    visit("spikes", all.spikes);
  }
  Listed listed() const;
  bool ring_fits(const ListedRing& ring, std::span<const ListedSpike> spikes,
                 std::int64_t now) const;
  void restore_ring(const ListedRing& from, std::span<const ListedSpike> spikes);

  // What few visits ask for, and what is kept only where it is not the same for all: where triplet
  // rules ask for it, or where a neuron may fire more than once in a step.
  struct More {
    double triplet;
    std::uint32_t multiplicity;
  };
  // What recording reads and changes, in one line of a cache; the entries, of which few are ever
  // read, are only written.
  struct alignas(64) Ring {
    const ExpTable* decay = nullptr;  // null: not watched
    const ExpTable* decay_triplet = nullptr;
    PostSpike* spikes = nullptr;  // a power of two, and behind them as many More, if there are any
    std::uint32_t mask = 0;
    std::uint32_t begin = 0;  // positions, ever growing
    std::uint32_t end = 0;
    bool has_more = false;
    PostSpike last{0, 0};
    double triplet = 0;  // as triplet_at() of the entry at begin, where there is no More

    /// Of what is watched: the entries, the oldest first, and what they decay with.
    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("watched", self.decay != nullptr);
      if (!self.decay) return;
      visit("tau_minus", self.decay->tau());
      visit("tau_minus_triplet", self.decay_triplet->tau());
      visit("triplet", self.triplet);
      for (std::uint32_t i = self.begin; i != self.end; ++i) {
        visit("stamp", self.at(i).stamp);
        visit("trace", self.at(i).trace);
        visit("multiplicity", self.multiplicity(i));
      }
    }

    std::uint32_t room() const { return mask + 1; }
    bool empty() const { return begin == end; }
    bool full() const { return end - begin == room(); }
    PostSpike& at(std::uint32_t position) const { return spikes[position & mask]; }
    /// The entry before a position, without a look at the entries where it is the latest.
    const PostSpike& before(std::uint32_t position) const {
      return position == end ? last : at(position - 1);
    }
    More& more(std::uint32_t position) const {
      return reinterpret_cast<More*>(spikes + room())[position & mask];
    }
    std::uint32_t multiplicity(std::uint32_t position) const {
      return has_more ? more(position).multiplicity : 1;
    }
    double triplet_after(const More& entry, std::int64_t elapsed) const {
      return (entry.triplet + (entry.multiplicity - 1)) * (*decay_triplet)(elapsed) + 1;
    }
  };
  using Memory = AlignedVector<std::byte>;

  std::uint32_t before(std::size_t slot, std::int64_t t, std::uint32_t last) const {
    const Ring& ring = rings_[slot];
    while (last != ring.begin && ring.before(last).stamp >= t) --last;
    return last;
  }
  static std::size_t bytes_of(std::uint32_t room, bool more);
  static void copy_entries(const Ring& from, Ring& to);
  static void move_ring(Ring& ring, std::byte* memory, std::uint32_t room, bool more);
  static void drop_before(Ring& ring, std::int64_t oldest, std::int64_t next);
  void make_room(std::size_t slot, std::uint32_t room, bool more);
  void end(std::size_t slot) noexcept;
  void keep_more(std::size_t slot);
  void show(std::size_t slot, const PostSpike& spike, std::uint32_t multiplicity);
  void move_epoch(std::int64_t now);
  const ExpTable* decay_of(double tau);
  void sort_decays();

  std::size_t slots_ = 0;
  std::int64_t horizon_ = 0;
  std::int64_t epoch_ = 0;
  double h_ = 0.1;
  const ExpTable* common_decay_ = nullptr;
  AlignedVector<Ring> rings_;
  AlignedVector<simd::PostHead> heads_;
  Memory first_room_;              // kRoom steps a slot
  std::vector<Memory> more_room_;  // of slots that need more
  std::size_t more_bytes_ = 0;     // in these
  struct Decay {
    ExpTable table;
    bool used;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit.derived("table", self.table);
    }
  };
  std::unordered_map<double, Decay> decays_;  // by time constant
  std::unique_ptr<Listed> loaded_;            // until it is restored
};

}  // namespace tegmenta
