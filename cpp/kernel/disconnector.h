// Disconnect: synapses, and connections of devices, go. Everything is checked, and all memory
// taken, before anything is changed.
#pragma once

#include <span>

#include "base/value.h"
#include "network/network.h"

namespace tegmenta {

class Disconnector {
 public:
  explicit Disconnector(Network& network) : net_(network) {}

  /// All of a list. Throws StaleSynapseCollection, and InexistentConnection where one is there
  /// twice.
  void disconnect(const SynapseList& list);
  /// For every pair that the rule makes, the first connection of the model in the order of
  /// GetConnections. conn: `rule` as for Connect; syn: of what Connect takes the synapse_model
  /// counts.
  void disconnect(std::span<const NodeId> pre, std::span<const NodeId> post, const Properties& conn,
                  const Properties& syn);

 private:
  Network& net_;
};

}  // namespace tegmenta
