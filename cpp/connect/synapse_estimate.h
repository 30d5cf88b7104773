// How many synapses a pattern has: exactly where that takes no draws of pairs, else estimated, so
// that what cannot fit or would take hours is refused at once.
#pragma once

#include <cstdint>
#include <string>

#include "connect/projection.h"
#include "simd/kernels.h"

namespace tegmenta {

struct SynapseEstimate {
  double expected = 0;
  /// There are as many, but for a probability below 1e-12.
  double least = 0;
  /// Both are the number.
  bool exact = false;

  static SynapseEstimate exactly(std::uint64_t count) {
    return {static_cast<double>(count), static_cast<double>(count), true};
  }
  /// "1000 synapses", "About 1000 synapses".
  std::string text(const char* what) const;
};

/// Of all pairs that there can be, how many a pattern keeps.
double kept_share(const ConnectionPattern& c);

/// Draws a sample at most. Numbers that a rule does not allow count as the nearest that it does.
SynapseEstimate estimate_synapses(const ConnectionPattern& c, const simd::Kernels& kernels);

/// Whether making the synapses takes a draw for every pair of nodes.
bool draws_pairs(const ConnectionPattern& c);

/// Throws NotImplemented if going through all pairs would take hours.
void check_work(const ConnectionPattern& c, int threads);

}  // namespace tegmenta
