// What a run is asked for.
#pragma once

#include <cstdint>

#include "base/value.h"
#include "network/guards.h"
#include "recording/readers.h"

namespace tegmenta {

/// What earlier parts of the same call have used of what guards count.
struct UsedBefore {
  std::uint64_t events = 0;
  double wall_time = 0;  // s
};

/// As the user gives them.
struct RunOptions {
  Properties guards = {};
  UsedBefore used = {};
};

/// One call of Run or Simulate, or a part of one.
struct RunRequest {
  double ms = 0;
  Guards guards = {};
  UsedBefore used = {};
  Readers* readers = nullptr;
};

}  // namespace tegmenta
