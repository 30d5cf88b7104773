// The neuron models there are.
#pragma once

#include <memory>
#include <vector>

#include "models/neuron_model.h"

namespace tegmenta {

/// One of each, named, in alphabetical order.
std::vector<std::unique_ptr<NeuronModel>> make_neuron_models();

}  // namespace tegmenta
