#include "models/devices/time_line.h"

#include <algorithm>
#include <iterator>

namespace tegmenta {

namespace {

// The first change later than `step`; there is one before it, from the beginning of time.
auto later(auto& changes, std::int64_t step) {
  return std::upper_bound(
      changes.begin(), changes.end(), step,
      [](std::int64_t time, const TimeLine::Change& change) { return time < change.time; });
}

}  // namespace

bool TimeLine::loaded() const {
  return !changes_.empty() && changes_.front().time == kEver &&
         std::is_sorted(changes_.begin(), changes_.end(),
                        [](const Change& a, const Change& b) { return a.time < b.time; });
}

double TimeLine::at(std::int64_t step) const { return std::prev(later(changes_, step))->value; }

std::vector<TimeLine::Change> TimeLine::changes_after(std::int64_t step) const {
  return {later(changes_, step), changes_.end()};
}

std::int64_t TimeLine::next_after(std::int64_t step) const {
  const auto next = later(changes_, step);
  return next == changes_.end() ? std::numeric_limits<std::int64_t>::max() : next->time;
}

void TimeLine::append_after(std::int64_t now, const std::vector<Change>& changes) {
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(changes_),
               [&](const Change& change) { return change.time > now; });
}

void TimeLine::replace(std::int64_t now, const std::vector<Change>& changes) {
  changes_.erase(later(changes_, now), changes_.end());
  append_after(now, changes);
}

void TimeLine::replace(std::int64_t now, double first, const std::vector<Change>& changes) {
  changes_.erase(later(changes_, now), changes_.end());
  if (now == 0) changes_.front().value = first;  // nothing has held yet
  changes_.push_back({now + 1, first});
  append_after(now, changes);
}

void TimeLine::begin(std::int64_t now) noexcept {
  changes_.erase(std::next(changes_.begin()), later(changes_, now));
}

void TimeLine::forget_before(std::int64_t step) noexcept {
  const auto first = std::prev(later(changes_, step));
  if (first == changes_.begin()) return;
  changes_.front().value = first->value;
  changes_.erase(std::next(changes_.begin()), std::next(first));
}

}  // namespace tegmenta
