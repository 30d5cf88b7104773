#include "compiled/scalars.h"

#include <bit>

#include "base/elementary_core.h"
#include "base/random.h"

namespace tegmenta::compiled {

namespace {

constexpr int kMantissaBits = 52;
constexpr std::uint64_t kMantissa = (std::uint64_t{1} << kMantissaBits) - 1;
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

/// A positive finite number as mantissa · 2^(exponent − 1075), 2^52 ≤ mantissa < 2^53.
struct Whole {
  std::uint64_t mantissa;
  int exponent;
};

Whole whole_of(std::uint64_t word) {
  const std::uint64_t mantissa = word & kMantissa;
  const int exponent = static_cast<int>(word >> kMantissaBits);
  if (exponent != 0) return {mantissa | (kMantissa + 1), exponent};
  const int shift = std::countl_zero(mantissa) - (63 - kMantissaBits);
  return {mantissa << shift, 1 - shift};
}

std::int64_t to_integer(double a) {
  if (a >= 0x1p63) return INT64_MAX;
  if (a < -0x1p63) return INT64_MIN;
  return a == a ? static_cast<std::int64_t>(a) : 0;
}

bool can_shift(double b) { return b >= 0 && b < 64; }

}  // namespace

double remainder(double a, double b) {
  const auto word = std::bit_cast<std::uint64_t>(a), sign = word & kSign;
  const double size = elementary::core::absolute(a), by = elementary::core::absolute(b);
  if (!(size < elementary::core::kInfinity) || !(by > 0)) return elementary::core::kNaN;
  if (size < by) return a;
  const Whole divisor = whole_of(std::bit_cast<std::uint64_t>(by));
  auto [left, exponent] = whole_of(word ^ sign);
  for (;; --exponent) {
    if (left >= divisor.mantissa) left -= divisor.mantissa;
    if (exponent == divisor.exponent) break;
    left <<= 1;
  }
  if (left == 0) return std::bit_cast<double>(sign);
  const int shift = std::countl_zero(left) - (63 - kMantissaBits);
  exponent -= shift;
  left = exponent > 0
             ? (left << shift & kMantissa) | static_cast<std::uint64_t>(exponent) << kMantissaBits
             : left << shift >> (1 - exponent);
  return std::bit_cast<double>(left | sign);
}

double bits_and(double a, double b) { return static_cast<double>(to_integer(a) & to_integer(b)); }
double bits_or(double a, double b) { return static_cast<double>(to_integer(a) | to_integer(b)); }
double bits_exclusive_or(double a, double b) {
  return static_cast<double>(to_integer(a) ^ to_integer(b));
}
double bits_not(double a) { return static_cast<double>(~to_integer(a)); }

double shift_left(double a, double b) {
  if (!can_shift(b)) return static_cast<double>(to_integer(a));
  const auto word = static_cast<std::uint64_t>(to_integer(a)) << static_cast<int>(b);
  return static_cast<double>(static_cast<std::int64_t>(word));
}

double shift_right(double a, double b) {
  return static_cast<double>(to_integer(a) >> (can_shift(b) ? static_cast<int>(b) : 0));
}

double poisson_number(std::uint32_t seed, const std::uint32_t (&words)[4], double mean) {
  constexpr double kMost = 0x1p53;
  RandomStream stream(seed, Purpose::kCompiledPoisson, words[0], words[1], words[2], words[3]);
  return static_cast<double>(stream.poisson(mean < kMost ? mean : mean >= kMost ? kMost : 0));
}

}  // namespace tegmenta::compiled
