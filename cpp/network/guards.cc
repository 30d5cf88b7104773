#include "network/guards.h"

namespace tegmenta {

std::span<const GuardDescription> guard_descriptions() noexcept {
  static constexpr GuardDescription kGuards[] = {
      {"maxSpikeRate", "spikes/s", &Guards::spike_rate,
       "A run ends with LimitExceeded, at a slice boundary, once all neurons together have fired "
       "more than that in the mean over 10 ms",
       "The mean rate of all neurons"},
      {"maxEvents", "", &Guards::events,
       "A run ends with LimitExceeded, at a slice boundary, once its neurons have fired more "
       "spikes, or its recorders have recorded more events",
       "The number of spikes or recorded events"},
      {"maxWallTime", "s", &Guards::wall_time,
       "A run ends with LimitExceeded, at a slice boundary, once it has taken longer",
       "The time that the run has taken"},
      {"maxMemory", "B", &Guards::memory,
       "A run ends with LimitExceeded, at a slice boundary, once the kernel holds more bytes, "
       "those of its recorders included",
       "The memory of the kernel"}};
  return kGuards;
}

}  // namespace tegmenta
