#include "compiled/matrix_exponential.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "fnv.h"
#include "once.h"
#include "special_numbers.h"

namespace tegmenta::testing {
namespace {

using Numbers = std::vector<double>;
using Exact = std::vector<long double>;

constexpr bool kHaveExact = std::numeric_limits<long double>::digits >= 64;

Numbers exponential(const Numbers& a) {
  const auto n = static_cast<int>(std::lround(std::sqrt(static_cast<double>(a.size()))));
  Numbers e(a.size()), room(static_cast<std::size_t>(compiled::matrix_room(n)));
  compiled::matrix_exponential(a.data(), n, e.data(), room.data());
  return e;
}

/// The largest relative error of a number; of those that are 0, whether they are.
double worst(const Numbers& found, const Exact& exact) {
  double most = 0;
  for (std::size_t k = 0; k < exact.size(); ++k) {
    if (exact[k] == 0 || found[k] == 0) {
      CHECK(found[k] == static_cast<double>(exact[k]));
    } else {
      most = std::max(most, static_cast<double>(std::fabs((found[k] - exact[k]) / exact[k])));
    }
  }
  return most;
}

// (e^b − e^a) / (b − a).
long double divided_difference(long double a, long double b) {
  return a == b ? std::exp(a) : std::exp(a) * std::expm1(b - a) / (b - a);
}

TEST_CASE("exponential of a matrix: membranes and their currents to half an ulp" * once()) {
  if (!kHaveExact) return;
  const double half_ulp = 1.2e-16;
  for (const double h : {0.025, 0.1, 1.0}) {
    for (const double tau_m : {0.01, 0.1, 1.0, 2.0, 10.0, 20.0, 1000.0}) {
      for (const double factor : {1.0, 1 + 1e-15, 1 + 1e-9, 1 + 1e-5, 0.3, 7.0}) {
        CAPTURE(h);
        CAPTURE(tau_m);
        CAPTURE(factor);
        // V, I, and a current that stays.
        const double m = -h / tau_m, s = -h / (tau_m * factor), c = h / 250;
        const Numbers e = exponential({m, c, c, 0, s, 0, 0, 0, 0});
        const long double from_current = c * std::expm1(static_cast<long double>(m)) / m;
        CHECK(worst(e, {std::exp(static_cast<long double>(m)), c * divided_difference(m, s),
                        from_current, 0, std::exp(static_cast<long double>(s)), 0, 0, 0, 1}) <=
              half_ulp);
        // An alpha function: I, its slope; blocks apart from each other.
        const long double decay = std::exp(static_cast<long double>(s));
        CHECK(worst(exponential({s, h, 0, 0, s, 0, 0, 0, m}),
                    {decay, h * decay, 0, 0, decay, 0, 0, 0,
                     std::exp(static_cast<long double>(m))}) <= half_ulp);
      }
    }
  }
}

TEST_CASE("exponential of a matrix: what is known in closed form" * once()) {
  CHECK(exponential({0}) == Numbers{1});
  CHECK(exponential({0, 0, 0, 0}) == Numbers{1, 0, 0, 1});
  CHECK(exponential({0, 1, 0, 0}) == Numbers{1, 1, 0, 1});
  if (!kHaveExact) return;
  // Rotations and boosts.
  for (const double x : {1e-9, 0.1, 1.0, 3.0, 20.0}) {
    const auto wide = static_cast<long double>(x);
    CAPTURE(x);
    CHECK(worst(exponential({0, x, -x, 0}),
                {std::cos(wide), std::sin(wide), -std::sin(wide), std::cos(wide)}) <= 2e-16);
    CHECK(worst(exponential({0, x, x, 0}),
                {std::cosh(wide), std::sinh(wide), std::sinh(wide), std::cosh(wide)}) <= 2e-16);
  }
  // A chain: the k-th number beside the diagonal is x^k / k!, however small.
  const std::size_t n = compiled::kMostMatrixRows;
  Numbers chain(n * n, 0.0);
  for (std::size_t k = 0; k + 1 < n; ++k) chain[k * n + k + 1] = 1e-3;
  Exact exact(n * n, 0.0L);
  for (std::size_t i = 0; i < n; ++i) {
    long double power = 1;
    for (std::size_t k = i; k < n; ++k) {
      exact[i * n + k] = power;
      power = power * static_cast<long double>(1e-3) / static_cast<long double>(k - i + 1);
    }
  }
  CHECK(worst(exponential(chain), exact) <= 2e-16);
}

TEST_CASE("exponential of a matrix: what is not finite, or too large" * once()) {
  for (const double bad : {kNaN, kInf, -kInf}) {
    for (const double x : exponential({bad, 1, 0, -1})) CHECK(std::isnan(x));
  }
  CHECK_FALSE(std::isfinite(exponential({1e308, 1, 0, -1})[0]));
  CHECK_FALSE(std::isfinite(exponential({710, 0, 0, 0})[0]));
  CHECK(exponential({-1e308, 1, 0, -1})[0] == 0);
  CHECK(exponential({-800, 1, 0, -800}) == Numbers{0, 0, 0, 0});
}

TEST_CASE("digest: exponential of a matrix" * once()) {
  Fnv digest;
  for (int n = 1; n <= 8; ++n) {
    Numbers a;
    for (int k = 0; k < n * n; ++k) a.push_back(std::ldexp((k * 37 % 101) - 50.0, -4));
    for (const double x : exponential(a)) digest.add(&x, sizeof x);
  }
  CHECK(digest.value() == 0x6EDB998924D93F5Cu);
}

}  // namespace
}  // namespace tegmenta::testing
