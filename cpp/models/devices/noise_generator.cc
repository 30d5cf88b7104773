#include <algorithm>
#include <cmath>

#include "base/elementary.h"
#include "models/devices/current_generators.h"
#include "models/devices/current_ranges.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class NoiseGenerator final : public DeviceOf<NoiseGenerator, CurrentGenerator> {
 public:
  static constexpr const char* kName = "noise_generator";
  static constexpr const char* kSummary =
      "Gaussian white-noise current, constant over dt, independent for every target.";
  static constexpr const char* kSource = "NEST 3.10 documentation, noise_generator";

  struct Parameters : Window {
    double mean, std, std_mod, frequency, phase, dt;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::mean>{
          .unit = "pA", .range = kCurrents, .description = "Mean of the current."},
      DeviceField<&Parameters::std>{
          .unit = "pA", .range = kDeviations, .description = "Standard deviation of the current."},
      DeviceField<&Parameters::std_mod>{
          .unit = "pA",
          .range = kDeviations,
          .description = "Modulated part of the standard deviation, ≤ std."},
      DeviceField<&Parameters::frequency>{
          .unit = "Hz", .range = kFrequencies, .description = "Frequency of the modulation."},
      DeviceField<&Parameters::phase>{
          .unit = "deg", .range = kPhases, .description = "Phase of the modulation at time 0."},
      DeviceField<&Parameters::dt>{
          .unit = "ms",
          .value = 1,
          .range = Range::positive(),
          .description = "Interval between new values; the default is ten steps."},
  };

  bool per_target() const override { return true; }
  // New values every dt, counted from the first active step.
  HeldDraw draw(std::int64_t step, const TimeGrid& grid) const override {
    const auto [now, active, until] = activity<Parameters>(step, grid);
    if (!active) return {{}, until};
    const std::int64_t first = std::max<std::int64_t>(window_of(now, grid).from - 1, 0);
    const std::int64_t dt = grid.steps_from_ms_ceil(now.dt);
    const std::int64_t drawn = first + (step - first) / dt * dt;
    const Parameters& p = own(*epochs_[epoch_at(drawn)].parameters);
    const double omega = elementary::kTwoPi * p.frequency / 1000;
    const double phi = elementary::kTwoPi * p.phase / 360;
    double variance = p.std * p.std;
    if (p.std_mod != 0) {
      const double y1 = elementary::sin(omega * grid.ms_from_steps(drawn + 1) + phi);
      variance += y1 * p.std_mod * p.std_mod;
    }
    const bool alike = p.std_mod == 0 && &p == &now;
    return {{drawn, p.mean, std::sqrt(variance)},
            std::min(until, drawn + dt),
            dt,
            alike ? until : drawn};
  }
  std::int64_t look_back(const TimeGrid& grid) const override {
    double longest = 0;
    for (const Epoch& epoch : epochs_) longest = std::max(longest, own(*epoch.parameters).dt);
    return grid.steps_from_ms_ceil(longest);
  }
  void on_resolution(const TimeGrid& grid) override {
    const auto changed = own_copy();
    changed->dt = 10 * grid.resolution_ms();
    parameters_ = changed;
    epochs_.assign(1, {0, parameters_});
  }

  void check(const Parameters& next, const GivenParameters& given,
             const DeviceContext& context) const {
    Stimulator::check(next, given, context);
    if (next.std_mod > next.std) {
      refuse<&Parameters::std_mod>(next.std_mod, "≤ std (" + format_number(next.std) + ")");
    }
    if (!context.grid->is_grid_time(next.dt) || context.grid->steps_from_ms_ceil(next.dt) < 1) {
      throw bad_value(ErrorKind::kStepMultipleRequired, model_name,
                      std::string(member_name<&Parameters::dt>()), next.dt,
                      "a positive multiple of the resolution (" +
                          format_number(context.grid->resolution_ms()) + " ms)");
    }
  }
};

}  // namespace

std::unique_ptr<Device> make_noise_generator() { return std::make_unique<NoiseGenerator>(); }

}  // namespace tegmenta
