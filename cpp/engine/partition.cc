#include "engine/partition.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/flush_turns.h"
#include "models/neuron_kernels.h"

namespace tegmenta {

PartitionState::PartitionState(const EngineViews& network, int index)
    : releases(network, index),
      net_(network),
      index_(index),
      slots_(network.synapses.placement.node_of_slot[static_cast<std::size_t>(index)].size()) {
  // A block may reach beyond the last chunk: padding lanes read, never used.
  slots_ += kBlockLanes;
  fired_stride_ = slots_ / kLaneGroup + 8;
  drawn_.assign(kMostBlockLanes, 0.0);
  for (const Chunk& place : network.synapses.placement.chunks[static_cast<std::size_t>(index)]) {
    ChunkState chunk;
    chunk.place = place;
    chunk.population = network.nodes.populations[place.population].get();
    chunk.counting = chunk.population->model().counts_input;
    chunk.compiled = dynamic_cast<const CompiledNeuron*>(&chunk.population->model());
    chunks.push_back(std::move(chunk));
  }
}

// Stores and weights of the counted runs under way that are settled.
std::set<std::pair<std::uint32_t, double>> PartitionState::settled_counts() const {
  std::set<std::pair<std::uint32_t, double>> found;
  if (static_cast<std::size_t>(index_) >= net_.synapses.calendars.size()) return found;
  net_.synapses.calendars[static_cast<std::size_t>(index_)].for_days([&](const CalendarDay& day) {
    if (!day.settled) return;
    for (const SettledCounts& run : day.settled->counts) found.emplace(run.store, run.weight);
  });
  return found;
}

// Whether runs under way that are settled are added up weight by weight: their synapses may be no
// more.
bool PartitionState::has_settled_sums() const {
  bool found = false;
  if (static_cast<std::size_t>(index_) >= net_.synapses.calendars.size()) return found;
  net_.synapses.calendars[static_cast<std::size_t>(index_)].for_days([&](const CalendarDay& day) {
    if (!day.settled) return;
    const SettledRuns& runs = *day.settled;
    found |= !runs.generators.empty() || !runs.neurons.empty() || !runs.plastic.empty();
  });
  return found;
}

// Rows of inputs: neurons may have got more ports since they were placed.
void PartitionState::plan_inputs() {
  const auto& populations = net_.nodes.populations;
  signed_ports_ = std::any_of(populations.begin(), populations.end(), [](const auto& population) {
    return population->model().signed_ports;
  });
  rows_ = 2;
  std::size_t currents = 0;
  for (ChunkState& chunk : chunks) {
    const NeuronModel& model = chunk.population->model();
    chunk.ports = model.ports;
    chunk.signed_ports = model.signed_ports;
    chunk.rows = model.input_rows();
    rows_ = std::max(rows_, signed_ports_ ? 2 * chunk.ports : chunk.ports + chunk.ports % 2);
    currents = std::max(currents, static_cast<std::size_t>(model.currents));
    if (chunk.compiled) workspace_.prepare(chunk.compiled->executable());
  }
  inputs_.assign(static_cast<std::size_t>(rows_) * kBlockCells, 0.0);
  currents_.resize(currents);
  for (auto& row : currents_) row.assign(kBlockCells, 0.0);
}

// Chunks of which synapses read states.
void PartitionState::find_sampled() {
  for (ChunkState& chunk : chunks) {
    chunk.sampled = false;
    if (!plastic || !plastic->samples.any()) continue;
    for (std::uint32_t i = chunk.place.lane_begin; i < chunk.place.lane_end; ++i) {
      chunk.sampled |= plastic->samples.watched(chunk.place.slot + (i - chunk.place.lane_begin));
    }
  }
}

void PartitionState::plan_rows() {
  needs_sums |= has_settled_sums();
  plan_inputs();
  releases.plan();
  step_by_step_ = false;
  rows_here.clear();
  recorded_rows.clear();
  plastic_rows.clear();
  plastic = static_cast<std::size_t>(index_) < net_.plasticity.partitions.size()
                ? net_.plasticity.partitions[static_cast<std::size_t>(index_)].get()
                : nullptr;
  find_sampled();
  std::vector<CountRow> rows;
  const auto add_count_row = [&](std::size_t store, double weight, const PartitionRows* here) {
    CountRow row;
    row.store = static_cast<std::uint32_t>(store);
    row.weight = weight;
    row.receptor = net_.synapses.stores[store]->receptor;
    row.rows = here;
    rows.push_back(std::move(row));
  };
  const std::set<std::pair<std::uint32_t, double>> settled = settled_counts();
  count_row_of_store_.assign(net_.synapses.stores.size(), -1);
  for (std::size_t s = 0; s < net_.synapses.stores.size(); ++s) {
    const RowStore& store = *net_.synapses.stores[s];
    const PartitionRows* const rows_of_store =
        store.source_count > 0 ? &store.partitions[static_cast<std::size_t>(index_)] : nullptr;
    const bool is_here = rows_of_store && !rows_of_store->targets.empty();
    for (const auto& [of, weight] : settled) {
      const bool counted_with_present = is_here && store.homogeneous && weight == store.weight;
      if (of == s && !counted_with_present) add_count_row(s, weight, nullptr);
    }
    if (!is_here) continue;
    const PartitionRows& here = *rows_of_store;
    if (store.plastic) {
      plastic_rows.push_back(
          {static_cast<std::uint16_t>(s), net_.synapses.stores[s].get(),
           &net_.synapses.stores[s]->partitions[static_cast<std::size_t>(index_)],
           &net_.plasticity.model(store)});
      needs_sums = true;
      step_by_step_ |= store.pairs_at_arrival();
      continue;
    }
    rows_here.push_back(
        {static_cast<std::uint16_t>(s), store.source_low, store.source_count, &here});
    if (net_.catalog.synapse(store.model).weight_recorder != 0) {
      recorded_rows.push_back(rows_here.back());
    }
    if (store.homogeneous) {
      count_row_of_store_[s] = static_cast<int>(rows.size());
      add_count_row(s, store.weight, &here);
    } else {
      needs_sums = true;
    }
  }
  // Homogeneous stores are numbered in order of creation, which is the order of sums.
  count_rows_ = std::move(rows);
  capacity_ = 0;
}

void PartitionState::reserve(int steps) {
  if (steps <= capacity_) return;
  const auto cells = static_cast<std::size_t>(steps) * slots_;
  if (needs_sums) sums_.assign(static_cast<std::size_t>(rows_) * cells, 0.0);
  has_sums_.assign(static_cast<std::size_t>(steps), 0);
  has_counts_.assign(static_cast<std::size_t>(steps), 0);
  for (CountRow& row : count_rows_) {
    // Masks reach beyond the slots of a step, with bits that are never set.
    if (row.rows) row.counts.assign(cells + RowMasks::padded(slots_) - slots_, 0);
    row.wide.assign(static_cast<std::size_t>(steps), {});
    row.wide_used.assign(static_cast<std::size_t>(steps), 0);
    row.load.assign(static_cast<std::size_t>(steps), 0);
  }
  fired_.assign(static_cast<std::size_t>(steps) * fired_stride_, 0);
  for (ChunkState& chunk : chunks) {
    if (chunk.population->model().has_multiplicity) {
      const std::size_t lanes = chunk.place.lane_end - chunk.place.lane_begin + kBlockLanes;
      chunk.multiplicity.assign(static_cast<std::size_t>(steps) * lanes, 0);
    }
    for (ChunkInput& input : chunk.inputs) {
      std::visit([&](auto& in) { in.reserve(steps); }, input);
    }
  }
  for (SpikeList& list : spikes) list.reserve(steps, 1024);
  releases.reserve(steps);
  capacity_ = steps;
}

std::size_t PartitionState::bytes_per_step() const {
  const std::size_t sums = needs_sums ? static_cast<std::size_t>(rows_) * sizeof(double) : 0;
  std::size_t sum = slots_ * (sums + 2 * count_rows_.size()) + fired_stride_;
  for (const ChunkState& chunk : chunks) {
    for (const ChunkInput& input : chunk.inputs) {
      sum += std::visit([](const auto& in) { return in.bytes_per_step(); }, input);
    }
  }
  return sum;
}

void PartitionState::begin_run() {
  for (ChunkState& chunk : chunks) {
    for (ChunkInput& input : chunk.inputs) {
      if (auto* poisson = std::get_if<GatheredPoisson>(&input)) poisson->begin_run();
    }
  }
  plan_due();
}

// --- delivery ------------------------------------------------------------------------------------

PartitionState::SumRows PartitionState::sums(std::uint8_t channel, int lag) {
  has_sums_[static_cast<std::size_t>(lag)] = 1;
  double* const first =
      sums_.data() + static_cast<std::size_t>(rows_) * static_cast<std::size_t>(lag) * slots_;
  if (!is_port(channel)) return {first, first + slots_};
  const auto port = static_cast<std::size_t>(port_of(channel));
  if (signed_ports_) return {first + 2 * port * slots_, first + (2 * port + 1) * slots_};
  return {first + port * slots_, first + port * slots_};
}

AlignedVector<std::uint64_t>& PartitionState::wide_row(CountRow& row, int lag) {
  auto& wide = row.wide[static_cast<std::size_t>(lag)];
  if (wide.empty()) wide.assign(slots_, 0);
  row.wide_used[static_cast<std::size_t>(lag)] = 1;
  has_counts_[static_cast<std::size_t>(lag)] = 1;
  return wide;
}

// What a row can have got in a step, to be added to.
std::uint64_t& PartitionState::load(CountRow& row, int lag) {
  has_counts_[static_cast<std::size_t>(lag)] = 1;
  return row.load[static_cast<std::size_t>(lag)];
}

void PartitionState::spill(CountRow& row, int lag) {
  auto& wide = wide_row(row, lag);
  std::uint16_t* counts = row.counts.data() + static_cast<std::size_t>(lag) * slots_;
  for (std::size_t i = 0; i < slots_; ++i) {
    wide[i] += counts[i];
    counts[i] = 0;
  }
  row.load[static_cast<std::size_t>(lag)] = 0;
}

// A run with a mask waits for others of the same step; true: nothing else is to be done.
bool PartitionState::deliver_mask(const PendingRun& run, int lag) {
  const int at = count_row_of_store_[run.store];
  if (at < 0 || run.multiplicity != 1 || run.index == PendingRun::kPart ||
      run.channel == kChannelIgnored) {
    return false;
  }
  CountRow& row = count_rows_[static_cast<std::size_t>(at)];
  const RowMasks& masks = row.rows->masks;
  if (!masks) return false;
  std::uint64_t& load = this->load(row, lag);
  if (load + row.rows->max_repeat > 0xffff) {
    add_masks(row, lag);
    spill(row, lag);
  }
  load += row.rows->max_repeat;
  const std::span<const std::uint16_t> repeats = masks.repeats(run.index);
  if (!repeats.empty()) {
    net_.settings.simd->deliver_counts(row.counts.data() + static_cast<std::size_t>(lag) * slots_,
                                       repeats.data(), repeats.size(), 1);
  }
  row.masks[row.masks_waiting++] = masks.mask(run.index);
  if (row.masks_waiting == CountRow::kMostMasks) add_masks(row, lag);
  return true;
}

void PartitionState::add_masks(CountRow& row, int lag) {
  if (row.masks_waiting == 0) return;
  net_.settings.simd->add_masks(row.counts.data() + static_cast<std::size_t>(lag) * slots_,
                                row.masks, row.masks_waiting, row.rows->masks.words());
  row.masks_waiting = 0;
}

void PartitionState::deliver_run(const PendingRun& run, int lag, double factor,
                                 bool from_generator) {
  if (run.channel == kChannelIgnored) return;
  const RowStore& store = *net_.synapses.stores[run.store];
  const PartitionRows& rows = store.partitions[static_cast<std::size_t>(index_)];
  const std::uint16_t* targets = rows.targets.data() + run.offset;
  const auto at = static_cast<std::size_t>(lag) * slots_;
  if (store.homogeneous && !from_generator) {
    CountRow& row = count_rows_[static_cast<std::size_t>(count_row_of_store_[run.store])];
    const std::uint64_t most = rows.max_repeat * std::uint64_t{run.multiplicity};
    if (most > 0xffff) {
      // More than 16 bits count: straight into the wide row.
      auto& wide = wide_row(row, lag);
      for (std::uint32_t i = 0; i < run.length; ++i) wide[targets[i]] += run.multiplicity;
      return;
    }
    std::uint64_t& load = this->load(row, lag);
    if (load + most > 0xffff) spill(row, lag);
    net_.settings.simd->deliver_counts(row.counts.data() + at, targets, run.length,
                                       static_cast<std::uint16_t>(run.multiplicity));
    load += most;
    return;
  }
  const auto [excitatory, inhibitory] = sums(run.channel, lag);
  const double scale = factor * run.multiplicity;
  if (run.channel == kChannelCount) {
    for (std::uint32_t i = 0; i < run.length; ++i) excitatory[targets[i]] += run.multiplicity;
  } else if (store.homogeneous) {
    const double w = store.weight * scale;
    double* sums = w > 0 ? excitatory : inhibitory;
    for (std::uint32_t i = 0; i < run.length; ++i) sums[targets[i]] += w;
  } else if (store.double_weights) {
    net_.settings.simd->deliver_double(excitatory, inhibitory, targets,
                                       rows.weights_double.data() + run.offset, run.length, scale);
  } else {
    net_.settings.simd->deliver_float(excitatory, inhibitory, targets,
                                      rows.weights_float.data() + run.offset, run.length, scale);
  }
}

// Weights that a visit has worked out, to the targets of its run.
void PartitionState::deliver_plastic(const PendingPlasticRun& pending,
                                     const PendingPlasticRun* next, int lag, int parity) {
  RowStore& store = *net_.synapses.stores[pending.run.store];
  PartitionRows& rows = store.partitions[static_cast<std::size_t>(index_)];
  plastic->visit_spike(store, rows, pending, next, net_.plasticity.model(store),
                       net_.plasticity.visit_setting(static_cast<std::size_t>(index_), parity));
  if (pending.run.channel == kChannelIgnored) return;
  const auto [excitatory, inhibitory] = sums(pending.run.channel, lag);
  const std::uint16_t* targets = rows.targets.data() + pending.run.offset;
  if (pending.run.channel == kChannelCount) {
    for (std::uint32_t i = 0; i < pending.run.length; ++i) {
      excitatory[targets[i]] += plastic->sent()[i];
    }
    return;
  }
  net_.settings.simd->deliver_double(excitatory, inhibitory, targets, plastic->sent(),
                                     pending.run.length, 1);
}

void PartitionState::deliver_settled(const std::vector<SettledRun>& runs, int lag) {
  for (const SettledRun& run : runs) {
    if (run.channel == kChannelIgnored) continue;
    const auto [excitatory, inhibitory] = sums(run.channel, lag);
    for (std::size_t i = 0; i < run.targets.size(); ++i) {
      const std::size_t slot = net_.synapses.placement.place[run.targets[i]] & 0xffffu;
      const double w = run.weights[i];
      (w > 0 || run.channel == kChannelCount ? excitatory : inhibitory)[slot] += w;
    }
  }
}

void PartitionState::deliver_settled(const SettledCounts& run, int lag) {
  const auto row = std::find_if(count_rows_.begin(), count_rows_.end(), [&](const CountRow& r) {
    return r.store == run.store && r.weight == run.weight;
  });
  AlignedVector<std::uint64_t>& wide = wide_row(*row, lag);
  for (const NodeId target : run.targets) {
    wide[net_.synapses.placement.place[target] & 0xffffu] += run.multiplicity;
  }
}

namespace {

inline void prefetch_lines(const void* from, std::size_t bytes) {
  const char* at = static_cast<const char*>(from);
  for (std::size_t b = 0; b < bytes; b += 64) __builtin_prefetch(at + b);
  __builtin_prefetch(at + bytes - 1);
}

}  // namespace

// Everything of a short run; of a long one the beginning, which the processor goes on from.
void PartitionState::prefetch(const PendingRun& run) const {
  constexpr std::size_t kMost = 128;
  const PartitionRows& rows =
      net_.synapses.stores[run.store]->partitions[static_cast<std::size_t>(index_)];
  if (rows.masks && run.index != PendingRun::kPart) {
    prefetch_lines(rows.masks.mask(run.index), 128);
    const std::span<const std::uint16_t> repeats = rows.masks.repeats(run.index);
    if (!repeats.empty()) prefetch_lines(repeats.data(), repeats.size_bytes());
    return;
  }
  const std::size_t n = std::min<std::size_t>(run.length, kMost);
  prefetch_lines(rows.targets.data() + run.offset, n * sizeof(std::uint16_t));
  if (!rows.weights_float.empty()) {
    prefetch_lines(rows.weights_float.data() + run.offset, n * sizeof(float));
  } else if (!rows.weights_double.empty()) {
    prefetch_lines(rows.weights_double.data() + run.offset, n * sizeof(double));
  }
}

void PartitionState::advance(std::int64_t origin, int steps, int parity) {
  begin_slice(origin, steps, parity);
  if (!step_by_step_) {
    deliver({origin, 0, steps}, parity);
    update({origin, 0, steps}, parity);
  } else {
    for (int lag = 0; lag < steps; ++lag) {
      if (due_ && !has_something_due(origin, lag)) continue;
      const std::int64_t end = origin + lag + 1;
      advance_rewards(end);
      deliver({origin, lag, lag + 1}, parity);
      update({origin, lag, lag + 1}, parity);
      if (end >= next_flush) flush_arrived(end, parity);
    }
  }
  if (due_) end_lags_before(steps, parity);
}

void PartitionState::advance_rewards(std::int64_t step) {
  for (auto& line : plastic->reward_lines) {
    if (line) line->advance(step);
  }
}

// Synapses that pair at arrival, of sources that have been silent for a window.
void PartitionState::flush_arrived(std::int64_t step, int parity) {
  const std::int64_t window = net_.plasticity.flush_window;
  for (const PlasticRowsHere& here : plastic_rows) {
    if (!here.owner->pairs_at_arrival()) continue;
    const std::int64_t count = here.owner->source_count;
    for (std::int64_t row = turn_at(*here.owner, step, window); row < count; row += window) {
      note_synapses(step, parity, [&] {
        plastic->flush_arrived(*here.owner, *here.rows, static_cast<std::uint32_t>(row),
                               step - window, step, step - 1, *here.runtime,
                               net_.clock.grid.resolution_ms());
      });
    }
  }
}

void PartitionState::deliver(const Stretch& stretch, int parity) {
  Calendar& calendar = net_.synapses.calendars[static_cast<std::size_t>(index_)];
  constexpr std::size_t kAhead = 8;
  const std::int64_t origin = stretch.origin;
  const std::size_t place = calendar.place(origin);
  for (int lag = stretch.first; lag < stretch.last; ++lag) {
    CalendarDay& day = calendar.day_ahead(place, static_cast<std::uint32_t>(lag));
    if (day.empty()) continue;
    if (due_) hear(day, lag);
    const std::unique_ptr<SettledRuns> settled = std::move(day.settled);
    if (settled) deliver_settled(settled->generators, lag);
    for (const PendingDeviceRun& g : day.generators) deliver_run(g.run, lag, g.factor, true);
    day.generators.clear();
    if (settled) {
      deliver_settled(settled->neurons, lag);
      for (const SettledCounts& run : settled->counts) deliver_settled(run, lag);
    }
    const std::size_t n = day.neurons.size();
    for (std::size_t i = 0; i < n; ++i) {
      if (i + kAhead < n) {
        prefetch(day.neurons[i + kAhead]);
      }
      if (!deliver_mask(day.neurons[i], lag)) deliver_run(day.neurons[i], lag, 1, false);
    }
    for (CountRow& row : count_rows_) add_masks(row, lag);
    day.neurons.clear();
    if (settled) deliver_settled(settled->plastic, lag);
    for (auto* const runs : {&day.plastic, &day.arriving}) {
      for (std::size_t i = 0; i < runs->size(); ++i) {
        const PendingPlasticRun* const next = i + 1 < runs->size() ? &(*runs)[i + 1] : nullptr;
        note_synapses(origin + lag, parity,
                      [&] { deliver_plastic((*runs)[i], next, lag, parity); });
      }
      runs->clear();
    }
  }
  if (due_) find_due_day(origin + stretch.last);
}

// --- input ---------------------------------------------------------------------------------------

// A chunk with ports has rows of inputs for them, others for excitatory and inhibitory input.
bool PartitionState::is_counted(const CountRow& row, const ChunkState& chunk, int pair) const {
  if (chunk.ports == 0) return row.receptor == 0;
  const int port = row.receptor - 1;
  return port >= 0 && (chunk.signed_ports ? port : port / 2) == pair;
}

namespace {

// Whether it goes to the first row of its pair.
bool goes_first(const ChunkState& chunk, double weight, std::uint8_t receptor) {
  return chunk.ports > 0 && !chunk.signed_ports ? receptor % 2 == 1 : weight > 0;
}

}  // namespace

void PartitionState::take_counts(const ChunkState& chunk, int pair, std::size_t lag,
                                 std::size_t slot, int s, int lanes) {
  bool wide = false;
  counted_.clear();
  for (CountRow& row : count_rows_) {
    if (!is_counted(row, chunk, pair)) continue;
    wide |= row.wide_used[lag] != 0;
    if (row.load[lag] == 0) continue;
    const double weight = chunk.counting ? 1 : row.weight;
    counted_.push_back(
        {row.counts.data() + lag * slots_ + slot, weight, goes_first(chunk, weight, row.receptor)});
  }
  if (wide) {
    take_wide_counts(chunk, pair, lag, slot, s, lanes);
  } else {
    net_.settings.simd->take_counts(input(2 * pair, s), input(2 * pair + 1, s), counted_.data(),
                                    static_cast<int>(counted_.size()), lanes);
  }
}

// take_counts() where some row has counts beyond 16 bits.
void PartitionState::take_wide_counts(const ChunkState& chunk, int pair, std::size_t lag,
                                      std::size_t slot, int s, int lanes) {
  std::fill_n(input(2 * pair, s), lanes, 0.0);
  std::fill_n(input(2 * pair + 1, s), lanes, 0.0);
  for (CountRow& row : count_rows_) {
    if (!is_counted(row, chunk, pair)) continue;
    const double weight = chunk.counting ? 1 : row.weight;
    double* const out = input(2 * pair + (goes_first(chunk, weight, row.receptor) ? 0 : 1), s);
    std::uint64_t* const wide = row.wide_used[lag] ? row.wide[lag].data() + slot : nullptr;
    std::uint16_t* const counts = row.rows ? row.counts.data() + lag * slots_ + slot : nullptr;
    for (int i = 0; i < lanes; ++i) {
      const std::uint64_t n = (wide ? wide[i] : 0) + (counts ? counts[i] : 0);
      out[i] += static_cast<double>(n) * weight;
      if (wide) wide[i] = 0;
      if (counts) counts[i] = 0;
    }
  }
}

// Where all ports have two sums, those that tell no signs apart take both.
void PartitionState::take_sums(const ChunkState& chunk, int lanes, std::size_t lag,
                               std::size_t slot, int s) {
  const bool both = signed_ports_ && chunk.ports > 0 && !chunk.signed_ports;
  double* sums = sums_.data() + static_cast<std::size_t>(rows_) * lag * slots_ + slot;
  for (int row = 0; row < chunk.rows; ++row) {
    for (int sign = 0; sign < (both ? 2 : 1); ++sign, sums += slots_) {
      net_.settings.simd->take_sums(input(row, s), sums, lanes);
    }
  }
}

void PartitionState::gather(ChunkState& chunk, std::uint32_t lane, int lanes, std::int64_t origin,
                            int first, int steps) {
  const std::size_t slot = chunk.place.slot + (lane - chunk.place.lane_begin);
  for (int s = 0; s < steps; ++s) {
    const auto lag = static_cast<std::size_t>(first + s);
    for (int pair = 0; 2 * pair < chunk.rows; ++pair) {
      if (has_counts_[lag]) {
        take_counts(chunk, pair, lag, slot, s, lanes);
        continue;
      }
      std::fill_n(input(2 * pair, s), lanes, 0.0);
      std::fill_n(input(2 * pair + 1, s), lanes, 0.0);
    }
    if (has_sums_[lag]) take_sums(chunk, lanes, lag, slot, s);
  }
  if (chunk.inputs.empty()) return;
  const auto bytes = static_cast<std::size_t>(steps * block_lanes_) * sizeof(double);
  for (std::size_t k = 0; k < chunk.currents.size(); ++k) {
    if (chunk.currents[k]) std::memset(currents_[k].data(), 0, bytes);
  }
  const InputBlock block{lane, lanes, origin, first, steps, block_lanes_};
  for (ChunkInput& input : chunk.inputs) add_input(chunk, input, block);
}

// --- update --------------------------------------------------------------------------------------

void PartitionState::sample(ChunkState& chunk, std::uint32_t lane, int lanes, std::int64_t stamp,
                            int parity) {
  const std::uint32_t end =
      std::min(lane + static_cast<std::uint32_t>(lanes), chunk.place.lane_end);
  for (const MeterShare& share : chunk.meters) {
    const Sampler& meter = *share.meter;
    if (meter.next_sample(stamp - 1, net_.clock.grid) != stamp) continue;
    if (!meter.records(stamp, meter.window(net_.clock.grid))) continue;
    SampleList& list = samples[parity];
    auto l = std::lower_bound(share.lanes.begin(), share.lanes.end(), lane);
    for (; l != share.lanes.end() && *l < end; ++l) {
      if (chunk.population->any_frozen() && chunk.population->frozen(*l)) continue;
      list.rows.push_back({share.meter, stamp, chunk.population->first() + *l,
                           static_cast<std::uint32_t>(list.values.size())});
      for (int state : share.states) {
        if (state == MeterShare::kCalcium) {
          list.calcium.push_back(
              {stamp, chunk.population, *l, static_cast<std::uint32_t>(list.values.size())});
          list.values.push_back(0);
        } else {
          list.values.push_back(chunk.population->read_state(state, *l, {net_.clock.grid, stamp}));
        }
      }
    }
  }
}

void PartitionState::begin_slice(std::int64_t origin, int steps, int parity) {
  samples[parity].rows.clear();
  samples[parity].values.clear();
  samples[parity].calcium.clear();
  next_calcium_ = 0;
  ended_ = 0;
  spikes[parity].clear(steps);
  if (!releases.none()) releases.begin_slice(steps, parity);
  for (ChunkState& chunk : chunks) {
    for (ChunkInput& input : chunk.inputs) {
      tegmenta::begin_slice(input, origin, steps, input_setting(chunk));
    }
  }
}

void PartitionState::update(const Stretch& stretch, int parity) {
  if (due_) return update_due(stretch, parity);
  // A multiple of 64: random words are shared by 32 lanes.
  block_lanes_ = std::clamp(kBlockCells / stretch.steps() / kBlockLanes * kBlockLanes, kBlockLanes,
                            kMostBlockLanes);
  for (ChunkState& chunk : chunks) {
    for (std::uint32_t lane = chunk.place.lane_begin; lane < chunk.place.lane_end;
         lane += static_cast<std::uint32_t>(block_lanes_)) {
      update_lanes(chunk, lane, stretch, parity);
    }
  }
  for (int lag = stretch.first; lag < stretch.last; ++lag) {
    forget_input(static_cast<std::size_t>(lag));
  }
  Stretch good = stretch;
  // Spikes before a failure may be one themselves.
  if (failed[parity]) {
    good.last = static_cast<int>(std::clamp<std::int64_t>(failed[parity]->step - stretch.origin,
                                                          stretch.first, stretch.last));
  }
  compress(good, parity);
}

// The neurons of a block of lanes, through the slice: as far as input is gathered, a meter samples
// or states are looked at.
void PartitionState::update_lanes(ChunkState& chunk, std::uint32_t lane, const Stretch& stretch,
                                  int parity) {
  const std::int64_t origin = stretch.origin;
  const NeuronModel& model = chunk.population->model();
  const NeuronUpdate vector_update =
      chunk.scalar ? nullptr : neuron_kernels(*net_.settings.simd).*model.vector_kernel;
  const int changed =
      vector_update ? model.vector_columns.value_or(model.state_columns) : model.state_columns;
  NeuronBlock block = block_of(chunk, lane);
  FrozenLanes frozen(*chunk.population, lane, block.real_lanes);
  for (int first = stretch.first; first < stretch.last;) {
    const int count = steps_together(chunk, origin, first, stretch.last);
    gather(chunk, lane, block.lanes, origin, first, count);
    move_to(block, chunk, lane, origin, first, count);
    NeuronFailure failure;
    block.failure = &failure;
    if (!frozen.empty()) set_aside(chunk, frozen, block);
    update_block(chunk, vector_update, block);
    if (!frozen.empty()) frozen.restore(block);
    if (failure.kind == NeuronFailure::kNone) settle(block, changed);
    if (failure.kind != NeuronFailure::kNone) {
      note_failure(block, model, parity);
      break;
    }
    first += count;
    if (chunk.sampled) sample_fired(chunk, block, lane, origin + first);
    if (!chunk.meters.empty()) sample(chunk, lane, block.lanes, origin + first, parity);
  }
}

// By the vectors of its model, if it has any that can be used.
void PartitionState::update_block(const ChunkState& chunk, NeuronUpdate vectors,
                                  const NeuronBlock& block) {
  if (vectors) {
    vectors(block);
  } else if (chunk.compiled) {
    chunk.compiled->executable().advance(block, columns_.row.data(), columns_.current.data(),
                                         workspace_, compiled::interpreter(*net_.settings.simd));
  } else {
    chunk.population->model().update_scalar(block);
  }
}

void PartitionState::set_aside(const ChunkState& chunk, FrozenLanes& frozen,
                               const NeuronBlock& block) {
  frozen.keep(block, chunk.population->model().state_columns);
  for (int row = 0; row < std::max(2, chunk.rows); ++row) frozen.discard(input(row), block);
  for (std::size_t k = 0; k < chunk.currents.size(); ++k) {
    if (chunk.currents[k]) frozen.discard(currents_[k].data(), block);
  }
}

// What of a block is the same in all steps of a slice.
NeuronBlock PartitionState::block_of(const ChunkState& chunk, std::uint32_t lane) {
  Population& population = *chunk.population;
  const NeuronModel& model = population.model();
  columns_.state.clear();
  for (int c = 0; c < model.state_columns; ++c) {
    columns_.state.push_back(population.column(c) + lane);
  }
  const bool uniform = population.uniform_coefficients();
  columns_.coefficient.clear();
  for (int c = 0; c < model.coefficients; ++c) {
    columns_.coefficient.push_back(population.coefficient(c).data() + (uniform ? 0 : lane));
  }
  const std::uint32_t left = chunk.place.lane_end - lane;
  NeuronBlock block{};
  block.state = columns_.state.data();
  block.coefficient = columns_.coefficient.data();
  block.uniform = uniform;
  block.real_lanes = static_cast<int>(std::min(left, static_cast<std::uint32_t>(block_lanes_)));
  block.lanes = (block.real_lanes + kLaneGroup - 1) / kLaneGroup * kLaneGroup;
  block.excitatory = input(0);
  block.inhibitory = input(1);
  block.input_stride = block_lanes_;
  block.ports = chunk.ports;
  block.port_input = input(0);
  block.port_stride = kBlockCells;
  if (chunk.compiled) {
    columns_.row.clear();
    for (int row = 0; row < chunk.rows; ++row) columns_.row.push_back(input(row));
  }
  const std::size_t currents = chunk.currents.size();
  columns_.current.assign(std::max<std::size_t>(2, currents), nullptr);
  for (std::size_t k = 0; k < currents; ++k) {
    if (chunk.currents[k]) columns_.current[k] = currents_[k].data();
  }
  block.current = columns_.current[0];
  block.filtered_current = columns_.current[1];
  block.fired_stride = fired_stride_;
  block.multiplicity_stride = chunk.place.lane_end - chunk.place.lane_begin + kBlockLanes;
  block.resolution_ms = net_.clock.grid.resolution_ms();
  block.first_node = population.first() + lane;
  block.seed = net_.settings.seed_of_run();
  if (const GivenSpikes* given = population.given_spikes()) block.given = given + lane;
  return block;
}

// To `count` steps from `first` on.
void PartitionState::move_to(NeuronBlock& block, ChunkState& chunk, std::uint32_t lane,
                             std::int64_t origin, int first, int count) {
  const std::uint32_t in_chunk = lane - chunk.place.lane_begin;
  const auto row = static_cast<std::size_t>(first);
  block.steps = count;
  block.first_step = origin + first;
  block.fired = fired_.data() + row * fired_stride_ + (chunk.place.slot + in_chunk) / kLaneGroup;
  block.multiplicity = chunk.multiplicity.empty()
                           ? nullptr
                           : chunk.multiplicity.data() + row * block.multiplicity_stride + in_chunk;
}

int PartitionState::steps_together(const ChunkState& chunk, std::int64_t origin, int first,
                                   int steps) const {
  if (chunk.sampled) return 1;
  const auto settles = static_cast<int>(kSettleSteps - (origin + first) % kSettleSteps);
  const int count = std::min({steps - first, kBlockSteps, settles});
  std::int64_t next = origin + first + count;  // stamp of the last step
  for (const MeterShare& share : chunk.meters) {
    next = std::min(next, share.meter->next_sample(origin + first, net_.clock.grid));
  }
  return static_cast<int>(next - origin) - first;
}

void PartitionState::sample_fired(const ChunkState& chunk, const NeuronBlock& block,
                                  std::uint32_t lane, std::int64_t stamp) {
  std::vector<double> values;
  for (int i = 0; i < block.real_lanes; ++i) {
    if ((block.fired[i / kLaneGroup] >> (i % kLaneGroup) & 1) == 0) continue;
    const std::uint32_t at = lane + static_cast<std::uint32_t>(i);
    const std::size_t slot = chunk.place.slot + (at - chunk.place.lane_begin);
    if (!plastic->samples.watched(slot)) continue;
    values.clear();
    for (const int state : plastic->samples.states(slot)) {
      values.push_back(chunk.population->read_state(state, at, {net_.clock.grid, stamp}));
    }
    plastic->samples.record(slot, stamp, values);
  }
}

void PartitionState::forget_input(std::size_t lag) {
  has_sums_[lag] = 0;
  if (!has_counts_[lag]) return;
  has_counts_[lag] = 0;
  for (CountRow& row : count_rows_) row.load[lag] = row.wide_used[lag] = 0;
}

// Looks at the states after a block, at the multiples of kSettleSteps and at the end of a run.
void PartitionState::settle(const NeuronBlock& block, int columns) const {
  const std::int64_t now = block.first_step + block.steps;
  const bool vanishes = now % kSettleSteps == 0;
  if (!vanishes && now != run_end) return;
  const double least = vanishes ? kLeastState : 0;
  const auto settle = net_.settings.simd->settle;
  int first = block.real_lanes;
  for (int c = 0; c < columns; ++c) {
    first = std::min(first, settle(block.state[c], block.lanes, least));
  }
  if (first < block.real_lanes) *block.failure = {NeuronFailure::kNotFinite, block.steps, first};
}

// Of the failures of a slice the earliest counts, and of its nodes the first, however neurons are
// divided into blocks and partitions.
void PartitionState::note_failure(const Failure& found, int parity) {
  if (!failed[parity] || found.before(*failed[parity])) failed[parity] = found;
}

void PartitionState::note_failure(const NeuronBlock& block, const NeuronModel& model, int parity) {
  const NeuronFailure& failure = *block.failure;
  const std::int64_t step = block.first_step + failure.step;
  note_failure({step, block.first_node + static_cast<NodeId>(failure.lane),
                model.failed(block, failure, net_.clock.grid.nearest_ms_from_steps(step))},
               parity);
}

// Whether plastic synapses, wherever their targets are, have this source.
bool PartitionState::feeds_plastic(NodeId source) const {
  return std::any_of(
      net_.synapses.stores.begin(), net_.synapses.stores.end(), [&](const auto& store) {
        const NodeId row = source - store->source_low;
        if (!store->plastic || source < store->source_low || row >= store->source_count)
          return false;
        return std::any_of(
            store->partitions.begin(), store->partitions.end(), [&](const auto& rows) {
              return !rows.row_begin.empty() && rows.row_begin[row] != rows.row_begin[row + 1];
            });
      });
}

Error PartitionState::instability(NodeId id, std::int64_t stamp, const std::string& what) const {
  const double node = id;
  const double time_ms = net_.clock.grid.nearest_ms_from_steps(stamp);
  const std::string& model = net_.nodes.model_name(id);
  return Error(
      ErrorKind::kNumericalInstability,
      model + ", node " + format_number(node) + ", at " + format_number(time_ms) + " ms: " + what,
      {{"model", model}, {"node", node}, {"time_ms", time_ms}});
}

Error PartitionState::unstable_calcium(NodeId id, std::int64_t stamp, double calcium) const {
  return instability(
      id, stamp,
      "numerical instability: Ca = " + format_number(calcium) + ". Check beta_Ca and tau_Ca.");
}

Error PartitionState::too_many_spikes(const SpikeEntry& spike, std::int64_t stamp) const {
  return instability(spike.source, stamp,
                     std::to_string(spike.multiplicity) +
                         " spikes in one step; plastic synapses take at most " +
                         std::to_string(kMostPlasticSpikes) + ".");
}

// Whether all masks of these steps are empty. Looks no further than the first that is not.
bool PartitionState::nobody_fired(const Stretch& stretch) const {
  const std::uint8_t* at = fired_.data() + static_cast<std::size_t>(stretch.first) * fired_stride_;
  const std::uint8_t* const end =
      fired_.data() + static_cast<std::size_t>(stretch.last) * fired_stride_;
  constexpr std::ptrdiff_t kTogether = 64;
  for (; end - at >= kTogether; at += kTogether) {
    std::uint64_t words[kTogether / sizeof(std::uint64_t)];
    std::memcpy(words, at, sizeof words);
    std::uint64_t some = 0;
    for (const std::uint64_t word : words) some |= word;
    if (some) return false;
  }
  return std::all_of(at, end, [](std::uint8_t byte) { return byte == 0; });
}

// Masks to lists: ascending in lag, then node.
void PartitionState::compress(const Stretch& stretch, int parity) {
  const std::int64_t origin = stretch.origin;
  SpikeList& list = spikes[parity];
  const bool releasing = !releases.none();
  auto& calcium = samples[parity].calcium;
  const auto earlier = [](const auto& a, const auto& b) { return a.step < b.step; };
  if (calcium.size() > 1) std::stable_sort(calcium.begin(), calcium.end(), earlier);
  const bool quiet = nobody_fired(stretch);
  if (quiet && list.entries.empty() && calcium.empty() && !(releasing && sampler)) return;
  for (int lag = stretch.first; lag < stretch.last; ++lag) {
    for (ChunkState& chunk : chunks) {
      if (quiet) break;
      const std::size_t first = list.entries.size();
      list_fired(chunk, lag, list);
      for (std::size_t e = first; e < list.entries.size(); ++e) {
        record_fired(chunk, list.entries[e], origin + lag, parity);
      }
    }
    list.end(lag);
    if (releasing) release(origin, lag, parity);
    sample_calcium(origin + lag + 1, parity, next_calcium_);
  }
}

// Of the step that ends there; `next` is the first that is still to be worked out.
void PartitionState::sample_calcium(std::int64_t stamp, int parity, std::size_t& next) {
  SampleList& list = samples[parity];
  for (; next < list.calcium.size() && list.calcium[next].step == stamp; ++next) {
    const SampleList::Calcium& wanted = list.calcium[next];
    list.values[wanted.value] = wanted.population->calcium_at(wanted.lane, stamp, net_.clock.grid);
  }
}

// What devices get of a step's spikes.
void PartitionState::release(std::int64_t origin, int lag, int parity) {
  const std::int64_t step = origin + lag;
  for (const SpikeEntry& spike : spikes[parity].of(lag)) {
    if (spike.multiplicity > kMostPlasticSpikes) continue;  // a failure already
    note_synapses(step, parity, [&] { releases.spike(spike, step + 1, parity); });
  }
  releases.end_lag(lag, parity);
  if (sampler) sampler->sample_releasing(step + 1);
}

// Fetches what recording them needs.
void PartitionState::list_fired(const ChunkState& chunk, int lag, SpikeList& list) const {
  const auto row = static_cast<std::size_t>(lag);
  const std::uint32_t real = chunk.place.lane_end - chunk.place.lane_begin;
  const std::uint32_t* multiplicity =
      chunk.multiplicity.empty() ? nullptr : chunk.multiplicity.data() + row * (real + kBlockLanes);
  const std::uint8_t* bytes = fired_.data() + row * fired_stride_ + chunk.place.slot / kLaneGroup;
  const std::uint32_t groups = (real + kLaneGroup - 1) / kLaneGroup;
  const auto emit = [&](std::uint32_t i) {
    const std::uint32_t lane = chunk.place.lane_begin + i;
    chunk.population->prefetch_spike(lane);
    if (plastic) plastic->histories.prefetch(chunk.place.slot + i);
    list.entries.push_back({chunk.population->first() + lane, multiplicity ? multiplicity[i] : 1});
  };
  std::uint32_t group = 0;
  const auto scan = [&](std::uint64_t word, std::uint32_t at) {
    while (word) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(word));
      word &= word - 1;
      if (at * kLaneGroup + bit < real) emit(at * kLaneGroup + bit);
    }
  };
  if constexpr (std::endian::native == std::endian::little) {
    for (; group + 8 <= groups; group += 8) {
      std::uint64_t word;
      std::memcpy(&word, bytes + group, 8);
      if (word) scan(word, group);
    }
  }
  for (; group < groups; ++group) scan(bytes[group], group);
}

// What is known of a neuron that has fired in an update step.
void PartitionState::record_fired(ChunkState& chunk, const SpikeEntry& spike, std::int64_t step,
                                  int parity) {
  const std::int64_t stamp = step + 1;
  const std::uint32_t lane = spike.source - chunk.population->first();
  const double calcium =
      chunk.population->record_spike(lane, stamp, spike.multiplicity, net_.clock.grid);
  if (!std::isfinite(calcium)) {
    note_failure({step, spike.source, unstable_calcium(spike.source, stamp, calcium)}, parity);
  }
  const std::size_t slot = chunk.place.slot + (lane - chunk.place.lane_begin);
  const bool watched = plastic && plastic->histories.watched(slot);
  if (spike.multiplicity > kMostPlasticSpikes &&
      (watched || releases.has(spike.source) || feeds_plastic(spike.source))) {
    note_failure({step, spike.source, too_many_spikes(spike, stamp)}, parity);
  } else if (watched) {
    plastic->histories.record(slot, stamp, spike.multiplicity);
  }
}

}  // namespace tegmenta
