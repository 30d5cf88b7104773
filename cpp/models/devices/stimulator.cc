#include "models/devices/stimulator.h"

#include <limits>
#include <utility>

namespace tegmenta {

Stimulator::Stimulator(const ModelDescription& description) : Device(description) {
  epochs_.push_back({0, parameters_});
}

void Stimulator::before_change(const DeviceParameters& next) {
  next_epoch_ = next;
  epochs_.reserve(epochs_.size() + 1);
}

void Stimulator::on_change(const DeviceContext& context) noexcept {
  while (!epochs_.empty() && epochs_.back().from >= context.now) epochs_.pop_back();
  epochs_.push_back({epochs_.empty() ? 0 : context.now, std::move(next_epoch_)});
}

void Stimulator::forget_before(std::int64_t step) {
  std::size_t old = 0;
  while (old + 1 < epochs_.size() && epochs_[old + 1].from <= step) ++old;
  epochs_.erase(epochs_.begin(), epochs_.begin() + static_cast<std::ptrdiff_t>(old));
}

std::size_t Stimulator::epoch_at(std::int64_t step) const {
  for (std::size_t i = epochs_.size(); i-- > 1;) {
    if (epochs_[i].from <= step) return i;
  }
  return 0;
}

std::vector<ParameterDeclaration> with_window(std::vector<ParameterDeclaration> own) {
  const double most = std::numeric_limits<double>::max();
  const double infinity = std::numeric_limits<double>::infinity();
  own.push_back({"origin", ParameterType::kDouble, "ms", 0, Range::finite(), Role::kParameter,
                 "Added to start and stop."});
  own.push_back({"start", ParameterType::kDouble, "ms", 0, Range::finite(), Role::kParameter,
                 "Begin of activity, relative to origin."});
  own.push_back({"stop",
                 ParameterType::kDouble,
                 "ms",
                 infinity,
                 {-most, infinity, false, false},
                 Role::kParameter,
                 "End of activity, relative to origin."});
  own.push_back({"label", ParameterType::kString, "", 0, Range::finite(), Role::kParameter,
                 "A name for the user's own purposes.", "\"\""});
  return own;
}

}  // namespace tegmenta
