// Bytes that a network holds, counted.
#pragma once

#include <cstdint>

#include "network/network.h"

namespace tegmenta {

enum class Counted { kAll, kPlastic };

/// What holds the synapses between neurons.
std::int64_t synapse_bytes(const Network& network, Counted counted = Counted::kAll);
/// What delivery reads of it when every source spikes once.
std::int64_t bytes_read(const Network& network);

}  // namespace tegmenta
