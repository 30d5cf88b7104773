#include "plasticity/history.h"

#include <algorithm>
#include <bit>

#include "base/memory.h"

namespace tegmenta {

namespace {
// Relative stamps stay well below the 2^30 that kNeverFired lies under zero.
constexpr std::int64_t kEpochSteps = std::int64_t{1} << 29;

// Spikes too old to be told apart count as left to the ring: their decay is beyond every table.
std::int32_t relative(std::int64_t steps) {
  return static_cast<std::int32_t>(std::max<std::int64_t>(steps, simd::kNeverFired + 1));
}
}  // namespace

void Histories::configure(std::size_t slots, std::int64_t horizon, double h, bool triplets) {
  if (slots > slots_) {
    // All the memory first.
    const std::size_t each = bytes_of(kRoom, false);
    Memory room(slots * each);
    rings_.reserve(slots);
    heads_.reserve(slots);
    more_room_.reserve(slots);

    constexpr std::int32_t never = simd::kNeverFired;
    heads_.resize(slots, simd::PostHead{{never, never, never, never}, {0, 0}});
    rings_.resize(slots);
    more_room_.resize(slots);
    for (std::size_t slot = 0; slot < slots; ++slot) {
      if (more_room_[slot].empty()) {
        move_ring(rings_[slot], room.data() + slot * each, kRoom, false);
      }
    }
    first_room_ = std::move(room);
    slots_ = slots;
  }
  if (triplets) {
    for (std::size_t slot = 0; slot < slots_; ++slot) keep_more(slot);
  }
  h_ = h;
  horizon_ = std::max(horizon_, horizon);
}

std::size_t Histories::bytes_of(std::uint32_t room, bool more) {
  return room * (sizeof(PostSpike) + (more ? sizeof(More) : 0));
}

// There is room for them, of the same kind or with More.
void Histories::copy_entries(const Ring& from, Ring& to) {
  to.begin = from.begin;
  to.end = from.end;
  to.last = from.last;
  to.triplet = from.triplet;
  for (std::uint32_t i = from.begin; i != from.end; ++i) {
    to.at(i) = from.at(i);
    if (!to.has_more) continue;
    if (from.has_more) {
      to.more(i) = from.more(i);
    } else if (i == from.begin) {
      to.more(i) = {from.triplet, 1};
    } else {
      to.more(i) = {from.triplet_after(to.more(i - 1), from.at(i).stamp - from.at(i - 1).stamp), 1};
    }
  }
}

void Histories::move_ring(Ring& ring, std::byte* memory, std::uint32_t room, bool more) {
  Ring moved = ring;
  moved.spikes = reinterpret_cast<PostSpike*>(memory);
  moved.mask = room - 1;
  moved.has_more = more;
  copy_entries(ring, moved);
  ring = moved;
}

void Histories::make_room(std::size_t slot, std::uint32_t room, bool more) {
  Memory memory(bytes_of(room, more));
  move_ring(rings_[slot], memory.data(), room, more);
  more_bytes_ += memory.size() - more_room_[slot].size();
  more_room_[slot] = std::move(memory);
}

void Histories::keep_more(std::size_t slot) {
  if (!rings_[slot].has_more) make_room(slot, rings_[slot].room(), true);
}

// Drops entries; next: the stamp of the one that follows those that are there.
void Histories::drop_before(Ring& ring, std::int64_t oldest, std::int64_t next) {
  while (!ring.empty() && ring.at(ring.begin).stamp < oldest) {
    const std::int64_t stamp = ring.at(ring.begin++).stamp;
    const std::int64_t following = ring.empty() ? next : ring.at(ring.begin).stamp;
    ring.triplet = ring.triplet_after({ring.triplet, 1}, following - stamp);
  }
}

const ExpTable* Histories::decay_of(double tau) {
  return &decays_.try_emplace(tau, Decay{ExpTable(tau, h_, 0), true}).first->second.table;
}

void Histories::watch(std::span<const Watch> list) {
  if (list.empty()) return;
  for (const Watch& w : list) {
    const Ring& ring = rings_[w.slot];
    decay_of(w.tau_minus);
    // What has been has been with the other time constant.
    const bool other = decay_of(w.tau_minus_triplet) != ring.decay_triplet && !ring.empty();
    if (w.several || other) keep_more(w.slot);
  }
  for (const Watch& w : list) {
    rings_[w.slot].decay = decay_of(w.tau_minus);
    rings_[w.slot].decay_triplet = decay_of(w.tau_minus_triplet);
  }
  sort_decays();
}

void Histories::end(std::size_t slot) noexcept {
  constexpr std::int32_t never = simd::kNeverFired;
  heads_[slot] = {{never, never, never, never}, {0, 0}};
  rings_[slot] = {};
  rings_[slot].spikes =
      reinterpret_cast<PostSpike*>(first_room_.data() + slot * bytes_of(kRoom, false));
  rings_[slot].mask = kRoom - 1;
  more_bytes_ -= more_room_[slot].size();
  more_room_[slot] = Memory();
}

void Histories::keep_only(const std::vector<bool>& slots) noexcept {
  bool some = false;
  for (std::size_t slot = 0; slot < rings_.size(); ++slot) {
    if (!watched(slot)) continue;
    if (slot < slots.size() && slots[slot]) {
      some = true;
    } else {
      end(slot);
    }
  }
  if (some) return;
  common_decay_ = nullptr;
  decays_.clear();
}

void Histories::clear() noexcept {
  common_decay_ = nullptr;
  decays_.clear();
  more_bytes_ = 0;
  rings_ = AlignedVector<Ring>();
  heads_ = AlignedVector<simd::PostHead>();
  first_room_ = Memory();
  more_room_ = std::vector<Memory>();
  slots_ = 0;
}

// Drops the decays that no neuron has any more, and gives the others tables, if they are few: a
// table each of thousands would take more time to fetch than an exponential, and gigabytes.
void Histories::sort_decays() {
  constexpr std::size_t kMostTables = 16;
  for (auto& [tau, decay] : decays_) decay.used = false;
  const auto use = [&](const ExpTable* table) { decays_.find(table->tau())->second.used = true; };
  const ExpTable* common = nullptr;
  bool differ = false;
  const ExpTable* last_triplet = nullptr;
  for (const Ring& ring : rings_) {
    if (!ring.decay) continue;
    differ |= common && ring.decay != common;
    if (ring.decay != common) use(ring.decay);
    if (ring.decay_triplet != last_triplet) use(ring.decay_triplet);
    common = ring.decay;
    last_triplet = ring.decay_triplet;
  }
  common_decay_ = nullptr;
  std::erase_if(decays_, [](const auto& decay) { return !decay.second.used; });
  if (decays_.size() <= kMostTables) {
    for (auto& [tau, decay] : decays_) {
      if (decay.table.size() > 0) continue;
      // Beyond some 40 τ nothing is left to tabulate.
      decay.table.tabulate(static_cast<std::int64_t>(std::min(40 * tau / h_ + 2, 65536.0)));
    }
  } else {
    for (auto& [tau, decay] : decays_) decay.table.tabulate(0);
  }
  if (!differ && common && common->size() > 0) common_decay_ = common;
}

// Makes it the first of the head.
void Histories::show(std::size_t slot, const PostSpike& spike, std::uint32_t multiplicity) {
  if (spike.stamp - epoch_ >= kEpochSteps) move_epoch(spike.stamp);
  simd::PostHead& head = heads_[slot];
  for (std::uint32_t m = 0; m < std::min(multiplicity, 4u); ++m) {
    for (int i = 3; i > 0; --i) head.stamp[i] = head.stamp[i - 1];
    head.stamp[0] = relative(spike.stamp - epoch_);
  }
  head.trace[1] = head.trace[0];
  head.trace[0] = spike.trace;
}

void Histories::move_epoch(std::int64_t now) {
  const std::int64_t shift = now - epoch_;
  epoch_ = now;
  for (simd::PostHead& head : heads_) {
    for (std::int32_t& stamp : head.stamp) {
      if (stamp != simd::kNeverFired) stamp = relative(stamp - shift);
    }
  }
}

void Histories::record(std::size_t slot, std::int64_t stamp, std::uint32_t multiplicity) {
  Ring& ring = rings_[slot];
  if (multiplicity > 1) keep_more(slot);
  if (ring.full()) {
    const PostSpike& oldest = ring.at(ring.begin);
    if (oldest.stamp >= stamp - horizon_) make_room(slot, 2 * ring.room(), ring.has_more);
  }
  double trace = 1;
  More more{1, multiplicity};
  if (ring.empty()) {
    ring.triplet = 1;
  } else {
    const std::int64_t elapsed = stamp - ring.last.stamp;
    trace = ring.last.trace * (*ring.decay)(elapsed) + 1;
    if (ring.has_more) more.triplet = ring.triplet_after(ring.more(ring.end - 1), elapsed);
    if (ring.full()) drop_before(ring, stamp - horizon_, stamp);
  }
  ring.last = {stamp, trace + (multiplicity - 1)};
  ring.at(ring.end) = ring.last;
  if (ring.has_more) ring.more(ring.end) = more;
  ++ring.end;
  show(slot, ring.last, multiplicity);
}

void Histories::adopt(std::span<const Move> moves) {
  std::vector<Watch> list;
  for (const Move& m : moves) {
    if (!m.from->watched(m.theirs)) continue;
    const Ring& from = m.from->rings_[m.theirs];
    list.push_back({m.slot, from.decay->tau(), from.decay_triplet->tau()});
    const Ring& ring = rings_[m.slot];
    if (ring.room() < from.room() || ring.has_more < from.has_more) {
      make_room(m.slot, std::max(ring.room(), from.room()), from.has_more);
    }
  }
  watch(list);
  for (const Move& m : moves) {
    if (!m.from->watched(m.theirs)) continue;
    const Ring& from = m.from->rings_[m.theirs];
    copy_entries(from, rings_[m.slot]);
    for (std::uint32_t i = from.begin; i != from.end; ++i) {
      show(m.slot, from.at(i), from.multiplicity(i));
    }
  }
}

Histories::Listed Histories::listed() const {
  Listed all;
  all.slots = slots_;
  all.h = h_;
  for (std::size_t slot = 0; slot < rings_.size(); ++slot) {
    if (!watched(slot)) continue;
    const Ring& ring = rings_[slot];
    all.rings.push_back({static_cast<std::uint32_t>(slot), ring.room(), ring.end - ring.begin,
                         ring.has_more, ring.decay->tau(), ring.decay_triplet->tau(),
                         ring.triplet});
    for (std::uint32_t i = ring.begin; i != ring.end; ++i) {
      const double triplet = ring.has_more ? ring.more(i).triplet : 0;
      all.spikes.push_back({ring.at(i).stamp, ring.at(i).trace, triplet, ring.multiplicity(i)});
    }
  }
  return all;
}

bool Histories::loaded_fits(std::span<const std::uint32_t> nodes, double h,
                            std::int64_t now) const {
  if (!loaded_) return true;
  const Listed& all = *loaded_;
  if (all.slots > nodes.size() || horizon_ < 0 || !(all.slots == 0 || all.h == h)) return false;
  std::size_t at = 0;
  std::int64_t last = -1;
  for (const ListedRing& ring : all.rings) {
    const bool fits = ring.slot < all.slots && ring.slot > last && nodes[ring.slot] != 0 &&
                      ring.tau_minus > 0 && ring.tau_minus_triplet > 0 &&
                      ring.spikes <= all.spikes.size() - at;
    if (!fits || !ring_fits(ring, std::span(all.spikes).subspan(at, ring.spikes), now)) {
      return false;
    }
    last = ring.slot;
    at += ring.spikes;
  }
  return at == all.spikes.size();
}

bool Histories::ring_fits(const ListedRing& ring, std::span<const ListedSpike> spikes,
                          std::int64_t now) const {
  // Rings grow as long as all their steps are within the horizon.
  const auto most = std::bit_ceil(2 * static_cast<std::uint64_t>(std::max<std::int64_t>(
                                          std::min<std::int64_t>(horizon_, 1 << 28), kRoom)));
  const bool fits = std::has_single_bit(ring.room) && ring.room >= kRoom && ring.room <= most &&
                    spikes.size() <= ring.room;
  if (!fits) return false;
  std::int64_t before = -1;
  for (const ListedSpike& spike : spikes) {
    const bool counts = ring.has_more ? spike.multiplicity > 0 : spike.multiplicity == 1;
    if (spike.stamp <= before || spike.stamp > now || !counts) return false;
    before = spike.stamp;
  }
  return true;
}

void Histories::restore() {
  if (!loaded_) return;
  const std::unique_ptr<const Listed> all = std::move(loaded_);
  double bytes = static_cast<double>(all->slots) * static_cast<double>(bytes_of(kRoom, false));
  for (const ListedRing& ring : all->rings) {
    bytes += static_cast<double>(bytes_of(ring.room, ring.has_more));
  }
  require_memory(bytes, "The histories of a state");
  configure(static_cast<std::size_t>(all->slots), horizon_, all->h, false);
  std::vector<Watch> list;
  for (const ListedRing& ring : all->rings) {
    list.push_back({static_cast<std::uint16_t>(ring.slot), ring.tau_minus, ring.tau_minus_triplet});
  }
  watch(list);
  std::size_t at = 0;
  for (const ListedRing& ring : all->rings) {
    restore_ring(ring, std::span(all->spikes).subspan(at, ring.spikes));
    at += ring.spikes;
  }
}

void Histories::restore_ring(const ListedRing& from, std::span<const ListedSpike> spikes) {
  if (from.room > kRoom || from.has_more) make_room(from.slot, from.room, from.has_more);
  Ring& ring = rings_[from.slot];
  ring.triplet = from.triplet;
  for (const ListedSpike& spike : spikes) {
    ring.last = {spike.stamp, spike.trace};
    ring.at(ring.end) = ring.last;
    if (ring.has_more) ring.more(ring.end) = {spike.triplet, spike.multiplicity};
    ++ring.end;
    show(from.slot, ring.last, spike.multiplicity);
  }
}

}  // namespace tegmenta
