// The connections of a network: synapses between neurons as rows by partitions, with the spikes
// under way through them; lists of those of generators.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "network/catalog.h"
#include "network/device_lists.h"
#include "synapses/calendar.h"
#include "synapses/row_store.h"

namespace tegmenta {

/// A number that no synapses of this process have had yet.
std::uint64_t next_generation() noexcept;

/// What the synapses of a store have in common.
struct StoreKind {
  int model;
  std::int64_t label;
  bool homogeneous;
  double weight;  // of a homogeneous one
  bool single_precision;
  std::uint8_t receptor;  // of a homogeneous one, where it is a port
};

class SynapseStores {
 public:
  std::vector<std::unique_ptr<RowStore>> stores;
  int groups = 0;  // homogeneous stores
  std::vector<GeneratorList> of_generators;
  Placement placement;
  std::vector<Calendar> calendars;               // by partition
  bool layout_needed = false;                    // something is staged
  std::uint64_t generation = next_generation();  // of the synapses there are, and their positions
  /// Over all connections, as NEST reports them. Drawn delays count from when they are known on, at
  /// the latest when they are laid out.
  DelayRange delays;
  std::int64_t least_spike_delay = 0;  // between spiking nodes; 0: none

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("stores", self.stores);
    visit("groups", self.groups);
    visit("of_generators", self.of_generators);
    visit("placement", self.placement);
    visit("calendars", self.calendars);
    visit("delays", self.delays);
    visit("least_spike_delay", self.least_spike_delay);
  }

  /// The store of a kind, made where there is none; its index.
  std::uint32_t store_for(const Catalog& catalog, const StoreKind& kind);
  void see_delays(const DelayRange& range, bool between_spiking_nodes);
  bool has_plastic_rows() const;
  /// Of synapses in rows.
  RowPlace row_of(const SynapsePosition& at) const;
  NodeId source_of(const SynapsePosition& at) const;
  NodeId target_of(const SynapsePosition& at) const;
  /// Lists made until now are stale from here on, not only once rows are laid out anew.
  void changed() noexcept { generation = next_generation(); }
  /// Throws StaleSynapseCollection.
  void check(const SynapseList& list) const;
};

}  // namespace tegmenta
