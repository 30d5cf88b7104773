// reward_transmitter: a reward for every step, the same for all synapses bound to it.
#pragma once

#include <cstdint>
#include <vector>

#include "models/devices/device.h"
#include "plasticity/modulator.h"

namespace tegmenta {

class RewardTransmitter final : public Device {
 public:
  RewardTransmitter();
  DeviceKind kind() const override { return DeviceKind::kRewardTransmitter; }
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<RewardTransmitter>(*this);
  }

  /// The reward of the step that ends at `step`.
  double reward_at(std::int64_t step) const;
  /// How it changes after that step, as far as is known.
  std::vector<Modulator::Change> changes_after(std::int64_t step) const;

 private:
  static const ModelDescription& describe_model();
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override;
  void on_change(const DeviceContext& context) noexcept override;

  std::vector<Modulator::Change> line_;  // the first from the beginning of time on
  std::vector<Modulator::Change> next_line_;
};

}  // namespace tegmenta
