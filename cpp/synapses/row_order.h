// Sorting one row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tegmenta {

/// Orders of the synapses of a row; keeps its memory for the next.
class RowOrder {
 public:
  /// Sorts n targets, and what belongs to them if given, keeping the order of equals.
  void sort_targets(std::uint16_t* targets, std::uint32_t n, std::uint64_t* indices);

  /// Finds the order by (key, target) of n synapses, keeping the order of equals.
  /// keys: delay << 8 | channel; null when all are the same.
  void find(const std::uint16_t* targets, const std::uint32_t* keys, std::uint32_t n);
  /// Synapses of one key, in their order, after find with keys.
  struct KeyRun {
    std::uint32_t key;
    std::uint32_t length;
  };
  std::span<const KeyRun> runs() const { return runs_; }
  /// Which synapse comes i-th, after find.
  std::uint32_t operator[](std::uint64_t i) const { return order_[i]; }

 private:
  void order_by_target(const std::uint16_t* targets, std::uint32_t n);
  void order_by_key(const std::uint32_t* keys, std::uint32_t n);

  std::vector<std::uint32_t> order_, other_, count_;
  std::vector<KeyRun> runs_;
  std::vector<std::uint16_t> target_copy_;
  std::vector<std::uint64_t> index_copy_;
};

}  // namespace tegmenta
