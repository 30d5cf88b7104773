// Hot loops, written once and compiled once per instruction-set level (see CMakeLists.txt).
// Rules, because this file is built with flags that the host may lack: everything lives in an
// anonymous namespace, so that no weak symbol is emitted; only freestanding headers; no
// floating-point sum across lanes, no libm, no fused multiply-add.
#include "simd/kernels.h"

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/elementary_core.h"
#include "simd/dense_lanes.h"
#include "simd/gathered_lanes.h"
#include "simd/lanes.h"
#include "simd/mask_lanes.h"
#include "simd/poisson_lanes.h"
#include "simd/random_lanes.h"
#include "simd/visit_lanes.h"

#ifndef TEGMENTA_ISA
#error "TEGMENTA_ISA must be set by the build"
#endif

#define TEGMENTA_TEXT_OF(x) #x
#define TEGMENTA_TEXT(x) TEGMENTA_TEXT_OF(x)

namespace tegmenta {
namespace {

// --- inputs ------------------------------------------------------------------------------------

void take_counts(double* excitatory, double* inhibitory, const simd::CountedInput* rows,
                 int row_count, int n) {
  using H = std::uint16_t __attribute__((vector_size(2 * kWidth)));  // NOLINT
  for (int i = 0; i < n; i += kWidth) {
    V sums[2] = {V{}, V{}};
    for (int r = 0; r < row_count; ++r) {
      std::uint16_t* const at = rows[r].counts + i;
      H counts;
      std::memcpy(&counts, at, sizeof counts);
      const H none{};
      std::memcpy(at, &none, sizeof none);
      const V input =
          __builtin_convertvector(__builtin_convertvector(counts, J), V) * rows[r].weight;
      if (rows[r].excitatory) {
        sums[0] += input;
      } else {
        sums[1] += input;
      }
    }
    store(excitatory + i, sums[0]);
    store(inhibitory + i, sums[1]);
  }
}

void take_sums(double* __restrict__ out, double* __restrict__ sums, int n) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    out[i] += sums[i];
    sums[i] = 0;
  }
}

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

// --- delivery ----------------------------------------------------------------------------------

void deliver_counts(std::uint16_t* __restrict__ counts, const std::uint16_t* __restrict__ targets,
                    std::size_t n, std::uint16_t multiplicity) {
  for (std::size_t i = 0; i < n; ++i) {
    counts[targets[i]] = static_cast<std::uint16_t>(counts[targets[i]] + multiplicity);
  }
}

// What the sign bits of some weights are: 0 none, 1 all, 2 some.
template <typename Word>
TEGMENTA_INLINE int signs(const void* weights, std::size_t n) {
  constexpr std::size_t kWords = sizeof(U) / sizeof(Word);
  const auto* at = static_cast<const char*>(weights);
  U any{}, all = ~U{};
  std::size_t i = 0;
  for (; i + kWords <= n; i += kWords) {
    U words;
    std::memcpy(&words, at + i * sizeof(Word), sizeof words);
    any |= words;
    all &= words;
  }
  Word any_words[kWords], all_words[kWords];
  std::memcpy(any_words, &any, sizeof any);
  std::memcpy(all_words, &all, sizeof all);
  Word some = 0, every = static_cast<Word>(~Word{0});
  for (std::size_t k = 0; k < kWords; ++k) {
    some |= any_words[k];
    every &= all_words[k];
  }
  for (; i < n; ++i) {
    Word word;
    std::memcpy(&word, at + i * sizeof(Word), sizeof word);
    some |= word;
    every &= word;
  }
  constexpr int kSign = 8 * sizeof(Word) - 1;
  return some >> kSign == 0 ? 0 : every >> kSign != 0 ? 1 : 2;
}

// A run has one sign as a rule (Dale's law); it goes to one of the two then without asking at every
// synapse. A weight of 0 may go to either.
template <typename W>
TEGMENTA_INLINE void deliver(double* excitatory, double* inhibitory, const std::uint16_t* targets,
                             const W* weights, std::size_t n, double factor) {
  using Word = std::conditional_t<sizeof(W) == 4, std::uint32_t, std::uint64_t>;
  const int negative = signs<Word>(weights, n);
  if (negative != 2) {
    double* const sums = (negative == 0) == (factor > 0) ? excitatory : inhibitory;
    for (std::size_t i = 0; i < n; ++i) {
      sums[targets[i]] += static_cast<double>(weights[i]) * factor;
    }
    return;
  }
  double* const sums[2] = {inhibitory, excitatory};
  for (std::size_t i = 0; i < n; ++i) {
    const double w = static_cast<double>(weights[i]) * factor;
    sums[w > 0][targets[i]] += w;
  }
}

void deliver_float(double* excitatory, double* inhibitory, const std::uint16_t* targets,
                   const float* weights, std::size_t n, double factor) {
  deliver(excitatory, inhibitory, targets, weights, n, factor);
}

void deliver_double(double* excitatory, double* inhibitory, const std::uint16_t* targets,
                    const double* weights, std::size_t n, double factor) {
  deliver(excitatory, inhibitory, targets, weights, n, factor);
}

}  // namespace
}  // namespace tegmenta

// Files of rules open namespace tegmenta themselves; their visits must stay internal as well.
#define TEGMENTA_KERNEL_PASS
#include "models/synapses/vector_rules.h"

namespace tegmenta::simd::TEGMENTA_ISA {

// Every entry is the function of its own name: two of one type cannot change places.
#define TEGMENTA_KERNEL(name) .name = &name
#define TEGMENTA_KERNEL_FOR(number, name) .name##_##number = &name<number>

extern const Kernels table;
const Kernels table = {
    .name = TEGMENTA_TEXT(TEGMENTA_ISA),
    TEGMENTA_KERNEL(take_counts),
    TEGMENTA_KERNEL(take_sums),
    TEGMENTA_KERNEL(add_poisson),
    TEGMENTA_KERNEL(settle),
    TEGMENTA_KERNEL(poisson_halves),
    TEGMENTA_KERNEL(poisson_values),
    TEGMENTA_KERNEL(waves),
    TEGMENTA_KERNEL(add),
    TEGMENTA_KERNEL(normals),
    TEGMENTA_KERNEL(uniforms),
    TEGMENTA_KERNEL(exponentials),
    TEGMENTA_KERNEL(words),
    TEGMENTA_KERNEL(deliver_counts),
    TEGMENTA_KERNEL(add_masks),
    TEGMENTA_KERNEL(deliver_float),
    TEGMENTA_KERNEL(deliver_double),
    TEGMENTA_KERNEL(fill_gains),
    TEGMENTA_KERNEL(scale),
    TEGMENTA_KERNEL_FOR(double, visit_eligibility),
    TEGMENTA_KERNEL_FOR(float, visit_eligibility),
    TEGMENTA_KERNEL_FOR(double, visit_stdp),
    TEGMENTA_KERNEL_FOR(float, visit_stdp),
    TEGMENTA_KERNEL_FOR(double, visit_power_law),
    TEGMENTA_KERNEL_FOR(float, visit_power_law),
    TEGMENTA_KERNEL(facilitate_power_law),
    TEGMENTA_KERNEL(dense_forward),
    TEGMENTA_KERNEL(dense_pairings),
    TEGMENTA_KERNEL(trace_stdp_evolve),
    TEGMENTA_KERNEL(mstdpet_evolve),
    TEGMENTA_KERNEL(policy_gradient),
};

}  // namespace tegmenta::simd::TEGMENTA_ISA
