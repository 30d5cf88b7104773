// reward_transmitter: a reward for every step, and one that spikes cause, the same for all synapses
// bound to it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/devices/device_of.h"
#include "models/devices/reward_kernel.h"

namespace tegmenta {

class RewardTransmitter final : public DeviceOf<RewardTransmitter, Device> {
 public:
  static constexpr const char* kName = "reward_transmitter";
  static constexpr ModelKind kKind = ModelKind::kStimulator;
  static constexpr const char* kSummary =
      "A reward, given as numbers or caused by spikes, handed to the synapses bound to it.";
  static constexpr const char* kSource =
      "Florian (2007) Neural Comput 19:1468; Legenstein, Pecevski & Maass (2008) PLoS Comput Biol "
      "4:e1000180";

  struct Parameters : DeviceValues {
    double reward;
    std::vector<double> reward_times, reward_values;
    bool allow_offgrid_times;
    double A_1, tau_1, A_2, tau_2, pulse;
    double kappa_plus, kappa_minus, tau_kappa_1, tau_kappa_2, kappa_shift, kappa_gap, kappa_window,
        kappa_delay;
    bool clear;
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
      DeviceField<&Parameters::A_1>{
          .unit = "1/ms",
          .description = "A spike that arrives at receptor 0 adds its weight times A_1 (s/tau_1) "
                         "exp(-s/tau_1) - A_2 (s/tau_2) exp(-s/tau_2) to the reward, s ms later. "
                         "For synapses with a reward in continuous time, as are all that follow."},
      DeviceField<&Parameters::tau_1>{
          .unit = "ms", .value = 200, .range = Range::positive(), .description = "See A_1."},
      DeviceField<&Parameters::A_2>{.unit = "1/ms", .description = "See A_1."},
      DeviceField<&Parameters::tau_2>{
          .unit = "ms", .value = 1000, .range = Range::positive(), .description = "See A_1."},
      DeviceField<&Parameters::pulse>{
          .description = "Area of a pulse of reward, times the weight, at the arrival of a spike "
                         "at receptor 0: weights change by it times the eligibility."},
      DeviceField<&Parameters::kappa_plus>{
          .description = "Pairs of a spike at receptor 1 (of a learner) with one at receptor 2 (of "
                         "its target), r ms before it, send pulses of area kappa_plus "
                         "(exp(-x/tau_kappa_1) - exp(-x/tau_kappa_2)) where x = r + kappa_shift is "
                         "greater than kappa_gap …"},
      DeviceField<&Parameters::kappa_minus>{
          .description = "… and kappa_minus (exp(x/tau_kappa_1) - exp(x/tau_kappa_2)) where x is "
                         "less than -kappa_gap."},
      DeviceField<&Parameters::tau_kappa_1>{
          .unit = "ms", .value = 30, .range = Range::positive(), .description = "See kappa_plus."},
      DeviceField<&Parameters::tau_kappa_2>{
          .unit = "ms", .value = 4, .range = Range::positive(), .description = "See kappa_plus."},
      DeviceField<&Parameters::kappa_shift>{.unit = "ms", .description = "See kappa_plus."},
      DeviceField<&Parameters::kappa_gap>{
          .unit = "ms", .range = Range::non_negative(), .description = "See kappa_plus."},
      DeviceField<&Parameters::kappa_window>{
          .unit = "ms",
          .value = 150,
          .range = Range::non_negative(),
          .description = "Pairs of spikes further apart than this send nothing."},
      DeviceField<&Parameters::kappa_delay>{
          .unit = "ms",
          .range = Range::non_negative(),
          .description = "From the later spike of a pair to its pulse; rounded to the grid."},
      DeviceField<&Parameters::clear>{
          .description = "Set to true: what spikes have sent so far is forgotten, also what is on "
                         "its way. Reads as false."},
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
    visit.added("clearings", self.clearings_);
  }

  /// What spikes add to it.
  RewardKernel kernel(const TimeGrid& grid) const;
  /// How often what they had sent was forgotten.
  std::uint64_t clearings() const { return clearings_; }
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
  std::uint64_t clearings_ = 0;
  bool next_clears_ = false;
};

}  // namespace tegmenta
