// What recorders get at the end of a slice.
#include <algorithm>

#include "base/errors.h"
#include "engine/engine.h"

namespace tegmenta {

void Engine::record_spike(NodeId sender, std::int64_t stamp, std::uint32_t multiplicity,
                          double offset_ms, HeldBuffer& held) {
  for (const std::uint32_t d : recorder_lists_[recorders_of_[sender]]) {
    record_at(d, sender, stamp, multiplicity, offset_ms, held);
  }
}

void Engine::record_at(std::uint32_t device, NodeId sender, std::int64_t stamp,
                       std::uint32_t multiplicity, double offset_ms, HeldBuffer& held) {
  SpikeSink& recorder = *sinks_[device].recorder;
  if (!recorder.records(stamp, sinks_[device].window)) return;
  held.hold(recorder.buffer());
  recorder.buffer().append(stamp, sender, offset_ms, nullptr, multiplicity);
}

void Engine::record(std::int64_t origin, int steps, int parity) {
  const bool lists = recorder_lists_.size() > 1 || net_.recording.releases;
  if (lists || !poisson_recordings_.empty()) {
    HeldBuffer held;
    std::size_t next = 0;  // agenda entries are few; those of this slice are found by time
    if (lists && !agenda_.empty()) {
      next = static_cast<std::size_t>(
          std::upper_bound(agenda_.begin(), agenda_.end(), origin,
                           [](std::int64_t t, const AgendaEntry& e) { return t < e.stamp; }) -
          agenda_.begin());
    }
    const bool given = next < agenda_.size() && agenda_[next].stamp <= origin + steps;
    const bool nothing = !given && is_quiet(parity) && poisson_recordings_.empty();
    for (int lag = 0; lag < steps && !nothing; ++lag) {
      const std::int64_t stamp = origin + lag + 1;
      for (; lists && next < agenda_.size() && agenda_[next].stamp <= stamp; ++next) {
        record_spike(agenda_[next].source, stamp, agenda_[next].multiplicity,
                     agenda_[next].offset_ms, held);
      }
      for (const auto& from : partitions_) {
        if (!lists) break;
        std::span<const ReleasedSpike> released;
        if (!from->releases.none()) released = from->releases.of(lag, parity);
        for (const SpikeEntry& spike : from->spikes[parity].of(lag)) {
          record_spike(spike.source, stamp, spike.multiplicity, 0, held);
          for (; !released.empty() && released.front().source == spike.source;
               released = released.subspan(1)) {
            const ReleasedSpike& got = released.front();
            if (sinks_[got.device].recorder) {
              record_at(got.device, got.source, stamp, got.multiplicity, 0, held);
            }
          }
        }
      }
      record_poisson(stamp, held);
    }
  }
  // Those of later spikes may be under way with the longest delay.
  if (records_weights_)
    net_.plasticity.record_transmitted(parity, origin + steps - net_.synapses.delays.high);
  if (!meters_.empty()) record_samples(origin, steps, parity);
}

void Engine::record_poisson(std::int64_t stamp, HeldBuffer& held) {
  for (const auto& [projection, generator] : poisson_recordings_) {
    const PoissonTable* table = generator->line().at(stamp);
    if (!table || stamp <= projection->created) continue;
    std::uint32_t ordinal = 0;
    for (std::size_t t = 0; t < projection->targets.size(); ++t) {
      const NodeId id = projection->targets[t];
      ordinal = t > 0 && id == projection->targets[t - 1] ? ordinal + 1 : 0;
      const std::uint32_t d = net_.nodes.records[id].index;
      SpikeSink& recorder = *sinks_[d].recorder;
      if (!recorder.records(stamp, sinks_[d].window)) continue;
      const double count = poisson_of_recorder(*table, net_.settings.seed_of_run(),
                                               projection->call, id, ordinal, stamp);
      if (count == 0) continue;
      held.hold(recorder.buffer());
      recorder.buffer().append(stamp, generator->id, 0, nullptr, static_cast<std::uint64_t>(count));
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
  for (Sampler* const sampler : meters_) {
    Sampler& meter = *sampler;
    rows.clear();
    sample_values_.clear();
    for (const auto& p : partitions_) {
      const SampleList& list = p->samples[parity];
      for (const SampleList::Row& row : list.rows) {
        if (row.meter == &meter)
          rows.push_back({row.step, row.sender, list.values.data() + row.values});
      }
    }
    // A generator's current: the same name whatever is recorded of it.
    sample_values_.reserve(device_meters_.size() * static_cast<std::size_t>(steps));
    for (const DeviceMeter& pair : device_meters_) {
      if (pair.meter != &meter) continue;
      for (std::int64_t stamp = meter.next_sample(origin, net_.clock.grid); stamp <= origin + steps;
           stamp = meter.next_sample(stamp, net_.clock.grid)) {
        if (!meter.records(stamp, meter.window(net_.clock.grid))) continue;
        sample_values_.push_back(recorded_current(*pair.generator, pair.device, stamp - 1));
        rows.push_back({stamp, pair.generator->id, &sample_values_.back()});
      }
    }
    std::sort(rows.begin(), rows.end(), [](const Sample& a, const Sample& b) {
      return std::tie(a.step, a.sender) < std::tie(b.step, b.sender);
    });
    const auto lock = meter.buffer().lock();
    for (const Sample& row : rows) meter.buffer().append(row.step, row.sender, 0, row.values);
  }
}

// The samples of the slice before the present one.
void Engine::record_synapses() {
  const auto [origin, steps, parity] = sampled_;
  sampled_.steps = 0;
  if (steps == 0) return;
  for (const SynapseRecording& recording : synapse_recordings_) {
    SynapseRecorder& recorder = *recording.recorder;
    std::size_t taken = 0;
    for (std::int64_t stamp = recorder.next_sample(origin, net_.clock.grid);
         stamp <= origin + steps; stamp = recorder.next_sample(stamp, net_.clock.grid)) {
      if (!recorder.records(stamp, recording.window)) continue;
      const std::size_t synapses = recorder.buffer().synapses();
      const std::size_t values = recorder.buffer().values();
      const auto lock = recorder.buffer().lock();
      const std::span<double> row = recorder.buffer().append(stamp);
      // Of synapses that are not plastic there is the weight alone, of removed ones nothing.
      for (const auto& [place, weight] : recording.constants) {
        for (std::size_t v = 0; v < values; ++v) row[v * synapses + place] = weight;
      }
      for (const auto& p : partitions_) {
        if (!p->sampler) continue;
        for (const SynapseSampler::Share& share : p->sampler->shares()) {
          if (share.device != recording.device) continue;
          const double* from = share.samples[parity].data() + taken * share.places.size() * values;
          for (std::uint32_t place : share.places) {
            for (std::size_t v = 0; v < values; ++v) row[v * synapses + place] = *from++;
          }
        }
      }
      ++taken;
    }
  }
  for (const auto& p : partitions_) {
    if (!p->sampler) continue;
    for (SynapseSampler::Share& share : p->sampler->shares()) share.samples[parity].clear();
  }
}

// What a generator sent in an update step; of a noise_generator the mean over its targets.
double Engine::recorded_current(const CurrentGenerator& generator, std::uint32_t device,
                                std::int64_t step) const {
  if (!generator.per_target()) return generator.current(step, net_.clock.grid);
  const NoiseDraw draw = generator.draw(step, net_.clock.grid).draw;
  if (draw.step < 0) return 0;
  double sum = 0;
  std::size_t count = 0;
  std::vector<double> values;
  for (const GeneratorList& projection : net_.synapses.of_generators) {
    if (projection.device != device || step < projection.created) continue;
    values.resize(projection.targets.size());
    NoiseValues noise(*net_.settings.simd, net_.settings.seed_of_run());
    std::uint32_t ordinal = 0;
    for (std::size_t t = 0; t < projection.targets.size(); ++t) {
      const NodeId target = projection.targets[t];
      ordinal = t > 0 && target == projection.targets[t - 1] ? ordinal + 1 : 0;
      noise.add(draw, projection.call, target, ordinal, &values[t]);
    }
    noise.flush();
    for (double value : values) sum += value;
    count += values.size();
  }
  return count ? sum / static_cast<double>(count) : 0;
}

}  // namespace tegmenta
