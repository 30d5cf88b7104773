#pragma once

#include <numbers>

#include "base/elementary_core.h"

/// Elementary functions that give the same bits on every machine with IEEE arithmetic: the C
/// library's differ between processors and versions, and results must not. Errors are at most
/// 2 ulp over the whole range, of tan 2.5; infinities, NaN and signed zeros follow IEEE 754
/// (section 9.2). Vectors of doubles: simd/elementary_lanes.h.
namespace tegmenta::elementary {

constexpr double kTwoPi = 2 * std::numbers::pi;

using core::SinCos;

/// e^x.
inline double exp(double x) { return core::exp(x); }

/// e^x - 1.
inline double expm1(double x) { return core::expm1(x); }

/// Natural logarithm.
inline double log(double x) { return core::log(x); }

/// log(1 + x).
inline double log1p(double x) { return core::log1p(x); }

namespace detail {
/// Sine and cosine where |x| exceeds core::kMaxReducedAngle, infinite or NaN.
SinCos<double> sincos_large(double x);
}  // namespace detail

/// Sine and cosine of an angle in radians, of any size.
inline SinCos<double> sincos(double x) {
  if (core::absolute(x) <= core::kMaxReducedAngle) return core::sincos(x);
  return detail::sincos_large(x);
}

inline double sin(double x) { return sincos(x).sin; }
inline double cos(double x) { return sincos(x).cos; }
inline double tan(double x) {
  const SinCos<double> y = sincos(x);
  return y.sin / y.cos;
}

/// Base-10 logarithm.
inline double log10(double x) { return core::log10(x); }

inline double sinh(double x) { return core::sinh(x); }
inline double cosh(double x) { return core::cosh(x); }
inline double tanh(double x) { return core::tanh(x); }

/// The error function, and 1 - erf(x).
double erf(double x);
double erfc(double x);

/// x^y with the special cases of IEEE 754: pow(x, 0) = pow(1, y) = 1 even for NaN, a negative x
/// with a y that is no integer gives NaN, and so on.
double pow(double x, double y);

/// x^y for a finite y, at a third of the cost, for numbers of moderate size, weights say: within
/// 2 + 2 |y log2 x| ulp where x is positive and finite and the result not extreme, pow() elsewhere.
inline double plain_pow(double x, double y) {
  const double e = core::plain_exponent(x, y);
  return core::has_plain_pow(x, e) ? core::plain_exp2(e) : pow(x, y);
}

}  // namespace tegmenta::elementary
