// What receptor ports are used by: they cannot go as long as something is.
#pragma once

#include "network/network.h"

namespace tegmenta {

/// Throws BadProperty where something reaches, or records, a port of these neurons that they will
/// not have as `next`.
void require_unused_ports(const Network& net, const Population& population,
                          const NeuronModel& next);

}  // namespace tegmenta
