#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace tegmenta {

/// Pearson's chi-square of observed counts against expected ones, as a number of standard
/// deviations from its mean: (X - f) / sqrt(2 f) with f degrees of freedom. Neighbouring cells are
/// pooled until 10 are expected; what is left at the end joins the last cell.
inline double chi_square_deviation(const std::vector<double>& observed,
                                   const std::vector<double>& expected) {
  constexpr double kFewest = 10.0;
  struct Cell {
    double observed = 0.0;
    double expected = 0.0;
  };
  std::vector<Cell> cells;
  Cell open;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    open.observed += observed[i];
    open.expected += expected[i];
    if (open.expected >= kFewest) {
      cells.push_back(open);
      open = {};
    }
  }
  if (cells.empty()) return 0.0;
  cells.back().observed += open.observed;
  cells.back().expected += open.expected;
  double sum = 0.0;
  for (const Cell& cell : cells) {
    const double difference = cell.observed - cell.expected;
    sum += difference * difference / cell.expected;
  }
  const double freedom = static_cast<double>(cells.size()) - 1.0;
  return freedom > 0.0 ? (sum - freedom) / std::sqrt(2.0 * freedom) : 0.0;
}

}  // namespace tegmenta
