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

/// Bytes held by one of the parts; what is staged counts once it is laid out.
std::int64_t bytes_of(const Population& population);
std::int64_t bytes_of(const Device& device);
std::int64_t bytes_of(const GeneratorList& list);

/// Counts Network::bytes anew: after a layout, a run, or when recorders were cleared. In between,
/// what is created and connected adds to it.
void measure(Network& network) noexcept;

}  // namespace tegmenta
