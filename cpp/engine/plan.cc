// What is worked out before time passes: partitions, who records.
#include <algorithm>
#include <limits>
#include <map>

#include "base/errors.h"
#include "engine/engine.h"
#include "synapses/device_position.h"

namespace tegmenta {

namespace {

/// Longest slice: beyond this, fewer barriers save nothing.
constexpr std::int64_t kMostSliceSteps = 64;
/// Input rows of a slice should stay in the second-level cache.
constexpr std::size_t kInputRowBytes = 512 * 1024;
/// Events that recorders may get in a slice, as far as it has several steps: they have room for
/// all that could be.
constexpr std::size_t kRecordedRows = 512 * 1024;

/// Of a synapse that is not plastic.
double constant_weight(const EngineViews& net, const SynapsePosition& at) {
  if (at.store == kRemovedStore) return std::numeric_limits<double>::quiet_NaN();
  if (at.store == kGeneratorStore) {
    return net.synapses.of_generators[list_of(at)].weight(element_of(at));
  }
  if (at.store == kRecorderStore) return net.recording.lists[list_of(at)].weight(element_of(at));
  return net.synapses.stores[at.store]->weight_at(at.partition, at.offset);
}

}  // namespace

void Engine::prepare(WorkerTeam& workers, Watch& watch) {
  workers_ = &workers;
  // Their spikes have arrived meanwhile.
  for (const auto& p : partitions_) net_.nodes.devices_changed |= p->plans_for_settled();
  if (planned_generation_ != net_.synapses.generation) {
    pace_ = 1;
    choice_ = ThreadChoice(work_per_thread() > 0);
  }
  const bool new_modulators = planned_modulators_ != net_.plasticity.modulators ||
                              planned_rewards_ != net_.plasticity.reward_lines;
  if (planned_generation_ != net_.synapses.generation || net_.nodes.devices_changed ||
      new_modulators) {
    plan_partitions();
    plan_device_inputs();
    plan_recording();
    plan_recording_room();
    plan_modulators();
    plan_rewards();
    planned_generation_ = net_.synapses.generation;
    planned_modulators_ = net_.plasticity.modulators;
    planned_rewards_ = net_.plasticity.reward_lines;
    net_.nodes.devices_changed = false;
  }
  for (auto& p : partitions_) {
    for (ChunkState& chunk : p->chunks) chunk.scalar = chunk.population->scalar_update();
  }
  slice_steps_ = slice_limit();
  pace_ = std::min(pace_, slice_steps_);
  for (auto& p : partitions_) p->reserve(slice_steps_);
  const std::int64_t reach =
      std::max<std::int64_t>(1, net_.synapses.delays.high) + slice_steps_ + 1;
  net_.synapses.calendars.resize(partitions_.size());
  for (Calendar& calendar : net_.synapses.calendars) calendar.reserve(net_.clock.now, reach);
  plan_synapse_samples();
  watch.check();
}

int Engine::slice_limit() const {
  std::int64_t limit = kMostSliceSteps;
  if (net_.synapses.least_spike_delay > 0) limit = std::min(limit, net_.synapses.least_spike_delay);
  // A line has been worked out to the end of a slice before its spikes reach the line.
  for (const auto& paths : rewarded_by_.lists()) {
    for (const RewardPath& path : paths) limit = std::min<std::int64_t>(limit, path.delay);
  }
  // They are sampled as they are at the end of a slice.
  if (records_arrivals()) limit = 1;
  std::size_t step_bytes = 1;
  for (const auto& p : partitions_) step_bytes = std::max(step_bytes, p->bytes_per_step());
  std::size_t recorded = 1;
  for (const RecordedRows& r : recorded_rows_) recorded += r.rows;
  const auto fits =
      static_cast<std::int64_t>(std::min(kInputRowBytes / step_bytes, kRecordedRows / recorded));
  return static_cast<int>(std::max<std::int64_t>(1, std::min(limit, fits)));
}

// Whether synapses that pair at arrival are recorded.
bool Engine::records_arrivals() const {
  const auto& devices = net_.nodes.devices;
  return std::any_of(devices.begin(), devices.end(), [](const auto& device) {
    const auto* const recorder = device->template as<SynapseRecorder>();
    const ChosenSynapses* const chosen = recorder ? recorder->chosen() : nullptr;
    return chosen && std::any_of(chosen->models.begin(), chosen->models.end(),
                                 [](const auto* model) { return model->pairs_at_arrival; });
  });
}

void Engine::plan_partitions() {
  const bool same =
      planned_generation_ == net_.synapses.generation &&
      partitions_.size() == static_cast<std::size_t>(net_.synapses.placement.partitions());
  if (!same || partitions_.empty()) {
    partitions_.clear();
    for (int p = 0; p < net_.synapses.placement.partitions(); ++p) {
      partitions_.push_back(std::make_unique<PartitionState>(net_, p));
    }
  }
  bool sums = false;
  for (const auto& device : net_.nodes.devices) sums |= device->as<SpikeSource>() != nullptr;
  for (auto& p : partitions_) {
    p->needs_sums = sums;
    p->plan_rows();
    for (ChunkState& chunk : p->chunks) {
      chunk.inputs.clear();
      chunk.meters.clear();
      chunk.currents.assign(static_cast<std::size_t>(chunk.population->model().currents), false);
    }
  }
}

void Engine::plan_recording() {
  recorders_of_.assign(net_.nodes.records.size(), 0);
  recorder_lists_.assign(1, {});
  device_meters_.clear();
  meters_.clear();
  sinks_.assign(net_.nodes.devices.size(), {});
  for (std::size_t d = 0; d < net_.nodes.devices.size(); ++d) {
    if (auto* const sink = net_.nodes.devices[d]->as<SpikeSink>()) {
      sinks_[d] = {sink, sink->window(net_.clock.grid)};
    }
  }
  ExtendedLists extended;
  for (const RecorderList& list : net_.recording.lists) {
    if (sinks_[list.device].recorder) {
      if (list.releasing) continue;
      for (NodeId id : list.nodes) plan_spikes(id, list.device, extended);
      continue;
    }
    auto* const meter = net_.nodes.devices[list.device]->as<Sampler>();
    if (!meter || meter->recorded().empty()) continue;
    if (std::find(meters_.begin(), meters_.end(), meter) == meters_.end()) {
      meters_.push_back(meter);
    }
    for (NodeId id : list.nodes) plan_samples(id, meter);
  }
  plan_poisson_recording();
  records_weights_ = std::any_of(
      net_.synapses.stores.begin(), net_.synapses.stores.end(),
      [&](const auto& store) { return net_.catalog.synapse(store->model).weight_recorder != 0; });
}

// Nodes with the same recorders share a list.
void Engine::plan_spikes(NodeId id, std::uint32_t device, ExtendedLists& extended) {
  const auto key = std::make_pair(recorders_of_[id], device);
  auto it = extended.find(key);
  if (it == extended.end()) {
    recorder_lists_.push_back(recorder_lists_[key.first]);
    recorder_lists_.back().push_back(device);
    it = extended.emplace(key, static_cast<std::uint32_t>(recorder_lists_.size()) - 1).first;
  }
  recorders_of_[id] = it->second;
}

void Engine::plan_samples(NodeId id, const Sampler* meter) {
  const NodeRecord& node = net_.nodes.records[id];
  if (node.kind == NodeRecord::Kind::kDevice) {
    device_meters_.push_back(
        {meter, net_.nodes.devices[node.index]->as<CurrentGenerator>(), node.index});
    return;
  }
  PartitionState& p = *partitions_[net_.synapses.placement.place[id] >> 16];
  const std::uint32_t lane = id - net_.nodes.populations[node.index]->first();
  const auto chunk = std::find_if(p.chunks.begin(), p.chunks.end(), [&](const ChunkState& c) {
    return c.place.population == node.index && lane >= c.place.lane_begin &&
           lane < c.place.lane_end;
  });
  auto share = std::find_if(chunk->meters.begin(), chunk->meters.end(),
                            [&](const MeterShare& s) { return s.meter == meter; });
  if (share == chunk->meters.end()) {
    MeterShare made{meter, {}, {}};
    for (const std::string& name : meter->recorded()) {
      const NeuronModel& model = chunk->population->model();
      made.states.push_back(is_calcium(model, name) ? MeterShare::kCalcium
                                                    : find_state(model, name));
    }
    share = chunk->meters.insert(chunk->meters.end(), std::move(made));
  }
  share->lanes.insert(std::upper_bound(share->lanes.begin(), share->lanes.end(), lane), lane);
}

void Engine::plan_poisson_recording() {
  poisson_recordings_.clear();
  for (const GeneratorList& list : net_.synapses.of_generators) {
    if (list.targets.empty() || net_.nodes.is_neuron(list.targets.front())) continue;
    poisson_recordings_.push_back({&list, net_.nodes.devices[list.device]->as<PoissonGenerator>()});
  }
}

// Which nodes' spikes are dopamine, and for which modulators.
void Engine::plan_modulators() {
  modulated_by_.begin(net_.nodes.records.size());
  modulators_of_.clear();
  for (std::size_t m = 0; m < net_.plasticity.models.size(); ++m) {
    const PlasticModelRuntime& runtime = net_.plasticity.models[m];
    if (runtime.modulator < 0) continue;
    const NodeId transmitter = net_.catalog.synapses[m].transmitter;
    for (const RecorderList& projection : net_.recording.lists) {
      const Device& device = *net_.nodes.devices[projection.device];
      if (device.id != transmitter || device.frozen()) continue;
      if (projection.releasing) {
        std::vector<int>& of_device = modulators_of_[projection.device];
        if (of_device.empty() || of_device.back() != runtime.modulator) {
          of_device.push_back(runtime.modulator);
        }
        continue;
      }
      for (std::size_t i = 0; i < projection.nodes.size(); ++i) {
        modulated_by_.add(projection.nodes[i], {runtime.modulator, projection.delay(i)});
      }
    }
  }
}

// Which nodes' spikes reach which rewards.
void Engine::plan_rewards() {
  rewarded_by_.begin(net_.nodes.records.size());
  for (std::size_t m = 0; m < net_.plasticity.models.size(); ++m) {
    const int line = net_.plasticity.models[m].reward_line;
    if (line < 0) continue;
    for (const RecorderList& list : net_.recording.lists) {
      if (net_.nodes.devices[list.device]->id != net_.catalog.synapses[m].transmitter) continue;
      for (std::size_t i = 0; i < list.nodes.size(); ++i) {
        rewarded_by_.add(list.nodes[i], {line, list.delay(i), list.receptor, list.weight(i)});
      }
    }
  }
}

// Anew for every run: what is pending, and weights that were set, belong to it.
void Engine::plan_synapse_samples() {
  synapse_recordings_.clear();
  for (auto& p : partitions_) p->sampler.reset();
  for (std::uint32_t d = 0; d < net_.nodes.devices.size(); ++d) {
    auto* const recorder = net_.nodes.devices[d]->as<SynapseRecorder>();
    const ChosenSynapses* chosen = recorder ? recorder->chosen() : nullptr;
    if (!chosen) continue;
    synapse_recordings_.push_back({recorder, d, recorder->window(net_.clock.grid), {}});
    std::vector<std::vector<std::uint32_t>> places(partitions_.size()), of_devices = places;
    for (std::uint32_t i = 0; i < chosen->positions.size(); ++i) {
      const SynapsePosition at = SynapsePosition::unpack(chosen->positions[i]);
      if (at.store < net_.synapses.stores.size() && net_.synapses.stores[at.store]->plastic) {
        places[at.partition].push_back(i);
      } else if (at.store == kRecorderStore && net_.recording.lists[list_of(at)].releasing) {
        const NodeId source = net_.recording.lists[list_of(at)].nodes[element_of(at)];
        of_devices[net_.synapses.placement.place[source] >> 16].push_back(i);
      } else {
        synapse_recordings_.back().constants.emplace_back(i, constant_weight(net_, at));
      }
    }
    for (std::size_t p = 0; p < partitions_.size(); ++p) {
      if (places[p].empty() && of_devices[p].empty()) continue;
      auto& sampler = partitions_[p]->sampler;
      if (!sampler) sampler = std::make_unique<SynapseSampler>(net_, static_cast<int>(p));
      sampler->add(*recorder, d, places[p]);
      sampler->add_releasing(*recorder, d, of_devices[p]);
    }
  }
  for (std::size_t p = 0; p < partitions_.size(); ++p) {
    if (partitions_[p]->sampler) {
      partitions_[p]->sampler->find_pending(net_.synapses.calendars[p], net_.clock.now);
    }
  }
}

// The spikes of all spike_generators in this run, in order of time and node.
void Engine::make_agenda(std::int64_t steps) {
  agenda_.clear();
  std::vector<SpikeSource::Entry> entries;
  for (const auto& device : net_.nodes.devices) {
    const auto* const source = device->as<SpikeSource>();
    if (!source) continue;
    entries.clear();
    source->entries(net_.clock.now, net_.clock.now + steps, net_.clock.grid, entries);
    for (const auto& e : entries) {
      agenda_.push_back({e.stamp, device->id, e.multiplicity, e.weight, e.offset_ms});
    }
  }
  std::stable_sort(agenda_.begin(), agenda_.end(), [](const AgendaEntry& a, const AgendaEntry& b) {
    return std::tie(a.stamp, a.source) < std::tie(b.stamp, b.source);
  });
}

}  // namespace tegmenta
