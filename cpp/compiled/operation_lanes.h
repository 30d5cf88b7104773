// The operations of compiled models, each over the lanes of a tile. Part of interpreter.cc: see the
// rules in simd/kernels.cc.
#pragma once

#include <cstdint>

#include "base/elementary.h"
#include "base/elementary_core.h"
#include "base/random.h"
#include "compiled/matrix_exponential.h"
#include "compiled/scalars.h"
#include "compiled/solver_lanes.h"
#include "compiled/tile_lanes.h"
#include "simd/drawn_lanes.h"
#include "simd/lanes.h"
#include "simd/philox_lanes.h"

namespace tegmenta {
namespace {

// Whole tiles without a loop: of short operations that would be half of the work.
template <typename Each>
TEGMENTA_INLINE void unrolled(const Tile& tile, const Each& each) {
  if (tile.lanes == kTileLanes) {
#pragma GCC unroll 32
    for (int k = 0; k < kTileLanes; k += kWidth) each(k);
  } else {
    for (int k = 0; k < tile.lanes; k += kWidth) each(k);
  }
}

template <typename Each>
TEGMENTA_INLINE void in_turn(const Tile& tile, const Each& each) {
#pragma GCC unroll 1
  for (int k = 0; k < tile.lanes; k += kWidth) each(k);
}

template <typename Of>
TEGMENTA_INLINE const Instruction* one_by_one(Tile& tile, const Instruction* i, int second,
                                              const Of& of) {
  const double *const a = tile.at[i->a], *const b = tile.at[second];
  double* const to = tile.at[i->result];
  for (int k = 0; k < tile.lanes; ++k) to[k] = of(a[k], b[k]);
  return i + 1;
}

using elementary::core::with_sign_of;

// The whole numbers about |a|; from 2^52 on there are no others.
TEGMENTA_INLINE V nearest(V size) { return select(size < 0x1p52, (size + 0x1p52) - 0x1p52, size); }
TEGMENTA_INLINE V below(V size) {
  const V whole = nearest(size);
  return select(whole > size, whole - 1.0, whole);
}
TEGMENTA_INLINE V floor_of(V a) {
  const V whole = with_sign_of(nearest(elementary::core::absolute(a)), a);
  return select(whole > a, whole - 1.0, whole);
}
// Of halves away from 0: what is left of a is exact.
TEGMENTA_INLINE V half_away(V a) {
  const V size = elementary::core::absolute(a);
  const V whole = below(size);
  return with_sign_of(select(size - whole >= 0.5, whole + 1.0, whole), a);
}

// Lanes that need more than the vectors' way are done one by one.
template <typename Of>
TEGMENTA_INLINE V sines(V a, const Of& of) {
  const auto found = elementary::core::sincos(a);
  V y = of(found);
  const I large = ~(elementary::core::absolute(a) <= elementary::core::kMaxReducedAngle);
  for (unsigned left = bits(large); left != 0; left &= left - 1) {
    const int k = __builtin_ctz(left);
    y[k] = of(elementary::detail::sincos_large(a[k]));
  }
  return y;
}

TEGMENTA_INLINE V power_of(V a, V b) {
  V y = elementary::core::pow_positive(a, b);
  const I usual = (a > 0.0) & (a < elementary::core::kInfinity) &
                  (elementary::core::absolute(b) < elementary::core::kInfinity);
  for (unsigned left = bits(~usual); left != 0; left &= left - 1) {
    const int k = __builtin_ctz(left);
    y[k] = elementary::pow(a[k], b[k]);
  }
  return y;
}

constexpr auto kSine = [](const auto& y) __attribute__((always_inline)) { return y.sin; };
constexpr auto kCosine = [](const auto& y) __attribute__((always_inline)) { return y.cos; };
constexpr auto kTangent = [](const auto& y)
                              __attribute__((always_inline)) { return y.sin / y.cos; };

TEGMENTA_INLINE std::uint32_t seed_of(const Tile& tile) {
  return tile.draws != nullptr ? tile.draws->seed : tile.run->block->seed;
}

// The words of a draw: named by seed, site, ordinal, and node and step or what else names lanes.
TEGMENTA_INLINE PhiloxLanes drawn_words(const Tile& tile, V ordinal, int site, int k) {
  ordinal = select(ordinal >= 0.0, ordinal, V{});
  ordinal = select(ordinal < 0x1p32, ordinal, splat(0x1p32 - 1));
  PhiloxLanes words;
  words.c0 = reinterpret_cast<U>(ordinal + 0x1p52) & splat_u(0xffffffffu);
  if (tile.draws != nullptr) {
    for (int j = 0; j < kWidth; ++j) {
      words.c1[j] = tile.draws->first[k + j];
      words.c2[j] = tile.draws->second[k + j];
      words.c3[j] = tile.draws->third[k + j];
    }
  } else {
    const NeuronBlock& b = *tile.run->block;
    for (int j = 0; j < kWidth; ++j) words.c1[j] = static_cast<std::uint64_t>(j);
    words.c1 += splat_u(b.first_node + static_cast<std::uint32_t>(tile.first_lane + k));
    words.c2 = splat_u(static_cast<std::uint32_t>(tile.step));
    words.c3 = splat_u(static_cast<std::uint32_t>(static_cast<std::uint64_t>(tile.step) >> 32));
  }
  philox<1>(
      &words, seed_of(tile),
      static_cast<std::uint32_t>(Purpose::kCompiled) << 24 | static_cast<std::uint32_t>(site));
  return words;
}

template <typename Number>
TEGMENTA_INLINE const Instruction* draw_each(Tile& tile, const Instruction* i) {
  const double* const ordinal = tile.at[i->a];
  double* const to = tile.at[i->result];
  in_turn(tile, [&](int k) __attribute__((always_inline)) {
    store(to + k, Number::of(drawn_words(tile, load(ordinal + k), i->b, k)));
  });
  return i + 1;
}

namespace operations {

// NOLINTBEGIN(bugprone-macro-parentheses): the results are whole expressions.
#define TEGMENTA_OF_ONE(name, loop, of_a)                     \
  const Instruction* name(Tile& tile, const Instruction* i) { \
    const double* const from = tile.at[i->a];                 \
    double* const to = tile.at[i->result];                    \
    loop(tile, [&](int k) __attribute__((always_inline)) {    \
      const V a = load(from + k);                             \
      store(to + k, of_a);                                    \
    });                                                       \
    return i + 1;                                             \
  }
#define TEGMENTA_OF_TWO(name, loop, of_a_b)                                   \
  const Instruction* name(Tile& tile, const Instruction* i) {                 \
    const double *const first = tile.at[i->a], *const second = tile.at[i->b]; \
    double* const to = tile.at[i->result];                                    \
    loop(tile, [&](int k) __attribute__((always_inline)) {                    \
      const V a = load(first + k), b = load(second + k);                      \
      store(to + k, of_a_b);                                                  \
    });                                                                       \
    return i + 1;                                                             \
  }
#define TEGMENTA_OF_THREE(name, loop, of_a_b_c)                               \
  const Instruction* name(Tile& tile, const Instruction* i) {                 \
    const double *const first = tile.at[i->a], *const second = tile.at[i->b]; \
    const double* const third = tile.at[i->c];                                \
    double* const to = tile.at[i->result];                                    \
    loop(tile, [&](int k) __attribute__((always_inline)) {                    \
      const V a = load(first + k), b = load(second + k), c = load(third + k); \
      store(to + k, of_a_b_c);                                                \
    });                                                                       \
    return i + 1;                                                             \
  }
#define TEGMENTA_OF_NUMBER(name, of_a)                                                       \
  const Instruction* name(Tile& tile, const Instruction* i) {                                \
    return one_by_one(tile, i, i->a,                                                         \
                      [](double a, double) __attribute__((always_inline)) { return of_a; }); \
  }
#define TEGMENTA_OF_NUMBERS(name, of_a_b)                                                        \
  const Instruction* name(Tile& tile, const Instruction* i) {                                    \
    return one_by_one(tile, i, i->b,                                                             \
                      [](double a, double b) __attribute__((always_inline)) { return of_a_b; }); \
  }
// NOLINTEND(bugprone-macro-parentheses)

// --- arithmetic --------------------------------------------------------------------------------

TEGMENTA_OF_ONE(copy, unrolled, a)
TEGMENTA_OF_TWO(add, unrolled, a + b)
TEGMENTA_OF_TWO(subtract, unrolled, a - b)
TEGMENTA_OF_TWO(multiply, unrolled, a* b)
TEGMENTA_OF_TWO(divide, unrolled, a / b)
TEGMENTA_OF_THREE(multiply_add, unrolled, a* b + c)
TEGMENTA_OF_ONE(negate, unrolled, -a)
TEGMENTA_OF_ONE(absolute, unrolled, elementary::core::absolute(a))
TEGMENTA_OF_ONE(square_root, unrolled, tegmenta::square_root(a))
TEGMENTA_OF_TWO(least, unrolled, minimum(b, a))
TEGMENTA_OF_TWO(greatest, unrolled, maximum(b, a))

// --- whole numbers -----------------------------------------------------------------------------

TEGMENTA_OF_ONE(round_down, unrolled, floor_of(a))
TEGMENTA_OF_ONE(round_up, unrolled, -floor_of(-a))
TEGMENTA_OF_ONE(round_half_away, unrolled, half_away(a))
TEGMENTA_OF_ONE(truncate, unrolled, with_sign_of(below(elementary::core::absolute(a)), a))
TEGMENTA_OF_NUMBERS(remainder, compiled::remainder(a, b))

// --- masks -------------------------------------------------------------------------------------

TEGMENTA_OF_TWO(less, unrolled, as_numbers(a < b))
TEGMENTA_OF_TWO(less_or_equal, unrolled, as_numbers(a <= b))
TEGMENTA_OF_TWO(equal, unrolled, as_numbers(a == b))
TEGMENTA_OF_TWO(not_equal, unrolled, as_numbers(a != b))
TEGMENTA_OF_TWO(both, unrolled, as_numbers(as_mask(a) & as_mask(b)))
TEGMENTA_OF_TWO(either, unrolled, as_numbers(as_mask(a) | as_mask(b)))
TEGMENTA_OF_TWO(without, unrolled, as_numbers(as_mask(a) & ~as_mask(b)))
TEGMENTA_OF_ONE(invert, unrolled, as_numbers(~as_mask(a)))
TEGMENTA_OF_THREE(select, unrolled, tegmenta::select(as_mask(a) < 0, b, c))
TEGMENTA_OF_ONE(to_mask, unrolled, as_numbers(a != 0.0))
TEGMENTA_OF_ONE(to_number, unrolled, tegmenta::select(as_mask(a) < 0, splat(1), V{}))

// --- elements ----------------------------------------------------------------------------------

const Instruction* load_at(Tile& tile, const Instruction* i) {
  const double* const element = tile.at[i->b];
  double* const to = tile.at[i->result];
  const int last = i->c - 1;
  for (int k = 0; k < tile.lanes; ++k) {
    const double e = element[k];
    const int nearest = !(e > 0) ? 0 : e < last ? static_cast<int>(e) : last;
    to[k] = tile.at[i->a + nearest][k];
  }
  return i + 1;
}

const Instruction* store_at(Tile& tile, const Instruction* i) {
  const double *const element = tile.at[i->a], *const values = tile.at[i->b];
  for (int k = 0; k < tile.lanes; ++k) {
    const double e = element[k];
    if (e >= 0 && e < i->c) tile.at[i->result + static_cast<int>(e)][k] = values[k];
  }
  return i + 1;
}

// Lanes have mostly the same matrices: one is worked out where the last one was another.
const Instruction* matrix_exponential(Tile& tile, const Instruction* i) {
  const int n = i->b, size = n * n;
  double *const given = tile.matrices, *const e = given + size, *const room = e + size;
  bool known = false;
  for (int k = 0; k < tile.lanes; ++k) {
    if ((tile.real >> k & 1) == 0) continue;
    bool same = known;
    for (int j = 0; j < size; ++j) {
      const double x = tile.at[i->a + j][k];
      same = same && given[j] == x;
      given[j] = x;
    }
    if (!same) compiled::matrix_exponential(given, n, e, room);
    known = true;
    for (int j = 0; j < size; ++j) tile.at[i->result + j][k] = e[j];
  }
  return i + 1;
}

// --- functions ---------------------------------------------------------------------------------

TEGMENTA_OF_ONE(exponential, in_turn, elementary::core::exp(a))
TEGMENTA_OF_ONE(exponential_minus_1, in_turn, elementary::core::expm1(a))
TEGMENTA_OF_ONE(logarithm, in_turn, elementary::core::log(a))
TEGMENTA_OF_ONE(logarithm_10, in_turn, elementary::core::log10(a))
TEGMENTA_OF_TWO(power, in_turn, power_of(a, b))
TEGMENTA_OF_ONE(sine, in_turn, sines(a, kSine))
TEGMENTA_OF_ONE(cosine, in_turn, sines(a, kCosine))
TEGMENTA_OF_ONE(tangent, in_turn, sines(a, kTangent))
TEGMENTA_OF_ONE(hyperbolic_sine, in_turn, elementary::core::sinh(a))
TEGMENTA_OF_ONE(hyperbolic_cosine, in_turn, elementary::core::cosh(a))
TEGMENTA_OF_ONE(hyperbolic_tangent, in_turn, elementary::core::tanh(a))
TEGMENTA_OF_NUMBER(error_function, elementary::erf(a))
TEGMENTA_OF_NUMBER(complementary_error_function, elementary::erfc(a))

// --- bits --------------------------------------------------------------------------------------

TEGMENTA_OF_NUMBERS(bits_and, compiled::bits_and(a, b))
TEGMENTA_OF_NUMBERS(bits_or, compiled::bits_or(a, b))
TEGMENTA_OF_NUMBERS(bits_exclusive_or, compiled::bits_exclusive_or(a, b))
TEGMENTA_OF_NUMBER(bits_not, compiled::bits_not(a))
TEGMENTA_OF_NUMBERS(shift_left, compiled::shift_left(a, b))
TEGMENTA_OF_NUMBERS(shift_right, compiled::shift_right(a, b))

#undef TEGMENTA_OF_ONE
#undef TEGMENTA_OF_TWO
#undef TEGMENTA_OF_THREE
#undef TEGMENTA_OF_NUMBER
#undef TEGMENTA_OF_NUMBERS

// --- random numbers ----------------------------------------------------------------------------

const Instruction* normal(Tile& tile, const Instruction* i) { return draw_each<Normal>(tile, i); }
const Instruction* uniform(Tile& tile, const Instruction* i) { return draw_each<Uniform>(tile, i); }

const Instruction* poisson(Tile& tile, const Instruction* i) {
  const double *const ordinal = tile.at[i->a], *const mean = tile.at[i->c];
  double* const to = tile.at[i->result];
  for (int k = 0; k < tile.lanes; k += kWidth) {
    const PhiloxLanes drawn = drawn_words(tile, load(ordinal + k), i->b, k);
    V numbers{};
    for (int j = 0; j < kWidth; ++j) {
      if ((tile.real >> (k + j) & 1) == 0) continue;
      const std::uint32_t words[4] = {
          static_cast<std::uint32_t>(drawn.c0[j]), static_cast<std::uint32_t>(drawn.c1[j]),
          static_cast<std::uint32_t>(drawn.c2[j]), static_cast<std::uint32_t>(drawn.c3[j])};
      numbers[j] = compiled::poisson_number(seed_of(tile), words, mean[k + j]);
    }
    store(to + k, numbers);
  }
  return i + 1;
}

// --- control -----------------------------------------------------------------------------------

const Instruction* skip_unless_any(Tile& tile, const Instruction* i) {
  const bool any = (set_lanes(tile.at[i->a], tile.lanes) & tile.real) != 0;
  return any ? i + 1 : i + 1 + i->result;
}

const Instruction* loop_while_any(Tile& tile, const Instruction* i) {
  const std::uint64_t asks = set_lanes(tile.at[i->a], tile.lanes) & tile.real;
  for (std::uint64_t left = asks; left != 0; left &= left - 1) {
    const int k = __builtin_ctzll(left);
    if (++tile.rounds[k] <= tile.patience.rounds) continue;
    tile.failure.note(NeuronFailure::kEndless, k);
    tile.real &= ~(std::uint64_t{1} << k);
  }
  return (asks & tile.real) != 0 ? i - i->result : i + 1;
}

const Instruction* integrate(Tile& tile, const Instruction* i) {
  integrate_system(tile, i->result, tile.at[i->a]);
  return i + 1;
}

const Instruction* fail(Tile& tile, const Instruction* i) {
  const std::uint64_t where = set_lanes(tile.at[i->a], tile.lanes) & tile.real;
  if (where != 0) {
    tile.failure.note(NeuronFailure::kStated, __builtin_ctzll(where), i->result);
  }
  return i + 1;
}

}  // namespace operations

constexpr Handler kHandlers[compiled::kOperations] = {
#define TEGMENTA_OPERATION(name, operands, meaning) &operations::name,
#include "compiled/operations.def"
#undef TEGMENTA_OPERATION
};

void execute(Tile& tile, const Instruction* first, const Instruction* last) {
  while (first < last) first = kHandlers[static_cast<int>(first->operation)](tile, first);
}

}  // namespace
}  // namespace tegmenta
