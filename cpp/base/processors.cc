#include "base/processors.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "base/control_group.h"

#ifdef __linux__
#include <sched.h>
#endif

namespace tegmenta {

namespace {

int processors_of_affinity() {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

int available_processors() {
  const double quota = std::ceil(control_group().processors);
  return std::max(1, static_cast<int>(std::min<double>(processors_of_affinity(), quota)));
}

}  // namespace tegmenta
