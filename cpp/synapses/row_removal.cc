#include "synapses/row_removal.h"

#include <algorithm>

namespace tegmenta {

namespace {

// Runs of which nothing is left go; row_begin counts those that stay.
void shorten_runs(PartitionRows& rows, const Removed& removed) noexcept {
  std::uint32_t kept = 0, old = 0;
  for (std::size_t row = 0; row + 1 < rows.row_begin.size(); ++row) {
    for (const std::uint32_t end = rows.row_begin[row + 1]; old < end; ++old) {
      const Run run = rows.runs[old];
      const auto first = static_cast<std::uint32_t>(removed.place(run.offset));
      const auto last = static_cast<std::uint32_t>(removed.place(run.offset + run.length));
      if (first < last) rows.runs[kept++] = {first, last - first, run.delay_channel};
    }
    rows.row_begin[row + 1] = kept;
  }
  rows.runs.erase(rows.runs.begin() + kept, rows.runs.end());
  give_back(rows.runs);
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): masks are renewed in the memory that they have
void remove_synapses(PartitionRows& rows, const Removed& removed, std::size_t slots) noexcept {
  shorten_runs(rows, removed);
  // Spikes that nobody sees are not added to a train.
  for (std::size_t row = 0; row < rows.trains.size(); ++row) {
    if (rows.row_begin[row] == rows.row_begin[row + 1]) rows.trains[row] = SourceTrain();
  }
  const auto shorten = [&](auto& values) {
    removed.remove_from(values);
    give_back(values);
  };
  shorten(rows.targets);
  shorten(rows.weights_float);
  shorten(rows.weights_double);
  for (auto& column : rows.columns_double) shorten(column);
  for (auto& column : rows.columns_float) shorten(column);
  shorten(rows.synapse_time);
  shorten(rows.synapse_created);
  shorten(rows.synapse_Kplus);
  shorten(rows.synapse_Kplus_triplet);
  rows.initial.remove(shorten);
  rows.max_repeat = 0;
  for (const Run& run : rows.runs) {
    rows.max_repeat =
        std::max(rows.max_repeat, longest_repeat(rows.targets.data() + run.offset, run.length));
  }
  if (!rows.masks) return;
  if (RowMasks::pay(rows.runs.size(), rows.targets.size(), slots, rows.max_repeat)) {
    rows.masks.renew(rows.runs, rows.targets);
  } else {
    rows.masks = {};
  }
}

}  // namespace tegmenta
