#include "plasticity/post_samples.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace tegmenta {

namespace {

/// Samples that are forgotten together.
constexpr std::size_t kForgottenTogether = 64;

}  // namespace

void PostSamples::watch(std::vector<Watch> list, std::int64_t horizon) {
  std::unordered_map<std::uint16_t, Samples> next;
  for (Watch& wanted : list) {
    Samples samples{std::move(wanted.names), std::move(wanted.states), {}, {}};
    if (const auto known = slots_.find(wanted.slot); known != slots_.end()) {
      samples.stamps = known->second.stamps;
      for (const std::int64_t stamp : samples.stamps) {
        for (const std::string& name : samples.names) {
          samples.values.push_back(at(wanted.slot, name, stamp));
        }
      }
    }
    next.emplace(wanted.slot, std::move(samples));
  }
  slots_ = std::move(next);
  horizon_ = horizon;
}

std::span<const int> PostSamples::states(std::size_t slot) const {
  return slots_.at(static_cast<std::uint16_t>(slot)).states;
}

void PostSamples::Samples::forget_before(std::int64_t oldest) {
  // The latest at or before that is still needed.
  const auto first = std::upper_bound(stamps.begin(), stamps.end(), oldest);
  if (first - stamps.begin() <= static_cast<std::ptrdiff_t>(kForgottenTogether)) return;
  const std::ptrdiff_t many = first - stamps.begin() - 1;
  stamps.erase(stamps.begin(), stamps.begin() + many);
  values.erase(values.begin(), values.begin() + many * static_cast<std::ptrdiff_t>(names.size()));
}

void PostSamples::record(std::size_t slot, std::int64_t stamp, std::span<const double> values) {
  Samples& samples = slots_.at(static_cast<std::uint16_t>(slot));
  samples.forget_before(stamp - horizon_);
  samples.values.insert(samples.values.end(), values.begin(), values.end());
  samples.stamps.push_back(stamp);
}

double PostSamples::at(std::size_t slot, const std::string& name, std::int64_t stamp) const {
  const auto found = slots_.find(static_cast<std::uint16_t>(slot));
  if (found == slots_.end()) return 0;
  const Samples& samples = found->second;
  const auto place = std::find(samples.names.begin(), samples.names.end(), name);
  const auto after = std::upper_bound(samples.stamps.begin(), samples.stamps.end(), stamp);
  if (place == samples.names.end() || after == samples.stamps.begin()) return 0;
  const auto row = static_cast<std::size_t>(after - samples.stamps.begin() - 1);
  return samples
      .values[row * samples.names.size() + static_cast<std::size_t>(place - samples.names.begin())];
}

void PostSamples::adopt(std::span<const Move> moves) {
  for (const Move& move : moves) {
    const auto known = move.from->slots_.find(move.theirs);
    if (known != move.from->slots_.end()) slots_[move.slot] = known->second;
    horizon_ = std::max(horizon_, move.from->horizon_);
  }
}

std::vector<PostSamples::Listed> PostSamples::listed() const {
  std::vector<Listed> all;
  for (const auto& [slot, samples] : slots_) {
    all.push_back({slot, samples.names, samples.stamps, samples.values});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.slot < b.slot; });
  return all;
}

bool PostSamples::take(std::vector<Listed> all) {
  for (Listed& one : all) {
    const bool ascends = std::is_sorted(one.stamps.begin(), one.stamps.end(), std::less_equal<>());
    if (one.names.empty() || !ascends ||
        one.values.size() != one.stamps.size() * one.names.size()) {
      return false;
    }
    Samples samples{std::move(one.names), {}, std::move(one.stamps), std::move(one.values)};
    if (!slots_.emplace(one.slot, std::move(samples)).second) return false;
  }
  return true;
}

std::size_t PostSamples::bytes() const {
  std::size_t sum = 0;
  for (const auto& [slot, samples] : slots_) {
    sum += sizeof slot + sizeof samples + samples.stamps.capacity() * sizeof(std::int64_t) +
           samples.values.capacity() * sizeof(double);
  }
  return sum;
}

}  // namespace tegmenta
