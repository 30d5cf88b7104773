// All generators.
#pragma once

#include <memory>
#include <vector>

#include "models/devices/current_generators.h"
#include "models/devices/poisson_generators.h"
#include "models/devices/spike_source.h"

namespace tegmenta {

/// One of each, by model name.
std::vector<std::unique_ptr<Device>> make_stimulators();

// make_<model>(): one, as the model's file makes it.
#define TEGMENTA_DEVICE(model) std::unique_ptr<Device> make_##model();
#include "models/devices/stimulators.def"
#undef TEGMENTA_DEVICE

}  // namespace tegmenta
