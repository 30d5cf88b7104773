// Values of synapses: one column a key.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "kernel/synapse_access.h"
#include "network/synapse_lists.h"
#include "synapses/device_position.h"

namespace tegmenta {

namespace {

/// Reads columns of a list, stretch by stretch: synapses that follow each other in memory.
class Reader {
 public:
  Reader(Network& net, const SynapseList& list) : net_(net), positions_(list.positions) {}

  Result sources();
  Result targets();
  Result models() const;
  Result weights();
  Result delays();
  Result receptors();
  Result labels();
  Result ids();
  /// A parameter or state of plastic models. `unknown`: the error where one of the synapses has
  /// no such.
  template <typename Unknown>
  Result plastic(const std::string& key, Unknown&& unknown);

 private:
  /// The run found last: synapses of a run often follow each other.
  struct RunCursor {
    std::uint64_t store_partition = ~std::uint64_t{0};
    std::uint64_t begin = 1, end = 0;  // offsets
    NodeId source = 0;
    std::uint32_t delay_channel = 0;
  };

  const RowStore& store_of(const SynapsePosition& at) const {
    return *net_.synapses.stores[at.store];
  }
  const RunCursor& locate(const SynapsePosition& at);
  /// Calls f(i, n, at, run) for the parts of a stretch that lie in one run.
  template <typename F>
  void for_runs(std::size_t i, std::size_t count, SynapsePosition at, F&& f);
  /// rows(i, count, at): elements i … i + count − 1 follow each other in memory from `at`.
  /// generator(i, projection, element), recorder(i, projection, element): one of a device's list.
  template <typename Rows, typename Generator, typename Recorder>
  void for_stretches(Rows&& rows, Generator&& generator, Recorder&& recorder) const;
  /// A number that all synapses of a store, or of a device's list, share.
  template <typename Value>
  Result shared(Value&& value) const;
  /// IDs of one end; those of rows are written by `rows`.
  template <typename Rows>
  Result ends(bool sources, Column<std::uint32_t>& ids, Rows&& rows) const;
  /// A parameter or state of `count` synapses of a store, for which read(pick) reads a number each.
  /// Returns whether the store's model has such.
  template <typename Read>
  bool read_own(const std::string& key, const RowStore& store, std::size_t i, std::size_t count,
                Column<double>& values, Read&& read);
  /// pick(reading): one of its arrays.
  template <typename Pick>
  void read_plastic(std::size_t i, std::size_t count, const SynapsePosition& at,
                    Column<double>& values, Pick&& pick);

  Network& net_;
  const std::vector<std::uint64_t>& positions_;
  RunCursor cursor_;
  PlasticPartition::RunReading reading_;
};

template <typename T, typename Value>
void fill(Column<T>& column, std::size_t i, std::size_t count, Value value) {
  std::fill_n(column.begin() + static_cast<std::ptrdiff_t>(i), count, value);
}

const Reader::RunCursor& Reader::locate(const SynapsePosition& at) {
  const std::uint64_t where = std::uint64_t{at.store} << 32 | at.partition;
  if (cursor_.store_partition == where && at.offset >= cursor_.begin && at.offset < cursor_.end) {
    return cursor_;
  }
  const RowPlace found = net_.synapses.row_of(at);
  const Run& run = store_of(at).partitions[at.partition].runs[found.run];
  cursor_ = {where, run.offset, std::uint64_t{run.offset} + run.length,
             store_of(at).source_low + found.row, run.delay_channel};
  return cursor_;
}

template <typename F>
void Reader::for_runs(std::size_t i, std::size_t count, SynapsePosition at, F&& f) {
  while (count > 0) {
    const RunCursor& run = locate(at);
    const std::size_t length = std::min<std::size_t>(count, run.end - at.offset);
    f(i, length, at, run);
    i += length;
    at.offset += length;
    count -= length;
  }
}

template <typename Rows, typename Generator, typename Recorder>
void Reader::for_stretches(Rows&& rows, Generator&& generator, Recorder&& recorder) const {
  const std::size_t n = positions_.size();
  for (std::size_t i = 0; i < n;) {
    const SynapsePosition at = SynapsePosition::unpack(positions_[i]);
    std::size_t count = 1;
    if (at.store == kGeneratorStore) {
      generator(i, net_.synapses.of_generators[list_of(at)], element_of(at));
    } else if (at.store == kRecorderStore) {
      recorder(i, net_.recording.lists[list_of(at)], element_of(at));
    } else {
      while (i + count < n && positions_[i + count] == positions_[i] + count) ++count;
      rows(i, count, at);
    }
    i += count;
  }
}

template <typename Value>
Result Reader::shared(Value&& value) const {
  Column<double> values;
  resize_for_filling(values, positions_.size());
  const auto of_list = [&](std::size_t i, const auto& list, std::size_t) {
    values[i] = static_cast<double>(value(list));
  };
  for_stretches(
      [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
        fill(values, i, count, static_cast<double>(value(store_of(at))));
      },
      of_list, of_list);
  return {std::move(values)};
}

template <typename Rows>
Result Reader::ends(bool sources, Column<std::uint32_t>& ids, Rows&& rows) const {
  for_stretches(
      rows,
      [&](std::size_t i, const GeneratorList& d, std::size_t e) {
        ids[i] = sources ? net_.nodes.devices[d.device]->id : d.targets[e];
      },
      [&](std::size_t i, const RecorderList& r, std::size_t e) {
        ids[i] = sources == r.recorder_asks ? net_.nodes.devices[r.device]->id : r.nodes[e];
      });
  return {std::move(ids)};
}

template <typename Pick>
void Reader::read_plastic(std::size_t i, std::size_t count, const SynapsePosition& at,
                          Column<double>& values, Pick&& pick) {
  for_runs(
      i, count, at,
      [&](std::size_t from, std::size_t n, const SynapsePosition& first, const RunCursor& run) {
        const RowStore& store = store_of(first);
        net_.plasticity.read(store, first.partition,
                             {run.source, run.source - store.source_low, run.delay_channel >> 8,
                              first.offset, first.offset},
                             n, reading_);
        std::copy_n(pick(reading_).begin(), n, values.begin() + static_cast<std::ptrdiff_t>(from));
      });
}

Result Reader::sources() {
  Column<std::uint32_t> ids;
  resize_for_filling(ids, positions_.size());
  return ends(true, ids, [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
    for_runs(i, count, at,
             [&](std::size_t from, std::size_t n, const SynapsePosition&, const RunCursor& run) {
               fill(ids, from, n, run.source);
             });
  });
}

Result Reader::targets() {
  Column<std::uint32_t> ids;
  resize_for_filling(ids, positions_.size());
  return ends(false, ids, [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
    const auto& nodes = net_.synapses.placement.node_of_slot[at.partition];
    const auto* slots = store_of(at).partitions[at.partition].targets.data() + at.offset;
    for (std::size_t k = 0; k < count; ++k) ids[i + k] = nodes[slots[k]];
  });
}

Result Reader::models() const {
  NameColumn names;
  const auto add = [&](int model, std::size_t count) {
    names.append(net_.catalog.synapses[static_cast<std::size_t>(model)].name, count);
  };
  const auto of_list = [&](std::size_t, const auto& list, std::size_t) { add(list.model, 1); };
  for_stretches([&](std::size_t, std::size_t count,
                    const SynapsePosition& at) { add(store_of(at).model, count); },
                of_list, of_list);
  return {std::move(names)};
}

Result Reader::weights() {
  Column<double> values;
  resize_for_filling(values, positions_.size());
  for_stretches(
      [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
        const RowStore& store = store_of(at);
        if (store.plastic) {
          read_plastic(i, count, at, values,
                       [](const auto& r) -> const auto& { return r.weights; });
        } else {
          store.copy_weights(at.partition, at.offset, count, values.data() + i);
        }
      },
      [&](std::size_t i, const GeneratorList& d, std::size_t e) { values[i] = d.weight(e); },
      [&](std::size_t i, const RecorderList& r, std::size_t e) { values[i] = r.weight(e); });
  return {std::move(values)};
}

Result Reader::delays() {
  Column<double> values;
  resize_for_filling(values, positions_.size());
  const auto ms = [&](std::uint32_t steps) { return net_.clock.grid.nearest_ms_from_steps(steps); };
  for_stretches(
      [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
        for_runs(i, count, at,
                 [&](std::size_t from, std::size_t n, const SynapsePosition&,
                     const RunCursor& run) { fill(values, from, n, ms(run.delay_channel >> 8)); });
      },
      [&](std::size_t i, const GeneratorList& d, std::size_t e) { values[i] = ms(d.delay(e)); },
      [&](std::size_t i, const RecorderList& r, std::size_t e) { values[i] = ms(r.delay(e)); });
  return {std::move(values)};
}

Result Reader::receptors() {
  Column<double> values;
  resize_for_filling(values, positions_.size());
  for_stretches(
      [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
        for_runs(
            i, count, at,
            [&](std::size_t from, std::size_t n, const SynapsePosition&, const RunCursor& run) {
              fill(values, from, n, receptor_of(static_cast<std::uint8_t>(run.delay_channel)));
            });
      },
      [&](std::size_t i, const GeneratorList& d, std::size_t) { values[i] = d.receptor; },
      [&](std::size_t i, const RecorderList& r, std::size_t) { values[i] = r.receptor; });
  return {std::move(values)};
}

Result Reader::labels() {
  return shared([](const auto& of) { return of.label; });
}

Result Reader::ids() {
  return shared([](const auto& of) { return of.model; });
}

template <typename Read>
bool Reader::read_own(const std::string& key, const RowStore& store, std::size_t i,
                      std::size_t count, Column<double>& values, Read&& read) {
  const SynapseModel* const model = store.plastic;
  const int k = model ? model->find(key) : -1;
  if (k < 0 || model->parameters[static_cast<std::size_t>(k)].type == ParameterType::kNodes) {
    return false;
  }
  const int column = model->column_of(k);
  if (k == model->dopamine) {
    fill(values, i, count, net_.plasticity.dopamine(store.model));
  } else if (column >= 0) {
    read([&](const auto& r) -> const auto& { return r.columns[column]; });
  } else if (k == model->trace) {
    read([](const auto& r) -> const auto& { return r.Kplus; });
  } else if (k == model->triplet_trace) {
    read([](const auto& r) -> const auto& { return r.Kplus_triplet; });
  } else {
    const auto& entry = net_.catalog.synapse(store.model);
    fill(values, i, count, entry.values[static_cast<std::size_t>(k)]);
  }
  return true;
}

template <typename Unknown>
Result Reader::plastic(const std::string& key, Unknown&& unknown) {
  Column<double> values;
  resize_for_filling(values, positions_.size());
  for_stretches(
      [&](std::size_t i, std::size_t count, const SynapsePosition& at) {
        const bool known = read_own(key, store_of(at), i, count, values,
                                    [&](auto&& pick) { read_plastic(i, count, at, values, pick); });
        if (!known) throw unknown();
      },
      [&](std::size_t, const GeneratorList&, std::size_t) { throw unknown(); },
      [&](std::size_t i, const RecorderList& r, std::size_t e) {
        const bool known =
            r.releasing && read_own(key, *r.releasing, i, 1, values, [&](auto&& pick) {
              net_.plasticity.read(*r.releasing, 0, r.releasing_synapse(e), 1, reading_);
              values[i] = pick(reading_).front();
            });
        if (!known) throw unknown();
      });
  return {std::move(values)};
}

/// What all synapses have, in the order in which it is listed.
struct KeyOfAll {
  const char* name;
  Result (*read)(Reader&);
};
constexpr KeyOfAll kKeysOfAll[] = {
    {"source", [](Reader& r) { return r.sources(); }},
    {"target", [](Reader& r) { return r.targets(); }},
    {"synapse_model", [](Reader& r) { return r.models(); }},
    {"synapse_label", [](Reader& r) { return r.labels(); }},
    {"weight", [](Reader& r) { return r.weights(); }},
    {"delay", [](Reader& r) { return r.delays(); }},
    {"receptor", [](Reader& r) { return r.receptors(); }},
    {"synapse_id", [](Reader& r) { return r.ids(); }},
};

}  // namespace

bool SynapseAccess::is_read_out(const std::string& key) {
  if (key == "weight" || key == "delay") return false;
  return std::any_of(std::begin(kKeysOfAll), std::end(kKeysOfAll),
                     [&](const KeyOfAll& known) { return key == known.name; });
}

std::vector<std::string> SynapseAccess::synapse_keys(const SynapseList& list) const {
  net_.synapses.check(list);
  std::vector<std::string> keys;
  for (const KeyOfAll& key : kKeysOfAll) keys.emplace_back(key.name);
  // What a plastic model adds, if all synapses are of that model.
  const SynapseModel* plastic = common_model(net_, list);
  if (!plastic) return keys;
  for (std::size_t k = kLabelParameter + 1; k < plastic->parameters.size(); ++k) {
    const ParameterDeclaration& d = plastic->parameters[k];
    if (d.type != ParameterType::kNodes) keys.push_back(d.name);
  }
  return keys;
}

SynapseAccess::Ends SynapseAccess::ends_of(const SynapseList& list) {
  Reader reader(net_, list);
  return {std::get<Column<NodeId>>(reader.sources().value),
          std::get<Column<NodeId>>(reader.targets().value)};
}

Result SynapseAccess::get_synapses(const SynapseList& list, const std::string& key) {
  net_.synapses.check(list);
  if (!list.positions.empty()) {
    const SynapseModel* model = plastic_model(net_, list.positions.front());
    if (model && model->canonical(key) != key && common_model(net_, list) == model) {
      return get_synapses(list, model->canonical(key));
    }
  }
  net_.settle_plasticity();
  Reader reader(net_, list);
  for (const KeyOfAll& known : kKeysOfAll) {
    if (key == known.name) return known.read(reader);
  }
  return reader.plastic(key, [&] {
    return unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                        "Synapses have no parameter", key, synapse_keys(list));
  });
}

}  // namespace tegmenta
