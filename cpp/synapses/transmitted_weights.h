// What synapses have transmitted, on its way to weight_recorders.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/memory.h"
#include "base/value.h"
#include "synapses/row_store.h"

namespace tegmenta {

/// One transmitted spike, for a weight_recorder.
struct TransmittedWeight {
  std::uint32_t model;
  std::int64_t stamp;
  NodeId source;
  NodeId target;
  double weight;
  double receptor;
  std::uint32_t port;  // ordinal among synapses of the same source and target
  std::int64_t due;    // when it arrives
  // Where the synapse is.
  std::uint32_t store;
  std::uint32_t offset;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("model", self.model);
    visit("stamp", self.stamp);
    visit("source", self.source);
    visit("target", self.target);
    visit("weight", self.weight);
    visit("receptor", self.receptor);
    visit("port", self.port);
    visit("due", self.due);
    visit("store", self.store);
    visit("offset", self.offset);
  }
};

/// Those of one partition, by parity of the slice: one is read while the other is written.
struct TransmittedLists {
  std::vector<TransmittedWeight> by_parity[2];

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    for (auto& list : self.by_parity) visit("transmitted", list);
  }
};

/// The spikes that a source sends in a step to the targets of a run: of one delay, ascending.
struct TransmittedRun {
  int model;
  NodeId source;
  std::int64_t stamp;
  std::uint32_t delay;
  std::uint32_t spikes;
  std::uint8_t channel;
  std::span<const std::uint16_t> targets;  // slots
  const NodeId* target_ids;                // by slot
  // Where the run is.
  std::uint32_t store;
  std::uint32_t offset;
};

/// Room for n more. Throws OutOfMemory.
inline void reserve_more(std::vector<TransmittedWeight>& list, std::size_t n) {
  if (list.capacity() - list.size() >= n) return;
  require_memory(static_cast<double>(n) * sizeof(TransmittedWeight), "Transmitted weights");
  list.reserve(std::max(2 * list.capacity(), list.size() + n));
}

/// Lists what a run transmits: weight_of(i, m) is what spike m sends to target i; NaN: nothing.
template <typename WeightOf>
void list_transmitted(std::vector<TransmittedWeight>& list, const TransmittedRun& run,
                      WeightOf&& weight_of) {
  const double receptor = receptor_of(run.channel);
  std::uint32_t port = 0;
  for (std::size_t i = 0; i < run.targets.size(); ++i) {
    port = i > 0 && run.targets[i] == run.targets[i - 1] ? port + 1 : 0;
    for (std::uint32_t m = 0; m < run.spikes; ++m) {
      const double weight = weight_of(i, m);
      if (std::isnan(weight)) continue;
      list.push_back({static_cast<std::uint32_t>(run.model), run.stamp, run.source,
                      run.target_ids[run.targets[i]], weight, receptor, port, run.stamp + run.delay,
                      run.store, run.offset + static_cast<std::uint32_t>(i)});
    }
  }
}

}  // namespace tegmenta
