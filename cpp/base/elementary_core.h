#pragma once

// Exponentials, logarithms and sines from + - * / and bit operations alone, free of branches, for
// one double or for a vector of doubles: V is `double` or a vector type of GCC's and Clang's
// vector_size extension. Lane by lane both give the same bits, on every machine with IEEE
// arithmetic, because each operation is rounded once and their order is fixed. Build with
// -ffp-contract=off: a fused multiply-add would break that.
//
// Polynomials are Chebyshev interpolants computed for these intervals with 60 digits; their own
// error is below 0.02 ulp of the result. Every function is forced inline, so that a file compiled
// for a newer processor leaves no copy that the linker could choose for the rest of the program.

#include <cfloat>
#include <cstdint>
#include <limits>
#include <type_traits>

static_assert(std::numeric_limits<double>::is_iec559 && FLT_EVAL_METHOD == 0,
              "needs IEEE doubles without excess precision");

#define TEGMENTA_FORCE_INLINE [[gnu::always_inline]] inline

namespace tegmenta::elementary::core {

/// The unsigned 64-bit integers as wide as V.
template <class V>
struct Words {
#if defined(__GNUC__)
  typedef std::uint64_t type __attribute__((vector_size(sizeof(V))));
#endif
};
template <>
struct Words<double> {
  using type = std::uint64_t;
};
template <class V>
using WordsOf = typename Words<V>::type;

template <class To, class From>
TEGMENTA_FORCE_INLINE To bits_of(From value) {
  return __builtin_bit_cast(To, value);
}

/// `value` in every lane.
template <class V>
TEGMENTA_FORCE_INLINE V splat(double value) {
  if constexpr (std::is_same_v<V, double>) {
    return value;
  } else {
    return value - V{};  // keeps -0
  }
}

/// Lane-wise `mask ? yes : no`; `yes` may be one number for all lanes.
template <class Mask, class Yes, class V>
TEGMENTA_FORCE_INLINE V select(Mask mask, Yes yes, V no) {
  if constexpr (std::is_same_v<Yes, V>) {
    return mask ? yes : no;
  } else {
    return mask ? splat<V>(yes) : no;
  }
}

template <class V>
TEGMENTA_FORCE_INLINE V absolute(V x) {
  return bits_of<V>(bits_of<WordsOf<V>>(x) & 0x7FFFFFFFFFFFFFFFull);
}

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Adding it to |x| < 2^51 rounds x to an integer, which then stands in the lower mantissa bits.
inline constexpr double kRound = 0x1.8p52;

inline constexpr double kLog2E = 0x1.71547652b82fep+0;
/// log 2 in two parts; the first has 41 bits, so that its product with an exponent is exact.
inline constexpr double kLn2High = 0x1.62e42fefa3000p-1;
inline constexpr double kLn2Low = 0x1.3de6af278ece6p-42;

/// 2^k for an integral k in [-1022, 1023].
template <class V>
TEGMENTA_FORCE_INLINE V power_of_two(V k) {
  return bits_of<V>(bits_of<WordsOf<V>>(k + (kRound + 1023.0)) << 52);
}

/// x 2^k for an integral |k| <= 2044, rounded once.
template <class V>
TEGMENTA_FORCE_INLINE V scale(V x, V k) {
  const V half = (k * 0.5 + kRound) - kRound;
  return (x * power_of_two(half)) * power_of_two(k - half);
}

/// (e^r - 1 - r) / r^2 for |r| <= log(2) / 2.
template <class V>
TEGMENTA_FORCE_INLINE V exp_polynomial(V r) {
  const V z = r * r;
  const V even =
      ((((0x1.1f730349868cep-29 * z + 0x1.27e4db646b17ep-22) * z + 0x1.a01a01a6d889cp-16) * z +
        0x1.6c16c16c162d4p-10) *
           z +
       0x1.5555555555556p-5) *
          z +
      0.5;
  const V odd =
      (((0x1.af4de97ca4194p-26 * z + 0x1.71de0231960ebp-19) * z + 0x1.a01a01abe7fe1p-13) * z +
       0x1.11111111100dcp-7) *
          z +
      0x1.5555555555557p-3;
  return even + r * odd;
}

/// e^x 2^-halvings. Cody-Waite reduction x = k log 2 + r, then 2^k (1 + r + r^2 q(r)).
template <int halvings, class V>
TEGMENTA_FORCE_INLINE V exp_over(V x) {
  x = select(x > 710.0 + halvings, 710.0 + halvings, x);  // overflows
  x = select(x < -746.0, -746.0, x);                      // underflows to zero
  const V k = (x * kLog2E + kRound) - kRound;
  const V r = (x - k * kLn2High) - k * kLn2Low;
  return scale(1.0 + (r + (r * r) * exp_polynomial(r)), k - halvings);
}

/// e^x.
template <class V>
TEGMENTA_FORCE_INLINE V exp(V x) {
  return exp_over<0>(x);
}

/// e^x - 1, as 2^k (e^r - 1) + (2^k - 1). The larger summands 2^k r and 2^k - 1 are added with
/// their rounding error kept; everything is halved so that k = 1024 does not overflow.
template <class V>
TEGMENTA_FORCE_INLINE V expm1(V x) {
  const V given = x;
  x = select(x > 710.0, 710.0, x);
  x = select(x < -60.0, -60.0, x);  // -1, rounded
  const V k = (x * kLog2E + kRound) - kRound;
  const V high = x - k * kLn2High;
  const V low = k * kLn2Low;
  const V r = high - low;
  const V lost = (high - r) - low;
  const V unit = power_of_two(k - 1.0);
  const V a = unit - 0.5;
  const V b = unit * r;
  const V sum = a + b;
  const V sum_lost = b - (sum - a);
  const V y = 2.0 * (sum + (unit * ((r * r) * exp_polynomial(r) + lost) + sum_lost));
  return select(absolute(given) < 0x1p-54, given, y);
}

/// The magnitude of x with the sign of `sign`, which has none where x has.
template <class V>
TEGMENTA_FORCE_INLINE V with_sign_of(V x, V sign) {
  return bits_of<V>(bits_of<WordsOf<V>>(x) | (bits_of<WordsOf<V>>(sign) & 0x8000000000000000ull));
}

/// (e^x - e^-x) / 2, with t = e^|x| - 1 as t - t^2 / (2 (t + 1)) where t is small.
template <class V>
TEGMENTA_FORCE_INLINE V sinh(V x) {
  const V size = absolute(x);
  const V t = expm1(size);
  const V small = t - 0.5 * t * (t / (t + 1.0));
  const V medium = 0.5 * (t + t / (t + 1.0));
  const V y = select(size > 22.0, exp_over<1>(size), select(t < 1.0, small, medium));
  return with_sign_of(y, x);
}

/// (e^x + e^-x) / 2.
template <class V>
TEGMENTA_FORCE_INLINE V cosh(V x) {
  const V half = exp_over<1>(absolute(x));
  return half + 0.25 / half;
}

/// sinh(x) / cosh(x) = t / (t + 2), t = e^(2 |x|) - 1; what is lost of t + 2 is kept where t is
/// small.
template <class V>
TEGMENTA_FORCE_INLINE V tanh(V x) {
  const V size = absolute(x);
  const V t = expm1(select(size > 22.0, 44.0, 2.0 * size));  // 1, rounded
  const V sum = t + 2.0;
  const V lost = select(t < 2.0, t - (sum - 2.0), splat<V>(0.0));
  const V y = t / sum;
  return with_sign_of(y - y * (lost / sum), x);
}

/// A positive finite number as 2^exponent (1 + f), sqrt(1/2) <= 1 + f < sqrt(2).
template <class V>
struct Split {
  V exponent;
  V f;
};

template <class V>
TEGMENTA_FORCE_INLINE Split<V> split_normal(V x) {
  constexpr std::uint64_t kSqrtHalf = 0x3FE6A09E667F3BCDull;
  constexpr std::uint64_t kOne = 0x3FF0000000000000ull;
  const WordsOf<V> shifted = bits_of<WordsOf<V>>(x) + (kOne - kSqrtHalf);
  const V exponent = bits_of<V>((shifted >> 52) | 0x4330000000000000ull) - (0x1p52 + 1023.0);
  const V m = bits_of<V>((shifted & 0x000FFFFFFFFFFFFFull) + kSqrtHalf);
  return {exponent, m - 1.0};
}

/// The same for any positive finite number, subnormal ones included.
template <class V>
TEGMENTA_FORCE_INLINE Split<V> split_positive(V x) {
  const auto subnormal = x < 0x1p-1022;
  Split<V> parts = split_normal(select(subnormal, x * 0x1p54, x));
  parts.exponent = select(subnormal, parts.exponent - 54.0, parts.exponent);
  return parts;
}

/// log(1 + f) = f - (f^2/2 - tail). With s = f / (2 + f), it is 2 atanh(s) = 2 s + s R(s^2), and
/// since 2 s = f - f^2/2 + s f^2/2 the tail is s (f^2/2 + R): only small terms are inexact.
template <class V>
struct LogTerms {
  V half_square;
  V tail;
};
template <class V>
TEGMENTA_FORCE_INLINE LogTerms<V> log_terms(V f) {
  const V s = f / (2.0 + f);
  const V z = s * s;
  const V w = z * z;
  const V even =
      ((0x1.2b5900de53b32p-3 * w + 0x1.7462b51cb66b1p-3) * w + 0x1.2492492df281ap-2) * w +
      0x1.5555555555558p-1;
  const V odd = (0x1.39fe51a7c18f9p-3 * w + 0x1.c71c62e3f11e6p-3) * w + 0x1.99999999952d7p-2;
  const V remainder = z * (even + z * odd);
  const V half_square = 0.5 * f * f;
  return {half_square, s * (half_square + remainder)};
}

/// exponent log 2 + log(1 + f).
template <class V>
TEGMENTA_FORCE_INLINE V log_of_split(V exponent, V f) {
  const LogTerms<V> terms = log_terms(f);
  return exponent * kLn2High - ((terms.half_square - (terms.tail + exponent * kLn2Low)) - f);
}

/// log x; -infinity at 0, NaN below.
template <class V>
TEGMENTA_FORCE_INLINE V log(V x) {
  const Split<V> parts = split_positive(x);
  V y = log_of_split(parts.exponent, parts.f);
  y = select(x == kInfinity, kInfinity, y);
  y = select(x == 0.0, -kInfinity, y);
  return select(x >= 0.0, y, splat<V>(kNaN));
}

/// log(1 + x), by splitting the rounded sum 1 + x and adding its rounding error to f.
template <class V>
TEGMENTA_FORCE_INLINE V log1p(V x) {
  const V sum = 1.0 + x;
  const V added = sum - 1.0;
  const V lost = (1.0 - (sum - added)) + (x - added);
  const Split<V> parts = split_normal(sum);
  const V correction =
      select(x > 0x1p60, 0.0, lost * power_of_two(select(x > 0x1p60, 0.0, -parts.exponent)));
  V y = log_of_split(parts.exponent, parts.f + correction);
  y = select(x == kInfinity, kInfinity, y);
  y = select(x == -1.0, -kInfinity, y);
  y = select(absolute(x) < 0x1p-54, x, y);
  return select(x >= -1.0, y, splat<V>(kNaN));
}

/// An angle as quadrant * pi/2 + high + low, |high| <= pi/4; of the quadrant the lower bits count.
template <class V>
struct Angle {
  WordsOf<V> quadrant;
  V high;
  V low;
};

/// The largest |x| for which reduce_angle() holds: the quadrant has at most 20 bits.
inline constexpr double kMaxReducedAngle = 0x1p20;

/// Cody-Waite reduction with pi/2 in four parts. The first three have 33 bits and exact products
/// with the quadrant; what the differences lose is kept, so that even the double closest to a
/// multiple of pi/2 has all its bits.
template <class V>
TEGMENTA_FORCE_INLINE Angle<V> reduce_angle(V x) {
  constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
  const V shifted = x * kTwoOverPi + kRound;
  const V k = shifted - kRound;
  const V a = x - k * 0x1.921fb54400000p+0;
  const V p2 = k * 0x1.0b4611a600000p-34;
  const V b = a - p2;
  const V b_part = a - b;
  const V b_lost = (a - (b + b_part)) + (b_part - p2);
  const V p3 = k * 0x1.3198a2e000000p-69;
  const V c = b - p3;
  const V c_part = b - c;
  const V c_lost = (b - (c + c_part)) + (c_part - p3);
  const V rest = (b_lost + c_lost) - k * 0x1.b839a252049c1p-104;
  const V high = c + rest;
  return {bits_of<WordsOf<V>>(shifted), high, (c - high) + rest};
}

template <class V>
struct SinCos {
  V sin;
  V cos;
};

/// Sine and cosine of a reduced angle by their series in high^2, first order in low.
template <class V>
TEGMENTA_FORCE_INLINE SinCos<V> sincos_of_angle(const Angle<V>& angle) {
  const V r = angle.high;
  const V z = r * r;
  const V w = z * z;
  const V s = ((0x1.5e0af186af739p-33 * w + 0x1.71de37961e4c6p-19) * w + 0x1.1111111110bb1p-7) * z +
              ((-0x1.ae600a926c89ap-26 * w + -0x1.a01a019e8357dp-13) * w + -0x1.5555555555555p-3);
  const V c =
      ((-0x1.907d7aebd5e3dp-37 * w + -0x1.27e4fa17a41b4p-22) * w + -0x1.6c16c16c16966p-10) * z +
      ((0x1.1eeb68b109173p-29 * w + 0x1.a01a019f4e867p-16) * w + 0x1.5555555555555p-5);
  const V half = 0.5 * z;
  const V one_less = 1.0 - half;
  const V sine = r + ((r * z) * s + angle.low * one_less);
  const V cosine = one_less + (((1.0 - one_less) - half) + (w * c - r * angle.low));
  const auto swap = (angle.quadrant & 1) != 0;
  const WordsOf<V> sine_sign = (angle.quadrant & 2) << 62;
  const WordsOf<V> cosine_sign = ((angle.quadrant + 1) & 2) << 62;
  return {bits_of<V>(bits_of<WordsOf<V>>(select(swap, cosine, sine)) ^ sine_sign),
          bits_of<V>(bits_of<WordsOf<V>>(select(swap, sine, cosine)) ^ cosine_sign)};
}

/// Sine and cosine for |x| <= kMaxReducedAngle.
template <class V>
TEGMENTA_FORCE_INLINE SinCos<V> sincos(V x) {
  SinCos<V> y = sincos_of_angle(reduce_angle(x));
  y.sin = select(x == 0.0, x, y.sin);
  return y;
}

/// An unevaluated sum of two doubles, the second at most half an ulp of the first.
template <class V>
struct Pair {
  V high;
  V low;
};

/// a + b exactly, |a| >= |b| or a = 0 (T. J. Dekker, Numer. Math. 18 (1971)).
template <class V>
TEGMENTA_FORCE_INLINE Pair<V> fast_sum(V a, V b) {
  const V sum = a + b;
  return {sum, b - (sum - a)};
}

/// a b exactly, |a|, |b| < 2^970, by splitting both into halves (Dekker, loc. cit.).
template <class V>
TEGMENTA_FORCE_INLINE Pair<V> product(V a, V b) {
  constexpr double kSplitter = 0x1p27 + 1.0;
  const V a_scaled = kSplitter * a;
  const V a_high = a_scaled - (a_scaled - a);
  const V a_low = a - a_high;
  const V b_scaled = kSplitter * b;
  const V b_high = b_scaled - (b_scaled - b);
  const V b_low = b - b_high;
  const V p = a * b;
  return {p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

/// log x of a positive finite number to about 66 bits: 2 s + (2/3) s^3 with both terms in pairs,
/// the rest of the series of 2 atanh(s) in doubles.
template <class V>
TEGMENTA_FORCE_INLINE Pair<V> log_pair(V x) {
  const Split<V> parts = split_positive(x);
  const V f = parts.f;
  const Pair<V> divisor = fast_sum(splat<V>(2.0), f);
  const V s = f / divisor.high;
  const Pair<V> back = product(s, divisor.high);
  const V s_low = (((f - back.high) - back.low) - s * divisor.low) / divisor.high;
  Pair<V> square = product(s, s);
  square.low = square.low + 2.0 * s * s_low;
  Pair<V> cube = product(s, square.high);
  cube.low = cube.low + (s * square.low + s_low * square.high);
  Pair<V> third = product(splat<V>(0x1.5555555555555p-1), cube.high);
  third.low = third.low + (0x1.5555555555555p-1 * cube.low + 0x1.5555555555555p-55 * cube.high);
  const V z = square.high;
  const V w = z * z;
  const V even =
      ((0x1.df7cc8e5fa539p-4 * w + 0x1.3b1395d2190c1p-3) * w + 0x1.c71c71c6eaa10p-3) * w +
      0x1.999999999999ap-2;
  const V odd = ((0x1.e02e6fff27908p-4 * w + 0x1.1118c7e4b0917p-3) * w + 0x1.745d177a96056p-3) * w +
                0x1.2492492492521p-2;
  const V rest = cube.high * z * (even + z * odd);
  const Pair<V> a = fast_sum(2.0 * s, third.high);
  const Pair<V> b = fast_sum(a.high, rest);
  const Pair<V> c = fast_sum(parts.exponent * kLn2High, b.high);
  const V low = c.low + (b.low + ((a.low + (2.0 * s_low + third.low)) + parts.exponent * kLn2Low));
  return fast_sum(c.high, low);
}

/// log10 x; -infinity at 0, NaN below.
template <class V>
TEGMENTA_FORCE_INLINE V log10(V x) {
  constexpr double kHigh = 0x1.bcb7b1526e50ep-2;  // 1 / log 10
  constexpr double kLow = 0x1.95355baaafad3p-57;
  const auto usual = (x > 0.0) & (x < kInfinity);
  const Pair<V> logarithm = log_pair(select(usual, x, splat<V>(1.0)));
  const Pair<V> y = product(logarithm.high, splat<V>(kHigh));
  const V low = y.low + (logarithm.high * kLow + logarithm.low * kHigh);
  return select(usual, y.high + low, log(x));
}

/// x^y for positive finite x and finite y: e^(y log x) with y log x in a pair.
template <class V>
TEGMENTA_FORCE_INLINE V pow_positive(V x, V y) {
  y = select(y > 0x1p66, 0x1p66, y);  // then x^y is 0, 1 or infinity
  y = select(y < -0x1p66, -0x1p66, y);
  const Pair<V> logarithm = log_pair(x);
  Pair<V> e = product(y, logarithm.high);
  e.low = e.low + y * logarithm.low;
  const auto outside = absolute(e.high) > 800.0;
  e.low = select(outside, 0.0, e.low);
  e.high = select(e.high > 800.0, 800.0, e.high);
  e.high = select(e.high < -800.0, -800.0, e.high);
  const V k = (e.high * kLog2E + kRound) - kRound;
  const Pair<V> r = fast_sum(e.high - k * kLn2High, e.low - k * kLn2Low);
  return scale(1.0 + (r.high + ((r.high * r.high) * exp_polynomial(r.high) + r.low)), k);
}

/// y log2 x of a positive normal number: within 1 + 2 |y log2 x| ulp of 1.
template <class V>
TEGMENTA_FORCE_INLINE V plain_exponent(V x, V y) {
  const Split<V> parts = split_normal(x);
  const LogTerms<V> terms = log_terms(parts.f);
  return y * (parts.exponent + kLog2E * (parts.f - (terms.half_square - terms.tail)));
}

/// Where x^y is plain_exp2(e), e = plain_exponent(x, y): nothing on the way leaves the normal
/// numbers.
template <class V>
TEGMENTA_FORCE_INLINE auto has_plain_pow(V x, V e) {
  return (x >= 0x1p-1022) & (x < kInfinity) & (absolute(e) < 1000.0);
}

/// 2^e for |e| < 1022.
template <class V>
TEGMENTA_FORCE_INLINE V plain_exp2(V e) {
  const V k = (e + kRound) - kRound;
  const V r = (e - k) * 0x1.62e42fefa39efp-1;
  return (1.0 + (r + (r * r) * exp_polynomial(r))) * power_of_two(k);
}

}  // namespace tegmenta::elementary::core
