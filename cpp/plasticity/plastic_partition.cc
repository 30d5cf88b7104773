#include "plasticity/plastic_partition.h"

#include <algorithm>

namespace tegmenta {

template <typename T>
VisitSynapses<T> PlasticPartition::view(const RowStore& store, PartitionRows& rows,
                                        std::uint64_t offset, std::size_t n) const {
  VisitSynapses<T> s{};
  s.targets = rows.targets.data() + offset;
  s.n = n;
  if constexpr (std::is_same_v<T, double>) {
    s.weights = rows.weights_double.data() + offset;
  } else {
    s.weights = rows.weights_float.data() + offset;
  }
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    s.columns[k].uniform = store.columns[k].uniform;
    s.columns[k].values = nullptr;
    if (!store.columns[k].stored) continue;
    if constexpr (std::is_same_v<T, double>) {
      s.columns[k].values = rows.columns_double[k].data() + offset;
    } else {
      s.columns[k].values = rows.columns_float[k].data() + offset;
    }
  }
  const bool has_column = !store.columns.empty() && store.columns[0].stored;
  s.next = {
      rows.targets.data() + next_, reinterpret_cast<const char*>(s.weights + (next_ - offset)),
      has_column ? reinterpret_cast<const char*>(s.columns[0].values + (next_ - offset)) : nullptr};
  return s;
}

VisitTools PlasticPartition::tools(const RowStore& store, const PlasticModelRuntime& runtime,
                                   double h) {
  VisitTools t{};
  t.simd = simd;
  t.scratch = &scratch_;
  t.histories = &histories;
  t.modulator = runtime.modulator >= 0
                    ? modulators[static_cast<std::size_t>(runtime.modulator)].get()
                    : nullptr;
  // Stored time constants are read a synapse; one value for all has a table.
  const bool own_plus = !store.columns.empty() && store.plastic->rule != PlasticRule::kDopamine &&
                        store.columns[0].stored;
  t.decay_plus = own_plus ? nullptr : runtime.decay_plus.get();
  const bool own_triplet = store.plastic->has_Kplus_triplet && store.columns[1].stored;
  t.decay_triplet = own_triplet ? nullptr : runtime.decay_triplet.get();
  t.h = h;
  return t;
}

template <typename T>
void PlasticPartition::visit_rows(VisitKind kind, const RowStore& store, PartitionRows& rows,
                                  const Run& run, VisitRow row, const VisitTools& tools,
                                  const PlasticModelRuntime& runtime) {
  const PlasticRule rule = store.plastic->rule;
  if (!store.irregular) {
    visit<T>(rule, kind, view<T>(store, rows, run.offset, run.length), row, tools, sent_.data(),
             counts);
    return;
  }
  for (std::uint32_t i = 0; i < run.length; ++i) {
    const std::uint64_t at = run.offset + i;
    row.from = rows.synapse_time[at];
    row.Kplus = rows.synapse_Kplus[at];
    if (store.plastic->has_Kplus_triplet) row.Kplus_triplet = rows.synapse_Kplus_triplet[at];
    const VisitSynapses<T> one = view<T>(store, rows, at, 1);
    visit<T>(rule, kind, one, row, tools, sent_.data() + i, counts);
    const std::uint32_t spikes = kind == VisitKind::kSpike ? row.spikes : 0;
    const auto decayed = [&](double K, const ExpTable* table, double tau) {
      if (table) return advance_trace(rule, K, row.from, row.until, *table, spikes);
      return advance_trace(rule, K, row.from, row.until, ExpTable(tau, tools.h, 0), spikes);
    };
    rows.synapse_Kplus[at] = decayed(row.Kplus, tools.decay_plus, one.columns[0].at(0));
    if (store.plastic->has_Kplus_triplet) {
      rows.synapse_Kplus_triplet[at] =
          decayed(row.Kplus_triplet, tools.decay_triplet, one.columns[1].at(0));
    }
    rows.synapse_time[at] = row.until;
  }
  (void)runtime;
}

void PlasticPartition::visit_spike(const RowStore& store, PartitionRows& rows,
                                   const PendingPlasticRun& pending, const PendingPlasticRun* next,
                                   const PlasticModelRuntime& runtime, const Placement& placement,
                                   int partition, double h, std::uint32_t seed) {
  reserve(pending.run.length);
  VisitRow row;
  row.from = pending.from;
  row.until = pending.until;
  row.delay = pending.delay;
  row.Kplus = pending.Kplus;
  row.Kplus_triplet = pending.Kplus_triplet;
  row.spikes = pending.run.multiplicity;
  row.seed = seed;
  row.source = pending.source;
  VisitTools t = tools(store, runtime, h);
  const auto& ids = placement.node_of_slot[static_cast<std::size_t>(partition)];
  t.target_ids = ids.data();
  const Run run{pending.run.offset, pending.run.length, 0};
  next_ = next && next->run.store == pending.run.store ? next->run.offset : pending.run.offset;
  if (store.double_weights) {
    visit_rows<double>(VisitKind::kSpike, store, rows, run, row, t, runtime);
  } else {
    visit_rows<float>(VisitKind::kSpike, store, rows, run, row, t, runtime);
  }
  if (!runtime.records) return;
  std::uint32_t port = 0;
  for (std::uint32_t i = 0; i < run.length; ++i) {
    const std::uint16_t* targets = rows.targets.data() + run.offset;
    port = i > 0 && targets[i] == targets[i - 1] ? port + 1 : 0;
    // Nothing is recorded where nothing is transmitted.
    if (sent_[i] == 0 && store.plastic->rule >= PlasticRule::kBernoulli) continue;
    for (std::uint32_t m = 0; m < row.spikes; ++m) {
      transmitted[parity].push_back({static_cast<std::uint32_t>(store.model), row.until, row.source,
                                     ids[targets[i]], sent_[i] / row.spikes,
                                     pending.run.channel == kChannelIgnored ? 1.0 : 0.0, port});
    }
  }
}

void PlasticPartition::flush_row(const RowStore& store, PartitionRows& rows, std::uint32_t row,
                                 std::int64_t until, const PlasticModelRuntime& runtime, double h) {
  if (!store.plastic->needs_history || rows.row_time[row] >= until) return;
  const VisitTools t = tools(store, runtime, h);
  for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
    next_ = rows.runs[r].offset;
    VisitRow v;
    v.from = rows.row_time[row];
    v.until = until;
    v.delay = rows.runs[r].delay();
    v.Kplus = rows.row_Kplus[row];
    if (!rows.row_Kplus_triplet.empty()) v.Kplus_triplet = rows.row_Kplus_triplet[row];
    reserve(rows.runs[r].length);
    if (store.double_weights) {
      visit_rows<double>(VisitKind::kFlush, store, rows, rows.runs[r], v, t, runtime);
    } else {
      visit_rows<float>(VisitKind::kFlush, store, rows, rows.runs[r], v, t, runtime);
    }
  }
  advance_row(store, rows, row, until, 0, runtime);
}

void advance_row(const RowStore& store, PartitionRows& rows, std::uint32_t row, std::int64_t until,
                 std::uint32_t spikes, const PlasticModelRuntime& runtime) {
  const PlasticRule rule = store.plastic->rule;
  const std::int64_t from = rows.row_time[row];
  rows.row_Kplus[row] =
      advance_trace(rule, rows.row_Kplus[row], from, until, *runtime.decay_plus, spikes);
  if (!rows.row_Kplus_triplet.empty()) {
    rows.row_Kplus_triplet[row] = advance_trace(rule, rows.row_Kplus_triplet[row], from, until,
                                                *runtime.decay_triplet, spikes);
  }
  rows.row_time[row] = until;
}

PlasticPartition::Reading PlasticPartition::read(const RowStore& store, const PartitionRows& rows,
                                                 std::uint32_t row, std::uint32_t delay,
                                                 std::uint64_t offset, std::int64_t until,
                                                 const PlasticModelRuntime& runtime, double h) {
  Reading reading{};
  const bool irregular = store.irregular;
  double weight = store.double_weights ? rows.weights_double[offset]
                                       : static_cast<double>(rows.weights_float[offset]);
  double values[kMostColumns];
  VisitSynapses<double> s{};
  s.targets = rows.targets.data() + offset;
  s.weights = &weight;
  s.n = 1;
  for (std::size_t k = 0; k < store.columns.size(); ++k) {
    values[k] = !store.columns[k].stored ? store.columns[k].uniform
                : store.double_weights   ? rows.columns_double[k][offset]
                                         : static_cast<double>(rows.columns_float[k][offset]);
    s.columns[k].uniform = values[k];
    s.columns[k].values = store.columns[k].stored ? &values[k] : nullptr;
  }
  VisitRow v;
  v.from = irregular ? rows.synapse_time[offset] : rows.row_time[row];
  v.until = until;
  v.delay = delay;
  v.Kplus = irregular ? rows.synapse_Kplus[offset] : rows.row_Kplus[row];
  if (store.plastic->has_Kplus_triplet) {
    v.Kplus_triplet = irregular ? rows.synapse_Kplus_triplet[offset] : rows.row_Kplus_triplet[row];
  }
  const VisitTools t = tools(store, runtime, h);
  VisitCounts uncounted;
  if (store.plastic->needs_history && until > v.from) {
    visit<double>(store.plastic->rule, VisitKind::kFlush, s, v, t, nullptr, uncounted);
  }
  const auto trace = [&](double K, const ExpTable* table, std::size_t column) {
    if (table) return advance_trace(store.plastic->rule, K, v.from, until, *table, 0);
    return advance_trace(store.plastic->rule, K, v.from, until, ExpTable(values[column], h, 0), 0);
  };
  reading.Kplus = trace(v.Kplus, t.decay_plus, 0);
  if (store.plastic->has_Kplus_triplet)
    reading.Kplus_triplet = trace(v.Kplus_triplet, t.decay_triplet, 1);
  if (store.plastic->rule == PlasticRule::kDopamine) {
    // The stored weight may lie outside the bounds until the next event; what is read does not.
    weight = std::clamp(weight, store.columns[7].uniform, store.columns[8].uniform);
  }
  reading.weight = weight;
  std::copy(values, values + store.columns.size(), reading.columns);
  return reading;
}

std::int64_t PlasticPartition::bytes() const {
  std::int64_t sum = histories.bytes() +
                     static_cast<std::int64_t>(sent_.capacity() * 8 + scratch_.left.capacity() * 4 +
                                               scratch_.gains.capacity() * 8);
  for (const auto& m : modulators) sum += m->bytes();
  return sum;
}

}  // namespace tegmenta
