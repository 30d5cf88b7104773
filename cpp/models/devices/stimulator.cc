#include "models/devices/stimulator.h"

#include <algorithm>

namespace tegmenta {

void Stimulator::before_change(const DeviceValues&) { epochs_.reserve(epochs_.size() + 1); }

void Stimulator::on_change(const DeviceContext& context) noexcept {
  while (!epochs_.empty() && epochs_.back().from >= context.now) epochs_.pop_back();
  epochs_.push_back({epochs_.empty() ? 0 : context.now, parameters_});
}

bool Stimulator::holds_together(std::int64_t now) const {
  const auto in_order = [](const Epoch& a, const Epoch& b) { return a.from < b.from; };
  return !epochs_.empty() && epochs_.front().from >= 0 && epochs_.back().from <= now &&
         std::is_sorted(epochs_.begin(), epochs_.end(), in_order);
}

void Stimulator::forget_before(std::int64_t step) {
  std::size_t old = 0;
  while (old + 1 < epochs_.size() && epochs_[old + 1].from <= step) ++old;
  epochs_.erase(epochs_.begin(), epochs_.begin() + static_cast<std::ptrdiff_t>(old));
}

std::vector<DeviceParameters*> Stimulator::places_of_parameters() {
  std::vector<DeviceParameters*> places = Device::places_of_parameters();
  for (Epoch& epoch : epochs_) places.push_back(&epoch.parameters);
  return places;
}

std::size_t Stimulator::epoch_at(std::int64_t step) const {
  for (std::size_t i = epochs_.size(); i-- > 1;) {
    if (epochs_[i].from <= step) return i;
  }
  return 0;
}

}  // namespace tegmenta
