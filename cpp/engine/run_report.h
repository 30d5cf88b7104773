// What a run tells while it goes on, and at its end.
#pragma once

#include <cstdint>
#include <functional>

namespace tegmenta {

struct RunReport {
  std::int64_t steps = 0;
  double biological_time_ms = 0;
  double wall_time_s = 0;
  std::uint64_t spikes = 0;
  std::uint64_t synaptic_events = 0;
  std::uint64_t guarded_events = 0;  // what maxEvents counts, where there is a guard
  bool cancelled = false;
};

enum class Phase { kPrepare, kSimulate };

struct Progress {
  Phase phase;
  double fraction;  // of the phase
  double biological_time_ms;
};

/// Called on the thread that runs the job.
using ProgressCallback = std::function<void(const Progress&)>;

}  // namespace tegmenta
