#include "compiled/synapse_visit.h"

#include <algorithm>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/random.h"
#include "compiled/declared.h"
#include "compiled/synapse_coefficients.h"
#include "compiled/synapse_rows.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

using compiled::Cause;
using compiled::kTileLanes;

/// Inputs by number: the time, the delay, variables of the target, the reward.
constexpr std::size_t kTimeInput = 0, kDelayInput = 1, kFirstVariable = 2;

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// What all synapses of a row meet at the same time.
struct SharedEvent {
  std::int64_t time;
  std::uint32_t pulses;  // of the modulator; 0: the reward changes
  double reward = 0;     // from there on
};

/// The modulator of a row between two visits.
class SharedEvents {
 public:
  SharedEvents(const Modulator* modulator, const VisitRow& row) : modulator_(modulator) {
    if (!modulator) return;
    const bool reward = modulator->parameters().reward;
    // The reward of a step is that of the time before its end.
    const std::int64_t ahead = reward ? 1 : 0;
    if (reward) reward_ = modulator->value_at(std::min(row.from + 1, row.until));
    const std::int64_t last = reward ? row.until : row.until + ahead;
    std::tie(first_, last_) = modulator->events(row.from + ahead, std::max(last, row.from + ahead));
    ahead_ = ahead;
  }
  std::size_t size() const { return static_cast<std::size_t>(last_ - first_); }
  SharedEvent at(std::size_t k) const {
    const Modulator::Event& event = modulator_->event(first_ + k);
    if (ahead_ == 1) return {event.time - 1, 0, event.n};
    return {event.time, static_cast<std::uint32_t>(event.n)};
  }
  /// At first.
  double reward() const { return reward_; }

 private:
  const Modulator* modulator_;
  std::uint64_t first_ = 0, last_ = 0;
  std::int64_t ahead_ = 0;
  double reward_ = 0;
};

template <typename T>
class CompiledVisit {
 public:
  CompiledVisit(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                const VisitTools& tools, VisitScratch& scratch, double* sent)
      : prepared_(static_cast<const SynapseCoefficients&>(*tools.prepared)),
        model_(prepared_.model()),
        spike_(kind == VisitKind::kSpike),
        s_(synapses),
        row_(row),
        tools_(tools),
        sent_(sent),
        shared_(tools.modulator, row),
        alike_(is_alike()),
        rows_(model_, alike_, scratch,
              tools.simd ? compiled::interpreter(*tools.simd) : compiled::plain_interpreter()) {
    std::fill_n(rows_.input(kDelayInput), kTileLanes, ms(row.delay));
    if (alike_) stand_alike();
  }

  void visit() {
    for (std::size_t first = 0; first < s_.n; first += kTileLanes) {
      first_ = first;
      lanes_ = static_cast<int>(std::min<std::size_t>(kTileLanes, s_.n - first));
      visit_tile();
    }
  }

 private:
  double ms(std::int64_t steps) const { return static_cast<double>(steps) * tools_.h; }
  bool is_alike() const {
    for (std::size_t k = 0; k < model_.parameter_count(); ++k) {
      if (s_.columns[k].values) return false;
    }
    return true;
  }

  // --- a tile ---

  void visit_tile() {
    load();
    while (find_events()) {
      advance();
      run_handlers(false);
    }
    finish();
    store();
  }

  void load() {
    for (std::size_t k = 0; k < model_.state_count(); ++k) {
      double* const to = rows_.state(k);
      for (int i = 0; i < lanes_; ++i) to[i] = stored(k, i);
      std::fill(to + lanes_, to + kTileLanes, to[0]);
    }
    std::fill_n(rows_.input(reward_input()), kTileLanes, shared_.reward());
    for (int i = 0; i < lanes_; ++i) {
      at_[i] = row_.from;
      next_shared_[i] = next_post_[i] = last_post_[i] = 0;
      if (!model_.hears_posts()) continue;
      const Histories::Window posts =
          tools_.histories->window(slot(i), row_.from - row_.delay, row_.until - row_.delay);
      next_post_[i] = posts.first;
      last_post_[i] = posts.last;
      read_target(i, row_.from - row_.delay);
    }
    if (!alike_) {
      gather_parameters();
      const double dt[kTileLanes] = {};
      require(rows_.set_up(dt, lanes_, prepared_.grid(), rows_.standing(0)));
    }
  }
  std::size_t slot(int lane) const { return s_.targets[first_ + static_cast<std::size_t>(lane)]; }
  std::size_t reward_input() const { return model_.code().inputs() - 1; }
  double stored(std::size_t state, int lane) const {
    const std::size_t i = first_ + static_cast<std::size_t>(lane);
    if (state == 0) return static_cast<double>(s_.weights[i]);
    return static_cast<double>(column(state).values[i]);
  }
  const ColumnView<T>& column(std::size_t state) const {
    return s_.columns[model_.parameter_count() + state - 1];
  }

  void store() {
    for (int i = 0; i < lanes_; ++i) {
      s_.weights[first_ + static_cast<std::size_t>(i)] = static_cast<T>(rows_.state(0)[i]);
    }
    for (std::size_t k = 1; k < model_.state_count(); ++k) {
      T* const to = column(k).values + first_;
      for (int i = 0; i < lanes_; ++i) to[i] = kept<T>(rows_.state(k)[i]);
    }
  }

  // --- events ---

  std::int64_t time_of_post(int lane) const {
    if (next_post_[lane] == last_post_[lane]) return kNever;
    return tools_.histories->at(slot(lane), next_post_[lane]).stamp + row_.delay;
  }
  std::int64_t time_of_shared(int lane) const {
    return next_shared_[lane] < shared_.size() ? shared_.at(next_shared_[lane]).time : kNever;
  }

  // What a lane meets at a time.
  void meet(int lane, std::int64_t time) {
    to_[lane] = time;
    chosen_.add(lane);
    posts_[lane] = pulses_[lane] = 0;
    changes_[lane] = false;
    if (time_of_post(lane) == time) {
      posts_[lane] = tools_.histories->multiplicity_at(slot(lane), next_post_[lane]++);
    }
    if (time_of_shared(lane) != time) return;
    const SharedEvent event = shared_.at(next_shared_[lane]++);
    pulses_[lane] = event.pulses;
    changes_[lane] = event.pulses == 0;
    reward_[lane] = event.reward;
  }

  // Of each lane the next before the end of the visit.
  bool find_events() {
    chosen_.n = 0;
    for (int i = 0; i < lanes_; ++i) {
      const std::int64_t time = std::min(time_of_post(i), time_of_shared(i));
      if (time < row_.until) meet(i, time);
    }
    return chosen_.n > 0;
  }

  void finish() {
    chosen_.n = 0;
    bool has_posts = false;
    for (int i = 0; i < lanes_; ++i) {
      meet(i, row_.until);
      has_posts |= posts_[i] > 0;
    }
    if (row_.until > row_.from) advance();
    has_before_ = spike_ && has_posts;
    for (std::size_t k = 0; has_before_ && k < model_.state_count(); ++k) {
      if (model_.code().of_target[k]) {
        std::copy_n(rows_.state(k), kTileLanes, rows_.state_before(k));
      }
    }
    run_handlers(spike_);
  }

  // --- programs ---

  // The chosen lanes, each up to its time.
  void advance() {
    const SynapseProgram& update = model_.update();
    if (!update.code->code.empty() || !update.changes.empty()) {
      coefficients_of_time();
      tell_time(update, [&](int lane) { return at_[lane]; });
      require(rows_.run(update, true, chosen_, lanes_, names(update, 0)));
    }
    for (int j = 0; j < chosen_.n; ++j) at_[chosen_.at[j]] = to_[chosen_.at[j]];
  }

  void coefficients_of_time() {
    const std::size_t width = model_.coefficients();
    if (width == 0) return;
    std::int64_t steps[kTileLanes];
    bool same = true;
    for (int j = 0; j < chosen_.n; ++j) {
      steps[j] = to_[chosen_.at[j]] - at_[chosen_.at[j]];
      same &= steps[j] == steps[0];
    }
    const std::int64_t longest = *std::max_element(steps, steps + chosen_.n);
    if (!alike_ || !prepared_.of(longest)) return work_out(steps);
    if (same) {
      const double* const all = prepared_.of(longest);
      for (std::size_t k = 0; k < width; ++k) std::fill_n(rows_.passing(k), kTileLanes, all[k]);
      return;
    }
    for (int j = 0; j < chosen_.n; ++j) {
      const double* const own = prepared_.of(steps[j]);
      for (std::size_t k = 0; k < width; ++k) rows_.passing(k)[j] = own[k];
    }
    for (std::size_t k = 0; k < width; ++k) {
      double* const row = rows_.passing(k);
      std::fill(row + chosen_.n, row + kTileLanes, row[0]);
    }
  }

  void work_out(const std::int64_t* steps) {
    double dt[kTileLanes];
    for (int j = 0; j < chosen_.n; ++j) dt[j] = ms(steps[j]);
    for (std::size_t k = 0; k < model_.parameter_count(); ++k) {
      for (int j = 0; j < chosen_.n; ++j) rows_.parameter(k)[j] = parameter(k, chosen_.at[j]);
    }
    require(rows_.set_up(dt, chosen_.n, prepared_.grid(), rows_.passing(0)));
  }
  double parameter(std::size_t k, int lane) const {
    return s_.columns[k].at(first_ + static_cast<std::size_t>(lane));
  }
  void gather_parameters() {
    for (std::size_t k = 0; k < model_.parameter_count(); ++k) {
      double* const row = rows_.parameter(k);
      for (int i = 0; i < lanes_; ++i) row[i] = parameter(k, i);
      std::fill(row + lanes_, row + kTileLanes, row[0]);
    }
  }

  // Of what spikes do, where it is the same for all synapses.
  void stand_alike() {
    const double* const all = prepared_.of(0);
    if (all) {
      for (std::size_t k = 0; k < model_.coefficients(); ++k) {
        std::fill_n(rows_.standing(k), kTileLanes, all[k]);
      }
      return;
    }
    const double dt[kTileLanes] = {};
    for (std::size_t k = 0; k < model_.parameter_count(); ++k) {
      std::fill_n(rows_.parameter(k), kTileLanes, s_.columns[k].uniform);
    }
    require(rows_.set_up(dt, kTileLanes, prepared_.grid(), rows_.standing(0)));
  }

  // Variables of the target, at its latest spike up to a step.
  void read_target(int lane, std::int64_t stamp) {
    const std::vector<std::string>& names = model_.post_variables;
    for (std::size_t k = 0; k < names.size(); ++k) {
      rows_.input(kFirstVariable + k)[lane] = tools_.samples->at(slot(lane), names[k], stamp);
    }
  }

  void run_handlers(bool pre) {
    if (!model_.post_variables.empty()) {
      for (int j = 0; j < chosen_.n; ++j) {
        const int lane = chosen_.at[j];
        if (posts_[lane] > 0) read_target(lane, to_[lane] - row_.delay);
      }
    }
    for (const SynapseHandler& handler : model_.handlers()) {
      switch (handler.cause) {
        case Cause::kModulator:
          run_as_often(handler, pulses_, 0, kModulatorName);
          break;
        case Cause::kPost:
          run_as_often(handler, posts_, -row_.delay, kPostName);
          break;
        case Cause::kPre:
          if (pre) run_pre(handler);
          break;
      }
    }
    double* const reward = rows_.input(reward_input());
    for (int j = 0; j < chosen_.n; ++j) {
      const int lane = chosen_.at[j];
      if (changes_[lane]) reward[lane] = reward_[lane];
    }
  }

  // shift: from the time of a lane to what the handler is told.
  void run_as_often(const SynapseHandler& handler, const std::uint32_t* counts, std::int64_t shift,
                    std::uint32_t name) {
    ChosenLanes lanes;
    for (std::uint32_t m = 0;; ++m) {
      lanes.n = 0;
      for (int j = 0; j < chosen_.n; ++j) {
        if (counts[chosen_.at[j]] > m) lanes.add(chosen_.at[j]);
      }
      if (lanes.n == 0) return;
      std::swap(lanes, chosen_);
      tell_time(handler, [&](int lane) { return to_[lane] + shift; });
      const NeuronFailure failure =
          rows_.run(handler, false, chosen_, lanes_, names(handler, name + m));
      std::swap(lanes, chosen_);
      require(failure);
    }
  }

  void run_pre(const SynapseHandler& handler) {
    tell_time(handler, [&](int lane) { return to_[lane]; });
    double* const sums = sent_ + first_;
    std::fill_n(sums, lanes_, 0.0);
    for (std::uint32_t m = 0; m < row_.spikes; ++m) {
      require(rows_.run_pre(handler, has_before_, lanes_, names(handler, kPreName + m)));
      const double* const sent = rows_.operand(handler.sent);
      const double* const emitted = rows_.operand(handler.emitted);
      for (int i = 0; i < lanes_; ++i) {
        sums[i] += sent[i];
        if (!tools_.each) continue;
        double& each = tools_.each[(first_ + static_cast<std::size_t>(i)) * row_.spikes + m];
        each = emitted[i] != 0 ? sent[i] : std::numeric_limits<double>::quiet_NaN();
      }
    }
  }

  template <typename F>
  void tell_time(const SynapseProgram& program, F&& time) {
    if (program.inputs.empty() || program.inputs.front() != kTimeInput) return;
    double* const row = rows_.input(kTimeInput);
    for (int j = 0; j < chosen_.n; ++j) row[chosen_.at[j]] = ms(time(chosen_.at[j]));
  }

  // --- random numbers ---

  static constexpr std::uint32_t kPreName = 1u << 30, kPostName = 2u << 30,
                                 kModulatorName = 3u << 30;

  // Named by source, target, which of several synapses between them it is, time, and which spike.
  const compiled::DrawNames* names(const SynapseProgram& program, std::uint32_t what) {
    if (!program.draws) return nullptr;
    draws_.seed = RandomStream(row_.seed, Purpose::kSynapseModel, row_.source, what,
                               static_cast<std::uint32_t>(row_.until >> 32))
                      .next_u32();
    for (int j = 0; j < chosen_.n; ++j) {
      const int lane = chosen_.at[j];
      const std::size_t i = first_ + static_cast<std::size_t>(lane);
      draws_.first[j] = tools_.target_ids ? tools_.target_ids[s_.targets[i]] : 0;
      draws_.second[j] = static_cast<std::uint32_t>(what == 0 ? at_[lane] : to_[lane]);
      draws_.third[j] = ordinal_among_equals(s_.targets + i, row_.in_run + i);
    }
    return &draws_;
  }

  void require(const NeuronFailure& failure) const {
    if (failure.kind == NeuronFailure::kNone) return;
    const std::string& model = model_.name;
    const double source = row_.source, time_ms = ms(row_.until);
    throw SynapseFailure(
        Error(ErrorKind::kNumericalInstability,
              model + " of node " + format_number(source) + ", at " + format_number(time_ms) +
                  " ms: " + compiled::text_of(model_.code(), failure),
              {{"model", model}, {"node", source}, {"time_ms", time_ms}}),
        row_.source);
  }

  const SynapseCoefficients& prepared_;
  const CompiledSynapse& model_;
  const bool spike_;
  const VisitSynapses<T>& s_;
  const VisitRow& row_;
  const VisitTools& tools_;
  double* const sent_;
  const SharedEvents shared_;
  const bool alike_;
  SynapseRows rows_;
  compiled::DrawNames draws_{};

  // The tile, a number a lane.
  std::size_t first_ = 0;
  int lanes_ = 0;
  std::int64_t at_[kTileLanes], to_[kTileLanes];
  std::uint32_t next_post_[kTileLanes], last_post_[kTileLanes], next_shared_[kTileLanes];
  std::uint32_t posts_[kTileLanes], pulses_[kTileLanes];
  bool changes_[kTileLanes];
  double reward_[kTileLanes];
  ChosenLanes chosen_;
  bool has_before_ = false;
};

template <typename T>
void visit_compiled(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                    const VisitTools& tools, double* sent) {
  if (synapses.n == 0) return;
  VisitScratch own;
  CompiledVisit<T>(kind, synapses, row, tools, tools.scratch ? *tools.scratch : own, sent).visit();
}

}  // namespace

void visit_compiled_double(VisitKind kind, const VisitSynapses<double>& synapses,
                           const VisitRow& row, const VisitTools& tools, double* sent,
                           VisitCounts&) {
  visit_compiled(kind, synapses, row, tools, sent);
}

void visit_compiled_float(VisitKind kind, const VisitSynapses<float>& synapses, const VisitRow& row,
                          const VisitTools& tools, double* sent, VisitCounts&) {
  visit_compiled(kind, synapses, row, tools, sent);
}

}  // namespace tegmenta
