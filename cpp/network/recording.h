// Who records what, and weights on their way to weight_recorders.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/catalog.h"
#include "network/clock.h"
#include "network/device_lists.h"
#include "network/nodes.h"
#include "synapses/transmitted_weights.h"

namespace tegmenta {

class Recording {
 public:
  std::vector<RecorderList> lists;
  bool releases = false;  // some of the lists have synapses with states
  /// By partition. What it lists does not depend on the partitioning.
  std::vector<TransmittedLists> transmitted;
  std::vector<TransmittedWeight> waiting;  // not all of their time are known yet

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("lists", self.lists);
    visit("transmitted", self.transmitted);
    visit("waiting", self.waiting);
    visit.derived("releases", self.releases);
  }

  /// Lists for that many partitions; what others hold stays.
  void reserve(std::size_t partitions) {
    if (transmitted.size() < partitions) transmitted.resize(partitions);
  }
  /// Hands recorders the transmitted weights of spikes up to the step `until`; others wait.
  void take_transmitted(int parity, std::int64_t until, const Catalog& catalog, const Nodes& nodes,
                        const TimeGrid& grid);
};

}  // namespace tegmenta
