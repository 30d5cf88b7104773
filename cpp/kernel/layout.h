// Laying out: rows made from staged projections and old rows. What is under way survives.
#pragma once

#include <cstdint>
#include <vector>

#include "base/watch.h"
#include "network/network.h"
#include "synapses/relocation.h"
#include "synapses/row_layout.h"

namespace tegmenta {

class Layout {
 public:
  explicit Layout(Network& network) : net_(network) {}

  /// Places new neurons and lays out staged projections. Throws Cancelled.
  void lay_out(Watch& watch);
  /// A store to lay out anew from its old rows and its staged projections.
  struct Rebuild {
    std::uint32_t store;
    std::vector<OldRows> old;
  };
  /// `follow` is kept valid; other lists are stale.
  void rebuild(std::vector<Rebuild> plan, Placement placement, Watch& watch, SynapseList* follow);
  /// Settles what is pending in the stores for which `stores` is true. Changes nothing that can be
  /// seen, also where memory runs out on the way.
  void settle_static(const std::vector<bool>& stores);

 private:
  /// What a plan makes, by its parts.
  struct NewRows {
    std::vector<RowStore> stores;
    std::vector<PositionMap> maps;
    DelayRange of_generators, between_neurons;
  };
  std::vector<float> expected_costs() const;
  Placement place_nodes() const;
  /// Units of work of a plan, about.
  std::uint64_t work_of(const std::vector<Rebuild>& plan, const Placement& placement) const;
  NewRows new_rows(const std::vector<Rebuild>& plan, const Placement& placement, Watch& watch,
                   bool want_map);
  /// The initial values of old rows, to those that were made of them.
  void move_initial(const Rebuild& part, const PositionMap& map, RowStore& made) const;
  void take_rows(const std::vector<Rebuild>& plan, std::vector<RowStore>&& made,
                 std::size_t partitions) noexcept;
  /// The calendars of the new layout, with what is pending in the old one. `after`: the stores as
  /// they will be.
  std::vector<Calendar> move_pending(const Placement& placement,
                                     const std::vector<const RowStore*>& after,
                                     const Relocation& now) const;
  /// Settled runs, to the calendars of another placement.
  void move_settled(const Placement& placement, std::vector<Calendar>& to) const;

  Network& net_;
};

}  // namespace tegmenta
