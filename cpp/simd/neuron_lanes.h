// The frame of the vectorised neuron updates: steps, vectors of lanes, spike masks. A model
// supplies what one vector does in one step. Part of kernels.cc: see the rules there.
#pragma once

#include <cstdint>

#include "base/elementary_core.h"
#include "simd/lanes.h"
#include "simd/neuron_block.h"

namespace tegmenta {
namespace {

// A coefficient as vectors: one value for the whole population, held in a register, or a column.
template <bool kUniform>
struct LaneValues;

template <>
struct LaneValues<true> {
  V value;
  TEGMENTA_INLINE LaneValues(const NeuronBlock& b, int c) : value(splat(b.coefficient[c][0])) {}
  TEGMENTA_INLINE V operator[](int) const { return value; }
  TEGMENTA_INLINE V operator[](const Indices&) const { return value; }
};

template <>
struct LaneValues<false> {
  const double* column;
  TEGMENTA_INLINE LaneValues(const NeuronBlock& b, int c) : column(b.coefficient[c]) {}
  TEGMENTA_INLINE V operator[](int lane) const { return load(column + lane); }
  TEGMENTA_INLINE V operator[](const Indices& lanes) const { return look_up(column, lanes); }
};

// What a block receives in one step; currents are null when it receives none.
struct StepInputs {
  const double* excitatory;
  const double* inhibitory;
  const double* current;
  const double* filtered;
};

TEGMENTA_INLINE StepInputs inputs_of(const NeuronBlock& b, int step) {
  const int at = step * b.input_stride;
  return {b.excitatory + at, b.inhibitory + at, b.current ? b.current + at : nullptr,
          b.filtered_current ? b.filtered_current + at : nullptr};
}

// Advances a block. Model<kUniform>(block) finds its columns and coefficients; its
// step(inputs, lane) advances the vector of lanes that begins at `lane`, and says which fire.
template <typename Model>
TEGMENTA_INLINE void advance_lanes(const NeuronBlock& b) {
  const Model model(b);
  for (int s = 0; s < b.steps; ++s) {
    const StepInputs inputs = inputs_of(b, s);
    std::uint8_t* fired = b.fired + s * b.fired_stride;
    for (int group = 0; group < b.lanes; group += kLaneGroup) {
      unsigned mask = 0;
      for (int j = 0; j < kLaneGroup; j += kWidth) {
        mask |= bits(model.step(inputs, group + j)) << j;
      }
      fired[group / kLaneGroup] = static_cast<std::uint8_t>(mask);
    }
  }
}

template <template <bool> class Model>
void advance(const NeuronBlock& b) {
  if (b.uniform) {
    advance_lanes<Model<true>>(b);
  } else {
    advance_lanes<Model<false>>(b);
  }
}

// Threshold and reset of a potential that is held for a whole number of steps after a spike.
template <bool kUniform>
struct HeldForSteps {
  double* v;
  double* left;  // steps
  LaneValues<kUniform> theta, reset, refractory;

  // moved: where the potential would go if it were free.
  TEGMENTA_INLINE I step(int i, V moved) const {
    const V r = load(left + i);
    const I free = r == splat(0);
    const V next = select(free, moved, load(v + i));
    const I fires = next >= theta[i];
    store(v + i, select(fires, reset[i], next));
    store(left + i, select(fires, refractory[i], select(free, r, r - splat(1))));
    return fires;
  }
};

// The same, held for a time that is counted down in milliseconds.
template <bool kUniform>
struct HeldForTime {
  double* v;
  double* left;  // ms
  LaneValues<kUniform> theta, reset, h, refractory;

  TEGMENTA_INLINE V unless_held(int i, V moved) const {
    return select(load(left + i) > splat(0), load(v + i), moved);
  }
  TEGMENTA_INLINE I step(int i, V next) const {
    const V r = load(left + i);
    const V rest = select(r > splat(0), r - h[i], r);
    const I fires = (next >= theta[i]) & (rest <= splat(0));
    store(v + i, select(fires, reset[i], next));
    store(left + i, select(fires, refractory[i], rest));
    return fires;
  }
};

int settle(double* states, int n, double least) {
  I odd{}, vanished{};
  for (int i = 0; i < n; i += kWidth) {
    const V x = load(states + i);
    const V size = elementary::core::absolute(x);
    odd |= ~(size < elementary::core::kInfinity);
    vanished |= (size < least) & (x != 0.0);
  }
  if (bits(vanished)) {
    for (int i = 0; i < n; i += kWidth) {
      const V x = load(states + i);
      store(states + i, select(elementary::core::absolute(x) < least, V{}, x));
    }
  }
  if (bits(odd) == 0) return n;
  int first = 0;
  while (__builtin_isfinite(states[first])) ++first;
  return first;
}

}  // namespace
}  // namespace tegmenta
