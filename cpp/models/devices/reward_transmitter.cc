#include "models/devices/reward_transmitter.h"

#include <utility>

namespace tegmenta {

const ModelDescription& RewardTransmitter::describe_model() {
  static const auto* const d = new ModelDescription{
      "reward_transmitter",
      ModelKind::kStimulator,
      "A reward for every step, handed to the synapses bound to it.",
      "Florian (2007) Neural Comput 19:1468",
      {{"reward", ParameterType::kDouble, "", 0, Range::finite(), Role::kParameter,
        "Reward of every step from now on, until the first of reward_times; given alone, it "
        "replaces what is left of the time line. Reads as the reward in force."},
       {"reward_times", ParameterType::kDoubles, "ms", 0, Range::positive(), Role::kParameter,
        "Absolute times: the value of that place holds for the step that ends there and later. "
        "Those that are not later than now are passed over; until the first that is, the reward "
        "in force stays.",
        "[]"},
       {"reward_values", ParameterType::kDoubles, "", 0, Range::finite(), Role::kParameter,
        "Rewards, one a time.", "[]"},
       {"allow_offgrid_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
        "Round times between grid points up instead of refusing them."}},
      {}};
  return *d;
}

RewardTransmitter::RewardTransmitter() : Device(describe_model()) {}

void RewardTransmitter::validate(DeviceParameters& next, const std::vector<bool>& changed,
                                 const DeviceContext& context) {
  const std::vector<TimeLine::Change> changes = checked_changes(
      {Parameter::reward_times, Parameter::reward_values, Parameter::allow_offgrid_times}, next,
      changed, *context.grid);
  next_line_ = line_;
  next_set_at_ = set_at_;
  if (!changed[Parameter::reward] && !changed[Parameter::reward_times]) return;
  if (!changed[Parameter::reward_times]) {
    next.array[Parameter::reward_times].clear();
    next.array[Parameter::reward_values].clear();
  }
  // Of the past only what holds now is still asked for.
  next_line_.forget_before(context.now);
  if (changed[Parameter::reward] || set_at_ == context.now) {
    next_set_at_ = context.now;
    next_line_.replace(context.now, next.number[Parameter::reward], changes);
  } else {
    next_line_.replace(context.now, changes);
  }
}

void RewardTransmitter::on_change(const DeviceContext&) noexcept {
  std::swap(line_, next_line_);
  set_at_ = next_set_at_;
}

Result RewardTransmitter::get(const std::string& key, const TimeGrid& grid,
                              std::int64_t now) const {
  if (key != "reward" || set_at_ == now) return Device::get(key, grid, now);
  return {line_.at(now)};
}

}  // namespace tegmenta
