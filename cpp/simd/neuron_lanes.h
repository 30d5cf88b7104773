// The frame of the vectorised neuron updates: steps, vectors of lanes, spike masks. A model
// supplies its step. Part of neuron_kernels.cc: see the rules in kernels.cc.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/lanes.h"
#include "simd/neuron_block.h"
#include "simd/neuron_step.h"

namespace tegmenta {
namespace {

// Loaded once, however often it is used: GCC would rather load it again.
TEGMENTA_INLINE V load_once(const double* p) {
  V v = load(p);
#if defined(__SSE2__)
  __asm__("" : "+v"(v));
#endif
  return v;
}

// n coefficients as vectors: one value each for the whole population, held in registers, or a
// column each.
template <typename Coefficients, std::size_t n, bool kUniform>
struct LaneCoefficients;

template <typename Coefficients, std::size_t n>
struct LaneCoefficients<Coefficients, n, true> {
  Coefficients values;
  TEGMENTA_INLINE explicit LaneCoefficients(const NeuronBlock& b)
      : values(numbers_from<Coefficients, V, n>([&](std::size_t k) __attribute__((always_inline)) {
          return splat(b.coefficient[k][0]);
        })) {}
  template <typename At>
  TEGMENTA_INLINE const Coefficients& at(const At&) const {
    return values;
  }
};

template <typename Coefficients, std::size_t n>
struct LaneCoefficients<Coefficients, n, false> {
  const double* column[n];
  TEGMENTA_INLINE explicit LaneCoefficients(const NeuronBlock& b) {
    for (std::size_t k = 0; k < n; ++k) column[k] = b.coefficient[k];
  }
  template <typename At>
  TEGMENTA_INLINE Coefficients at(const At& lanes) const {
    return numbers_from<Coefficients, V, n>(
        [&](std::size_t k) __attribute__((always_inline)) { return load_at(column[k], lanes); });
  }
};

// What a block receives in one step; currents are null when it receives none.
struct StepInputs {
  const double* excitatory;
  const double* inhibitory;
  const double* current;
  const double* filtered;

  TEGMENTA_INLINE StepInputs(const NeuronBlock& b, int step)
      : excitatory(b.excitatory + step * b.input_stride),
        inhibitory(b.inhibitory + step * b.input_stride),
        current(b.current ? b.current + step * b.input_stride : nullptr),
        filtered(b.filtered_current ? b.filtered_current + step * b.input_stride : nullptr) {}

  template <bool kCurrent, typename At>
  TEGMENTA_INLINE Input<V> at(const At& lanes) const {
    return {load_at(excitatory, lanes),
            load_at(inhibitory, lanes),
            kCurrent,
            kCurrent ? load_at(current, lanes) : V{},
            filtered != nullptr,
            filtered ? load_at(filtered, lanes) : V{}};
  }
  template <typename At>
  TEGMENTA_INLINE Input<V> at(const At& lanes) const {
    return current ? at<true>(lanes) : at<false>(lanes);
  }
};

// Advances a block by Model::step.
template <typename Model, bool kUniform, bool kCurrent>
TEGMENTA_INLINE void advance_lanes(const NeuronBlock& b) {
  using State = typename Model::template State<V>;
  constexpr std::size_t kStates = kColumnsOf<typename Model::template State<double>>;
  constexpr std::size_t kCoefficients = kColumnsOf<typename Model::template Coefficients<double>>;
  double* column[kStates];
  for (std::size_t k = 0; k < kStates; ++k) column[k] = b.state[k];
  const LaneCoefficients<typename Model::template Coefficients<V>, kCoefficients, kUniform>
      coefficients(b);
  for (int s = 0; s < b.steps; ++s) {
    const StepInputs inputs(b, s);
    std::uint8_t* fired = b.fired + s * b.fired_stride;
    for (int group = 0; group < b.lanes; group += kLaneGroup) {
      unsigned mask = 0;
      for (int j = 0; j < kLaneGroup; j += kWidth) {
        const int i = group + j;
        auto x = numbers_from<State, V, kStates>(
            [&](std::size_t k) __attribute__((always_inline)) { return load_once(column[k] + i); });
        const I fires = Model::step(x, coefficients.at(i), inputs.template at<kCurrent>(i));
        numbers_to<V, kStates>(x, [&](std::size_t k, V value) __attribute__((always_inline)) {
          store(column[k] + i, value);
        });
        mask |= bits(fires) << j;
      }
      fired[group / kLaneGroup] = static_cast<std::uint8_t>(mask);
    }
  }
}

template <typename Model>
void advance(const NeuronBlock& b) {
  if (b.uniform) {
    b.current ? advance_lanes<Model, true, true>(b) : advance_lanes<Model, true, false>(b);
  } else {
    b.current ? advance_lanes<Model, false, true>(b) : advance_lanes<Model, false, false>(b);
  }
}

}  // namespace
}  // namespace tegmenta
