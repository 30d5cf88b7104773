#include "plasticity/history.h"

#include <algorithm>
#include <limits>

namespace tegmenta {

namespace {
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min() / 4;
}

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
  heads_.resize(slots, HistoryHead{{kNever, 0}, {kNever, 0}, nullptr, 0, 0, 0});
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
  heads_[slot].watched = 1;
  heads_[slot].decay = table_for(tau_minus);
  decay_triplet_[slot] = table_for(tau_minus_triplet);
}

void Histories::grow() {
  const std::uint32_t bigger = capacity_ * 2;
  AlignedVector<PostSpike> spikes(slots_ * bigger);
  AlignedVector<double> triplets;
  if (with_triplets_) triplets.assign(slots_ * bigger, 0.0);
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    for (std::uint32_t i = heads_[slot].begin; i != heads_[slot].end; ++i) {
      spikes[slot * bigger + (i & (bigger - 1))] =
          spikes_[slot * capacity_ + (i & (capacity_ - 1))];
      if (with_triplets_) triplets[slot * bigger + (i & (bigger - 1))] = triplet_at(slot, i);
    }
  }
  spikes_ = std::move(spikes);
  triplets_ = std::move(triplets);
  capacity_ = bigger;
}

// Appends one spike to the ring; the head follows.
void Histories::push(std::size_t slot, const PostSpike& spike, double triplet) {
  if (heads_[slot].end - heads_[slot].begin == capacity_) grow();
  HistoryHead& head = heads_[slot];
  const std::size_t place = slot * capacity_ + (head.end & (capacity_ - 1));
  spikes_[place] = spike;
  if (with_triplets_) triplets_[place] = triplet;
  head.previous = head.last;
  head.last = spike;
  ++head.end;
}

void Histories::record(std::size_t slot, std::int64_t stamp, std::uint32_t multiplicity) {
  for (std::uint32_t m = 0; m < multiplicity; ++m) {
    HistoryHead& head = heads_[slot];
    double trace = 1;
    double triplet = 1;
    if (head.begin != head.end) {
      const std::int64_t elapsed = stamp - head.last.stamp;
      trace = head.last.trace * (*head.decay)(elapsed) + 1;
      if (with_triplets_) {
        triplet = triplet_at(slot, head.end - 1) * (*decay_triplet_[slot])(elapsed) + 1;
      }
    }
    while (head.begin != head.end && at(slot, head.begin).stamp < stamp - horizon_) ++head.begin;
    push(slot, {stamp, trace}, triplet);
  }
}

void Histories::adopt(std::size_t slot, const Histories& from, std::size_t from_slot) {
  if (!from.watched(from_slot)) return;
  heads_[slot].watched = 1;
  heads_[slot].decay = table_for(from.heads_[from_slot].decay->tau());
  decay_triplet_[slot] = table_for(from.decay_triplet_[from_slot]->tau());
  for (std::uint32_t i = from.heads_[from_slot].begin; i != from.heads_[from_slot].end; ++i) {
    push(slot, from.at(from_slot, i), from.with_triplets_ ? from.triplet_at(from_slot, i) : 0);
  }
}

std::int64_t Histories::bytes() const {
  std::size_t sum = spikes_.capacity() * sizeof(PostSpike) + triplets_.capacity() * 8 +
                    slots_ * (sizeof(HistoryHead) + 8);
  for (const auto& table : tables_) sum += static_cast<std::size_t>(table->size()) * 8;
  return static_cast<std::int64_t>(sum);
}

}  // namespace tegmenta
