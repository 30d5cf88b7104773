// GetConnections, and get and set of synapses. The order of synapses is (model, source, delay,
// target, order of creation), the same for any partitioning.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "base/errors.h"
#include "network/device_position.h"
#include "network/network.h"
#include "network/numbers.h"

namespace tegmenta {

namespace {

// `first`, `first` + 1, … behind what is there.
void append_successive(std::vector<std::uint64_t>& positions, std::uint64_t first,
                       std::size_t count) {
  const std::size_t before = positions.size();
  positions.resize(before + count);
  std::iota(positions.begin() + static_cast<std::ptrdiff_t>(before), positions.end(), first);
}

std::vector<std::uint8_t> membership(const std::vector<NodeId>& ids, std::size_t nodes) {
  std::vector<std::uint8_t> member(nodes, 0);
  for (NodeId id : ids) member[id] = 1;
  return member;
}

}  // namespace

void Network::check_filter(const ConnectionFilter& filter) const {
  for (const auto& ids : {filter.source, filter.target}) {
    if (!ids) continue;
    for (NodeId id : *ids) require_node(id);
  }
  if (filter.synapse_model) find_synapse_model(*filter.synapse_model);
}

SynapseList Network::get_connections(const ConnectionFilter& filter, Watch& watch) {
  check_filter(filter);
  const int only_model = filter.synapse_model ? find_synapse_model(*filter.synapse_model) : -1;
  lay_out(watch);
  const auto from =
      filter.source ? membership(*filter.source, nodes_.size()) : std::vector<std::uint8_t>{};
  const auto to =
      filter.target ? membership(*filter.target, nodes_.size()) : std::vector<std::uint8_t>{};
  const auto wanted = [&](const auto& list) {
    return !filter.synapse_label || list.label == *filter.synapse_label;
  };

  SynapseList list;
  list.generation = generation_;
  struct Piece {
    std::uint32_t delay_channel;
    std::uint32_t store;
    std::uint32_t partition;
    const Run* run;
  };
  std::vector<Piece> pieces;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> merged;  // (target, position)
  for (int model = 0; model < static_cast<int>(synapse_models_.size()); ++model) {
    if (only_model >= 0 && model != only_model) continue;
    std::vector<std::uint32_t> stores;
    NodeId low = static_cast<NodeId>(nodes_.size()), high = 0;
    for (std::uint32_t s = 0; s < stores_.size(); ++s) {
      const RowStore& store = *stores_[s];
      if (store.model != model || store.source_count == 0 || !wanted(store)) continue;
      stores.push_back(s);
      low = std::min(low, store.source_low);
      high = std::max(high, store.source_low + store.source_count);
    }
    if (!filter.source && !filter.target && !stores.empty()) {
      std::uint64_t count = list.positions.size();
      for (std::uint32_t s : stores) count += stores_[s]->synapses();
      reserve_filled(list.positions, count);
    }
    for (NodeId source = low; source < high; ++source) {
      if (!from.empty() && !from[source]) continue;
      watch.check();
      pieces.clear();
      for (std::uint32_t s : stores) {
        const RowStore& store = *stores_[s];
        const NodeId row = source - store.source_low;
        if (source < store.source_low || row >= store.source_count) continue;
        for (std::uint32_t p = 0; p < store.partitions.size(); ++p) {
          const PartitionRows& rows = store.partitions[p];
          if (rows.row_begin.empty()) continue;
          for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
            pieces.push_back({rows.runs[r].delay_channel, s, p, &rows.runs[r]});
          }
        }
      }
      std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
        return a.delay_channel >> 8 < b.delay_channel >> 8;
      });
      for (std::size_t i = 0; i < pieces.size();) {
        std::size_t j = i;
        bool several = false;  // stores or channels, whose targets interleave
        while (j < pieces.size() && pieces[j].delay_channel >> 8 == pieces[i].delay_channel >> 8) {
          several |= pieces[j].store != pieces[i].store ||
                     pieces[j].delay_channel != pieces[i].delay_channel;
          ++j;
        }
        merged.clear();
        for (std::size_t k = i; k < j; ++k) {
          const Piece& piece = pieces[k];
          const PartitionRows& rows = stores_[piece.store]->partitions[piece.partition];
          const auto& nodes = placement_.node_of_slot[piece.partition];
          const std::uint64_t base =
              SynapsePosition{piece.store, piece.partition, piece.run->offset}.packed();
          if (!several && to.empty()) {
            append_successive(list.positions, base, piece.run->length);
            continue;
          }
          for (std::uint32_t n = 0; n < piece.run->length; ++n) {
            const NodeId target = nodes[rows.targets[piece.run->offset + n]];
            if (!to.empty() && !to[target]) continue;
            if (several) {
              merged.emplace_back(target, base + n);
            } else {
              list.positions.push_back(base + n);
            }
          }
        }
        if (several) {
          std::stable_sort(merged.begin(), merged.end(),
                           [](const auto& a, const auto& b) { return a.first < b.first; });
          for (const auto& [target, position] : merged) list.positions.push_back(position);
        }
        i = j;
      }
    }
    // Connections from generators, then those of recorders, as they were made.
    for (std::size_t d = 0; d < device_projections_.size(); ++d) {
      const DeviceProjection& made = device_projections_[d];
      if (made.model != model || !wanted(made)) continue;
      if (!from.empty() && !from[devices_[made.device]->id]) continue;
      for (std::size_t i = 0; i < made.targets.size(); ++i) {
        if (!to.empty() && !to[made.targets[i]]) continue;
        list.positions.push_back(device_position(kGeneratorStore, d, i).packed());
      }
    }
    for (std::size_t d = 0; d < recording_projections_.size(); ++d) {
      const RecordingProjection& made = recording_projections_[d];
      if (made.model != model || !wanted(made)) continue;
      const NodeId recorder = devices_[made.device]->id;
      const bool outgoing = made.recorder_asks;
      for (std::size_t i = 0; i < made.nodes.size(); ++i) {
        const NodeId source = outgoing ? recorder : made.nodes[i];
        const NodeId target = outgoing ? made.nodes[i] : recorder;
        if (!from.empty() && !from[source]) continue;
        if (!to.empty() && !to[target]) continue;
        list.positions.push_back(device_position(kRecorderStore, d, i).packed());
      }
    }
  }
  return list;
}

const SynapseModel* Network::plastic_model(std::uint64_t position) const {
  const std::uint32_t store = SynapsePosition::unpack(position).store;
  return store < stores_.size() ? stores_[store]->plastic : nullptr;
}

const SynapseModel* Network::common_model(const SynapseList& list) const {
  if (list.positions.empty()) return nullptr;
  const SynapseModel* model = plastic_model(list.positions.front());
  if (!model) return nullptr;
  const bool all = std::all_of(list.positions.begin(), list.positions.end(),
                               [&](std::uint64_t word) { return plastic_model(word) == model; });
  return all ? model : nullptr;
}

std::vector<std::string> Network::synapse_keys(const SynapseList& list) const {
  std::vector<std::string> keys = {"source", "target", "synapse_model", "synapse_label",
                                   "weight", "delay",  "receptor",      "synapse_id"};
  // What a plastic model adds, if all synapses are of that model.
  const SynapseModel* plastic = common_model(list);
  if (!plastic) return keys;
  for (std::size_t k = kLabelParameter + 1; k < plastic->parameters.size(); ++k) {
    const ParameterDeclaration& d = plastic->parameters[k];
    if (d.type != ParameterType::kNodes) keys.push_back(d.name);
  }
  return keys;
}

namespace {

void require_fresh(const SynapseList& list, std::uint64_t generation) {
  if (list.generation == generation) return;
  throw Error(ErrorKind::kStaleSynapseCollection,
              "The network has changed since this collection of synapses was made; call "
              "GetConnections again.");
}

}  // namespace

void Network::check_synapses(const SynapseList& list) const { require_fresh(list, generation_); }

Network::SynapseRow Network::row_of(const SynapsePosition& at) const {
  const PartitionRows& rows = stores_[at.store]->partitions[at.partition];
  const auto run = std::upper_bound(rows.runs.begin(), rows.runs.end(), at.offset,
                                    [](std::uint64_t o, const Run& r) { return o < r.offset; }) -
                   rows.runs.begin() - 1;
  const auto row = std::upper_bound(rows.row_begin.begin(), rows.row_begin.end(),
                                    static_cast<std::uint32_t>(run)) -
                   rows.row_begin.begin() - 1;
  return {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(run)};
}

ChosenSynapses Network::chosen_synapses(const SynapseList& list) const {
  require_fresh(list, generation_);
  ChosenSynapses chosen;
  chosen.positions = list.positions;
  chosen.sources.reserve(list.positions.size());
  chosen.targets.reserve(list.positions.size());
  const auto add = [&](NodeId source, NodeId target, int model) {
    const SynapseModel* rule = synapse_models_[static_cast<std::size_t>(model)].model;
    chosen.sources.push_back(source);
    chosen.targets.push_back(target);
    if (std::find(chosen.models.begin(), chosen.models.end(), rule) == chosen.models.end()) {
      chosen.models.push_back(rule);
    }
  };
  for (std::uint64_t word : list.positions) {
    const SynapsePosition at = SynapsePosition::unpack(word);
    if (at.store == kGeneratorStore) {
      const DeviceProjection& d = device_projections_[list_of(at)];
      add(devices_[d.device]->id, d.targets[element_of(at)], d.model);
    } else if (at.store == kRecorderStore) {
      const RecordingProjection& r = recording_projections_[list_of(at)];
      const NodeId device = devices_[r.device]->id, node = r.nodes[element_of(at)];
      const bool outgoing = r.recorder_asks;
      add(outgoing ? device : node, outgoing ? node : device, r.model);
    } else {
      const RowStore& store = *stores_[at.store];
      const std::uint16_t slot = store.partitions[at.partition].targets[at.offset];
      add(store.source_low + row_of(at).row, placement_.node_of_slot[at.partition][slot],
          store.model);
    }
  }
  return chosen;
}

double Network::constant_weight(const SynapsePosition& at) const {
  if (at.store == kGeneratorStore) {
    return device_projections_[list_of(at)].weight(element_of(at));
  }
  if (at.store == kRecorderStore) return recording_projections_[list_of(at)].weight;
  return stores_[at.store]->weight_at(at.partition, at.offset);
}

Result Network::get_synapses(const SynapseList& list, const std::string& key) {
  require_fresh(list, generation_);
  if (!list.positions.empty()) {
    const SynapseModel* model = plastic_model(list.positions.front());
    if (model && model->canonical(key) != key && common_model(list) == model) {
      return get_synapses(list, model->canonical(key));
    }
  }
  const bool plastic = has_plastic_rows();
  if (plastic) {
    // Tables and modulators exist from the first Prepare on; reading may come before it.
    prepare_plasticity();
    settle_plasticity();
  }
  const std::size_t n = list.positions.size();

  // Rows of many synapses follow each other: remember the row found last.
  struct RowCursor {
    std::uint64_t store_partition = ~std::uint64_t{0};
    std::uint64_t begin = 1, end = 0;  // offsets of the run
    NodeId source = 0;
    std::uint32_t delay_channel = 0;
  } cursor;
  const auto locate = [&](const SynapsePosition& at) -> const RowCursor& {
    const std::uint64_t where = std::uint64_t{at.store} << 32 | at.partition;
    if (cursor.store_partition == where && at.offset >= cursor.begin && at.offset < cursor.end) {
      return cursor;
    }
    const SynapseRow found = row_of(at);
    const Run& r = stores_[at.store]->partitions[at.partition].runs[found.run];
    cursor = {where, r.offset, std::uint64_t{r.offset} + r.length,
              stores_[at.store]->source_low + found.row, r.delay_channel};
    return cursor;
  };
  // rows(i, count, at): elements i … i + count − 1 of the list follow each other in memory from
  // `at`.
  const auto each_stretch = [&](auto&& rows, auto&& generator, auto&& recorder) {
    for (std::size_t i = 0; i < n;) {
      const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
      std::size_t count = 1;
      if (at.store == kGeneratorStore) {
        generator(i, device_projections_[list_of(at)], element_of(at));
      } else if (at.store == kRecorderStore) {
        recorder(i, recording_projections_[list_of(at)], element_of(at));
      } else {
        while (i + count < n && list.positions[i + count] == list.positions[i] + count) {
          ++count;
        }
        rows(i, count, at);
      }
      i += count;
    }
  };
  const auto each = [&](auto& column, auto&& rows, auto&& generator, auto&& recorder) {
    resize_for_filling(column, n);
    each_stretch(rows, generator, recorder);
  };
  // The same for what is equal within a run.
  const auto by_run = [&](auto& column, auto&& value) {
    return [&](std::size_t i, std::size_t count, SynapsePosition at) {
      while (count > 0) {
        const RowCursor& run = locate(at);
        const std::size_t length = std::min<std::size_t>(count, run.end - at.offset);
        std::fill_n(column.begin() + static_cast<std::ptrdiff_t>(i), length, value(run));
        i += length;
        at.offset += length;
        count -= length;
      }
    };
  };
  const auto by_store = [&](auto& column, auto&& value) {
    return [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
      std::fill_n(column.begin() + static_cast<std::ptrdiff_t>(i), count,
                  value(*stores_[at.store]));
    };
  };

  if (key == "source" || key == "target") {
    const bool source = key == "source";
    Column<std::uint32_t> ids;
    const auto generator = [&](std::size_t i, const DeviceProjection& d, std::size_t e) {
      ids[i] = source ? devices_[d.device]->id : d.targets[e];
    };
    const auto recorder = [&](std::size_t i, const RecordingProjection& r, std::size_t e) {
      ids[i] = source == r.recorder_asks ? devices_[r.device]->id : r.nodes[e];
    };
    if (source) {
      each(ids, by_run(ids, [](const RowCursor& run) { return run.source; }), generator, recorder);
    } else {
      each(
          ids,
          [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
            const auto& nodes = placement_.node_of_slot[at.partition];
            const auto* slots =
                stores_[at.store]->partitions[at.partition].targets.data() + at.offset;
            for (std::size_t k = 0; k < count; ++k) ids[i + k] = nodes[slots[k]];
          },
          generator, recorder);
    }
    return {std::move(ids)};
  }
  if (key == "synapse_model") {
    NameColumn names;
    const auto add = [&](int model, std::size_t count) {
      names.append(synapse_models_[static_cast<std::size_t>(model)].name, count);
    };
    each_stretch([&](std::size_t, std::size_t count,
                     const SynapsePosition& at) { add(stores_[at.store]->model, count); },
                 [&](std::size_t, const DeviceProjection& d, std::size_t) { add(d.model, 1); },
                 [&](std::size_t, const RecordingProjection& r, std::size_t) { add(r.model, 1); });
    return {std::move(names)};
  }
  Column<double> values;
  PlasticPartition::RunReading reading;
  // pick(reading): one of its arrays.
  const auto read = [&](std::size_t i, std::size_t count, SynapsePosition at, auto&& pick) {
    while (count > 0) {
      const RowCursor& run = locate(at);
      const std::size_t length = std::min<std::size_t>(count, run.end - at.offset);
      read_plastic(at, length, run.source - stores_[at.store]->source_low, run.delay_channel >> 8,
                   reading);
      std::copy_n(pick(reading).begin(), length, values.begin() + static_cast<std::ptrdiff_t>(i));
      i += length;
      at.offset += length;
      count -= length;
    }
  };
  if (key == "weight") {
    each(
        values,
        [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
          const RowStore& store = *stores_[at.store];
          if (!store.plastic) {
            store.copy_weights(at.partition, at.offset, count, values.data() + i);
            return;
          }
          read(i, count, at, [](const auto& r) -> const auto& { return r.weights; });
        },
        [&](std::size_t i, const DeviceProjection& d, std::size_t e) { values[i] = d.weight(e); },
        [&](std::size_t i, const RecordingProjection& r, std::size_t) { values[i] = r.weight; });
  } else if (key == "delay") {
    const auto ms = [&](std::uint32_t steps) { return grid_.nearest_ms_from_steps(steps); };
    each(
        values, by_run(values, [&](const RowCursor& run) { return ms(run.delay_channel >> 8); }),
        [&](std::size_t i, const DeviceProjection& d, std::size_t e) {
          values[i] = ms(d.delay(e));
        },
        [&](std::size_t i, const RecordingProjection& r, std::size_t) { values[i] = ms(r.delay); });
  } else if (key == "receptor") {
    each(
        values,
        by_run(values,
               [](const RowCursor& run) {
                 return (run.delay_channel & 0xff) == kChannelIgnored ? 1.0 : 0.0;
               }),
        [&](std::size_t i, const DeviceProjection& d, std::size_t) { values[i] = d.receptor; },
        [&](std::size_t i, const RecordingProjection&, std::size_t) { values[i] = 0; });
  } else if (key == "synapse_label") {
    const auto label = [](const auto& x) { return static_cast<double>(x.label); };
    each(
        values, by_store(values, label),
        [&](std::size_t i, const DeviceProjection& d, std::size_t) { values[i] = label(d); },
        [&](std::size_t i, const RecordingProjection& r, std::size_t) { values[i] = label(r); });
  } else if (key == "synapse_id") {
    const auto id = [](const auto& x) { return static_cast<double>(x.model); };
    each(
        values, by_store(values, id),
        [&](std::size_t i, const DeviceProjection& d, std::size_t) { values[i] = id(d); },
        [&](std::size_t i, const RecordingProjection& r, std::size_t) { values[i] = id(r); });
  } else {
    const auto unknown = [&] {
      return unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                          "Synapses have no parameter", key, synapse_keys(list));
    };
    each(
        values,
        [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
          const RowStore& store = *stores_[at.store];
          const int k = store.plastic ? store.plastic->find(key) : -1;
          if (k < 0 || store.plastic->parameters[static_cast<std::size_t>(k)].type ==
                           ParameterType::kNodes) {
            throw unknown();
          }
          const auto& columns = store.plastic->columns;
          const auto column = static_cast<std::size_t>(
              std::find(columns.begin(), columns.end(), k) - columns.begin());
          if (key == "n" && store.plastic->needs_transmitter) {
            std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(i), count,
                        dopamine(store.model));
          } else if (column < columns.size()) {
            read(i, count, at, [&](const auto& r) -> const auto& { return r.columns[column]; });
          } else if (key == "Kplus_triplet") {
            read(i, count, at, [](const auto& r) -> const auto& { return r.Kplus_triplet; });
          } else {
            read(i, count, at, [](const auto& r) -> const auto& { return r.Kplus; });
          }
        },
        [&](std::size_t, const DeviceProjection&, std::size_t) { throw unknown(); },
        [&](std::size_t, const RecordingProjection&, std::size_t) { throw unknown(); });
  }
  return {std::move(values)};
}

// A homogeneous store gives up its count row: its synapses go to the model's column of weights.
void Network::convert_to_columns(std::uint32_t s, SynapseList& follow) {
  const RowStore& old = *stores_[s];
  const std::size_t stores_before = stores_.size();
  try {
    const std::uint32_t column =
        store_for(old.model, old.label, false, 0, status_.single_precision);
    Rebuild plan{column, {}};
    if (stores_[column]->synapses() > 0) plan.old.push_back({stores_[column].get(), column, {}});
    plan.old.push_back({stores_[s].get(), s, {}});
    Watch nobody;
    rebuild({std::move(plan)}, placement_, nobody, &follow);
  } catch (...) {
    stores_.resize(stores_before);
    throw;
  }
}

std::vector<Network::ChangedList> Network::changed_lists(const SynapseList& list,
                                                         const std::vector<double>& weights,
                                                         const std::vector<std::uint32_t>& delays) {
  std::vector<ChangedList> changed;
  std::map<std::size_t, std::size_t> found;
  for (std::size_t i = 0; i < list.positions.size(); ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store != kGeneratorStore) continue;
    DeviceProjection& d = device_projections_[list_of(at)];
    const auto [where, is_new] = found.emplace(list_of(at), changed.size());
    if (is_new) {
      changed.push_back({list_of(at), d.weights, d.delays});
      ChangedList& now = changed.back();
      if (!weights.empty()) now.weights.resize(d.targets.size(), d.weights.front());
      if (!delays.empty()) now.delays.resize(d.targets.size(), d.delays.front());
      make_room_for_past(d);
    }
    ChangedList& now = changed[where->second];
    if (!weights.empty()) now.weights[element_of(at)] = weights[i];
    if (!delays.empty()) now.delays[element_of(at)] = delays[i];
  }
  for (ChangedList& list_now : changed) {
    shrink_uniform(list_now.weights);
    shrink_uniform(list_now.delays);
  }
  return changed;
}

void Network::make_room_for_past(DeviceProjection& projection) const {
  std::erase_if(projection.past, [&](const DeviceProjection::Past& past) {  // all has arrived
    const std::uint32_t most = *std::max_element(past.delays.begin(), past.delays.end());
    return past.until + most + 2 < now_;
  });
  make_room(projection.past, 1);
}

void Network::change_list(ChangedList&& changed) noexcept {
  DeviceProjection& d = device_projections_[changed.projection];
  d.weights.swap(changed.weights);
  d.delays.swap(changed.delays);
  if (d.since < now_) {
    d.past.push_back({d.since, now_, std::move(changed.weights), std::move(changed.delays)});
  }
  d.since = now_;
  devices_changed_ = true;
}

// What is under way keeps the delay it was sent with. Changes nothing if it fails.
void Network::set_delays(SynapseList& list, const std::vector<std::uint32_t>& steps) {
  std::vector<Rebuild> plan;
  std::vector<std::size_t> plan_of(stores_.size(), ~std::size_t{0});
  DelayRange seen, seen_between_neurons;
  for (std::size_t i = 0; i < list.positions.size(); ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store >= kGeneratorStore) {
      seen.include(steps[i]);
      continue;
    }
    const RowStore& store = *stores_[at.store];
    if (plan_of[at.store] == ~std::size_t{0}) {
      plan_of[at.store] = plan.size();
      plan.push_back({at.store, {{&store, at.store, {}}}});
      for (const PartitionRows& p : store.partitions) {
        plan.back().old[0].delays.emplace_back(p.targets.size(), 0);
      }
    }
    plan[plan_of[at.store]].old[0].delays[at.partition][at.offset] = steps[i];
    const NodeId source = store.source_low + row_of(at).row;
    const bool neuron = nodes_[source].kind == NodeRecord::Kind::kNeuron;
    (neuron ? seen_between_neurons : seen).include(steps[i]);
  }
  Watch nobody;
  if (!plan.empty()) rebuild(std::move(plan), placement_, nobody, &list);

  for (std::size_t i = 0; i < list.positions.size(); ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store == kRecorderStore) recording_projections_[list_of(at)].delay = steps[i];
  }
  see_delays(seen, false);
  see_delays(seen_between_neurons, true);
  devices_changed_ = true;
}

void Network::set_synapses(SynapseList& list, const Properties& params) {
  require_fresh(list, generation_);
  if (const SynapseModel* model = common_model(list)) {
    if (const auto renamed = canonical_names(*model, params)) return set_synapses(list, *renamed);
  }
  const std::size_t n = list.positions.size();
  std::vector<double> weights;
  std::vector<std::uint32_t> delays;
  std::uint32_t call = calls_;
  PlasticValues plastic_values;
  bool any_plastic = false;
  for (std::uint64_t word : list.positions) {
    const std::uint32_t store = SynapsePosition::unpack(word).store;
    any_plastic |= store < stores_.size() && stores_[store]->plastic;
  }
  const auto numbers = [&](const std::string& key, const Value& value) {
    std::vector<double> all;
    if (const auto* given = std::get_if<std::vector<double>>(&value)) {
      if (given->size() != n) {
        throw Error(ErrorKind::kDimensionMismatch,
                    key + " needs one value or " + std::to_string(n) + ", one a synapse; got " +
                        std::to_string(given->size()) + ".",
                    {{"parameter", key},
                     {"expected", static_cast<double>(n)},
                     {"given", static_cast<double>(given->size())}});
      }
      all = *given;
    } else if (const auto* parameter = std::get_if<ParameterPtr>(&value)) {
      all = drawn_values(*parameter, n, call++);
    } else {
      all.assign(n, require_finite("", key, value));
    }
    for (double x : all) {
      if (!std::isfinite(x)) {
        throw bad_value(ErrorKind::kBadProperty, "", key, x, "a finite number");
      }
    }
    return all;
  };
  for (const auto& [key, value] : params) {
    if (key == "weight") {
      bool single = status_.single_precision;
      for (std::uint64_t word : list.positions) {
        const SynapsePosition at = SynapsePosition::unpack(word);
        const int model = at.store == kGeneratorStore  ? device_projections_[list_of(at)].model
                          : at.store == kRecorderStore ? recording_projections_[list_of(at)].model
                                                       : stores_[at.store]->model;
        single |= at.store < kGeneratorStore && stores_[at.store]->single_precision;
        const SynapseModelEntry& entry = synapse_models_[static_cast<std::size_t>(model)];
        if (entry.common_weight) {
          throw Error(
              ErrorKind::kUnaccessedDictionaryEntry,
              "The weight of " + entry.name + " belongs to the model; set it with SetDefaults.",
              {{"model", entry.name}, {"parameter", key}});
        }
      }
      weights = numbers(key, value);
      for (double w : weights) {
        if (single && std::abs(w) > std::numeric_limits<float>::max()) {
          throw bad_value(ErrorKind::kBadProperty, "these synapses", key, w,
                          "a number that float32 can hold");
        }
      }
      if (any_plastic) plastic_values.emplace_back(key, weights);
    } else if (any_plastic && key != "delay") {
      plastic_values.emplace_back(key, numbers(key, value));
    } else if (key == "delay") {
      for (double ms : numbers(key, value)) delays.push_back(check_delay(ms, ""));
    } else {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "Synapses have no settable parameter", key, {"weight", "delay"});
    }
  }
  // What was connected since then must not count as part of what the list covers.
  Watch nobody;
  if (n > 0) lay_out(nobody, &list);
  check_plastic(list, plastic_values);
  if (n == 0) {
    calls_ = call;
    return;
  }
  // First what needs memory and changes no value, then what cannot fail.
  std::vector<ChangedList> changed;
  if (!weights.empty() || !delays.empty()) changed = changed_lists(list, weights, delays);
  if (!plastic_values.empty()) ready_plastic(list, plastic_values);

  if (!weights.empty()) {
    // A homogeneous store stays one if all its synapses get the same weight.
    std::vector<std::uint64_t> touched(stores_.size(), 0);
    std::vector<double> first(stores_.size(), 0);
    std::vector<bool> same(stores_.size(), true);
    for (std::size_t i = 0; i < n; ++i) {
      const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
      if (at.store >= kGeneratorStore) continue;
      if (touched[at.store]++ == 0) first[at.store] = weights[i];
      same[at.store] = same[at.store] && weights[i] == first[at.store];
    }
    std::vector<bool> concerned(stores_.size());
    for (std::size_t s = 0; s < concerned.size(); ++s) concerned[s] = touched[s] > 0;
    settle_static(concerned);
    std::vector<std::uint32_t> kept;
    for (std::uint32_t s = 0; s < touched.size(); ++s) {
      if (touched[s] == 0 || !stores_[s]->homogeneous) continue;
      if (same[s] && touched[s] == stores_[s]->synapses()) {
        kept.push_back(s);
      } else {
        convert_to_columns(s, list);
      }
    }
    for (auto& store : stores_) {
      if (store->homogeneous || store->double_weights || store->single_precision) continue;
      bool exact = true;
      for (std::size_t i = 0; i < n && exact; ++i) {
        const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
        if (at.store >= kGeneratorStore || stores_[at.store].get() != store.get()) continue;
        exact = std::abs(weights[i]) <= std::numeric_limits<float>::max() &&
                static_cast<double>(static_cast<float>(weights[i])) == weights[i];
      }
      if (exact) continue;
      for (PartitionRows& rows : store->partitions) {
        rows.weights_double.assign(rows.weights_float.begin(), rows.weights_float.end());
      }
      for (PartitionRows& rows : store->partitions) AlignedVector<float>().swap(rows.weights_float);
      store->double_weights = true;
    }
    if (!delays.empty()) set_delays(list, delays);
    for (std::uint32_t s : kept) {
      stores_[s]->weight = first[s];
      devices_changed_ = true;  // the plan's count rows have the weight
    }
    for (std::size_t i = 0; i < n; ++i) {
      const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
      if (at.store == kRecorderStore) {
        recording_projections_[list_of(at)].weight = weights[i];
      } else if (at.store != kGeneratorStore) {
        RowStore& store = *stores_[at.store];
        PartitionRows& rows = store.partitions[at.partition];
        if (store.homogeneous) continue;
        if (store.double_weights) {
          rows.weights_double[at.offset] = weights[i];
        } else {
          rows.weights_float[at.offset] = static_cast<float>(weights[i]);
        }
      }
    }
  }
  if (weights.empty() && !delays.empty()) set_delays(list, delays);
  for (ChangedList& lists : changed) change_list(std::move(lists));
  write_plastic(list, plastic_values);
  calls_ = call;
}

}  // namespace tegmenta
