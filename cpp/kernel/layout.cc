#include "kernel/layout.h"

#include <algorithm>
#include <limits>

#include "kernel/memory_used.h"
#include "network/synapse_lists.h"

namespace tegmenta {

namespace {

// What a plastic store needs to hold after old rows and staged projections have come together:
// a column is stored once two values differ; rows are uniform while all their synapses began alike.
void merge_plastic(RowStore& store, const RowStore& old, const std::vector<OldRows>& rows,
                   std::int64_t now) {
  store.plastic = old.plastic;
  store.columns = old.columns;
  store.prepared = old.prepared;
  store.prepared_for = old.prepared_for;
  store.prepared_alike = old.prepared_alike;
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
      if (first && q.is_scalar()) {
        column.uniform = q.scalar;
      } else {
        column.stored = !q.is_scalar() || q.scalar != column.uniform;
      }
    }
    first = false;
    store.irregular |= projection.Kplus_given || (has_old && old_has_fired);
  }
  // Its synapses are visited when spikes arrive, each at its own time.
  store.irregular |= store.pairs_at_arrival();
  // A trace whose time constant differs from synapse to synapse is kept by each of them.
  store.irregular |=
      store.stores(store.plastic->trace_tau) || store.stores(store.plastic->triplet_trace_tau);
}

}  // namespace

void Layout::lay_out(Watch& watch) {
  if (!net_.synapses.layout_needed && !net_.nodes.unplaced) return;
  Placement placement = net_.nodes.unplaced ? place_nodes() : net_.synapses.placement;
  std::vector<Rebuild> plan;
  for (std::uint32_t s = 0; s < net_.synapses.stores.size(); ++s) {
    const RowStore& store = *net_.synapses.stores[s];
    const bool moved = net_.nodes.unplaced && store.synapses() > 0;
    if (store.staged.empty() && !moved) continue;
    plan.push_back({s, {}});
    if (store.synapses() > 0) plan.back().old.push_back({&store, s, {}});
  }
  rebuild(std::move(plan), std::move(placement), watch, nullptr);
}

namespace {

/// A new store with the form of `old`, the sources and the precision of what comes together.
RowStore store_from(const RowStore& old, const std::vector<OldRows>& parts, std::int64_t now) {
  RowStore store;
  store.model = old.model;
  store.draws = old.draws;
  store.label = old.label;
  store.homogeneous = old.homogeneous;
  store.weight = old.weight;
  store.single_precision = old.single_precision;
  store.group = old.group;
  store.receptor = old.receptor;
  store.double_weights = old.double_weights;
  if (old.plastic) merge_plastic(store, old, parts, now);
  NodeId low = std::numeric_limits<NodeId>::max();
  NodeId high = 0;
  for (const OldRows& rows : parts) {
    if (rows.store->source_count == 0) continue;
    low = std::min(low, rows.store->source_low);
    high = std::max(high, rows.store->source_low + rows.store->source_count - 1);
    store.double_weights |= rows.store->double_weights && !store.single_precision;
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
  return store;
}

bool keeps_initial(const std::vector<OldRows>& parts) {
  return std::any_of(parts.begin(), parts.end(), [](const OldRows& rows) {
    return std::any_of(rows.store->partitions.begin(), rows.store->partitions.end(),
                       [](const PartitionRows& each) { return each.initial.kept(); });
  });
}

/// Room for the new places of all old synapses.
PositionMap map_of(const std::vector<OldRows>& parts) {
  PositionMap map(parts.size());
  for (std::size_t o = 0; o < parts.size(); ++o) {
    for (const PartitionRows& rows : parts[o].store->partitions) {
      map[o].emplace_back(rows.targets.size(), 0);
    }
  }
  return map;
}

}  // namespace

std::uint64_t Layout::work_of(const std::vector<Rebuild>& plan, const Placement& placement) const {
  std::uint64_t work = 0;
  for (const Rebuild& part : plan) {
    std::uint64_t old = 0;
    for (const OldRows& rows : part.old) old += rows.store->synapses();
    work += layout_work(net_.synapses.stores[part.store]->staged, old, placement.partitions());
  }
  return work;
}

void Layout::move_initial(const Rebuild& part, const PositionMap& map, RowStore& made) const {
  const double first_trace = net_.plasticity.first_trace(net_.catalog.synapse(made.model));
  std::vector<InitialValues::Move> moves;
  for (PartitionRows& rows : made.partitions) moves.emplace_back(made, rows, first_trace);
  for (std::size_t o = 0; o < part.old.size(); ++o) {
    const auto& partitions = part.old[o].store->partitions;
    for (std::size_t p = 0; p < partitions.size(); ++p) {
      for (std::size_t i = 0; i < partitions[p].targets.size(); ++i) {
        const SynapsePosition now = SynapsePosition::unpack(map[o][p][i]);
        moves[now.partition].take(partitions[p], i, static_cast<std::size_t>(now.offset));
      }
    }
  }
  for (InitialValues::Move& move : moves) move.finish();
}

Layout::NewRows Layout::new_rows(const std::vector<Rebuild>& plan, const Placement& placement,
                                 Watch& watch, bool want_map) {
  NewRows made{{}, std::vector<PositionMap>(plan.size()), {}, {}};
  made.stores.reserve(plan.size());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    made.stores.push_back(
        store_from(*net_.synapses.stores[plan[i].store], plan[i].old, net_.clock.now));
    RowStore& store = made.stores.back();
    if (want_map) made.maps[i] = map_of(plan[i].old);
    const LayoutSource from{
        store,
        plan[i].old,
        placement,
        net_.synapses.placement.partitions() ? net_.synapses.placement : placement,
        net_.clock.now,
        net_.plasticity.first_trace(net_.catalog.synapse(store.model)),
        *net_.settings.simd,
        watch};
    std::vector<DelayRange> delays(store.staged.size());
    store.partitions = lay_out_rows(from, net_.team(), want_map ? &made.maps[i] : nullptr, delays);
    if (keeps_initial(plan[i].old)) move_initial(plan[i], made.maps[i], store);
    for (std::size_t k = 0; k < delays.size(); ++k) {
      (store.staged[k].from_generators ? made.of_generators : made.between_neurons)
          .include(delays[k]);
    }
    store.staged.clear();
  }
  return made;
}

void Layout::rebuild(std::vector<Rebuild> plan, Placement placement, Watch& watch,
                     SynapseList* follow) {
  net_.team();  // without its threads nothing is begun
  // Spikes under way through plastic synapses are worked out first: their rows may change.
  net_.plasticity.settle();
  const bool pending = std::any_of(net_.synapses.calendars.begin(), net_.synapses.calendars.end(),
                                   [](Calendar& calendar) { return calendar.has_pending(); });
  const std::vector<ChosenSynapses*> recorded = recorded_synapses(net_);
  const bool want_map = pending || follow != nullptr || !recorded.empty() ||
                        std::any_of(plan.begin(), plan.end(),
                                    [](const Rebuild& part) { return keeps_initial(part.old); });
  watch.expect(work_of(plan, placement));

  // New rows beside the old ones; a failure (memory) leaves everything as it was.
  NewRows made = new_rows(plan, placement, watch, want_map);
  Relocation now(net_.synapses.stores.size());
  for (std::size_t i = 0; want_map && i < plan.size(); ++i) {
    for (std::size_t o = 0; o < plan[i].old.size(); ++o) {
      now.move(plan[i].old[o].store_index, plan[i].store, std::move(made.maps[i][o]));
    }
  }
  std::vector<const RowStore*> after;
  for (const auto& store : net_.synapses.stores) after.push_back(store.get());
  for (std::size_t i = 0; i < plan.size(); ++i) after[plan[i].store] = &made.stores[i];
  std::vector<Calendar> calendars = move_pending(placement, after, now);
  const auto partitions = static_cast<std::size_t>(placement.partitions());
  for (auto& store : net_.synapses.stores) store->partitions.reserve(partitions);
  net_.recording.reserve(partitions);
  std::vector<std::unique_ptr<PlasticPartition>> plastic;
  if (net_.nodes.unplaced) plastic = net_.plasticity.at(placement);

  // From here on nothing can fail.
  if (follow) now.follow(follow->positions);
  for (ChosenSynapses* chosen : recorded) now.follow(chosen->positions);
  take_rows(plan, std::move(made.stores), partitions);
  net_.synapses.placement = std::move(placement);
  net_.synapses.see_delays(made.of_generators, false);
  net_.synapses.see_delays(made.between_neurons, true);
  if (net_.nodes.unplaced) net_.plasticity.partitions = std::move(plastic);
  net_.synapses.layout_needed = false;
  net_.nodes.unplaced = false;
  net_.nodes.devices_changed = true;
  net_.synapses.changed();
  if (follow) follow->generation = net_.synapses.generation;
  net_.synapses.calendars = std::move(calendars);
  measure(net_);
}

void Layout::take_rows(const std::vector<Rebuild>& plan, std::vector<RowStore>&& made,
                       std::size_t partitions) noexcept {
  for (std::size_t i = 0; i < plan.size(); ++i)
    *net_.synapses.stores[plan[i].store] = std::move(made[i]);
  for (auto& store : net_.synapses.stores) store->partitions.resize(partitions);
}

}  // namespace tegmenta
