// Spikes that reach recorders and volume transmitters through synapses with states of their own.
// The partition that has the source works out what they pass on, as soon as it has fired, for all
// others to read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/spike_list.h"
#include "engine/views.h"

namespace tegmenta {

class Releases {
 public:
  Releases(const EngineViews& network, int partition)
      : net_(network), partition_(static_cast<std::size_t>(partition)) {}

  /// Finds the synapses of the partition's neurons.
  void plan();
  bool none() const { return rows_.empty(); }
  bool has(NodeId source) const;
  /// Makes room for slices of up to `steps` steps.
  void reserve(int steps);

  void begin_slice(int steps, int parity) { spikes_[parity].clear(steps); }
  /// A neuron has fired. Throws SynapseFailure.
  void spike(const SpikeEntry& spike, std::int64_t stamp, int parity);
  void end_lag(int lag, int parity) { spikes_[parity].end(lag); }

  /// Of a step, source by source.
  std::span<const ReleasedSpike> of(int lag, int parity) const { return spikes_[parity].of(lag); }

 private:
  /// Those of one source in one list.
  struct Row {
    NodeId source;
    std::uint32_t row;
    RecorderList* list;
  };

  /// Where those of a source begin, or would.
  std::vector<Row>::const_iterator first_of(NodeId source) const;

  EngineViews net_;
  std::size_t partition_;
  std::vector<Row> rows_;  // by source
  ByLag<ReleasedSpike> spikes_[2];
};

}  // namespace tegmenta
