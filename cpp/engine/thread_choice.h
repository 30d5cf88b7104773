// Whether a run's slices are shared among the threads, or done by one of them because waiting for
// each other would take longer than the work. Measured while it runs; what happens does not depend
// on it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>

namespace tegmenta {

/// Both ways are tried, a stretch of some slices each, and the faster one goes on until the other
/// is tried again: after a time that grows as long as it stays the faster one.
class ThreadChoice {
 public:
  using Duration = std::chrono::steady_clock::duration;

  /// measures: or else every slice is shared.
  explicit ThreadChoice(bool measures = true);

  /// Whether the next stretch is shared.
  bool shared() const { return shared_ != trying_; }
  void begin_stretch() { now_.stretch_slices = 0; }
  /// A slice of the stretch has taken that long. Whether the stretch may end.
  bool is_enough(int steps, Duration time);
  /// The stretch has ended, or the run in its midst.
  void end_stretch();

 private:
  using Seconds = std::chrono::duration<double>;
  /// What one way takes. Slices vary, as other programs want the processors, too: the median
  /// counts. The first of a stretch waits for threads to be woken.
  class Measured {
   public:
    std::size_t stretch_slices = 0;

    void add(int steps, double seconds);
    double seconds() const { return seconds_; }
    std::size_t slices() const { return slices_; }
    double per_step() const;

   private:
    std::array<double, 63> rates_{};  // the latest, seconds a step
    std::size_t slices_ = 0;          // but for the first ones
    double seconds_ = 0, steps_ = 0;
    double first_seconds_ = 0, first_steps_ = 0;
  };
  bool is_enough() const;

  bool measures_;
  bool shared_;          // the faster way, as far as is known
  bool trying_ = false;  // the other one is being tried
  double until_trial_, interval_;
  Measured now_;           // of the way that goes on
  double usual_rate_ = 0;  // of the faster way, while the other one is tried
};

}  // namespace tegmenta
