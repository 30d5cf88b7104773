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
  begin_.resize(slots, 0);
  end_.resize(slots, 0);
  last_stamp_.resize(slots, kNever);
  watched_.resize(slots, 0);
  decay_.resize(slots, nullptr);
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
  watched_[slot] = 1;
  decay_[slot] = table_for(tau_minus);
  decay_triplet_[slot] = table_for(tau_minus_triplet);
}

void Histories::grow() {
  const std::uint32_t bigger = capacity_ * 2;
  AlignedVector<PostSpike> spikes(slots_ * bigger);
  AlignedVector<double> triplets;
  if (with_triplets_) triplets.assign(slots_ * bigger, 0.0);
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    for (std::uint32_t i = begin_[slot]; i != end_[slot]; ++i) {
      spikes[slot * bigger + (i & (bigger - 1))] = at(slot, i);
      if (with_triplets_) triplets[slot * bigger + (i & (bigger - 1))] = triplet_at(slot, i);
    }
  }
  spikes_ = std::move(spikes);
  triplets_ = std::move(triplets);
  capacity_ = bigger;
}

void Histories::record(std::size_t slot, std::int64_t stamp, std::uint32_t multiplicity) {
  for (std::uint32_t m = 0; m < multiplicity; ++m) {
    double trace = 1;
    double triplet = 1;
    if (begin_[slot] != end_[slot]) {
      const std::uint32_t last = end_[slot] - 1;
      const std::int64_t elapsed = stamp - at(slot, last).stamp;
      trace = at(slot, last).trace * (*decay_[slot])(elapsed) + 1;
      if (with_triplets_) triplet = triplet_at(slot, last) * (*decay_triplet_[slot])(elapsed) + 1;
    }
    while (begin_[slot] != end_[slot] && at(slot, begin_[slot]).stamp < stamp - horizon_) {
      ++begin_[slot];
    }
    if (end_[slot] - begin_[slot] == capacity_) grow();
    const std::size_t place = slot * capacity_ + (end_[slot] & (capacity_ - 1));
    spikes_[place] = {stamp, trace};
    if (with_triplets_) triplets_[place] = triplet;
    ++end_[slot];
  }
  last_stamp_[slot] = stamp;
}

void Histories::adopt(std::size_t slot, const Histories& from, std::size_t from_slot) {
  if (!from.watched(from_slot)) return;
  watched_[slot] = 1;
  decay_[slot] = table_for(from.decay_[from_slot]->tau());
  decay_triplet_[slot] = table_for(from.decay_triplet_[from_slot]->tau());
  for (std::uint32_t i = from.begin_[from_slot]; i != from.end_[from_slot]; ++i) {
    if (end_[slot] - begin_[slot] == capacity_) grow();
    const std::size_t place = slot * capacity_ + (end_[slot] & (capacity_ - 1));
    spikes_[place] = from.at(from_slot, i);
    if (with_triplets_) triplets_[place] = from.with_triplets_ ? from.triplet_at(from_slot, i) : 0;
    ++end_[slot];
  }
  last_stamp_[slot] = from.last_stamp_[from_slot];
}

std::int64_t Histories::bytes() const {
  std::size_t sum = spikes_.capacity() * sizeof(PostSpike) + triplets_.capacity() * 8 +
                    slots_ * (4 + 4 + 8 + 1 + 16);
  for (const auto& table : tables_) sum += static_cast<std::size_t>(table->size()) * 8;
  return static_cast<std::int64_t>(sum);
}

}  // namespace tegmenta
