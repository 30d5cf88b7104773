// GetConnections, and reading and setting what synapses have.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/value.h"
#include "base/watch.h"
#include "kernel/connection_filter.h"
#include "network/network.h"

namespace tegmenta {

// Among values of single synapses: none is given.
inline constexpr double kNoWeight = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::uint32_t kNoDelay = 0;
inline bool is_given(double weight) { return !std::isnan(weight); }
inline bool is_given(std::uint32_t delay) { return delay != kNoDelay; }

class SynapseAccess {
 public:
  explicit SynapseAccess(Network& network) : net_(network) {}

  // --- find_synapses.cc
  /// Throws what is wrong with the filter.
  void check_filter(const ConnectionFilter& filter) const;
  SynapseList get_connections(const ConnectionFilter& filter, Watch& watch);
  // --- read_synapses.cc
  std::vector<std::string> synapse_keys(const SynapseList& list) const;
  /// Whether all synapses have it and nobody sets it.
  static bool is_read_out(const std::string& key);
  Result get_synapses(const SynapseList& list, const std::string& key);
  /// IDs of sources and targets of a valid list.
  struct Ends {
    Column<NodeId> sources, targets;
  };
  Ends ends_of(const SynapseList& list);
  // --- set_synapses.cc
  void set_synapses(SynapseList& list, const PropertyGroups& groups);

 private:
  /// Values of parameters of plastic synapses, by name, one a synapse.
  using PlasticValues = std::vector<std::pair<std::string, std::vector<double>>>;
  /// What a list is given: weights and delays one a synapse, empty where none has any; what plastic
  /// synapses have by group, one a synapse of the group.
  struct SynapseValues {
    std::vector<double> weights;
    std::vector<std::uint32_t> delays;
    std::vector<PlasticValues> plastic;
    std::uint32_t calls = 0;  // ordinal of the next call that draws
  };
  /// The weight that all synapses of a homogeneous store get.
  struct CommonWeight {
    std::uint32_t store;
    double weight;
  };
  SynapseValues synapse_values(const SynapseList& list, const PropertyGroups& groups) const;
  /// `part`: the group's synapses, of a list of that length.
  void read_group(const SynapseList& part, const PropertyGroup& group, std::size_t length,
                  SynapseValues& values) const;
  /// Throws UnaccessedDictionaryEntry where a model has one weight for all.
  void require_own_weights(const SynapseList& list) const;
  /// Throws BadProperty for a weight that its store cannot hold.
  void check_weights(const SynapseList& list, const std::vector<double>& weights) const;
  std::vector<CommonWeight> common_weights(const SynapseList& list,
                                           const std::vector<double>& weights);
  void widen_columns(const SynapseList& list, const std::vector<double>& weights);
  void write_weights(const SynapseList& list, const std::vector<double>& weights) noexcept;
  void set_weights(SynapseList& list, const std::vector<double>& weights,
                   const std::vector<std::uint32_t>& delays);
  void set_delays(SynapseList& list, const std::vector<std::uint32_t>& steps);
  // plastic_synapses.cc: values of a group are checked; the memory for them taken, and everything
  // brought to the present; written, which cannot fail.
  void check_plastic(const SynapseList& list, const PropertyGroup& group,
                     const PlasticValues& values) const;
  /// steps: kNoDelay where a synapse gets none; or empty.
  void check_delays(const SynapseList& list, const std::vector<std::uint32_t>& steps) const;
  void ready_plastic(const SynapseList& list, const PropertyGroup& group,
                     const PlasticValues& values);
  void write_plastic(const SynapseList& list, const PropertyGroup& group,
                     const PlasticValues& values) noexcept;

  Network& net_;
};

}  // namespace tegmenta
