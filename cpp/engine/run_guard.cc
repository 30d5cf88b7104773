#include "engine/run_guard.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/held.h"

namespace tegmenta {

namespace {

using TimePoint = std::chrono::steady_clock::time_point;

/// Between two looks at what is dear to look at.
constexpr std::chrono::milliseconds kInterval{10};

double seconds_between(TimePoint from, TimePoint to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

RunGuard::RunGuard(const RunLimits& limits, const EngineViews& network)
    : limits_(limits),
      step_ms_(network.clock.grid.resolution_ms()),
      window_steps_(std::max(1, static_cast<int>(std::lround(kRateWindow / step_ms_)))),
      watches_(!(limits.guards == Guards{})) {
  if (!watches_) return;
  for (const auto& population : network.nodes.populations) neurons_ += population->size();
  for (const auto& device : network.nodes.devices) {
    if (const auto* recorder = dynamic_cast<const Recorder*>(device.get())) {
      recorders_.push_back(recorder);
    }
  }
  recorded_before_ = recorded_events();
  if (!watches_memory()) return;
  other_bytes_ = limits.bytes - recorded_bytes() -
                 static_cast<std::int64_t>(bytes_held(network.synapses.calendars));
}

void RunGuard::count(std::span<const SpikeList* const> lists, int steps) {
  for (int lag = 0; lag < steps; ++lag) {
    std::uint64_t spikes = 0;
    for (const SpikeList* list : lists) {
      for (const SpikeEntry& spike : list->of(lag)) spikes += spike.multiplicity;
    }
    spikes_ += spikes;
    window_spikes_ += spikes;
    if (++window_at_ == window_steps_) end_window();
  }
}

void RunGuard::end_window() {
  const double seconds = window_steps_ * step_ms_ / 1000;
  const double rate = neurons_ == 0 ? 0
                                    : static_cast<double>(window_spikes_) /
                                          (static_cast<double>(neurons_) * seconds);
  exceed(&Guards::spike_rate, rate);
  window_spikes_ = 0;
  window_at_ = 0;
}

void RunGuard::end_windows() {
  end_window();
  check_events();
}

std::uint64_t RunGuard::events() const {
  return watches_ ? std::max(spikes_, recorded_events() - recorded_before_) : 0;
}

void RunGuard::check_events() {
  if (limit(&Guards::events) == Guards::kNone) return;
  exceed(&Guards::events, static_cast<double>(limits_.earlier_events + events()));
}

bool RunGuard::is_exceeded(std::int64_t under_way) {
  if (excess_) return true;
  check_events();
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ >= kInterval) {
    looked_ = now;
    exceed(&Guards::wall_time, limits_.earlier_wall_time + seconds_between(limits_.since, now));
    if (watches_memory()) {
      exceed(&Guards::memory, static_cast<double>(other_bytes_ + recorded_bytes() + under_way));
    }
  }
  return excess_.has_value();
}

void RunGuard::exceed(double Guards::* guard, double value) {
  if (excess_ || !(value > limit(guard))) return;
  for (const GuardDescription& description : guard_descriptions()) {
    if (description.limit == guard) excess_ = {&description, value};
  }
}

std::exception_ptr RunGuard::problem() const {
  if (!excess_) return nullptr;
  const auto& [guard, value] = *excess_;
  const double most = limits_.guards.*guard->limit;
  const auto with_unit = [unit = guard->unit](double x) {
    std::string text = format_number(x);
    if (*unit) text.append(" ").append(unit);
    return text;
  };
  std::string text = guard->exceeded;
  text.append(" was ").append(with_unit(value));
  text.append(", more than ").append(guard->name).append(" (").append(with_unit(most));
  text += "). What was simulated until then is kept; the kernel can go on from there.";
  return std::make_exception_ptr(
      Error(ErrorKind::kLimitExceeded, std::move(text),
            {{"parameter", std::string(guard->name)}, {"value", value}, {"limit", most}}));
}

std::uint64_t RunGuard::recorded_events() const {
  std::uint64_t sum = 0;
  for (const Recorder* recorder : recorders_) sum += recorder->size();
  return sum;
}

std::int64_t RunGuard::recorded_bytes() const {
  std::int64_t sum = 0;
  for (const Recorder* recorder : recorders_) sum += recorder->bytes();
  return sum;
}

}  // namespace tegmenta
