#include "models/devices/spike_generator.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tegmenta {

const ModelDescription& SpikeGenerator::describe_model() {
  static const ModelDescription d{
      "spike_generator",
      ModelKind::kStimulator,
      "Spikes at given times.",
      "NEST 3.10 documentation, spike_generator",
      with_window(
          {{"spike_times", ParameterType::kDoubles, "ms", 0, Range::finite(), Role::kParameter,
            "Times of the spikes, relative to origin, in ascending order.", "[]"},
           {"spike_weights", ParameterType::kDoubles, "", 0, Range::finite(), Role::kParameter,
            "Factors to the connections' weights, one a spike; empty: 1.", "[]"},
           {"spike_multiplicities", ParameterType::kInts, "", 0, Range::non_negative(),
            Role::kParameter, "How many spikes occur at each time; empty: 1.", "[]"},
           {"precise_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
            "Keep times between grid points; delivered on the grid point after."},
           {"allow_offgrid_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
            "Round times between grid points up instead of refusing them."},
           {"shift_now_spikes", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
            "Shift spikes at the present time one step into the future."}}),
      {}};
  return d;
}

SpikeGenerator::SpikeGenerator() : SpikeSource(describe_model()) {}

void SpikeGenerator::validate(DeviceParameters& next, const std::vector<bool>& changed,
                              const DeviceContext& context) {
  const TimeGrid& grid = *context.grid;
  check_window(next, context);
  const bool precise = next.number[Parameter::precise_times] != 0;
  const bool offgrid = next.number[Parameter::allow_offgrid_times] != 0;
  const bool shift = next.number[Parameter::shift_now_spikes] != 0;
  if (precise && (offgrid || shift)) {
    bad("precise_times", true, "false while allow_offgrid_times or shift_now_spikes is set");
  }
  const bool flags_changed =
      next.number[Parameter::precise_times] != parameters_.number[Parameter::precise_times] ||
      next.number[Parameter::allow_offgrid_times] !=
          parameters_.number[Parameter::allow_offgrid_times] ||
      next.number[Parameter::shift_now_spikes] != parameters_.number[Parameter::shift_now_spikes];
  if (flags_changed && !changed[Parameter::spike_times] && !stamps_.empty()) {
    bad("precise_times, allow_offgrid_times and shift_now_spikes", true,
        "set together with spike_times");
  }
  next_stamps_ = stamps_;
  next_offsets_ = offsets_;
  if (changed[Parameter::spike_times]) {
    next_stamps_.clear();
    next_offsets_.clear();
    const std::int64_t origin =
        grid.steps_from_ms_ceil(next.number[static_cast<std::size_t>(index("origin"))]);
    double previous = -std::numeric_limits<double>::infinity();
    for (double t : next.array[Parameter::spike_times]) {
      if (t == 0 && !shift) bad("spike_times", t, "> 0");
      if (t < previous) bad("spike_times", t, "in ascending order");
      previous = t;
      std::int64_t stamp;
      double offset = 0;
      const auto exact = grid.steps_from_ms_exact(t);
      if (precise) {
        stamp = grid.stamp_step_from_ms(t);
        offset = grid.ms_from_steps(stamp) - t;
        const double epsilon = std::numeric_limits<double>::epsilon();
        if (std::abs(offset) < 2 * epsilon * std::abs(grid.ms_from_steps(stamp) + t)) offset = 0;
      } else if (exact) {
        stamp = *exact;
      } else if (offgrid) {
        stamp = grid.stamp_step_from_ms(t);
      } else {
        bad("spike_times", t,
            "multiples of the resolution (" + format_number(grid.resolution_ms()) +
                " ms), or allow_offgrid_times or precise_times set");
      }
      if (shift && origin + stamp == context.now) ++stamp;
      next_stamps_.push_back(stamp);
      next_offsets_.push_back(offset);
    }
  }
  const std::size_t n = next_stamps_.size();
  for (const int k : {Parameter::spike_weights, Parameter::spike_multiplicities}) {
    const auto& values = next.array[static_cast<std::size_t>(k)];
    if (!values.empty() && values.size() != n) {
      bad(k == Parameter::spike_weights ? "spike_weights" : "spike_multiplicities",
          static_cast<double>(values.size()),
          "empty or as long as spike_times (" + std::to_string(n) + " values)");
    }
  }
  for (double m : next.array[Parameter::spike_multiplicities]) {
    if (m < 0 || m > 4294967295.0) bad("spike_multiplicities", m, "integers in [0, 2^32 − 1]");
  }
}

void SpikeGenerator::on_change(const DeviceContext&) noexcept {
  stamps_.swap(next_stamps_);
  offsets_.swap(next_offsets_);
}

Result SpikeGenerator::get(const std::string& key, const TimeGrid& grid, std::int64_t now) const {
  if (key != "spike_times") return Device::get(key, grid, now);
  Column<double> times(stamps_.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    times[i] = offsets_[i] == 0 ? grid.nearest_ms_from_steps(stamps_[i])
                                : grid.ms_from_steps(stamps_[i]) - offsets_[i];
  }
  return {std::move(times)};
}

void SpikeGenerator::entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
                             std::vector<Entry>& out) const {
  const DeviceWindow window = window_of(parameters_, grid);
  const std::int64_t origin =
      grid.steps_from_ms_ceil(parameters_.number[static_cast<std::size_t>(index("origin"))]);
  const auto& weights = parameters_.array[Parameter::spike_weights];
  const auto& multiplicities = parameters_.array[Parameter::spike_multiplicities];
  const auto first = std::upper_bound(stamps_.begin(), stamps_.end(), from - origin);
  for (auto it = first; it != stamps_.end() && origin + *it <= to; ++it) {
    const std::int64_t stamp = origin + *it;
    if (stamp <= window.from || stamp > window.to) continue;
    const auto i = static_cast<std::size_t>(it - stamps_.begin());
    const double m = multiplicities.empty() ? 1 : multiplicities[i];
    if (m == 0) continue;
    out.push_back(
        {stamp, static_cast<std::uint32_t>(m), weights.empty() ? 1.0 : weights[i], offsets_[i]});
  }
}

}  // namespace tegmenta
