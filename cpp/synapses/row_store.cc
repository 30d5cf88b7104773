#include "synapses/row_store.h"

#include <algorithm>

namespace tegmenta {

std::uint32_t longest_repeat(const std::uint16_t* targets, std::uint32_t n) {
  std::uint32_t equal = 0;
  for (std::uint32_t i = 1; i < n; ++i) equal += targets[i] == targets[i - 1] ? 1 : 0;
  std::uint32_t repeat = 1, most = n > 0 ? 1 : 0;
  for (std::uint32_t i = 1; equal > 0 && i < n; ++i) {
    repeat = targets[i] == targets[i - 1] ? repeat + 1 : 1;
    most = std::max(most, repeat);
  }
  return most;
}

RowPlace PartitionRows::find(std::uint64_t offset) const {
  const auto r = std::upper_bound(runs.begin(), runs.end(), offset,
                                  [](std::uint64_t o, const Run& run) { return o < run.offset; }) -
                 runs.begin() - 1;
  const auto row =
      std::upper_bound(row_begin.begin(), row_begin.end(), static_cast<std::uint32_t>(r)) -
      row_begin.begin() - 1;
  return {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(r)};
}

std::int64_t PartitionRows::bytes_read() const {
  std::size_t sum = masks ? masks.bytes_read() : targets.size() * sizeof(std::uint16_t);
  sum += weights_float.size() * sizeof(float) + weights_double.size() * sizeof(double);
  for (const auto& column : columns_double) sum += column.size() * sizeof(double);
  for (const auto& column : columns_float) sum += column.size() * sizeof(float);
  return static_cast<std::int64_t>(sum);
}

std::uint64_t RowStore::synapses() const {
  std::uint64_t sum = 0;
  for (const PartitionRows& rows : partitions) sum += rows.targets.size();
  return sum;
}

std::uint64_t RowStore::synapses_and_staged() const {
  std::uint64_t sum = synapses();
  for (const Projection& p : staged) sum += p.synapses;
  return sum;
}

}  // namespace tegmenta
