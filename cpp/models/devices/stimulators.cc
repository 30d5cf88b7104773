#include "models/devices/stimulators.h"

namespace tegmenta {

std::vector<std::unique_ptr<Device>> make_stimulators() {
  std::vector<std::unique_ptr<Device>> devices;
#define TEGMENTA_DEVICE(model) devices.push_back(make_##model());
#include "models/devices/stimulators.def"
#undef TEGMENTA_DEVICE
  return devices;
}

}  // namespace tegmenta
