#include "kernel/recorder_lists.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/errors.h"
#include "base/random.h"
#include "connect/generate.h"
#include "kernel/delays.h"
#include "models/numbers.h"

namespace tegmenta {

std::vector<GeneratedSynapse> generated_by(const Network& net, const ConnectionPattern& pattern) {
  return generate_all(pattern, *net.settings.simd, static_cast<NodeId>(net.nodes.records.size()));
}

std::vector<DeviceConnection> device_connections(const Network& net, const Projection& p,
                                                 const NamedSynapses& named) {
  const std::string& model = net.catalog.synapse(p.model).name;
  const std::size_t n = named.sources.size();
  std::vector<double> weights(n), delays(n);
  p.values(p.weight, *net.settings.simd, named.all(), weights.data());
  p.values(p.delay, *net.settings.simd, named.all(), delays.data());
  std::vector<DeviceConnection> made;
  made.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(weights[i])) {
      throw bad_value(ErrorKind::kBadProperty, model, "weight", weights[i], "a finite number");
    }
    made.push_back(
        {named.sources[i], named.targets[i], weights[i], check_delay(net, delays[i], model)});
  }
  return made;
}

void RecorderLists::add(const ConnectPart& part) {
  const Projection& p = part.projection;
  const bool asks = part.pair->kind == ConnectionKind::kSampling;
  const auto device_of = [&](const auto& connection) {
    return net_.nodes.records[asks ? connection.source : connection.target].index;
  };
  std::vector<GeneratedSynapse> generated = generated_by(net_, p.pattern);
  for (const GeneratedSynapse& s : generated) {
    ranks_.emplace(device_of(s), static_cast<std::uint32_t>(ranks_.size()));
  }
  const NamedSynapses named(generated);
  const std::vector<DeviceConnection> made = device_connections(net_, p, named);
  Part& added = parts_.emplace_back(Part{&p, asks, {}});
  if (net_.catalog.synapse(p.model).model->plastic) {
    for (const Quantity& q : p.columns) {
      std::vector<double>& values = added.columns.emplace_back(q.is_scalar() ? 0 : made.size());
      if (!values.empty()) p.values(q, *net_.settings.simd, named.all(), values.data());
    }
  }
  made_.reserve(made_.size() + made.size());
  for (std::uint32_t i = 0; i < made.size(); ++i) {
    const DeviceConnection& m = made[i];
    made_.push_back({ranks_.at(device_of(m)), device_of(m),
                     static_cast<std::uint32_t>(parts_.size()) - 1, i, asks ? m.target : m.source,
                     m.weight, m.delay});
  }
}

std::vector<RecorderList> RecorderLists::take() {
  const auto list_key = [&](const Made& m) {
    return std::tuple(m.rank, parts_[m.part].projection->label);
  };
  std::stable_sort(made_.begin(), made_.end(), [&](const Made& a, const Made& b) {
    return std::tuple(list_key(a), a.node) < std::tuple(list_key(b), b.node);
  });
  std::vector<RecorderList> lists;
  for (const Made* begin = made_.data(); begin != made_.data() + made_.size();) {
    const Made* end = begin;
    while (end != made_.data() + made_.size() && list_key(*end) == list_key(*begin)) ++end;
    lists.push_back(list_of({begin, end}));
    begin = end;
  }
  return lists;
}

RecorderList RecorderLists::list_of(const Elements& made) const {
  const Part& part = parts_[made.begin->part];
  RecorderList list;
  list.device = made.begin->device;
  list.recorder_asks = part.asks;
  list.model = part.projection->model;
  list.label = part.projection->label;
  for (const Made* m = made.begin; m != made.end; ++m) {
    list.nodes.push_back(m->node);
    list.delays.push_back(m->delay);
  }
  shrink_uniform(list.delays);
  if (net_.catalog.synapse(list.model).model->plastic) {
    list.releasing = releasing_rows(made);
    return list;
  }
  for (const Made* m = made.begin; m != made.end; ++m) list.weights.push_back(m->weight);
  shrink_uniform(list.weights);
  return list;
}

// Only neurons are connected by models with states, so that all of a list are of one part.
std::unique_ptr<RowStore> RecorderLists::releasing_rows(const Elements& made) const {
  const Part& part = parts_[made.begin->part];
  const Projection& p = *part.projection;
  const SynapseModelEntry& entry = net_.catalog.synapse(p.model);
  const auto n = static_cast<std::size_t>(made.end - made.begin);
  auto store = std::make_unique<RowStore>();
  store->model = p.model;
  store->label = p.label;
  store->plastic = entry.model;
  // Those of other calls draw for themselves, also where they connect the same nodes.
  store->draws = RandomStream(entry.draws, Purpose::kSynapseModel, p.call,
                              static_cast<std::uint32_t>(p.label), 0)
                     .next_u32();
  store->single_precision = p.single_precision;
  store->double_weights = !p.single_precision;
  PartitionRows& rows = store->partitions.emplace_back();
  const auto fill = [&](auto& doubles, auto& floats, auto&& value) {
    if (store->double_weights) {
      doubles.resize(n);
      for (std::size_t i = 0; i < n; ++i) doubles[i] = value(made.begin[i]);
    } else {
      floats.resize(n);
      for (std::size_t i = 0; i < n; ++i) floats[i] = static_cast<float>(value(made.begin[i]));
    }
  };
  rows.targets.assign(n, 0);
  fill(rows.weights_double, rows.weights_float, [](const Made& m) { return m.weight; });
  const std::size_t columns = entry.model->columns.size();
  store->columns.resize(columns);
  rows.columns_double.resize(columns);
  rows.columns_float.resize(columns);
  for (std::size_t k = 0; k < columns; ++k) {
    const std::vector<double>& values = part.columns[k];
    const double one = p.columns[k].scalar;
    store->columns[k] = {entry.model->stored[k] || !values.empty(), one};
    if (!store->columns[k].stored) continue;
    fill(rows.columns_double[k], rows.columns_float[k],
         [&](const Made& m) { return values.empty() ? one : values[m.place]; });
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    if (i == 0 || made.begin[i].node != made.begin[i - 1].node) {
      rows.row_begin.push_back(static_cast<std::uint32_t>(rows.runs.size()));
      rows.runs.push_back({i, 0, kChannelCount});
    }
    ++rows.runs.back().length;
  }
  rows.row_begin.push_back(static_cast<std::uint32_t>(rows.runs.size()));
  store->source_count = static_cast<std::uint32_t>(rows.runs.size());
  rows.row_time.assign(store->source_count, net_.clock.now);
  rows.row_Kplus.assign(store->source_count, 0.0);
  return store;
}

}  // namespace tegmenta
