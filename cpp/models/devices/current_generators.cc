#include "models/devices/current_generators.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/elementary.h"
#include "models/devices/current_ranges.h"

namespace tegmenta {

double Signal::at(std::int64_t step, const TimeGrid& grid) const {
  return amplitude == 0 ? offset : offset + amplitude * elementary::sin(angle(step, grid));
}

CurrentGenerator::Activity CurrentGenerator::activity(std::int64_t step,
                                                      const TimeGrid& grid) const {
  const std::size_t epoch = epoch_at(step);
  const DeviceParameters& p = epochs_[epoch].parameters;
  const DeviceWindow window = window_of(p, grid);
  const std::int64_t begin = window.from - 1, end = window.to - 1;
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
  if (epoch + 1 < epochs_.size()) until = epochs_[epoch + 1].from;
  if (step < end) until = std::min(until, step < begin ? begin : end);
  return {p, step >= begin && step < end, until};
}

namespace {

class DcGenerator final : public CurrentGenerator {
 public:
  DcGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<DcGenerator>(*this); }
  Signal signal(std::int64_t step, const TimeGrid& grid) const override {
    const auto [p, active, until] = activity(step, grid);
    return {until, active ? p.number[0] : 0};
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
        with_window({{"amplitude", ParameterType::kDouble, "pA", 0, kCurrents, Role::kParameter,
                      "Amplitude of the current."}}),
        {"I"}};
    return d;
  }
};

class AcGenerator final : public CurrentGenerator {
 public:
  AcGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<AcGenerator>(*this); }
  Signal signal(std::int64_t step, const TimeGrid& grid) const override {
    const auto [p, active, until] = activity(step, grid);
    if (!active) return {until};
    return {until, p.number[1], p.number[0], elementary::kTwoPi * p.number[2] / 1000,
            elementary::kTwoPi * p.number[3] / 360};
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
        with_window({{"amplitude", ParameterType::kDouble, "pA", 0, kCurrents, Role::kParameter,
                      "Amplitude of the sine."},
                     {"offset", ParameterType::kDouble, "pA", 0, kCurrents, Role::kParameter,
                      "Constant part of the current."},
                     {"frequency", ParameterType::kDouble, "Hz", 0, kFrequencies, Role::kParameter,
                      "Frequency."},
                     {"phase", ParameterType::kDouble, "deg", 0, kPhases, Role::kParameter,
                      "Phase at time 0."}}),
        {"I"}};
    return d;
  }
};

class StepCurrentGenerator final : public CurrentGenerator {
  TEGMENTA_PARAMETERS(amplitude_times, amplitude_values, allow_offgrid_times)

 public:
  StepCurrentGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<StepCurrentGenerator>(*this);
  }
  Signal signal(std::int64_t step, const TimeGrid& grid) const override {
    const auto [p, active, until] = activity(step, grid);
    if (!active) return {until};
    // The amplitude set for t holds in the update step that ends at t and later.
    return {std::min(until, line_.next_after(step + 1) - 1), line_.at(step + 1)};
  }
  void begin(std::int64_t now) noexcept override { line_.begin(now); }
  void forget_before(std::int64_t step) override {
    CurrentGenerator::forget_before(step);
    line_.forget_before(step);
  }

 private:
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override {
    check_window(next, context);
    const auto changes = checked_changes(
        {Parameter::amplitude_times, Parameter::amplitude_values, Parameter::allow_offgrid_times},
        next, changed, *context.grid);
    for (const double amplitude : next.array[Parameter::amplitude_values]) {
      if (!kCurrents.contains(amplitude)) bad("amplitude_values", amplitude, kCurrents.text());
    }
    next_line_ = line_;
    if (changed[Parameter::amplitude_times]) next_line_.replace(context.now, changes);
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
              "are passed over; until the first that is, the amplitude in force stays.",
              "[]"},
             {"amplitude_values", ParameterType::kDoubles, "pA", 0, kCurrents, Role::kParameter,
              "Amplitudes, one a time.", "[]"},
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
