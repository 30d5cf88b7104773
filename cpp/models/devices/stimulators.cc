#include "models/devices/stimulators.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.h"
#include "base/random.h"

namespace tegmenta {

namespace {

const double kInfinity = std::numeric_limits<double>::infinity();

std::vector<ParameterDeclaration> with_window(std::vector<ParameterDeclaration> own) {
  const double most = std::numeric_limits<double>::max();
  own.push_back({"origin", ParameterType::kDouble, "ms", 0, Range::finite(), Role::kParameter,
                 "Added to start and stop."});
  own.push_back({"start", ParameterType::kDouble, "ms", 0, Range::finite(), Role::kParameter,
                 "Begin of activity, relative to origin."});
  own.push_back({"stop",
                 ParameterType::kDouble,
                 "ms",
                 kInfinity,
                 {-most, kInfinity, false, false},
                 Role::kParameter,
                 "End of activity, relative to origin."});
  own.push_back({"label", ParameterType::kString, "", 0, Range::finite(), Role::kParameter,
                 "A name for the user's own purposes.", "\"\""});
  return own;
}

// Amplitudes and rates that change at given times: times strictly ascending, on the grid (or
// rounded up with allow_offgrid_times), as many as values. Replaces times by grid times.
void check_time_line(std::vector<double>& times, const std::vector<double>& values, bool offgrid,
                     std::int64_t after_step, const char* after_text, const TimeGrid& grid,
                     const std::string& model, const char* times_name, const char* values_name) {
  if (times.size() != values.size()) {
    throw bad_value(
        ErrorKind::kBadProperty, model, values_name, static_cast<double>(values.size()),
        "as long as " + std::string(times_name) + " (" + std::to_string(times.size()) + " values)");
  }
  std::int64_t previous = std::numeric_limits<std::int64_t>::min();
  for (double& t : times) {
    std::int64_t step;
    if (const auto exact = grid.steps_from_ms_exact(t)) {
      step = *exact;
    } else if (offgrid) {
      step = grid.stamp_step_from_ms(t);
    } else {
      throw bad_value(ErrorKind::kBadProperty, model, times_name, t,
                      "multiples of the resolution (" + format_number(grid.resolution_ms()) +
                          " ms), or allow_offgrid_times set");
    }
    if (step <= after_step)
      throw bad_value(ErrorKind::kBadProperty, model, times_name, t, after_text);
    if (step <= previous) {
      throw bad_value(ErrorKind::kBadProperty, model, times_name, t, "strictly increasing");
    }
    previous = step;
    t = grid.ms_from_steps(step);
  }
}

}  // namespace

// --- Stimulator ----------------------------------------------------------------------------------

Stimulator::Stimulator(const ModelDescription& description) : Device(description) {
  epochs_.push_back({0, parameters_});
}

void Stimulator::before_change(const DeviceParameters& next) {
  next_epoch_ = next;
  epochs_.reserve(epochs_.size() + 1);
}

void Stimulator::on_change(const DeviceContext& context) noexcept {
  while (!epochs_.empty() && epochs_.back().from >= context.now) epochs_.pop_back();
  epochs_.push_back({epochs_.empty() ? 0 : context.now, std::move(next_epoch_)});
}

void Stimulator::forget_before(std::int64_t step) {
  std::size_t old = 0;
  while (old + 1 < epochs_.size() && epochs_[old + 1].from <= step) ++old;
  epochs_.erase(epochs_.begin(), epochs_.begin() + static_cast<std::ptrdiff_t>(old));
}

const DeviceParameters& Stimulator::parameters_at(std::int64_t step) const {
  for (std::size_t i = epochs_.size(); i-- > 1;) {
    if (epochs_[i].from <= step) return epochs_[i].parameters;
  }
  return epochs_.front().parameters;
}

// --- Poisson -------------------------------------------------------------------------------------

const PoissonTable* PoissonLine::at(std::int64_t stamp) const {
  const auto next = std::upper_bound(from.begin(), from.end(), stamp);
  if (next == from.begin()) return nullptr;
  return table[static_cast<std::size_t>(next - from.begin()) - 1].get();
}

std::shared_ptr<const PoissonTable> PoissonGenerator::table_for(double rate, const TimeGrid& grid) {
  const double lambda = grid.resolution_ms() * rate * 1e-3;
  if (!(lambda > 0)) return nullptr;
  for (const auto& table : tables_) {
    if (table->lambda() == lambda) return table;
  }
  tables_.push_back(std::make_shared<PoissonTable>(lambda));
  return tables_.back();
}

void PoissonGenerator::keep_tables() {
  std::erase_if(tables_, [&](const auto& table) {
    return std::find(line_.table.begin(), line_.table.end(), table) == line_.table.end();
  });
}

namespace {

// Rates above this give more than 10^6 spikes a step at a resolution of 1 ms.
const double kHighestRate = 1e9;

class HomogeneousPoisson final : public PoissonGenerator {
 public:
  HomogeneousPoisson() : PoissonGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<HomogeneousPoisson>(*this);
  }

  void make_line(std::int64_t from, std::int64_t to, const TimeGrid& grid) override {
    line_ = {};
    for (std::size_t e = 0; e < epochs_.size(); ++e) {
      // An epoch from step a on sends spikes with stamps from a + 1 on. The window is tested with
      // the begin of the update step: t_min < stamp − 1 ≤ t_max.
      const DeviceParameters& p = epochs_[e].parameters;
      const DeviceWindow window = window_of(p, grid);
      std::int64_t begin = e == 0 ? std::numeric_limits<std::int64_t>::min() : epochs_[e].from + 1;
      const std::int64_t end = e + 1 < epochs_.size() ? epochs_[e + 1].from + 1
                                                      : std::numeric_limits<std::int64_t>::max();
      if (end <= from || begin > to) continue;
      const std::int64_t on = std::max(begin, window.from + 2);
      const std::int64_t off = std::min(end, window.to + 2);
      const auto push = [&](std::int64_t at, std::shared_ptr<const PoissonTable> table) {
        line_.from.push_back(at);
        line_.table.push_back(std::move(table));
      };
      push(begin, nullptr);
      if (on < off) {
        push(on, table_for(p.number[0], grid));
        push(off, nullptr);
      }
    }
    keep_tables();
  }

 private:
  void validate(DeviceParameters& next, const std::vector<bool>&,
                const DeviceContext& context) override {
    check_window(next, context);
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
 public:
  InhomogeneousPoisson() : PoissonGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<InhomogeneousPoisson>(*this);
  }

  void make_line(std::int64_t from, std::int64_t to, const TimeGrid& grid) override {
    line_ = {};
    for (std::size_t e = 0; e < epochs_.size(); ++e) {
      const DeviceParameters& p = epochs_[e].parameters;
      const DeviceWindow window = window_of(p, grid);
      const std::int64_t begin =
          e == 0 ? std::numeric_limits<std::int64_t>::min() : epochs_[e].from + 1;
      const std::int64_t end = e + 1 < epochs_.size() ? epochs_[e + 1].from + 1
                                                      : std::numeric_limits<std::int64_t>::max();
      if (end <= from || begin > to) continue;
      const std::int64_t on = std::max(begin, window.from + 2);
      const std::int64_t off = std::min(end, window.to + 2);
      line_.from.push_back(begin);
      line_.table.push_back(nullptr);
      const std::vector<double>& times = p.array[0];
      const std::vector<double>& rates = p.array[1];
      for (std::size_t i = 0; i < times.size(); ++i) {
        // A rate that changes at t holds for the spikes stamped t and later.
        const std::int64_t first = grid.steps_from_ms_ceil(times[i]);
        const std::int64_t next = i + 1 < times.size() ? grid.steps_from_ms_ceil(times[i + 1])
                                                       : std::numeric_limits<std::int64_t>::max();
        const std::int64_t a = std::max(first, on), b = std::min(next, off);
        if (a >= b || b <= from || a > to) continue;
        line_.from.push_back(a);
        line_.table.push_back(table_for(rates[i], grid));
        line_.from.push_back(b);
        line_.table.push_back(nullptr);
      }
    }
    keep_tables();
  }

 private:
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override {
    check_window(next, context);
    if (changed[0] != changed[1]) {
      must_come_with(changed[0] ? "rate_times" : "rate_values",
                     changed[0] ? "rate_values" : "rate_times");
    }
    if (changed[2] && !changed[0] && !next.array[0].empty()) {
      must_come_with("allow_offgrid_times", "rate_times");
    }
    if (!changed[0]) return;
    check_time_line(next.array[0], next.array[1], next.number[2] != 0, context.now, "in the future",
                    *context.grid, model_name, "rate_times", "rate_values");
    for (double rate : next.array[1]) {
      if (!(rate >= 0) || rate > kHighestRate) {
        bad("rate_values", rate, Range{0, kHighestRate, false, false}.text());
      }
    }
  }

  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "inhomogeneous_poisson_generator",
        ModelKind::kStimulator,
        "Poisson spike trains whose rate changes at given times, independent for every target.",
        "NEST 3.10 documentation, inhomogeneous_poisson_generator",
        with_window(
            {{"rate_times", ParameterType::kDoubles, "ms", 0, Range::finite(), Role::kParameter,
              "Times from which the rates hold; strictly increasing, in the future.", "[]"},
             {"rate_values", ParameterType::kDoubles, "spikes/s", 0, Range::non_negative(),
              Role::kParameter, "Rates, one a time.", "[]"},
             {"allow_offgrid_times", ParameterType::kBool, "", 0, Range::finite(), Role::kParameter,
              "Round times between grid points up instead of refusing them."}}),
        {}};
    return d;
  }
};

// --- currents ------------------------------------------------------------------------------------

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

const double kTwoPi = 6.283185307179586;

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
    const std::vector<double>& times = p.array[0];
    const double now = grid.ms_from_steps(step + 1);
    const auto next = std::upper_bound(times.begin(), times.end(), now);
    return next == times.begin() ? 0
                                 : p.array[1][static_cast<std::size_t>(next - times.begin()) - 1];
  }

 private:
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override {
    check_window(next, context);
    if (changed[0] != changed[1]) {
      must_come_with(changed[0] ? "amplitude_times" : "amplitude_values",
                     changed[0] ? "amplitude_values" : "amplitude_times");
    }
    if (changed[2] && !changed[0] && !next.array[0].empty()) {
      must_come_with("allow_offgrid_times", "amplitude_times");
    }
    if (!changed[0]) return;
    check_time_line(next.array[0], next.array[1], next.number[2] != 0, 0, "> 0", *context.grid,
                    model_name, "amplitude_times", "amplitude_values");
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

class NoiseGenerator final : public CurrentGenerator {
 public:
  NoiseGenerator() : CurrentGenerator(describe_model()) {}
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<NoiseGenerator>(*this); }
  bool per_target() const override { return true; }
  double current(std::int64_t step, const TimeGrid& grid) const override {
    const DeviceParameters& p = parameters_at(step);
    return active(p, step, grid) ? p.number[kMean] : 0;
  }
  // New values every dt, counted from the first active step.
  NoiseDraw draw(std::int64_t step, const TimeGrid& grid) const override {
    const DeviceParameters& now = parameters_at(step);
    if (!active(now, step, grid)) return {};
    const std::int64_t first = std::max<std::int64_t>(window_of(now, grid).from - 1, 0);
    const std::int64_t dt = grid.steps_from_ms_ceil(now.number[kDt]);
    const std::int64_t drawn = first + (step - first) / dt * dt;
    const DeviceParameters& p = parameters_at(drawn);
    const double omega = kTwoPi * p.number[kFrequency] / 1000;
    const double phi = kTwoPi * p.number[kPhase] / 360;
    double variance = p.number[kStd] * p.number[kStd];
    if (p.number[kStdMod] != 0) {
      const double y1 = elementary::sin(omega * grid.ms_from_steps(drawn + 1) + phi);
      variance += y1 * p.number[kStdMod] * p.number[kStdMod];
    }
    return {drawn, p.number[kMean], std::sqrt(variance)};
  }
  std::int64_t look_back(const TimeGrid& grid) const override {
    double longest = 0;
    for (const DeviceEpoch& epoch : epochs_) {
      longest = std::max(longest, epoch.parameters.number[kDt]);
    }
    return grid.steps_from_ms_ceil(longest);
  }
  void on_resolution(const TimeGrid& grid) override {
    parameters_.number[kDt] = 10 * grid.resolution_ms();
    epochs_.assign(1, {0, parameters_});
  }

 private:
  enum { kMean, kStd, kStdMod, kFrequency, kPhase, kDt };
  void validate(DeviceParameters& next, const std::vector<bool>&,
                const DeviceContext& context) override {
    check_window(next, context);
    if (next.number[kStdMod] > next.number[kStd]) {
      bad("std_mod", next.number[kStdMod], "≤ std (" + format_number(next.number[kStd]) + ")");
    }
    if (!context.grid->is_grid_time(next.number[kDt]) ||
        context.grid->steps_from_ms_ceil(next.number[kDt]) < 1) {
      throw bad_value(ErrorKind::kStepMultipleRequired, model_name, "dt", next.number[kDt],
                      "a positive multiple of the resolution (" +
                          format_number(context.grid->resolution_ms()) + " ms)");
    }
  }
  static const ModelDescription& describe_model() {
    static const ModelDescription d{
        "noise_generator",
        ModelKind::kStimulator,
        "Gaussian white-noise current, constant over dt, independent for every target.",
        "NEST 3.10 documentation, noise_generator",
        with_window({{"mean", ParameterType::kDouble, "pA", 0, Range::finite(), Role::kParameter,
                      "Mean of the current."},
                     {"std", ParameterType::kDouble, "pA", 0, Range::non_negative(),
                      Role::kParameter, "Standard deviation of the current."},
                     {"std_mod", ParameterType::kDouble, "pA", 0, Range::non_negative(),
                      Role::kParameter, "Modulated part of the standard deviation, ≤ std."},
                     {"frequency", ParameterType::kDouble, "Hz", 0, Range::finite(),
                      Role::kParameter, "Frequency of the modulation."},
                     {"phase", ParameterType::kDouble, "deg", 0, Range::finite(), Role::kParameter,
                      "Phase of the modulation at time 0."},
                     {"dt", ParameterType::kDouble, "ms", 1, Range::positive(), Role::kParameter,
                      "Interval between new values; the default is ten steps."}}),
        {"I"}};
    return d;
  }
};

}  // namespace

double NoiseDraw::value(std::uint32_t seed, std::uint32_t connection, NodeId target,
                        std::uint32_t ordinal) const {
  RandomStream stream(seed, Purpose::kNoise, connection, target, static_cast<std::uint32_t>(step),
                      (static_cast<std::uint32_t>(step >> 32) & 0xffu) << 16 | (ordinal & 0xffffu));
  return mean + std * stream.normal();
}

bool CurrentGenerator::active(const DeviceParameters& p, std::int64_t step,
                              const TimeGrid& grid) const {
  const DeviceWindow window = window_of(p, grid);
  return window.from < step + 2 && step + 2 <= window.to;
}

// --- spike_generator -----------------------------------------------------------------------------

namespace {
enum SpikeGeneratorParameter { kTimes, kWeights, kMultiplicities, kPrecise, kOffgrid, kShiftNow };
}  // namespace

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

SpikeGenerator::SpikeGenerator() : Stimulator(describe_model()) {}

void SpikeGenerator::validate(DeviceParameters& next, const std::vector<bool>& changed,
                              const DeviceContext& context) {
  const TimeGrid& grid = *context.grid;
  check_window(next, context);
  const bool precise = next.number[kPrecise] != 0;
  const bool offgrid = next.number[kOffgrid] != 0;
  const bool shift = next.number[kShiftNow] != 0;
  if (precise && (offgrid || shift)) {
    bad("precise_times", true, "false while allow_offgrid_times or shift_now_spikes is set");
  }
  const bool flags_changed = next.number[kPrecise] != parameters_.number[kPrecise] ||
                             next.number[kOffgrid] != parameters_.number[kOffgrid] ||
                             next.number[kShiftNow] != parameters_.number[kShiftNow];
  if (flags_changed && !changed[kTimes] && !stamps_.empty()) {
    bad("precise_times, allow_offgrid_times and shift_now_spikes", true,
        "set together with spike_times");
  }
  next_stamps_ = stamps_;
  next_offsets_ = offsets_;
  if (changed[kTimes]) {
    next_stamps_.clear();
    next_offsets_.clear();
    const std::int64_t origin =
        grid.steps_from_ms_ceil(next.number[static_cast<std::size_t>(index("origin"))]);
    double previous = -std::numeric_limits<double>::infinity();
    for (double t : next.array[kTimes]) {
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
  for (const int k : {kWeights, kMultiplicities}) {
    const auto& values = next.array[static_cast<std::size_t>(k)];
    if (!values.empty() && values.size() != n) {
      bad(k == kWeights ? "spike_weights" : "spike_multiplicities",
          static_cast<double>(values.size()),
          "empty or as long as spike_times (" + std::to_string(n) + " values)");
    }
  }
  for (double m : next.array[kMultiplicities]) {
    if (m < 0 || m > 4294967295.0) bad("spike_multiplicities", m, "integers in [0, 2^32 − 1]");
  }
}

void SpikeGenerator::on_change(const DeviceContext&) noexcept {
  stamps_.swap(next_stamps_);
  offsets_.swap(next_offsets_);
}

Result SpikeGenerator::get(const std::string& key, const TimeGrid& grid) const {
  if (key != "spike_times") return Device::get(key, grid);
  std::vector<double> times(stamps_.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    times[i] = grid.ms_from_steps(stamps_[i]) - offsets_[i];
  }
  return {std::move(times)};
}

void SpikeGenerator::entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
                             std::vector<Entry>& out) const {
  const DeviceWindow window = window_of(parameters_, grid);
  const std::int64_t origin =
      grid.steps_from_ms_ceil(parameters_.number[static_cast<std::size_t>(index("origin"))]);
  const auto& weights = parameters_.array[kWeights];
  const auto& multiplicities = parameters_.array[kMultiplicities];
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

std::vector<std::unique_ptr<Device>> make_stimulators() {
  std::vector<std::unique_ptr<Device>> devices;
  devices.push_back(std::make_unique<AcGenerator>());
  devices.push_back(std::make_unique<DcGenerator>());
  devices.push_back(std::make_unique<InhomogeneousPoisson>());
  devices.push_back(std::make_unique<NoiseGenerator>());
  devices.push_back(std::make_unique<HomogeneousPoisson>());
  devices.push_back(std::make_unique<SpikeGenerator>());
  devices.push_back(std::make_unique<StepCurrentGenerator>());
  return devices;
}

}  // namespace tegmenta
