#include <utility>

#include "models/devices/poisson_generators.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class InhomogeneousPoisson final : public DeviceOf<InhomogeneousPoisson, PoissonGenerator> {
 public:
  static constexpr const char* kName = "inhomogeneous_poisson_generator";
  static constexpr const char* kSummary =
      "Poisson spike trains whose rate changes at given times, independent for every target.";
  static constexpr const char* kSource = "NEST 3.10 documentation, inhomogeneous_poisson_generator";

  struct Parameters : Window {
    std::vector<double> rate_times, rate_values;
    bool allow_offgrid_times;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::rate_times>{
          .unit = "ms",
          .description =
              "Absolute times from which the rates hold. Those that are not later than now are "
              "passed over; until the first that is, the rate in force stays."},
      DeviceField<&Parameters::rate_values>{
          .unit = "spikes/s", .range = Range::non_negative(), .description = "Rates, one a time."},
      tegmenta::allow_offgrid_times<Parameters>(),
  };

  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    PoissonGenerator::state_fields(self, visit);
    visit("rates", self.rates_);
  }

  void begin(std::int64_t now) noexcept override { rates_.begin(now); }
  void restart(const TimeGrid& grid, bool keep_events) override {
    PoissonGenerator::restart(grid, keep_events);
    rates_ = line_of(own().rate_times, own().rate_values, grid);
  }
  void forget_before(std::int64_t step) override {
    PoissonGenerator::forget_before(step);
    rates_.forget_before(step);
  }

  void check(Parameters& next, const GivenParameters& given, const DeviceContext& context) {
    Stimulator::check(next, given, context);
    const auto changes = checked_changes<&Parameters::rate_times, &Parameters::rate_values>(
        next, given, *context.grid);
    next_rates_ = rates_;
    if (!given.has<&Parameters::rate_times>()) return;
    for (double rate : next.rate_values) {
      check_rate(member_name<&Parameters::rate_values>(), rate, *context.grid);
    }
    next_rates_.replace(context.now, changes);
  }

 private:
  std::vector<TimeLine::Change> rates(const Window&) const override {
    return {rates_.changes().begin(), rates_.changes().end()};
  }
  void on_change(const DeviceContext& context) noexcept override {
    PoissonGenerator::on_change(context);
    std::swap(rates_, next_rates_);
  }

  TimeLine rates_, next_rates_;
};

}  // namespace

std::unique_ptr<Device> make_inhomogeneous_poisson_generator() {
  return std::make_unique<InhomogeneousPoisson>();
}

}  // namespace tegmenta
