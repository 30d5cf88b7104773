#include "base/poisson_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "chi_square.h"

namespace tegmenta {
namespace {

constexpr double kMeans[] = {1e-300, 1e-12, 1e-6, 0.01, 0.5, 2.0, 9.0, 40.0, 1000.0, 1e5, 1e6};

double probability(std::uint64_t k, double lambda) {
  return std::exp(log_poisson_probability(k, lambda));
}

/// Words of the counts' cells: how many of the 2^32 words give first() + i.
std::vector<double> cells_of(const PoissonTable& table) {
  std::vector<double> cells;
  double before = 0.0;
  for (const std::uint32_t threshold : table.thresholds()) {
    cells.push_back(threshold - before);
    before = threshold;
  }
  cells.push_back(0x1p32 - before);
  return cells;
}

TEST_CASE("thresholds ascend and counts follow their definition") {
  RandomStream stream(1, Purpose::kPoisson, 0, 0, 0);
  for (const double lambda : kMeans) {
    CAPTURE(lambda);
    const PoissonTable table(lambda);
    const auto thresholds = table.thresholds();
    REQUIRE(!thresholds.empty());
    CHECK(thresholds.front() > 0);
    CHECK(std::is_sorted(thresholds.begin(), thresholds.end()));
    CHECK(table.last() == table.first() + thresholds.size());
    std::vector<std::uint32_t> words = {0, 0x00FFFFFF, 0x01000000, 0xFFFFFFFF};
    for (int i = 0; i < 2000; ++i) words.push_back(stream.next_u32());
    for (std::size_t i = 0; i < thresholds.size(); i += 1 + thresholds.size() / 500) {
      words.push_back(thresholds[i]);
      words.push_back(thresholds[i] - 1);
    }
    for (const std::uint32_t u : words) {
      const auto passed = std::count_if(thresholds.begin(), thresholds.end(),
                                        [u](std::uint32_t threshold) { return u >= threshold; });
      REQUIRE(table.count(u) == table.first() + static_cast<std::uint32_t>(passed));
    }
  }
}

TEST_CASE("thresholds ascend at all means") {
  for (double lambda = 1e-12; lambda < 1e4; lambda *= 1.03) {
    CAPTURE(lambda);
    const PoissonTable table(lambda);
    const auto thresholds = table.thresholds();
    REQUIRE(std::is_sorted(thresholds.begin(), thresholds.end()));
  }
}

TEST_CASE("every cell is as wide as its probability, to the resolution of a word") {
  for (const double lambda : kMeans) {
    CAPTURE(lambda);
    const PoissonTable table(lambda);
    const std::vector<double> cells = cells_of(table);
    double worst = 0.0;
    for (std::size_t i = 1; i + 1 < cells.size(); ++i) {
      worst =
          std::max(worst, std::fabs(cells[i] - 0x1p32 * probability(table.first() + i, lambda)));
    }
    // Both thresholds are rounded; the last one down.
    CHECK(worst <= 1.5 + 0x1p32 * 1e-12);
    if (lambda < 1e-20) CHECK(cells.back() == 1.0);
  }
}

TEST_CASE("with the tail, the last cell adds its exact part to the mean") {
  // The mean of the table and its tail, computed from the cells, against lambda. For small means
  // the thresholds alone would be wrong by up to 2^-33.
  for (const double lambda : {1e-12, 1e-6, 1e-3}) {
    CAPTURE(lambda);
    const PoissonTable table(lambda);
    RandomStream stream(2, Purpose::kTail, 0, 0, 0);
    constexpr int kCount = 400000;
    double sum = 0.0;
    for (int i = 0; i < kCount; ++i) sum += static_cast<double>(table.tail(stream));
    const std::vector<double> cells = cells_of(table);
    double mean = sum / kCount * cells.back() * 0x1p-32;
    double hits = cells.back() * 0x1p-32;
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
      mean += static_cast<double>(table.first() + i) * cells[i] * 0x1p-32;
      if (i > 0) hits += cells[i] * 0x1p-32;
    }
    const double p = std::min(lambda / hits, 1.0);  // share of the tail's draws that count
    const double error = hits * std::sqrt(p * (1.0 - p) / kCount) + 1e-3 * 0x1p-32 * lambda;
    CHECK(std::fabs(mean - lambda) < 5.0 * error + 0x1p-33 * (table.last() > 1 ? 1.0 : 0.0));
  }
}

TEST_CASE("tail draws follow the conditional distribution") {
  for (const double lambda : {0.01, 2.0, 9.0, 40.0, 1000.0, 1e5}) {
    CAPTURE(lambda);
    const PoissonTable table(lambda);
    RandomStream stream(3, Purpose::kTail, 0, 0, 0);
    constexpr int kCount = 100000;
    constexpr std::size_t kCells = 3000;  // the rest is below 1e-20
    std::vector<double> observed(kCells + 1, 0.0);
    for (int i = 0; i < kCount; ++i) {
      const std::uint64_t k = table.tail(stream);
      REQUIRE(k + 1 >= table.last());
      observed[std::min<std::size_t>(k + 1 - table.last(), kCells)] += 1.0;
    }
    const double cell = cells_of(table).back() * 0x1p-32;
    std::vector<double> expected(kCells + 1, 0.0);
    double rest = 1.0;
    for (std::size_t i = 1; i < kCells; ++i) {
      expected[i] = probability(table.last() - 1 + i, lambda) / cell;
      rest -= expected[i];
    }
    expected[0] = std::max(rest, 0.0);
    for (double& e : expected) e *= kCount;
    CHECK(chi_square_deviation(observed, expected) < 5.0);
  }
}

TEST_CASE("drawn counts have the moments and the distribution of their mean") {
  for (const double lambda : {1e-6, 0.01, 0.5, 2.0, 9.0, 40.0, 1000.0, 1e5}) {
    CAPTURE(lambda);
    const PoissonTable table(lambda);
    RandomStream stream(4, Purpose::kPoisson, 0, 0, 0);
    constexpr int kCount = 500000;
    std::vector<double> observed(table.thresholds().size() + 3, 0.0);
    double mean = 0.0;
    double squares = 0.0;
    for (int i = 0; i < kCount; ++i) {
      const std::uint64_t k = table.draw(stream);
      const double x = static_cast<double>(k) - lambda;
      mean += x / kCount;
      squares += x * x / kCount;
      observed[std::min<std::size_t>(k - table.first(), observed.size() - 1)] += 1.0;
    }
    CHECK(std::fabs(mean) < 5.0 * std::sqrt(lambda / kCount));
    CHECK(std::fabs(squares / lambda - 1.0) < 5.0 * std::sqrt((2.0 + 1.0 / lambda) / kCount));
    std::vector<double> expected(observed.size(), 0.0);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      expected[i] = kCount * probability(table.first() + i, lambda);
    }
    CHECK(chi_square_deviation(observed, expected) < 5.0);
  }
}

}  // namespace
}  // namespace tegmenta
