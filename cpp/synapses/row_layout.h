// Making rows: from staged projections, and from rows that exist already.
#pragma once

#include <cstdint>
#include <vector>

#include "base/watch.h"
#include "base/worker_team.h"
#include "synapses/row_store.h"

namespace tegmenta {

/// Rows that exist already and go into a new layout.
struct OldRows {
  const RowStore* store;
  std::uint32_t store_index;
  /// New delays by [partition][offset] where not 0; empty: unchanged.
  std::vector<std::vector<std::uint32_t>> delays;
};

/// For every old synapse its new (partition << 36 | offset); by [old rows][partition][offset].
using PositionMap = std::vector<std::vector<std::vector<std::uint64_t>>>;

/// What rows are made from.
struct LayoutSource {
  /// The form of weights and columns, the range of sources and the staged projections are set.
  const RowStore& store;
  const std::vector<OldRows>& old;
  const Placement& placement;
  const Placement& old_placement;
  std::int64_t now;    // at which new plastic synapses begin
  double first_trace;  // with which their rows do
  const simd::Kernels& kernels;
  Watch& watch;
};

/// Units of work that lay_out_rows tells the watch of, about.
std::uint64_t layout_work(const std::vector<Projection>& staged, std::uint64_t old_synapses,
                          int partitions);

/// Lays out the rows of all partitions. Fills `map` for the old synapses, if given, and widens
/// delays[i] by the drawn delays of the i-th staged projection. Touches nothing of the store; needs
/// no memory a synapse beyond the rows, unless arrays of values are given.
/// Throws NotImplemented where a partition has too many synapses, and Cancelled.
std::vector<PartitionRows> lay_out_rows(const LayoutSource& from, WorkerTeam& team,
                                        PositionMap* map, std::vector<DelayRange>& delays);

}  // namespace tegmenta
