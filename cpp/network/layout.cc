// Laying out: where neurons live, and rows made from staged projections and old rows.
#include <algorithm>
#include <atomic>
#include <limits>

#include "base/errors.h"
#include "network/network.h"

namespace tegmenta {

namespace {

constexpr std::uint32_t kSlotsPerPartition = 65536;  // a target is 16 bits
constexpr std::uint32_t kLanesTogether = 64;         // a group of lanes shares Philox blocks

std::uint32_t round_up(std::uint32_t n, std::uint32_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

// What a plastic store needs to hold after old rows and staged projections have come together:
// a column is stored once two values differ; rows are uniform while all their synapses began alike.
void merge_plastic(RowStore& store, const RowStore& old, const std::vector<OldRows>& rows,
                   std::int64_t now) {
  store.plastic = old.plastic;
  store.columns = old.columns;
  store.irregular = old.irregular;
  bool has_old = false;
  bool old_has_fired = false;
  for (const OldRows& r : rows) {
    has_old |= r.store->synapses() > 0;
    for (const PartitionRows& p : r.store->partitions) {
      for (std::size_t row = 0; row < p.row_time.size(); ++row) {
        old_has_fired |= p.row_time[row] != now || p.row_Kplus[row] != 0;
      }
    }
  }
  bool first = !has_old;
  for (const Projection& projection : old.staged) {
    for (std::size_t k = 0; k < store.columns.size(); ++k) {
      RowStore::Column& column = store.columns[k];
      const Quantity& q = projection.columns[k];
      if (column.stored) continue;
      if (!q.is_scalar()) {
        column.stored = true;
      } else if (first) {
        column.uniform = q.scalar;
      } else if (q.scalar != column.uniform) {
        column.stored = true;
      }
    }
    first = false;
    store.irregular |= projection.Kplus_given || (has_old && old_has_fired);
  }
  // A trace whose time constant differs from synapse to synapse is kept by each of them.
  const bool own_tau = store.plastic->traces_in_columns() && store.columns[0].stored;
  const bool own_triplet = store.plastic->has_Kplus_triplet && store.columns[1].stored;
  store.irregular |= own_tau || own_triplet;
}

}  // namespace

std::uint64_t next_generation() noexcept {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

// What a neuron is expected to cost a step, in updates of one: its own update, what generators give
// it, and the spikes that reach it when every source fires at a moderate rate.
std::vector<float> Network::expected_costs() const {
  constexpr double kSpikesPerSecond = 10;
  constexpr double kGenerator = 0.5;  // drawing one input costs about half an update
  const auto synapse = static_cast<float>(kSpikesPerSecond * grid_.resolution_ms() / 1000);
  std::vector<float> costs(nodes_.size(), 1);
  for (const auto& store : stores_) {
    for (std::size_t p = 0; p < store->partitions.size(); ++p) {
      const auto& nodes = placement_.node_of_slot[p];
      for (std::uint16_t slot : store->partitions[p].targets) costs[nodes[slot]] += synapse;
    }
    for (const Projection& projection : store->staged) {
      const std::vector<NodeId>& targets = projection.pattern.synapse_targets();
      const auto each = synapse * static_cast<float>(static_cast<double>(projection.synapses) /
                                                     static_cast<double>(targets.size()));
      for (NodeId id : targets) costs[id] += each;
    }
  }
  for (const DeviceProjection& list : device_projections_) {
    for (NodeId id : list.targets) costs[id] += static_cast<float>(kGenerator);
  }
  return costs;
}

// Ranges of neurons of nearly the same expected cost, split between groups of lanes.
Placement Network::place_nodes() const {
  std::uint64_t left = 0;  // slots
  for (const auto& population : populations_) {
    left += round_up(static_cast<std::uint32_t>(population->size()), kLaneGroup);
  }
  const auto threads = static_cast<std::uint64_t>(status_.threads);
  // Room for the rounding of chunks keeps a share below what 16 bits can address.
  const std::uint64_t most = kSlotsPerPartition - 2 * kLanesTogether;
  const std::uint64_t partitions =
      std::max<std::uint64_t>(1, (left + threads * most - 1) / (threads * most)) * threads;
  const std::vector<float> costs = expected_costs();
  const auto cost_of = [&](NodeId first, std::uint32_t n) {
    double sum = 0;
    for (std::uint32_t i = 0; i < n; ++i) sum += costs[first + i];
    return sum;
  };
  double cost = 0;
  for (const auto& population : populations_) {
    cost += cost_of(population->first(), static_cast<std::uint32_t>(population->size()));
  }
  const double share = cost / static_cast<double>(partitions);

  Placement placement;
  placement.end = static_cast<NodeId>(nodes_.size());
  placement.place.assign(nodes_.size(), Placement::kNone);
  placement.node_of_slot.resize(partitions);
  placement.counting.resize(partitions);
  placement.chunks.resize(partitions);
  placement.partition_first.assign(partitions, placement.end);
  placement.partition_first[0] = 1;
  std::size_t p = 0;
  std::uint32_t used = 0;
  double placed = 0;  // cost
  for (std::uint32_t index = 0; index < populations_.size(); ++index) {
    const Population& population = *populations_[index];
    const auto size = static_cast<std::uint32_t>(population.size());
    for (std::uint32_t lane = 0; lane < size; lane += kLanesTogether) {
      const std::uint32_t take = std::min(kLanesTogether, size - lane);
      const std::uint32_t slots = round_up(take, kLaneGroup);
      const NodeId first = population.first() + lane;
      const double group = cost_of(first, take);
      const bool has_share = placed + group / 2 >= share * static_cast<double>(p + 1);
      const bool rest_fits = left <= (partitions - p - 1) * most;
      if (p + 1 < partitions && used > 0 && (used + slots > most || (has_share && rest_fits))) {
        ++p;
        used = 0;
      }
      if (used == 0 && p > 0) placement.partition_first[p] = first;
      auto& chunks = placement.chunks[p];
      if (used > 0 && chunks.back().population == index) {
        chunks.back().lane_end = lane + take;
      } else {
        chunks.push_back({index, lane, lane + take, used});
      }
      auto& nodes = placement.node_of_slot[p];
      nodes.resize(used + slots, 0);
      placement.counting[p].resize(used + slots, 0);
      for (std::uint32_t i = 0; i < take; ++i) {
        nodes[used + i] = first + i;
        placement.counting[p][used + i] = population.model().counts_input ? 1 : 0;
        placement.place[first + i] = static_cast<std::uint32_t>(p) << 16 | (used + i);
      }
      used += slots;
      left -= slots;
      placed += group;
    }
  }
  return placement;
}

void Network::lay_out(Watch& watch, SynapseList* follow) {
  if (!layout_needed_ && !nodes_unplaced_) return;
  Placement placement = nodes_unplaced_ ? place_nodes() : placement_;
  std::vector<Rebuild> plan;
  for (std::uint32_t s = 0; s < stores_.size(); ++s) {
    const RowStore& store = *stores_[s];
    const bool moved = nodes_unplaced_ && store.synapses() > 0;
    if (store.staged.empty() && !moved) continue;
    plan.push_back({s, {}});
    if (store.synapses() > 0) plan.back().old.push_back({&store, s, {}});
  }
  rebuild(std::move(plan), std::move(placement), watch, follow);
}

void Network::rebuild(std::vector<Rebuild> plan, Placement placement, Watch& watch,
                      SynapseList* follow) {
  WorkerTeam& workers = team();
  // Spikes under way through plastic synapses are worked out first: their rows may change.
  settle_plasticity();
  bool pending = false;
  for (Calendar& calendar : calendars_) pending |= calendar.has_pending();
  std::vector<ChosenSynapses*> recorded;
  for (const auto& device : devices_) {
    auto* const recorder = device->as<SynapseRecorder>();
    if (recorder && recorder->chosen()) recorded.push_back(recorder->chosen());
  }
  const bool want_map = pending || follow != nullptr || !recorded.empty();
  const auto partitions = static_cast<std::size_t>(placement.partitions());

  std::uint64_t work = 0;
  for (const Rebuild& part : plan) {
    std::uint64_t old = 0;
    for (const OldRows& rows : part.old) old += rows.store->synapses();
    work += layout_work(stores_[part.store]->staged, old, placement.partitions());
  }
  watch.expect(work);

  // New rows beside the old ones; a failure (memory) leaves everything as it was.
  std::vector<RowStore> made(plan.size());
  std::vector<PositionMap> maps(plan.size());
  DelayRange seen[2];  // from generators, between spiking nodes
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const RowStore& old = *stores_[plan[i].store];
    RowStore& store = made[i];
    store.model = old.model;
    store.label = old.label;
    store.homogeneous = old.homogeneous;
    store.weight = old.weight;
    store.single_precision = old.single_precision;
    store.group = old.group;
    store.double_weights = old.double_weights;
    if (old.plastic) merge_plastic(store, old, plan[i].old, now_);
    NodeId low = std::numeric_limits<NodeId>::max();
    NodeId high = 0;
    for (const OldRows& rows : plan[i].old) {
      if (rows.store->source_count == 0) continue;
      low = std::min(low, rows.store->source_low);
      high = std::max(high, rows.store->source_low + rows.store->source_count - 1);
      // A homogeneous weight that joins a column keeps all its digits.
      store.double_weights |= rows.store->double_weights && !store.single_precision;
      if (rows.store->homogeneous && !store.homogeneous && !store.single_precision) {
        store.double_weights |=
            static_cast<double>(static_cast<float>(rows.store->weight)) != rows.store->weight;
      }
    }
    for (const Projection& projection : old.staged) {
      for (NodeId id : projection.pattern.synapse_sources()) {
        low = std::min(low, id);
        high = std::max(high, id);
      }
      store.double_weights |= projection.needs_double && !store.single_precision;
    }
    store.staged = old.staged;
    store.source_low = low <= high ? low : 0;
    store.source_count = low <= high ? high - low + 1 : 0;
    if (want_map) {
      maps[i].resize(plan[i].old.size());
      for (std::size_t o = 0; o < plan[i].old.size(); ++o) {
        for (const PartitionRows& rows : plan[i].old[o].store->partitions) {
          maps[i][o].emplace_back(rows.targets.size(), 0);
        }
      }
    }
    const LayoutSource from{
        store,         plan[i].old,
        placement,     placement_.partitions() ? placement_ : placement,
        now_,          first_trace(synapse_models_[static_cast<std::size_t>(store.model)]),
        *status_.simd, watch};
    std::vector<DelayRange> delays(store.staged.size());
    store.partitions = lay_out_rows(from, workers, want_map ? &maps[i] : nullptr, delays);
    for (std::size_t k = 0; k < delays.size(); ++k) {
      seen[store.staged[k].from_generators ? 0 : 1].include(delays[k]);
    }
    store.staged.clear();
  }

  // Where every old synapse will be, by [old store][old partition][offset].
  std::vector<std::uint32_t> new_store(stores_.size());
  std::vector<std::vector<std::vector<std::uint64_t>>> new_place(stores_.size());
  for (std::uint32_t s = 0; s < stores_.size(); ++s) new_store[s] = s;
  for (std::size_t i = 0; want_map && i < plan.size(); ++i) {
    for (std::size_t o = 0; o < plan[i].old.size(); ++o) {
      new_store[plan[i].old[o].store_index] = plan[i].store;
      new_place[plan[i].old[o].store_index] = std::move(maps[i][o]);
    }
  }
  std::vector<const RowStore*> after;
  for (const auto& store : stores_) after.push_back(store.get());
  for (std::size_t i = 0; i < plan.size(); ++i) after[plan[i].store] = &made[i];
  std::vector<Calendar> calendars = move_pending(placement, after, new_store, new_place);
  for (auto& store : stores_) store->partitions.reserve(partitions);

  std::vector<std::unique_ptr<PlasticPartition>> plastic;
  if (nodes_unplaced_) plastic = plasticity_at(placement);

  // From here on nothing can fail.
  const auto go_along = [&](std::vector<std::uint64_t>& positions) {
    for (std::uint64_t& word : positions) {
      const SynapsePosition at = SynapsePosition::unpack(word);
      if (at.store >= stores_.size() || new_place[at.store].empty()) continue;
      SynapsePosition now = SynapsePosition::unpack(new_place[at.store][at.partition][at.offset]);
      now.store = new_store[at.store];
      word = now.packed();
    }
  };
  if (follow) go_along(follow->positions);
  for (ChosenSynapses* chosen : recorded) go_along(chosen->positions);

  for (std::size_t i = 0; i < plan.size(); ++i) {
    for (const OldRows& rows : plan[i].old) {
      if (rows.store_index == plan[i].store) continue;
      RowStore& emptied = *stores_[rows.store_index];
      for (PartitionRows& p : emptied.partitions) p = {};
      emptied.source_count = 0;
    }
  }
  for (std::size_t i = 0; i < plan.size(); ++i) *stores_[plan[i].store] = std::move(made[i]);
  for (auto& store : stores_) store->partitions.resize(partitions);
  placement_ = std::move(placement);
  see_delays(seen[0], false);
  see_delays(seen[1], true);
  if (nodes_unplaced_) plastic_ = std::move(plastic);
  layout_needed_ = false;
  nodes_unplaced_ = false;
  devices_changed_ = true;
  generation_ = next_generation();
  if (follow) follow->generation = generation_;
  calendars_ = std::move(calendars);
  measure();
}

std::vector<Calendar> Network::move_pending(
    const Placement& placement, const std::vector<const RowStore*>& after,
    const std::vector<std::uint32_t>& new_store,
    const std::vector<std::vector<std::vector<std::uint64_t>>>& new_place) const {
  struct Moved {
    std::int64_t due;
    std::int64_t stamp;
    NodeId source;
    std::uint32_t offset;
    PendingRun run;
    double factor;
  };
  const auto partitions = static_cast<std::size_t>(placement.partitions());
  std::vector<Calendar> calendars(partitions);
  std::int64_t reach = 0;
  for (const Calendar& calendar : calendars_) reach = std::max(reach, calendar.capacity());
  for (Calendar& calendar : calendars) calendar.reserve(now_, reach);
  std::vector<std::vector<Moved>> generators(partitions), neurons(partitions);

  const auto move = [&](std::size_t p, std::int64_t due, const PendingRun& run, double factor,
                        std::vector<std::vector<Moved>>& into) {
    for (std::uint32_t i = 0; i < run.length; ++i) {
      SynapsePosition at{run.store, static_cast<std::uint32_t>(p), run.offset + i};
      if (!new_place[run.store].empty()) {
        at = SynapsePosition::unpack(new_place[run.store][p][run.offset + i]);
        at.store = new_store[run.store];
      }
      const RowStore& store = *after[at.store];
      const PartitionRows& rows = store.partitions[at.partition];
      const auto r = std::upper_bound(rows.runs.begin(), rows.runs.end(), at.offset,
                                      [](std::uint64_t o, const Run& x) { return o < x.offset; }) -
                     rows.runs.begin() - 1;
      const auto row = std::upper_bound(rows.row_begin.begin(), rows.row_begin.end(),
                                        static_cast<std::uint32_t>(r)) -
                       rows.row_begin.begin() - 1;
      PendingRun moved = run;
      moved.store = static_cast<std::uint16_t>(at.store);
      moved.offset = static_cast<std::uint32_t>(at.offset);
      moved.length = 1;
      moved.index = PendingRun::kPart;
      into[at.partition].push_back({due, due + 1 - rows.runs[static_cast<std::size_t>(r)].delay(),
                                    store.source_low + static_cast<NodeId>(row), moved.offset,
                                    moved, factor});
    }
  };
  for (std::size_t p = 0; p < calendars_.size(); ++p) {
    for (std::int64_t due = now_; due < now_ + calendars_[p].capacity(); ++due) {
      const CalendarDay& day = calendars_[p].day(due);
      for (const PendingDeviceRun& g : day.generators) move(p, due, g.run, g.factor, generators);
      for (const PendingRun& run : day.neurons) move(p, due, run, 1, neurons);
    }
  }
  move_settled(placement, calendars);
  const auto refill = [&](std::vector<Moved>& moved, auto&& push) {
    std::stable_sort(moved.begin(), moved.end(), [](const Moved& a, const Moved& b) {
      return std::tie(a.due, a.stamp, a.source, a.run.store, a.offset) <
             std::tie(b.due, b.stamp, b.source, b.run.store, b.offset);
    });
    for (std::size_t i = 0; i < moved.size();) {
      Moved& first = moved[i];
      std::size_t j = i + 1;
      while (j < moved.size() && moved[j].due == first.due && moved[j].source == first.source &&
             moved[j].run.store == first.run.store && moved[j].run.channel == first.run.channel &&
             moved[j].run.multiplicity == first.run.multiplicity &&
             moved[j].factor == first.factor && moved[j].offset == first.offset + (j - i)) {
        ++j;
      }
      first.run.length = static_cast<std::uint32_t>(j - i);
      push(first);
      i = j;
    }
  };
  for (std::size_t p = 0; p < partitions; ++p) {
    refill(generators[p], [&](const Moved& m) {
      calendars[p].day(m.due).generators.push_back({m.run, m.factor});
    });
    refill(neurons[p], [&](const Moved& m) { calendars[p].day(m.due).neurons.push_back(m.run); });
  }
  return calendars;
}

}  // namespace tegmenta
