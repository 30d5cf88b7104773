// What a projection has one of: the receptor and the label of its synapses. Where they differ from
// synapse to synapse, a call is taken apart into projections of lists of pairs.
#pragma once

#include <cstdint>
#include <vector>

#include "connect/projection.h"
#include "network/network.h"

namespace tegmenta {

/// As they were given to Connect.
struct SharedKeys {
  Quantity receptor, label;
};

struct KeyedProjection {
  Projection projection;
  std::int64_t receptor;
};

/// The call itself, or one projection for each receptor and label that there are, with the same
/// synapses and the same values. Throws what parts_of does for the whole call, BadProperty or
/// TypeMismatch for numbers that were drawn, OutOfMemory.
std::vector<KeyedProjection> by_keys(const Network& net, Projection call, const SharedKeys& keys,
                                     bool make_symmetric);

}  // namespace tegmenta
