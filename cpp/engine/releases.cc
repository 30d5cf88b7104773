#include "engine/releases.h"

#include <algorithm>

namespace tegmenta {

void Releases::plan() {
  rows_.clear();
  for (RecorderList& list : net_.recording.lists) {
    if (!list.releasing) continue;
    const PartitionRows& rows = list.releasing->partitions[0];
    for (std::uint32_t row = 0; row + 1 < rows.row_begin.size(); ++row) {
      if (rows.row_begin[row] == rows.row_begin[row + 1]) continue;
      const NodeId source = list.nodes[rows.runs[rows.row_begin[row]].offset];
      if (net_.synapses.placement.place[source] >> 16 != partition_) continue;
      rows_.push_back({source, row, &list});
    }
  }
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const Row& a, const Row& b) { return a.source < b.source; });
}

std::vector<Releases::Row>::const_iterator Releases::first_of(NodeId source) const {
  return std::lower_bound(rows_.begin(), rows_.end(), source,
                          [](const Row& row, NodeId id) { return row.source < id; });
}

bool Releases::has(NodeId source) const {
  const auto at = first_of(source);
  return at != rows_.end() && at->source == source;
}

void Releases::reserve(int steps) {
  constexpr std::size_t kSpikes = 64;
  for (auto& list : spikes_) list.reserve(steps, rows_.empty() ? 0 : kSpikes);
}

void Releases::spike(const SpikeEntry& spike, std::int64_t stamp, int parity) {
  PlasticPartition& plastic = *net_.plasticity.partitions[partition_];
  for (auto at = first_of(spike.source); at != rows_.end() && at->source == spike.source; ++at) {
    RecorderList& list = *at->list;
    const RowStore& store = *list.releasing;
    PartitionRows& rows = list.releasing->partitions[0];
    const PlasticModelRuntime& runtime = net_.plasticity.model(store);
    const Run& run = rows.runs[rows.row_begin[at->row]];
    const NodeId target = net_.nodes.devices[list.device]->id;
    const VisitSetting setting{net_.clock.grid.resolution_ms(), net_.settings.seed_of_run(),
                               &target};
    plastic.visit_spike(store, rows,
                        {{run.offset, run.length, 0, run.channel(), spike.multiplicity},
                         spike.source,
                         run.delay(),
                         rows.row_time[at->row],
                         stamp,
                         rows.row_Kplus[at->row],
                         0},
                        nullptr, runtime, setting);
    advance_row(rows, at->row, stamp, spike.multiplicity, runtime);
    for (std::uint32_t i = 0; i < run.length; ++i) {
      const auto arrived = static_cast<std::uint32_t>(plastic.sent()[i]);
      if (arrived == 0) continue;
      spikes_[parity].entries.push_back(
          {spike.source, list.device, list.delay(run.offset + i), arrived});
    }
  }
}

}  // namespace tegmenta
