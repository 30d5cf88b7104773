// Hot loops, written once and compiled once per instruction-set level (see CMakeLists.txt).
// Rules, because this file is built with flags that the host may lack: everything lives in an
// anonymous namespace, so that no weak symbol is emitted; only freestanding headers; no
// floating-point sum across lanes, no libm, no fused multiply-add.
#include "simd/kernels.h"

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "simd/lanes.h"
#include "simd/mask_lanes.h"
#include "simd/neuron_lanes.h"
#include "simd/random_lanes.h"
#include "simd/rkf45_lanes.h"
#include "simd/visit_lanes.h"

#ifndef TEGMENTA_ISA
#error "TEGMENTA_ISA must be set by the build"
#endif

#define TEGMENTA_TEXT_OF(x) #x
#define TEGMENTA_TEXT(x) TEGMENTA_TEXT_OF(x)

namespace tegmenta {
namespace {

// --- inputs ------------------------------------------------------------------------------------

void take_counts(double* __restrict__ out, std::uint16_t* __restrict__ counts, double weight,
                 int n) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    out[i] += static_cast<double>(static_cast<std::int32_t>(counts[i])) * weight;
    counts[i] = 0;
  }
}

void take_sums(double* __restrict__ out, double* __restrict__ sums, int n) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    out[i] += sums[i];
    sums[i] = 0;
  }
}

// Adds one to the count of every word that has reached a threshold.
TEGMENTA_INLINE void count(W& counts, W words, const std::uint32_t* thresholds, int from, int to) {
  for (int k = from; k < to; ++k) counts = add_where_reached(counts, words, thresholds[k]);
}

// Counts of lanes base … base + 8 · kBlocks · (words of a block) − 1 to `drawn`, and whether one is
// in the last cell. j: first lane of the vector within its group of 8.
template <int kBlocks>
TEGMENTA_INLINE bool draw_groups(double* drawn, const simd::PoissonLanes& p,
                                 std::uint32_t first_lane, int j, int usual) {
  const U identity = [] {
    U v{};
    for (int i = 0; i < kWidth; ++i) v[i] = static_cast<std::uint64_t>(i);
    return v;
  }();
  PhiloxLanes blocks[kBlocks];
  for (int b = 0; b < kBlocks; ++b) {
    const std::uint64_t block = first_lane / 4 + static_cast<unsigned>(8 * b + j);
    blocks[b] = {splat_u(block) + identity, splat_u(p.stamp_low), splat_u(p.population),
                 splat_u(p.connection)};
  }
  philox<kBlocks>(blocks, p.seed, p.key_high);
  const U low = splat_u(0xffffffffu);
  bool last = false;
  for (int b = 0; b < kBlocks; ++b) {
    // Two words to a lane.
    const PhiloxLanes& words = blocks[b];
    const W word[2] = {reinterpret_cast<W>((words.c0 & low) | (words.c1 << 32)),
                       reinterpret_cast<W>((words.c2 & low) | (words.c3 << 32))};
    W counts[2] = {W{}, W{}};
    for (int k = 0; k < 2; ++k) count(counts[k], word[k], p.thresholds, 0, usual);
    // Only few words reach the thresholds of the tail.
    if (reached(word[0], p.thresholds[usual - 1]) || reached(word[1], p.thresholds[usual - 1])) {
      for (int k = 0; k < 2; ++k) {
        count(counts[k], word[k], p.thresholds, usual, p.threshold_count);
        last |= reached(word[k], p.thresholds[p.threshold_count - 1]);
      }
    }
    for (int k = 0; k < 2; ++k) {
      const U both = reinterpret_cast<U>(counts[k]);
      store(drawn + 32 * b + 16 * k + j, to_double(both & low));
      store(drawn + 32 * b + 16 * k + 8 + j, to_double(both >> 32));
    }
  }
  return last;
}

bool add_poisson(double* __restrict__ out, const simd::PoissonLanes& p, std::uint32_t first_lane,
                 int n) {
  // Counts first, then one decision, so that a rare last cell leaves `out` untouched.
  double drawn[kMostBlockLanes];
  const int usual = p.usual_count;
  bool last = false;
  for (int base = 0; base < n;) {
    const std::uint32_t from = first_lane + static_cast<std::uint32_t>(base);
    const int groups = n - base > 32 ? 2 : 1;
    for (int j = 0; j < kLaneGroup; j += kWidth) {
      last |= groups == 2 ? draw_groups<2>(drawn + base, p, from, j, usual)
                          : draw_groups<1>(drawn + base, p, from, j, usual);
    }
    base += 32 * groups;
  }
  if (last) return false;
  const double smallest = p.smallest;
  for (int i = 0; i < n; ++i) out[i] += (drawn[i] + smallest) * p.weight;
  return true;
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

// Model files open namespace tegmenta themselves; their updates must stay internal as well.
#define TEGMENTA_KERNEL_PASS
#include "models/neurons/vector_models.h"

namespace tegmenta::simd::TEGMENTA_ISA {

extern const Kernels table;
const Kernels table = {
    TEGMENTA_TEXT(TEGMENTA_ISA),
    &take_counts,
    &take_sums,
    &add_poisson,
    &normals,
    &deliver_counts,
    &add_masks,
    &deliver_float,
    &deliver_double,
    &fill_gains,
    &scale,
    &visit_dopamine<double>,
    &visit_dopamine<float>,
    &visit_stdp<double>,
    &visit_stdp<float>,
    &visit_power_law<double>,
    &visit_power_law<float>,
#define TEGMENTA_NEURON(model) &model##_update,
#define TEGMENTA_SCALAR_NEURON(model)
#include "models/neurons.def"
#undef TEGMENTA_NEURON
#undef TEGMENTA_SCALAR_NEURON
};

}  // namespace tegmenta::simd::TEGMENTA_ISA
