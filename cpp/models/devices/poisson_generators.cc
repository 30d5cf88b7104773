#include "models/devices/poisson_generators.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace tegmenta {

namespace {
// Rates above this give more than 10^6 spikes a step at a resolution of 1 ms.
constexpr double kHighestRate = 1e9;
}  // namespace

PoissonLine::Held PoissonLine::held(std::int64_t stamp) const {
  const auto next = std::upper_bound(from.begin(), from.end(), stamp);
  const std::int64_t until = next == from.end() ? std::numeric_limits<std::int64_t>::max() : *next;
  if (next == from.begin()) return {nullptr, until};
  return {table[static_cast<std::size_t>(next - from.begin()) - 1].get(), until};
}

void PoissonGenerator::make_line(std::int64_t from, std::int64_t to, const TimeGrid& grid) {
  constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();
  line_ = {};
  // Tables of the last line are used again.
  std::map<double, std::shared_ptr<const PoissonTable>> tables;
  const auto table_for = [&](double rate) -> std::shared_ptr<const PoissonTable> {
    const double lambda = grid.resolution_ms() * rate * 1e-3;
    if (!(lambda > 0)) return nullptr;
    const auto [place, is_new] = tables.try_emplace(lambda);
    if (is_new) {
      const auto made = tables_.find(lambda);
      place->second =
          made != tables_.end() ? made->second : std::make_shared<const PoissonTable>(lambda);
    }
    return place->second;
  };
  const auto push = [&](std::int64_t at, std::shared_ptr<const PoissonTable> table) {
    line_.from.push_back(at);
    line_.table.push_back(std::move(table));
  };
  for (std::size_t e = 0; e < epochs_.size(); ++e) {
    // An epoch from step a on sends spikes with stamps from a + 1 on. The window is tested with
    // the begin of the update step: t_min < stamp − 1 ≤ t_max.
    const DeviceParameters& p = epochs_[e].parameters;
    const DeviceWindow window = window_of(p, grid);
    const std::int64_t begin =
        e == 0 ? std::numeric_limits<std::int64_t>::min() : epochs_[e].from + 1;
    const std::int64_t end = e + 1 < epochs_.size() ? epochs_[e + 1].from + 1 : kForever;
    if (end <= from || begin > to) continue;
    const std::int64_t on = std::max(begin, window.from + 2);
    const std::int64_t off = std::min(end, window.to + 2);
    push(begin, nullptr);
    const std::vector<TimeLine::Change> pieces = rates(p);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::int64_t a = std::max(pieces[i].time, on);
      const std::int64_t b = std::min(i + 1 < pieces.size() ? pieces[i + 1].time : kForever, off);
      if (a >= b || b <= from || a > to) continue;
      push(a, table_for(pieces[i].value));
      push(b, nullptr);
    }
  }
  tables_.swap(tables);
}

void PoissonGenerator::check_rate(const char* parameter, double rate, const TimeGrid& grid) const {
  const double most = std::min(kHighestRate, PoissonTable::kMostMean * 1e3 / grid.resolution_ms());
  if (rate >= 0 && rate <= most) return;
  bad(parameter, rate,
      Range{0, most, false, false}.text() +
          (most < kHighestRate ? ": at most 4000000000 spikes a step" : ""));
}

namespace {

class HomogeneousPoisson final : public PoissonGenerator {
 public:
  HomogeneousPoisson() : PoissonGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<HomogeneousPoisson>(*this);
  }

 private:
  std::vector<TimeLine::Change> rates(const DeviceParameters& p) const override {
    return {{std::numeric_limits<std::int64_t>::min(), p.number[0]}};
  }
  void validate(DeviceParameters& next, const std::vector<bool>&,
                const DeviceContext& context) override {
    check_window(next, context);
    check_rate("rate", next.number[0], *context.grid);
  }

  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "poisson_generator",
        ModelKind::kStimulator,
        "Spike trains of Poisson statistics, an independent one for every target.",
        "NEST 3.10 documentation, poisson_generator",
        with_window({{"rate",
                      ParameterType::kDouble,
                      "spikes/s",
                      0,
                      {0, kHighestRate, false, false},
                      Role::kParameter,
                      "Mean firing rate."}}),
        {}};
    return d;
  }
};

class InhomogeneousPoisson final : public PoissonGenerator {
  TEGMENTA_PARAMETERS(rate_times, rate_values, allow_offgrid_times)

 public:
  InhomogeneousPoisson() : PoissonGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<InhomogeneousPoisson>(*this);
  }

 private:
  std::vector<TimeLine::Change> rates(const DeviceParameters&) const override {
    return {rates_.changes().begin(), rates_.changes().end()};
  }
  void begin(std::int64_t now) noexcept override { rates_.begin(now); }
  void forget_before(std::int64_t step) override {
    PoissonGenerator::forget_before(step);
    rates_.forget_before(step);
  }
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override {
    check_window(next, context);
    const auto changes = checked_changes(
        {Parameter::rate_times, Parameter::rate_values, Parameter::allow_offgrid_times}, next,
        changed, *context.grid);
    next_rates_ = rates_;
    if (!changed[Parameter::rate_times]) return;
    for (double rate : next.array[Parameter::rate_values]) {
      check_rate("rate_values", rate, *context.grid);
    }
    next_rates_.replace(context.now, changes);
  }
  void on_change(const DeviceContext& context) noexcept override {
    PoissonGenerator::on_change(context);
    std::swap(rates_, next_rates_);
  }

  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "inhomogeneous_poisson_generator",
        ModelKind::kStimulator,
        "Poisson spike trains whose rate changes at given times, independent for every target.",
        "NEST 3.10 documentation, inhomogeneous_poisson_generator",
        with_window(
            {{"rate_times", ParameterType::kDoubles, "ms", 0, Range::finite(), Role::kParameter,
              "Absolute times from which the rates hold. Those that are not later than now are "
              "passed over; until the first that is, the rate in force stays.",
              "[]"},
             {"rate_values", ParameterType::kDoubles, "spikes/s", 0, Range::non_negative(),
              Role::kParameter, "Rates, one a time.", "[]"},
             {"allow_offgrid_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
              "Round times between grid points up instead of refusing them."}}),
        {}};
    return d;
  }

  TimeLine rates_, next_rates_;
};

}  // namespace

std::unique_ptr<Device> make_poisson_generator() { return std::make_unique<HomogeneousPoisson>(); }

std::unique_ptr<Device> make_inhomogeneous_poisson_generator() {
  return std::make_unique<InhomogeneousPoisson>();
}

}  // namespace tegmenta
