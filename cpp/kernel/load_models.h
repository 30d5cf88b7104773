// Models that are made of texts, in one network: they come beside the built-in ones.
#pragma once

#include <vector>

#include "compiled/code.h"
#include "compiled/synapse_code.h"
#include "network/network.h"

namespace tegmenta {

/// All of them, or none. With `replace` a model of the same kind that has no nodes or synapses may
/// make room for one of its name; copies of it stay what they are. Throws NewModelNameExists;
/// BadProperty where a code does not fit together, says what no model can, or has defaults that its
/// guards refuse; KernelException where there are too many models of synapses.
void load_models(Network& net, std::vector<compiled::Code> neurons,
                 std::vector<compiled::SynapseCode> synapses, bool replace);

/// Another network gets the models of texts that this one has under their own names, as they were
/// loaded: defaults that have changed since, and copies, are left behind.
void keep_loaded_models(const Network& from, Network& to);

}  // namespace tegmenta
