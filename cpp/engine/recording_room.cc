// Memory of recorders, taken before a slice instead of when its events are there: a run that finds
// none left can then end between two slices, with nothing lost.
#include <algorithm>
#include <limits>

#include "base/errors.h"
#include "engine/engine.h"

namespace tegmenta {

void Engine::plan_recording_room() {
  std::vector<RecordedRows> by_device(net_.nodes.devices.size());
  for (NodeId id = 0; id < recorders_of_.size(); ++id) {
    if (recorders_of_[id] == 0) continue;
    const NodeRecord& node = net_.nodes.records[id];
    const bool neuron = node.kind == NodeRecord::Kind::kNeuron;
    for (const std::uint32_t d : recorder_lists_[recorders_of_[id]]) {
      RecordedRows& recorded = by_device[d];
      if (neuron) {
        ++recorded.rows;
        recorded.counts |= net_.nodes.populations[node.index]->model().has_multiplicity;
      } else {
        recorded.counts = recorded.agenda = true;
      }
    }
  }
  for (const PoissonRecording& recording : poisson_recordings_) {
    for (const NodeId id : recording.projection->targets) {
      RecordedRows& recorded = by_device[net_.nodes.records[id].index];
      ++recorded.rows;
      recorded.counts = true;
    }
  }
  for (const RecorderList& projection : net_.recording.lists) {
    const bool spikes = projection.releasing && sinks_[projection.device].recorder;
    if (!spikes && !net_.nodes.devices[projection.device]->as<Sampler>()) continue;
    RecordedRows& recorded = by_device[projection.device];
    recorded.rows += projection.nodes.size();
    for (const NodeId id : projection.nodes) {
      recorded.counts |= spikes && net_.nodes.population_of(id).model().has_multiplicity;
    }
  }
  recorded_rows_.clear();
  for (std::uint32_t d = 0; d < by_device.size(); ++d) {
    by_device[d].device = d;
    if (by_device[d].rows > 0 || by_device[d].agenda) recorded_rows_.push_back(by_device[d]);
  }
}

// Room for the slice that begins at `origin` and the one after it. Throws OutOfMemory.
void Engine::reserve_recording(std::int64_t origin) {
  constexpr std::int64_t kSlices = 2;
  if (--slices_with_room_ >= kSlices) return;
  const auto later = [](std::int64_t t, const AgendaEntry& e) { return t < e.stamp; };
  const auto from = std::upper_bound(agenda_.begin(), agenda_.end(), origin, later);
  // The next slice may begin just before the next spike.
  const auto next = std::upper_bound(from, agenda_.end(), origin + slice_steps_, later);
  std::int64_t end = origin + kSlices * slice_steps_;
  if (next != agenda_.end()) end = std::max(end, next->stamp + slice_steps_);
  const auto given =
      static_cast<std::size_t>(std::upper_bound(from, agenda_.end(), end, later) - from);
  std::int64_t slices = std::numeric_limits<std::int64_t>::max();
  const auto samples = [&](const SamplingRecorder& recorder) {
    const std::int64_t first = recorder.next_sample(origin, net_.clock.grid);
    const std::int64_t interval = recorder.next_sample(first, net_.clock.grid) - first;
    return static_cast<std::size_t>(slice_steps_ / interval + 1);
  };
  const auto reserve = [&](EventBuffer& buffer, std::size_t rows, const RecordedRows& recorded) {
    const std::size_t extra = recorded.agenda ? given : 0;
    buffer.reserve({kSlices * rows + extra, recorded.counts, recorded.agenda});
    if (recorded.agenda) {
      slices = std::min(slices, kSlices);
    } else {
      slices = std::min(slices, static_cast<std::int64_t>(buffer.room() / rows));
    }
  };
  for (const RecordedRows& recorded : recorded_rows_) {
    Device& device = *net_.nodes.devices[recorded.device];
    if (auto* const meter = device.as<Sampler>()) {
      reserve(meter->buffer(), recorded.rows * samples(*meter), recorded);
    } else if (auto* const sink = device.as<SpikeSink>()) {
      reserve(sink->buffer(), recorded.rows * static_cast<std::size_t>(slice_steps_), recorded);
    }
  }
  for (const SynapseRecording& recording : synapse_recordings_) {
    // Samples are collected a slice later.
    const std::size_t rows = samples(*recording.recorder);
    recording.recorder->buffer().reserve((kSlices + 1) * rows);
    slices = std::min(slices, kSlices);
  }
  slices_with_room_ = slices;
}

}  // namespace tegmenta
