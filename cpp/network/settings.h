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
};

}  // namespace tegmenta
