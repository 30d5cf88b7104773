// reward_transmitter: a reward for every step, the same for all synapses bound to it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/devices/device.h"

namespace tegmenta {

class RewardTransmitter final : public Device {
  TEGMENTA_PARAMETERS(reward, reward_times, reward_values, allow_offgrid_times)

 public:
  RewardTransmitter();
  static constexpr NodeRole kRole = NodeRole::kRewardTransmitter;
  NodeRole role() const override { return kRole; }
  // It is asked for its reward at every Prepare.
  bool planned() const override { return false; }
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<RewardTransmitter>(*this);
  }

  /// `reward` is the one in force.
  Result get(const std::string& key, const TimeGrid& grid, std::int64_t now) const override;
  void begin(std::int64_t now) noexcept override { line_.begin(now); }

  /// The reward of the step that ends at `step`.
  double reward_at(std::int64_t step) const { return line_.at(step); }
  /// How it changes after that step, as far as is known.
  std::vector<TimeLine::Change> changes_after(std::int64_t step) const {
    return line_.changes_after(step);
  }

 private:
  static const ModelDescription& describe_model();
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override;
  void on_change(const DeviceContext& context) noexcept override;

  TimeLine line_, next_line_;
  /// When `reward` was given last: from then on it holds, though the line changes a step later.
  std::int64_t set_at_ = 0, next_set_at_ = 0;
};

}  // namespace tegmenta
