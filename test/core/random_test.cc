#include "base/random.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <set>
#include <vector>

#include "base/elementary.h"
#include "chi_square.h"
#include "once.h"

namespace tegmenta {
namespace {

RandomStream stream_of(std::uint32_t name) {
  return RandomStream(12345, Purpose::kParameter, name, 0, 0);
}

/// Statistics that a right generator exceeds once in millions; the seeds are fixed.
constexpr double kDeviations = 5.0;

struct Moments {
  double mean;
  double variance;
};

template <class Draw>
Moments moments_of(int count, Draw draw) {
  double mean = 0.0;
  double squares = 0.0;
  for (int i = 1; i <= count; ++i) {
    const double x = draw();
    const double difference = x - mean;
    mean += difference / i;
    squares += difference * (x - mean);
  }
  return {mean, squares / (count - 1)};
}

/// Chi-square deviation of integers against a probability function, over [low, high].
template <class Draw, class Probability>
double deviation_of(int count, std::uint64_t low, std::uint64_t high, Draw draw,
                    Probability probability) {
  const std::size_t cells = static_cast<std::size_t>(high - low + 1);
  std::vector<double> observed(cells + 1, 0.0);  // the last one: outside
  for (int i = 0; i < count; ++i) {
    const std::uint64_t k = draw();
    observed[k >= low && k <= high ? static_cast<std::size_t>(k - low) : cells] += 1.0;
  }
  std::vector<double> expected(cells + 1, 0.0);
  double inside = 0.0;
  for (std::size_t i = 0; i < cells; ++i) {
    expected[i] = count * probability(low + i);
    inside += expected[i];
  }
  expected[cells] = std::fmax(count - inside, 0.0);
  return chi_square_deviation(observed, expected);
}

TEST_CASE("a stream is the sequence of Philox blocks named by its arguments" * testing::once()) {
  RandomStream stream(7, Purpose::kNoise, 1, 2, 3, 0x123456);
  for (std::uint32_t block = 0; block < 3; ++block) {
    for (const std::uint32_t word : philox4x32({block, 1, 2, 3}, {7, 0x02123456})) {
      CHECK(stream.next_u32() == word);
    }
  }
}

TEST_CASE("every part of a stream's name matters" * testing::once()) {
  std::set<std::uint64_t> firsts;
  firsts.insert(RandomStream(1, Purpose::kPoisson, 0, 0, 0).next_u64());
  firsts.insert(RandomStream(2, Purpose::kPoisson, 0, 0, 0).next_u64());
  firsts.insert(RandomStream(1, Purpose::kNoise, 0, 0, 0).next_u64());
  firsts.insert(RandomStream(1, Purpose::kPoisson, 1, 0, 0).next_u64());
  firsts.insert(RandomStream(1, Purpose::kPoisson, 0, 1, 0).next_u64());
  firsts.insert(RandomStream(1, Purpose::kPoisson, 0, 0, 1).next_u64());
  firsts.insert(RandomStream(1, Purpose::kPoisson, 0, 0, 0, 1).next_u64());
  CHECK(firsts.size() == 7);
}

TEST_CASE("64-bit words take the lower half first" * testing::once()) {
  RandomStream a = stream_of(1);
  RandomStream b = stream_of(1);
  const std::uint64_t low = a.next_u32();
  const std::uint64_t high = a.next_u32();
  CHECK(b.next_u64() == (low | (high << 32)));
}

TEST_CASE("uniform numbers stay in their intervals and have the right moments" * testing::once()) {
  RandomStream stream = stream_of(2);
  const Moments m = moments_of(200000, [&] {
    const double x = stream.uniform01();
    REQUIRE(x >= 0.0);
    REQUIRE(x < 1.0);
    const double y = stream.uniform_positive();
    REQUIRE(y > 0.0);
    REQUIRE(y <= 1.0);
    return x;
  });
  CHECK(m.mean == doctest::Approx(0.5).epsilon(0.005));
  CHECK(m.variance == doctest::Approx(1.0 / 12.0).epsilon(0.01));
}

TEST_CASE("below is uniform, also where rejection is frequent" * testing::once()) {
  RandomStream stream = stream_of(3);
  CHECK(stream.below(1) == 0);
  for (const std::uint64_t n : {2ull, 3ull, 10ull, 1000ull}) {
    const double deviation = deviation_of(
        100000, 0, n - 1, [&] { return stream.below(n); },
        [&](std::uint64_t) { return 1.0 / static_cast<double>(n); });
    CHECK(deviation < kDeviations);
  }
  // Three quarters of the largest range: a plain multiply-shift would prefer every third value.
  for (const std::uint64_t n : {3ull << 30, 3ull << 62}) {
    const std::uint64_t cells = 3;
    const double deviation = deviation_of(
        100000, 0, cells - 1,
        [&] {
          const std::uint64_t k = stream.below(n);
          REQUIRE(k < n);
          return k % cells;
        },
        [&](std::uint64_t) { return 1.0 / static_cast<double>(cells); });
    CHECK(deviation < kDeviations);
  }
}

TEST_CASE("below uses one word up to 2^32 and two beyond" * testing::once()) {
  RandomStream a = stream_of(4);
  RandomStream b = stream_of(4);
  CHECK(a.below(0x100000000ull) == b.next_u32());
  const std::uint64_t n = 1ull << 63;
  CHECK(a.below(n) == b.next_u64() >> 1);
}

TEST_CASE("normal deviates follow the normal distribution" * testing::once()) {
  RandomStream stream = stream_of(5);
  constexpr int kCount = 200000;
  constexpr int kCells = 40;
  std::vector<double> observed(kCells, 0.0);
  const Moments m = moments_of(kCount, [&] {
    const double x = stream.normal();
    const double p = 0.5 * std::erfc(-x / std::sqrt(2.0));
    observed[static_cast<std::size_t>(std::fmin(p * kCells, kCells - 1))] += 1.0;
    return x;
  });
  CHECK(std::fabs(m.mean) < kDeviations / std::sqrt(kCount));
  CHECK(std::fabs(m.variance - 1.0) < kDeviations * std::sqrt(2.0 / kCount));
  CHECK(chi_square_deviation(observed, std::vector<double>(kCells, double{kCount} / kCells)) <
        kDeviations);
}

TEST_CASE("exponential deviates follow the exponential distribution" * testing::once()) {
  RandomStream stream = stream_of(6);
  constexpr int kCount = 200000;
  constexpr int kCells = 40;
  std::vector<double> observed(kCells, 0.0);
  const Moments m = moments_of(kCount, [&] {
    const double x = stream.exponential();
    REQUIRE(x >= 0.0);
    observed[static_cast<std::size_t>(std::fmin(-std::expm1(-x) * kCells, kCells - 1))] += 1.0;
    return x;
  });
  CHECK(std::fabs(m.mean - 1.0) < kDeviations / std::sqrt(kCount));
  CHECK(chi_square_deviation(observed, std::vector<double>(kCells, double{kCount} / kCells)) <
        kDeviations);
}

TEST_CASE("log_factorial agrees with the sum of logarithms" * testing::once()) {
  double sum = 0.0;
  for (std::uint64_t k = 0; k < 200; ++k) {
    if (k > 1) sum += std::log(static_cast<double>(k));
    CHECK(log_factorial(k) == doctest::Approx(sum).epsilon(1e-14));
  }
  CHECK(log_factorial(1000000) == doctest::Approx(std::lgamma(1000001.0)).epsilon(1e-15));
}

TEST_CASE("probabilities of counts add up to one" * testing::once()) {
  for (const double lambda : {0.3, 10.0, 1000.0}) {
    double sum = 0.0;
    for (std::uint64_t k = 0; k < 3000; ++k) {
      sum += std::exp(log_poisson_probability(k, lambda));
    }
    CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
  }
  for (const double p : {0.01, 0.5, 0.93}) {
    double sum = 0.0;
    for (std::uint64_t k = 0; k <= 700; ++k) sum += std::exp(log_binomial_probability(k, 700, p));
    CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
  }
}

TEST_CASE("Poisson deviates follow the Poisson distribution at every mean" * testing::once()) {
  RandomStream stream = stream_of(7);
  CHECK(stream.poisson(0.0) == 0);
  constexpr int kCount = 200000;
  for (const double lambda : {0.001, 0.5, 2.0, 9.99, 10.0, 12.0, 40.0, 1000.0, 1e5, 1e9, 1e15}) {
    CAPTURE(lambda);
    const Moments m =
        moments_of(kCount, [&] { return static_cast<double>(stream.poisson(lambda)) - lambda; });
    CHECK(std::fabs(m.mean) < kDeviations * std::sqrt(lambda / kCount));
    CHECK(std::fabs(m.variance / lambda - 1.0) <
          kDeviations * std::sqrt((2.0 + 1.0 / lambda) / kCount));
    if (lambda > 2e5) continue;
    const double width = 7.0 * std::sqrt(lambda) + 10.0;
    const auto low = static_cast<std::uint64_t>(std::fmax(lambda - width, 0.0));
    const double deviation = deviation_of(
        kCount, low, static_cast<std::uint64_t>(lambda + width),
        [&] { return stream.poisson(lambda); },
        [&](std::uint64_t k) { return std::exp(log_poisson_probability(k, lambda)); });
    CHECK(deviation < kDeviations);
  }
}

TEST_CASE("binomial deviates follow the binomial distribution for all n and p" * testing::once()) {
  RandomStream stream = stream_of(8);
  CHECK(stream.binomial(0, 0.5) == 0);
  CHECK(stream.binomial(10, 0.0) == 0);
  CHECK(stream.binomial(10, 1.0) == 10);
  struct Case {
    std::uint64_t n;
    double p;
  };
  constexpr int kCount = 100000;
  for (const Case c : {Case{1, 0.3}, Case{20, 0.1}, Case{20, 0.9}, Case{20, 0.5}, Case{21, 0.5},
                       Case{1000, 0.005}, Case{1000, 0.3}, Case{1000, 0.7}, Case{100000, 0.5},
                       Case{1ull << 40, 1e-11}, Case{1ull << 40, 0.25}, Case{1ull << 52, 0.5}}) {
    CAPTURE(c.n);
    CAPTURE(c.p);
    const double mean = static_cast<double>(c.n) * c.p;
    const double variance = mean * (1.0 - c.p);
    const Moments m = moments_of(kCount, [&] {
      const std::uint64_t k = stream.binomial(c.n, c.p);
      REQUIRE(k <= c.n);
      return static_cast<double>(k) - mean;
    });
    CHECK(std::fabs(m.mean) < kDeviations * std::sqrt(variance / kCount));
    CHECK(std::fabs(m.variance / variance - 1.0) <
          kDeviations * std::sqrt((2.0 + 1.0 / variance) / kCount));
    if (variance > 1e5) continue;
    const double width = 7.0 * std::sqrt(variance) + 10.0;
    const auto low = static_cast<std::uint64_t>(std::fmax(mean - width, 0.0));
    const auto high = static_cast<std::uint64_t>(std::fmin(mean + width, static_cast<double>(c.n)));
    const double deviation = deviation_of(
        kCount, low, high, [&] { return stream.binomial(c.n, c.p); },
        [&](std::uint64_t k) { return std::exp(log_binomial_probability(k, c.n, c.p)); });
    CHECK(deviation < kDeviations);
  }
}

TEST_CASE("deviates have the same bits on every machine" * testing::once()) {
  std::uint64_t digest = 0xCBF29CE484222325ull;  // FNV-1a
  const auto add = [&](std::uint64_t bits) {
    for (int i = 0; i < 8; ++i, bits >>= 8) digest = (digest ^ (bits & 0xFF)) * 0x100000001B3ull;
  };
  const auto add_double = [&](double x) {
    std::uint64_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    add(bits);
  };
  RandomStream stream = stream_of(9);
  for (int i = 0; i < 1000; ++i) {
    add(stream.next_u64());
    add_double(stream.uniform01());
    add_double(stream.normal());
    add_double(stream.exponential());
    add(stream.below(1000 + static_cast<std::uint64_t>(i)));
    add(stream.below(~0ull - static_cast<std::uint64_t>(i)));
    add(stream.poisson(0.02 * i));
    add(stream.poisson(1000.0 * i));
    add(stream.binomial(static_cast<std::uint64_t>(i), 0.3));
    add(stream.binomial(1000000, 0.001 * i));
  }
  CHECK(digest == 0xD85E11071332F91Cull);
}

}  // namespace
}  // namespace tegmenta
