// What is emitted in a slice, in order of time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/value.h"

namespace tegmenta {

struct SpikeEntry {
  NodeId source;
  std::uint32_t multiplicity;
};

/// What a synapse with states has passed on to a device.
struct ReleasedSpike {
  NodeId source;
  std::uint32_t device;  // index
  std::uint32_t delay;
  std::uint32_t multiplicity;
};

/// Entries of one slice: those of lag l are entries[lag_begin[l]] … entries[lag_begin[l + 1]].
template <typename Entry>
struct ByLag {
  std::vector<Entry> entries;
  std::vector<std::uint32_t> lag_begin;

  void reserve(int steps, std::size_t size) {
    lag_begin.assign(static_cast<std::size_t>(steps) + 1, 0);
    entries.reserve(size);
  }
  std::span<const Entry> of(int lag) const {
    const std::uint32_t begin = lag_begin[static_cast<std::size_t>(lag)];
    return {entries.data() + begin, lag_begin[static_cast<std::size_t>(lag) + 1] - begin};
  }
  void clear(int steps) {
    entries.clear();
    std::fill_n(lag_begin.begin(), steps + 1, std::uint32_t{0});
  }
  /// All of a lag are there; lags end in order.
  void end(int lag) {
    lag_begin[static_cast<std::size_t>(lag) + 1] = static_cast<std::uint32_t>(entries.size());
  }
};

using SpikeList = ByLag<SpikeEntry>;

}  // namespace tegmenta
