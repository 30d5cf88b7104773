#include "models/devices/current_generators.h"

#include <algorithm>

#include "base/elementary.h"

namespace tegmenta {

double Signal::at(std::int64_t step, const TimeGrid& grid) const {
  return amplitude == 0 ? offset : offset + amplitude * elementary::sin(angle(step, grid));
}

template <>
CurrentGenerator::Activity<Window> CurrentGenerator::activity(std::int64_t step,
                                                              const TimeGrid& grid) const {
  const std::size_t epoch = epoch_at(step);
  const Window& values = epochs_[epoch].window();
  const DeviceWindow window = window_of(values, grid);
  const std::int64_t begin = window.from - 1, end = window.to - 1;
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
  if (epoch + 1 < epochs_.size()) until = epochs_[epoch + 1].from;
  if (step < end) until = std::min(until, step < begin ? begin : end);
  return {values, step >= begin && step < end, until};
}

}  // namespace tegmenta
