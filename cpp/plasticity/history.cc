#include "plasticity/history.h"

#include <algorithm>
#include <bit>

namespace tegmenta {

namespace {
// Relative stamps stay well below the 2^30 that kNeverFired lies under zero.
constexpr std::int64_t kEpochSteps = std::int64_t{1} << 29;

// Spikes too old to be told apart count as left to the ring: their decay is beyond every table.
std::int32_t relative(std::int64_t steps) {
  return static_cast<std::int32_t>(std::max<std::int64_t>(steps, simd::kNeverFired + 1));
}
}  // namespace

void Histories::configure(std::size_t slots, std::int64_t horizon, double h) {
  if (slots > slots_) {
    // All the memory first.
    Memory room(slots * kRoom * kEntry);
    rings_.reserve(slots);
    heads_.reserve(slots);
    more_room_.reserve(slots);
    decay_triplet_.reserve(slots);

    constexpr std::int32_t never = simd::kNeverFired;
    heads_.resize(slots, simd::PostHead{{never, never, never, never}, {0, 0}});
    rings_.resize(slots);
    more_room_.resize(slots);
    decay_triplet_.resize(slots, nullptr);
    for (std::size_t slot = 0; slot < slots; ++slot) {
      if (more_room_[slot].empty()) {
        move_ring(rings_[slot], room.data() + slot * kRoom * kEntry, kRoom);
      }
    }
    first_room_ = std::move(room);
    slots_ = slots;
  }
  h_ = h;
  horizon_ = std::max(horizon_, horizon);
}

// Copies what the ring holds.
void Histories::move_ring(Ring& ring, std::byte* memory, std::uint32_t room) {
  Ring moved = ring;
  moved.spikes = reinterpret_cast<PostSpike*>(memory);
  moved.mask = room - 1;
  for (std::uint32_t i = ring.begin; i != ring.end; ++i) {
    moved.at(i) = ring.at(i);
    moved.more(i) = ring.more(i);
  }
  ring = moved;
}

void Histories::make_room(std::size_t slot, std::uint32_t steps) {
  if (steps <= rings_[slot].room()) return;
  const std::uint32_t room = std::bit_ceil(steps);
  Memory memory(room * kEntry);
  move_ring(rings_[slot], memory.data(), room);
  more_bytes_ += memory.size() - more_room_[slot].size();
  more_room_[slot] = std::move(memory);
}

const ExpTable* Histories::decay_of(double tau) {
  return &decays_.try_emplace(tau, Decay{ExpTable(tau, h_, 0), true}).first->second.table;
}

void Histories::watch(std::span<const Watch> list) {
  if (list.empty()) return;
  for (const Watch& w : list) decay_of(w.tau_minus), decay_of(w.tau_minus_triplet);
  for (const Watch& w : list) {
    rings_[w.slot].decay = decay_of(w.tau_minus);
    decay_triplet_[w.slot] = decay_of(w.tau_minus_triplet);
  }
  sort_decays();
}

// Drops the decays that no neuron has any more, and gives the others tables, if they are few: a
// table each of thousands would take more time to fetch than an exponential, and gigabytes.
void Histories::sort_decays() {
  constexpr std::size_t kMostTables = 16;
  for (auto& [tau, decay] : decays_) decay.used = false;
  const auto use = [&](const ExpTable* table) { decays_.find(table->tau())->second.used = true; };
  const ExpTable* common = nullptr;
  bool differ = false;
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    const ExpTable* const decay = rings_[slot].decay;
    if (!decay) continue;
    differ |= common && decay != common;
    if (decay != common) use(decay);
    common = decay;
    if (slot == 0 || decay_triplet_[slot] != decay_triplet_[slot - 1]) use(decay_triplet_[slot]);
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
  double trace = 1, triplet = 1;
  if (ring.begin != ring.end) {
    const PostSpike& last = ring.at(ring.end - 1);
    const More& more = ring.more(ring.end - 1);
    const std::int64_t elapsed = stamp - last.stamp;
    trace = last.trace * (*ring.decay)(elapsed) + 1;
    triplet = (more.triplet + (more.multiplicity - 1)) * (*decay_triplet_[slot])(elapsed) + 1;
  }
  while (ring.begin != ring.end && ring.at(ring.begin).stamp < stamp - horizon_) ++ring.begin;
  make_room(slot, ring.end - ring.begin + 1);
  const PostSpike spike{stamp, trace + (multiplicity - 1)};
  ring.at(ring.end) = spike;
  ring.more(ring.end) = {triplet, multiplicity};
  ++ring.end;
  show(slot, spike, multiplicity);
}

void Histories::adopt(std::span<const Move> moves) {
  std::vector<Watch> list;
  for (const Move& m : moves) {
    if (!m.from->watched(m.theirs)) continue;
    list.push_back(
        {m.slot, m.from->rings_[m.theirs].decay->tau(), m.from->decay_triplet_[m.theirs]->tau()});
  }
  watch(list);
  for (const Move& m : moves) {
    if (!m.from->watched(m.theirs)) continue;
    const Ring& from = m.from->rings_[m.theirs];
    Ring& ring = rings_[m.slot];
    make_room(m.slot, from.end - from.begin);
    for (std::uint32_t i = from.begin; i != from.end; ++i, ++ring.end) {
      ring.at(ring.end) = from.at(i);
      ring.more(ring.end) = from.more(i);
      show(m.slot, from.at(i), from.more(i).multiplicity);
    }
  }
}

std::int64_t Histories::bytes() const {
  std::size_t sum = first_room_.capacity() + more_bytes_ +
                    slots_ * (sizeof(simd::PostHead) + sizeof(Ring) + sizeof(Memory) + 8);
  for (const auto& [tau, decay] : decays_) {
    sum += sizeof(Decay) + 4 * sizeof(void*) + static_cast<std::size_t>(decay.table.size()) * 8;
  }
  return static_cast<std::int64_t>(sum);
}

}  // namespace tegmenta
