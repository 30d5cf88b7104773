// reward_transmitter: a reward for every step, the same for all synapses bound to it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/devices/device_of.h"

namespace tegmenta {

class RewardTransmitter final : public DeviceOf<RewardTransmitter, Device> {
 public:
  static constexpr const char* kName = "reward_transmitter";
  static constexpr ModelKind kKind = ModelKind::kStimulator;
  static constexpr const char* kSummary =
      "A reward for every step, handed to the synapses bound to it.";
  static constexpr const char* kSource = "Florian (2007) Neural Comput 19:1468";

  struct Parameters : DeviceValues {
    double reward;
    std::vector<double> reward_times, reward_values;
    bool allow_offgrid_times;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::reward>{
          .description =
              "Reward of every step from now on, until the first of reward_times; given alone, it "
              "replaces what is left of the time line. Reads as the reward in force."},
      DeviceField<&Parameters::reward_times>{
          .unit = "ms",
          .range = Range::positive(),
          .description =
              "Absolute times: the value of that place holds for the step that ends there and "
              "later. Those that are not later than now are passed over; until the first that is, "
              "the reward in force stays."},
      DeviceField<&Parameters::reward_values>{.description = "Rewards, one a time."},
      tegmenta::allow_offgrid_times<Parameters>(),
  };

  static constexpr NodeRole kRole = NodeRole::kRewardTransmitter;
  NodeRole role() const override { return kRole; }
  // It is asked for its reward at every Prepare.
  bool planned() const override { return false; }
  void check(Parameters& next, const GivenParameters& given, const DeviceContext& context);

  /// `reward` is the one in force.
  Result get(const std::string& key, const TimeGrid& grid, std::int64_t now) const override;
  void begin(std::int64_t now) noexcept override { line_.begin(now); }
  void restart(const TimeGrid& grid, bool keep_events) override;
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    Device::state_fields(self, visit);
    visit("line", self.line_);
    visit("set_at", self.set_at_);
  }

  /// The reward of the step that ends at `step`.
  double reward_at(std::int64_t step) const { return line_.at(step); }
  /// How it changes after that step, as far as is known.
  std::vector<TimeLine::Change> changes_after(std::int64_t step) const {
    return line_.changes_after(step);
  }

 private:
  void on_change(const DeviceContext& context) noexcept override;

  TimeLine line_, next_line_;
  /// When `reward` was given last: from then on it holds, though the line changes a step later.
  std::int64_t set_at_ = 0, next_set_at_ = 0;
};

}  // namespace tegmenta
