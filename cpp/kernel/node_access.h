// Create, get and set of nodes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/value.h"
#include "network/network.h"
#include "recording/recorders.h"

namespace tegmenta {

class NodeAccess {
 public:
  explicit NodeAccess(Network& network) : net_(network) {}

  NodeId create(const std::string& model, double n, const PropertyGroups& groups);
  /// Of recorders it reads nothing that changes while a simulation runs, but what they hold.
  Result get_nodes(std::span<const NodeId> ids, const std::string& key) const;
  /// Whether all of them are recorders. Throws UnknownNode.
  bool all_record(std::span<const NodeId> ids) const;
  void set_nodes(std::span<const NodeId> ids, const PropertyGroups& groups);

 private:
  /// What a call changes, checked.
  struct Changes {
    std::vector<Population::Change> neurons;
    std::vector<std::pair<Device*, DeviceParameters>> devices;
    bool new_traces = false;
  };
  void check_group(std::span<const NodeId> ids, const PropertyGroup& group, Changes& changes);
  DeviceContext device_context() const;
  void create_neurons(const NeuronModelEntry& entry, std::size_t n, const PropertyGroups& groups);
  void create_devices(const Device& prototype, std::size_t n, const PropertyGroups& groups);
  NodeDraw draw() const { return {*net_.settings.simd, net_.settings.seed, net_.calls}; }

  Network& net_;
};

/// Throws UnknownNode, or BadProperty where the node is none.
const Recorder& recorder_of(const Nodes& nodes, NodeId id);

/// The draws that belong to a call; uses nothing up.
std::vector<double> drawn_values(const Network& network, const ParameterExpression& parameter,
                                 std::size_t n, std::uint32_t call);

}  // namespace tegmenta
