// A generator of spikes whose times are known before a simulation.
#pragma once

#include <cstdint>
#include <vector>

#include "models/devices/stimulator.h"

namespace tegmenta {

class SpikeSource : public Stimulator {
 public:
  static constexpr NodeRole kRole = NodeRole::kSpikeSource;
  NodeRole role() const final { return kRole; }

  struct Entry {
    std::int64_t stamp;
    std::uint32_t multiplicity;
    double weight;
    double offset_ms;  // precise time = stamp − offset
  };
  /// Appends the entries with stamps in (from, to] that fall into the window.
  virtual void entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
                       std::vector<Entry>& out) const = 0;

 protected:
  using Stimulator::Stimulator;
};

}  // namespace tegmenta
