// What a node is in a connection, and to whoever makes time pass.
#pragma once

#include <cstdint>

namespace tegmenta {

enum class NodeRole : std::uint8_t {
  kNeuron,
  kSpikeSource,        // sends spikes at times that are known beforehand
  kPoissonSource,      // sends spikes drawn for every target
  kCurrentSource,      // sends a current
  kSpikeSink,          // keeps the spikes that it receives
  kSampler,            // asks the nodes that it is connected to for their states
  kWeightRecorder,     // keeps the weights that a synapse model transmits
  kSynapseRecorder,    // asks synapses for their states
  kVolumeTransmitter,  // spikes that reach it are dopamine
  kRewardTransmitter,  // its reward reaches all synapses of a model
};
inline constexpr int kNodeRoles = static_cast<int>(NodeRole::kRewardTransmitter) + 1;

}  // namespace tegmenta
