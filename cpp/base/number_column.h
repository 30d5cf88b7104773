// One number for all, or one each.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/aligned.h"

namespace tegmenta {

struct NumberColumn {
  bool uniform = true;
  double value = 0;
  AlignedVector<double> values;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("uniform", self.uniform);
    visit("value", self.value);
    visit("values", self.values);
  }

  double at(std::size_t i) const { return uniform ? value : values[i]; }
  /// Whether it has a number for each of n.
  bool fits(std::size_t n) const { return uniform ? values.empty() : values.size() == n; }
};

/// What numbers(i) gives for each of n: one number where it is the same for all.
template <typename Numbers>
NumberColumn gathered(std::size_t n, Numbers&& numbers) {
  NumberColumn column;
  if (n == 0) return column;
  column.value = numbers(0);
  std::size_t same = 1;
  while (same < n && std::bit_cast<std::uint64_t>(double{numbers(same)}) ==
                         std::bit_cast<std::uint64_t>(column.value)) {
    ++same;
  }
  if (same == n) return column;
  column.uniform = false;
  column.values.resize(n);
  for (std::size_t i = 0; i < n; ++i) column.values[i] = numbers(i);
  return column;
}

}  // namespace tegmenta
