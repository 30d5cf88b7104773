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

}  // namespace tegmenta
