// The slice loop: deliver, update, exchange, enqueue.
#include "engine/engine.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>
#include <optional>

#include "base/compute_threads.h"
#include "base/errors.h"
#include "base/held.h"
#include "base/priority.h"
#include "engine/flush_turns.h"

namespace tegmenta {

int next_pace(int steps, std::chrono::steady_clock::duration took, int most) {
  constexpr double kLongest = 0.04;  // s
  constexpr int kGrowth = 4;
  const double seconds = std::chrono::duration<double>(took).count();
  const double fits = std::min<double>(most, kLongest / std::max(seconds, 1e-9) * steps);
  return std::clamp(static_cast<int>(fits), 1, std::min(most, kGrowth * steps));
}

void Engine::ready(std::int64_t steps) {
  const std::int64_t begin = net_.clock.now;
  const std::int64_t end = begin + steps;
  sampled_ = {};
  for (auto& p : partitions_) {
    p->agenda_at = 0;
    p->run_end = end;
    p->synaptic_events = 0;
    p->next_flush = -1;
    for (auto& failed : p->failed) failed.reset();
    p->begin_run();
  }
  net_.completion.reserve.refill();
}

/// One call of advance(): what its workers share, and what the first of them decides for all.
class Engine::Course {
 public:
  Course(Engine& engine, std::int64_t steps, const ProgressCallback& progress,
         const std::atomic<bool>& cancel, const RunLimits& limits)
      : engine_(engine),
        reserve_(engine.net_.completion.reserve),
        progress_(progress),
        cancel_(cancel),
        begin_(engine.net_.clock.now),
        end_(begin_ + steps),
        next_length_{engine.pace_, engine.pace_},
        has_choice_(engine.workers_->size() > 1 && engine.busy_partitions() > 1),
        readers_(limits.readers),
        guard_(limits, engine.net_) {
    for (const auto& p : engine.partitions_) {
      for (const int parity : {0, 1}) spikes_of_[parity].push_back(&p->spikes[parity]);
    }
    if (guard_.watches_memory()) engine.note_bytes({0, 1});
  }

  /// All slices: shared among the workers, or done by the first alone.
  void go();
  /// Where they have come to, and why no further, if memory or a guard is the reason.
  std::exception_ptr finish(RunReport& report);
  /// Where the network is left by a failure, to be looked at.
  void break_off() noexcept;

 private:
  /// A stretch of slices, as one worker goes through its share of them.
  void work(Share share);
  bool has_room(std::int64_t origin);
  bool is_too_much();
  bool waits_for_readers();
  void decide(std::int64_t origin, int length, int parity);
  void collect(std::int64_t origin, int length, int parity);
  void tell(std::int64_t step) const;

  Engine& engine_;
  Reserve& reserve_;
  const ProgressCallback& progress_;
  const std::atomic<bool>& cancel_;
  std::int64_t begin_, end_;
  // Decided by worker 0 before the barrier, a slice parity.
  bool stop_after_[2] = {false, false};
  bool leave_after_[2] = {false, false};  // the stretch
  int next_length_[2];
  // Of worker 0.
  int last_length_ = 0;
  std::chrono::steady_clock::time_point last_begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_progress_ = last_begin_;
  std::int64_t reached_ = begin_;
  int parity_ = 0;  // of the next slice, where a stretch begins
  bool stopped_ = false;
  bool has_choice_;
  std::int64_t rows_until_ = begin_;  // no synapse has been visited for later
  std::uint64_t spikes_ = 0;
  std::exception_ptr no_room_;
  Readers* readers_;
  RunGuard guard_;
  std::vector<const SpikeList*> spikes_of_[2];  // of the partitions, a slice parity
};

bool Engine::Course::has_room(std::int64_t origin) {
  try {
    const Reserve::Use none(nullptr);  // it is for what cannot fail
    engine_.reserve_recording(origin);
  } catch (...) {
    no_room_ = std::current_exception();
  }
  return !no_room_;
}

bool Engine::Course::is_too_much() {
  if (!guard_.watches()) return false;
  std::int64_t under_way = 0;
  for (const auto& p : engine_.partitions_) under_way += p->bytes_under_way.load();
  return guard_.is_exceeded(under_way);
}

// Whether it had to. Others may compute meanwhile.
bool Engine::Course::waits_for_readers() {
  const Nodes& nodes = engine_.net_.nodes;
  const auto recorded = [&](NodeId id) -> std::uint64_t {
    if (id == 0 || id > nodes.count() || nodes.is_neuron(id)) return 0;
    const auto* const recorder = dynamic_cast<const Recorder*>(&nodes.device_of(id));
    return recorder ? recorder->size() : 0;
  };
  if (!readers_->is_one_behind(recorded)) return false;
  const auto is_over = [&] { return cancel_.load(std::memory_order_relaxed) || is_too_much(); };
  TakenThreads::without(
      [&] {
        while (!is_over() && readers_->is_one_behind(recorded)) readers_->wait_for_change();
      },
      is_over);
  return true;
}

void Engine::Course::decide(std::int64_t origin, int length, int parity) {
  const auto now = std::chrono::steady_clock::now();
  heed_priority();
  bool may_leave = false;
  if (last_length_ > 0) {
    engine_.pace_ = next_pace(last_length_, now - last_begin_, engine_.slice_steps_);
    may_leave = has_choice_ && engine_.choice_.is_enough(last_length_, now - last_begin_);
  }
  next_length_[parity] = engine_.pace_;
  const bool waited = readers_ && !readers_->none() && waits_for_readers();
  last_begin_ = waited ? std::chrono::steady_clock::now() : now;
  last_length_ = length;
  const bool goes_on = origin + length < end_;
  stop_after_[parity] = cancel_.load(std::memory_order_relaxed) || reserve_.spent() ||
                        (goes_on && (!has_room(origin) || is_too_much()));
  leave_after_[parity] = stop_after_[parity] || may_leave || waited;
}

void Engine::Course::collect(std::int64_t origin, int length, int parity) {
  for (const auto& p : engine_.partitions_) {
    for (const SpikeEntry& s : p->spikes[parity].entries) spikes_ += s.multiplicity;
  }
  if (guard_.watches()) guard_.count(spikes_of_[parity], length);
  engine_.record(origin, length, parity);
  engine_.record_synapses();
  engine_.sampled_ = {origin, length, parity};
  reached_ = origin + length;
  if (!progress_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_progress_ <= std::chrono::milliseconds(30)) return;
  last_progress_ = now;
  tell(reached_);
}

void Engine::Course::tell(std::int64_t step) const {
  const std::int64_t steps = end_ - begin_;
  const double fraction =
      steps > 0 ? static_cast<double>(step - begin_) / static_cast<double>(steps) : 1;
  progress_({Phase::kSimulate, fraction, engine_.net_.clock.grid.nearest_ms_from_steps(step)});
}

void Engine::Course::go() {
  ThreadChoice& choice = engine_.choice_;
  while (reached_ < end_ && !stopped_) {
    choice.begin_stretch();
    last_length_ = 0;
    const int workers = engine_.workers_->size();
    if (has_choice_ && choice.shared() && TakenThreads::here() >= workers) {
      engine_.workers_->run([&](int worker) { work({worker, workers}); });
    } else {
      work({0, 1});
    }
    if (!has_choice_) continue;
    if (last_length_ > 0) {
      choice.is_enough(last_length_, std::chrono::steady_clock::now() - last_begin_);
    }
    choice.end_stretch();
  }
}

void Engine::Course::work(Share share) {
  const Reserve::Use use(&reserve_);
  const bool first = share.worker == 0;
  int parity = parity_, pace = engine_.pace_;
  bool leaves = false;
  const bool passes = share.workers == 1 && !guard_.watches() && engine_.can_pass_over();
  for (std::int64_t origin = reached_; origin < end_ && !leaves; parity ^= 1) {
    if (passes) origin = engine_.next_step(origin, end_ - 1);
    const int length = static_cast<int>(std::min<std::int64_t>(pace, end_ - origin));
    if (first) decide(origin, length, parity);
    engine_.slice(share, origin, length, parity);
    if (share.workers > 1) engine_.workers_->barrier();
    if (const PartitionState::Failure* failure = engine_.first_failure(parity)) {
      if (first) throw Error(failure->error);
      break;
    }
    leaves = leave_after_[parity];
    pace = next_length_[parity];
    if (first) rows_until_ = origin + length;
    engine_.exchange(share, origin, length, parity);
    if (guard_.watches_memory()) engine_.note_bytes(share);
    if (first) {
      collect(origin, length, parity);
      parity_ = parity ^ 1;
      stopped_ = stop_after_[parity];
    }
    origin += length;
  }
}

std::exception_ptr Engine::Course::finish(RunReport& report) {
  // Of what was brought up to date after the last slice.
  for (const int parity : {0, 1}) {
    if (const PartitionState::Failure* failure = engine_.first_failure(parity)) {
      throw Error(failure->error);
    }
  }
  // Asked before the reserve is taken again for what follows.
  if (!no_room_ && reached_ < end_ && reserve_.spent()) {
    no_room_ = std::make_exception_ptr(std::bad_alloc());
  }
  EngineViews& net = engine_.net_;
  engine_.record_synapses();
  net.clock.now = reached_;
  // Weights belong to the time of their spikes, not to that of their arrival.
  try {
    if (engine_.records_weights_) net.plasticity.settle();
  } catch (...) {
    no_room_ = std::current_exception();  // those left are visited when they are due
  }
  if (progress_) tell(reached_);
  report.steps = reached_ - begin_;
  report.biological_time_ms = net.clock.grid.nearest_ms_from_steps(report.steps);
  report.spikes = net.last_spikes = spikes_;
  for (const auto& p : engine_.partitions_) report.synaptic_events += p->synaptic_events;
  report.guarded_events = guard_.events();
  report.cancelled = reached_ < end_;
  if (no_room_) return no_room_;
  if (guard_.watches() && !report.cancelled) guard_.end_windows();
  return guard_.problem();
}

void Engine::Course::break_off() noexcept {
  engine_.net_.clock.now = rows_until_;
  // Some have arrived in a part of the network only.
  for (Calendar& calendar : engine_.net_.synapses.calendars) {
    calendar.for_days([](CalendarDay& day) { day = {}; });
  }
}

std::exception_ptr Engine::advance(std::int64_t steps, const ProgressCallback& progress,
                                   const std::atomic<bool>& cancel, const RunLimits& limits,
                                   RunReport& report) {
  slices_with_room_ = 0;
  std::optional<Course> made;
  try {
    plan_time(steps);
    reserve_recording(net_.clock.now);
    made.emplace(*this, steps, progress, cancel, limits);
  } catch (...) {
    return std::current_exception();
  }
  Course& course = *made;
  const Reserve::Use last_samples(&net_.completion.reserve);
  try {
    course.go();
    return course.finish(report);
  } catch (...) {
    course.break_off();
    throw;
  }
}

const PartitionState::Failure* Engine::first_failure(int parity) const {
  const PartitionState::Failure* first = nullptr;
  for (const auto& p : partitions_) {
    const auto& failed = p->failed[parity];
    if (failed && (!first || failed->before(*first))) first = &*failed;
  }
  return first;
}

// What devices do in the next steps. A failure leaves it to be done again.
void Engine::plan_time(std::int64_t steps) {
  const std::int64_t begin = net_.clock.now;
  const std::int64_t end = begin + steps;
  make_agenda(steps);
  for (const auto& device : net_.nodes.devices) {
    if (auto* const poisson = device->as<PoissonGenerator>()) {
      poisson->forget_before(begin - net_.synapses.delays.high - 2);
      poisson->make_line(begin - net_.synapses.delays.high - 2, end + 2, net_.clock.grid);
    } else if (auto* const current = device->as<CurrentGenerator>()) {
      current->forget_before(begin - net_.synapses.delays.high - 3 -
                             current->look_back(net_.clock.grid));
    }
  }
}

template <typename Each>
void Engine::for_share(Share share, Each&& each) {
  for (auto p = static_cast<std::size_t>(share.worker); p < partitions_.size();
       p += static_cast<std::size_t>(share.workers)) {
    if (!partitions_[p]->chunks.empty()) each(*partitions_[p]);
  }
}

// Those that have neurons.
std::ptrdiff_t Engine::busy_partitions() const {
  return std::count_if(partitions_.begin(), partitions_.end(),
                       [](const auto& p) { return !p->chunks.empty(); });
}

void Engine::slice(Share share, std::int64_t origin, int steps, int parity) {
  for_share(share, [&](PartitionState& partition) {
    if (!agenda_.empty()) enqueue_generators(partition, origin, steps);
    partition.advance(origin, steps, parity);
  });
}

void Engine::exchange(Share share, std::int64_t origin, int steps, int parity) {
  for_share(share, [&](PartitionState& partition) {
    modulate(partition, origin, steps, parity);
    enqueue_neurons(partition, origin, steps, parity);
  });
}

namespace {

template <typename F>
void for_runs(const std::vector<PartitionState::RowsHere>& of, NodeId source, F&& f) {
  for (const auto& here : of) {
    const NodeId row = source - here.source_low;
    if (source < here.source_low || row >= here.source_count) continue;
    const PartitionRows& rows = *here.rows;
    for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
      f(here.store, rows.runs[r], r);
    }
  }
}

}  // namespace

void Engine::note_bytes(Share share) {
  for_share(share, [&](PartitionState& partition) {
    const auto p = static_cast<std::size_t>(partition.index());
    partition.bytes_under_way.store(
        static_cast<std::int64_t>(bytes_held(net_.synapses.calendars[p])));
  });
}

// Whether no neuron has fired in a slice.
bool Engine::is_quiet(int parity) const {
  return std::all_of(partitions_.begin(), partitions_.end(),
                     [&](const auto& p) { return p->spikes[parity].entries.empty(); });
}

void Engine::enqueue_generators(PartitionState& p, std::int64_t origin, int steps) {
  Calendar& calendar = net_.synapses.calendars[static_cast<std::size_t>(p.index())];
  for (; p.agenda_at < agenda_.size(); ++p.agenda_at) {
    const AgendaEntry& spike = agenda_[p.agenda_at];
    if (spike.stamp > origin + steps) break;
    for_runs(p.rows_here, spike.source, [&](std::uint16_t store, const Run& run, std::uint32_t) {
      p.due_days.note(spike.stamp - 1 + run.delay());
      calendar.day(spike.stamp - 1 + run.delay())
          .generators.push_back(
              {{run.offset, run.length, store, run.channel(), spike.multiplicity}, spike.factor});
    });
  }
}

void Engine::enqueue_neurons(PartitionState& p, std::int64_t origin, int steps, int parity) {
  Calendar& calendar = net_.synapses.calendars[static_cast<std::size_t>(p.index())];
  // What is found here belongs to the next slice: this one's failures may still be read.
  const int later = parity ^ 1;
  p.failed[later].reset();
  if (p.sampler) p.sampler->hand_over_releasing(parity);
  const bool flushes = flushes_within(p, origin + 1, origin + steps);
  if (is_quiet(parity) && !flushes && !p.sampler) return;
  const std::size_t first = calendar.place(origin);
  for (int lag = 0; lag < steps; ++lag) {
    const std::size_t place = calendar.place_ahead(first, static_cast<std::uint32_t>(lag));
    for (const auto& from : partitions_) {
      for (const SpikeEntry& spike : from->spikes[parity].of(lag)) {
        for_runs(p.rows_here, spike.source,
                 [&](std::uint16_t store, const Run& run, std::uint32_t index) {
                   // The run arrives in the update step that ends at stamp + delay.
                   p.due_days.note(origin + lag + run.delay());
                   calendar.day_ahead(place, run.delay())
                       .neurons.push_back({run.offset, run.length, store, run.channel(),
                                           spike.multiplicity, index});
                   p.synaptic_events += std::uint64_t{run.length} * spike.multiplicity;
                 });
        if (!p.plastic_rows.empty()) enqueue_plastic(p, spike, origin + lag + 1, origin);
        if (!p.recorded_rows.empty()) list_transmitted(p, spike, origin + lag + 1, later);
      }
    }
    const std::int64_t end = origin + lag + 1;
    if (flushes) flush_silent(p, end, later);
    if (p.sampler) {
      p.note_synapses(end, later, [&] { p.sampler->sample(end, origin + steps, parity); });
    }
  }
}

// What synapses that are not plastic send is known when the spike is. Recorders get it with what
// plastic ones send in the next slice.
void Engine::list_transmitted(PartitionState& p, const SpikeEntry& spike, std::int64_t stamp,
                              int later) {
  const auto at = static_cast<std::size_t>(p.index());
  std::vector<TransmittedWeight>& list = net_.recording.transmitted[at].by_parity[later];
  for_runs(p.recorded_rows, spike.source, [&](std::uint16_t s, const Run& run, std::uint32_t) {
    const RowStore& store = *net_.synapses.stores[s];
    const PartitionRows& rows = store.partitions[at];
    reserve_more(list, std::size_t{run.length} * spike.multiplicity);
    const TransmittedRun transmitted{store.model,
                                     spike.source,
                                     stamp,
                                     run.delay(),
                                     spike.multiplicity,
                                     run.channel(),
                                     {rows.targets.data() + run.offset, run.length},
                                     net_.synapses.placement.node_of_slot[at].data(),
                                     s,
                                     run.offset};
    tegmenta::list_transmitted(list, transmitted, [&](std::size_t i, std::uint32_t) {
      return store.weight_at(static_cast<std::uint32_t>(at), run.offset + i);
    });
  });
}

// Dopamine that this slice's spikes release, into the partition's own copy of the time lines.
void Engine::modulate(PartitionState& p, std::int64_t origin, int steps, int parity) {
  if (!p.plastic) return;
  send_rewards(p, origin, steps, parity);
  if (p.plastic->modulators.empty()) return;
  const bool through_states = !modulators_of_.empty();
  const bool some = !modulated_by_.none() || through_states;
  for (const auto& from : partitions_) {
    if (!some || from->spikes[parity].entries.empty()) continue;
    for (int lag = 0; lag < steps; ++lag) {
      const auto schedule = [&](int modulator, std::uint32_t delay, std::uint32_t spikes) {
        p.plastic->modulators[static_cast<std::size_t>(modulator)]->schedule(
            origin + lag + 1 + delay, spikes);
      };
      for (const SpikeEntry& spike : from->spikes[parity].of(lag)) {
        for (const Release& r : modulated_by_.of(spike.source)) {
          schedule(r.modulator, r.delay, spike.multiplicity);
        }
      }
      if (!through_states || from->releases.none()) continue;
      for (const ReleasedSpike& spike : from->releases.of(lag, parity)) {
        const auto of_device = modulators_of_.find(spike.device);
        if (of_device == modulators_of_.end()) continue;
        for (const int m : of_device->second) schedule(m, spike.delay, spike.multiplicity);
      }
    }
  }
  for (auto& modulator : p.plastic->modulators) {
    if (modulator) modulator->advance(origin + steps);
  }
}

// Spikes that reach a reward_transmitter, into the partition's own copy of its lines.
void Engine::send_rewards(PartitionState& p, std::int64_t origin, int steps, int parity) {
  for (const auto& from : partitions_) {
    if (rewarded_by_.none() || from->spikes[parity].entries.empty()) continue;
    for (int lag = 0; lag < steps; ++lag) {
      for (const SpikeEntry& spike : from->spikes[parity].of(lag)) {
        for (const RewardPath& path : rewarded_by_.of(spike.source)) {
          p.plastic->reward_lines[static_cast<std::size_t>(path.line)]->schedule(
              {origin + lag + 1 + path.delay, path.receptor, spike.source, path.weight,
               spike.multiplicity});
        }
      }
    }
  }
  p.advance_rewards(origin + steps);
}

// The runs of a source's plastic rows, with the state that the rows have; which then moves on.
void Engine::enqueue_plastic(PartitionState& p, const SpikeEntry& spike, std::int64_t stamp,
                             std::int64_t slice_begin) {
  Calendar& calendar = net_.synapses.calendars[static_cast<std::size_t>(p.index())];
  for (const auto& here : p.plastic_rows) {
    const NodeId row = spike.source - here.owner->source_low;
    if (spike.source < here.owner->source_low || row >= here.owner->source_count) continue;
    PartitionRows& rows = *here.rows;
    if (rows.row_begin[row] == rows.row_begin[row + 1]) continue;
    const double triplet = rows.row_Kplus_triplet.empty() ? 0 : rows.row_Kplus_triplet[row];
    if (p.sampler) {
      p.sampler->spike(
          here.store, row,
          {rows.row_time[row], stamp, rows.row_Kplus[row], triplet, spike.multiplicity},
          slice_begin);
    }
    const std::size_t place = calendar.place(stamp - 1);
    for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
      const Run& run = rows.runs[r];
      p.due_days.note(stamp - 1 + run.delay());
      CalendarDay& day = calendar.day_ahead(place, run.delay());
      (here.owner->pairs_at_arrival() ? day.arriving : day.plastic)
          .push_back({{run.offset, run.length, here.store, run.channel(), spike.multiplicity},
                      spike.source,
                      run.delay(),
                      rows.row_time[row],
                      stamp,
                      rows.row_Kplus[row],
                      triplet});
      const std::uint64_t events = std::uint64_t{run.length} * spike.multiplicity;
      p.synaptic_events += events;
    }
    if (here.owner->pairs_at_arrival()) {
      rows.trains[row].add(stamp, spike.multiplicity, *here.runtime->decay_plus,
                           net_.synapses.delays.high, here.owner->prepared->gap);
    }
    advance_row(rows, row, stamp, spike.multiplicity, *here.runtime);
  }
}

// The first from `step` on that is the turn of some source.
std::int64_t Engine::next_flush(PartitionState& p, std::int64_t step) const {
  if (p.next_flush >= step) return p.next_flush;
  std::int64_t& next = p.next_flush = kNeverDue;
  for (const auto& here : p.plastic_rows) {
    if (!here.owner->plastic->looks_at_posts) continue;
    const std::int64_t from = turn_at(*here.owner, step, net_.plasticity.flush_window);
    const bool now = from < here.owner->source_count;
    next = std::min(next, now ? step : step + net_.plasticity.flush_window - from);
  }
  return next;
}

// Whether one of the steps first … last is the turn of some source.
bool Engine::flushes_within(PartitionState& p, std::int64_t first, std::int64_t last) const {
  return next_flush(p, first) <= last;
}

bool Engine::can_pass_over() const {
  return busy_partitions() > 0 && meters_.empty() && device_meters_.empty() &&
         poisson_recordings_.empty() && synapse_recordings_.empty() && !records_weights_ &&
         std::all_of(partitions_.begin(), partitions_.end(),
                     [](const auto& p) { return p->chunks.empty() || p->walks_due(); });
}

std::int64_t Engine::next_step(std::int64_t step, std::int64_t last) const {
  std::int64_t next = last;
  for (const auto& p : partitions_) {
    if (p->chunks.empty()) continue;
    next = std::min({next, p->next_step(), next_flush(*p, step + 1) - 1});
  }
  // A spike that is given is enqueued and recorded in the slice of its stamp.
  const auto given =
      std::upper_bound(agenda_.begin(), agenda_.end(), step,
                       [](std::int64_t t, const AgendaEntry& e) { return t < e.stamp; });
  if (given != agenda_.end()) next = std::min(next, given->stamp - 1);
  return std::max(next, step);
}

// Rows whose source has been silent for a window are brought up to `step`. Source s has its turn at
// the steps that are s modulo the window: a function of the source alone.
void Engine::flush_silent(PartitionState& p, std::int64_t step, int parity) {
  const std::int64_t window = net_.plasticity.flush_window;
  const VisitSetting setting = net_.plasticity.visit_setting(static_cast<std::size_t>(p.index()));
  for (const auto& here : p.plastic_rows) {
    if (!here.owner->plastic->looks_at_posts) continue;
    const std::int64_t low = here.owner->source_low;
    const std::int64_t end = low + here.owner->source_count;
    for (std::int64_t source = low + turn_at(*here.owner, step, window); source < end;
         source += window) {
      const auto row = static_cast<std::uint32_t>(source - low);
      if (here.rows->row_begin[row] == here.rows->row_begin[row + 1]) continue;
      if (here.rows->row_time[row] > step - window) continue;
      if (here.owner->pairs_at_arrival()) {
        advance_row(*here.rows, row, step, 0, *here.runtime);
        continue;
      }
      p.note_synapses(step, parity, [&] {
        p.plastic->flush_row(*here.owner, *here.rows, row, step, *here.runtime, setting);
      });
    }
  }
}

}  // namespace tegmenta
