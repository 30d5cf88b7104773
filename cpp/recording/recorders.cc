#include "recording/recorders.h"

namespace tegmenta {

std::vector<std::unique_ptr<Device>> make_recorders() {
  std::vector<std::unique_ptr<Device>> devices;
#define TEGMENTA_DEVICE(model) devices.push_back(make_##model());
#include "recording/recorders.def"
#undef TEGMENTA_DEVICE
  return devices;
}

}  // namespace tegmenta
