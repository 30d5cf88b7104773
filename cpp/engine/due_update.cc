// The update of a partition whose neurons all say when they are next due: only they, and those that
// something arrives at, are looked at.
#include <bit>

#include "engine/partition.h"

namespace tegmenta {

namespace {

/// With more neurons it is cheaper to walk all of them in vectors than to look for those.
constexpr std::size_t kMostSlots = 4096;

}  // namespace

bool PartitionState::can_walk_due() const {
  if (slots_ > kMostSlots || capacity_ > DueGroups::kMostLags || sampler || !releases.none()) {
    return false;
  }
  return std::all_of(chunks.begin(), chunks.end(), [](const ChunkState& chunk) {
    return chunk.population->model().knows_when_due && !chunk.population->any_frozen() &&
           chunk.inputs.empty() && chunk.meters.empty() && !chunk.sampled;
  });
}

// Anything may have changed since the last run.
void PartitionState::plan_due() {
  due_.reset();
  if (!can_walk_due()) return;
  due_.emplace(slots_, capacity_);
  block_lanes_ = kLaneGroup;
  for (ChunkState& chunk : chunks) {
    for (std::uint32_t lane = chunk.place.lane_begin; lane < chunk.place.lane_end;
         lane += kLaneGroup) {
      NeuronBlock block = block_of(chunk, lane);
      block.first_step = net_.clock.now;
      const std::size_t slot = chunk.place.slot + (lane - chunk.place.lane_begin);
      due_->set_due(slot / kLaneGroup, chunk.population->model().next_due(block));
    }
  }
  Calendar& calendar = net_.synapses.calendars[static_cast<std::size_t>(index_)];
  due_days = {};
  for (std::int64_t ahead = 0; ahead < calendar.capacity(); ++ahead) {
    if (!calendar.day(net_.clock.now + ahead).empty()) due_days.note(net_.clock.now + ahead);
  }
}

void PartitionState::hear(const CalendarDay& day, int lag) {
  const auto hear_run = [&](const PendingRun& run) {
    const PartitionRows& rows =
        net_.synapses.stores[run.store]->partitions[static_cast<std::size_t>(index_)];
    for (std::uint32_t i = 0; i < run.length; ++i) due_->hear(lag, rows.targets[run.offset + i]);
  };
  for (const PendingDeviceRun& g : day.generators) hear_run(g.run);
  for (const PendingRun& run : day.neurons) hear_run(run);
  for (const PendingPlasticRun& pending : day.plastic) hear_run(pending.run);
  for (const PendingPlasticRun& pending : day.arriving) hear_run(pending.run);
  if (!day.settled) return;
  const auto hear_nodes = [&](const auto& runs) {
    for (const auto& run : runs) {
      for (const NodeId node : run.targets) {
        due_->hear(lag, net_.synapses.placement.place[node] & 0xffffu);
      }
    }
  };
  hear_nodes(day.settled->generators);
  hear_nodes(day.settled->neurons);
  hear_nodes(day.settled->counts);
  hear_nodes(day.settled->plastic);
}

// After the days before `step` have been delivered.
void PartitionState::find_due_day(std::int64_t step) {
  if (due_days.first >= step) return;
  const Calendar& calendar = net_.synapses.calendars[static_cast<std::size_t>(index_)];
  std::int64_t day = step;
  while (day <= due_days.last && calendar.day(day).empty()) ++day;
  due_days.first = day <= due_days.last ? day : kNeverDue;
}

std::int64_t PartitionState::next_step() const {
  return std::min(due_->first_due() - 1, due_days.first);
}

bool PartitionState::has_something_due(std::int64_t origin, int lag) const {
  const Calendar& calendar = net_.synapses.calendars[static_cast<std::size_t>(index_)];
  return due_->next_lag(lag, origin) == lag || origin + lag + 1 >= next_flush ||
         (origin + lag >= due_days.first && !calendar.day(origin + lag).empty());
}

void PartitionState::end_lags_before(int lag, int parity) {
  for (; ended_ < lag; ++ended_) spikes[parity].end(ended_);
}

void PartitionState::update_due(const Stretch& stretch, int parity) {
  const std::int64_t origin = stretch.origin;
  SpikeList& list = spikes[parity];
  block_lanes_ = kLaneGroup;
  int lag = due_->next_lag(stretch.first, origin);
  for (; lag < stretch.last; lag = due_->next_lag(lag + 1, origin)) {
    if (failed[parity] && failed[parity]->step < origin + lag) break;
    end_lags_before(lag, parity);
    const std::size_t before = list.entries.size();
    ChunkState* chunk = chunks.data();
    due_->walk(lag, origin + lag + 1, [&](std::size_t group) {
      while (group * kLaneGroup >=
             chunk->place.slot + (chunk->place.lane_end - chunk->place.lane_begin)) {
        ++chunk;
      }
      return update_group(*chunk, group, origin, lag, parity);
    });
    // Spikes before a failure may be one themselves.
    if (failed[parity] && failed[parity]->step <= origin + lag) {
      list.entries.resize(before);
      break;
    }
    record_lag(before, origin + lag, parity);
  }
  if (lag < stretch.last) due_->forget();
  for (int l = stretch.first; l < stretch.last; ++l) forget_input(static_cast<std::size_t>(l));
}

// When the group is due next.
std::int64_t PartitionState::update_group(ChunkState& chunk, std::size_t group, std::int64_t origin,
                                          int lag, int parity) {
  const NeuronModel& model = chunk.population->model();
  const auto in_chunk = static_cast<std::uint32_t>(group * kLaneGroup - chunk.place.slot);
  const std::uint32_t lane = chunk.place.lane_begin + in_chunk;
  NeuronBlock block = block_of(chunk, lane);
  gather(chunk, lane, block.lanes, origin, lag, 1);
  move_to(block, chunk, lane, origin, lag, 1);
  NeuronFailure failure;
  block.failure = &failure;
  model.update_scalar(block);
  if (failure.kind != NeuronFailure::kNone) note_failure(block, model, parity);
  for (unsigned mask = *block.fired; mask != 0; mask &= mask - 1) {
    const auto i = static_cast<std::uint32_t>(std::countr_zero(mask));
    spikes[parity].entries.push_back(
        {chunk.population->first() + lane + i, block.multiplicity ? block.multiplicity[i] : 1});
  }
  return model.next_due(block);
}

// What is known of the neurons that have fired in a step, entries from `first` on.
void PartitionState::record_lag(std::size_t first, std::int64_t step, int parity) {
  const SpikeList& list = spikes[parity];
  ChunkState* chunk = chunks.data();
  const auto is_in = [](const ChunkState& c, NodeId node) {
    const NodeId low = c.population->first() + c.place.lane_begin;
    return node >= low && node < low + (c.place.lane_end - c.place.lane_begin);
  };
  for (std::size_t e = first; e < list.entries.size(); ++e) {
    while (!is_in(*chunk, list.entries[e].source)) ++chunk;
    record_fired(*chunk, list.entries[e], step, parity);
  }
}

}  // namespace tegmenta
