// All generators.
#pragma once

#include <memory>
#include <vector>

#include "models/devices/current_generators.h"
#include "models/devices/poisson_generators.h"
#include "models/devices/spike_generator.h"

namespace tegmenta {

/// One of each, by model name.
std::vector<std::unique_ptr<Device>> make_stimulators();

}  // namespace tegmenta
