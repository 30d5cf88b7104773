#include "models/devices/current_generators.h"

#include <algorithm>
#include <numbers>

#include "base/elementary.h"

namespace tegmenta {

bool CurrentGenerator::active(const DeviceParameters& p, std::int64_t step,
                              const TimeGrid& grid) const {
  const DeviceWindow window = window_of(p, grid);
  return window.from < step + 2 && step + 2 <= window.to;
}

namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

class DcGenerator final : public CurrentGenerator {
 public:
  DcGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<DcGenerator>(*this); }
  double current(std::int64_t step, const TimeGrid& grid) const override {
    const DeviceParameters& p = parameters_at(step);
    return active(p, step, grid) ? p.number[0] : 0;
  }

 private:
  void validate(DeviceParameters& next, const std::vector<bool>&,
                const DeviceContext& context) override {
    check_window(next, context);
  }
  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "dc_generator",
        ModelKind::kStimulator,
        "A constant current.",
        "NEST 3.10 documentation, dc_generator",
        with_window({{"amplitude", ParameterType::kDouble, "pA", 0, Range::finite(),
                      Role::kParameter, "Amplitude of the current."}}),
        {"I"}};
    return d;
  }
};

class AcGenerator final : public CurrentGenerator {
 public:
  AcGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<AcGenerator>(*this); }
  // offset + A sin(ω (a + 1) h + φ), the phase from the absolute step.
  double current(std::int64_t step, const TimeGrid& grid) const override {
    const DeviceParameters& p = parameters_at(step);
    if (!active(p, step, grid)) return 0;
    const double omega = kTwoPi * p.number[2] / 1000;
    const double phi = kTwoPi * p.number[3] / 360;
    return p.number[1] + p.number[0] * elementary::sin(omega * grid.ms_from_steps(step + 1) + phi);
  }

 private:
  void validate(DeviceParameters& next, const std::vector<bool>&,
                const DeviceContext& context) override {
    check_window(next, context);
  }
  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "ac_generator",
        ModelKind::kStimulator,
        "A sinusoidal current.",
        "NEST 3.10 documentation, ac_generator",
        with_window({{"amplitude", ParameterType::kDouble, "pA", 0, Range::finite(),
                      Role::kParameter, "Amplitude of the sine."},
                     {"offset", ParameterType::kDouble, "pA", 0, Range::finite(), Role::kParameter,
                      "Constant part of the current."},
                     {"frequency", ParameterType::kDouble, "Hz", 0, Range::finite(),
                      Role::kParameter, "Frequency."},
                     {"phase", ParameterType::kDouble, "deg", 0, Range::finite(), Role::kParameter,
                      "Phase at time 0."}}),
        {"I"}};
    return d;
  }
};

class StepCurrentGenerator final : public CurrentGenerator {
 public:
  StepCurrentGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<StepCurrentGenerator>(*this);
  }
  double current(std::int64_t step, const TimeGrid& grid) const override {
    const DeviceParameters& p = parameters_at(step);
    if (!active(p, step, grid)) return 0;
    // The amplitude set for t holds in the update step that ends at t and later.
    const std::vector<double>& times = p.array[kTimes];
    const double now = grid.ms_from_steps(step + 1);
    const auto next = std::upper_bound(times.begin(), times.end(), now);
    return next == times.begin()
               ? 0
               : p.array[kValues][static_cast<std::size_t>(next - times.begin()) - 1];
  }

 private:
  enum { kTimes, kValues, kOffgrid };

  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override {
    check_window(next, context);
    check_time_line({kTimes, kValues, kOffgrid, 0, "> 0"}, next, changed, *context.grid);
  }
  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "step_current_generator",
        ModelKind::kStimulator,
        "A current that is constant between given times.",
        "NEST 3.10 documentation, step_current_generator",
        with_window(
            {{"amplitude_times", ParameterType::kDoubles, "ms", 0, Range::positive(),
              Role::kParameter, "Absolute times from which the amplitudes hold.", "[]"},
             {"amplitude_values", ParameterType::kDoubles, "pA", 0, Range::finite(),
              Role::kParameter, "Amplitudes, one a time.", "[]"},
             {"allow_offgrid_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
              "Round times between grid points up instead of refusing them."}}),
        {"I"}};
    return d;
  }
};

}  // namespace

std::unique_ptr<Device> make_ac_generator() { return std::make_unique<AcGenerator>(); }
std::unique_ptr<Device> make_dc_generator() { return std::make_unique<DcGenerator>(); }
std::unique_ptr<Device> make_step_current_generator() {
  return std::make_unique<StepCurrentGenerator>();
}

}  // namespace tegmenta
