// What SetKernelStatus sets, the grid of time apart.
#pragma once

#include <cstdint>
#include <string>

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
  // What lib/ writes, and where: the core keeps it.
  int verbosity = 10;
  bool print_time = false;
  bool overwrite_files = false;
  std::string data_path, data_prefix;

  /// Threads, instruction set and what is written make no difference to what happens.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("seed", self.seed);
    visit("single_precision", self.single_precision);
    visit("user_delays", self.user_delays);
    visit("user_min_delay", self.user_min_delay);
    visit("user_max_delay", self.user_max_delay);
    visit.derived("threads", self.threads);
    visit.derived("simd", self.simd);
    visit.derived("verbosity", self.verbosity);
    visit.derived("print_time", self.print_time);
    visit.derived("overwrite_files", self.overwrite_files);
    visit.derived("data_path", self.data_path);
    visit.derived("data_prefix", self.data_prefix);
  }
};

}  // namespace tegmenta
