#include "engine/synapse_sampler.h"

#include <algorithm>

namespace tegmenta {

void SynapseSampler::add(const SynapseRecorder& recorder, std::uint32_t device,
                         const std::vector<std::uint32_t>& places) {
  if (places.empty()) return;
  Recording& recording = recordings_.emplace_back();
  recording.device = device;
  recording.recorder = &recorder;
  recording.window = recorder.window(net_.clock.grid);
  recording.next = recorder.next_sample(net_.clock.now, net_.clock.grid);
  recording.places = places;
  for (std::uint32_t place : places) {
    const SynapsePosition at = SynapsePosition::unpack(recorder.chosen()->positions[place]);
    const RowPlace found = net_.synapses.row_of(at);
    const RowStore& store = *net_.synapses.stores[at.store];
    const Run& run = store.partitions[partition_].runs[found.run];
    const auto id = static_cast<std::uint16_t>(at.store);
    const auto [row, is_new] =
        row_at_.emplace(key(id, found.row), static_cast<std::uint32_t>(rows_.size()));
    if (is_new) rows_.push_back({id, 0, {}});
    std::uint32_t& longest = rows_[row->second].longest;
    longest = std::max(longest, run.delay());
    auto [values, first] = recording.values.try_emplace(store.plastic);
    if (first) {
      const std::vector<SynapseRecordable> known = store.plastic->recordables();
      for (const std::string& name : recorder.recorded()) {
        values->second.push_back(*std::find_if(known.begin(), known.end(),
                                               [&](const auto& r) { return r.name == name; }));
      }
    }
    recording.synapses.push_back(
        {row->second, {found.row, run.delay(), run.offset, at.offset}, &values->second});
  }
}

void SynapseSampler::find_pending(const Calendar& calendar, std::int64_t now) {
  for (std::int64_t due = now; due < now + calendar.capacity(); ++due) {
    for (const PendingPlasticRun& p : calendar.day(due).plastic) {
      const std::uint32_t row = p.source - net_.synapses.stores[p.run.store]->source_low;
      const auto found = row_at_.find(key(p.run.store, row));
      if (found == row_at_.end()) continue;
      // Runs of several delays wait for the same spike.
      std::vector<PendingVisit>& pending = rows_[found->second].pending;
      const auto at = std::lower_bound(
          pending.begin(), pending.end(), p.until,
          [](const PendingVisit& v, std::int64_t until) { return v.until < until; });
      if (at != pending.end() && at->until == p.until) continue;
      pending.insert(at, {p.from, p.until, p.Kplus, p.Kplus_triplet, p.run.multiplicity});
    }
  }
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

void SynapseSampler::sample(std::int64_t step, std::int64_t slice_end, int parity) {
  const PlasticPartition& plastic = *net_.plasticity.partitions[partition_];
  const VisitSetting setting = net_.plasticity.visit_setting(partition_);
  for (Recording& recording : recordings_) {
    if (step != recording.next) continue;
    recording.next = recording.recorder->next_sample(step, net_.clock.grid);
    if (!recording.recorder->records(step, recording.window)) continue;
    for (const Recording::Synapse& synapse : recording.synapses) {
      const Row& row = rows_[synapse.row];
      const RowStore& store = *net_.synapses.stores[row.store];
      const PlasticModelRuntime& runtime = net_.plasticity.model(store);
      // A visit is made in the step that ends one delay after its spike.
      const auto first = std::find_if(
          row.pending.begin(), row.pending.end(),
          [&](const PendingVisit& v) { return v.until + synapse.at.delay > slice_end; });
      const PlasticPartition::Reading reading =
          plastic.read(store, store.partitions[partition_], synapse.at, {first, row.pending.end()},
                       step, runtime, setting);
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
        recording.samples[parity].push_back(x);
      }
    }
  }
}

}  // namespace tegmenta
