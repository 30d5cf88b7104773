// Setting the state and parameters of plastic synapses.
#include <algorithm>
#include <map>
#include <utility>

#include "base/errors.h"
#include "kernel/defaults.h"
#include "kernel/synapse_access.h"
#include "models/numbers.h"
#include "network/synapse_lists.h"

namespace tegmenta {

namespace {

using Values = std::vector<std::pair<std::string, std::vector<double>>>;

// Of a synapse that is not plastic weight and delay can be set.
void check_static(const Values& values) {
  for (const auto& [key, numbers] : values) {
    if (key == "weight") continue;
    throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                       "These synapses have no settable parameter", key, {"weight", "delay"});
  }
}

// The declaration of what can be set of a model's synapses. Throws where that cannot be.
const ParameterDeclaration& settable(const SynapseModelEntry& entry, const std::string& key) {
  const SynapseModel& model = *entry.model;
  const int k = model.find(key);
  if (k < 0 || k == kReceptorParameter || k == kLabelParameter) {
    std::vector<std::string> names;
    for (int i = 0; i < static_cast<int>(model.parameters.size()); ++i) {
      if (i == kReceptorParameter || i == kLabelParameter) continue;
      const ParameterDeclaration& d = model.parameters[static_cast<std::size_t>(i)];
      if (d.role == Role::kParameter || d.role == Role::kState) names.push_back(d.name);
    }
    throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                       entry.name + " has no settable parameter", key, names)
        .with("model", entry.name);
  }
  const ParameterDeclaration& d = model.parameters[static_cast<std::size_t>(k)];
  if (d.role == Role::kCommon) {
    throw Error(ErrorKind::kUnaccessedDictionaryEntry,
                key + " of " + entry.name + " belongs to the model; set it with SetDefaults.",
                {{"model", entry.name}, {"parameter", key}});
  }
  if (d.role == Role::kReadOnly) throw read_only(entry.name, key);
  return d;
}

// What one synapse is to have, together with what it has.
void check_together(const SynapseModelEntry& entry, const SynapseSite& at, const Values& values,
                    std::size_t i) {
  const SynapseModel& model = *entry.model;
  const auto given = [&](const std::string& key) -> const double* {
    for (const auto& [name, numbers] : values) {
      if (name == key) return &numbers[i];
    }
    return nullptr;
  };
  const double* weight = given("weight");
  const double present = at.store->weight_at(at.partition, at.offset);
  check_synapse_values(
      entry, weight ? *weight : present,
      [&](int k) {
        const auto parameter = static_cast<std::size_t>(k);
        if (const double* x = given(model.parameters[parameter].name)) return *x;
        const int column = model.column_of(k);
        if (column < 0) return entry.values[parameter];
        return at.store->column_at(static_cast<std::size_t>(column), at.partition, at.offset);
      },
      weight ? GivenWeight::kAmongOthers : GivenWeight::kNone);
  // A text says itself what its bounds mean.
  const bool built_in = model.base.empty();
  if (const double* bound = weight || !built_in ? nullptr : given("Wmax")) {
    if (present != 0 && (present > 0) != (*bound >= 0)) {
      throw bad_value(ErrorKind::kBadProperty, entry.name, "Wmax", *bound,
                      "of the sign of the weight (" + format_number(present) + ")");
    }
  }
}

}  // namespace

namespace {

// Throws BadProperty where synapses of one model would have several dopamine concentrations.
void check_dopamine(const Network& net, const SynapseList& list, const PropertyGroup& group,
                    const std::string& key, const std::vector<double>& numbers) {
  std::map<int, std::pair<double, std::uint64_t>> given;  // n and how many synapses, by model
  const std::size_t size = group.size(list.positions.size());
  for (std::size_t i = 0; i < size; ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[group.position(i)]);
    const SynapseSite site = site_of(net, at);
    if (!site.store || !site.store->plastic || !site.store->plastic->is_dopamine(key)) continue;
    const int model = site.store->model;
    auto& [n, count] = given.try_emplace(model, numbers[i], 0).first->second;
    ++count;
    if (n == numbers[i]) continue;
    throw bad_value(ErrorKind::kBadProperty, net.catalog.synapse(model).name, key, numbers[i],
                    "the same for all synapses of the model");
  }
  for (const auto& [model, of_model] : given) {
    require_shared_dopamine(net, model, of_model.first, of_model.second);
  }
}

}  // namespace

void SynapseAccess::check_plastic(const SynapseList& list, const PropertyGroup& group,
                                  const PlasticValues& values) const {
  if (values.empty()) return;
  for (const auto& [key, numbers] : values) check_dopamine(net_, list, group, key, numbers);
  const std::size_t size = group.size(list.positions.size());
  for (std::size_t i = 0; i < size; ++i) {
    const SynapseSite at =
        site_of(net_, SynapsePosition::unpack(list.positions[group.position(i)]));
    if (!at.store || !at.store->plastic) {
      check_static(values);
      continue;
    }
    const SynapseModelEntry& entry = net_.catalog.synapse(at.store->model);
    for (const auto& [key, numbers] : values) {
      check_number(entry.name, settable(entry, key), numbers[i]);
    }
    check_together(entry, at, values, i);
  }
}

void SynapseAccess::check_delays(const SynapseList& list,
                                 const std::vector<std::uint32_t>& steps) const {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i] == kNoDelay) continue;
    const SynapseSite at = site_of(net_, SynapsePosition::unpack(list.positions[i]));
    if (!at.store || !at.store->plastic || !at.store->plastic->checks_delay) continue;
    const SynapseModel& model = *at.store->plastic;
    const SynapseModelEntry& entry = net_.catalog.synapse(at.store->model);
    check_synapse_values(
        entry, at.store->weight_at(at.partition, at.offset),
        [&](int k) {
          if (k == kDelayParameter) return net_.clock.grid.nearest_ms_from_steps(steps[i]);
          const int column = model.column_of(k);
          if (column < 0) return entry.values[static_cast<std::size_t>(k)];
          return at.store->column_at(static_cast<std::size_t>(column), at.partition, at.offset);
        },
        GivenWeight::kNone);
  }
}

namespace {

void make_irregular(RowStore& store) {
  if (store.irregular) return;
  for (PartitionRows& rows : store.partitions) {
    if (rows.row_begin.empty()) continue;
    const std::size_t n = rows.targets.size();
    rows.synapse_time.resize(n);
    rows.synapse_Kplus.resize(n);
    const bool triplets = !rows.row_Kplus_triplet.empty();
    if (triplets) rows.synapse_Kplus_triplet.resize(n);
    for (std::uint32_t row = 0; row < store.source_count; ++row) {
      for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
        for (std::uint32_t i = 0; i < rows.runs[r].length; ++i) {
          const std::size_t at = rows.runs[r].offset + i;
          rows.synapse_time[at] = rows.row_time[row];
          rows.synapse_Kplus[at] = rows.row_Kplus[row];
          if (triplets) rows.synapse_Kplus_triplet[at] = rows.row_Kplus_triplet[row];
        }
      }
    }
  }
  store.irregular = true;
}

void store_column(RowStore& store, std::size_t column) {
  if (store.columns[column].stored) return;
  const int parameter = store.plastic->columns[column];
  if (parameter == store.plastic->trace_tau || parameter == store.plastic->triplet_trace_tau) {
    make_irregular(store);
  }
  for (PartitionRows& rows : store.partitions) {
    if (rows.columns_double.size() <= column) continue;
    if (store.double_weights) {
      rows.columns_double[column].assign(rows.targets.size(), store.columns[column].uniform);
    } else {
      rows.columns_float[column].assign(rows.targets.size(),
                                        static_cast<float>(store.columns[column].uniform));
    }
  }
  store.columns[column].stored = true;
}

/// Position among the columns of a plastic model; their number for a row's trace.
std::size_t column_of(const SynapseModel& model, const std::string& key) {
  const auto found = std::find(model.columns.begin(), model.columns.end(), model.find(key));
  return static_cast<std::size_t>(found - model.columns.begin());
}

}  // namespace

void SynapseAccess::ready_plastic(const SynapseList& list, const PropertyGroup& group,
                                  const PlasticValues& values) {
  if (values.empty()) return;
  const RowStore* last = nullptr;
  const std::size_t size = group.size(list.positions.size());
  for (std::size_t i = 0; i < size; ++i) {
    const SynapseSite at =
        site_of(net_, SynapsePosition::unpack(list.positions[group.position(i)]));
    if (!at.store || !at.store->plastic || at.store == last) continue;
    RowStore& store = *at.store;
    last = &store;
    for (const auto& [key, numbers] : values) {
      if (key == "weight" || store.plastic->is_dopamine(key)) continue;
      const std::size_t column = column_of(*store.plastic, key);
      if (column < store.columns.size()) {
        store_column(store, column);
      } else {
        make_irregular(store);
      }
    }
  }
}

void SynapseAccess::write_plastic(const SynapseList& list, const PropertyGroup& group,
                                  const PlasticValues& values) noexcept {
  const std::size_t size = group.size(list.positions.size());
  for (const auto& [key, numbers] : values) {
    if (key == "weight") continue;
    const SynapseModel* model = nullptr;
    std::size_t column = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const SynapseSite at =
          site_of(net_, SynapsePosition::unpack(list.positions[group.position(i)]));
      const SynapseModel* const own = at.store ? at.store->plastic : nullptr;
      if (!own) continue;
      const RowStore& store = *at.store;
      if (own->is_dopamine(key)) {
        set_dopamine(net_, store.model, numbers[i]);
        continue;
      }
      if (own != model) column = column_of(*own, key);
      model = own;
      PartitionRows& rows = at.rows();
      if (column >= store.columns.size()) {
        auto& traces = key == "Kplus_triplet" ? rows.synapse_Kplus_triplet : rows.synapse_Kplus;
        traces[at.offset] = numbers[i];
      } else if (store.double_weights) {
        rows.columns_double[column][at.offset] = numbers[i];
      } else {
        rows.columns_float[column][at.offset] = static_cast<float>(numbers[i]);
      }
    }
  }
}

}  // namespace tegmenta
