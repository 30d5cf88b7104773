// Expressions: drawn in blocks of any size, at any instruction-set level, the same numbers; and
// what is known of them without drawing.
#include "connect/parameter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "chi_square.h"
#include "kernel_driver.h"
#include "simd/dispatch.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ParameterPtr constant(double x) { return make_constant(x); }

ParameterPtr op(const char* name, std::vector<ParameterPtr> arguments) {
  return make_expression(name, std::move(arguments));
}

ParameterPtr normal(double mean, double deviation) {
  return op("normal", {constant(mean), constant(deviation)});
}

// One of everything, redraws within redraws too.
std::vector<ParameterPtr> expressions() {
  const ParameterPtr uniform = op("uniform", {constant(-2), constant(3)});
  const ParameterPtr positive = op("redraw", {normal(0.5, 1), constant(0), constant(kInfinity)});
  return {uniform,
          normal(3, 0.5),
          op("lognormal", {constant(0.1), constant(0.3)}),
          op("exponential", {constant(2)}),
          op("uniform_int", {constant(7)}),
          op("uniform_int", {constant(0x1p52)}),
          positive,
          op("redraw", {op("add", {positive, uniform}), constant(-1), constant(1)}),
          op("conditional", {op("lt", {uniform, constant(0)}), positive, normal(0, 2)}),
          op("pow", {positive, op("sin", {op("div", {uniform, constant(3)})})}),
          op("max", {op("neg", {uniform}), op("exp", {op("mul", {uniform, uniform})})}),
          op("min", {op("cos", {uniform}), op("sub", {positive, constant(1)})})};
}

struct Names {
  std::vector<std::uint32_t> b, c, repeat;

  explicit Names(std::size_t n) : b(n), c(n), repeat(n) {
    for (std::size_t i = 0; i < n; ++i) {
      b[i] = static_cast<std::uint32_t>(i % 13);
      c[i] = static_cast<std::uint32_t>(i / 13 % 17);
      repeat[i] = static_cast<std::uint32_t>(i / (13 * 17));
    }
  }
  DrawNames from(std::size_t i, const simd::Kernels& kernels, std::uint32_t quantity = 1) const {
    return {kernels, 17, Purpose::kParameter, quantity, 5, &b[i], &c[i], &repeat[i]};
  }
};

}  // namespace

TEST_CASE("expressions do not depend on blocks or instruction sets") {
  constexpr std::size_t kSize = 1000;
  const Names names(kSize);
  std::size_t which = 0;
  for (const ParameterPtr& e : expressions()) {
    CAPTURE(which++);
    std::vector<double> expected(kSize);
    e->evaluate(names.from(0, simd::default_level()), expected);
    for (const simd::Kernels* level : simd::available_levels()) {
      CAPTURE(level->name);
      std::vector<double> values(kSize);
      for (std::size_t i = 0; i < kSize;) {
        const std::size_t n = std::min<std::size_t>(kSize - i, 1 + i % 37);
        e->evaluate(names.from(i, *level), std::span(values).subspan(i, n));
        i += n;
      }
      CHECK(values == expected);
    }
    std::vector<double> other(kSize);
    e->evaluate(names.from(0, simd::default_level(), 2), other);
    CHECK(other != expected);
    // All elements have names of their own; integers below 7 are often equal all the same.
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    CHECK(expected.size() >= 7);
  }
}

TEST_CASE("values lie within their bounds") {
  constexpr std::size_t kSize = 20000;
  const Names names(kSize);
  for (const ParameterPtr& e : expressions()) {
    std::vector<double> values(kSize);
    e->evaluate(names.from(0, simd::default_level()), values);
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    CHECK(*low >= e->bounds().low);
    CHECK(*high <= e->bounds().high);
    CHECK(e->never_throws());
  }
  const auto bounds = [](const ParameterPtr& e) { return e->bounds(); };
  const ParameterPtr delay = op("redraw", {normal(1.5, 0.75), constant(0.1), constant(kInfinity)});
  CHECK(bounds(delay).low == 0.1);
  CHECK(bounds(delay).high == doctest::Approx(1.5 + 0.75 * 8.58));
  CHECK(bounds(op("mul", {constant(2), constant(3)})).low == 6);
  CHECK(bounds(op("div", {constant(1), normal(0, 1)})).high == kInfinity);
  CHECK(bounds(op("mul", {op("uniform", {constant(-1), constant(2)}), constant(-3)})).low ==
        doctest::Approx(-6));
  CHECK_FALSE(bounds(op("exp", {constant(1000)})).finite());
  // Accepted by one draw in two thousand: it may fail.
  CHECK_FALSE(op("redraw", {normal(0, 1), constant(3.5), constant(4)})->never_throws());
}

TEST_CASE("a redraw that finds nothing throws; one in a branch not taken does not") {
  const ParameterPtr never = op("redraw", {normal(0, 1), constant(40), constant(50)});
  const Names names(3);
  std::vector<double> out(3);
  CHECK(kind_thrown([&] { never->evaluate(names.from(0, simd::default_level()), out); }) ==
        ErrorKind::kKernelException);
  const ParameterPtr chosen = op("conditional", {constant(0), never, constant(4)});
  chosen->evaluate(names.from(0, simd::default_level()), out);
  CHECK(out == std::vector<double>{4, 4, 4});
}

TEST_CASE("redrawn normals have the distribution cut off") {
  constexpr std::size_t kSize = 200000;
  const Names names(kSize);
  const ParameterPtr delay = op("redraw", {normal(1.5, 0.75), constant(0.1), constant(kInfinity)});
  std::vector<double> values(kSize);
  delay->evaluate(names.from(0, simd::default_level()), values);
  // Cells of 0.25 ms.
  const auto below = [](double x) { return 0.5 * std::erfc((1.5 - x) / 0.75 / std::sqrt(2.0)); };
  std::vector<double> expected(16), counts(16, 0.0);
  for (std::size_t k = 0; k < 16; ++k) {
    const double from = 0.1 + 0.25 * static_cast<double>(k);
    const double share = (k == 15 ? 1 : below(from + 0.25)) - below(from);
    expected[k] = static_cast<double>(kSize) * share / (1 - below(0.1));
  }
  for (const double x : values) {
    ++counts[std::min<std::size_t>(15, static_cast<std::size_t>((x - 0.1) * 4))];
  }
  CHECK(std::abs(chi_square_deviation(counts, expected)) < 4);
}

TEST_CASE("a shared argument is drawn anew for each use, and costs memory once") {
  const ParameterPtr uniform = op("uniform", {constant(0), constant(1)});
  const ParameterPtr again = op("uniform", {constant(0), constant(1)});
  const Names names(1000);
  const auto values = [&](const ParameterPtr& e) {
    std::vector<double> out(1000);
    e->evaluate(names.from(0, simd::default_level()), out);
    return out;
  };
  ParameterPtr shared = op("add", {uniform, uniform});
  CHECK(values(shared) == values(op("add", {uniform, again})));
  CHECK(values(shared) != values(op("mul", {constant(2), uniform})));

  // 2^21 - 1 operations a value are allowed, 2^22 and more are not.
  for (int n = 1; n < 20; ++n) shared = op("add", {shared, shared});
  CHECK(shared->bounds().high > 1e6);
  shared = op("add", {shared, shared});
  CHECK(kind_thrown([&] { op("neg", {op("add", {shared, shared})}); }) == ErrorKind::kBadProperty);
  // Whatever draws nothing is a number and costs nothing.
  ParameterPtr number = constant(1);
  for (int n = 0; n < 1000; ++n) number = op("add", {number, number});
  CHECK(number->bounds().low == std::pow(2.0, 1000));
}

TEST_CASE("expressions are bounded in depth, and in the tries of redraws within redraws") {
  ParameterPtr deep = op("uniform", {constant(0), constant(1)});
  for (int n = 1; n < 500; ++n) deep = op("neg", {deep});
  CHECK(kind_thrown([&] { op("neg", {deep}); }) == ErrorKind::kBadProperty);
  // A thousandth of a thousandth of a thousandth: a value could take a billion draws.
  const auto rarely = [](const ParameterPtr& e, double low) {
    return op("redraw", {e, constant(low), constant(10)});
  };
  const ParameterPtr twice = rarely(rarely(normal(0, 1), 3), 4);
  CHECK_FALSE(twice->never_throws());
  CHECK(kind_thrown([&] { rarely(twice, 5); }) == ErrorKind::kBadProperty);
}
