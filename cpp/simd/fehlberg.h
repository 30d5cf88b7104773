// The Runge–Kutta–Fehlberg method 4(5): its tableau, and how sub-steps change with the error.
// Fehlberg (1969) NASA TR R-315, table III. See the rules in kernels.cc.
#pragma once

#include "base/elementary_core.h"
#include "simd/lanes.h"

namespace tegmenta {
namespace {

// By which slope, of those found so far, the solution moves to where the next one is taken; at
// which part of the sub-step that is; the slope of the whole sub-step, and the error of it.
namespace tableau {

constexpr double kSecondAt = 1.0 / 4, kThirdAt = 3.0 / 8, kFourthAt = 12.0 / 13, kFifthAt = 1,
                 kSixthAt = 1.0 / 2;

TEGMENTA_INLINE V second(V k1) { return 0.25 * k1; }
TEGMENTA_INLINE V third(V k1, V k2) { return 3.0 / 32 * k1 + 9.0 / 32 * k2; }
TEGMENTA_INLINE V fourth(V k1, V k2, V k3) {
  return 1932.0 / 2197 * k1 + -7200.0 / 2197 * k2 + 7296.0 / 2197 * k3;
}
TEGMENTA_INLINE V fifth(V k1, V k2, V k3, V k4) {
  return 8341.0 / 4104 * k1 + -32832.0 / 4104 * k2 + 29440.0 / 4104 * k3 + -845.0 / 4104 * k4;
}
TEGMENTA_INLINE V sixth(V k1, V k2, V k3, V k4, V k5) {
  return -6080.0 / 20520 * k1 + 41040.0 / 20520 * k2 + -28352.0 / 20520 * k3 + 9295.0 / 20520 * k4 +
         -5643.0 / 20520 * k5;
}
TEGMENTA_INLINE V whole(V k1, V k3, V k4, V k5, V k6) {
  return 902880.0 / 7618050 * k1 + 3953664.0 / 7618050 * k3 + 3855735.0 / 7618050 * k4 +
         -1371249.0 / 7618050 * k5 + 277020.0 / 7618050 * k6;
}
TEGMENTA_INLINE V error(V k1, V k3, V k4, V k5, V k6) {
  return 1.0 / 360 * k1 + -128.0 / 4275 * k3 + -2197.0 / 75240 * k4 + 1.0 / 50 * k5 + 2.0 / 55 * k6;
}

}  // namespace tableau

// Factor by which a sub-step changes, from the largest ratio of error to allowed error.
[[gnu::noinline]] V step_factor(V ratio) {
  const I shrinks = ratio > 1.1;
  const I grows = ratio < 0.5;
  // Below this 0.9 / ratio^(1/6) exceeds the limit of 5 in any case.
  const I grows_most = ratio < 3e-5;
  V wanted = splat(1);
  if (bits((shrinks | grows) & ~grows_most)) {
    const V bounded = select(ratio > 1e6, splat(1e6), ratio);  // 0.2 from 1845 on
    const V exponent = select(shrinks, splat(1.0 / 5), splat(1.0 / 6));
    wanted = splat(0.9) / elementary::core::pow_positive(bounded, exponent);
  }
  const V shorter = select(wanted > 0.2, wanted, splat(0.2));
  V longer = select(wanted > 1.0, wanted, splat(1));
  longer = select(longer < 5.0, longer, splat(5));
  const V grown = select(grows_most, splat(5), select(grows, longer, splat(1)));
  return select(shrinks, shorter, grown);
}

}  // namespace
}  // namespace tegmenta
