// The frame of the vectorised updates of neurons with receptor ports, and with normal numbers that
// are drawn for each neuron and step. Part of neuron_kernels.cc: see the rules in kernels.cc.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/lanes.h"
#include "simd/neuron_block.h"
#include "simd/neuron_lanes.h"
#include "simd/normal_words.h"
#include "simd/philox_lanes.h"

namespace tegmenta {
namespace {

// What normal_pair does for two vectors of neurons: words of the first are the even ones.
struct TwoVectors {
  using Words = W;
  using Floats = float __attribute__((vector_size(8 * kWidth)));  // NOLINT
  static TEGMENTA_INLINE Floats as_floats(Words bits) { return reinterpret_cast<Floats>(bits); }
  static TEGMENTA_INLINE Words as_words(Floats x) { return reinterpret_cast<Words>(x); }
  static TEGMENTA_INLINE Floats to_floats(Words integer) {
    using Integers = std::int32_t __attribute__((vector_size(8 * kWidth)));  // NOLINT
    return __builtin_convertvector(reinterpret_cast<Integers>(integer), Floats);
  }
  static TEGMENTA_INLINE Floats square_root(Floats x) {
#if defined(__AVX512F__)
    return reinterpret_cast<Floats>(
        _mm512_maskz_sqrt_ps(static_cast<__mmask16>(-1), reinterpret_cast<__m512>(x)));
#elif defined(__AVX2__)
    return reinterpret_cast<Floats>(_mm256_sqrt_ps(reinterpret_cast<__m256>(x)));
#elif defined(__SSE2__)
    return reinterpret_cast<Floats>(_mm_sqrt_ps(reinterpret_cast<__m128>(x)));
#else
    Floats root;
    for (int i = 0; i < 2 * kWidth; ++i) root[i] = __builtin_sqrtf(x[i]);
    return root;
#endif
  }
};

// The low halves of 64-bit words, as the floats that they are.
TEGMENTA_INLINE V low_floats(U words) {
  using Half = std::uint32_t __attribute__((vector_size(4 * kWidth)));  // NOLINT
  return __builtin_convertvector(reinterpret_cast<F>(__builtin_convertvector(words, Half)), V);
}

// What is drawn for the lanes from `lane` on, and for those kNormalHalf behind them.
struct DrawnLanes {
  NormalPair<V> lower{}, upper{};
};

template <int kBlocks>
TEGMENTA_INLINE void draw_lanes(DrawnLanes* drawn, const NeuronBlock& b, std::uint32_t key,
                                int step, const int* lanes) {
  U identity{};
  for (int i = 0; i < kWidth; ++i) identity[i] = static_cast<std::uint64_t>(i);
  const auto at = static_cast<std::uint64_t>(b.first_step + step);
  PhiloxLanes blocks[kBlocks];
  for (int k = 0; k < kBlocks; ++k) {
    blocks[k] = {U{}, splat_u(b.first_node + static_cast<std::uint32_t>(lanes[k])) + identity,
                 splat_u(at & 0xffffffffu), splat_u(at >> 32)};
  }
  philox<kBlocks>(blocks, b.seed, key);
  const U word = splat_u(0xffffffffu);
  const auto both = [&](U lower, U upper) __attribute__((always_inline)) {
    return reinterpret_cast<W>((lower & word) | (upper << 32));
  };
  for (int k = 0; k < kBlocks; ++k) {
    const PhiloxLanes& words = blocks[k];
    const auto pair = normal_pair<TwoVectors>(both(words.c0, words.c2), both(words.c1, words.c3));
    const U first = reinterpret_cast<U>(pair.first), second = reinterpret_cast<U>(pair.second);
    drawn[k] = {{low_floats(first), low_floats(second)},
                {low_floats(first >> 32), low_floats(second >> 32)}};
  }
}

// The ports of some lanes in a step.
template <typename Model, bool kUniform>
struct PortLanes {
  using State = typename Model::template PortState<V>;
  using Coefficients = typename Model::template PortCoefficients<V>;
  static constexpr std::size_t kStates = kColumnsOf<typename Model::template PortState<double>>;
  static constexpr std::size_t kCoefficients =
      kColumnsOf<typename Model::template PortCoefficients<double>>;

  const NeuronBlock& b;
  double* const* first_state;
  const double* const* first_coefficient;
  int step, lane;

  template <typename F>
  TEGMENTA_INLINE void each(const F& f) const {
    double* const* state = first_state;
    const double* const* coefficient = first_coefficient;
    const double* input = b.port_input + step * b.input_stride + lane;
    for (int k = 0; k < b.ports; ++k) {
      auto port = numbers_from<State, V, kStates>(
          [&](std::size_t c) __attribute__((always_inline)) { return load(state[c] + lane); });
      const auto own = numbers_from<Coefficients, V, kCoefficients>(
          [&](std::size_t c) __attribute__((always_inline)) {
            return kUniform ? splat(*coefficient[c]) : load(coefficient[c] + lane);
          });
      f(port, own, load(input));
      numbers_to<V, kStates>(port, [&](std::size_t c, V value) __attribute__((always_inline)) {
        store(state[c] + lane, value);
      });
      state += kStates;
      coefficient += kCoefficients;
      input += b.port_stride;
    }
  }
};

template <typename Model, bool kUniform>
class WithPorts {
  using State = typename Model::template State<V>;
  static constexpr std::size_t kStates = kColumnsOf<typename Model::template State<double>>;
  static constexpr std::size_t kCoefficients =
      kColumnsOf<typename Model::template Coefficients<double>>;
  using Coefficients =
      LaneCoefficients<typename Model::template Coefficients<V>, kCoefficients, kUniform>;

 public:
  TEGMENTA_INLINE explicit WithPorts(const NeuronBlock& block)
      : b_(block),
        coefficients_(block),
        draws_(kUniform && any(Model::draws(coefficients_.at(0)))) {
    for (std::size_t k = 0; k < kStates; ++k) column_[k] = b_.state[k];
  }

  TEGMENTA_INLINE void advance() const {
    constexpr int kUnits = kNormalHalf / kWidth;  // of a group: vectors, each with one behind it
    const int units = (b_.lanes + kNormalGroup - 1) / kNormalGroup * kUnits;
    const auto lane_of = [](int unit) {
      return unit / kUnits * kNormalGroup + unit % kUnits * kWidth;
    };
    for (int s = 0; s < b_.steps; ++s) {
      std::uint8_t* const fired = b_.fired + s * b_.fired_stride;
      int unit = 0;
      for (; unit + 1 < units; unit += 2) {
        const int lanes[] = {lane_of(unit), lane_of(unit + 1)};
        DrawnLanes drawn[2];
        if (draws(lanes[0]) || draws(lanes[1]))
          draw_lanes<2>(drawn, b_, Model::kNormalKey, s, lanes);
        advance_unit(s, lanes[0], drawn[0], fired);
        advance_unit(s, lanes[1], drawn[1], fired);
      }
      if (unit == units) continue;
      const int lane = lane_of(unit);
      DrawnLanes drawn;
      if (draws(lane)) draw_lanes<1>(&drawn, b_, Model::kNormalKey, s, &lane);
      advance_unit(s, lane, drawn, fired);
    }
  }

 private:
  TEGMENTA_INLINE bool has_upper(int lane) const {
    return lane / kNormalGroup * kNormalGroup + kNormalHalf < b_.lanes;
  }
  TEGMENTA_INLINE bool draws(int lane) const {
    if constexpr (kUniform) return draws_;
    return any(Model::draws(coefficients_.at(lane))) ||
           (has_upper(lane) && any(Model::draws(coefficients_.at(lane + kNormalHalf))));
  }

  /// A vector and the one kNormalHalf behind it.
  TEGMENTA_INLINE void advance_unit(int s, int lane, const DrawnLanes& drawn,
                                    std::uint8_t* fired) const {
    note(fired, lane, step(s, lane, drawn.lower));
    if (!has_upper(lane)) return;
    note(fired, lane + kNormalHalf, step(s, lane + kNormalHalf, drawn.upper));
  }
  /// The first of a group of lanes begins anew.
  TEGMENTA_INLINE static void note(std::uint8_t* fired, int lane, unsigned who) {
    const int shift = lane % kLaneGroup;
    std::uint8_t& byte = fired[lane / kLaneGroup];
    byte = static_cast<std::uint8_t>(shift == 0 ? who : byte | who << shift);
  }

  /// Who fires of some lanes.
  TEGMENTA_INLINE unsigned step(int s, int lane, const NormalPair<V>& drawn) const {
    auto x = numbers_from<State, V, kStates>(
        [&](std::size_t k) __attribute__((always_inline)) { return load(column_[k] + lane); });
    const double* const current = b_.current ? b_.current + s * b_.input_stride + lane : nullptr;
    const Input<V> in{V{}, V{}, current != nullptr, current ? load(current) : V{}, false, V{}};
    const PortLanes<Model, kUniform> ports{b_, b_.state + kStates, b_.coefficient + kCoefficients,
                                           s, lane};
    const I fires = Model::step(x, coefficients_.at(lane), in, ports, drawn);
    numbers_to<V, kStates>(x, [&](std::size_t k, V value) __attribute__((always_inline)) {
      store(column_[k] + lane, value);
    });
    return bits(fires);
  }

  const NeuronBlock& b_;
  Coefficients coefficients_;
  bool draws_;
  double* column_[kStates];
};

template <typename Model>
void advance_with_ports(const NeuronBlock& b) {
  if (b.uniform) {
    WithPorts<Model, true>(b).advance();
  } else {
    WithPorts<Model, false>(b).advance();
  }
}

}  // namespace
}  // namespace tegmenta
