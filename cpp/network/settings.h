// What SetKernelStatus sets, the grid of time apart.
#pragma once

#include <cstdint>

#include "simd/dispatch.h"

namespace tegmenta {

struct Settings {
  int threads = 1;
  std::uint32_t seed = 143202461;
  bool single_precision = false;
  const simd::Kernels* simd = &simd::default_level();
  bool user_delays = false;  // min_delay and max_delay were set by the user
  std::int64_t user_min_delay = 1;
  std::int64_t user_max_delay = 1;

  /// Threads and instruction set make no difference to what happens.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("seed", self.seed);
    visit("single_precision", self.single_precision);
    visit("user_delays", self.user_delays);
    visit("user_min_delay", self.user_min_delay);
    visit("user_max_delay", self.user_max_delay);
    visit.derived("threads", self.threads);
    visit.derived("simd", self.simd);
  }
};

}  // namespace tegmenta
