#include "models/devices/current_generators.h"
#include "models/devices/current_ranges.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class DcGenerator final : public DeviceOf<DcGenerator, CurrentGenerator> {
 public:
  static constexpr const char* kName = "dc_generator";
  static constexpr const char* kSummary = "A constant current.";
  static constexpr const char* kSource = "NEST 3.10 documentation, dc_generator";

  struct Parameters : Window {
    double amplitude;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::amplitude>{
          .unit = "pA", .range = kCurrents, .description = "Amplitude of the current."},
  };

  Signal signal(std::int64_t step, const TimeGrid& grid) const override {
    const auto [p, active, until] = activity<Parameters>(step, grid);
    return {until, active ? p.amplitude : 0};
  }
};

}  // namespace

std::unique_ptr<Device> make_dc_generator() { return std::make_unique<DcGenerator>(); }

}  // namespace tegmenta
