#include <limits>

#include "models/devices/poisson_generators.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class HomogeneousPoisson final : public DeviceOf<HomogeneousPoisson, PoissonGenerator> {
 public:
  static constexpr const char* kName = "poisson_generator";
  static constexpr const char* kSummary =
      "Spike trains of Poisson statistics, an independent one for every target.";
  static constexpr const char* kSource = "NEST 3.10 documentation, poisson_generator";

  struct Parameters : Window {
    double rate;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::rate>{.unit = "spikes/s",
                                     .range = {0, kHighestRate, false, false},
                                     .description = "Mean firing rate."},
  };

  void check(const Parameters& next, const GivenParameters& given,
             const DeviceContext& context) const {
    Stimulator::check(next, given, context);
    check_rate(member_name<&Parameters::rate>(), next.rate, *context.grid);
  }

 private:
  std::vector<TimeLine::Change> rates(const Window& parameters) const override {
    return {{std::numeric_limits<std::int64_t>::min(), own(parameters).rate}};
  }
};

}  // namespace

std::unique_ptr<Device> make_poisson_generator() { return std::make_unique<HomogeneousPoisson>(); }

}  // namespace tegmenta
