#pragma once

#include <memory>

#include "models/devices/device.h"

namespace tegmenta {

std::unique_ptr<Device> make_noise_generator();

}  // namespace tegmenta
