// A number for the state of a network.
#pragma once

#include <cstdint>

#include "network/network.h"

namespace tegmenta {

/// Of networks in the same state it is the same, on every machine, at every instruction set and
/// however a run was split: what happens next is the same, too. Threads count, because synapses lie
/// by partitions. Synapses are laid out, and brought to the present, before they are looked at.
/// What recorders hold belongs to it.
std::uint64_t digest_of(Network& network);

}  // namespace tegmenta
