#include "models/devices/stimulators.h"

#include "models/devices/noise_generator.h"
#include "models/devices/reward_transmitter.h"

namespace tegmenta {

std::vector<std::unique_ptr<Device>> make_stimulators() {
  std::vector<std::unique_ptr<Device>> devices;
  devices.push_back(make_ac_generator());
  devices.push_back(make_dc_generator());
  devices.push_back(make_inhomogeneous_poisson_generator());
  devices.push_back(make_noise_generator());
  devices.push_back(make_poisson_generator());
  devices.push_back(std::make_unique<RewardTransmitter>());
  devices.push_back(std::make_unique<SpikeGenerator>());
  devices.push_back(make_step_current_generator());
  return devices;
}

}  // namespace tegmenta
