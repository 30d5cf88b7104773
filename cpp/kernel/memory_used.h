// Bytes that a network holds, counted.
#pragma once

#include <cstdint>

#include "network/network.h"

namespace tegmenta {

enum class Counted { kAll, kPlastic };

/// What holds the synapses between neurons; what is staged counts once it is laid out.
std::int64_t synapse_bytes(const Network& network, Counted counted = Counted::kAll);
/// What delivery reads of it when every source spikes once.
std::int64_t bytes_read(const Network& network);
/// Neurons and devices, with what recorders hold.
std::int64_t node_bytes(const Network& network);
/// Histories of spikes, modulators, tables.
std::int64_t plasticity_bytes(const Network& network);
/// Spikes under way.
std::int64_t calendar_bytes(const Network& network);

std::int64_t bytes_of(const Device& device);

/// Counts Network::bytes anew: after a layout, a run, or when recorders were cleared. In between,
/// what is created and connected adds to it.
void measure(Network& network) noexcept;

}  // namespace tegmenta
