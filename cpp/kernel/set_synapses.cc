// Set of synapses: weights, delays and what plastic models have.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "models/numbers.h"
#include "network/network.h"
#include "synapses/device_position.h"

namespace tegmenta {

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

namespace {

/// Values given for a list, one a synapse.
class GivenValues {
 public:
  GivenValues(const Network& net, std::size_t n) : calls(net.calls_), net_(net), n_(n) {}

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
      return net_.drawn_values(*parameter, n_, calls++);
    }
    return std::vector<double>(n_, require_finite("", key, value));
  }

  const Network& net_;
  std::size_t n_;
};

}  // namespace

const SynapseModelEntry& Network::model_of(const SynapsePosition& at) const {
  const int model = at.store == kGeneratorStore  ? device_projections_[list_of(at)].model
                    : at.store == kRecorderStore ? recording_projections_[list_of(at)].model
                                                 : stores_[at.store]->model;
  return synapse_models_[static_cast<std::size_t>(model)];
}

void Network::check_weights(const SynapseList& list, const std::vector<double>& weights) const {
  bool single = status_.single_precision;
  for (std::uint64_t word : list.positions) {
    const SynapsePosition at = SynapsePosition::unpack(word);
    single |= at.store < kGeneratorStore && stores_[at.store]->single_precision;
  }
  for (double w : weights) {
    if (single && std::abs(w) > std::numeric_limits<float>::max()) {
      throw bad_value(ErrorKind::kBadProperty, "these synapses", "weight", w,
                      "a number that float32 can hold");
    }
  }
}

void Network::require_own_weights(const SynapseList& list) const {
  for (std::uint64_t word : list.positions) {
    const SynapseModelEntry& entry = model_of(SynapsePosition::unpack(word));
    if (!entry.common_weight) continue;
    throw Error(ErrorKind::kUnaccessedDictionaryEntry,
                "The weight of " + entry.name + " belongs to the model; set it with SetDefaults.",
                {{"model", entry.name}, {"parameter", std::string("weight")}});
  }
}

Network::SynapseValues Network::synapse_values(const SynapseList& list,
                                               const Properties& params) const {
  const bool any_plastic =
      std::any_of(list.positions.begin(), list.positions.end(),
                  [&](std::uint64_t word) { return plastic_model(word) != nullptr; });
  GivenValues given(*this, list.positions.size());
  SynapseValues values;
  for (const auto& [key, value] : params) {
    if (key == "weight") {
      require_own_weights(list);
      values.weights = given.numbers(key, value);
      check_weights(list, values.weights);
      if (any_plastic) values.plastic.emplace_back(key, values.weights);
    } else if (key == "delay") {
      for (double ms : given.numbers(key, value)) values.delays.push_back(check_delay(ms, ""));
    } else if (any_plastic) {
      values.plastic.emplace_back(key, given.numbers(key, value));
    } else {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "Synapses have no settable parameter", key, {"weight", "delay"});
    }
  }
  values.calls = given.calls;
  return values;
}

// A homogeneous store stays one if all its synapses get the same weight; the others get columns.
std::vector<Network::CommonWeight> Network::common_weights(SynapseList& list,
                                                           const std::vector<double>& weights) {
  std::vector<std::uint64_t> touched(stores_.size(), 0);
  std::vector<double> first(stores_.size(), 0);
  std::vector<bool> same(stores_.size(), true);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store >= kGeneratorStore) continue;
    if (touched[at.store]++ == 0) first[at.store] = weights[i];
    same[at.store] = same[at.store] && weights[i] == first[at.store];
  }
  std::vector<bool> concerned(stores_.size());
  for (std::size_t s = 0; s < concerned.size(); ++s) concerned[s] = touched[s] > 0;
  settle_static(concerned);
  std::vector<CommonWeight> kept;
  for (std::uint32_t s = 0; s < touched.size(); ++s) {
    if (touched[s] == 0 || !stores_[s]->homogeneous) continue;
    if (same[s] && touched[s] == stores_[s]->synapses()) {
      kept.push_back({s, first[s]});
    } else {
      convert_to_columns(s, list);
    }
  }
  return kept;
}

// Stores of 32 bits that are to hold a weight which needs 64 get columns of these.
void Network::widen_columns(const SynapseList& list, const std::vector<double>& weights) {
  for (auto& store : stores_) {
    if (store->homogeneous || store->double_weights || store->single_precision) continue;
    bool exact = true;
    for (std::size_t i = 0; i < weights.size() && exact; ++i) {
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
}

void Network::write_weights(const SynapseList& list, const std::vector<double>& weights) noexcept {
  for (std::size_t i = 0; i < weights.size(); ++i) {
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

void Network::set_weights(SynapseList& list, const std::vector<double>& weights,
                          const std::vector<std::uint32_t>& delays) {
  const std::vector<CommonWeight> kept = common_weights(list, weights);
  widen_columns(list, weights);
  if (!delays.empty()) set_delays(list, delays);
  for (const CommonWeight& common : kept) {
    stores_[common.store]->weight = common.weight;
    devices_changed_ = true;  // the plan's count rows have the weight
  }
  write_weights(list, weights);
}

void Network::set_synapses(SynapseList& list, const Properties& params) {
  check_synapses(list);
  if (const SynapseModel* model = common_model(list)) {
    if (const auto renamed = canonical_names(*model, params)) return set_synapses(list, *renamed);
  }
  const auto [weights, delays, plastic, calls] = synapse_values(list, params);
  const bool any = !list.positions.empty();
  // What was connected since then must not count as part of what the list covers.
  Watch nobody;
  if (any) lay_out(nobody, &list);
  check_plastic(list, plastic);
  if (any) {
    // First what needs memory and changes no value, then what cannot fail.
    std::vector<ChangedList> changed;
    if (!weights.empty() || !delays.empty()) changed = changed_lists(list, weights, delays);
    if (!plastic.empty()) ready_plastic(list, plastic);
    if (!weights.empty()) {
      set_weights(list, weights, delays);
    } else if (!delays.empty()) {
      set_delays(list, delays);
    }
    for (ChangedList& lists : changed) change_list(std::move(lists));
    write_plastic(list, plastic);
  }
  calls_ = calls;
}

}  // namespace tegmenta
