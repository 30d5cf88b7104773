#include "synapses/row_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

namespace tegmenta {

namespace {

constexpr std::uint32_t kShort = 48;  // rows that are sorted by comparing

// Keys without the bits that the channels of a row do not use.
class Ranks {
 public:
  Ranks(const std::uint32_t* keys, std::uint32_t n) {
    std::uint32_t used = 0;
    for (std::uint32_t i = 0; i < n; ++i) used |= keys[i] & 0xff;
    bits_ = static_cast<int>(std::bit_width(used));
    channel_ = (1u << bits_) - 1;
  }
  std::uint32_t of(std::uint32_t key) const { return key >> 8 << bits_ | (key & channel_); }
  std::uint32_t key(std::uint32_t rank) const { return rank >> bits_ << 8 | (rank & channel_); }
  int bits() const { return bits_; }

 private:
  int bits_;
  std::uint32_t channel_;
};

}  // namespace

void RowOrder::sort_targets(std::uint16_t* targets, std::uint32_t n, std::uint64_t* indices) {
  if (std::is_sorted(targets, targets + n)) return;
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0u);
  order_by_target(targets, n);
  target_copy_.assign(targets, targets + n);
  for (std::uint32_t i = 0; i < n; ++i) targets[i] = target_copy_[order_[i]];
  if (!indices) return;
  index_copy_.assign(indices, indices + n);
  for (std::uint32_t i = 0; i < n; ++i) indices[i] = index_copy_[order_[i]];
}

void RowOrder::find(const std::uint16_t* targets, const std::uint32_t* keys, std::uint32_t n) {
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0u);
  if (!std::is_sorted(targets, targets + n)) order_by_target(targets, n);
  if (keys) order_by_key(keys, n);
}

// A radix sort by the lower, then the upper byte.
void RowOrder::order_by_target(const std::uint16_t* targets, std::uint32_t n) {
  if (n <= kShort) {
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return targets[a] < targets[b]; });
    return;
  }
  other_.resize(n);
  for (const int shift : {0, 8}) {
    std::array<std::uint32_t, 257> begin{};
    for (std::uint32_t i = 0; i < n; ++i) ++begin[(targets[i] >> shift & 0xff) + 1u];
    for (std::size_t k = 1; k < begin.size(); ++k) begin[k] += begin[k - 1];
    for (const std::uint32_t i : order_) other_[begin[targets[i] >> shift & 0xff]++] = i;
    order_.swap(other_);
  }
}

// A counting sort, unless the keys are too far apart for the length of the row.
void RowOrder::order_by_key(const std::uint32_t* keys, std::uint32_t n) {
  runs_.clear();
  if (n == 0) return;
  const auto [least, greatest] = std::minmax_element(keys, keys + n);
  const Ranks ranks(keys, n);
  const std::uint32_t low = ranks.of(*least), range = ranks.of(*greatest) - low + 1;
  if (range == 1) {
    runs_.push_back({keys[0], n});
    return;
  }
  if (range >> ranks.bits() > n + 256) {
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    for (const std::uint32_t i : order_) {
      if (runs_.empty() || runs_.back().key != keys[i]) runs_.push_back({keys[i], 0});
      ++runs_.back().length;
    }
    return;
  }
  other_.resize(n);
  count_.assign(range, 0);
  for (std::uint32_t i = 0; i < n; ++i) ++count_[ranks.of(keys[i]) - low];
  std::uint32_t begin = 0;
  for (std::uint32_t k = 0; k < range; ++k) {
    const std::uint32_t length = std::exchange(count_[k], begin);
    begin += length;
    if (length > 0) runs_.push_back({ranks.key(low + k), length});
  }
  for (const std::uint32_t i : order_) other_[count_[ranks.of(keys[i]) - low]++] = i;
  order_.swap(other_);
}

}  // namespace tegmenta
