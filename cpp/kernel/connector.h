// Connect: from what the user gave to staged projections or devices' lists. Everything is checked
// before anything is changed.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/value.h"
#include "connect/projection.h"
#include "network/network.h"

namespace tegmenta {

struct SynapseEstimate;

class Connector {
 public:
  explicit Connector(Network& network) : net_(network) {}

  void connect(std::span<const NodeId> pre, std::span<const NodeId> post, const Properties& conn,
               const Properties& syn);
  /// Draws the delays of staged projections where they are not known yet.
  void find_staged_delays();

 private:
  // connector.cc
  void connect_checked(std::span<const NodeId> pre, std::span<const NodeId> post,
                       const Properties& conn, const Properties& syn);
  /// Whether all synapses of a projection share one weight and are delivered as counts.
  bool homogeneous(const Projection& projection, bool from_generators) const;
  void connect_rows(std::vector<Projection> projections, bool from_generators);
  /// How many there are. Throws unless memory and time allow it.
  std::uint64_t count_synapses(std::vector<Projection>& projections, bool from_generators);
  void stage(std::vector<Projection> projections, bool from_generators);
  // connect_devices.cc
  void connect_generators(const Projection& projection);
  /// Throws OutOfMemory if a generator's or recorder's connections cannot fit, NotImplemented if
  /// they are too many to be told apart. devices_send: the devices are the sources.
  void require_device_memory(const Projection& projection, bool devices_send);
  void connect_recorder(const Projection& projection, bool multimeter);
  // connect_check.cc
  void check_weight(const Projection& projection, double weight) const;
  bool certain_weight(const Projection& projection) const;
  bool certain_delay(const Projection& projection) const;
  void check_projection(Projection& projection, const SynapseEstimate& estimate);
  void check_values(Projection& projection);
  template <typename Check>
  std::pair<std::uint64_t, DelayRange> for_chunks(const Projection& projection, bool named,
                                                  Check&& check, DelayRange most = {});
  DelayRange possible_delays(const Projection& projection) const;

  Network& net_;
};

}  // namespace tegmenta
