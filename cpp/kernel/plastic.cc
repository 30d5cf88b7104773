// Plastic synapses from the outside of the slice loop: preparing, committing before changes,
// reading. See docs/event-driven-core.md#reading-and-changes-from-outside.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "base/errors.h"
#include "models/devices/reward_transmitter.h"
#include "models/neurons/common.h"
#include "network/network.h"

namespace tegmenta {

namespace {

/// A source that stays silent is brought up to date after this time.
constexpr double kFlushWindow_ms = 1000;

/// How many steps histories and modulators reach back.
std::int64_t history_steps(std::int64_t flush_window, std::int64_t longest_delay) {
  return 2 * flush_window + longest_delay + 256;
}

}  // namespace

bool Network::has_plastic_rows() const {
  return std::any_of(stores_.begin(), stores_.end(),
                     [](const auto& s) { return s->plastic && s->source_count > 0; });
}

double Network::first_trace(const SynapseModelEntry& entry) const {
  if (!entry.model->spikes_at_zero) return 0;
  const double tau = entry.values[static_cast<std::size_t>(entry.model->trace_tau)];
  const double left = elementary::exp(-grid_.ms_from_steps(now_) / tau);
  return left < simd::kLeastDouble ? 0 : left;
}

void Network::update_uniform_columns() {
  for (auto& store : stores_) {
    if (!store->plastic) continue;
    const SynapseModelEntry& entry = synapse_models_[static_cast<std::size_t>(store->model)];
    for (std::size_t k = 0; k < store->columns.size(); ++k) {
      const auto parameter = static_cast<std::size_t>(store->plastic->columns[k]);
      if (store->plastic->parameters[parameter].role == Role::kCommon) {
        store->columns[k].uniform = entry.values[parameter];
        // Synapses that are still to be laid out have them from their Connect.
        for (Projection& projection : store->staged) {
          projection.columns[k].scalar = entry.values[parameter];
        }
      }
    }
  }
}

void Network::prepare_plasticity() {
  if (!has_plastic_rows()) return;
  const double h = grid_.resolution_ms();
  const std::int64_t window = std::max<std::int64_t>(static_cast<std::int64_t>(kFlushWindow_ms / h),
                                                     2 * spike_delay_high_ + 2);
  const bool new_window = window != flush_window_;
  if (new_window && flush_window_ != 0) commit_plasticity();
  const std::int64_t horizon = history_steps(window, spike_delay_high_);

  const auto partitions = static_cast<std::size_t>(placement_.partitions());
  while (plastic_.size() < partitions) plastic_.push_back(std::make_unique<PlasticPartition>());
  plastic_runtime_.resize(synapse_models_.size());
  make_decay_tables(horizon);
  for (std::size_t m = 0; m < synapse_models_.size(); ++m) {
    const SynapseModelEntry& entry = synapse_models_[m];
    if (!entry.model->plastic) continue;
    const SynapseModel& model = *entry.model;
    PlasticModelRuntime& runtime = plastic_runtime_[m];
    runtime.records = entry.weight_recorder != 0;
    runtime.row_trace = model.rule.row_trace(model, entry.values);
    if (model.rule.prepare) runtime.prepared = model.rule.prepare(model, entry.values, h);
    if (!model.has_transmitter() || entry.transmitter == 0) continue;
    const ModulatorParameters wanted = model.rule.modulator(model, entry.values, h);
    if (runtime.modulator < 0) runtime.modulator = modulators_++;
    const auto at = static_cast<std::size_t>(runtime.modulator);
    const auto* transmitter =
        model.gate == Gate::kReward
            ? devices_[nodes_[entry.transmitter].index]->as<RewardTransmitter>()
            : nullptr;
    for (auto& p : plastic_) {
      if (p->modulators.size() <= at) p->modulators.resize(at + 1);
      auto& modulator = p->modulators[at];
      if (modulator && transmitter) modulator->expect(transmitter->changes_after(now_));
      if (modulator && modulator->parameters() == wanted && !new_window) continue;
      const double n = transmitter ? transmitter->reward_at(now_)
                       : modulator ? modulator->n()
                                   : entry.n;
      auto made = std::make_unique<Modulator>(wanted, h, horizon, now_, n);
      if (modulator) {
        for (const auto& a : modulator->pending()) made->schedule(a.time, a.multiplicity);
      }
      if (transmitter) made->expect(transmitter->changes_after(now_));
      modulator = std::move(made);
    }
  }
  const bool triplets = std::any_of(stores_.begin(), stores_.end(), [](const auto& store) {
    return store->plastic && store->plastic->triplet_trace >= 0;
  });
  for (std::size_t p = 0; p < partitions; ++p) {
    PlasticPartition& plastic = *plastic_[p];
    plastic.simd = status_.simd;
    plastic.histories.configure(placement_.node_of_slot[p].size(), horizon, h, triplets);
    if (watched_generation_ == generation_) continue;
    std::size_t longest = 0;
    for (const auto& store : stores_) {
      if (!store->plastic || store->source_count == 0) continue;
      const PartitionRows& rows = store->partitions[p];
      for (const Run& run : rows.runs) longest = std::max<std::size_t>(longest, run.length);
    }
    plastic.reserve(longest);
  }
  if (watched_generation_ != generation_) watch_traces();
  // Noted last: what fails before is done again.
  watched_generation_ = generation_;
  flush_window_ = window;
}

// The traces of presynaptic spikes, by model in use; of one time constant there is one table.
void Network::make_decay_tables(std::int64_t horizon) {
  const double h = grid_.resolution_ms();
  struct Wanted {
    std::shared_ptr<const ExpTable>* place;
    double tau;
  };
  std::vector<Wanted> wanted;
  for (const auto& store : stores_) {
    if (!store->plastic || store->source_count == 0) continue;
    const auto m = static_cast<std::size_t>(store->model);
    const SynapseModelEntry& entry = synapse_models_[m];
    const SynapseModel& model = *entry.model;
    // A per-synapse time constant that is the same for all of a store has the store's table.
    const auto tau_of = [&](int parameter) {
      if (parameter < 0) return 1.0;
      const auto k = static_cast<std::size_t>(parameter);
      return model.parameters[k].role == Role::kCommon || store->stores(parameter)
                 ? entry.values[k]
                 : store->columns[static_cast<std::size_t>(model.column_of(parameter))].uniform;
    };
    wanted.push_back({&plastic_runtime_[m].decay_plus, tau_of(model.trace_tau)});
    if (model.triplet_trace >= 0) {
      wanted.push_back({&plastic_runtime_[m].decay_triplet, tau_of(model.triplet_trace_tau)});
    }
  }
  std::map<double, std::shared_ptr<const ExpTable>> tables;
  for (const Wanted& w : wanted) {
    const auto& known = *w.place;
    tables.try_emplace(w.tau, known && known->tau() == w.tau ? known : nullptr);
  }
  // Of thousands of models with time constants of their own each has a shorter table; what is
  // beyond is worked out, to the same bits.
  constexpr std::int64_t kMostNumbers = std::int64_t{1} << 20;
  const std::int64_t most = std::clamp<std::int64_t>(
      kMostNumbers / static_cast<std::int64_t>(std::max<std::size_t>(tables.size(), 1)), 2, 65536);
  for (auto& [tau, table] : tables) {
    if (table) continue;
    const auto size = static_cast<std::int64_t>(
        std::min(40 * tau / h, static_cast<double>(std::min(most, horizon) - 2)));
    table = std::make_shared<const ExpTable>(tau, h, size + 2);
  }
  for (const Wanted& w : wanted) *w.place = tables.find(w.tau)->second;
}

// Neurons with plastic input, or with a history already.
void Network::watch_traces() {
  std::vector<Histories::Watch> list;
  for (std::size_t p = 0; p < plastic_.size(); ++p) {
    Histories& histories = plastic_[p]->histories;
    const auto& nodes = placement_.node_of_slot[p];
    std::vector<bool> wanted(nodes.size());
    for (std::size_t slot = 0; slot < nodes.size(); ++slot) wanted[slot] = histories.watched(slot);
    for (const auto& store : stores_) {
      if (!store->plastic || !store->plastic->looks_at_posts || store->source_count == 0) continue;
      if (p >= store->partitions.size()) continue;
      for (std::uint16_t slot : store->partitions[p].targets) wanted[slot] = true;
    }
    list.clear();
    for (std::size_t slot = 0; slot < nodes.size(); ++slot) {
      if (!wanted[slot]) continue;
      const NodeId id = nodes[slot];
      const Population& population = *populations_[nodes_[id].index];
      const NeuronModel& model = population.model();
      const auto tau = [&](int index) { return population.read(index, id - population.first()); };
      list.push_back({static_cast<std::uint16_t>(slot),
                      tau(common::archive_index<&common::Archive::tau_minus>(model)),
                      tau(common::archive_index<&common::Archive::tau_minus_triplet>(model)),
                      model.has_multiplicity});
    }
    histories.watch(list);
  }
}

void Network::settle_plasticity() {
  if (plastic_.empty()) return;
  for (std::size_t p = 0; p < calendars_.size() && p < plastic_.size(); ++p) {
    for (std::int64_t due = now_; due < now_ + calendars_[p].capacity(); ++due) {
      settle_day(p, calendars_[p].day(due));
    }
  }
  complete([&] {
    record_transmitted(0, std::numeric_limits<std::int64_t>::min());
    record_transmitted(1, std::numeric_limits<std::int64_t>::max());
  });
}

void Network::settle_day(std::size_t p, CalendarDay& day) {
  if (day.plastic.empty()) return;
  PlasticPartition& plastic = *plastic_[p];
  std::vector<SettledRun>& runs = day.make_settled().plastic;
  runs.reserve(runs.size() + day.plastic.size());
  std::size_t done = 0;
  try {
    for (const PendingPlasticRun& pending : day.plastic) {
      RowStore& store = *stores_[pending.run.store];
      PartitionRows& rows = store.partitions[p];
      SettledRun settled{pending.run.channel, {}, {}};
      settled.targets.resize(pending.run.length);
      settled.weights.resize(pending.run.length);
      complete([&] {
        plastic.visit_spike(store, rows, pending, nullptr,
                            plastic_runtime_[static_cast<std::size_t>(store.model)],
                            visit_setting(p));
      });
      for (std::uint32_t i = 0; i < pending.run.length; ++i) {
        settled.targets[i] = placement_.node_of_slot[p][rows.targets[pending.run.offset + i]];
        settled.weights[i] = plastic.sent()[i];
      }
      runs.push_back(std::move(settled));
      ++done;
    }
  } catch (...) {
    day.plastic.erase(day.plastic.begin(), day.plastic.begin() + static_cast<std::ptrdiff_t>(done));
    throw;
  }
  day.plastic.clear();
}

void Network::commit_plasticity() {
  if (plastic_.empty() || !has_plastic_rows()) return;
  WorkerTeam& workers = team();
  settle_plasticity();
  complete([&] {
    workers.run([&](int worker) {
      const Reserve::Use use(&reserve_);
      for (std::size_t p = static_cast<std::size_t>(worker); p < plastic_.size();
           p += static_cast<std::size_t>(workers.size())) {
        commit(p);
      }
    });
  });
}

void Network::commit(std::size_t p) {
  for (auto& store : stores_) {
    if (!store->plastic || store->source_count == 0) continue;
    if (p >= store->partitions.size()) continue;
    PartitionRows& rows = store->partitions[p];
    if (rows.row_begin.empty()) continue;
    const auto model = static_cast<std::size_t>(store->model);
    if (model >= plastic_runtime_.size() || !plastic_runtime_[model].decay_plus) continue;
    for (std::uint32_t row = 0; row < store->source_count; ++row) {
      plastic_[p]->flush_row(*store, rows, row, now_, plastic_runtime_[model],
                             grid_.resolution_ms());
    }
  }
}

void Network::before_model_change(int model, SynapseModelEntry& next, const Properties& params) {
  const auto m = static_cast<std::size_t>(model);
  const SynapseModelEntry& entry = synapse_models_[m];
  const bool used = std::any_of(stores_.begin(), stores_.end(),
                                [&](const auto& store) { return store->model == model; });
  if (used && entry.model->has_transmitter() && next.transmitter == 0) {
    throw Error(
        ErrorKind::kBadProperty,
        entry.name + " has synapses, which need a " + entry.model->transmitter_parameter() + ".",
        {{"model", entry.name}, {"parameter", std::string(entry.model->transmitter_parameter())}});
  }
  if (used && entry.model->rule.check_change) {
    entry.model->rule.check_change(*entry.model, entry.name, entry.values, next.values);
  }
  commit_plasticity();
  const bool sets_n = std::any_of(params.begin(), params.end(),
                                  [](const auto& entry) { return entry.first == "n"; });
  const bool moves = next.transmitter != entry.transmitter;
  if (m >= plastic_runtime_.size() || plastic_runtime_[m].modulator < 0) return;
  if (!sets_n && !moves) return;
  if (!sets_n) next.n = 0;
  // Made anew, with that dopamine, at the next Prepare.
  for (auto& p : plastic_)
    p->modulators[static_cast<std::size_t>(plastic_runtime_[m].modulator)].reset();
}

// Weights that were transmitted since the last call go to their recorders by time, source, target
// and time of arrival, once all those of their time are known: in an order that depends neither on
// partitions nor on slices. What all that is equal for lies in one partition and keeps its order.
void Network::record_transmitted(int parity, std::int64_t until) {
  const auto recorder_of = [&](const TransmittedWeight& t) -> WeightRecorder* {
    const NodeId id = synapse_models_[t.model].weight_recorder;
    if (id == 0) return nullptr;
    auto& recorder = *devices_[nodes_[id].index]->as<WeightRecorder>();
    const bool wanted =
        recorder.records(t.stamp, recorder.window(grid_)) && recorder.wants(t.source, t.target);
    return wanted ? &recorder : nullptr;
  };
  const auto earlier = [](const TransmittedWeight& a, const TransmittedWeight& b) {
    return std::tie(a.stamp, a.source, a.target, a.due) <
           std::tie(b.stamp, b.source, b.target, b.due);
  };
  std::vector<TransmittedWeight> rows = transmitted_;
  const auto known = static_cast<std::ptrdiff_t>(rows.size());
  for (const auto& p : plastic_) {
    for (const TransmittedWeight& t : p->transmitted[parity]) {
      if (recorder_of(t)) rows.push_back(t);
    }
  }
  std::stable_sort(rows.begin() + known, rows.end(), earlier);
  std::inplace_merge(rows.begin(), rows.begin() + known, rows.end(), earlier);
  const auto complete =
      std::find_if(rows.begin(), rows.end(), [&](const auto& t) { return t.stamp > until; });
  std::map<WeightRecorder*, std::size_t> needs;
  for (auto t = rows.begin(); t != complete; ++t) ++needs[recorder_of(*t)];
  for (const auto& [recorder, n] : needs) recorder->buffer().reserve({n});
  {
    HeldBuffer held;
    for (auto t = rows.begin(); t != complete; ++t) {
      WeightRecorder& recorder = *recorder_of(*t);
      const double values[] = {static_cast<double>(t->target), t->weight, t->receptor,
                               static_cast<double>(t->port)};
      held.hold(recorder.buffer());
      recorder.buffer().append(t->stamp, t->source, 0, values);
    }
  }
  rows.erase(rows.begin(), complete);
  transmitted_ = std::move(rows);
  for (const auto& p : plastic_) p->transmitted[parity].clear();
}

double Network::dopamine(int model) const {
  const auto m = static_cast<std::size_t>(model);
  if (m < plastic_runtime_.size() && plastic_runtime_[m].modulator >= 0 && !plastic_.empty()) {
    const auto at = static_cast<std::size_t>(plastic_runtime_[m].modulator);
    if (at < plastic_[0]->modulators.size() && plastic_[0]->modulators[at]) {
      return plastic_[0]->modulators[at]->n();
    }
  }
  return synapse_models_[m].n;
}

// Histories and modulators as they follow the neurons to another placement.
std::vector<std::unique_ptr<PlasticPartition>> Network::plasticity_at(
    const Placement& placement) const {
  std::vector<std::unique_ptr<PlasticPartition>> all;
  if (plastic_.empty()) return all;
  const double h = grid_.resolution_ms();
  const std::int64_t horizon = history_steps(flush_window_, spike_delay_high_);
  std::vector<Histories::Move> moves;
  for (int p = 0; p < placement.partitions(); ++p) {
    auto made = std::make_unique<PlasticPartition>();
    made->simd = status_.simd;
    made->counts = static_cast<std::size_t>(p) < plastic_.size()
                       ? plastic_[static_cast<std::size_t>(p)]->counts
                       : VisitCounts{};
    const auto& nodes = placement.node_of_slot[static_cast<std::size_t>(p)];
    made->histories.configure(nodes.size(), horizon, h, false);
    moves.clear();
    for (std::size_t slot = 0; slot < nodes.size(); ++slot) {
      const NodeId id = nodes[slot];
      if (id == 0 || id >= placement_.place.size()) continue;
      const std::uint32_t place = placement_.place[id];
      if (place == Placement::kNone) continue;
      moves.push_back({static_cast<std::uint16_t>(slot), &plastic_[place >> 16]->histories,
                       static_cast<std::uint16_t>(place & 0xffffu)});
    }
    made->histories.adopt(moves);
    for (const auto& modulator : plastic_[0]->modulators) {
      made->modulators.push_back(modulator ? std::make_unique<Modulator>(*modulator) : nullptr);
    }
    all.push_back(std::move(made));
  }
  return all;
}

VisitSetting Network::visit_setting(std::size_t partition) const {
  return {grid_.resolution_ms(), status_.seed, placement_.node_of_slot[partition].data()};
}

void Network::read_plastic(const SynapsePosition& first, std::size_t n, std::uint32_t row,
                           std::uint32_t delay, PlasticPartition::RunReading& reading) {
  const RowStore& store = *stores_[first.store];
  plastic_[first.partition]->read_run(store, store.partitions[first.partition],
                                      {row, delay, first.offset, first.offset}, n, now_,
                                      plastic_runtime_[static_cast<std::size_t>(store.model)],
                                      visit_setting(first.partition), reading);
}

}  // namespace tegmenta
