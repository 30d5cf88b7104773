#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "models/devices/spike_source.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

namespace {

class SpikeGenerator final : public DeviceOf<SpikeGenerator, SpikeSource> {
 public:
  static constexpr const char* kName = "spike_generator";
  static constexpr const char* kSummary = "Spikes at given times.";
  static constexpr const char* kSource = "NEST 3.10 documentation, spike_generator";

  struct Parameters : Window {
    std::vector<double> spike_times, spike_weights, spike_multiplicities;
    bool precise_times, allow_offgrid_times, shift_now_spikes;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::spike_times>{
          .unit = "ms",
          .description = "Times of the spikes, relative to origin, in ascending order."},
      DeviceField<&Parameters::spike_weights>{
          .description = "Factors to the connections' weights, one a spike; empty: 1."},
      DeviceField<&Parameters::spike_multiplicities>{
          .range = Range::non_negative(),
          .type = ParameterType::kInts,
          .description = "How many spikes occur at each time; empty: 1."},
      DeviceField<&Parameters::precise_times>{
          .description = "Keep times between grid points; delivered on the grid point after."},
      tegmenta::allow_offgrid_times<Parameters>(),
      DeviceField<&Parameters::shift_now_spikes>{
          .description = "Shift spikes at the present time one step into the future."},
  };

  Result get(const std::string& key, const TimeGrid& grid, std::int64_t now) const override;
  void entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
               std::vector<Entry>& out) const override;
  void check(const Parameters& next, const GivenParameters& given, const DeviceContext& context);
  bool holds_together(std::int64_t now) const override {
    return SpikeSource::holds_together(now) && stamps_.size() == offsets_.size() &&
           std::is_sorted(stamps_.begin(), stamps_.end());
  }
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    SpikeSource::state_fields(self, visit);
    visit("stamps", self.stamps_);
    visit("offsets", self.offsets_);
  }

 private:
  /// Where a spike lies: on the grid, relative to origin, and how far before it in ms.
  struct Placed {
    std::int64_t stamp;
    double offset;
  };

  void check_flags(const Parameters& next, const GivenParameters& given) const;
  Placed placed(double time, const Parameters& next, const TimeGrid& grid) const;
  void place_spikes(const Parameters& next, const DeviceContext& context);
  void check_lists(const Parameters& next) const;
  // Spikes that were sent are under way already: no history is needed.
  void before_change(const DeviceValues&) override {}
  std::vector<DeviceParameters*> places_of_parameters() override { return {&parameters_}; }
  void on_change(const DeviceContext&) noexcept override {
    stamps_.swap(next_stamps_);
    offsets_.swap(next_offsets_);
  }

  std::vector<std::int64_t> stamps_, next_stamps_;  // relative to origin
  std::vector<double> offsets_, next_offsets_;
};

void SpikeGenerator::check(const Parameters& next, const GivenParameters& given,
                           const DeviceContext& context) {
  Stimulator::check(next, given, context);
  check_flags(next, given);
  next_stamps_ = stamps_;
  next_offsets_ = offsets_;
  if (given.has<&Parameters::spike_times>()) place_spikes(next, context);
  check_lists(next);
}

void SpikeGenerator::check_flags(const Parameters& next, const GivenParameters& given) const {
  if (next.precise_times && (next.allow_offgrid_times || next.shift_now_spikes)) {
    refuse<&Parameters::precise_times>(
        true, "false while allow_offgrid_times or shift_now_spikes is set");
  }
  const bool changed = next.precise_times != own().precise_times ||
                       next.allow_offgrid_times != own().allow_offgrid_times ||
                       next.shift_now_spikes != own().shift_now_spikes;
  if (changed && !given.has<&Parameters::spike_times>() && !stamps_.empty()) {
    refuse("precise_times, allow_offgrid_times and shift_now_spikes", true,
           "set together with spike_times");
  }
}

SpikeGenerator::Placed SpikeGenerator::placed(double time, const Parameters& next,
                                              const TimeGrid& grid) const {
  if (next.precise_times) {
    const std::int64_t stamp = grid.stamp_step_from_ms(time);
    const double offset = grid.ms_from_steps(stamp) - time;
    const double epsilon = std::numeric_limits<double>::epsilon();
    const bool none = std::abs(offset) < 2 * epsilon * std::abs(grid.ms_from_steps(stamp) + time);
    return {stamp, none ? 0 : offset};
  }
  if (const auto exact = grid.steps_from_ms_exact(time)) return {*exact, 0};
  if (next.allow_offgrid_times) return {grid.stamp_step_from_ms(time), 0};
  if (time < 0) refuse<&Parameters::spike_times>(time, next.shift_now_spikes ? "≥ 0" : "> 0");
  refuse<&Parameters::spike_times>(time, "multiples of the resolution (" +
                                             format_number(grid.resolution_ms()) +
                                             " ms), or allow_offgrid_times or precise_times set");
}

void SpikeGenerator::place_spikes(const Parameters& next, const DeviceContext& context) {
  next_stamps_.clear();
  next_offsets_.clear();
  const std::int64_t origin = context.grid->steps_from_ms_ceil(next.origin);
  double previous = -std::numeric_limits<double>::infinity();
  for (double t : next.spike_times) {
    if (t == 0 && !next.shift_now_spikes) refuse<&Parameters::spike_times>(t, "> 0");
    if (t < previous) refuse<&Parameters::spike_times>(t, "in ascending order");
    previous = t;
    auto [stamp, offset] = placed(t, next, *context.grid);
    if (next.shift_now_spikes && origin + stamp == context.now) ++stamp;
    next_stamps_.push_back(stamp);
    next_offsets_.push_back(offset);
  }
}

// Lists with an entry for every spike.
void SpikeGenerator::check_lists(const Parameters& next) const {
  const std::size_t n = next_stamps_.size();
  const auto require_length = [&](std::string_view name, const std::vector<double>& values) {
    if (values.empty() || values.size() == n) return;
    refuse(name, static_cast<double>(values.size()),
           "empty or as long as spike_times (" + std::to_string(n) + " values)");
  };
  require_length(member_name<&Parameters::spike_weights>(), next.spike_weights);
  require_length(member_name<&Parameters::spike_multiplicities>(), next.spike_multiplicities);
  for (double m : next.spike_multiplicities) {
    if (m >= 0 && m <= 4294967295.0) continue;
    refuse<&Parameters::spike_multiplicities>(m, "integers in [0, 2^32 − 1]");
  }
}

Result SpikeGenerator::get(const std::string& key, const TimeGrid& grid, std::int64_t now) const {
  if (key != member_name<&Parameters::spike_times>()) return SpikeSource::get(key, grid, now);
  Column<double> times(stamps_.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    times[i] = offsets_[i] == 0 ? grid.nearest_ms_from_steps(stamps_[i])
                                : grid.ms_from_steps(stamps_[i]) - offsets_[i];
  }
  return {std::move(times)};
}

void SpikeGenerator::entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
                             std::vector<Entry>& out) const {
  const Parameters& p = own();
  const DeviceWindow window = window_of(p, grid);
  const std::int64_t origin = grid.steps_from_ms_ceil(p.origin);
  const auto first = std::upper_bound(stamps_.begin(), stamps_.end(), from - origin);
  for (auto it = first; it != stamps_.end() && *it <= to - origin; ++it) {
    const std::int64_t stamp = origin + *it;
    if (stamp <= window.from || stamp > window.to) continue;
    const auto i = static_cast<std::size_t>(it - stamps_.begin());
    const double m = p.spike_multiplicities.empty() ? 1 : p.spike_multiplicities[i];
    if (m == 0) continue;
    out.push_back({stamp, static_cast<std::uint32_t>(m),
                   p.spike_weights.empty() ? 1.0 : p.spike_weights[i], offsets_[i]});
  }
}

}  // namespace

std::unique_ptr<Device> make_spike_generator() { return std::make_unique<SpikeGenerator>(); }

}  // namespace tegmenta
