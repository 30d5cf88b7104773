#include "synapses/calendar.h"

#include <utility>

namespace tegmenta {

void Calendar::reserve(std::int64_t now, std::int64_t steps) {
  if (steps <= capacity()) return;
  std::vector<CalendarDay> days(static_cast<std::size_t>(steps));
  for (std::int64_t step = now; step < now + capacity(); ++step) {
    days[static_cast<std::size_t>(step % steps)] = std::move(day(step));
  }
  days_ = std::move(days);
}

bool Calendar::has_pending() const {
  for (const CalendarDay& day : days_) {
    if (!day.empty()) return true;
  }
  return false;
}

std::size_t SettledRuns::bytes() const {
  std::size_t sum = sizeof *this;
  for (const auto* runs : {&generators, &neurons, &plastic}) {
    sum += runs->capacity() * sizeof(SettledRun);
    for (const SettledRun& run : *runs) {
      sum +=
          run.targets.capacity() * sizeof(std::uint32_t) + run.weights.capacity() * sizeof(double);
    }
  }
  sum += counts.capacity() * sizeof(SettledCounts);
  for (const SettledCounts& run : counts) sum += run.targets.capacity() * sizeof(std::uint32_t);
  return sum;
}

std::int64_t Calendar::bytes() const {
  std::size_t sum = days_.capacity() * sizeof(CalendarDay);
  for (const CalendarDay& day : days_) {
    sum += day.generators.capacity() * sizeof(PendingDeviceRun) +
           day.neurons.capacity() * sizeof(PendingRun) +
           day.plastic.capacity() * sizeof(PendingPlasticRun);
    if (day.settled) sum += day.settled->bytes();
  }
  return static_cast<std::int64_t>(sum);
}

}  // namespace tegmenta
