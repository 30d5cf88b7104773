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
  const auto number = static_cast<std::uint32_t>(parts_.size());
  Part& added = parts_.emplace_back();
  added.projection = &p;
  added.asks = part.pair->kind == ConnectionKind::kSampling;
  std::vector<GeneratedSynapse> generated = generated_by(net_, p.pattern);
  for (const GeneratedSynapse& s : generated) rank_of(added.asks ? s.source : s.target);
  made_.reserve(made_.size() + generated.size());
  const auto make = [&](NodeId source, NodeId target) {
    made_.push_back({rank_of(added.asks ? source : target), number,
                     static_cast<std::uint32_t>(made_.size()), added.asks ? target : source});
  };
  added.first = static_cast<std::uint32_t>(made_.size());
  const SynapseModelEntry& entry = net_.catalog.synapse(p.model);
  added.uniform = p.weight.is_scalar() && p.delay.is_scalar() && !entry.model->plastic;
  if (added.uniform) {
    added.weights = {p.weight.scalar};
    added.delays = {check_delay(net_, p.delay.scalar, entry.name)};
    for (const GeneratedSynapse& s : generated) make(s.source, s.target);
    return;
  }
  const NamedSynapses named(generated);
  for (const DeviceConnection& m : device_connections(net_, p, named)) {
    added.weights.push_back(m.weight);
    added.delays.push_back(m.delay);
    make(m.source, m.target);
  }
  if (!entry.model->plastic) return;
  for (const Quantity& q : p.columns) {
    std::vector<double>& values = added.columns.emplace_back(q.is_scalar() ? 0 : generated.size());
    if (!values.empty()) p.values(q, *net_.settings.simd, named.all(), values.data());
  }
}

std::uint32_t RecorderLists::rank_of(NodeId device) {
  if (!devices_.empty() && devices_[last_] == device) return last_;
  last_ = ranks_.try_emplace(device, static_cast<std::uint32_t>(devices_.size())).first->second;
  if (last_ == devices_.size()) devices_.push_back(device);
  return last_;
}

std::vector<RecorderList> RecorderLists::take() {
  const auto list_key = [&](const Made& m) {
    const Projection& of = *parts_[m.part].projection;
    return std::tuple(m.rank, of.label, of.receptor);
  };
  const auto before = [&](const Made& a, const Made& b) {
    return std::tuple(list_key(a), a.node) < std::tuple(list_key(b), b.node);
  };
  if (!std::is_sorted(made_.begin(), made_.end(), before)) {
    std::stable_sort(made_.begin(), made_.end(), before);
  }
  std::vector<RecorderList> lists;
  const Made* const all = made_.data() + made_.size();
  for (const Made* begin = made_.data(); begin != all;) {
    const Made* const end =
        std::find_if(begin, all, [&](const Made& m) { return list_key(m) != list_key(*begin); });
    lists.push_back(list_of({begin, end}));
    begin = end;
  }
  return lists;
}

RecorderList RecorderLists::list_of(std::span<const Made> made) const {
  const Part& part = parts_[made.front().part];
  RecorderList list;
  list.device = net_.nodes.records[devices_[made.front().rank]].index;
  list.recorder_asks = part.asks;
  list.model = part.projection->model;
  list.label = part.projection->label;
  list.receptor = part.projection->receptor;
  list.nodes.reserve(made.size());
  for (const Made& m : made) list.nodes.push_back(m.node);
  // All parts of a call are uniform, or none is.
  const auto pick = [&](auto Part::* values, auto& of_list) {
    if (part.uniform) {
      of_list = part.*values;
      return;
    }
    for (const Made& m : made) of_list.push_back((parts_[m.part].*values)[place_of(m)]);
    shrink_uniform(of_list);
  };
  pick(&Part::delays, list.delays);
  if (net_.catalog.synapse(list.model).model->plastic) {
    list.releasing = releasing_rows(made);
  } else {
    pick(&Part::weights, list.weights);
  }
  return list;
}

// Only neurons are connected by models with states, so that all of a list are of one part.
std::unique_ptr<RowStore> RecorderLists::releasing_rows(std::span<const Made> made) const {
  const Part& part = parts_[made.front().part];
  const Projection& p = *part.projection;
  const SynapseModelEntry& entry = net_.catalog.synapse(p.model);
  const std::size_t n = made.size();
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
      for (std::size_t i = 0; i < n; ++i) doubles[i] = value(made[i]);
    } else {
      floats.resize(n);
      for (std::size_t i = 0; i < n; ++i) floats[i] = static_cast<float>(value(made[i]));
    }
  };
  rows.targets.assign(n, 0);
  fill(rows.weights_double, rows.weights_float,
       [&](const Made& m) { return part.weights[place_of(m)]; });
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
         [&](const Made& m) { return values.empty() ? one : values[place_of(m)]; });
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    if (i == 0 || made[i].node != made[i - 1].node) {
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
