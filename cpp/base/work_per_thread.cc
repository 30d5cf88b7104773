#include "base/work_per_thread.h"

#include <algorithm>
#include <cstdlib>

namespace tegmenta {

double work_per_thread() {
  constexpr double kUsual = 256;
  static const double work = [] {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): once
    const char* const given = std::getenv("TEGMENTA_WORK_PER_THREAD");
    return given && *given ? std::max(0.0, std::strtod(given, nullptr)) : kUsual;
  }();
  return work;
}

}  // namespace tegmenta
