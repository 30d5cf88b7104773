// All recorders.
#pragma once

#include <memory>
#include <vector>

#include "recording/recorder.h"
#include "recording/synapse_recorder.h"
#include "recording/weight_recorder.h"

namespace tegmenta {

/// One of each.
std::vector<std::unique_ptr<Device>> make_recorders();

// make_<model>(): one, as the model's file makes it.
#define TEGMENTA_DEVICE(model) std::unique_ptr<Device> make_##model();
#include "recording/recorders.def"
#undef TEGMENTA_DEVICE

}  // namespace tegmenta
