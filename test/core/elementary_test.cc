#if defined(__GNUC__)
// Vectors wider than the machine's registers are used on purpose.
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

#include "base/elementary.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/philox.h"
#include "fnv.h"
#include "once.h"
#include "simd/elementary_lanes.h"
#include "special_numbers.h"

namespace tegmenta {
namespace {

namespace el = elementary;

using testing::kInf, testing::kNaN;
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();
constexpr double kLargest = std::numeric_limits<double>::max();

#ifndef TEGMENTA_SWEEP
#define TEGMENTA_SWEEP 100000
#endif
constexpr int kSweep = TEGMENTA_SWEEP;

std::uint64_t random_word(std::uint32_t index, std::uint32_t stream) {
  const auto words = philox4x32({index, stream, 0, 0}, {2026, 1});
  return words[0] | (std::uint64_t{words[1]} << 32);
}

/// Any double but NaN and infinity, all exponents alike.
double any_double(std::uint32_t index, std::uint32_t stream) {
  const std::uint64_t bits = random_word(index, stream);
  const std::uint64_t exponent = (bits >> 32 & 0x7FF) % 0x7FF;
  return el::core::bits_of<double>((bits & 0x800FFFFFFFFFFFFFull) | (exponent << 52));
}

double uniform(std::uint32_t index, std::uint32_t stream, double low, double high) {
  return low + (high - low) * (static_cast<double>(random_word(index, stream) >> 11) * 0x1p-53);
}

/// The distance of a result to the exact value in units of the exact value's last place.
double ulps(double result, long double exact) {
  const auto rounded = static_cast<double>(exact);
  if (result == rounded || (result != result && rounded != rounded)) {
    if (!std::isfinite(rounded)) return 0.0;
  }
  if (!std::isfinite(result)) return std::isfinite(rounded) ? 1e300 : 1.0;
  if (!std::isfinite(rounded)) return std::fabs(result) == kLargest ? 1.0 : 1e300;
  const int exponent = exact == 0.0L ? -1022 : std::max(std::ilogb(exact), -1022);
  return static_cast<double>(std::fabs(static_cast<long double>(result) - exact) /
                             std::ldexp(1.0L, exponent - 52));
}

/// The worst error over a sweep of arguments `argument(i, which)`, reported under `name`.
template <class Function, class Exact, class Argument>
double worst(const char* name, Function function, Exact exact, Argument argument) {
  double most = 0.0;
  double where = 0.0;
  for (int i = 0; i < kSweep; ++i) {
    const double x = argument(static_cast<std::uint32_t>(i));
    const double error = ulps(function(x), exact(static_cast<long double>(x)));
    if (error > most) {
      most = error;
      where = x;
    }
  }
  MESSAGE(std::string(name) << ": " << most << " ulp at " << where);
  return most;
}

auto all_doubles(std::uint32_t stream) {
  return [stream](std::uint32_t i) { return any_double(i, stream); };
}
auto between(double low, double high, std::uint32_t stream) {
  return [=](std::uint32_t i) { return uniform(i, stream, low, high); };
}

bool same_bits(double a, double b) {
  return el::core::bits_of<std::uint64_t>(a) == el::core::bits_of<std::uint64_t>(b);
}

// Long doubles have at least eleven bits more than doubles, so their library functions serve as
// exact values. Where they do not (arm64 of macOS), only special values and digests are tested.
constexpr bool kHaveExact = std::numeric_limits<long double>::digits >= 64;

TEST_CASE("exp is within one ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto exact = [](long double x) { return std::exp(x); };
  CHECK(worst("exp, all", el::exp, exact, all_doubles(1)) <= 1.0);
  CHECK(worst("exp, normal", el::exp, exact, between(-708, 709.78, 2)) <= 1.0);
  CHECK(worst("exp, near 0", el::exp, exact, between(-1, 1, 3)) <= 1.0);
  CHECK(worst("exp, subnormal", el::exp, exact, between(-745.2, -708, 4)) <= 1.5);
}

TEST_CASE("expm1 is within one and a half ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto exact = [](long double x) { return std::expm1(x); };
  CHECK(worst("expm1, all", el::expm1, exact, all_doubles(5)) <= 1.5);
  CHECK(worst("expm1, [-1, 1]", el::expm1, exact, between(-1, 1, 6)) <= 1.5);
  CHECK(worst("expm1, [-60, 60]", el::expm1, exact, between(-60, 60, 7)) <= 1.5);
  CHECK(worst("expm1, large", el::expm1, exact, between(-10, 709.78, 8)) <= 1.5);
}

TEST_CASE("log is within one ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto exact = [](long double x) { return std::log(x); };
  const auto positive = [](std::uint32_t i) { return std::fabs(any_double(i, 9)); };
  CHECK(worst("log, all", el::log, exact, positive) <= 1.0);
  CHECK(worst("log, [0.3, 3]", el::log, exact, between(0.3, 3, 10)) <= 1.0);
  CHECK(worst("log, near 1", el::log, exact, between(1 - 1e-3, 1 + 1e-3, 11)) <= 1.0);
  CHECK(worst("log, subnormal", el::log, exact, between(0x1p-1060, 0x1p-1022, 12)) <= 1.0);
}

TEST_CASE("log1p is within one and a half ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto exact = [](long double x) { return std::log1p(x); };
  const auto valid = [](std::uint32_t i) {
    const double x = any_double(i, 13);
    return x > -1.0 ? x : -x;
  };
  CHECK(worst("log1p, all", el::log1p, exact, valid) <= 1.5);
  CHECK(worst("log1p, [-1, 3]", el::log1p, exact, between(-1 + 1e-9, 3, 14)) <= 1.5);
  CHECK(worst("log1p, small", el::log1p, exact, between(-1e-3, 1e-3, 15)) <= 1.5);
  CHECK(worst("log1p, large", el::log1p, exact, between(1, 1e17, 16)) <= 1.5);
}

TEST_CASE("sin and cos are within one ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto sine = [](long double x) { return std::sin(x); };
  const auto cosine = [](long double x) { return std::cos(x); };
  const double bounds[] = {1.0, 10.0, 1000.0, 1e6, 1e9, 0x1p50, 1e300};
  std::uint32_t stream = 17;
  for (const double bound : bounds) {
    CHECK(worst("sin", el::sin, sine, between(-bound, bound, stream)) <= 1.0);
    CHECK(worst("cos", el::cos, cosine, between(-bound, bound, stream)) <= 1.0);
    ++stream;
  }
  CHECK(worst("sin, all", el::sin, sine, all_doubles(30)) <= 1.0);
  CHECK(worst("cos, all", el::cos, cosine, all_doubles(31)) <= 1.0);
  // Doubles next to multiples of pi/2, where the reduction cancels most.
  const auto near_multiple = [](std::uint32_t i) {
    return static_cast<double>(static_cast<long double>(i * 7 + 1) * 1.5707963267948966192313L);
  };
  CHECK(worst("sin, near multiples", el::sin, sine, near_multiple) <= 1.0);
  CHECK(worst("cos, near multiples", el::cos, cosine, near_multiple) <= 1.0);
}

TEST_CASE("tan is within two and a half ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto exact = [](long double x) { return std::tan(x); };
  CHECK(worst("tan, [-2, 2]", el::tan, exact, between(-2, 2, 90)) <= 2.5);
  CHECK(worst("tan, [-1e6, 1e6]", el::tan, exact, between(-1e6, 1e6, 91)) <= 2.5);
  CHECK(worst("tan, all", el::tan, exact, all_doubles(92)) <= 2.5);
}

TEST_CASE("log10 is within one ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto exact = [](long double x) { return std::log10(x); };
  const auto positive = [](std::uint32_t i) { return std::fabs(any_double(i, 93)); };
  CHECK(worst("log10, all", el::log10, exact, positive) <= 1.0);
  CHECK(worst("log10, [0.1, 10]", el::log10, exact, between(0.1, 10, 94)) <= 1.0);
  CHECK(worst("log10, near 1", el::log10, exact, between(1 - 1e-3, 1 + 1e-3, 95)) <= 1.0);
  double power = 1;
  for (int k = 0; k <= 22; ++k, power *= 10) CHECK(el::log10(power) == k);
}

TEST_CASE("hyperbolic functions are within two ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto sinh = [](long double x) { return std::sinh(x); };
  const auto cosh = [](long double x) { return std::cosh(x); };
  const auto tanh = [](long double x) { return std::tanh(x); };
  std::uint32_t stream = 100;
  for (const double bound : {1e-5, 0.3, 1.0, 20.0, 30.0, 710.475}) {
    CHECK(worst("sinh", el::sinh, sinh, between(-bound, bound, stream)) <= 2.0);
    CHECK(worst("cosh", el::cosh, cosh, between(-bound, bound, stream)) <= 2.0);
    CHECK(worst("tanh", el::tanh, tanh, between(-bound, bound, stream)) <= 2.0);
    ++stream;
  }
  CHECK(worst("sinh, all", el::sinh, sinh, all_doubles(110)) <= 2.0);
  CHECK(worst("cosh, all", el::cosh, cosh, all_doubles(111)) <= 2.0);
  CHECK(worst("tanh, all", el::tanh, tanh, all_doubles(112)) <= 2.0);
}

TEST_CASE("the error function is within two ulp" * testing::once()) {
  if (!kHaveExact) return;
  const auto erf = [](long double x) { return std::erf(x); };
  const auto erfc = [](long double x) { return std::erfc(x); };
  std::uint32_t stream = 120;
  for (const double bound : {1e-5, 0.5, 1.0, 2.0, 6.0, 27.3}) {
    CHECK(worst("erf", el::erf, erf, between(-bound, bound, stream)) <= 2.0);
    CHECK(worst("erfc", el::erfc, erfc, between(-bound, bound, stream)) <= 2.0);
    ++stream;
  }
  CHECK(worst("erf, all", el::erf, erf, all_doubles(130)) <= 2.0);
  CHECK(worst("erfc, all", el::erfc, erfc, all_doubles(131)) <= 2.0);
}

TEST_CASE("the doubles closest to multiples of pi/2 keep their accuracy" * testing::once()) {
  // 6381956970095103 * 2^797: the double closest to a multiple of pi/2 relative to its size
  // (W. Kahan; J.-M. Muller et al., Handbook of Floating-Point Arithmetic, section 11.5).
  const double x = std::ldexp(6381956970095103.0, 797);
  CHECK(el::cos(x) == doctest::Approx(-4.6871659242546277e-19).epsilon(1e-15));
  CHECK(el::sin(x) == 1.0);
}

TEST_CASE("pow is within one ulp" * testing::once()) {
  if (!kHaveExact) return;
  double most = 0.0;
  std::array<double, 2> where{};
  const auto check = [&](double x, double y) {
    const double error =
        ulps(el::pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y)));
    if (error > most) {
      most = error;
      where = {x, y};
    }
  };
  for (std::uint32_t i = 0; i < kSweep; ++i) {
    check(std::fabs(any_double(i, 40)), uniform(i, 41, -2.0, 2.0));
    check(std::fabs(any_double(i, 42)), any_double(i, 43));
    check(uniform(i, 44, 0.0, 10.0), uniform(i, 45, -300.0, 300.0));
    check(uniform(i, 46, 0.999, 1.001), uniform(i, 47, -7e5, 7e5));
    check(uniform(i, 48, 0.5, 2.0), uniform(i, 49, -1000.0, 1000.0));
    check(-uniform(i, 50, 0.0, 20.0), std::floor(uniform(i, 51, -200.0, 200.0)));
  }
  MESSAGE("pow: " << most << " ulp at " << where[0] << ", " << where[1]);
  CHECK(most <= 1.5);  // subnormal results are rounded twice
}

TEST_CASE("plain_pow is within 2 + 2 |y log2 x| ulp" * testing::once()) {
  if (!kHaveExact) return;
  double most = 0.0;  // as a share of the bound
  const auto check = [&](double x, double y) {
    const auto exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    const double bound = 2 + 2 * std::fabs(y * std::log2(x));
    most = std::max(most, ulps(el::plain_pow(x, y), exact) / bound);
  };
  for (std::uint32_t i = 0; i < kSweep; ++i) {
    check(uniform(i, 80, 0.0, 1.0), uniform(i, 81, 0.0, 3.0));
    check(uniform(i, 82, 0.0, 1e4), uniform(i, 83, -2.0, 2.0));
    check(uniform(i, 84, 0.999, 1.001), uniform(i, 85, -100.0, 100.0));
    check(std::fabs(any_double(i, 86)), uniform(i, 87, -0.5, 0.5));
  }
  MESSAGE("plain_pow: " << most << " of its bound");
  CHECK(most <= 1.0);
  CHECK(el::plain_pow(0.0, 0.4) == 0.0);
  CHECK(el::plain_pow(-2.0, 2.0) == 4.0);
  CHECK(std::isnan(el::plain_pow(-2.0, 0.4)));
  CHECK(el::plain_pow(kInf, 0.4) == kInf);
  CHECK(el::plain_pow(1.0, 1e300) == 1.0);
}

TEST_CASE("exp, expm1 and logarithms have the special values of IEEE 754" * testing::once()) {
  CHECK(el::exp(0.0) == 1.0);
  CHECK(el::exp(-0.0) == 1.0);
  CHECK(el::exp(kInf) == kInf);
  CHECK(same_bits(el::exp(-kInf), 0.0));
  CHECK(std::isnan(el::exp(kNaN)));
  CHECK(el::exp(709.782712893384) > 1.79e308);
  CHECK(el::exp(709.7827128933841) == kInf);
  CHECK(el::exp(-745.1332191019412) == 0.0);
  CHECK(el::exp(-745.1332191019411) == kSmallest);

  CHECK(same_bits(el::expm1(0.0), 0.0));
  CHECK(same_bits(el::expm1(-0.0), -0.0));
  CHECK(same_bits(el::expm1(kSmallest), kSmallest));
  CHECK(el::expm1(kInf) == kInf);
  CHECK(el::expm1(-kInf) == -1.0);
  CHECK(std::isnan(el::expm1(kNaN)));

  CHECK(same_bits(el::log(1.0), 0.0));
  CHECK(el::log(0.0) == -kInf);
  CHECK(el::log(-0.0) == -kInf);
  CHECK(el::log(kInf) == kInf);
  CHECK(std::isnan(el::log(-1.0)));
  CHECK(std::isnan(el::log(-kInf)));
  CHECK(std::isnan(el::log(-kSmallest)));
  CHECK(std::isnan(el::log(kNaN)));

  CHECK(same_bits(el::log1p(0.0), 0.0));
  CHECK(same_bits(el::log1p(-0.0), -0.0));
  CHECK(same_bits(el::log1p(-kSmallest), -kSmallest));
  CHECK(el::log1p(-1.0) == -kInf);
  CHECK(el::log1p(kInf) == kInf);
  CHECK(std::isnan(el::log1p(-1.5)));
  CHECK(std::isnan(el::log1p(-kInf)));
  CHECK(std::isnan(el::log1p(kNaN)));
}

TEST_CASE("sin and cos have the special values of IEEE 754" * testing::once()) {
  CHECK(same_bits(el::sin(0.0), 0.0));
  CHECK(same_bits(el::sin(-0.0), -0.0));
  CHECK(same_bits(el::sin(-kSmallest), -kSmallest));
  CHECK(el::cos(0.0) == 1.0);
  for (const double x : {kInf, -kInf, kNaN}) {
    CHECK(std::isnan(el::sin(x)));
    CHECK(std::isnan(el::cos(x)));
  }
}

TEST_CASE("other functions have the special values of C" * testing::once()) {
  const auto check = [](double (*f)(double), double (*expected)(double)) {
    for (const double x : {0.0, -0.0, kInf, -kInf, kNaN, kSmallest, -kSmallest, -1.0}) {
      CAPTURE(x);
      if (std::isnan(expected(x))) {
        CHECK(std::isnan(f(x)));
      } else {
        CHECK(std::signbit(f(x)) == std::signbit(expected(x)));
        CHECK(ulps(f(x), expected(x)) <= 2.0);
      }
    }
  };
  check(el::tan, std::tan);
  check(el::log10, std::log10);
  check(el::sinh, std::sinh);
  check(el::cosh, std::cosh);
  check(el::tanh, std::tanh);
  check(el::erf, std::erf);
  check(el::erfc, std::erfc);
}

TEST_CASE("pow has the special values of IEEE 754" * testing::once()) {
  const double bases[] = {0.0,      -0.0,       0.5,       -0.5,          1.0,          -1.0,
                          2.0,      -2.0,       kInf,      -kInf,         kNaN,         kSmallest,
                          kLargest, -kSmallest, -kLargest, 1.0 + 0x1p-52, 1.0 - 0x1p-53};
  const double exponents[] = {0.0,  -0.0,   1.0,        -1.0,        2.0,     -2.0,
                              3.0,  -3.0,   0.5,        -0.5,        kInf,    -kInf,
                              kNaN, 0x1p53, 0x1p52 + 1, -0x1p52 - 1, 1e300,   -1e300,
                              2.5,  -2.5,   kSmallest,  -kLargest,   kLargest};
  for (const double x : bases) {
    for (const double y : exponents) {
      const double expected = std::pow(x, y);
      const double result = el::pow(x, y);
      CAPTURE(x);
      CAPTURE(y);
      CAPTURE(expected);
      CAPTURE(result);
      if (std::isnan(expected)) {
        CHECK(std::isnan(result));
      } else {
        CHECK(std::signbit(result) == std::signbit(expected));
        CHECK(ulps(result, expected) <= 1.0);
      }
    }
  }
}

/// Of the bits of results; all NaN count as one.
class ResultDigest : public testing::Fnv {
 public:
  void add(double x) {
    const double value = x == x ? x : std::bit_cast<double>(0x7FF8000000000000ull);
    Fnv::add(&value, sizeof value);
  }
};

/// The arguments of the digests: a multiple of eight, all ranges, all special values.
const std::vector<double>& arguments() {
  static const std::vector<double> list = [] {
    std::vector<double> xs = {
        0.0,      -0.0,           kInf, -kInf, kNaN,      kSmallest,         -kSmallest,
        kLargest, -kLargest,      1.0,  -1.0,  0x1p-1022, 709.7827128933841, -745.13,
        0x1p20,   -0x1.0000001p20};
    for (std::uint32_t i = 0; i < 4000; ++i) {
      xs.push_back(any_double(i, 60));
      xs.push_back(uniform(i, 61, -2.0, 2.0));
      xs.push_back(uniform(i, 62, -700.0, 700.0));
      xs.push_back(uniform(i, 63, 0.0, 1e6));
    }
    return xs;
  }();
  return list;
}

double second_argument(double x) { return x > 1e3 || x < -1e3 ? 0.75 : 1.0 - 0.5 * x; }

struct Digests {
  ResultDigest exp, expm1, log, log1p, sin, cos, pow, plain_pow, log10, sinh, cosh, tanh;
  ResultDigest tan, erf, erfc;
};

bool operator==(const ResultDigest& a, const ResultDigest& b) { return a.value() == b.value(); }

Digests scalar_digests() {
  Digests d;
  for (const double x : arguments()) {
    d.exp.add(el::exp(x));
    d.expm1.add(el::expm1(x));
    d.log.add(el::log(x));
    d.log1p.add(el::log1p(x));
    d.sin.add(el::sin(x));
    d.cos.add(el::cos(x));
    d.pow.add(el::pow(x, second_argument(x)));
    d.plain_pow.add(el::plain_pow(x, second_argument(x)));
    d.log10.add(el::log10(x));
    d.sinh.add(el::sinh(x));
    d.cosh.add(el::cosh(x));
    d.tanh.add(el::tanh(x));
    d.tan.add(el::tan(x));
    d.erf.add(el::erf(x));
    d.erfc.add(el::erfc(x));
  }
  return d;
}

TEST_CASE("results have the same bits on every machine" * testing::once()) {
  const Digests d = scalar_digests();
  CHECK(d.exp.value() == 0xBC469F8A5B3F0A62ull);
  CHECK(d.expm1.value() == 0x27E3D1EC442E4DDAull);
  CHECK(d.log.value() == 0xFF6B6CB07F02C027ull);
  CHECK(d.log1p.value() == 0x4EE342A2DC2CFB03ull);
  CHECK(d.sin.value() == 0x7538C8E5F5CA2F5Aull);
  CHECK(d.cos.value() == 0xF5FF3CC698E41D68ull);
  CHECK(d.pow.value() == 0xAC16BD31A3274989ull);
  CHECK(d.plain_pow.value() == 0xF2908C4271C35A4ull);
  CHECK(d.log10.value() == 0xF993800739AD110Eull);
  CHECK(d.sinh.value() == 0x4EBB7ED383E326F2ull);
  CHECK(d.cosh.value() == 0x75D9D52E4F015FC3ull);
  CHECK(d.tanh.value() == 0xBFDAFC7646FB7491ull);
  CHECK(d.tan.value() == 0xD50FAB678851AE9ull);
  CHECK(d.erf.value() == 0x6256F3E2FEA6F648ull);
  CHECK(d.erfc.value() == 0x34F565BB7717899Dull);
}

#if defined(__GNUC__)
template <int W>
Digests lane_digests() {
  using V = typename simd::Lanes<W>::Double;
  const auto add = [](ResultDigest& digest, const V& lanes) {
    std::array<double, W> values;
    simd::store(values.data(), lanes);
    for (const double value : values) digest.add(value);
  };
  Digests d;
  const std::vector<double>& xs = arguments();
  for (std::size_t i = 0; i < xs.size(); i += W) {
    std::array<double, W> second;
    for (std::size_t j = 0; j < W; ++j) second[j] = second_argument(xs[i + j]);
    const V x = simd::load<V>(&xs[i]);
    add(d.exp, simd::exp(x));
    add(d.expm1, simd::expm1(x));
    add(d.log, simd::log(x));
    add(d.log1p, simd::log1p(x));
    add(d.sin, simd::sincos(x).sin);
    add(d.cos, simd::sincos(x).cos);
    add(d.plain_pow, simd::plain_pow(x, simd::load<V>(second.data())));
    add(d.log10, el::core::log10(x));
    add(d.sinh, el::core::sinh(x));
    add(d.cosh, el::core::cosh(x));
    add(d.tanh, el::core::tanh(x));
  }
  return d;
}

TEST_CASE_TEMPLATE("lanes have the bits of the scalar functions" * testing::once(), Width,
                   std::integral_constant<int, 1>, std::integral_constant<int, 2>,
                   std::integral_constant<int, 4>, std::integral_constant<int, 8>) {
  const Digests scalar = scalar_digests();
  const Digests lanes = lane_digests<Width::value>();
  CHECK(lanes.exp == scalar.exp);
  CHECK(lanes.expm1 == scalar.expm1);
  CHECK(lanes.log == scalar.log);
  CHECK(lanes.log1p == scalar.log1p);
  CHECK(lanes.sin == scalar.sin);
  CHECK(lanes.cos == scalar.cos);
  CHECK(lanes.plain_pow == scalar.plain_pow);
  CHECK(lanes.log10 == scalar.log10);
  CHECK(lanes.sinh == scalar.sinh);
  CHECK(lanes.cosh == scalar.cosh);
  CHECK(lanes.tanh == scalar.tanh);
}
#endif

}  // namespace
}  // namespace tegmenta
