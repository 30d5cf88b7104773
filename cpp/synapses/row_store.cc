#include "synapses/row_store.h"

#include <algorithm>
namespace tegmenta {

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

}  // namespace tegmenta
