// What a neuron's step is written with, once for a single neuron and for a vector of them: T is
// double or a vector of doubles, a comparison gives a bool or a mask. Freestanding: read by the
// files that are compiled once per instruction-set level.
#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>

#include "simd/inline.h"

namespace tegmenta {

/// a where the condition holds, else b.
template <typename Condition, typename T>
TEGMENTA_INLINE T select(Condition condition, T a, T b) {
  return condition ? a : b;
}

/// Whether a condition holds for some; `bits` of a mask is in lanes.h.
TEGMENTA_INLINE bool any(bool condition) { return condition; }

/// a and not b.
template <typename Mask>
TEGMENTA_INLINE Mask without(Mask a, Mask b) {
  return a & ~b;
}
TEGMENTA_INLINE bool without(bool a, bool b) { return a && !b; }

/// What neurons receive in a step.
template <typename T>
struct Input {
  T excitatory;  // sum of the weights > 0 of its events
  T inhibitory;  // of the others, ≤ 0
  bool has_current;
  T current;  // pA; only where there is one
  bool has_filtered;
  T filtered;  // pA; only where there is one
};

// --- refractoriness ----------------------------------------------------------------------------

/// Whether a potential fires.
struct AtThreshold {
  template <typename T>
  TEGMENTA_INLINE auto operator()(T v, T theta) const {
    return v >= theta;
  }
};

/// Threshold, reset and a potential x.v that is held for a whole number of steps after a spike;
/// moved: where it goes if it is free. Returns who fires.
template <typename State, typename Coefficients, typename T, typename Fires = AtThreshold>
TEGMENTA_INLINE auto held_for_steps(State& x, const Coefficients& c, T moved,
                                    const Fires& reaches = {}) {
  const auto free = x.refractory == 0.0;
  const T v = select(free, moved, x.v);
  const auto fires = reaches(v, c.theta);
  x.v = select(fires, c.reset, v);
  x.refractory = select(fires, c.refractory_steps, select(free, x.refractory, x.refractory - 1.0));
  return fires;
}

/// The potential of a neuron that is held for x.refractory ms: where it is, else `moved`.
template <typename State, typename T>
TEGMENTA_INLINE T unless_held(const State& x, T moved) {
  return select(x.refractory > 0.0, x.v, moved);
}

/// Threshold, reset and the count-down of x.refractory by the length of a step, in ms.
template <typename State, typename Coefficients, typename T>
TEGMENTA_INLINE auto held_for_time(State& x, const Coefficients& c, T v) {
  const T left = select(x.refractory > 0.0, x.refractory - c.step, x.refractory);
  const auto fires = (v >= c.theta) & (left <= 0.0);
  x.v = select(fires, c.reset, v);
  x.refractory = select(fires, c.refractory_time, left);
  return fires;
}

// --- structures of numbers as columns ----------------------------------------------------------

/// How many numbers a structure of doubles has; their columns stand in the order of its members.
template <typename Numbers>
inline constexpr std::size_t kColumnsOf =
    std::is_empty_v<Numbers> ? 0 : sizeof(Numbers) / sizeof(double);

template <typename Numbers, typename T, typename Read, std::size_t... k>
TEGMENTA_INLINE Numbers read_each(const Read& read, std::index_sequence<k...>) {
  static_assert(std::is_empty_v<Numbers> || sizeof(Numbers) == sizeof...(k) * sizeof(T));
  return Numbers{read(k)...};
}

template <typename T, typename Numbers, typename Write, std::size_t... k>
TEGMENTA_INLINE void write_each(const Numbers& numbers, const Write& write,
                                std::index_sequence<k...>) {
  static_assert(std::is_empty_v<Numbers> || sizeof(Numbers) == sizeof...(k) * sizeof(T));
  [[maybe_unused]] const auto member = [&](std::size_t at) __attribute__((always_inline)) {
    T value;
    std::memcpy(&value, reinterpret_cast<const char*>(&numbers) + at * sizeof(T), sizeof value);
    return value;
  };
  (write(k, member(k)), ...);
}

/// A structure of n numbers T, the k-th of which is read(k).
template <typename Numbers, typename T, std::size_t n, typename Read>
TEGMENTA_INLINE Numbers numbers_from(const Read& read) {
  return read_each<Numbers, T>(read, std::make_index_sequence<n>());
}

/// write(k, the k-th number) for each of the n numbers T of a structure.
template <typename T, std::size_t n, typename Numbers, typename Write>
TEGMENTA_INLINE void numbers_to(const Numbers& numbers, const Write& write) {
  write_each<T>(numbers, write, std::make_index_sequence<n>());
}

}  // namespace tegmenta
