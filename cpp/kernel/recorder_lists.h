// What calls of Connect make of connections with recorders and volume transmitters.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "connect/named_synapses.h"
#include "kernel/connect_parts.h"
#include "network/network.h"

namespace tegmenta {

/// What a call connects devices to.
struct DeviceConnection {
  NodeId source;
  NodeId target;
  double weight;
  std::uint32_t delay;
};

std::vector<GeneratedSynapse> generated_by(const Network& net, const ConnectionPattern& pattern);
/// One element a connection, in the order of the names. Throws BadProperty or BadDelay.
std::vector<DeviceConnection> device_connections(const Network& net, const Projection& projection,
                                                 const NamedSynapses& named);

/// Nodes by recorder and label, in order of the recorders' first connections.
class RecorderLists {
 public:
  explicit RecorderLists(const Network& net) : net_(net) {}

  /// `part` is kept until they are taken. Throws as device_connections.
  void add(const ConnectPart& part);
  std::vector<RecorderList> take();

 private:
  struct Made {
    std::uint32_t rank;  // of the device
    std::uint32_t part;
    std::uint32_t place;  // in order of creation
    NodeId node;
  };
  struct Part {
    const Projection* projection;
    bool asks;
    std::uint32_t first;  // place
    bool uniform;         // one weight and delay for all, or one each
    std::vector<double> weights;
    std::vector<std::uint32_t> delays;
    /// Values by column; empty where there is one for all.
    std::vector<std::vector<double>> columns;
  };
  std::uint32_t rank_of(NodeId device);
  /// Among the connections of its part.
  std::size_t place_of(const Made& made) const { return made.place - parts_[made.part].first; }
  RecorderList list_of(std::span<const Made> made) const;
  std::unique_ptr<RowStore> releasing_rows(std::span<const Made> made) const;

  const Network& net_;
  std::vector<NodeId> devices_;  // by rank: in order of their first connections
  std::uint32_t last_ = 0;
  std::unordered_map<NodeId, std::uint32_t> ranks_;
  std::vector<Part> parts_;
  std::vector<Made> made_;
};

}  // namespace tegmenta
