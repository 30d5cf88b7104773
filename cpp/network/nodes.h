// The nodes of a network: neurons in populations, and devices.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/devices/device.h"
#include "network/population.h"

namespace tegmenta {

/// One node: a neuron of a population, or a device.
struct NodeRecord {
  enum class Kind : std::uint8_t { kNeuron, kDevice };
  Kind kind;
  std::uint32_t index;  // of the population or device

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("kind", self.kind);
    visit("index", self.index);
  }
};

/// Nodes of one model, made one after the other.
struct NodeRange {
  NodeId first;
  NodeId last;
  std::string model;
};

class Nodes {
 public:
  std::vector<NodeRecord> records = {{NodeRecord::Kind::kDevice, 0}};  // by ID; entry 0 unused
  std::vector<std::unique_ptr<Population>> populations;
  std::vector<std::unique_ptr<Device>> devices;
  bool unplaced = false;        // some neurons have no place in a partition yet
  bool devices_changed = true;  // the engine's plan of devices is out of date

  /// Devices say by their parameters what they are, and themselves what they hold.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("records", self.records);
    visit("populations", self.populations);
  }

  NodeId count() const { return static_cast<NodeId>(records.size()) - 1; }
  /// Throws UnknownNode.
  void require(NodeId id) const;
  bool is_neuron(NodeId id) const { return records[id].kind == NodeRecord::Kind::kNeuron; }
  /// Of a neuron; of a device.
  Population& population_of(NodeId id) const { return *populations[records[id].index]; }
  Device& device_of(NodeId id) const { return *devices[records[id].index]; }
  NodeRole role_of(NodeId id) const {
    return is_neuron(id) ? NodeRole::kNeuron : device_of(id).role();
  }
  const std::string& model_name(NodeId id) const;
  std::vector<NodeRange> ranges() const;
};

}  // namespace tegmenta
