// Which elements of an array go, where the others are afterwards, and the array without them.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tegmenta {

class Removed {
 public:
  /// Of an array of which nothing goes.
  Removed() = default;
  explicit Removed(std::size_t size)
      : size_(size), words_(size / kBits + 1, 0), before_(size / kBits + 1, 0) {}

  bool none() const noexcept { return words_.empty(); }
  /// Whether it did not go before.
  bool mark(std::size_t i) noexcept {
    if (has(i)) return false;
    words_[i / kBits] |= std::uint64_t{1} << (i % kBits);
    return true;
  }
  /// To be called once all are marked.
  void count() noexcept {
    std::uint32_t sum = 0;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      before_[w] = sum;
      sum += static_cast<std::uint32_t>(std::popcount(words_[w]));
    }
  }

  bool has(std::size_t i) const noexcept {
    return !none() && (words_[i / kBits] >> (i % kBits) & 1) != 0;
  }
  /// Where an element that stays is afterwards, or where one that goes would be.
  std::size_t place(std::size_t i) const noexcept {
    if (none()) return i;
    const std::uint64_t lower = (std::uint64_t{1} << (i % kBits)) - 1;
    const int here = std::popcount(words_[i / kBits] & lower);
    return i - before_[i / kBits] - static_cast<std::size_t>(here);
  }
  /// An array without those that go, in its own place; one of nothing stays.
  template <typename Array>
  void remove_from(Array& values) const noexcept {
    if (none() || values.empty()) return;
    auto to = values.begin();
    const auto keep = [&](std::size_t from, std::size_t end) {
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(from);
      const auto last = values.begin() + static_cast<std::ptrdiff_t>(end);
      to = to == first ? last : std::move(first, last, to);
    };
    std::size_t from = 0;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t word = words_[w]; word != 0; word &= word - 1) {
        const std::size_t i = w * kBits + static_cast<std::size_t>(std::countr_zero(word));
        keep(from, i);
        from = i + 1;
      }
    }
    keep(from, size_);
    values.erase(to, values.end());
  }

 private:
  static constexpr std::size_t kBits = 64;

  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> before_;  // that go, before each word
};

}  // namespace tegmenta
