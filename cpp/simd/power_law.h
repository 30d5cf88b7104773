// How a weight changes by a pair of spikes whose effect depends on a power of the weight, once for
// a single synapse and for a vector of them: T is double or a vector of doubles. Freestanding: read
// by the files that are compiled once per instruction-set level.
#pragma once

#include "simd/neuron_step.h"

namespace tegmenta {

/// u: the weight in units of the largest; k: the trace of the other side; power(x): x^mu. What is
/// not below the largest becomes the largest, a NaN of a weight beyond it too.
template <typename T, typename Power>
TEGMENTA_INLINE T facilitated(T u, T k, double lambda, const Power& power) {
  const T x = u + lambda * power(1.0 - u) * k;
  return select(x < 1.0, x, T{} + 1.0);
}

/// The same; what is not above `least`, or a NaN, becomes 0, and what is beyond all numbers the
/// largest.
template <typename T, typename Power>
TEGMENTA_INLINE T depressed(T u, T k, double lambda, double alpha, double least,
                            const Power& power) {
  const T x = u - alpha * lambda * power(u) * k;
  return select(x > least, select(x < __builtin_inf(), x, T{} + 1.0), T{});
}

}  // namespace tegmenta
