#include "models/devices/reward_transmitter.h"

#include <algorithm>
#include <limits>

namespace tegmenta {

namespace {
enum RewardTransmitterParameter { kReward, kTimes, kValues, kOffgrid };
constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();
}  // namespace

const ModelDescription& RewardTransmitter::describe_model() {
  static const auto* const d = new ModelDescription{
      "reward_transmitter",
      ModelKind::kStimulator,
      "A reward for every step, handed to the synapses bound to it.",
      "Florian (2007) Neural Comput 19:1468",
      {{"reward", ParameterType::kDouble, "", 0, Range::finite(), Role::kParameter,
        "Reward of every step from now on, until the first of reward_times; given alone, it "
        "replaces what is left of the time line."},
       {"reward_times", ParameterType::kDoubles, "ms", 0, Range::positive(), Role::kParameter,
        "Absolute times, later than now: the value of that place holds for the step that ends "
        "there and later.",
        "[]"},
       {"reward_values", ParameterType::kDoubles, "", 0, Range::finite(), Role::kParameter,
        "Rewards, one a time.", "[]"},
       {"allow_offgrid_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
        "Round times between grid points up instead of refusing them."}},
      {}};
  return *d;
}

RewardTransmitter::RewardTransmitter() : Device(describe_model()), line_{{kEver, 0}} {}

void RewardTransmitter::validate(DeviceParameters& next, const std::vector<bool>& changed,
                                 const DeviceContext& context) {
  check_time_line({kTimes, kValues, kOffgrid, context.now, "later than the present time"}, next,
                  changed, *context.grid);
  next_line_ = line_;
  if (!changed[kReward] && !changed[kTimes]) return;
  if (!changed[kTimes]) {
    next.array[kTimes].clear();
    next.array[kValues].clear();
  }
  if (!changed[kReward]) next.number[kReward] = reward_at(context.now);
  // Of the past only what holds now is still asked for; at time 0 that is what is to come.
  const double reward = next.number[kReward];
  next_line_ = {{kEver, context.now > 0 ? reward_at(context.now) : reward},
                {context.now + 1, reward}};
  for (std::size_t i = 0; i < next.array[kTimes].size(); ++i) {
    next_line_.push_back(
        {context.grid->stamp_step_from_ms(next.array[kTimes][i]), next.array[kValues][i]});
  }
}

void RewardTransmitter::on_change(const DeviceContext&) noexcept { line_.swap(next_line_); }

double RewardTransmitter::reward_at(std::int64_t step) const {
  double value = 0;
  for (const Modulator::Change& change : line_) {
    if (change.time > step) break;
    value = change.value;
  }
  return value;
}

std::vector<Modulator::Change> RewardTransmitter::changes_after(std::int64_t step) const {
  const auto first =
      std::find_if(line_.begin(), line_.end(), [&](const auto& c) { return c.time > step; });
  return {first, line_.end()};
}

}  // namespace tegmenta
