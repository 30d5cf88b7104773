// One Connect of nodes of several kinds, taken apart: by the roles of both ends, as the table of
// pairs tells them apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "connect/connection_pairs.h"
#include "connect/projection.h"
#include "network/network.h"

namespace tegmenta {

/// What a call makes between nodes of one role and nodes of another.
struct ConnectPart {
  const ConnectionPair* pair;
  Projection projection;
};

/// The receptors that a neuron has for what comes.
struct ReceptorRange {
  int low, high;
  const std::vector<std::string>* names = nullptr;  // where they have some
};
ReceptorRange receptors_of(const NeuronModel& neuron, Receptors receptors);
/// Notes that spikes reach the ports of a neuron, if it has any.
void reach_ports(Projection& p, const NeuronModel& neuron);
/// Throws UnknownReceptorType.
void require_receptor(const std::string& model, ReceptorRange range, std::int64_t receptor);

/// The parts of a call, in order of the first nodes of each; nodes of one kind at both ends make
/// one part, which is the call itself. Throws where the table of pairs refuses one of them, or the
/// synapse model, the rule, its second half or the receptor.
std::vector<ConnectPart> parts_of(const Network& net, Projection call, bool make_symmetric,
                                  std::int64_t receptor);

}  // namespace tegmenta
