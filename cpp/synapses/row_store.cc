#include "synapses/row_store.h"

#include <algorithm>
namespace tegmenta {

namespace {

std::int64_t plastic_bytes(const PartitionRows& rows) {
  std::size_t sum = 8 * (rows.row_time.capacity() + rows.row_Kplus.capacity() +
                         rows.row_Kplus_triplet.capacity() + rows.synapse_time.capacity() +
                         rows.synapse_Kplus.capacity() + rows.synapse_Kplus_triplet.capacity());
  for (const auto& column : rows.columns_double) sum += 8 * column.capacity();
  for (const auto& column : rows.columns_float) sum += 4 * column.capacity();
  return static_cast<std::int64_t>(sum);
}

}  // namespace

RowPlace PartitionRows::find(std::uint64_t offset) const {
  const auto r = std::upper_bound(runs.begin(), runs.end(), offset,
                                  [](std::uint64_t o, const Run& run) { return o < run.offset; }) -
                 runs.begin() - 1;
  const auto row =
      std::upper_bound(row_begin.begin(), row_begin.end(), static_cast<std::uint32_t>(r)) -
      row_begin.begin() - 1;
  return {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(r)};
}

std::int64_t PartitionRows::bytes() const {
  return static_cast<std::int64_t>(
             row_begin.capacity() * sizeof(std::uint32_t) + runs.capacity() * sizeof(Run) +
             targets.capacity() * sizeof(std::uint16_t) + weights_float.capacity() * sizeof(float) +
             weights_double.capacity() * sizeof(double)) +
         plastic_bytes(*this) + masks.bytes();
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
