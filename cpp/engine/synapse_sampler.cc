#include "engine/synapse_sampler.h"

#include <algorithm>

#include "synapses/device_position.h"

namespace tegmenta {

SynapseSampler::Recording& SynapseSampler::begin(const SynapseRecorder& recorder,
                                                 std::uint32_t device,
                                                 const std::vector<std::uint32_t>& places) {
  Recording& recording = recordings_.emplace_back();
  recording.device = device;
  recording.recorder = &recorder;
  recording.window = recorder.window(net_.clock.grid);
  recording.next = recorder.next_sample(net_.clock.now, net_.clock.grid);
  recording.places = places;
  return recording;
}

const std::vector<SynapseRecordable>* SynapseSampler::values_of(Recording& recording,
                                                                const SynapseModel& model) {
  auto [values, first] = recording.values.try_emplace(&model);
  if (first) {
    const std::vector<SynapseRecordable> known = model.recordables();
    for (const std::string& name : recording.recorder->recorded()) {
      values->second.push_back(
          *std::find_if(known.begin(), known.end(), [&](const auto& r) { return r.name == name; }));
    }
  }
  return &values->second;
}

void SynapseSampler::add(const SynapseRecorder& recorder, std::uint32_t device,
                         const std::vector<std::uint32_t>& places) {
  if (places.empty()) return;
  Recording& recording = begin(recorder, device, places);
  for (std::uint32_t place : places) {
    const SynapsePosition at = SynapsePosition::unpack(recorder.chosen()->positions[place]);
    const RowPlace found = net_.synapses.row_of(at);
    const RowStore& store = *net_.synapses.stores[at.store];
    const PartitionRows& rows = store.partitions[partition_];
    const Run& run = rows.runs[found.run];
    const auto id = static_cast<std::uint16_t>(at.store);
    const auto [row, is_new] =
        row_at_.emplace(key(id, found.row), static_cast<std::uint32_t>(rows_.size()));
    if (is_new) rows_.push_back({0, {}});
    std::uint32_t& longest = rows_[row->second].longest;
    longest = std::max(longest, run.delay());
    recording.synapses.push_back(
        {row->second,
         &store,
         &rows,
         {store.source_low + found.row, found.row, run.delay(), run.offset, at.offset},
         values_of(recording, *store.plastic)});
  }
}

void SynapseSampler::add_releasing(const SynapseRecorder& recorder, std::uint32_t device,
                                   const std::vector<std::uint32_t>& places) {
  if (places.empty()) return;
  Recording& recording = begin(recorder, device, places);
  recording.releasing = true;
  for (const std::uint32_t place : places) {
    const SynapsePosition at = SynapsePosition::unpack(recorder.chosen()->positions[place]);
    const RecorderList& list = net_.recording.lists[list_of(at)];
    const RowStore& store = *list.releasing;
    recording.synapses.push_back({0, &store, &store.partitions[0],
                                  list.releasing_synapse(element_of(at)),
                                  values_of(recording, *store.plastic)});
  }
}

void SynapseSampler::find_pending(const Calendar& calendar, std::int64_t now) {
  for (std::int64_t due = now; due < now + calendar.capacity(); ++due) {
    const CalendarDay& day = calendar.day(due);
    for (const PendingPlasticRun& run : day.plastic) add_pending(run);
    for (const PendingPlasticRun& run : day.arriving) add_pending(run);
  }
}

// Runs of several delays wait for the same spike.
void SynapseSampler::add_pending(const PendingPlasticRun& run) {
  const std::uint32_t row = run.source - net_.synapses.stores[run.run.store]->source_low;
  const auto found = row_at_.find(key(run.run.store, row));
  if (found == row_at_.end()) return;
  std::vector<PendingVisit>& pending = rows_[found->second].pending;
  const auto at =
      std::lower_bound(pending.begin(), pending.end(), run.until,
                       [](const PendingVisit& v, std::int64_t until) { return v.until < until; });
  if (at != pending.end() && at->until == run.until) return;
  pending.insert(at, {run.from, run.until, run.Kplus, run.Kplus_triplet, run.run.multiplicity});
}

void SynapseSampler::spike(std::uint16_t store, std::uint32_t row, const PendingVisit& visit,
                           std::int64_t slice_begin) {
  const auto found = row_at_.find(key(store, row));
  if (found == row_at_.end()) return;
  Row& recorded = rows_[found->second];
  std::erase_if(recorded.pending,
                [&](const PendingVisit& v) { return v.until + recorded.longest <= slice_begin; });
  recorded.pending.push_back(visit);
}

bool SynapseSampler::is_due(Recording& recording, std::int64_t step) const {
  if (step != recording.next) return false;
  recording.next = recording.recorder->next_sample(step, net_.clock.grid);
  return recording.recorder->records(step, recording.window);
}

void SynapseSampler::read(const Recording::Synapse& synapse, std::span<const PendingVisit> pending,
                          std::int64_t step, std::vector<double>& samples) const {
  const PlasticPartition& plastic = *net_.plasticity.partitions[partition_];
  const PlasticModelRuntime& runtime = net_.plasticity.model(*synapse.store);
  const PlasticPartition::Reading reading =
      plastic.read(*synapse.store, *synapse.rows, synapse.at, pending, step, runtime,
                   net_.plasticity.visit_setting(partition_));
  for (const SynapseRecordable& value : *synapse.values) {
    double x = 0;
    switch (value.place) {
      case SynapseRecordable::Place::kWeight:
        x = reading.weight;
        break;
      case SynapseRecordable::Place::kColumn:
        x = reading.columns[value.column];
        break;
      case SynapseRecordable::Place::kKplus:
        x = reading.Kplus;
        break;
      case SynapseRecordable::Place::kKplus_triplet:
        x = reading.Kplus_triplet;
        break;
      case SynapseRecordable::Place::kDopamine:
        x = plastic.modulators[static_cast<std::size_t>(runtime.modulator)]->value_at(step);
        break;
    }
    samples.push_back(x);
  }
}

void SynapseSampler::sample(std::int64_t step, std::int64_t slice_end, int parity) {
  for (Recording& recording : recordings_) {
    if (recording.releasing || !is_due(recording, step)) continue;
    for (const Recording::Synapse& synapse : recording.synapses) {
      const Row& row = rows_[synapse.row];
      // A visit is made in the step that ends one delay after its spike.
      const auto first = std::find_if(
          row.pending.begin(), row.pending.end(),
          [&](const PendingVisit& v) { return v.until + synapse.at.delay > slice_end; });
      read(synapse, {first, row.pending.end()}, step, recording.samples[parity]);
    }
  }
}

void SynapseSampler::sample_releasing(std::int64_t step) {
  for (Recording& recording : recordings_) {
    if (!recording.releasing || !is_due(recording, step)) continue;
    for (const Recording::Synapse& synapse : recording.synapses) {
      read(synapse, {}, step, recording.taken);
    }
  }
}

void SynapseSampler::hand_over_releasing(int parity) {
  for (Recording& recording : recordings_) {
    if (recording.releasing) recording.samples[parity].swap(recording.taken);
  }
}

}  // namespace tegmenta
