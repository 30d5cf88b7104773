#include "base/nearest_exp.h"

#include <cmath>

#include "base/elementary.h"

namespace tegmenta {

namespace {

using Pair = elementary::core::Pair<double>;
using elementary::core::fast_sum;
using elementary::core::product;

// To about 104 bits; of operands none of which cancels the other.
Pair sum(const Pair& a, const Pair& b) {
  const bool a_first = std::abs(a.high) >= std::abs(b.high);
  const Pair& large = a_first ? a : b;
  const Pair& small = a_first ? b : a;
  const Pair s = fast_sum(large.high, small.high);
  return fast_sum(s.high, s.low + (large.low + small.low));
}

Pair times(const Pair& a, const Pair& b) {
  const Pair p = product(a.high, b.high);
  return fast_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

}  // namespace

double nearest_exp(double x) {
  // log 2 in three parts; multiples of the first are exact.
  constexpr double kLog2High = 0x1.62e42fee00000p-1;
  constexpr double kLog2Middle = 0x1.a39ef35793c76p-33;
  constexpr double kLog2Low = 0x1.cc01f97b57a08p-87;
  constexpr int kHalvings = 8;
  constexpr int kTerms = 9;
  const double plain = elementary::exp(x);
  // Subnormal results would be rounded twice.
  if (!std::isfinite(plain) || plain < 0x1p-1000 || x == 0) return plain;
  // e^x = 2^n e^r, |r| ≤ log(2) / 2.
  const double n = std::floor(x / (kLog2High + kLog2Middle) + 0.5);
  const Pair middle = product(-n, kLog2Middle);
  Pair r = sum({x - n * kLog2High, 0}, {middle.high, middle.low - n * kLog2Low});
  const double scale = std::ldexp(1.0, -kHalvings);
  r = {r.high * scale, r.low * scale};
  // e^r − 1 = r (1 + r/2 (1 + r/3 (…))), and (e^r)² − 1 = 2 (e^r − 1) + (e^r − 1)².
  Pair series{1, 0};
  for (int k = kTerms; k >= 2; --k) {
    const Pair product_of_terms = times(series, r);
    const double quotient = product_of_terms.high / k;
    const Pair back = product(quotient, static_cast<double>(k));
    const double rest = ((product_of_terms.high - back.high) - back.low + product_of_terms.low) / k;
    series = sum({1, 0}, fast_sum(quotient, rest));
  }
  Pair less_one = times(series, r);
  for (int i = 0; i < kHalvings; ++i) {
    less_one = sum({2 * less_one.high, 2 * less_one.low}, times(less_one, less_one));
  }
  const Pair result = sum({1, 0}, less_one);
  return std::ldexp(result.high, static_cast<int>(n));
}

}  // namespace tegmenta
