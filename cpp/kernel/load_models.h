// Models that are made of texts, in one network: they come beside the built-in ones.
#pragma once

#include <string>
#include <vector>

#include "compiled/code.h"
#include "network/network.h"

namespace tegmenta {

/// All of them, or none. With `replace` a neuron model that has no nodes may make room for one of
/// its name; copies of it stay what they are. Throws NewModelNameExists; BadProperty where a code
/// does not fit together, says what no model can, or has defaults that its guards refuse.
void load_models(Network& net, std::vector<compiled::Code> codes, bool replace);

/// Another network gets the models of texts that this one has under their own names, as they were
/// loaded: defaults that have changed since, and copies, are left behind.
void keep_loaded_models(const Network& from, Network& to);

}  // namespace tegmenta
