#include "engine/thread_choice.h"

#include <algorithm>
#include <tuple>

namespace tegmenta {

namespace {

/// Seconds: long enough to be measured.
constexpr double kTrial = 500e-6;
constexpr double kFirstInterval = 10e-3, kLongestInterval = 2;
constexpr std::size_t kLeastSlices = 3;
/// Where threads wait for a processor even three slices may take long.
constexpr double kLongestTrial = 2e-3;
constexpr double kGrowth = 4;  // of the intervals
/// The other way must be faster by that factor: times vary.
constexpr double kGain = 0.95;
/// What waking a thread takes at most; more was something else.
constexpr double kLongestWake = 200e-6;

}  // namespace

ThreadChoice::ThreadChoice(bool measures)
    : measures_(measures), shared_(!measures), until_trial_(kTrial), interval_(kFirstInterval) {}

void ThreadChoice::Measured::add(int steps, double seconds) {
  seconds_ += seconds;
  steps_ += steps;
  if (stretch_slices++ == 0) {
    first_seconds_ += seconds;
    first_steps_ += steps;
  } else {
    rates_[slices_++ % rates_.size()] = seconds / steps;
  }
}

double ThreadChoice::Measured::per_step() const {
  if (slices_ == 0) return steps_ > 0 ? seconds_ / steps_ : 0;
  std::array<double, std::tuple_size_v<decltype(rates_)>> sorted = rates_;
  const std::size_t n = std::min(slices_, sorted.size());
  std::nth_element(sorted.begin(), sorted.begin() + n / 2, sorted.begin() + n);
  const double median = sorted[n / 2];
  const double woken = std::clamp(first_seconds_ - first_steps_ * median, 0.0, kLongestWake);
  return median + woken / steps_;
}

bool ThreadChoice::is_enough() const {
  const double wanted = trying_ ? kTrial : until_trial_;
  if (now_.seconds() < wanted) return false;
  return now_.slices() >= kLeastSlices || now_.seconds() >= kLongestTrial;
}

bool ThreadChoice::is_enough(int steps, Duration time) {
  if (!measures_) return false;
  now_.add(steps, Seconds(time).count());
  return is_enough();
}

void ThreadChoice::end_stretch() {
  if (!measures_ || !is_enough()) return;
  const double rate = now_.per_step();
  now_ = {};
  if (!trying_) {
    trying_ = true;
    usual_rate_ = rate;
    return;
  }
  trying_ = false;
  if (rate < kGain * usual_rate_) {
    shared_ = !shared_;
    interval_ = kFirstInterval;
  } else {
    interval_ = std::min(kLongestInterval, kGrowth * interval_);
  }
  until_trial_ = interval_;
}

}  // namespace tegmenta
