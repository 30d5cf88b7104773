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

const DeviceParameters& Stimulator::parameters_at(std::int64_t step) const {
  for (std::size_t i = epochs_.size(); i-- > 1;) {
    if (epochs_[i].from <= step) return epochs_[i].parameters;
  }
  return epochs_.front().parameters;
}

void Stimulator::check_time_line(const TimeLine& line, DeviceParameters& next,
                                 const std::vector<bool>& changed, const TimeGrid& grid) const {
  const auto name = [&](std::size_t i) { return description().parameters[i].name.c_str(); };
  const char* const times_name = name(line.times);
  const char* const values_name = name(line.values);
  std::vector<double>& times = next.array[line.times];
  const std::vector<double>& values = next.array[line.values];
  const bool given = changed[line.times];
  if (given != changed[line.values]) {
    must_come_with(given ? times_name : values_name, given ? values_name : times_name);
  }
  if (changed[line.offgrid] && !given && !times.empty()) {
    must_come_with(name(line.offgrid), times_name);
  }
  if (!given) return;
  if (times.size() != values.size()) {
    bad(values_name, static_cast<double>(values.size()),
        "as long as " + std::string(times_name) + " (" + std::to_string(times.size()) + " values)");
  }
  std::int64_t previous = std::numeric_limits<std::int64_t>::min();
  for (double& t : times) {
    std::int64_t step;
    if (const auto exact = grid.steps_from_ms_exact(t)) {
      step = *exact;
    } else if (next.number[line.offgrid] != 0) {
      step = grid.stamp_step_from_ms(t);
    } else {
      bad(times_name, t,
          "multiples of the resolution (" + format_number(grid.resolution_ms()) +
              " ms), or allow_offgrid_times set");
    }
    if (step <= line.after) bad(times_name, t, line.text);
    if (step <= previous) bad(times_name, t, "strictly increasing");
    previous = step;
    t = grid.ms_from_steps(step);
  }
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
