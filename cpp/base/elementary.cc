#include "base/elementary.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/wide_product.h"

namespace tegmenta::elementary {

namespace {

/// The binary digits of 2/pi after the point, 64 a word.
constexpr std::array<std::uint64_t, 20> kTwoOverPi = {
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
    0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d};

/// 64 digits of 2/pi, the first of weight 2^-(position + 1), position > -64.
std::uint64_t digits_at(int position) {
  if (position < 0) return kTwoOverPi[0] >> -position;
  const auto word = static_cast<std::size_t>(position / 64);
  const int shift = position % 64;
  if (shift == 0) return kTwoOverPi[word];
  return (kTwoOverPi[word] << shift) | (kTwoOverPi[word + 1] >> (64 - shift));
}

/// A fraction of 192 binary digits.
struct Fraction {
  std::uint64_t high;
  std::uint64_t middle;
  std::uint64_t low;
};

Fraction shifted_left(Fraction f, int bits) {
  if (bits >= 64) return shifted_left({f.middle, f.low, 0}, bits - 64);
  if (bits == 0) return f;
  return {(f.high << bits) | (f.middle >> (64 - bits)), (f.middle << bits) | (f.low >> (64 - bits)),
          f.low << bits};
}

Fraction one_minus(Fraction f) {
  const std::uint64_t low = ~f.low + 1;
  const std::uint64_t middle = ~f.middle + (low == 0 ? 1 : 0);
  return {~f.high + (low == 0 && middle == 0 ? 1 : 0), middle, low};
}

/// The fraction (not zero) times pi/2, as a pair.
core::Pair<double> times_half_pi(Fraction f) {
  constexpr double kHalfPiHigh = 0x1.921fb54442d18p+0;
  constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;
  int zeros = 0;
  while ((f.high >> 63) == 0) {
    const int shift = f.high == 0 ? 64 : std::countl_zero(f.high);
    f = shifted_left(f, shift);
    zeros += shift;
  }
  const double unit = core::power_of_two(static_cast<double>(-53 - zeros));
  const double first = static_cast<double>(f.high >> 11) * unit;
  const double second =
      static_cast<double>(((f.high & 0x7FF) << 42) | (f.middle >> 22)) * unit * 0x1p-53;
  const core::Pair<double> main = core::product(first, kHalfPiHigh);
  return core::fast_sum(main.high, main.low + (first * kHalfPiLow + second * kHalfPiHigh));
}

/// Reduction of a finite |x| >= 2^20 by integer arithmetic (M. H. Payne, R. N. Hanek, SIGNUM
/// Newsletter 18 (1983)). With |x| = m 2^e, digits of 2/pi of weight 2^(2-e) and more only add
/// multiples of four quadrants; the 192 digits below, times m, are |x| in units of 2^-190 quadrants
/// modulo 4, short by less than 2^-137. No double is closer than 2^-62 to a multiple of pi/2.
core::Angle<double> reduce_large(double x) {
  const auto word = core::bits_of<std::uint64_t>(core::absolute(x));
  const int e = static_cast<int>(word >> 52) - 1075;
  const std::uint64_t m = (word & 0xFFFFFFFFFFFFFull) | 0x10000000000000ull;

  const WideProduct low = multiply_wide(m, digits_at(e - 2 + 128));
  const WideProduct middle = multiply_wide(m, digits_at(e - 2 + 64));
  Fraction turns{m * digits_at(e - 2) + middle.high, middle.low + low.high, low.low};
  turns.high += turns.middle < low.high ? 1 : 0;

  std::uint64_t quadrant = turns.high >> 62;
  Fraction rest = shifted_left(turns, 2);
  const bool past_half = (rest.high >> 63) != 0;
  if (past_half) {
    ++quadrant;
    rest = one_minus(rest);
  }
  const core::Pair<double> angle = times_half_pi(rest);
  const bool negative = past_half != (x < 0.0);
  return {x < 0.0 ? std::uint64_t{0} - quadrant : quadrant, negative ? -angle.high : angle.high,
          negative ? -angle.low : angle.low};
}

bool is_nan(double x) { return x != x; }

bool is_integer(double y) {
  const double magnitude = core::absolute(y);
  return magnitude >= 0x1p52 || (magnitude + 0x1p52) - 0x1p52 == magnitude;
}

bool is_odd_integer(double y) {
  const double magnitude = core::absolute(y);
  return magnitude < 0x1p53 && is_integer(y) && (static_cast<std::uint64_t>(magnitude) & 1) != 0;
}

/// pow of |x|, for x neither 1 nor NaN and y neither 0 nor NaN.
double pow_of_magnitude(double magnitude, double y) {
  const bool grows = (magnitude > 1.0) == (y > 0.0);
  if (magnitude == 1.0) return 1.0;
  if (magnitude == 0.0 || magnitude == core::kInfinity || core::absolute(y) == core::kInfinity) {
    return grows ? core::kInfinity : 0.0;
  }
  return core::pow_positive(magnitude, y);
}

}  // namespace

namespace detail {

SinCos<double> sincos_large(double x) {
  if (!(core::absolute(x) < core::kInfinity)) return {core::kNaN, core::kNaN};
  return core::sincos_of_angle(reduce_large(x));
}

}  // namespace detail

double pow(double x, double y) {
  if (x == 1.0 || y == 0.0) return 1.0;
  if (is_nan(x) || is_nan(y)) return core::kNaN;
  const bool negative = (core::bits_of<std::uint64_t>(x) >> 63) != 0;
  if (!negative) return pow_of_magnitude(x, y);
  if (x > -core::kInfinity && x < 0.0 && !is_integer(y)) return core::kNaN;
  const double magnitude = pow_of_magnitude(-x, y);
  return is_odd_integer(y) ? -magnitude : magnitude;
}

}  // namespace tegmenta::elementary
