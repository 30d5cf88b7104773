#include "network/row_store.h"

#include <algorithm>
#include <limits>

#include "base/errors.h"
#include "network/generate.h"

namespace tegmenta {

namespace {

std::int64_t plastic_bytes(const PartitionRows& rows) {
  std::size_t sum = 8 * (rows.row_time.capacity() + rows.row_Kplus.capacity() +
                         rows.row_Kplus_triplet.capacity() + rows.synapse_time.capacity() +
                         rows.synapse_Kplus.capacity() + rows.synapse_Kplus_triplet.capacity());
  for (const auto& column : rows.columns_double) sum += 8 * column.capacity();
  for (const auto& column : rows.columns_float) sum += 4 * column.capacity();
  return static_cast<std::int64_t>(sum);
}

}  // namespace

std::int64_t PartitionRows::bytes() const {
  return static_cast<std::int64_t>(
             row_begin.capacity() * sizeof(std::uint32_t) + runs.capacity() * sizeof(Run) +
             targets.capacity() * sizeof(std::uint16_t) + weights_float.capacity() * sizeof(float) +
             weights_double.capacity() * sizeof(double)) +
         plastic_bytes(*this) + masks.bytes();
}

std::int64_t PartitionRows::bytes_read() const {
  std::size_t sum = masks ? masks.bytes_read() : targets.size() * sizeof(std::uint16_t);
  sum += weights_float.size() * sizeof(float) + weights_double.size() * sizeof(double);
  for (const auto& column : columns_double) sum += column.size() * sizeof(double);
  for (const auto& column : columns_float) sum += column.size() * sizeof(float);
  return static_cast<std::int64_t>(sum);
}

std::uint64_t RowStore::synapses() const {
  std::uint64_t sum = 0;
  for (const PartitionRows& rows : partitions) sum += rows.targets.size();
  return sum;
}

namespace {

// Calls f(source, target ID, delay_channel without parrots' mapping, weight, origin) for the old
// synapses whose target is in this partition, source by source, in the order of their rows.
template <typename F>
void for_old_synapses(const OldRows& old, int partition, const Placement& placement,
                      const Placement& old_placement, F&& f) {
  const NodeId first = placement.first_of(partition);
  const NodeId last = placement.last_of(partition);
  const RowStore& store = *old.store;
  for (std::uint32_t p = 0; p < store.partitions.size(); ++p) {
    const PartitionRows& rows = store.partitions[p];
    if (rows.targets.empty()) continue;
    if (old_placement.first_of(static_cast<int>(p)) >= last ||
        old_placement.last_of(static_cast<int>(p)) <= first) {
      continue;
    }
    const auto& nodes = old_placement.node_of_slot[p];
    for (std::uint32_t s = 0; s < store.source_count; ++s) {
      for (std::uint32_t r = rows.row_begin[s]; r < rows.row_begin[s + 1]; ++r) {
        const Run& run = rows.runs[r];
        for (std::uint32_t i = 0; i < run.length; ++i) {
          const std::uint64_t offset = run.offset + i;
          const NodeId target = nodes[rows.targets[offset]];
          if (target < first || target >= last) continue;
          std::uint32_t delay_channel = run.delay_channel;
          if (!old.delays.empty() && old.delays[p][offset] != 0) {
            delay_channel = old.delays[p][offset] << 8 | (delay_channel & 0xff);
          }
          f(store.source_low + s, target, delay_channel, p, offset);
        }
      }
    }
  }
}

// Rows being filled: one entry a synapse, grouped by source, not yet sorted within a row.
struct Draft {
  std::vector<std::uint64_t> begin;    // by source
  std::vector<std::uint32_t> keys;     // delay_channel; empty when the same for all
  std::vector<std::uint64_t> origins;  // old position + 1, 0 for new ones; empty when not asked for
  std::uint32_t uniform_key = 0;
};

std::uint8_t channel_of(const Projection& p, bool counting) {
  if (!counting) return p.channel;
  return p.channel == 0 ? kChannelCount : kChannelIgnored;
}

// Sorts the synapses [begin, end) of one row by (delay, channel, target), keeping the order of
// creation among equals.
void sort_row(PartitionRows& rows, Draft& draft, std::uint64_t begin, std::uint64_t end,
              std::vector<std::pair<std::uint64_t, std::uint32_t>>& order) {
  const std::uint64_t n = end - begin;
  const auto key = [&](std::uint64_t i) {
    const std::uint64_t k = draft.keys.empty() ? draft.uniform_key : draft.keys[begin + i];
    return k << 16 | rows.targets[begin + i];
  };
  bool sorted = true;
  for (std::uint64_t i = 1; i < n && sorted; ++i) sorted = key(i - 1) <= key(i);
  if (sorted) return;
  order.clear();
  for (std::uint64_t i = 0; i < n; ++i) order.emplace_back(key(i), static_cast<std::uint32_t>(i));
  std::sort(order.begin(), order.end());
  const auto permute = [&](auto& column) {
    if (column.empty()) return;
    using T = typename std::decay_t<decltype(column)>::value_type;
    std::vector<T> copy(column.begin() + static_cast<std::ptrdiff_t>(begin),
                        column.begin() + static_cast<std::ptrdiff_t>(end));
    for (std::uint64_t i = 0; i < n; ++i) column[begin + i] = copy[order[i].second];
  };
  permute(rows.targets);
  permute(rows.weights_float);
  permute(rows.weights_double);
  for (auto& column : rows.columns_double) permute(column);
  for (auto& column : rows.columns_float) permute(column);
  permute(rows.synapse_time);
  permute(rows.synapse_Kplus);
  permute(rows.synapse_Kplus_triplet);
  permute(draft.keys);
  permute(draft.origins);
}

void make_runs(PartitionRows& rows, const Draft& draft, std::uint32_t sources) {
  const auto key = [&](std::uint64_t i) {
    return draft.keys.empty() ? draft.uniform_key : draft.keys[i];
  };
  std::size_t count = 0;
  for (std::uint32_t s = 0; s < sources; ++s) {
    for (std::uint64_t i = draft.begin[s]; i < draft.begin[s + 1]; ++i) {
      if (i == draft.begin[s] || key(i) != key(i - 1)) ++count;
    }
  }
  rows.runs.reserve(count);
  rows.row_begin.assign(sources + 1, 0);
  for (std::uint32_t s = 0; s < sources; ++s) {
    std::uint32_t repeat = 0;
    for (std::uint64_t i = draft.begin[s]; i < draft.begin[s + 1]; ++i) {
      const bool starts = i == draft.begin[s] || key(i) != key(i - 1);
      repeat = starts || rows.targets[i] != rows.targets[i - 1] ? 1 : repeat + 1;
      rows.max_repeat = std::max(rows.max_repeat, repeat);
      if (starts) {
        rows.runs.push_back({static_cast<std::uint32_t>(i), 1, key(i)});
      } else {
        ++rows.runs.back().length;
      }
    }
    rows.row_begin[s + 1] = static_cast<std::uint32_t>(rows.runs.size());
  }
}

}  // namespace

PartitionRows lay_out_rows(const RowStore& store, int partition, const Placement& placement,
                           const Placement& old_placement, const std::vector<OldRows>& old,
                           PositionMap* map, std::int64_t now, double first_trace) {
  PartitionRows rows;
  Draft draft;
  const NodeId first = placement.first_of(partition);
  const NodeId last = placement.last_of(partition);
  const auto& counting = placement.counting[static_cast<std::size_t>(partition)];
  const auto slot_of = [&](NodeId id) {
    return static_cast<std::uint16_t>(placement.place[id] & 0xffffu);
  };

  // First pass: lengths of the rows, and whether all synapses have one delay and channel.
  std::vector<std::uint64_t> cursor(store.source_count + 1, 0);
  std::uint64_t any_key = 0;
  bool same_key = true;
  const auto see_key = [&](std::uint32_t key) {
    if (any_key == 0) any_key = std::uint64_t{key} + 1;
    same_key &= any_key == std::uint64_t{key} + 1;
  };
  for (const OldRows& o : old) {
    for_old_synapses(o, partition, placement, old_placement,
                     [&](NodeId source, NodeId, std::uint32_t key, std::uint32_t, std::uint64_t) {
                       ++cursor[source - store.source_low + 1];
                       see_key(key);
                     });
  }
  bool parrots = false;
  for (std::uint8_t c : counting) parrots |= c != 0;
  for (const Projection& p : store.staged) {
    const bool one_key = p.delay.is_scalar() && !parrots;
    if (one_key) see_key(p.delay_steps << 8 | p.channel);
    same_key &= one_key;
    generate(p.pattern, first, last,
             [&](const GeneratedSynapse& s) { ++cursor[s.source - store.source_low + 1]; });
  }
  for (std::uint32_t s = 0; s < store.source_count; ++s) cursor[s + 1] += cursor[s];
  const std::uint64_t total = cursor[store.source_count];
  if (total >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::kNotImplemented,
                "A partition holds at most 2^32 − 1 synapses of one model; use more threads.");
  }

  // Second pass: fill.
  draft.begin = cursor;
  rows.targets.resize(total);
  if (!store.homogeneous) {
    if (store.double_weights) {
      rows.weights_double.resize(total);
    } else {
      rows.weights_float.resize(total);
    }
  }
  if (same_key) {
    draft.uniform_key = static_cast<std::uint32_t>(any_key ? any_key - 1 : 1 << 8);
  } else {
    draft.keys.resize(total);
  }
  if (map && !old.empty()) draft.origins.assign(total, 0);
  const std::size_t columns = store.plastic ? store.columns.size() : 0;
  rows.columns_double.resize(columns);
  rows.columns_float.resize(columns);
  for (std::size_t k = 0; k < columns; ++k) {
    if (!store.columns[k].stored) continue;
    if (store.double_weights) {
      rows.columns_double[k].resize(total);
    } else {
      rows.columns_float[k].resize(total);
    }
  }
  const auto put_column = [&](std::size_t k, std::uint64_t at, double x) {
    if (store.double_weights) {
      rows.columns_double[k][at] = x;
    } else {
      rows.columns_float[k][at] = static_cast<float>(x);
    }
  };
  if (store.plastic) {
    rows.row_time.assign(store.source_count, now);
    rows.row_Kplus.assign(store.source_count, first_trace);
    if (store.plastic->has_Kplus_triplet) rows.row_Kplus_triplet.assign(store.source_count, 0.0);
    if (store.irregular) {
      rows.synapse_time.resize(total);
      rows.synapse_Kplus.resize(total);
      if (store.plastic->has_Kplus_triplet) rows.synapse_Kplus_triplet.resize(total);
    }
  }
  // Old rows bring the state of their source along.
  const auto put_plastic_state = [&](const RowStore& from, NodeId source, std::uint32_t p,
                                     std::uint64_t offset, std::uint64_t at) {
    const std::uint32_t row = source - store.source_low;
    const PartitionRows& was = from.partitions[p];
    const std::uint32_t old_row = source - from.source_low;
    const bool triplets = store.plastic->has_Kplus_triplet;
    rows.row_time[row] = was.row_time[old_row];
    rows.row_Kplus[row] = was.row_Kplus[old_row];
    if (triplets) rows.row_Kplus_triplet[row] = was.row_Kplus_triplet[old_row];
    for (std::size_t k = 0; k < columns; ++k) {
      if (store.columns[k].stored) put_column(k, at, from.column_at(k, p, offset));
    }
    if (!store.irregular) return;
    const bool own = from.irregular;
    rows.synapse_time[at] = own ? was.synapse_time[offset] : was.row_time[old_row];
    rows.synapse_Kplus[at] = own ? was.synapse_Kplus[offset] : was.row_Kplus[old_row];
    if (triplets) {
      rows.synapse_Kplus_triplet[at] =
          own ? was.synapse_Kplus_triplet[offset] : was.row_Kplus_triplet[old_row];
    }
  };
  const auto put_weight = [&](std::uint64_t at, double w) {
    if (store.double_weights) {
      rows.weights_double[at] = w;
    } else {
      rows.weights_float[at] = static_cast<float>(w);
    }
  };
  for (std::size_t o = 0; o < old.size(); ++o) {
    const RowStore& from = *old[o].store;
    for_old_synapses(old[o], partition, placement, old_placement,
                     [&](NodeId source, NodeId target, std::uint32_t key, std::uint32_t p,
                         std::uint64_t offset) {
                       const std::uint64_t at = cursor[source - store.source_low]++;
                       rows.targets[at] = slot_of(target);
                       if (!store.homogeneous) put_weight(at, from.weight_at(p, offset));
                       if (!same_key) draft.keys[at] = key;
                       if (store.plastic) put_plastic_state(from, source, p, offset, at);
                       if (!draft.origins.empty()) {
                         draft.origins[at] =
                             SynapsePosition{static_cast<std::uint32_t>(o), p, offset}.packed() + 1;
                       }
                     });
  }
  for (const Projection& p : store.staged) {
    const bool scalar_weight = p.weight.is_scalar();
    const bool scalar_delay = p.delay.is_scalar();
    generate(p.pattern, first, last, [&](const GeneratedSynapse& s) {
      const std::uint64_t at = cursor[s.source - store.source_low]++;
      const std::uint16_t slot = slot_of(s.target);
      rows.targets[at] = slot;
      if (!store.homogeneous) {
        put_weight(at, scalar_weight ? p.weight.scalar : p.value(p.weight, s));
      }
      for (std::size_t k = 0; k < columns; ++k) {
        if (store.columns[k].stored) put_column(k, at, p.value(p.columns[k], s));
      }
      if (store.irregular) {
        rows.synapse_time[at] = now;
        rows.synapse_Kplus[at] = p.Kplus_given ? p.value(p.Kplus, s) : first_trace;
        if (!rows.synapse_Kplus_triplet.empty()) {
          rows.synapse_Kplus_triplet[at] = p.value(p.Kplus_triplet, s);
        }
      }
      if (!same_key) {
        const std::uint32_t delay =
            scalar_delay ? p.delay_steps : p.delay_to_steps(p.value(p.delay, s));
        draft.keys[at] = delay << 8 | channel_of(p, counting[slot] != 0);
      }
    });
  }

  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::uint32_t s = 0; s < store.source_count; ++s) {
    sort_row(rows, draft, draft.begin[s], draft.begin[s + 1], order);
  }
  make_runs(rows, draft, store.source_count);
  const std::size_t slots = placement.node_of_slot[static_cast<std::size_t>(partition)].size();
  if (store.homogeneous &&
      RowMasks::pay(rows.runs.size(), rows.targets.size(), slots, rows.max_repeat)) {
    rows.masks = RowMasks(rows.runs, rows.targets, slots);
  }

  for (std::uint64_t at = 0; at < draft.origins.size(); ++at) {
    if (draft.origins[at] == 0) continue;
    const SynapsePosition from = SynapsePosition::unpack(draft.origins[at] - 1);
    (*map)[from.store][from.partition][from.offset] =
        SynapsePosition{0, static_cast<std::uint32_t>(partition), at}.packed();
  }
  return rows;
}

}  // namespace tegmenta
