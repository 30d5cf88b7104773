// What calls of Connect make of connections with recorders and volume transmitters.
#pragma once

#include <cstdint>
#include <memory>
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
    std::uint32_t device;
    std::uint32_t part;
    std::uint32_t place;  // among the connections of the part
    NodeId node;
    double weight;
    std::uint32_t delay;
  };
  struct Part {
    const Projection* projection;
    bool asks;
    /// Values by column and place; empty where there is one for all.
    std::vector<std::vector<double>> columns;
  };
  struct Elements {
    const Made* begin;
    const Made* end;
  };
  RecorderList list_of(const Elements& made) const;
  std::unique_ptr<RowStore> releasing_rows(const Elements& made) const;

  const Network& net_;
  std::unordered_map<std::uint32_t, std::uint32_t> ranks_;  // by device
  std::vector<Part> parts_;
  std::vector<Made> made_;
};

}  // namespace tegmenta
