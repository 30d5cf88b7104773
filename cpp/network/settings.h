// What SetKernelStatus sets, the grid of time apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/declaration.h"
#include "network/guards.h"
#include "simd/dispatch.h"

namespace tegmenta {

/// More would not be started on any machine.
inline constexpr int kMostThreads = 1024;

/// Seeds of random numbers.
inline constexpr Range kSeeds{1, 4294967295.0, false, false};

struct Settings {
  int threads = 1;
  std::uint32_t seed = 143202461;
  /// Of what is drawn while time passes, where it is not the same.
  std::optional<std::uint32_t> run_seed;
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
  Guards guards;

  std::uint32_t seed_of_run() const { return run_seed.value_or(seed); }

  /// Threads, instruction set, what is written and guards make no difference to what happens.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("seed", self.seed);
    visit("run_seed", self.run_seed);
    visit("single_precision", self.single_precision);
    visit("user_delays", self.user_delays);
    visit("user_min_delay", self.user_min_delay);
    visit("user_max_delay", self.user_max_delay);
    visit.kept("threads", self.threads);
    visit.derived("simd", self.simd);
    visit.kept("verbosity", self.verbosity);
    visit.kept("print_time", self.print_time);
    visit.kept("overwrite_files", self.overwrite_files);
    visit.kept("data_path", self.data_path);
    visit.kept("data_prefix", self.data_prefix);
    visit.added("guards", self.guards);
  }
};

}  // namespace tegmenta
