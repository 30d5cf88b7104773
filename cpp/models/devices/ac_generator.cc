
#include "base/elementary.h"
#include "models/devices/current_generators.h"
#include "models/devices/current_ranges.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class AcGenerator final : public DeviceOf<AcGenerator, CurrentGenerator> {
 public:
  static constexpr const char* kName = "ac_generator";
  static constexpr const char* kSummary = "A sinusoidal current.";
  static constexpr const char* kSource = "NEST 3.10 documentation, ac_generator";

  struct Parameters : Window {
    double amplitude, offset, frequency, phase;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::amplitude>{
          .unit = "pA", .range = kCurrents, .description = "Amplitude of the sine."},
      DeviceField<&Parameters::offset>{
          .unit = "pA", .range = kCurrents, .description = "Constant part of the current."},
      DeviceField<&Parameters::frequency>{
          .unit = "Hz", .range = kFrequencies, .description = "Frequency."},
      DeviceField<&Parameters::phase>{
          .unit = "deg", .range = kPhases, .description = "Phase at time 0."},
  };

  Signal signal(std::int64_t step, const TimeGrid& grid) const override {
    const auto [p, active, until] = activity<Parameters>(step, grid);
    if (!active) return {until};
    return {until, p.offset, p.amplitude, elementary::kTwoPi * p.frequency / 1000,
            elementary::kTwoPi * p.phase / 360};
  }
};

}  // namespace

std::unique_ptr<Device> make_ac_generator() { return std::make_unique<AcGenerator>(); }

}  // namespace tegmenta
