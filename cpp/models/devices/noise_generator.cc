#include "models/devices/noise_generator.h"

#include <algorithm>
#include <cmath>

#include "base/elementary.h"
#include "models/devices/current_generators.h"
#include "models/devices/current_ranges.h"

namespace tegmenta {

namespace {

class NoiseGenerator final : public CurrentGenerator {
 public:
  NoiseGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<NoiseGenerator>(*this); }
  bool per_target() const override { return true; }
  // New values every dt, counted from the first active step.
  HeldDraw draw(std::int64_t step, const TimeGrid& grid) const override {
    const auto [now, active, until] = activity(step, grid);
    if (!active) return {{}, until};
    const std::int64_t first = std::max<std::int64_t>(window_of(now, grid).from - 1, 0);
    const std::int64_t dt = grid.steps_from_ms_ceil(now.number[kDt]);
    const std::int64_t drawn = first + (step - first) / dt * dt;
    const DeviceParameters& p = parameters_at(drawn);
    const double omega = elementary::kTwoPi * p.number[kFrequency] / 1000;
    const double phi = elementary::kTwoPi * p.number[kPhase] / 360;
    double variance = p.number[kStd] * p.number[kStd];
    if (p.number[kStdMod] != 0) {
      const double y1 = elementary::sin(omega * grid.ms_from_steps(drawn + 1) + phi);
      variance += y1 * p.number[kStdMod] * p.number[kStdMod];
    }
    const bool alike = p.number[kStdMod] == 0 && &p == &now;
    return {{drawn, p.number[kMean], std::sqrt(variance)},
            std::min(until, drawn + dt),
            dt,
            alike ? until : drawn};
  }
  std::int64_t look_back(const TimeGrid& grid) const override {
    double longest = 0;
    for (const DeviceEpoch& epoch : epochs_) {
      longest = std::max(longest, epoch.parameters.number[kDt]);
    }
    return grid.steps_from_ms_ceil(longest);
  }
  void on_resolution(const TimeGrid& grid) override {
    parameters_.number[kDt] = 10 * grid.resolution_ms();
    epochs_.assign(1, {0, parameters_});
  }

 private:
  enum { kMean, kStd, kStdMod, kFrequency, kPhase, kDt };
  void validate(DeviceParameters& next, const std::vector<bool>&,
                const DeviceContext& context) override {
    check_window(next, context);
    if (next.number[kStdMod] > next.number[kStd]) {
      bad("std_mod", next.number[kStdMod], "≤ std (" + format_number(next.number[kStd]) + ")");
    }
    if (!context.grid->is_grid_time(next.number[kDt]) ||
        context.grid->steps_from_ms_ceil(next.number[kDt]) < 1) {
      throw bad_value(ErrorKind::kStepMultipleRequired, model_name, "dt", next.number[kDt],
                      "a positive multiple of the resolution (" +
                          format_number(context.grid->resolution_ms()) + " ms)");
    }
  }
  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "noise_generator",
        ModelKind::kStimulator,
        "Gaussian white-noise current, constant over dt, independent for every target.",
        "NEST 3.10 documentation, noise_generator",
        with_window({{"mean", ParameterType::kDouble, "pA", 0, kCurrents, Role::kParameter,
                      "Mean of the current."},
                     {"std", ParameterType::kDouble, "pA", 0, kDeviations, Role::kParameter,
                      "Standard deviation of the current."},
                     {"std_mod", ParameterType::kDouble, "pA", 0, kDeviations, Role::kParameter,
                      "Modulated part of the standard deviation, ≤ std."},
                     {"frequency", ParameterType::kDouble, "Hz", 0, kFrequencies, Role::kParameter,
                      "Frequency of the modulation."},
                     {"phase", ParameterType::kDouble, "deg", 0, kPhases, Role::kParameter,
                      "Phase of the modulation at time 0."},
                     {"dt", ParameterType::kDouble, "ms", 1, Range::positive(), Role::kParameter,
                      "Interval between new values; the default is ten steps."}}),
        {"I"}};
    return d;
  }
};

}  // namespace

std::unique_ptr<Device> make_noise_generator() { return std::make_unique<NoiseGenerator>(); }

}  // namespace tegmenta
