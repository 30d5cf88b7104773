// Who records what, and weights on their way to weight_recorders.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "network/catalog.h"
#include "network/clock.h"
#include "network/device_lists.h"
#include "network/nodes.h"
#include "synapses/plastic_partition.h"

namespace tegmenta {

class Recording {
 public:
  std::vector<RecorderList> lists;
  std::vector<TransmittedWeight> transmitted;  // not all of their time are known yet

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("lists", self.lists);
    visit("transmitted", self.transmitted);
  }

  /// Hands recorders the transmitted weights of spikes up to the step `until`; others wait.
  void take_transmitted(std::span<const std::unique_ptr<PlasticPartition>> partitions, int parity,
                        std::int64_t until, const Catalog& catalog, const Nodes& nodes,
                        const TimeGrid& grid);
};

}  // namespace tegmenta
