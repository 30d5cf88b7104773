#include "synapses/plastic_partition.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "base/errors.h"
#include "base/memory.h"
#include "base/random.h"

namespace tegmenta {

template <typename T>
VisitSynapses<T> PlasticPartition::view(const RowStore& store, PartitionRows& rows,
                                        std::uint64_t offset, std::size_t n) const {
  VisitSynapses<T> s;
  s.targets = rows.targets.data() + offset;
  s.n = n;
  if constexpr (std::is_same_v<T, double>) {
    s.weights = rows.weights_double.data() + offset;
  } else {
    s.weights = rows.weights_float.data() + offset;
  }
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    s.columns[k] = {nullptr, store.columns[k].uniform};
    if (!store.columns[k].stored) continue;
    if constexpr (std::is_same_v<T, double>) {
      s.columns[k].values = rows.columns_double[k].data() + offset;
    } else {
      s.columns[k].values = rows.columns_float[k].data() + offset;
    }
  }
  s.next = {rows.targets.data() + next_,
            reinterpret_cast<const char*>(s.weights + (next_ - offset)), nullptr};
  if (const int first = store.plastic->first_read; first >= 0) {
    s.next.extra = reinterpret_cast<const char*>(s.columns[first].values + (next_ - offset));
  }
  return s;
}

VisitTools PlasticPartition::tools(const RowStore& store, const PlasticModelRuntime& runtime,
                                   double h) const {
  VisitTools t{};
  t.simd = simd;
  t.histories = &histories;
  t.samples = &samples;
  t.modulator = runtime.modulator >= 0
                    ? modulators[static_cast<std::size_t>(runtime.modulator)].get()
                    : nullptr;
  t.reward = runtime.reward_line >= 0
                 ? reward_lines[static_cast<std::size_t>(runtime.reward_line)].get()
                 : nullptr;
  // Stored time constants are read a synapse; one value for all has a table.
  t.decay_plus = store.stores(store.plastic->trace_tau) ? nullptr : runtime.decay_plus.get();
  t.decay_triplet =
      store.stores(store.plastic->triplet_trace_tau) ? nullptr : runtime.decay_triplet.get();
  t.prepared = store.prepared.get();
  t.row_trace = runtime.row_trace;
  t.h = h;
  return t;
}

namespace {

// Traces of a synapse that keeps its own, right after a visit.
template <typename T>
void advance_own_traces(const SynapseModel& model, const VisitRow& row, const VisitSynapses<T>& one,
                        const VisitTools& tools, std::uint32_t spikes, double& Kplus,
                        double& Kplus_triplet) {
  const auto advanced = [&](double K, const ExpTable* table, int tau) {
    if (table) return advance_trace(tools.row_trace, K, row.from, row.until, *table, spikes);
    return advance_trace(tools.row_trace, K, row.from, row.until,
                         ExpTable(one.columns[model.column_of(tau)].at(0), tools.h, 0), spikes);
  };
  Kplus = advanced(Kplus, tools.decay_plus, model.trace_tau);
  if (model.triplet_trace >= 0) {
    Kplus_triplet = advanced(Kplus_triplet, tools.decay_triplet, model.triplet_trace_tau);
  }
}

// Bounds hold at once, also where they were set at this very moment.
void hold_bounds(const SynapseModel& model, const VisitSynapses<double>& synapses) {
  if (model.rule.hold_bounds) model.rule.hold_bounds(synapses);
}

// Synapses that draw: those of different models or delays draw from different streams, also where
// they connect the same nodes.
std::uint32_t seed_of_run(const RowStore& store, std::uint32_t delay, std::uint32_t seed) {
  if (!store.plastic->draws) return seed;
  return RandomStream(seed, Purpose::kSynapseModel, store.draws, delay, 0).next_u32();
}

template <typename T>
bool all_finite(const T* values, std::size_t n) {
  unsigned bad = 0;
  for (std::size_t i = 0; i < n; ++i) {
    bad |= static_cast<unsigned>(!(std::abs(values[i]) <= std::numeric_limits<T>::max()));
  }
  return bad == 0;
}

SynapseFailure not_finite(const RowStore& store, NodeId source, std::int64_t time, double h) {
  const std::string& model = store.plastic->name;
  const double node = source, time_ms = static_cast<double>(time) * h;
  return {Error(ErrorKind::kNumericalInstability,
                model + " of node " + format_number(node) + ", at " + format_number(time_ms) +
                    " ms: the weight or another state of a synapse is not finite. Check the "
                    "parameters.",
                {{"model", model}, {"node", node}, {"time_ms", time_ms}}),
          source};
}

// Neurons find out themselves when weights that they get are not finite; here it is the weights
// that nothing but the synapses has seen. Throws NumericalInstability.
void require_finite(const RowStore& store, const PartitionRows& rows, const Run& run, NodeId source,
                    std::int64_t time, double h) {
  const auto finite = [&](const auto& values) {
    return values.empty() || all_finite(values.data() + run.offset, run.length);
  };
  bool all = finite(rows.weights_double) && finite(rows.weights_float);
  for (const auto& column : rows.columns_double) all &= finite(column);
  for (const auto& column : rows.columns_float) all &= finite(column);
  if (!all) throw not_finite(store, source, time, h);
}

}  // namespace

// Fetches what a visit of the run will read of its synapses, as far as it follows in memory.
template <typename T>
void PlasticPartition::prefetch(const RowStore& store, PartitionRows& rows,
                                const PendingRun& run) const {
  constexpr std::size_t kLine = 64;
  const auto fetch = [&](const auto* values) {
    const auto* const begin = reinterpret_cast<const char*>(values + run.offset);
    const auto* const end = reinterpret_cast<const char*>(values + run.offset + run.length);
    for (const char* at = begin; at < end; at += kLine) __builtin_prefetch(at);
  };
  fetch(rows.targets.data());
  fetch(rows.synapse_time.data());
  fetch(rows.synapse_created.data());
  if constexpr (std::is_same_v<T, double>) {
    fetch(rows.weights_double.data());
  } else {
    fetch(rows.weights_float.data());
  }
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    if (!store.columns[k].stored) continue;
    if constexpr (std::is_same_v<T, double>) {
      fetch(rows.columns_double[k].data());
    } else {
      fetch(rows.columns_float[k].data());
    }
  }
}

template <typename T>
void PlasticPartition::visit_rows(VisitKind kind, const RowStore& store, PartitionRows& rows,
                                  const Run& run, VisitRow row, VisitTools tools) {
  const SynapseModel& model = *store.plastic;
  if (!store.irregular) {
    visit<T>(model, kind, view<T>(store, rows, run.offset, run.length), row, tools, sent_.data(),
             counts);
    return;
  }
  double* const each = tools.each;
  for (std::uint32_t i = 0; i < run.length; ++i) {
    const std::uint64_t at = run.offset + i;
    row.in_run = i;
    row.from = rows.synapse_time[at];
    row.Kplus = rows.synapse_Kplus[at];
    if (store.plastic->triplet_trace >= 0) row.Kplus_triplet = rows.synapse_Kplus_triplet[at];
    const VisitSynapses<T> one = view<T>(store, rows, at, 1);
    if (each) tools.each = each + std::size_t{i} * row.spikes;
    visit<T>(model, kind, one, row, tools, sent_.data() + i, counts);
    advance_own_traces(*store.plastic, row, one, tools, kind == VisitKind::kSpike ? row.spikes : 0,
                       row.Kplus, row.Kplus_triplet);
    rows.synapse_Kplus[at] = row.Kplus;
    if (store.plastic->triplet_trace >= 0) rows.synapse_Kplus_triplet[at] = row.Kplus_triplet;
    rows.synapse_time[at] = row.until;
  }
}

// Those of the run that were visited at `before` or earlier, together where they were visited and
// made at the same time. The row's times are those of arrival.
template <typename T>
void PlasticPartition::visit_arrived(VisitKind kind, const RowStore& store, PartitionRows& rows,
                                     const Run& run, const SourceTrain& train, std::int64_t before,
                                     std::int64_t posts_until, VisitRow row, VisitTools tools) {
  // Without a line no time has passed since they were made, or were brought to the present.
  if (!tools.reward) return;
  const std::int64_t* const times = rows.synapse_time.data() + run.offset;
  const std::int64_t* const created = rows.synapse_created.data() + run.offset;
  double* const each = tools.each;
  for (std::uint32_t i = 0, end; i < run.length; i = end) {
    end = i + 1;
    while (end < run.length && times[end] == times[i] && created[end] == created[i]) ++end;
    if (times[i] > before) continue;
    const std::uint64_t at = run.offset + i;
    row.from = times[i];
    row.in_run = i;
    const Arrivals arrivals = arrivals_of(train, created[i], row.from, posts_until);
    row.arrivals = &arrivals;
    if (each) tools.each = each + std::size_t{i} * row.spikes;
    visit<T>(*store.plastic, kind, view<T>(store, rows, at, end - i), row, tools, sent_.data() + i,
             counts);
    std::fill_n(rows.synapse_time.data() + at, end - i, row.until);
  }
}

void PlasticPartition::flush_arrived(const RowStore& store, PartitionRows& rows, std::uint32_t row,
                                     std::int64_t before, std::int64_t until,
                                     std::int64_t posts_until, const PlasticModelRuntime& runtime,
                                     double h) {
  VisitTools t = tools(store, runtime, h);
  t.scratch = &scratch_;
  for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
    const Run& run = rows.runs[r];
    next_ = run.offset;
    VisitRow v{};
    v.until = until;
    v.delay = run.delay();
    if (store.double_weights) {
      visit_arrived<double>(VisitKind::kFlush, store, rows, run, rows.trains[row], before,
                            posts_until, v, t);
    } else {
      visit_arrived<float>(VisitKind::kFlush, store, rows, run, rows.trains[row], before,
                           posts_until, v, t);
    }
    require_finite(store, rows, run, store.source_low + row, until, h);
  }
}

void PlasticPartition::reserve(std::size_t longest_run) {
  if (sent_.size() < longest_run) sent_.resize(longest_run);
  // Synapses with traces of their own are visited one by one, over times of their own.
  scratch_.reserve(1, std::numeric_limits<std::int64_t>::max());
}

// Room for the weight that each spike of the run transmits, and for the list of those that are
// recorded.
inline double* PlasticPartition::reserve_each(const PendingPlasticRun& pending,
                                              std::vector<TransmittedWeight>* list) {
  const std::size_t spikes = pending.run.multiplicity, n = spikes * pending.run.length;
  require_memory(
      static_cast<double>(n) * static_cast<double>(sizeof(double) + sizeof(TransmittedWeight)),
      "Weights of the spikes of one step");
  each_.resize(n);
  if (list) reserve_more(*list, n);
  return each_.data();
}

// A parrot repeats what arrives, whatever its weight: sent_ becomes how many spikes do.
inline void PlasticPartition::count_arrivals(const RowStore& store,
                                             const PendingPlasticRun& pending) {
  const std::uint32_t spikes = pending.run.multiplicity;
  for (std::uint32_t i = 0; i < pending.run.length; ++i) {
    double arrive = spikes;
    if (store.plastic->draws) {
      const double* const own = each_.data() + std::size_t{i} * spikes;
      arrive -= static_cast<double>(
          std::count_if(own, own + spikes, [](double w) { return std::isnan(w); }));
    }
    sent_[i] = arrive;
  }
}

inline void PlasticPartition::record_transmitted(const RowStore& store, const PartitionRows& rows,
                                                 const PendingPlasticRun& pending,
                                                 const VisitSetting& setting) {
  const std::uint32_t spikes = pending.run.multiplicity;
  // What is known at arrival only belongs to that time.
  const std::uint32_t late = store.pairs_at_arrival() ? pending.delay : 0;
  const TransmittedRun run{store.model,
                           pending.source,
                           pending.until + late,
                           pending.delay - late,
                           spikes,
                           pending.run.channel,
                           {rows.targets.data() + pending.run.offset, pending.run.length},
                           setting.target_ids,
                           pending.run.store,
                           pending.run.offset};
  list_transmitted(*setting.transmitted, run, [&](std::size_t i, std::uint32_t m) {
    if (store.plastic->lists_weights) return each_[i * spikes + m];
    const std::uint64_t at = pending.run.offset + i;
    return store.double_weights ? rows.weights_double[at]
                                : static_cast<double>(rows.weights_float[at]);
  });
}

void PlasticPartition::visit_spike(const RowStore& store, PartitionRows& rows,
                                   const PendingPlasticRun& pending, const PendingPlasticRun* next,
                                   const PlasticModelRuntime& runtime,
                                   const VisitSetting& setting) {
  reserve(pending.run.length);
  VisitRow row;
  row.from = pending.from;
  row.until = pending.until;
  row.delay = pending.delay;
  row.Kplus = pending.Kplus;
  row.Kplus_triplet = pending.Kplus_triplet;
  row.spikes = pending.run.multiplicity;
  row.seed = seed_of_run(store, pending.delay, setting.seed);
  row.source = pending.source;
  VisitTools t = tools(store, runtime, setting.h);
  t.target_ids = setting.target_ids;
  t.scratch = &scratch_;
  const Run run{pending.run.offset, pending.run.length, 0};
  next_ = next && next->run.store == pending.run.store ? next->run.offset : pending.run.offset;
  const bool counts_spikes = pending.run.channel == kChannelCount;
  const bool records = runtime.records && setting.transmitted;
  if (records || (counts_spikes && store.plastic->draws)) {
    t.each = reserve_each(pending, records ? setting.transmitted : nullptr);
  }
  const auto visit_run = [&]<typename T>(std::type_identity<T>) {
    if (!store.pairs_at_arrival()) {
      return visit_rows<T>(VisitKind::kSpike, store, rows, run, row, t);
    }
    // The post spikes of the step in which it arrives are still to come.
    row.until += row.delay;
    if (next && next->run.store == pending.run.store) prefetch<T>(store, rows, next->run);
    const SourceTrain& train = rows.trains[pending.source - store.source_low];
    visit_arrived<T>(VisitKind::kSpike, store, rows, run, train, row.until, row.until - 1, row, t);
  };
  if (store.double_weights) {
    visit_run(std::type_identity<double>());
  } else {
    visit_run(std::type_identity<float>());
  }
  if (counts_spikes || pending.run.channel == kChannelIgnored) {
    require_finite(store, rows, run, row.source, row.until, setting.h);
  }
  if (counts_spikes) count_arrivals(store, pending);
  if (records) record_transmitted(store, rows, pending, setting);
}

void PlasticPartition::flush_row(const RowStore& store, PartitionRows& rows, std::uint32_t row,
                                 std::int64_t until, const PlasticModelRuntime& runtime,
                                 const VisitSetting& setting) {
  const double h = setting.h;
  if (store.pairs_at_arrival()) {
    flush_arrived(store, rows, row, until, until, until, runtime, h);
    return advance_row(rows, row, until, 0, runtime);
  }
  if (!store.plastic->looks_at_posts || rows.row_time[row] >= until) return;
  VisitTools t = tools(store, runtime, h);
  t.scratch = &scratch_;
  t.target_ids = setting.target_ids;
  // Memory for all runs first: a row is brought up to date as a whole.
  std::size_t longest = 0;
  for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
    longest = std::max<std::size_t>(longest, rows.runs[r].length);
  }
  reserve(longest);
  scratch_.reserve(longest, until - rows.row_time[row]);
  for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
    next_ = rows.runs[r].offset;
    VisitRow v;
    v.from = rows.row_time[row];
    v.until = until;
    v.delay = rows.runs[r].delay();
    v.source = store.source_low + row;
    v.seed = seed_of_run(store, rows.runs[r].delay(), setting.seed);
    v.Kplus = rows.row_Kplus[row];
    if (!rows.row_Kplus_triplet.empty()) v.Kplus_triplet = rows.row_Kplus_triplet[row];
    if (store.double_weights) {
      visit_rows<double>(VisitKind::kFlush, store, rows, rows.runs[r], v, t);
    } else {
      visit_rows<float>(VisitKind::kFlush, store, rows, rows.runs[r], v, t);
    }
    require_finite(store, rows, rows.runs[r], store.source_low + row, until, h);
  }
  advance_row(rows, row, until, 0, runtime);
}

void advance_row(PartitionRows& rows, std::uint32_t row, std::int64_t until, std::uint32_t spikes,
                 const PlasticModelRuntime& runtime) {
  const std::int64_t from = rows.row_time[row];
  rows.row_Kplus[row] = advance_trace(runtime.row_trace, rows.row_Kplus[row], from, until,
                                      *runtime.decay_plus, spikes);
  if (!rows.row_Kplus_triplet.empty()) {
    rows.row_Kplus_triplet[row] = advance_trace(runtime.row_trace, rows.row_Kplus_triplet[row],
                                                from, until, *runtime.decay_triplet, spikes);
  }
  rows.row_time[row] = until;
}

// The synapse after the pending visits, on a copy in the store's precision; `at` begins there.
template <typename T>
void PlasticPartition::read_state(const RowStore& store, const PartitionRows& rows,
                                  const SynapseInRow& synapse,
                                  std::span<const PendingVisit> pending,
                                  const PlasticModelRuntime& runtime, const VisitSetting& setting,
                                  VisitRow& at, Reading& state) const {
  const auto copied = [&](const auto& doubles, const auto& floats) {
    return store.double_weights ? static_cast<T>(doubles[synapse.offset])
                                : static_cast<T>(floats[synapse.offset]);
  };
  T weight = copied(rows.weights_double, rows.weights_float);
  T values[kMostColumns];
  VisitSynapses<T> one;
  one.targets = rows.targets.data() + synapse.offset;
  one.weights = &weight;
  one.n = 1;
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    one.columns[k] = {nullptr, store.columns[k].uniform};
    if (!store.columns[k].stored) continue;
    values[k] = copied(rows.columns_double[k], rows.columns_float[k]);
    one.columns[k].values = &values[k];
  }
  const bool triplets = store.plastic->triplet_trace >= 0;
  at.from = rows.row_time[synapse.row];
  at.Kplus = rows.row_Kplus[synapse.row];
  if (triplets) at.Kplus_triplet = rows.row_Kplus_triplet[synapse.row];
  if (store.irregular) {
    at.from = rows.synapse_time[synapse.offset];
    at.Kplus = rows.synapse_Kplus[synapse.offset];
    if (triplets) at.Kplus_triplet = rows.synapse_Kplus_triplet[synapse.offset];
  }
  VisitTools t = tools(store, runtime, setting.h);
  t.target_ids = setting.target_ids;
  VisitCounts uncounted;
  double sent;
  for (const PendingVisit& visited : pending) {
    VisitRow v = at;
    v.until = visited.until;
    v.spikes = visited.spikes;
    if (!store.irregular) {
      v.from = visited.from;
      v.Kplus = visited.Kplus;
      v.Kplus_triplet = visited.Kplus_triplet;
    }
    visit<T>(*store.plastic, VisitKind::kSpike, one, v, t, &sent, uncounted);
    if (store.irregular) {
      advance_own_traces(*store.plastic, v, one, t, v.spikes, at.Kplus, at.Kplus_triplet);
      at.from = v.until;
    }
  }
  state.weight = static_cast<double>(weight);
  for (std::size_t k = 0; k < store.columns.size(); ++k) state.columns[k] = one.columns[k].at(0);
}

PlasticPartition::Reading PlasticPartition::read(const RowStore& store, const PartitionRows& rows,
                                                 const SynapseInRow& synapse,
                                                 std::span<const PendingVisit> pending,
                                                 std::int64_t until,
                                                 const PlasticModelRuntime& runtime,
                                                 const VisitSetting& setting) const {
  Reading reading{};
  VisitRow v;
  v.until = until;
  v.delay = synapse.delay;
  v.source = synapse.source;
  v.seed = seed_of_run(store, synapse.delay, setting.seed);
  v.in_run = static_cast<std::uint32_t>(synapse.offset - synapse.run_offset);
  // What has not arrived makes no difference yet.
  if (store.pairs_at_arrival()) pending = {};
  if (store.double_weights) {
    read_state<double>(store, rows, synapse, pending, runtime, setting, v, reading);
  } else {
    read_state<float>(store, rows, synapse, pending, runtime, setting, v, reading);
  }
  VisitSynapses<double> s;
  s.targets = rows.targets.data() + synapse.offset;
  s.weights = &reading.weight;
  s.n = 1;
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    s.columns[k].uniform = reading.columns[k];
    s.columns[k].values = store.columns[k].stored ? &reading.columns[k] : nullptr;
  }
  VisitTools t = tools(store, runtime, setting.h);
  t.target_ids = setting.target_ids;
  VisitCounts uncounted;
  if (store.pairs_at_arrival() && !t.reward) {
    // No time has passed for it.
  } else if (store.pairs_at_arrival()) {
    const Arrivals arrivals =
        arrivals_of(rows.trains[synapse.row], rows.synapse_created[synapse.offset], v.from, until);
    v.arrivals = &arrivals;
    visit<double>(*store.plastic, VisitKind::kFlush, s, v, t, nullptr, uncounted);
  } else if (store.plastic->looks_at_posts && until > v.from) {
    visit<double>(*store.plastic, VisitKind::kFlush, s, v, t, nullptr, uncounted);
  }
  bool finite = all_finite(&reading.weight, 1);
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    if (store.columns[k].stored) finite &= all_finite(&reading.columns[k], 1);
  }
  if (!finite) throw not_finite(store, synapse.source, until, setting.h);
  reading.Kplus = v.Kplus;
  reading.Kplus_triplet = v.Kplus_triplet;
  advance_own_traces(*store.plastic, v, s, t, 0, reading.Kplus, reading.Kplus_triplet);
  hold_bounds(*store.plastic, s);
  return reading;
}

// Synapses that keep times and traces of their own.
void PlasticPartition::read_one_by_one(const RowStore& store, const PartitionRows& rows,
                                       const SynapseInRow& first, std::size_t n, std::int64_t until,
                                       const PlasticModelRuntime& runtime,
                                       const VisitSetting& setting, RunReading& reading) const {
  for (std::size_t i = 0; i < n; ++i) {
    const Reading one = read(
        store, rows, {first.source, first.row, first.delay, first.run_offset, first.offset + i}, {},
        until, runtime, setting);
    reading.weights[i] = one.weight;
    reading.Kplus[i] = one.Kplus;
    reading.Kplus_triplet[i] = one.Kplus_triplet;
    for (std::size_t k = 0; k < store.columns.size(); ++k) {
      reading.columns[k][i] = one.columns[k];
    }
  }
}

namespace {

// Weights and columns of a run, copied to be visited.
VisitSynapses<double> copy_run(const RowStore& store, const PartitionRows& rows,
                               std::uint64_t offset, std::size_t n,
                               PlasticPartition::RunReading& reading) {
  const auto copy = [&](const auto& doubles, const auto& floats, AlignedVector<double>& to) {
    const auto from = static_cast<std::ptrdiff_t>(offset);
    if (store.double_weights) {
      std::copy_n(doubles.begin() + from, n, to.begin());
    } else {
      std::copy_n(floats.begin() + from, n, to.begin());
    }
  };
  VisitSynapses<double> s;
  s.targets = rows.targets.data() + offset;
  s.weights = reading.weights.data();
  s.n = n;
  s.next = {s.targets, reinterpret_cast<const char*>(s.weights), nullptr};
  copy(rows.weights_double, rows.weights_float, reading.weights);
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    s.columns[k] = {nullptr, store.columns[k].uniform};
    if (!store.columns[k].stored) {
      std::fill_n(reading.columns[k].begin(), n, store.columns[k].uniform);
      continue;
    }
    s.columns[k].values = reading.columns[k].data();
    copy(rows.columns_double[k], rows.columns_float[k], reading.columns[k]);
  }
  if (const int first_read = store.plastic->first_read; first_read >= 0) {
    s.next.extra = reinterpret_cast<const char*>(s.columns[first_read].values);
  }
  return s;
}

// Traces of the synapses of a run after its visit. τ+ may differ from synapse to synapse.
void read_traces(const RowStore& store, const VisitSynapses<double>& s, const VisitRow& row,
                 const VisitTools& tools, PlasticPartition::RunReading& reading) {
  const bool alike = tools.decay_plus && (store.plastic->triplet_trace < 0 || tools.decay_triplet);
  for (std::size_t i = 0; i < s.n; ++i) {
    if (i > 0 && alike) {
      reading.Kplus[i] = reading.Kplus[0];
      reading.Kplus_triplet[i] = reading.Kplus_triplet[0];
      continue;
    }
    VisitSynapses<double> one = s;
    for (std::size_t k = 0; k < store.columns.size(); ++k) {
      if (one.columns[k].values) one.columns[k].values += i;
    }
    reading.Kplus[i] = row.Kplus;
    reading.Kplus_triplet[i] = row.Kplus_triplet;
    advance_own_traces(*store.plastic, row, one, tools, 0, reading.Kplus[i],
                       reading.Kplus_triplet[i]);
  }
}

}  // namespace

void PlasticPartition::read_run(const RowStore& store, const PartitionRows& rows,
                                const SynapseInRow& first, std::size_t n, std::int64_t until,
                                const PlasticModelRuntime& runtime, const VisitSetting& setting,
                                RunReading& reading) const {
  const std::size_t columns = store.columns.size();
  for (auto* values : {&reading.weights, &reading.Kplus, &reading.Kplus_triplet}) {
    values->resize(n);
  }
  for (std::size_t k = 0; k < columns; ++k) reading.columns[k].resize(n);
  if (store.irregular) {
    read_one_by_one(store, rows, first, n, until, runtime, setting, reading);
    return;
  }
  const VisitSynapses<double> s = copy_run(store, rows, first.offset, n, reading);
  VisitRow v;
  v.from = rows.row_time[first.row];
  v.until = until;
  v.delay = first.delay;
  v.source = first.source;
  v.seed = seed_of_run(store, first.delay, setting.seed);
  v.in_run = static_cast<std::uint32_t>(first.offset - first.run_offset);
  v.Kplus = rows.row_Kplus[first.row];
  if (store.plastic->triplet_trace >= 0) v.Kplus_triplet = rows.row_Kplus_triplet[first.row];
  VisitTools t = tools(store, runtime, setting.h);
  t.scratch = &reading.scratch;
  t.target_ids = setting.target_ids;
  VisitCounts uncounted;
  if (store.plastic->looks_at_posts && until > v.from) {
    visit<double>(*store.plastic, VisitKind::kFlush, s, v, t, nullptr, uncounted);
  }
  bool finite = all_finite(reading.weights.data(), n);
  for (std::size_t k = 0; k < columns; ++k) {
    if (store.columns[k].stored) finite &= all_finite(reading.columns[k].data(), n);
  }
  if (!finite) throw not_finite(store, first.source, until, setting.h);
  read_traces(store, s, v, t, reading);
  hold_bounds(*store.plastic, s);
}

}  // namespace tegmenta
