// A number for the state of a network.
#pragma once

#include <cstdint>

#include "network/network.h"

namespace tegmenta {

/// Of networks in the same state it is the same, on every machine, at every instruction set and
/// however a run was split: what happens next is the same, too. Threads count, because synapses lie
/// by partitions. What is staged is laid out before it is looked at; nothing else changes. What
/// recorders hold belongs to the state.
std::uint64_t digest_of(Network& network);

}  // namespace tegmenta
