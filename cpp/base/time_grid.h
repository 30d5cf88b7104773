#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace tegmenta {

/// The grid of simulated time. A tic is the integer unit (1 / tics_per_ms milliseconds), a step is
/// a whole number of tics and the resolution of the simulation. Converts between milliseconds,
/// tics and steps with the roundings of NEST 3.10 (Time::ms, Time::ms_stamp,
/// Time::delay_ms_to_steps), so that recorded times agree to the last bit.
///
/// Times beyond +-max_tics() become +-kInfinity in tics and steps, and +-infinity in milliseconds.
/// Callers reject NaN; here it converts to 0.
class TimeGrid {
 public:
  static constexpr double kDefaultTicsPerMs = 1000.0;
  static constexpr std::int64_t kDefaultTicsPerStep = 100;
  static constexpr std::int64_t kInfinity = std::numeric_limits<std::int64_t>::max();

  /// Tics of 1 microsecond, steps of 0.1 ms.
  TimeGrid() : TimeGrid(kDefaultTicsPerMs, kDefaultTicsPerStep) {}

  /// The grid whose step is `ms` milliseconds, or nothing if that is less than one tic or, up to a
  /// tolerance of 4 n DBL_EPSILON, not a whole number n of tics.
  static std::optional<TimeGrid> with_resolution(double ms, double tics_per_ms = kDefaultTicsPerMs);

  double tics_per_ms() const { return tics_per_ms_; }
  std::int64_t tics_per_step() const { return tics_per_step_; }
  double ms_per_tic() const { return ms_per_tic_; }
  double steps_per_ms() const { return steps_per_ms_; }

  /// The length of a step in ms: tics_per_step / tics_per_ms.
  double resolution_ms() const { return ms_per_step_; }

  /// The largest finite time, a multiple of a step.
  std::int64_t max_tics() const { return max_step() * tics_per_step_; }
  std::int64_t max_step() const { return kInfinity / 8 / tics_per_step_; }

  /// trunc(ms * tics_per_ms + 0.5).
  std::int64_t tics_from_ms(double ms) const;

  /// ms_per_tic * tics: a product, not a quotient.
  double ms_from_tics(std::int64_t tics) const;

  std::int64_t tics_from_steps(std::int64_t steps) const;

  /// (tics + tics_per_step - 1) / tics_per_step, division toward zero.
  std::int64_t steps_from_tics_ceil(std::int64_t tics) const;

  /// Tics, then steps, rounded up: the rule for refractory periods.
  std::int64_t steps_from_ms_ceil(double ms) const;

  /// Whether the tic nearest to `ms` is on the grid of steps.
  bool is_grid_time(double ms) const;

  /// The step of a time on the grid, nothing for other (or infinite) times.
  std::optional<std::int64_t> steps_from_ms_exact(double ms) const;

  /// Through tics: ms_per_tic * (steps * tics_per_step).
  double ms_from_steps(std::int64_t steps) const;

  /// The first step at or after `ms`, tested in milliseconds and without rounding to tics first.
  std::int64_t stamp_step_from_ms(double ms) const;

  /// floor(ms * steps_per_ms + 0.5): delays do not go through tics.
  std::int64_t delay_steps_from_ms(double ms) const;

  /// The double nearest to the time: the number that a user gave.
  double nearest_ms_from_steps(std::int64_t steps) const;

  bool operator==(const TimeGrid& other) const {
    return tics_per_ms_ == other.tics_per_ms_ && tics_per_step_ == other.tics_per_step_;
  }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("tics_per_ms", self.tics_per_ms_);
    visit("tics_per_step", self.tics_per_step_);
    visit.derived("ms_per_tic", self.ms_per_tic_);
    visit.derived("ms_per_step", self.ms_per_step_);
    visit.derived("steps_per_ms", self.steps_per_ms_);
  }
  bool loaded();

 private:
  TimeGrid(double tics_per_ms, std::int64_t tics_per_step);

  double tics_per_ms_;
  std::int64_t tics_per_step_;
  double ms_per_tic_;
  double ms_per_step_;
  double steps_per_ms_;
};

}  // namespace tegmenta
