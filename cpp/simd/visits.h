// What the vectorised visits of plastic rows are given, and what they give back. Plain data only:
// read by kernels.cc. The rules themselves: plasticity/visit.h.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tegmenta::simd {

/// What most visits need of a target neuron, half a cache line.
struct alignas(32) PostHead {
  std::int32_t stamp[4];  // its last four spikes, latest first, relative to an epoch
  double trace[2];        // K− right after the last and the one before
};

/// With more post spikes in a window, vectors leave a synapse to the caller.
inline constexpr unsigned kPostSpikesOfVectors = 3;

/// What synapses keep becomes 0 below this in magnitude, long before it is a denormal number; where
/// it is stored in 32 bits, below the second.
inline constexpr double kLeastDouble = 1e-150, kLeastFloat = 1e-30;
/// Weights that grow by a power of themselves keep what they can.
inline constexpr double kLeastNormalDouble = 0x1p-1022, kLeastNormalFloat = 0x1p-126;

/// Stamp of a spike that never was; differences with any other stamp still fit in 32 bits.
inline constexpr std::int32_t kNeverFired = -(1 << 30);

/// The post spikes that count in a visit: after < stamp ≤ after + length.
struct PostWindow {
  const PostHead* heads;
  const double* decay;  // of K−, by elapsed step
  std::int32_t decay_size;
  std::int32_t after;
  std::int32_t length;
  std::int32_t before;  // K− counts spikes before this step of the window: length, or length + 1
};

/// Where the next run to be visited begins: fetched while this one ends.
struct NextRun {
  const std::uint16_t* targets;
  const char* weights;
  const char* extra;
};

/// A visit of three-factor synapses. In closed form
///     w += c·H + Σ gains[2p] − last·depression·K−,   c = c·E + Σ gains[2p + 1] − depression·K−
/// over the post spikes p of the window, latest first.
struct EligibilityVisit {
  PostWindow posts;
  NextRun next;
  const double* gains;  // pairs by step of the window, from 0 (which is 0) to length
  double H, E;
  double reach;  // bound of the change of weight by unit eligibility over the window
  double gain;   // bound of the change of c by one post spike
  double Wmin, Wmax;
  double depression;
  double last;    // change of weight by unit eligibility that enters with the presynaptic spike
  double spikes;  // multiplicity of the presynaptic spike
  bool spike;     // false: a flush
};

/// A visit of synapses whose change depends on their weight: pair by pair.
struct PairVisit {
  PostWindow posts;
  NextRun next;
  const double* trace;  // K+ by step of the window
  double lambda, alpha, mu_plus, mu_minus, Wmax;
  double least;  // weights (of STDP in units of Wmax) that are depressed below it become 0
  int spikes;    // multiplicity of the presynaptic spike, 0: a flush
};

/// One post spike each for some synapses of different numbers: w = weights[at[k]] becomes
///     w + lambda·w^mu·gains[k]
struct PowerLawPosts {
  double lambda, mu;
  double* weights;
  const std::uint32_t* at;
  const double* gains;
  std::size_t n;
};

/// One stretch of a window in which all tables are contiguous:
///     gain = Kplus·decay[k];  gains[2k] = gain·(growth[k]·(tail − prefix[k]));
///     gains[2k + 1] = gain·eligibility[−k]
struct GainStretch {
  double* gains;
  const double* decay;
  const double* growth;
  const double* prefix;
  const double* eligibility;  // read backwards
  double Kplus;
  double tail;
  std::size_t n;
};

// Visits bring the synapses [0, n) up to date and write what they transmit to `sent`. They leave
// alone, and list in `left`, those that need a longer look: more post spikes in the window than the
// head knows, a bound within reach, K− from very long ago. Return value: how many those are.
template <typename T>
using EligibilityKernel = std::size_t (*)(const EligibilityVisit& visit,
                                          const std::uint16_t* targets, T* weights, T* eligibility,
                                          double* sent, std::size_t n, std::uint32_t* left);
template <typename T>
using PairKernel = std::size_t (*)(const PairVisit& visit, const std::uint16_t* targets, T* weights,
                                   double* sent, std::size_t n, std::uint32_t* left);

}  // namespace tegmenta::simd
