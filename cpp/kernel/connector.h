// Connect: from what the user gave to staged projections or devices' lists. Everything is checked
// before anything is changed.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/value.h"
#include "connect/projection.h"
#include "kernel/connect_parts.h"
#include "kernel/connect_plan.h"
#include "network/network.h"

namespace tegmenta {

struct SynapseEstimate;

class Connector {
 public:
  explicit Connector(Network& network) : net_(network) {}

  void connect(std::span<const NodeId> pre, std::span<const NodeId> post, const Properties& conn,
               const Properties& syn) {
    connect_collocated(pre, post, conn, {&syn, 1});
  }
  /// One connection of each specification of synapses for each pair of the rule.
  void connect_collocated(std::span<const NodeId> pre, std::span<const NodeId> post,
                          const Properties& conn, std::span<const Properties> syns);
  /// Draws the delays of staged projections where they are not known yet.
  void find_staged_delays();

 private:
  // connector.cc
  void add(ConnectPlan& plan, std::span<const NodeId> pre, std::span<const NodeId> post,
           const Properties& conn, const Properties& syn);
  void commit(ConnectPlan plan);
  /// Whether all synapses of a projection share one weight and are delivered as counts.
  bool homogeneous(const Projection& projection) const;
  void plan_dopamine(ConnectPlan& plan, int model, double n) const;
  void plan_rows(ConnectPlan& plan, std::vector<Projection> projections);
  void count_synapses(std::vector<Projection>& projections);
  std::vector<std::uint32_t> make_stores(const std::vector<Projection>& projections);
  // connect_devices.cc
  void plan_generators(ConnectPlan& plan, const std::vector<ConnectPart>& parts);
  void plan_recorders(ConnectPlan& plan, const std::vector<ConnectPart>& parts);
  /// Throws OutOfMemory if a generator's or recorder's connections cannot fit, NotImplemented if
  /// they are too many to be told apart.
  void require_device_memory(const ConnectPart& part);
  void commit_devices(ConnectPlan& plan) noexcept;
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
