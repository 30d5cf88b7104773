#include "plasticity/history.h"

#include <algorithm>

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
  h_ = h;
  horizon_ = std::max(horizon_, horizon);
  if (triplets && !with_triplets_) {
    with_triplets_ = true;
    triplets_.assign(slots_ * capacity_, 0.0);
  }
  if (slots <= slots_) return;
  spikes_.resize(slots * capacity_);
  if (with_triplets_) triplets_.resize(slots * capacity_, 0.0);
  constexpr std::int32_t never = simd::kNeverFired;
  heads_.resize(slots, simd::PostHead{{never, never, never, never}, {0, 0}});
  rings_.resize(slots);
  decay_triplet_.resize(slots, nullptr);
  slots_ = slots;
}

const ExpTable* Histories::table_for(double tau) {
  for (const auto& table : tables_) {
    if (table->tau() == tau) return table.get();
  }
  // Beyond some 40 τ nothing is left to tabulate.
  const auto size = static_cast<std::int64_t>(std::min(40 * tau / h_ + 2, 65536.0));
  tables_.push_back(std::make_unique<ExpTable>(tau, h_, size));
  return tables_.back().get();
}

void Histories::watch(std::size_t slot, double tau_minus, double tau_minus_triplet) {
  rings_[slot].decay = table_for(tau_minus);
  decay_triplet_[slot] = table_for(tau_minus_triplet);
}

void Histories::compare_decays() {
  common_decay_ = nullptr;
  for (const Ring& ring : rings_) {
    if (!ring.decay || ring.decay == common_decay_) continue;
    if (common_decay_) {
      common_decay_ = nullptr;
      return;
    }
    common_decay_ = ring.decay;
  }
}

void Histories::grow() {
  const std::uint32_t bigger = capacity_ * 2;
  AlignedVector<PostSpike> spikes(slots_ * bigger);
  AlignedVector<double> triplets;
  if (with_triplets_) triplets.assign(slots_ * bigger, 0.0);
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    for (std::uint32_t i = rings_[slot].begin; i != rings_[slot].end; ++i) {
      spikes[slot * bigger + (i & (bigger - 1))] = at(slot, i);
      if (with_triplets_) triplets[slot * bigger + (i & (bigger - 1))] = triplet_at(slot, i);
    }
  }
  spikes_ = std::move(spikes);
  triplets_ = std::move(triplets);
  capacity_ = bigger;
}

// Appends one spike to the ring.
void Histories::push(std::size_t slot, const PostSpike& spike, double triplet) {
  if (rings_[slot].end - rings_[slot].begin == capacity_) grow();
  Ring& ring = rings_[slot];
  const std::size_t place = slot * capacity_ + (ring.end & (capacity_ - 1));
  spikes_[place] = spike;
  if (with_triplets_) triplets_[place] = triplet;
  ++ring.end;
  show(slot, spike);
}

// Makes it the first of the head.
void Histories::show(std::size_t slot, const PostSpike& spike) {
  if (spike.stamp - epoch_ >= kEpochSteps) move_epoch(spike.stamp);
  simd::PostHead& head = heads_[slot];
  for (int i = 3; i > 0; --i) head.stamp[i] = head.stamp[i - 1];
  head.stamp[0] = relative(spike.stamp - epoch_);
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
  for (std::uint32_t m = 0; m < multiplicity; ++m) {
    Ring& ring = rings_[slot];
    double trace = 1;
    double triplet = 1;
    if (ring.begin != ring.end) {
      const PostSpike& last = at(slot, ring.end - 1);
      const std::int64_t elapsed = stamp - last.stamp;
      trace = last.trace * (*ring.decay)(elapsed) + 1;
      if (with_triplets_) {
        triplet = triplet_at(slot, ring.end - 1) * (*decay_triplet_[slot])(elapsed) + 1;
      }
    }
    while (ring.begin != ring.end && at(slot, ring.begin).stamp < stamp - horizon_) ++ring.begin;
    push(slot, {stamp, trace}, triplet);
  }
}

void Histories::adopt(std::size_t slot, const Histories& from, std::size_t from_slot) {
  if (!from.watched(from_slot)) return;
  watch(slot, from.rings_[from_slot].decay->tau(), from.decay_triplet_[from_slot]->tau());
  for (std::uint32_t i = from.rings_[from_slot].begin; i != from.rings_[from_slot].end; ++i) {
    push(slot, from.at(from_slot, i), from.with_triplets_ ? from.triplet_at(from_slot, i) : 0);
  }
}

std::int64_t Histories::bytes() const {
  std::size_t sum = spikes_.capacity() * sizeof(PostSpike) + triplets_.capacity() * 8 +
                    slots_ * (sizeof(simd::PostHead) + sizeof(Ring) + 8);
  for (const auto& table : tables_) sum += static_cast<std::size_t>(table->size()) * 8;
  return static_cast<std::int64_t>(sum);
}

}  // namespace tegmenta
