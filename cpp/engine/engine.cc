#include "engine/engine.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>

#include "base/errors.h"

namespace tegmenta {

namespace {

/// Longest slice: beyond this, fewer barriers save nothing.
constexpr std::int64_t kMostSliceSteps = 64;
/// Input rows of a slice should stay in the second-level cache.
constexpr std::size_t kInputRowBytes = 512 * 1024;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

// --- planning ------------------------------------------------------------------------------------

void Engine::prepare() {
  net_.lay_out();
  for (auto& population : net_.populations_) {
    const bool scalar = population->scalar_update();
    population->calibrate(net_.grid_);
    // Which update runs is part of the plan.
    if (scalar != population->scalar_update()) net_.devices_changed_ = true;
  }
  net_.prepare_plasticity();
  if (planned_generation_ != net_.generation_ || net_.devices_changed_) {
    plan_partitions();
    plan_device_inputs();
    plan_recording();
    plan_modulators();
    planned_generation_ = net_.generation_;
    net_.devices_changed_ = false;
  }
  slice_steps_ = slice_limit();
  for (auto& p : partitions_) p->reserve(slice_steps_);
  const std::int64_t reach = std::max<std::int64_t>(1, net_.spike_delay_high_) + slice_steps_ + 1;
  net_.calendars_.resize(partitions_.size());
  for (Calendar& calendar : net_.calendars_) calendar.reserve(net_.now_, reach);
}

int Engine::slice_limit() const {
  std::int64_t limit = kMostSliceSteps;
  if (net_.spike_delay_low_ > 0) limit = std::min(limit, net_.spike_delay_low_);
  std::size_t step_bytes = 1;
  for (const auto& p : partitions_) step_bytes = std::max(step_bytes, p->bytes_per_step());
  const auto fits = static_cast<std::int64_t>(kInputRowBytes / step_bytes);
  return static_cast<int>(std::max<std::int64_t>(1, std::min(limit, fits)));
}

void Engine::plan_partitions() {
  const bool same = planned_generation_ == net_.generation_ &&
                    partitions_.size() == static_cast<std::size_t>(net_.placement_.partitions());
  if (!same || partitions_.empty()) {
    partitions_.clear();
    for (int p = 0; p < net_.placement_.partitions(); ++p) {
      partitions_.push_back(std::make_unique<PartitionState>(net_, p));
    }
  }
  bool sums = false;
  for (const auto& device : net_.devices_) sums |= device->kind() == DeviceKind::kSpikeGenerator;
  for (auto& p : partitions_) {
    p->needs_sums = sums;
    p->plan_rows();
    for (ChunkState& chunk : p->chunks) {
      chunk.scalar = chunk.population->scalar_update();
      chunk.inputs.clear();
      chunk.meters.clear();
      chunk.has_current = chunk.has_filtered_current = false;
    }
  }
}

void Engine::plan_device_inputs() {
  for (const DeviceProjection& projection : net_.device_projections_) {
    if (projection.targets.empty() ||
        net_.nodes_[projection.targets.front()].kind != NodeRecord::Kind::kNeuron) {
      continue;
    }
    for (auto& p : partitions_) {
      for (ChunkState& chunk : p->chunks) {
        for (const DeviceProjection::Past& past : projection.past) {
          plan_device_input(projection, past.delays, past.from, past.until, chunk);
        }
        plan_device_input(projection, projection.delays, projection.since,
                          std::numeric_limits<std::int64_t>::max(), chunk);
      }
    }
  }
}

// What the projection gives to a chunk of what it sends in the update steps [from, until).
void Engine::plan_device_input(const DeviceProjection& projection,
                               const std::vector<std::uint32_t>& delays, std::int64_t from,
                               std::int64_t until, ChunkState& chunk) {
  const NodeId low = chunk.population->first() + chunk.place.lane_begin;
  const NodeId high = chunk.population->first() + chunk.place.lane_end;
  const auto begin = std::lower_bound(projection.targets.begin(), projection.targets.end(), low);
  const auto end = std::lower_bound(begin, projection.targets.end(), high);
  if (begin == end) return;
  const Device& device = *net_.devices_[projection.device];
  DeviceInput input;
  input.projection = &projection;
  input.sent_from = from;
  input.sent_until = until;
  if (device.kind() == DeviceKind::kPoissonGenerator) {
    input.poisson = static_cast<const PoissonGenerator*>(&device);
  } else {
    input.current = static_cast<const CurrentGenerator*>(&device);
    (projection.receptor == 1 ? chunk.has_filtered_current : chunk.has_current) = true;
  }
  const auto count = static_cast<std::size_t>(end - begin);
  const std::uint32_t first_lane = *begin - chunk.population->first();
  bool contiguous = projection.weights.size() == 1 && delays.size() == 1;
  for (std::size_t i = 0; i < count && contiguous; ++i) {
    contiguous = *(begin + static_cast<std::ptrdiff_t>(i)) == *begin + i;
  }
  input.dense = contiguous;
  if (contiguous) {
    input.lane_from = first_lane;
    input.lane_to = first_lane + static_cast<std::uint32_t>(count);
    input.weight = projection.weights[0];
    input.delay = delays[0];
  } else {
    std::uint32_t ordinal = 0;
    for (auto it = begin; it != end; ++it) {
      ordinal = it != begin && *it == *(it - 1) ? ordinal + 1 : 0;
      const auto i = static_cast<std::size_t>(it - projection.targets.begin());
      input.entries.push_back({*it - chunk.population->first(), ordinal, projection.weight(i),
                               delays[delays.size() == 1 ? 0 : i]});
    }
  }
  if (input.current && input.current->per_target()) input.drawn.resize(count);
  chunk.inputs.push_back(std::move(input));
}

void Engine::plan_recording() {
  recorders_of_.assign(net_.nodes_.size(), 0);
  recorder_lists_.assign(1, {});
  poisson_recordings_.clear();
  device_meters_.clear();
  meters_.clear();
  windows_.assign(net_.devices_.size(), {0, 0});
  for (std::size_t d = 0; d < net_.devices_.size(); ++d) {
    const Device& device = *net_.devices_[d];
    if (device.kind() == DeviceKind::kSpikeRecorder) {
      windows_[d] = static_cast<const Recorder&>(device).window(net_.grid_);
    }
  }
  // Nodes with the same recorders share a list; (old list, recorder) → new list.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> extended;
  for (const RecordingProjection& projection : net_.recording_projections_) {
    const Device& device = *net_.devices_[projection.device];
    if (device.kind() == DeviceKind::kSpikeRecorder) {
      for (NodeId id : projection.nodes) {
        const auto key = std::make_pair(recorders_of_[id], projection.device);
        auto it = extended.find(key);
        if (it == extended.end()) {
          recorder_lists_.push_back(recorder_lists_[key.first]);
          recorder_lists_.back().push_back(projection.device);
          it = extended.emplace(key, static_cast<std::uint32_t>(recorder_lists_.size()) - 1).first;
        }
        recorders_of_[id] = it->second;
      }
      continue;
    }
    if (device.kind() != DeviceKind::kMultimeter) continue;
    const auto& meter = static_cast<const Multimeter&>(device);
    meters_.push_back(projection.device);
    for (NodeId id : projection.nodes) {
      const NodeRecord& node = net_.nodes_[id];
      if (node.kind == NodeRecord::Kind::kDevice) {
        device_meters_.push_back({projection.device, node.index});
        continue;
      }
      const std::uint32_t place = net_.placement_.place[id];
      PartitionState& p = *partitions_[place >> 16];
      const std::uint32_t lane = id - net_.populations_[node.index]->first();
      const auto chunk = std::find_if(p.chunks.begin(), p.chunks.end(), [&](const ChunkState& c) {
        return c.place.population == node.index && lane >= c.place.lane_begin &&
               lane < c.place.lane_end;
      });
      auto share = std::find_if(chunk->meters.begin(), chunk->meters.end(),
                                [&](const MeterShare& s) { return s.meter == projection.device; });
      if (share == chunk->meters.end()) {
        MeterShare made{projection.device, {}, {}};
        for (const std::string& name : meter.record_from()) {
          made.states.push_back(find_state(chunk->population->model(), name));
        }
        share = chunk->meters.insert(chunk->meters.end(), std::move(made));
      }
      share->lanes.insert(std::upper_bound(share->lanes.begin(), share->lanes.end(), lane), lane);
    }
  }
  std::sort(meters_.begin(), meters_.end());
  meters_.erase(std::unique(meters_.begin(), meters_.end()), meters_.end());
  for (const DeviceProjection& projection : net_.device_projections_) {
    if (!projection.targets.empty() &&
        net_.nodes_[projection.targets.front()].kind == NodeRecord::Kind::kDevice) {
      poisson_recordings_.push_back(&projection);
    }
  }
}

// Which nodes' spikes are dopamine, and for which modulators.
void Engine::plan_modulators() {
  modulated_by_.assign(net_.nodes_.size(), 0);
  modulator_lists_.assign(1, {});
  records_weights_ = false;
  for (std::size_t m = 0; m < net_.plastic_runtime_.size(); ++m) {
    const PlasticModelRuntime& runtime = net_.plastic_runtime_[m];
    records_weights_ |= runtime.records;
    if (runtime.modulator < 0) continue;
    const NodeId transmitter = net_.synapse_models_[m].transmitter;
    for (const RecordingProjection& projection : net_.recording_projections_) {
      if (net_.devices_[projection.device]->id != transmitter) continue;
      for (NodeId id : projection.nodes) {
        if (modulated_by_[id] == 0) {
          modulated_by_[id] = static_cast<std::uint32_t>(modulator_lists_.size());
          modulator_lists_.emplace_back();
        }
        modulator_lists_[modulated_by_[id]].push_back({runtime.modulator, projection.delay});
      }
    }
  }
}

// The spikes of all spike_generators in this run, in order of time and node.
void Engine::make_agenda(std::int64_t steps) {
  agenda_.clear();
  std::vector<SpikeGenerator::Entry> entries;
  for (const auto& device : net_.devices_) {
    if (device->kind() != DeviceKind::kSpikeGenerator) continue;
    entries.clear();
    static_cast<const SpikeGenerator&>(*device).entries(net_.now_, net_.now_ + steps, net_.grid_,
                                                        entries);
    for (const auto& e : entries) {
      agenda_.push_back({e.stamp, device->id, e.multiplicity, e.weight, e.offset_ms});
    }
  }
  std::stable_sort(agenda_.begin(), agenda_.end(), [](const AgendaEntry& a, const AgendaEntry& b) {
    return std::tie(a.stamp, a.source) < std::tie(b.stamp, b.source);
  });
}

// --- the slice loop ------------------------------------------------------------------------------

void Engine::advance(std::int64_t steps, const ProgressCallback& progress,
                     const std::atomic<bool>& cancel, RunReport& report) {
  const std::int64_t begin = net_.now_;
  const std::int64_t end = begin + steps;
  make_agenda(steps);
  for (const auto& device : net_.devices_) {
    if (device->kind() == DeviceKind::kPoissonGenerator) {
      auto& generator = static_cast<PoissonGenerator&>(*device);
      generator.forget_before(begin - net_.spike_delay_high_ - 2);
      generator.make_line(begin - net_.spike_delay_high_ - 2, end + 2, net_.grid_);
    } else if (device->kind() == DeviceKind::kCurrentGenerator) {
      auto& generator = static_cast<CurrentGenerator&>(*device);
      generator.forget_before(begin - net_.spike_delay_high_ - 3 - generator.look_back(net_.grid_));
    }
  }
  for (auto& p : partitions_) {
    p->agenda_at = 0;
    p->synaptic_events = 0;
  }

  std::uint64_t spikes = 0;
  std::int64_t reached = begin;
  bool stop_after[2] = {false, false};  // decided by worker 0 before the barrier, a slice parity
  auto last_progress = std::chrono::steady_clock::now();
  net_.team().run([&](int worker) {
    int parity = 0;
    for (std::int64_t origin = begin; origin < end; parity ^= 1) {
      const int length = static_cast<int>(std::min<std::int64_t>(slice_steps_, end - origin));
      if (worker == 0) stop_after[parity] = cancel.load(std::memory_order_relaxed);
      slice(worker, origin, length, parity);
      net_.team().barrier();
      const bool stop = stop_after[parity];
      for (std::size_t p = static_cast<std::size_t>(worker); p < partitions_.size();
           p += static_cast<std::size_t>(net_.team().size())) {
        modulate(*partitions_[p], origin, length, parity);
        enqueue_neurons(*partitions_[p], origin, length, parity);
      }
      origin += length;
      if (worker == 0) {
        for (const auto& p : partitions_) {
          for (const SpikeEntry& s : p->spikes[parity].entries) spikes += s.multiplicity;
        }
        record(origin - length, length, parity);
        reached = origin;
        if (progress) {
          const auto now = std::chrono::steady_clock::now();
          if (now - last_progress > std::chrono::milliseconds(30)) {
            last_progress = now;
            progress(net_.grid_.ms_from_steps(origin));
          }
        }
      }
      if (stop) break;
    }
  });
  net_.now_ = reached;
  if (progress) progress(net_.grid_.ms_from_steps(reached));
  report.steps = reached - begin;
  report.biological_time_ms = net_.grid_.ms_from_steps(reached - begin);
  report.spikes = spikes;
  for (const auto& p : partitions_) report.synaptic_events += p->synaptic_events;
  report.cancelled = reached < end;
  net_.last_spikes_ = spikes;
}

void Engine::slice(int worker, std::int64_t origin, int steps, int parity) {
  for (std::size_t p = static_cast<std::size_t>(worker); p < partitions_.size();
       p += static_cast<std::size_t>(net_.team().size())) {
    PartitionState& partition = *partitions_[p];
    if (!agenda_.empty()) enqueue_generators(partition, origin, steps);
    partition.deliver(origin, steps, parity);
    partition.update(origin, steps, parity);
  }
}

namespace {

template <typename F>
void for_runs(const PartitionState& p, NodeId source, F&& f) {
  for (const auto& here : p.rows_here) {
    const NodeId row = source - here.source_low;
    if (source < here.source_low || row >= here.source_count) continue;
    const PartitionRows& rows = *here.rows;
    for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
      f(here.store, rows.runs[r]);
    }
  }
}

}  // namespace

void Engine::enqueue_generators(PartitionState& p, std::int64_t origin, int steps) {
  Calendar& calendar = net_.calendars_[static_cast<std::size_t>(p.index())];
  for (; p.agenda_at < agenda_.size(); ++p.agenda_at) {
    const AgendaEntry& spike = agenda_[p.agenda_at];
    if (spike.stamp > origin + steps) break;
    for_runs(p, spike.source, [&](std::uint16_t store, const Run& run) {
      calendar.day(spike.stamp - 1 + run.delay())
          .generators.push_back(
              {{run.offset, run.length, store, run.channel(), 0, spike.multiplicity},
               spike.factor});
    });
  }
}

void Engine::enqueue_neurons(PartitionState& p, std::int64_t origin, int steps, int parity) {
  Calendar& calendar = net_.calendars_[static_cast<std::size_t>(p.index())];
  for (int lag = 0; lag < steps; ++lag) {
    for (const auto& from : partitions_) {
      const SpikeList& list = from->spikes[parity];
      for (std::uint32_t i = list.lag_begin[static_cast<std::size_t>(lag)];
           i < list.lag_begin[static_cast<std::size_t>(lag) + 1]; ++i) {
        const SpikeEntry& spike = list.entries[i];
        for_runs(p, spike.source, [&](std::uint16_t store, const Run& run) {
          // The run arrives in the update step that ends at stamp + delay.
          calendar.day(origin + lag + run.delay())
              .neurons.push_back(
                  {run.offset, run.length, store, run.channel(), 0, spike.multiplicity});
          p.synaptic_events += std::uint64_t{run.length} * spike.multiplicity;
        });
        if (!p.plastic_rows.empty()) enqueue_plastic(p, spike, origin + lag + 1);
      }
    }
    if (!p.plastic_rows.empty()) flush_silent(p, origin + lag + 1);
  }
}

// Dopamine that this slice's spikes release, into the partition's own copy of the time lines.
void Engine::modulate(PartitionState& p, std::int64_t origin, int steps, int parity) {
  if (!p.plastic || p.plastic->modulators.empty()) return;
  if (modulator_lists_.size() > 1) {
    for (const auto& from : partitions_) {
      const SpikeList& list = from->spikes[parity];
      for (int lag = 0; lag < steps; ++lag) {
        for (std::uint32_t i = list.lag_begin[static_cast<std::size_t>(lag)];
             i < list.lag_begin[static_cast<std::size_t>(lag) + 1]; ++i) {
          for (const Release& r : modulator_lists_[modulated_by_[list.entries[i].source]]) {
            p.plastic->modulators[static_cast<std::size_t>(r.modulator)]->schedule(
                origin + lag + 1 + r.delay, list.entries[i].multiplicity);
          }
        }
      }
    }
  }
  for (auto& modulator : p.plastic->modulators) {
    if (modulator) modulator->advance(origin + steps);
  }
}

// The runs of a source's plastic rows, with the state that the rows have; which then moves on.
void Engine::enqueue_plastic(PartitionState& p, const SpikeEntry& spike, std::int64_t stamp) {
  Calendar& calendar = net_.calendars_[static_cast<std::size_t>(p.index())];
  for (const auto& here : p.plastic_rows) {
    const NodeId row = spike.source - here.owner->source_low;
    if (spike.source < here.owner->source_low || row >= here.owner->source_count) continue;
    PartitionRows& rows = *here.rows;
    if (rows.row_begin[row] == rows.row_begin[row + 1]) continue;
    const double triplet = rows.row_Kplus_triplet.empty() ? 0 : rows.row_Kplus_triplet[row];
    for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
      const Run& run = rows.runs[r];
      calendar.day(stamp - 1 + run.delay())
          .plastic.push_back(
              {{run.offset, run.length, here.store, run.channel(), 0, spike.multiplicity},
               spike.source,
               run.delay(),
               rows.row_time[row],
               stamp,
               rows.row_Kplus[row],
               triplet});
      const std::uint64_t events = std::uint64_t{run.length} * spike.multiplicity;
      p.synaptic_events += events;
    }
    advance_row(*here.owner, rows, row, stamp, spike.multiplicity, *here.runtime);
  }
}

// Rows whose source has been silent for a window are brought up to `step`. Source s has its turn at
// the steps that are s modulo the window: a function of the source alone.
void Engine::flush_silent(PartitionState& p, std::int64_t step) {
  const std::int64_t window = net_.flush_window_;
  for (const auto& here : p.plastic_rows) {
    if (!here.owner->plastic->needs_history) continue;
    const std::int64_t low = here.owner->source_low;
    const std::int64_t end = low + here.owner->source_count;
    for (std::int64_t source = low + ((step - low) % window + window) % window; source < end;
         source += window) {
      const auto row = static_cast<std::uint32_t>(source - low);
      if (here.rows->row_begin[row] == here.rows->row_begin[row + 1]) continue;
      if (here.rows->row_time[row] > step - window) continue;
      p.plastic->flush_row(*here.owner, *here.rows, row, step, *here.runtime,
                           net_.grid_.resolution_ms());
    }
  }
}

// --- recording -----------------------------------------------------------------------------------

void Engine::record_spike(NodeId sender, std::int64_t stamp, std::uint32_t multiplicity,
                          double offset_ms) {
  for (std::uint32_t d : recorder_lists_[recorders_of_[sender]]) {
    auto& recorder = static_cast<Recorder&>(*net_.devices_[d]);
    if (!recorder.records(stamp, windows_[d])) continue;
    const auto lock = recorder.buffer().lock();
    for (std::uint32_t m = 0; m < multiplicity; ++m) {
      recorder.buffer().append(stamp, sender, offset_ms, nullptr);
    }
  }
}

void Engine::record(std::int64_t origin, int steps, int parity) {
  if (recorder_lists_.size() > 1) {
    std::size_t next = 0;  // agenda entries are few; those of this slice are found by time
    if (!agenda_.empty()) {
      next = static_cast<std::size_t>(
          std::upper_bound(agenda_.begin(), agenda_.end(), origin,
                           [](std::int64_t t, const AgendaEntry& e) { return t < e.stamp; }) -
          agenda_.begin());
    }
    for (int lag = 0; lag < steps; ++lag) {
      const std::int64_t stamp = origin + lag + 1;
      for (; next < agenda_.size() && agenda_[next].stamp <= stamp; ++next) {
        record_spike(agenda_[next].source, stamp, agenda_[next].multiplicity,
                     agenda_[next].offset_ms);
      }
      for (const auto& from : partitions_) {
        const SpikeList& list = from->spikes[parity];
        for (std::uint32_t i = list.lag_begin[static_cast<std::size_t>(lag)];
             i < list.lag_begin[static_cast<std::size_t>(lag) + 1]; ++i) {
          record_spike(list.entries[i].source, stamp, list.entries[i].multiplicity, 0);
        }
      }
    }
  }
  if (records_weights_) net_.record_transmitted(parity);
  if (!poisson_recordings_.empty()) record_poisson(origin, steps);
  if (!meters_.empty()) record_samples(origin, steps, parity);
}

void Engine::record_poisson(std::int64_t origin, int steps) {
  for (const DeviceProjection* projection : poisson_recordings_) {
    const auto& generator =
        static_cast<const PoissonGenerator&>(*net_.devices_[projection->device]);
    std::uint32_t ordinal = 0;
    for (std::size_t t = 0; t < projection->targets.size(); ++t) {
      const NodeId id = projection->targets[t];
      ordinal = t > 0 && id == projection->targets[t - 1] ? ordinal + 1 : 0;
      const std::uint32_t d = net_.nodes_[id].index;
      auto& recorder = static_cast<Recorder&>(*net_.devices_[d]);
      for (std::int64_t stamp = origin + 1; stamp <= origin + steps; ++stamp) {
        if (stamp <= projection->created || !recorder.records(stamp, windows_[d])) continue;
        const PoissonTable* table = generator.line().at(stamp);
        if (!table) continue;
        const double count =
            poisson_of_recorder(*table, net_.status_.seed, projection->call, id, ordinal, stamp);
        const auto lock = recorder.buffer().lock();
        for (double m = 0; m < count; ++m) {
          recorder.buffer().append(stamp, generator.id, 0, nullptr);
        }
      }
    }
  }
}

void Engine::record_samples(std::int64_t origin, int steps, int parity) {
  struct Sample {
    std::int64_t step;
    NodeId sender;
    const double* values;
  };
  std::vector<Sample> rows;
  for (std::uint32_t d : meters_) {
    auto& meter = static_cast<Multimeter&>(*net_.devices_[d]);
    rows.clear();
    sample_values_.clear();
    for (const auto& p : partitions_) {
      const SampleList& list = p->samples[parity];
      for (const SampleList::Row& row : list.rows) {
        if (row.meter == d) rows.push_back({row.step, row.sender, list.values.data() + row.values});
      }
    }
    // A generator's current: the same name whatever is recorded of it.
    sample_values_.reserve(device_meters_.size() * static_cast<std::size_t>(steps));
    for (const DeviceMeter& pair : device_meters_) {
      if (pair.meter != d) continue;
      const auto& generator = static_cast<const CurrentGenerator&>(*net_.devices_[pair.current]);
      for (std::int64_t stamp = meter.next_sample(origin, net_.grid_); stamp <= origin + steps;
           stamp = meter.next_sample(stamp, net_.grid_)) {
        if (!meter.records(stamp, meter.window(net_.grid_))) continue;
        sample_values_.push_back(recorded_current(generator, pair.current, stamp - 1));
        rows.push_back({stamp, generator.id, &sample_values_.back()});
      }
    }
    std::sort(rows.begin(), rows.end(), [](const Sample& a, const Sample& b) {
      return std::tie(a.step, a.sender) < std::tie(b.step, b.sender);
    });
    const auto lock = meter.buffer().lock();
    for (const Sample& row : rows) meter.buffer().append(row.step, row.sender, 0, row.values);
  }
}

// What a generator sent in an update step; of a noise_generator the mean over its targets.
double Engine::recorded_current(const CurrentGenerator& generator, std::uint32_t device,
                                std::int64_t step) const {
  if (!generator.per_target()) return generator.current(step, net_.grid_);
  double sum = 0;
  std::size_t count = 0;
  for (const DeviceProjection& projection : net_.device_projections_) {
    if (projection.device != device || step < projection.created) continue;
    std::uint32_t ordinal = 0;
    for (std::size_t t = 0; t < projection.targets.size(); ++t) {
      const NodeId target = projection.targets[t];
      ordinal = t > 0 && target == projection.targets[t - 1] ? ordinal + 1 : 0;
      sum += generator.target_current(step, net_.status_.seed, projection.call, target, ordinal,
                                      net_.grid_);
      ++count;
    }
  }
  return count ? sum / static_cast<double>(count) : 0;
}

// --- Network: running ----------------------------------------------------------------------------

void Network::prepare() {
  if (broken_) {
    throw Error(ErrorKind::kKernelException,
                "An earlier simulation failed and left the network inconsistent; call "
                "ResetKernel.");
  }
  if (prepared_) {
    throw Error(ErrorKind::kKernelException, "Prepare was called twice; call Cleanup first.");
  }
  if (!engine_) engine_ = std::make_unique<Engine>(*this);
  engine_->prepare();
  prepared_ = true;
}

void Network::cleanup() {
  if (!prepared_) {
    throw Error(ErrorKind::kKernelException, "Cleanup was called without Prepare.");
  }
  prepared_ = false;
}

void Network::check_run(double ms, bool prepared) const {
  if (broken_) {
    throw Error(ErrorKind::kKernelException,
                "An earlier simulation failed and left the network inconsistent; call "
                "ResetKernel.");
  }
  const auto bad = [&](const std::string& allowed) {
    return Error(ErrorKind::kBadParameter,
                 "The time to simulate must be " + allowed + ", got " + format_number(ms) + ".",
                 {{"parameter", std::string("time")}, {"value", ms}, {"allowed", allowed}});
  };
  if (!(ms >= 0)) throw bad("≥ 0 ms");
  const double longest = grid_.ms_from_steps(grid_.max_step());
  if (ms > longest) throw bad("finite and ≤ T_max (" + format_number(longest) + " ms)");
  const auto steps = grid_.steps_from_ms_exact(ms);
  if (!steps) {
    throw bad("a multiple of the resolution (" + format_number(grid_.resolution_ms()) + " ms)");
  }
  if (now_ + *steps > grid_.max_step()) {
    throw Error(ErrorKind::kKernelException, "The clock would overflow; call ResetKernel.");
  }
  if (prepared && !prepared_) {
    throw Error(ErrorKind::kKernelException, "Run was called without Prepare.");
  }
  if (!prepared && prepared_) {
    throw Error(ErrorKind::kKernelException,
                "Simulate was called between Prepare and Cleanup; use Run.");
  }
}

RunReport Network::run(double ms, const ProgressCallback& progress,
                       const std::atomic<bool>& cancel) {
  const auto start = std::chrono::steady_clock::now();
  const bool whole = !prepared_;
  if (whole) {
    prepare();
  } else {
    engine_->prepare();
  }
  RunReport report;
  try {
    engine_->advance(*grid_.steps_from_ms_exact(ms), progress, cancel, report);
  } catch (...) {
    broken_ = true;
    prepared_ = false;
    measure();
    throw;
  }
  if (whole) cleanup();
  measure();
  report.wall_time_s = seconds_since(start);
  return report;
}

}  // namespace tegmenta
