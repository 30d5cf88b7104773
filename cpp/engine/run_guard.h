// The guards of one run, looked at slice by slice.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <vector>

#include "base/errors.h"
#include "engine/spike_list.h"
#include "engine/views.h"
#include "network/guards.h"
#include "recording/readers.h"
#include "recording/recorder.h"

namespace tegmenta {

/// What a run must not exceed, and what has been used of that before it.
struct RunLimits {
  Guards guards;
  /// Since when its time counts.
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  /// By earlier parts of the same call.
  std::uint64_t earlier_events = 0;
  double earlier_wall_time = 0;  // s
  std::int64_t bytes = 0;        // that the kernel holds as it begins
  Readers* readers = nullptr;    // whom it waits for
};

/// Of the first worker, but for what it is told by the others (Engine::note_bytes).
class RunGuard {
 public:
  /// The mean over that many ms counts, so that a volley is none too many.
  static constexpr double kRateWindow = 10;

  RunGuard(const RunLimits& limits, const EngineViews& network);

  /// Spikes of a slice's steps, which are recorded.
  void count(std::span<const SpikeList* const> lists, int steps);
  /// Whether something is too much. under_way: bytes of spikes under way.
  bool is_exceeded(std::int64_t under_way);
  /// The run has ended as it should: what does not wait for the end of a window counts, too.
  void end_windows();
  bool watches() const { return watches_; }
  bool watches_memory() const { return limits_.guards.memory != Guards::kNone; }
  /// What maxEvents counts, if anything is watched.
  std::uint64_t events() const;
  /// LimitExceeded; none, if nothing is.
  std::exception_ptr problem() const;

 private:
  struct Excess {
    const GuardDescription* guard;
    double value;
  };
  void end_window();
  double limit(double Guards::* guard) const { return limits_.guards.*guard; }
  void exceed(double Guards::* guard, double value);
  void check_events();
  std::uint64_t recorded_events() const;
  std::int64_t recorded_bytes() const;

  RunLimits limits_;
  std::vector<const Recorder*> recorders_;
  std::uint64_t neurons_ = 0;
  double step_ms_;
  int window_steps_;
  bool watches_;
  std::uint64_t spikes_ = 0, recorded_before_ = 0;
  std::uint64_t window_spikes_ = 0;
  int window_at_ = 0;
  std::int64_t other_bytes_ = 0;  // not of recorders, nor under way
  std::optional<Excess> excess_;
  std::chrono::steady_clock::time_point looked_{};
};

}  // namespace tegmenta
