// Set of synapses: weights, delays and what plastic models have.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "kernel/defaults.h"
#include "kernel/delays.h"
#include "kernel/device_lists.h"
#include "kernel/layout.h"
#include "kernel/memory_used.h"
#include "kernel/node_access.h"
#include "kernel/synapse_access.h"
#include "models/numbers.h"
#include "network/synapse_lists.h"
#include "synapses/device_position.h"

namespace tegmenta {

// What is under way keeps the delay it was sent with. Changes nothing if it fails.
void SynapseAccess::set_delays(SynapseList& list, const std::vector<std::uint32_t>& steps) {
  std::vector<Layout::Rebuild> plan;
  std::vector<std::size_t> plan_of(net_.synapses.stores.size(), ~std::size_t{0});
  DelayRange seen, seen_between_neurons;
  for (std::size_t i = 0; i < list.positions.size(); ++i) {
    if (!is_given(steps[i])) continue;
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store >= kGeneratorStore) {
      seen.include(steps[i]);
      continue;
    }
    const RowStore& store = *net_.synapses.stores[at.store];
    if (plan_of[at.store] == ~std::size_t{0}) {
      plan_of[at.store] = plan.size();
      plan.push_back({at.store, {{&store, at.store, {}}}});
      for (const PartitionRows& p : store.partitions) {
        plan.back().old[0].delays.emplace_back(p.targets.size(), 0);
      }
    }
    plan[plan_of[at.store]].old[0].delays[at.partition][at.offset] = steps[i];
    const bool neuron = net_.nodes.is_neuron(net_.synapses.source_of(at));
    (neuron ? seen_between_neurons : seen).include(steps[i]);
  }
  Watch nobody;
  if (!plan.empty()) Layout(net_).rebuild(std::move(plan), net_.synapses.placement, nobody, &list);
  net_.synapses.see_delays(seen, false);
  net_.synapses.see_delays(seen_between_neurons, true);
  net_.nodes.devices_changed = true;
}

namespace {

/// Values given for a list, one a synapse.
class GivenValues {
 public:
  GivenValues(const Network& net, std::size_t n, std::uint32_t call)
      : calls(call), net_(net), n_(n) {}

  /// Throws DimensionMismatch, BadProperty or TypeMismatch.
  std::vector<double> numbers(const std::string& key, const Value& value) {
    std::vector<double> all = read(key, value);
    for (double x : all) {
      if (!std::isfinite(x)) {
        throw bad_value(ErrorKind::kBadProperty, "", key, x, "a finite number");
      }
    }
    return all;
  }

  std::uint32_t calls;  // ordinal of the next call that draws

 private:
  std::vector<double> read(const std::string& key, const Value& value) {
    if (const auto* given = std::get_if<std::vector<double>>(&value)) {
      if (given->size() == n_) return *given;
      throw Error(ErrorKind::kDimensionMismatch,
                  key + " needs one value or " + std::to_string(n_) + ", one a synapse; got " +
                      std::to_string(given->size()) + ".",
                  {{"parameter", key},
                   {"expected", static_cast<double>(n_)},
                   {"given", static_cast<double>(given->size())}});
    }
    if (const auto* parameter = std::get_if<ParameterPtr>(&value)) {
      return drawn_values(net_, **parameter, n_, calls++);
    }
    return std::vector<double>(n_, require_finite("", key, value));
  }

  const Network& net_;
  std::size_t n_;
};

}  // namespace

void SynapseAccess::check_weights(const SynapseList& list,
                                  const std::vector<double>& weights) const {
  bool single = net_.settings.single_precision;
  for (std::uint64_t word : list.positions) {
    const SynapseSite at = site_of(net_, SynapsePosition::unpack(word));
    single |= at.store && at.store->single_precision;
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double w = weights[i];
    if (w < 0 && raises_conductance(net_, SynapsePosition::unpack(list.positions[i]))) {
      throw negative_conductance("these synapses", w);
    }
    if (single && std::abs(w) > std::numeric_limits<float>::max()) {
      throw bad_value(ErrorKind::kBadProperty, "these synapses", "weight", w,
                      "a number that float32 can hold");
    }
  }
}

void SynapseAccess::require_own_weights(const SynapseList& list) const {
  for (std::uint64_t word : list.positions) {
    const SynapseModelEntry& entry = model_of(net_, SynapsePosition::unpack(word));
    if (!entry.common_weight) continue;
    throw Error(ErrorKind::kUnaccessedDictionaryEntry,
                "The weight of " + entry.name + " belongs to the model; set it with SetDefaults.",
                {{"model", entry.name}, {"parameter", std::string("weight")}});
  }
}

namespace {

SynapseList part_of(const SynapseList& list, const PropertyGroup& group) {
  SynapseList part{{}, list.generation};
  part.positions.reserve(group.positions->size());
  for (const std::uint32_t at : *group.positions) part.positions.push_back(list.positions[at]);
  return part;
}

/// Puts the values of a group among those of the whole list.
template <typename T>
void place(std::vector<T>&& given, const PropertyGroup& group, std::size_t length, T none,
           std::vector<T>& all) {
  if (!group.positions) {
    all = std::move(given);
    return;
  }
  all.resize(length, none);
  for (std::size_t i = 0; i < given.size(); ++i) all[group.position(i)] = given[i];
}

}  // namespace

void SynapseAccess::read_group(const SynapseList& part, const PropertyGroup& group,
                               std::size_t length, SynapseValues& values) const {
  const bool any_plastic =
      std::any_of(part.positions.begin(), part.positions.end(),
                  [&](std::uint64_t word) { return plastic_model(net_, word) != nullptr; });
  const SynapseModel* const model = common_model(net_, part);
  const auto renamed = model ? canonical_names(*model, group.values) : std::nullopt;
  GivenValues given(net_, part.positions.size(), values.calls);
  PlasticValues plastic;
  for (const auto& [key, value] : renamed ? *renamed : group.values) {
    if (is_read_out(key)) {
      const bool none = part.positions.empty();
      throw read_only(
          none ? "synapses" : model_of(net_, SynapsePosition::unpack(part.positions.front())).name,
          key);
    }
    if (key == "weight") {
      require_own_weights(part);
      std::vector<double> weights = given.numbers(key, value);
      check_weights(part, weights);
      if (any_plastic) plastic.emplace_back(key, weights);
      place(std::move(weights), group, length, kNoWeight, values.weights);
    } else if (key == "delay") {
      std::vector<std::uint32_t> delays;
      for (double ms : given.numbers(key, value)) delays.push_back(check_delay(net_, ms, ""));
      place(std::move(delays), group, length, kNoDelay, values.delays);
    } else if (any_plastic) {
      plastic.emplace_back(key, given.numbers(key, value));
    } else {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "Synapses have no settable parameter", key, {"weight", "delay"});
    }
  }
  values.plastic.push_back(std::move(plastic));
  values.calls = given.calls;
}

SynapseAccess::SynapseValues SynapseAccess::synapse_values(const SynapseList& list,
                                                           const PropertyGroups& groups) const {
  SynapseValues values;
  values.calls = net_.calls;
  for (const PropertyGroup& group : groups) {
    const std::size_t length = list.positions.size();
    if (group.positions) {
      read_group(part_of(list, group), group, length, values);
    } else {
      read_group(list, group, length, values);
    }
  }
  return values;
}

namespace {

bool is_float(double weight) {
  return std::abs(weight) <= std::numeric_limits<float>::max() &&
         static_cast<double>(static_cast<float>(weight)) == weight;
}

/// A homogeneous store gives up its count row for a column of weights. Its synapses stay where they
/// are, so that lists of them stay valid.
void convert_to_column(Network& net, RowStore& store) {
  const bool wide = !store.single_precision && !is_float(store.weight);
  std::vector<AlignedVector<double>> doubles(store.partitions.size());
  std::vector<AlignedVector<float>> floats(store.partitions.size());
  for (std::size_t p = 0; p < store.partitions.size(); ++p) {
    const std::size_t n = store.partitions[p].targets.size();
    if (wide) {
      doubles[p].assign(n, store.weight);
    } else {
      floats[p].assign(n, static_cast<float>(store.weight));
    }
  }
  // From here on nothing can fail.
  for (std::size_t p = 0; p < store.partitions.size(); ++p) {
    store.partitions[p].weights_double.swap(doubles[p]);
    store.partitions[p].weights_float.swap(floats[p]);
    store.partitions[p].masks = {};
  }
  store.homogeneous = false;
  store.double_weights = wide;
  store.group = -1;
  net.nodes.devices_changed = true;  // the plan has a count row for it
  measure(net);
}

}  // namespace

// A homogeneous store stays one if all its synapses get the same weight; the others get columns.
std::vector<SynapseAccess::CommonWeight> SynapseAccess::common_weights(
    const SynapseList& list, const std::vector<double>& weights) {
  std::vector<std::uint64_t> touched(net_.synapses.stores.size(), 0);
  std::vector<double> first(net_.synapses.stores.size(), 0);
  std::vector<bool> same(net_.synapses.stores.size(), true);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store >= kGeneratorStore || !is_given(weights[i])) continue;
    if (touched[at.store]++ == 0) first[at.store] = weights[i];
    same[at.store] = same[at.store] && weights[i] == first[at.store];
  }
  std::vector<bool> concerned(net_.synapses.stores.size());
  for (std::size_t s = 0; s < concerned.size(); ++s) concerned[s] = touched[s] > 0;
  Layout(net_).settle_static(concerned);
  std::vector<CommonWeight> kept;
  for (std::uint32_t s = 0; s < touched.size(); ++s) {
    if (touched[s] == 0 || !net_.synapses.stores[s]->homogeneous) continue;
    if (same[s] && touched[s] == net_.synapses.stores[s]->synapses()) {
      kept.push_back({s, first[s]});
    } else {
      convert_to_column(net_, *net_.synapses.stores[s]);
    }
  }
  return kept;
}

// Stores of 32 bits that are to hold a weight which needs 64 get columns of these.
void SynapseAccess::widen_columns(const SynapseList& list, const std::vector<double>& weights) {
  for (auto& store : net_.synapses.stores) {
    if (store->homogeneous || store->double_weights || store->single_precision) continue;
    bool exact = true;
    for (std::size_t i = 0; i < weights.size() && exact; ++i) {
      const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
      if (at.store >= kGeneratorStore || net_.synapses.stores[at.store].get() != store.get() ||
          !is_given(weights[i])) {
        continue;
      }
      exact = is_float(weights[i]);
    }
    if (exact) continue;
    for (PartitionRows& rows : store->partitions) {
      rows.weights_double.assign(rows.weights_float.begin(), rows.weights_float.end());
    }
    for (PartitionRows& rows : store->partitions) AlignedVector<float>().swap(rows.weights_float);
    store->double_weights = true;
  }
}

void SynapseAccess::write_weights(const SynapseList& list,
                                  const std::vector<double>& weights) noexcept {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!is_given(weights[i])) continue;
    const SynapseSite at = site_of(net_, SynapsePosition::unpack(list.positions[i]));
    if (!at.store || at.store->homogeneous) continue;
    PartitionRows& rows = at.rows();
    if (at.store->double_weights) {
      rows.weights_double[at.offset] = weights[i];
    } else {
      rows.weights_float[at.offset] = static_cast<float>(weights[i]);
    }
  }
}

void SynapseAccess::set_weights(SynapseList& list, const std::vector<double>& weights,
                                const std::vector<std::uint32_t>& delays) {
  const std::vector<CommonWeight> kept = common_weights(list, weights);
  widen_columns(list, weights);
  if (!delays.empty()) set_delays(list, delays);
  for (const CommonWeight& common : kept) {
    net_.synapses.stores[common.store]->weight = common.weight;
    net_.nodes.devices_changed = true;  // the plan's count rows have the weight
  }
  write_weights(list, weights);
}

void SynapseAccess::set_synapses(SynapseList& list, const PropertyGroups& groups) {
  net_.synapses.check(list);
  const SynapseValues values = synapse_values(list, groups);
  const auto& [weights, delays, plastic, calls] = values;
  const bool any = !list.positions.empty();
  for (std::size_t g = 0; g < groups.size(); ++g) check_plastic(list, groups[g], plastic[g]);
  check_delays(list, delays);
  if (any) {
    // First what needs memory and changes no value, then what cannot fail.
    std::vector<ChangedList> changed;
    if (!weights.empty() || !delays.empty()) changed = changed_lists(net_, list, weights, delays);
    if (std::any_of(plastic.begin(), plastic.end(), [](const auto& own) { return !own.empty(); })) {
      net_.prepare_plasticity();
      net_.commit_plasticity();
    }
    for (std::size_t g = 0; g < groups.size(); ++g) ready_plastic(list, groups[g], plastic[g]);
    if (!weights.empty()) {
      set_weights(list, weights, delays);
    } else if (!delays.empty()) {
      set_delays(list, delays);
    }
    for (ChangedList& lists : changed) change_list(net_, std::move(lists));
    for (std::size_t g = 0; g < groups.size(); ++g) write_plastic(list, groups[g], plastic[g]);
  }
  net_.calls = calls;
}

}  // namespace tegmenta
