// The table of hot loops. One exists per instruction-set level, all compiled from kernels.cc, all
// giving the same bits. Plain data only: read by kernels.cc.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/dense.h"
#include "simd/neuron_block.h"
#include "simd/streams.h"
#include "simd/visits.h"

namespace tegmenta::simd {

/// Poisson counts for lanes of one population in some steps of one rate (see poisson_lanes.h).
struct PoissonLanes {
  /// Lanes that share Philox blocks.
  static constexpr int kGroup = 64;
  /// As many halves are looked up at once.
  static constexpr int kHalvesTogether = 32;

  std::uint32_t seed;
  std::uint32_t key_high;    // purpose and multapse ordinal, of the words' upper halves
  std::uint32_t key_lower;   // of the lower ones
  std::uint32_t population;  // ID of the population's first node
  std::uint32_t connection;  // ordinal of the Connect call
  std::uint32_t stamp_low;   // low word of the stamp of the first step
  const std::uint32_t* thresholds;
  int threshold_count;
  /// Upper halves of the first thresholds, by count: halves[c] is that of the threshold which a
  /// word with count c has reached last, halves[0] that of the first. kHalvesTogether at least.
  const std::uint16_t* halves;
  int usual_count;         // thresholds among them that a word in ten thousand reaches
  std::uint32_t smallest;  // count below the first threshold
  double weight;
  int stride;  // from step to step of the output
};

/// Connections of Poisson generators in a step: of each, what Philox made of all but its stamp.
struct PoissonHalves {
  std::uint32_t seed;
  std::uint32_t key_high;  // purpose and multapse ordinal
  std::uint32_t population;
  std::uint32_t arrival;  // low word; connection i has the stamp arrival − delay[i]
  const std::uint32_t* delay;
  bool one_delay;  // all are the same
  /// PhiloxBegun, by connection.
  const std::uint32_t* begun[4];
  /// Which half of which word: the bits to shift the product of the last round by, + kLateWords
  /// for words 2 and 3.
  const std::uint32_t* half;
  static constexpr std::uint32_t kLateWords = 64;
};

/// Thresholds of Poisson counts, one column a connection.
struct PoissonColumns {
  const std::uint16_t* halves;      // of the words
  const std::uint16_t* thresholds;  // their upper halves, row by row; 65535 where there are fewer
  std::size_t stride;               // from row to row
  int rows;
  const std::uint16_t* usual;     // counts that more thresholds decide
  const std::uint16_t* smallest;  // count
  const double* weight;
};

/// offset + amplitude sin(omega t + phi), times a weight, by source.
struct Waves {
  const double *offset, *amplitude, *omega, *phi, *weight;
  const double* own_time;  // null: t
  double t;
  const double* one_sine;  // null: sources have sines of their own
};

/// Connections that gathered kernels take at a time: they read and write up to a multiple of it.
constexpr std::size_t kGatheredTogether = 32;

/// Counts of spikes, by slot, that arrive through synapses of one weight.
struct CountedInput {
  std::uint16_t* counts;
  double weight;
  bool excitatory;
};

struct Kernels {
  const char* name;

  /// excitatory[i] and inhibitory[i], for i < n, a multiple of 8: the sums over the rows of one
  /// kind, in order, of counts[i] · weight. counts[i] = 0.
  void (*take_counts)(double* excitatory, double* inhibitory, const CountedInput* rows,
                      int row_count, int n);
  /// out[i] += sums[i], sums[i] = 0.
  void (*take_sums)(double* out, double* sums, int n);
  /// out[s · stride + i] += weight · (Poisson count of lane first_lane + i in step s), for the
  /// lanes of `groups` groups; first_lane is a multiple of the group. Returns how many of the
  /// (step, group), in order, were added: all, or those before one with a lane in the last cell of
  /// the table, whose counts the caller has to draw lane by lane.
  int (*add_poisson)(double* out, const PoissonLanes& p, std::uint32_t first_lane, int groups,
                     int steps);
  /// Sets states below `least` in magnitude to 0. Returns the first that is not finite, or n if all
  /// are; n is a multiple of kLaneGroup.
  int (*settle)(double* states, int n, double least);
  /// halves[i] = the upper half of the word of connection i.
  void (*poisson_halves)(std::uint16_t* halves, const PoissonHalves& p, std::size_t n);
  /// values[i] = weight times count of connection i, 0 where the upper half does not decide: there
  /// open[i] is 65535, else 0. Returns whether any is open.
  bool (*poisson_values)(double* values, std::uint16_t* open, const PoissonColumns& p,
                         std::size_t n);
  /// Values of waves whose angles are at most core::kMaxReducedAngle.
  void (*waves)(double* values, const Waves& w, std::size_t n);
  /// out[i] += values[i], n of them exactly.
  void (*add)(double* out, const double* values, std::size_t n);
  /// out[i] = RandomStream::normal() of stream i, with its bits.
  void (*normals)(double* out, const Streams& streams, std::size_t n);
  /// The same for uniform01() and exponential().
  void (*uniforms)(double* out, const Streams& streams, std::size_t n);
  void (*exponentials)(double* out, const Streams& streams, std::size_t n);
  /// The words of blocks first_block … first_block + blocks − 1, `blocks` a multiple of 8: of every
  /// eight blocks their first words, then their second, third and fourth.
  void (*words)(std::uint32_t* out, const LongStream& stream, std::uint32_t first_block,
                std::size_t blocks);

  /// counts[targets[i]] += multiplicity. Equal targets may be adjacent.
  void (*deliver_counts)(std::uint16_t* counts, const std::uint16_t* targets, std::size_t n,
                         std::uint16_t multiplicity);
  /// counts[i] += number of the masks that have bit i; n ≤ 15 masks of `words` 64-bit words, a
  /// multiple of 8.
  void (*add_masks)(std::uint16_t* counts, const std::uint64_t* const* masks, int n,
                    std::size_t words);
  /// Adds weights[i] · factor to the excitatory (weight > 0) or inhibitory sum of targets[i].
  void (*deliver_float)(double* excitatory, double* inhibitory, const std::uint16_t* targets,
                        const float* weights, std::size_t n, double factor);
  void (*deliver_double)(double* excitatory, double* inhibitory, const std::uint16_t* targets,
                         const double* weights, std::size_t n, double factor);

  // Visits of plastic rows, and the tables they look up.
  void (*fill_gains)(const GainStretch& stretch);
  /// out[k] = factor · in[k].
  void (*scale)(double* out, const double* in, double factor, std::size_t n);
  EligibilityKernel<double> visit_eligibility_double;
  EligibilityKernel<float> visit_eligibility_float;
  PairKernel<double> visit_stdp_double;
  PairKernel<float> visit_stdp_float;
  PairKernel<double> visit_power_law_double;
  PairKernel<float> visit_power_law_float;
  void (*facilitate_power_law)(const PowerLawPosts& posts);

  // Dense weight matrices.
  void (*dense_forward)(const DenseForward& forward);
  void (*dense_pairings)(const DensePairings& pairings);
  void (*trace_stdp_evolve)(const TraceStdpStep& step);
  void (*mstdpet_evolve)(const MstdpetStep& step);
  void (*policy_gradient)(const PolicyGradientStep& step);
};

}  // namespace tegmenta::simd
