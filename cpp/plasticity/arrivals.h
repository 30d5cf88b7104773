// What visits of synapses that pair at the arrival of spikes are told besides.
#pragma once

#include <cstdint>

#include "plasticity/source_train.h"

namespace tegmenta {

/// The times of such a visit (VisitRow::from, until) are those at the target: a spike is there one
/// delay after its stamp.
struct Arrivals {
  const SourceTrain::Seen& seen;
  std::int64_t created;      // when the synapses were made
  std::int64_t posts_after;  // post spikes in (posts_after, posts_until] are to be paired
  std::int64_t posts_until;
};

}  // namespace tegmenta
