#include "base/time_grid.h"

#include <cfloat>
#include <cmath>

namespace tegmenta {

namespace {

constexpr double kInfiniteMs = std::numeric_limits<double>::infinity();

/// `value` toward zero; +-kInfinity beyond +-limit, 0 for NaN.
std::int64_t truncated(double value, std::int64_t limit) {
  const auto bound = static_cast<double>(limit);
  if (value > bound) return TimeGrid::kInfinity;
  if (value < -bound) return -TimeGrid::kInfinity;
  return value == value ? static_cast<std::int64_t>(value) : 0;
}

bool is_infinite(std::int64_t time) {
  return time == TimeGrid::kInfinity || time == -TimeGrid::kInfinity;
}

double infinite_ms(std::int64_t time) { return time > 0 ? kInfiniteMs : -kInfiniteMs; }

}  // namespace

TimeGrid::TimeGrid(double tics_per_ms, std::int64_t tics_per_step)
    : tics_per_ms_(tics_per_ms),
      tics_per_step_(tics_per_step),
      ms_per_tic_(1.0 / tics_per_ms),
      ms_per_step_(static_cast<double>(tics_per_step) / tics_per_ms),
      steps_per_ms_(1.0 / ms_per_step_) {}

std::optional<TimeGrid> TimeGrid::with_resolution(double ms, double tics_per_ms) {
  // Beyond this a tic count is no longer exact as a double.
  constexpr double kMostTics = 0x1p52;
  if (!(tics_per_ms > 0.0) || !(tics_per_ms < kInfiniteMs)) return std::nullopt;
  const double tics = ms * tics_per_ms;
  if (!(tics >= 1.0 - 4.0 * DBL_EPSILON) || !(tics < kMostTics)) return std::nullopt;
  const double nearest = std::floor(tics + 0.5);
  if (std::fabs(tics - nearest) > 4.0 * nearest * DBL_EPSILON) return std::nullopt;
  return TimeGrid(tics_per_ms, static_cast<std::int64_t>(nearest));
}

bool TimeGrid::loaded() {
  const auto made =
      with_resolution(static_cast<double>(tics_per_step_) / tics_per_ms_, tics_per_ms_);
  const bool whole = made && made->tics_per_step_ == tics_per_step_;
  if (whole) *this = *made;
  return whole;
}

std::int64_t TimeGrid::tics_from_ms(double ms) const {
  return truncated(ms * tics_per_ms_ + 0.5, max_tics());
}

double TimeGrid::ms_from_tics(std::int64_t tics) const {
  if (is_infinite(tics)) return infinite_ms(tics);
  return ms_per_tic_ * static_cast<double>(tics);
}

std::int64_t TimeGrid::tics_from_steps(std::int64_t steps) const {
  if (steps > max_step()) return kInfinity;
  if (steps < -max_step()) return -kInfinity;
  return steps * tics_per_step_;
}

std::int64_t TimeGrid::steps_from_tics_ceil(std::int64_t tics) const {
  if (is_infinite(tics)) return tics;
  return (tics + tics_per_step_ - 1) / tics_per_step_;
}

std::int64_t TimeGrid::steps_from_ms_ceil(double ms) const {
  return steps_from_tics_ceil(tics_from_ms(ms));
}

bool TimeGrid::is_grid_time(double ms) const { return steps_from_ms_exact(ms).has_value(); }

std::optional<std::int64_t> TimeGrid::steps_from_ms_exact(double ms) const {
  const std::int64_t tics = tics_from_ms(ms);
  if (ms != ms || is_infinite(tics) || tics % tics_per_step_ != 0) return std::nullopt;
  return tics / tics_per_step_;
}

double TimeGrid::ms_from_steps(std::int64_t steps) const {
  return ms_from_tics(tics_from_steps(steps));
}

std::int64_t TimeGrid::stamp_step_from_ms(double ms) const {
  std::int64_t tics = truncated(ms * tics_per_ms_, max_tics());
  if (is_infinite(tics)) return tics;
  tics -= tics % tics_per_step_;
  const double steps_per_tic = 1.0 / static_cast<double>(tics_per_step_);
  const double grid_ms = static_cast<double>(tics) * steps_per_tic * ms_per_step_;
  if (grid_ms < ms) tics += tics_per_step_;
  return tics / tics_per_step_;
}

std::int64_t TimeGrid::delay_steps_from_ms(double ms) const {
  return truncated(std::floor(ms * steps_per_ms_ + 0.5), max_step());
}

double TimeGrid::nearest_ms_from_steps(std::int64_t steps) const {
  if (is_infinite(steps)) return infinite_ms(steps);
  return static_cast<double>(tics_from_steps(steps)) / tics_per_ms_;
}

}  // namespace tegmenta
