#include "network/plasticity.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/memory.h"
#include "models/devices/reward_transmitter.h"
#include "models/neurons/common.h"

namespace tegmenta {

namespace {

/// A source that stays silent is brought up to date after this time.
constexpr double kFlushWindow_ms = 1000;

/// How many steps histories and modulators reach back.
std::int64_t history_steps(std::int64_t flush_window, std::int64_t longest_delay) {
  return 2 * flush_window + longest_delay + 256;
}

}  // namespace

double Plasticity::first_trace(const SynapseModelEntry& entry) const {
  if (!entry.model->spikes_at_zero) return 0;
  const double tau = entry.values[static_cast<std::size_t>(entry.model->trace_tau)];
  const double left = elementary::exp(-net_.clock.grid.ms_from_steps(net_.clock.now) / tau);
  return left < simd::kLeastDouble ? 0 : left;
}

void Plasticity::update_uniform_columns() {
  const auto update = [&](RowStore& store) {
    const SynapseModelEntry& entry = net_.catalog.synapse(store.model);
    for (std::size_t k = 0; k < store.columns.size(); ++k) {
      const auto parameter = static_cast<std::size_t>(store.plastic->columns[k]);
      if (store.plastic->parameters[parameter].role == Role::kCommon) {
        store.columns[k].uniform = entry.values[parameter];
        // Synapses that are still to be laid out have them from their Connect.
        for (Projection& projection : store.staged) {
          projection.columns[k].scalar = entry.values[parameter];
        }
      }
    }
  };
  for (auto& store : net_.synapses.stores) {
    if (store->plastic) update(*store);
  }
  for (RecorderList& list : net_.recording.lists) {
    if (list.releasing) update(*list.releasing);
  }
}

std::int64_t Plasticity::wanted_window() const {
  const double h = net_.clock.grid.resolution_ms();
  return std::max<std::int64_t>(static_cast<std::int64_t>(kFlushWindow_ms / h),
                                2 * net_.synapses.delays.high + 2);
}

void Plasticity::prepare(WorkerTeam& workers) {
  if (!has_synapses()) return;
  const std::int64_t longest = net_.synapses.delays.high;
  const std::int64_t window = wanted_window();
  const bool new_window = window != flush_window;
  if (new_window && flush_window != 0) commit(workers);
  const std::int64_t horizon = history_steps(window, longest);
  const auto wanted = static_cast<std::size_t>(net_.synapses.placement.partitions());
  while (partitions.size() < wanted) partitions.push_back(std::make_unique<PlasticPartition>());
  models.resize(net_.catalog.synapses.size());
  make_decay_tables(horizon);
  prepare_models(horizon, new_window);
  prepare_stores();
  prepare_partitions(horizon);
  if (watched_generation != net_.synapses.generation) {
    watch_traces();
    watch_states(horizon);
  }
  // Noted last: what fails before is done again.
  watched_generation = net_.synapses.generation;
  flush_window = window;
}

// What visits need of values that all synapses of a store have.
void Plasticity::prepare_store(RowStore& store) const {
  const SynapseModelEntry& entry = net_.catalog.synapse(store.model);
  const SynapseModel& model = *entry.model;
  if (!model.rule.prepare) return;
  ModelValues values = entry.values;
  bool alike = true;
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    const auto parameter = static_cast<std::size_t>(model.columns[k]);
    if (!store.columns[k].stored) {
      values[parameter] = store.columns[k].uniform;
    } else if (model.parameters[parameter].role == Role::kState) {
      values[parameter] = 0;
    } else {
      alike = false;
    }
  }
  if (store.prepared && store.prepared_alike == alike && store.prepared_for == values) return;
  store.prepared = model.rule.prepare(model, values, alike, net_.clock.grid);
  store.prepared_for = std::move(values);
  store.prepared_alike = alike;
}

void Plasticity::prepare_stores() const {
  for (auto& store : net_.synapses.stores) {
    if (store->plastic && store->source_count > 0) prepare_store(*store);
  }
  for (RecorderList& list : net_.recording.lists) {
    if (list.releasing) prepare_store(*list.releasing);
  }
}

void Plasticity::prepare_models(std::int64_t horizon, bool new_window) {
  for (std::size_t m = 0; m < models.size(); ++m) {
    const SynapseModelEntry& entry = net_.catalog.synapses[m];
    if (!entry.model->plastic) continue;
    const SynapseModel& model = *entry.model;
    PlasticModelRuntime& runtime = models[m];
    runtime.records = entry.weight_recorder != 0;
    runtime.row_trace = model.rule.row_trace(model, entry.values);
    if (!model.has_transmitter() || entry.transmitter == 0) continue;
    if (model.rule.reward_line) {
      prepare_reward_line(m, horizon, new_window);
    } else {
      prepare_modulator(m, horizon, new_window);
    }
  }
}

// A modulator that has what is wanted goes on; another takes over its dopamine and what is under
// way.
void Plasticity::prepare_modulator(std::size_t m, std::int64_t horizon, bool new_window) {
  const SynapseModelEntry& entry = net_.catalog.synapses[m];
  const double h = net_.clock.grid.resolution_ms();
  const std::int64_t now = net_.clock.now;
  const ModulatorParameters wanted = entry.model->rule.modulator(*entry.model, entry.values, h);
  if (models[m].modulator < 0) models[m].modulator = modulators++;
  const auto at = static_cast<std::size_t>(models[m].modulator);
  const auto* transmitter = entry.model->gate == Gate::kReward
                                ? net_.nodes.device_of(entry.transmitter).as<RewardTransmitter>()
                                : nullptr;
  for (auto& p : partitions) {
    if (p->modulators.size() <= at) p->modulators.resize(at + 1);
    auto& modulator = p->modulators[at];
    if (modulator && transmitter) modulator->expect(transmitter->changes_after(now));
    if (modulator && modulator->parameters() == wanted && !new_window) continue;
    const double n = transmitter ? transmitter->reward_at(now)
                     : modulator ? modulator->n()
                                 : models[m].begins_with.value_or(entry.n);
    auto made = std::make_unique<Modulator>(wanted, h, horizon, now, n);
    if (modulator) {
      for (const auto& a : modulator->pending()) made->schedule(a.time, a.multiplicity);
    }
    if (transmitter) made->expect(transmitter->changes_after(now));
    modulator = std::move(made);
  }
  models[m].begins_with.reset();
}

// That of some model: what has reached a transmitter does not depend on the model.
const RewardLine* Plasticity::line_of(NodeId transmitter, const PlasticPartition& p) const {
  for (std::size_t m = 0; m < models.size(); ++m) {
    const auto at = static_cast<std::size_t>(models[m].reward_line);
    if (models[m].reward_line < 0 || at >= p.reward_lines.size() || !p.reward_lines[at]) continue;
    if (net_.catalog.synapses[m].transmitter == transmitter) return p.reward_lines[at].get();
  }
  return nullptr;
}

// The same of a reward in continuous time. What its transmitter makes of spikes may have changed.
void Plasticity::prepare_reward_line(std::size_t m, std::int64_t horizon, bool new_window) {
  const SynapseModelEntry& entry = net_.catalog.synapses[m];
  const double h = net_.clock.grid.resolution_ms();
  const std::int64_t now = net_.clock.now;
  const auto& transmitter = *net_.nodes.device_of(entry.transmitter).as<RewardTransmitter>();
  RewardLineParameters wanted = entry.model->rule.reward_line(*entry.model, entry.values);
  wanted.kernel = transmitter.kernel(net_.clock.grid);
  wanted.clearings = transmitter.clearings();
  if (models[m].reward_line < 0) models[m].reward_line = reward_lines++;
  const auto at = static_cast<std::size_t>(models[m].reward_line);
  for (auto& p : partitions) {
    if (p->reward_lines.size() <= at) p->reward_lines.resize(at + 1);
    auto& line = p->reward_lines[at];
    if (!line || line->parameters().tau_c != wanted.tau_c || new_window) {
      auto made = std::make_unique<RewardLine>(wanted, h, horizon, now, transmitter.reward_at(now));
      if (const RewardLine* const known = line ? line.get() : line_of(entry.transmitter, *p)) {
        made->take_over(*known);
      }
      line = std::move(made);
    }
    line->renew(wanted.kernel, wanted.clearings);
    line->expect(transmitter.changes_after(now));
  }
}

void Plasticity::prepare_partitions(std::int64_t horizon) {
  const auto& stores = net_.synapses.stores;
  const bool triplets = std::any_of(stores.begin(), stores.end(), [](const auto& store) {
    return store->plastic && store->plastic->triplet_trace >= 0;
  });
  std::size_t longest_release = 0;
  for (const RecorderList& list : net_.recording.lists) {
    if (!list.releasing) continue;
    for (const Run& run : list.releasing->partitions[0].runs) {
      longest_release = std::max<std::size_t>(longest_release, run.length);
    }
  }
  const auto& placed = net_.synapses.placement.node_of_slot;
  for (std::size_t p = 0; p < placed.size(); ++p) {
    PlasticPartition& plastic = *partitions[p];
    plastic.simd = net_.settings.simd;
    plastic.histories.configure(placed[p].size(), horizon, net_.clock.grid.resolution_ms(),
                                triplets);
    plastic.reserve(longest_release);
    if (watched_generation == net_.synapses.generation) continue;
    std::size_t longest = 0;
    for (const auto& store : stores) {
      if (!store->plastic || store->source_count == 0) continue;
      const PartitionRows& rows = store->partitions[p];
      for (const Run& run : rows.runs) longest = std::max<std::size_t>(longest, run.length);
    }
    plastic.reserve(longest);
  }
}

// The traces of presynaptic spikes, by model in use; of one time constant there is one table.
void Plasticity::make_decay_tables(std::int64_t horizon) {
  const double h = net_.clock.grid.resolution_ms();
  struct Wanted {
    std::shared_ptr<const ExpTable>* place;
    double tau;
  };
  std::vector<Wanted> wanted;
  const auto want = [&](const RowStore& store) {
    const auto m = static_cast<std::size_t>(store.model);
    const SynapseModelEntry& entry = net_.catalog.synapses[m];
    const SynapseModel& model = *entry.model;
    // A per-synapse time constant that is the same for all of a store has the store's table.
    const auto tau_of = [&](int parameter) {
      if (parameter < 0) return 1.0;
      const auto k = static_cast<std::size_t>(parameter);
      return model.parameters[k].role == Role::kCommon || store.stores(parameter)
                 ? entry.values[k]
                 : store.columns[static_cast<std::size_t>(model.column_of(parameter))].uniform;
    };
    wanted.push_back({&models[m].decay_plus, tau_of(model.trace_tau)});
    if (model.triplet_trace >= 0) {
      wanted.push_back({&models[m].decay_triplet, tau_of(model.triplet_trace_tau)});
    }
  };
  for (const auto& store : net_.synapses.stores) {
    if (store->plastic && store->source_count > 0) want(*store);
  }
  for (const RecorderList& list : net_.recording.lists) {
    if (list.releasing) want(*list.releasing);
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

std::vector<bool> Plasticity::looked_at(std::size_t p) const {
  std::vector<bool> slots(net_.synapses.placement.node_of_slot[p].size());
  for (const auto& store : net_.synapses.stores) {
    if (!store->plastic || !store->plastic->looks_at_posts || store->source_count == 0) continue;
    if (p >= store->partitions.size()) continue;
    for (std::uint16_t slot : store->partitions[p].targets) slots[slot] = true;
  }
  return slots;
}

void Plasticity::end_histories() {
  if (!histories_may_end) return;
  if (net_.synapses.has_plastic_rows()) {
    std::vector<std::vector<bool>> wanted;
    for (std::size_t p = 0; p < partitions.size(); ++p) wanted.push_back(looked_at(p));
    for (std::size_t p = 0; p < partitions.size(); ++p)
      partitions[p]->histories.keep_only(wanted[p]);
  } else {
    for (auto& p : partitions) p->histories.clear();
  }
  histories_may_end = false;
}

// Neurons with plastic input, or with a history already.
void Plasticity::watch_traces() {
  std::vector<Histories::Watch> list;
  for (std::size_t p = 0; p < partitions.size(); ++p) {
    Histories& histories = partitions[p]->histories;
    const auto& nodes = net_.synapses.placement.node_of_slot[p];
    std::vector<bool> wanted = looked_at(p);
    for (std::size_t slot = 0; slot < nodes.size(); ++slot) {
      if (histories.watched(slot)) wanted[slot] = true;
    }
    list.clear();
    for (std::size_t slot = 0; slot < nodes.size(); ++slot) {
      if (!wanted[slot]) continue;
      const NodeId id = nodes[slot];
      const Population& population = net_.nodes.population_of(id);
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

void Plasticity::watch_states(std::int64_t horizon) {
  for (std::size_t p = 0; p < partitions.size(); ++p) {
    const auto& nodes = net_.synapses.placement.node_of_slot[p];
    std::map<std::uint16_t, std::set<std::string>> wanted;
    for (const auto& store : net_.synapses.stores) {
      if (!store->plastic || store->plastic->post_variables.empty()) continue;
      if (p >= store->partitions.size()) continue;
      const std::vector<std::string>& names = store->plastic->post_variables;
      for (const std::uint16_t slot : store->partitions[p].targets) {
        wanted[slot].insert(names.begin(), names.end());
      }
    }
    std::vector<PostSamples::Watch> list;
    for (const auto& [slot, names] : wanted) {
      PostSamples::Watch watch{slot, {names.begin(), names.end()}, {}};
      const NeuronModel& model = net_.nodes.population_of(nodes[slot]).model();
      for (const std::string& name : watch.names) watch.states.push_back(model.find_state(name));
      list.push_back(std::move(watch));
    }
    partitions[p]->samples.watch(std::move(list), horizon);
  }
}

void Plasticity::settle() {
  for (std::size_t p = 0; p < net_.synapses.calendars.size() && p < partitions.size(); ++p) {
    for (std::int64_t due = net_.clock.now;
         due < net_.clock.now + net_.synapses.calendars[p].capacity(); ++due) {
      settle_day(p, net_.synapses.calendars[p].day(due));
    }
  }
  net_.completion.complete([&] {
    record_transmitted(0, std::numeric_limits<std::int64_t>::min());
    record_transmitted(1, std::numeric_limits<std::int64_t>::max());
  });
}

void Plasticity::settle_day(std::size_t p, CalendarDay& day) {
  if (day.plastic.empty()) return;
  PlasticPartition& plastic = *partitions[p];
  std::vector<SettledRun>& runs = day.make_settled().plastic;
  runs.reserve(runs.size() + day.plastic.size());
  std::size_t done = 0;
  try {
    for (const PendingPlasticRun& pending : day.plastic) {
      RowStore& store = *net_.synapses.stores[pending.run.store];
      PartitionRows& rows = store.partitions[p];
      SettledRun settled{pending.run.channel, {}, {}};
      settled.targets.resize(pending.run.length);
      settled.weights.resize(pending.run.length);
      net_.completion.complete([&] {
        plastic.visit_spike(store, rows, pending, nullptr, model(store), visit_setting(p, 0));
      });
      for (std::uint32_t i = 0; i < pending.run.length; ++i) {
        settled.targets[i] =
            net_.synapses.placement.node_of_slot[p][rows.targets[pending.run.offset + i]];
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

void Plasticity::commit(WorkerTeam& workers) {
  if (!has_something_to_commit()) return;
  settle();
  net_.completion.complete([&] {
    workers.run([&](int worker) {
      const Reserve::Use use(&net_.completion.reserve);
      for (std::size_t p = static_cast<std::size_t>(worker); p < partitions.size();
           p += static_cast<std::size_t>(workers.size())) {
        commit_partition(p);
      }
    });
  });
}

void Plasticity::commit_partition(std::size_t p) {
  const VisitSetting setting = visit_setting(p);
  for (auto& store : net_.synapses.stores) {
    if (!store->plastic || store->source_count == 0) continue;
    if (p >= store->partitions.size()) continue;
    PartitionRows& rows = store->partitions[p];
    if (rows.row_begin.empty()) continue;
    const auto model = static_cast<std::size_t>(store->model);
    if (model >= models.size() || !models[model].decay_plus) continue;
    for (std::uint32_t row = 0; row < store->source_count; ++row) {
      partitions[p]->flush_row(*store, rows, row, net_.clock.now, models[model], setting);
    }
  }
  partitions[p]->posts_done_at = net_.clock.now;
}

void Plasticity::restart(const std::vector<std::pair<std::size_t, double>>& dopamine) {
  for (auto& p : partitions) {
    p->histories.clear();
    p->samples.clear();
    p->modulators.clear();
    p->reward_lines.clear();
    p->posts_done_at = -1;
    p->counts = {};
  }
  for (PlasticModelRuntime& model : models) model.modulator = model.reward_line = -1;
  for (const auto& [m, n] : dopamine) models[m].begins_with = n;
  modulators = reward_lines = 0;
  flush_window = 0;
  watched_generation = 0;
  histories_may_end = false;
}

double Plasticity::dopamine(int model) const {
  const auto m = static_cast<std::size_t>(model);
  if (has_modulator(model) && !partitions.empty()) {
    const auto at = static_cast<std::size_t>(models[m].modulator);
    if (at < partitions[0]->modulators.size() && partitions[0]->modulators[at]) {
      return partitions[0]->modulators[at]->n();
    }
  }
  return net_.catalog.synapses[m].n;
}

std::vector<std::unique_ptr<PlasticPartition>> Plasticity::at(const Placement& placement) const {
  std::vector<std::unique_ptr<PlasticPartition>> all;
  if (partitions.empty()) return all;
  const double h = net_.clock.grid.resolution_ms();
  const std::int64_t horizon = history_steps(flush_window, net_.synapses.delays.high);
  std::vector<Histories::Move> moves;
  for (int p = 0; p < placement.partitions(); ++p) {
    auto made = std::make_unique<PlasticPartition>();
    made->simd = net_.settings.simd;
    made->counts = static_cast<std::size_t>(p) < partitions.size()
                       ? partitions[static_cast<std::size_t>(p)]->counts
                       : VisitCounts{};
    const auto& nodes = placement.node_of_slot[static_cast<std::size_t>(p)];
    made->histories.configure(nodes.size(), horizon, h, false);
    moves.clear();
    for (std::size_t slot = 0; slot < nodes.size(); ++slot) {
      const NodeId id = nodes[slot];
      if (id == 0 || id >= net_.synapses.placement.place.size()) continue;
      const std::uint32_t place = net_.synapses.placement.place[id];
      if (place == Placement::kNone) continue;
      moves.push_back({static_cast<std::uint16_t>(slot), &partitions[place >> 16]->histories,
                       static_cast<std::uint16_t>(place & 0xffffu)});
    }
    made->histories.adopt(moves);
    std::vector<PostSamples::Move> sampled;
    for (const Histories::Move& move : moves) {
      const std::uint32_t place = net_.synapses.placement.place[nodes[move.slot]];
      sampled.push_back({move.slot, &partitions[place >> 16]->samples, move.theirs});
    }
    made->samples.adopt(sampled);
    for (const auto& modulator : partitions[0]->modulators) {
      made->modulators.push_back(modulator ? std::make_unique<Modulator>(*modulator) : nullptr);
    }
    for (const auto& line : partitions[0]->reward_lines) {
      made->reward_lines.push_back(line ? std::make_unique<RewardLine>(*line) : nullptr);
    }
    made->posts_done_at = partitions[0]->posts_done_at;
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<int> Plasticity::of_models(int PlasticModelRuntime::* line) const {
  std::vector<int> list;
  for (const PlasticModelRuntime& model : models) list.push_back(model.*line);
  return list;
}

bool Plasticity::take_of_models(int PlasticModelRuntime::* line, const std::vector<int>& given,
                                int lines, std::size_t known) {
  // One that was made anew before it was ever prepared has no line.
  if (lines < static_cast<int>(known) || given.size() > net_.catalog.synapses.size()) return false;
  if (models.size() < given.size()) models.resize(given.size());
  for (std::size_t m = 0; m < given.size(); ++m) {
    if (given[m] < -1 || given[m] >= lines) return false;
    models[m].*line = given[m];
  }
  return static_cast<std::size_t>(lines) <= models.size();
}

bool Plasticity::take_lines(const std::vector<int>& modulator_of_model,
                            const std::vector<int>& reward_line_of_model) {
  const bool is_window = flush_window >= 0 && flush_window <= net_.clock.grid.max_step();
  const PlasticPartition* const first = partitions.empty() ? nullptr : partitions.front().get();
  return is_window &&
         take_of_models(&PlasticModelRuntime::modulator, modulator_of_model, modulators,
                        first ? first->modulators.size() : 0) &&
         take_of_models(&PlasticModelRuntime::reward_line, reward_line_of_model, reward_lines,
                        first ? first->reward_lines.size() : 0);
}

bool Plasticity::loaded_fits() const {
  const auto& slots = net_.synapses.placement.node_of_slot;
  const double h = net_.clock.grid.resolution_ms();
  const std::int64_t now = net_.clock.now;
  if (!partitions.empty() && partitions.size() != slots.size()) return false;
  // Where it has changed, synapses are brought to the present first, with what has been prepared.
  if (has_synapses() && flush_window != wanted_window()) return false;
  for (std::size_t p = 0; p < partitions.size(); ++p) {
    if (!partitions[p]->histories.loaded_fits({slots[p].data(), slots[p].size()}, h, now))
      return false;
  }
  if (partitions.empty()) return true;
  const auto all_fit = [&](const auto& lines) {
    return std::all_of(lines.begin(), lines.end(), [&](const auto& line) {
      return !line || (line->now() == now && line->h() == h && line->horizon() >= horizon());
    });
  };
  return all_fit(partitions.front()->modulators) && all_fit(partitions.front()->reward_lines);
}

void Plasticity::restore() {
  if (partitions.empty()) return;
  for (const auto& partition : partitions) partition->histories.restore();
  const auto others = static_cast<double>(partitions.size() - 1);
  const auto restore_all = [&]<typename Line>(
                               std::vector<std::unique_ptr<Line>> PlasticPartition::* of) {
    const auto& lines = (*partitions.front()).*of;
    for (const auto& line : lines) {
      if (line) line->restore();
    }
    require_memory(others * static_cast<double>(bytes_held(lines)), "The modulators of a state");
    for (std::size_t p = 1; p < partitions.size(); ++p) {
      for (const auto& line : lines) {
        ((*partitions[p]).*of).push_back(line ? std::make_unique<Line>(*line) : nullptr);
      }
    }
  };
  restore_all(&PlasticPartition::modulators);
  restore_all(&PlasticPartition::reward_lines);
}

void Plasticity::record_transmitted(int parity, std::int64_t until) {
  net_.recording.take_transmitted(parity, until, net_.catalog, net_.nodes, net_.clock.grid);
}

void Plasticity::restart_modulator(int model) {
  if (!has_modulator(model)) return;
  const auto at = static_cast<std::size_t>(models[static_cast<std::size_t>(model)].modulator);
  for (auto& p : partitions) p->modulators[at].reset();
}

void Plasticity::restart_reward_line(int model) {
  const auto m = static_cast<std::size_t>(model);
  if (m >= models.size() || models[m].reward_line < 0) return;
  const auto at = static_cast<std::size_t>(models[m].reward_line);
  for (auto& p : partitions) {
    if (at < p->reward_lines.size()) p->reward_lines[at].reset();
  }
}

VisitSetting Plasticity::visit_setting(std::size_t partition) const {
  return {net_.clock.grid.resolution_ms(), net_.settings.seed_of_run(),
          net_.synapses.placement.node_of_slot[partition].data()};
}

VisitSetting Plasticity::visit_setting(std::size_t partition, int parity) {
  VisitSetting setting = visit_setting(partition);
  setting.transmitted = &net_.recording.transmitted[partition].by_parity[parity];
  return setting;
}

void Plasticity::read(const RowStore& store, std::uint32_t partition, const SynapseInRow& first,
                      std::size_t n, PlasticPartition::RunReading& reading) const {
  partitions[partition]->read_run(store, store.partitions[partition], first, n, net_.clock.now,
                                  model(store), visit_setting(partition), reading);
}

}  // namespace tegmenta
