// What a network's memory is for.
#pragma once

#include <cstdint>

namespace tegmenta {

/// Bytes.
struct MemoryParts {
  std::int64_t nodes = 0;      // neurons and devices
  std::int64_t recorders = 0;  // what they hold
  std::int64_t synapses = 0;
  std::int64_t under_way = 0;   // spikes
  std::int64_t plasticity = 0;  // histories and modulators

  std::int64_t sum() const { return nodes + recorders + synapses + under_way + plasticity; }
};

}  // namespace tegmenta
