#include "models/devices/reward_transmitter.h"

#include <utility>

#include "models/devices/stimulators.h"

namespace tegmenta {

void RewardTransmitter::check(Parameters& next, const GivenParameters& given,
                              const DeviceContext& context) {
  if (next.frozen) refuse<&DeviceValues::frozen>(true, "false");
  const bool has_reward = given.has<&Parameters::reward>();
  const bool has_times = given.has<&Parameters::reward_times>();
  const std::vector<TimeLine::Change> changes =
      checked_changes<&Parameters::reward_times, &Parameters::reward_values>(next, given,
                                                                             *context.grid);
  next_line_ = line_;
  next_set_at_ = set_at_;
  next_clears_ = next.clear;
  next.clear = false;
  if (!has_reward && !has_times) return;
  if (!has_times) {
    next.reward_times.clear();
    next.reward_values.clear();
  }
  // Of the past only what holds now is still asked for.
  next_line_.forget_before(context.now);
  if (has_reward || set_at_ == context.now) {
    next_set_at_ = context.now;
    next_line_.replace(context.now, next.reward, changes);
  } else {
    next_line_.replace(context.now, changes);
  }
}

void RewardTransmitter::restart(const TimeGrid& grid, bool) {
  TimeLine line = line_of(own().reward_times, own().reward_values, grid);
  const std::vector<TimeLine::Change> changes = line.changes_after(0);
  line.replace(0, own().reward, changes);
  line_ = std::move(line);
  set_at_ = 0;
}

void RewardTransmitter::on_change(const DeviceContext&) noexcept {
  std::swap(line_, next_line_);
  set_at_ = next_set_at_;
  if (next_clears_) ++clearings_;
  next_clears_ = false;
}

RewardKernel RewardTransmitter::kernel(const TimeGrid& grid) const {
  const Parameters& p = own();
  return {.alphas = {RewardKernel::Alpha{p.A_1, p.tau_1}, RewardKernel::Alpha{-p.A_2, p.tau_2}},
          .pulse = p.pulse,
          .kappa_plus = p.kappa_plus,
          .kappa_minus = p.kappa_minus,
          .tau_kappa_1 = p.tau_kappa_1,
          .tau_kappa_2 = p.tau_kappa_2,
          .kappa_shift = p.kappa_shift,
          .kappa_gap = p.kappa_gap,
          .kappa_window = grid.delay_steps_from_ms(p.kappa_window),
          .kappa_delay = grid.delay_steps_from_ms(p.kappa_delay)};
}

Result RewardTransmitter::get(const std::string& key, const TimeGrid& grid,
                              std::int64_t now) const {
  if (key != member_name<&Parameters::reward>() || set_at_ == now) {
    return Device::get(key, grid, now);
  }
  return {line_.at(now)};
}

std::unique_ptr<Device> make_reward_transmitter() { return std::make_unique<RewardTransmitter>(); }

}  // namespace tegmenta
