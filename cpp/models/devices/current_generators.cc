#include "models/devices/current_generators.h"

#include <numbers>
#include <utility>

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
    return line_.at(step + 1);
  }
  void begin(std::int64_t now) noexcept override { line_.begin(now); }
  void forget_before(std::int64_t step) override {
    CurrentGenerator::forget_before(step);
    line_.forget_before(step);
  }

 private:
  enum { kTimes, kValues, kOffgrid };

  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override {
    check_window(next, context);
    const auto changes = checked_changes({kTimes, kValues, kOffgrid}, next, changed, *context.grid);
    next_line_ = line_;
    if (changed[kTimes]) next_line_.replace(context.now, changes);
  }
  void on_change(const DeviceContext& context) noexcept override {
    CurrentGenerator::on_change(context);
    std::swap(line_, next_line_);
  }
  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "step_current_generator",
        ModelKind::kStimulator,
        "A current that is constant between given times.",
        "NEST 3.10 documentation, step_current_generator",
        with_window(
            {{"amplitude_times", ParameterType::kDoubles, "ms", 0, Range::positive(),
              Role::kParameter,
              "Absolute times from which the amplitudes hold. Those that are not later than now "
              "are "
              "passed over; until the first that is, the amplitude in force stays.",
              "[]"},
             {"amplitude_values", ParameterType::kDoubles, "pA", 0, Range::finite(),
              Role::kParameter, "Amplitudes, one a time.", "[]"},
             {"allow_offgrid_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
              "Round times between grid points up instead of refusing them."}}),
        {"I"}};
    return d;
  }

  TimeLine line_, next_line_;
};

}  // namespace

std::unique_ptr<Device> make_ac_generator() { return std::make_unique<AcGenerator>(); }
std::unique_ptr<Device> make_dc_generator() { return std::make_unique<DcGenerator>(); }
std::unique_ptr<Device> make_step_current_generator() {
  return std::make_unique<StepCurrentGenerator>();
}

}  // namespace tegmenta
