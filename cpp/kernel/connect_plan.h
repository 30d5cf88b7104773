// What calls of Connect will change. A plan is worked out before anything is: filled by one
// specification of synapses or by several, then committed as a whole, or dropped.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "connect/projection.h"
#include "network/device_lists.h"

namespace tegmenta {

struct ConnectPlan {
  /// Projections to be staged, each with at least one synapse.
  std::vector<Projection> rows;
  std::vector<GeneratorList> of_generators;
  std::vector<RecorderList> of_recorders;
  /// Dopamine concentrations by synapse model.
  std::map<int, double> dopamine;
  /// Of the connections of devices that are kept as lists.
  DelayRange device_delays;
  /// Ordinal of the next call that draws, after what is planned.
  std::uint32_t calls = 0;
};

}  // namespace tegmenta
