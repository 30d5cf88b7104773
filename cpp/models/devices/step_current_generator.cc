#include <algorithm>
#include <utility>

#include "models/devices/current_generators.h"
#include "models/devices/current_ranges.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class StepCurrentGenerator final : public DeviceOf<StepCurrentGenerator, CurrentGenerator> {
 public:
  static constexpr const char* kName = "step_current_generator";
  static constexpr const char* kSummary = "A current that is constant between given times.";
  static constexpr const char* kSource = "NEST 3.10 documentation, step_current_generator";

  struct Parameters : Window {
    std::vector<double> amplitude_times, amplitude_values;
    bool allow_offgrid_times;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::amplitude_times>{
          .unit = "ms",
          .range = Range::positive(),
          .description =
              "Absolute times from which the amplitudes hold. Those that are not later than now "
              "are passed over; until the first that is, the amplitude in force stays."},
      DeviceField<&Parameters::amplitude_values>{
          .unit = "pA", .range = kCurrents, .description = "Amplitudes, one a time."},
      tegmenta::allow_offgrid_times<Parameters>(),
  };

  Signal signal(std::int64_t step, const TimeGrid& grid) const override {
    const auto [p, active, until] = activity<Parameters>(step, grid);
    if (!active) return {until};
    // The amplitude set for t holds in the update step that ends at t and later.
    return {std::min(until, line_.next_after(step + 1) - 1), line_.at(step + 1)};
  }
  void begin(std::int64_t now) noexcept override { line_.begin(now); }
  void restart(const TimeGrid& grid, bool keep_events) override {
    CurrentGenerator::restart(grid, keep_events);
    line_ = line_of(own().amplitude_times, own().amplitude_values, grid);
  }
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    CurrentGenerator::state_fields(self, visit);
    visit("line", self.line_);
  }
  void forget_before(std::int64_t step) override {
    CurrentGenerator::forget_before(step);
    line_.forget_before(step);
  }

  void check(Parameters& next, const GivenParameters& given, const DeviceContext& context) {
    Stimulator::check(next, given, context);
    const auto changes =
        checked_changes<&Parameters::amplitude_times, &Parameters::amplitude_values>(next, given,
                                                                                     *context.grid);
    for (const double amplitude : next.amplitude_values) {
      if (kCurrents.contains(amplitude)) continue;
      refuse<&Parameters::amplitude_values>(amplitude, kCurrents.text());
    }
    next_line_ = line_;
    if (given.has<&Parameters::amplitude_times>()) next_line_.replace(context.now, changes);
  }

 private:
  void on_change(const DeviceContext& context) noexcept override {
    CurrentGenerator::on_change(context);
    std::swap(line_, next_line_);
  }

  TimeLine line_, next_line_;
};

}  // namespace

std::unique_ptr<Device> make_step_current_generator() {
  return std::make_unique<StepCurrentGenerator>();
}

}  // namespace tegmenta
