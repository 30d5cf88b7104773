#include "kernel/connector.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "base/errors.h"
#include "connect/connection_pairs.h"
#include "connect/rules/declaration.h"
#include "connect/synapse_estimate.h"
#include "kernel/connect_keys.h"
#include "kernel/connect_parts.h"
#include "kernel/connect_spec.h"
#include "kernel/defaults.h"
#include "kernel/descriptions.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

/// From this many synapses a target on, a projection with one weight is delivered as counts.
constexpr std::uint64_t kDenseIndegree = 8;
/// Count rows there may be; further projections keep a weight a synapse.
constexpr int kMostGroups = 64;
/// Stores there may be: positions of synapses and due runs have 16 bits for them.
constexpr std::size_t kMostStores = 65000;

// Memory that laying out takes, with some for sorting.
double layout_bytes(const Projection& p, bool homogeneous, const SynapseModel& model) {
  const double weight = homogeneous ? 0 : p.needs_double ? 8 : 4;
  const double delay = p.delay.is_scalar() ? 0 : 4;
  double columns = 0;
  for (std::size_t k = 0; model.plastic && k < p.columns.size(); ++k) {
    if (model.stored[k] || !p.columns[k].is_scalar()) columns += 8;
  }
  return static_cast<double>(p.synapses) * (2 + weight + delay + columns) * 1.2;
}

}  // namespace

bool Connector::homogeneous(const Projection& projection) const {
  const SynapseModelEntry& model = net_.catalog.synapse(projection.model);
  if (model.common_weight) return true;
  const auto targets = static_cast<std::uint64_t>(projection.pattern.synapse_targets().size());
  return !model.model->plastic && projection.weight.is_scalar() &&
         projection.synapses >= kDenseIndegree * targets && net_.synapses.groups < kMostGroups &&
         !projection.from_generators;
}

// Throws BadProperty where synapses that there are, or that are planned, have another one.
void Connector::plan_dopamine(ConnectPlan& plan, int model, double n) const {
  const auto planned = plan.dopamine.find(model);
  if (planned != plan.dopamine.end()) {
    if (planned->second == n) return;
    const SynapseModelEntry& entry = net_.catalog.synapse(model);
    throw bad_value(ErrorKind::kBadProperty, entry.name,
                    entry.model->parameters[static_cast<std::size_t>(entry.model->dopamine)].name,
                    n, "the same for all synapses of the model");
  }
  require_shared_dopamine(net_, model, n, 0);
  if (n != net_.plasticity.dopamine(model)) plan.dopamine.emplace(model, n);
}

// Those that have no synapses are left out: sums are in the order of the stores, and one of nothing
// must not be among them.
void Connector::plan_rows(ConnectPlan& plan, std::vector<Projection> projections) {
  count_synapses(projections);
  std::erase_if(projections, [](const Projection& p) { return p.synapses == 0; });
  for (Projection& projection : projections) check_values(projection);
  if (net_.synapses.stores.size() + plan.rows.size() + projections.size() > kMostStores) {
    throw Error(ErrorKind::kKernelException, "There are too many kinds of synapses (65,000).");
  }
  std::move(projections.begin(), projections.end(), std::back_inserter(plan.rows));
}

// Throws unless memory and time allow as many as there are.
void Connector::count_synapses(std::vector<Projection>& projections) {
  // What cannot fit in any case is refused before anything is drawn.
  double bytes = 0;
  SynapseEstimate all{0, 0, true};
  std::vector<SynapseEstimate> estimates;
  for (Projection& projection : projections) {
    const SynapseEstimate& estimate =
        estimates.emplace_back(estimate_synapses(projection.pattern, *net_.settings.simd));
    const SynapseModel& model = *net_.catalog.synapse(projection.model).model;
    projection.synapses = static_cast<std::uint64_t>(estimate.least);
    bytes += layout_bytes(projection, projection.weight.is_scalar() && !model.plastic, model);
    all.expected += estimate.expected;
    all.least += estimate.least;
    all.exact &= estimate.exact;
  }
  require_memory(bytes, all.text("synapses"));
  for (Projection& projection : projections) check_work(projection.pattern, net_.settings.threads);
  for (std::size_t i = 0; i < projections.size(); ++i) {
    Projection& projection = projections[i];
    check_projection(projection, estimates[i]);
    projection.memory = std::make_shared<const PromisedMemory>(
        layout_bytes(projection, homogeneous(projection),
                     *net_.catalog.synapse(projection.model).model),
        std::to_string(projection.synapses) + " synapses");
  }
}

// Stores for the projections, with room for them. Leaves none behind if it fails.
std::vector<std::uint32_t> Connector::make_stores(const std::vector<Projection>& projections) {
  SynapseStores& synapses = net_.synapses;
  std::vector<std::uint32_t> stores;
  const std::size_t stores_before = synapses.stores.size();
  const int groups_before = synapses.groups;
  try {
    for (const Projection& p : projections) {
      const SynapseModelEntry& model = net_.catalog.synapse(p.model);
      stores.push_back(synapses.store_for(
          net_.catalog,
          {p.model, p.label, homogeneous(p), model.common_weight ? model.weight : p.weight.scalar,
           p.single_precision, p.to_ports ? p.receptor : std::uint8_t{0}}));
      make_room(synapses.stores[stores.back()]->staged, projections.size());
    }
  } catch (...) {
    synapses.stores.resize(stores_before);
    synapses.groups = groups_before;
    throw;
  }
  return stores;
}

// All of it or, where memory fails, nothing.
void Connector::commit(ConnectPlan plan) {
  make_room(net_.synapses.of_generators, plan.of_generators.size());
  make_room(net_.recording.lists, plan.of_recorders.size());
  const std::vector<std::uint32_t> stores = make_stores(plan.rows);

  // From here on nothing can fail.
  for (const auto& [model, n] : plan.dopamine) set_dopamine(net_, model, n);
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    net_.synapses.see_delays(plan.rows[i].delays, !plan.rows[i].from_generators);
    net_.synapses.stores[stores[i]]->staged.push_back(std::move(plan.rows[i]));
    net_.synapses.layout_needed = true;
  }
  if (!plan.rows.empty()) net_.synapses.changed();
  commit_devices(plan);
  net_.calls = plan.calls;
}

void Connector::connect_collocated(std::span<const NodeId> pre, std::span<const NodeId> post,
                                   const Properties& conn, std::span<const Properties> syns) {
  try {
    ConnectPlan plan;
    plan.calls = net_.calls;
    for (const Properties& syn : syns) add(plan, pre, post, conn, syn);
    commit(std::move(plan));
  } catch (Error& e) {
    // What a parameter of a rule belongs to is no model.
    for (const std::string& rule : connection_rule_names()) e.rename("model", rule, "rule");
    throw;
  }
}

namespace {

bool wants_single_precision(const Network& net, const SynapseModelEntry& model, Entries& entries) {
  const Value* const precision = entries.take("weight_precision");
  if (!precision) return net.settings.single_precision;
  const std::string& text = require_string(model.name, "weight_precision", *precision);
  if (text != "single" && text != "double") {
    throw bad_value(ErrorKind::kBadProperty, model.name, "weight_precision", text,
                    "'single' or 'double'");
  }
  return text == "single";
}

bool only_weight_and_delay(const Properties& syn) {
  return std::all_of(syn.begin(), syn.end(), [](const auto& entry) {
    const std::string& key = entry.first;
    return key == "synapse_model" || key == "weight_precision" || key == "weight" || key == "delay";
  });
}

// One integer for all synapses, or one a synapse.
Quantity read_integers(const Projection& p, const SynapseModelEntry& model, int parameter,
                       Entries& entries, const Range& range) {
  const std::string& key = model.model->parameters[static_cast<std::size_t>(parameter)].name;
  Quantity q;
  q.scalar = model.values[static_cast<std::size_t>(parameter)];
  const Value* const value = entries.take(key);
  if (!value) return q;
  q = read_quantity(p, model.name, key, *value, static_cast<std::uint32_t>(parameter) + 3);
  if (q.is_scalar()) require_integer(model.name, key, *value, range.low, range.high);
  if (q.array) {
    for (const double x : *q.array) require_integer(model.name, key, x, range.low, range.high);
  }
  return q;
}

constexpr Range kReceptors{-2147483648.0, 2147483647.0, false, false};
constexpr Range kLabels{0, 2147483647.0, false, false};

// The synapse model and the values of its parameters. Returns what projections have one of.
SharedKeys read_synapses(const Network& net, Projection& p, const Properties& syn) {
  Entries entries(syn, "syn_spec");
  const Value* model_value = entries.take("synapse_model");
  p.model = net.catalog.find_synapse(model_value ? require_string("", "synapse_model", *model_value)
                                                 : "static_synapse");
  const SynapseModelEntry& model = net.catalog.synapse(p.model);
  if (const auto renamed = canonical_names(*model.model, syn)) {
    return read_synapses(net, p, *renamed);
  }
  entries.belongs_to(model.name);
  p.weight_alone = only_weight_and_delay(syn);
  if (const Value* w = entries.take("weight")) {
    if (model.common_weight) {
      throw Error(ErrorKind::kNotImplemented,
                  "The weight of " + model.name +
                      " belongs to the model; set it with SetDefaults, not in Connect.",
                  {{"model", model.name}, {"parameter", std::string("weight")}});
    }
    p.weight = read_quantity(p, model.name, "weight", *w, 1);
  } else {
    p.weight.scalar = model.weight;
  }
  if (const Value* d = entries.take("delay")) {
    p.delay = read_quantity(p, model.name, "delay", *d, 2);
  } else {
    p.delay.scalar = model.delay_ms;
  }
  SharedKeys keys{read_integers(p, model, kReceptorParameter, entries, kReceptors),
                  read_integers(p, model, kLabelParameter, entries, kLabels)};
  p.single_precision = wants_single_precision(net, model, entries);
  read_parameters(p, model, entries);
  entries.require_all_used();
  return keys;
}

// Numbers that are drawn cannot be had again for the second half.
void check_repeatable(const Projection& p, const SharedKeys& keys) {
  bool drawn = false;
  const auto see = [&](const Quantity& q) { drawn |= q.parameter != nullptr; };
  for (const Quantity* q :
       {&p.weight, &p.delay, &p.Kplus, &p.Kplus_triplet, &keys.receptor, &keys.label}) {
    see(*q);
  }
  for (const Quantity& q : p.columns) see(q);
  if (!drawn) return;
  throw Error(ErrorKind::kNotImplemented,
              "make_symmetric cannot repeat random parameters; give numbers or arrays.",
              {{"parameter", std::string("make_symmetric")}});
}

// The same projection the other way round, which its sources must be able to receive.
Projection opposite(const Network& net, const Projection& p) {
  Projection other = p;
  other.pattern.transposed = true;
  other.to_ports = other.to_conductances = false;
  for (NodeId id : p.pattern.kept_sources()) {
    const NeuronModel& neuron = net.nodes.populations[net.nodes.records[id].index]->model();
    require_receptor(net.nodes.model_name(id), receptors_of(neuron, Receptors::kOfSpikes),
                     p.receptor);
    reach_ports(other, neuron);
  }
  return other;
}

}  // namespace

// Works out what one specification of synapses makes of a call; changes nothing but the plan.
void Connector::add(ConnectPlan& plan, std::span<const NodeId> pre, std::span<const NodeId> post,
                    const Properties& conn, const Properties& syn) {
  Projection p;
  p.pattern.call = net_.calls;
  p.call = plan.calls;
  bool make_symmetric = false;
  read_pattern(net_, "Connect", p, pre, post, conn, make_symmetric);
  const SharedKeys keys = read_synapses(net_, p, syn);
  if (make_symmetric) check_repeatable(p, keys);
  if (p.single_precision && p.weight.is_scalar() && std::abs(p.weight.scalar) <= kMostFloat) {
    p.weight.scalar = static_cast<double>(static_cast<float>(p.weight.scalar));
  }
  if (p.dopamine) plan_dopamine(plan, p.model, *p.dopamine);
  std::vector<ConnectPart> parts;
  for (KeyedProjection& keyed : by_keys(net_, std::move(p), keys, make_symmetric)) {
    std::vector<ConnectPart> own =
        parts_of(net_, std::move(keyed.projection), make_symmetric, keyed.receptor);
    if (parts.empty()) {
      parts = std::move(own);
    } else {
      std::move(own.begin(), own.end(), std::back_inserter(parts));
    }
  }
  std::vector<Projection> rows;
  for (ConnectPart& part : parts) {
    if (part.pair->kind != ConnectionKind::kSynapses) continue;
    std::optional<Projection> other;
    if (make_symmetric) other = opposite(net_, part.projection);
    rows.push_back(std::move(part.projection));
    if (other) rows.push_back(std::move(*other));
  }
  plan_rows(plan, std::move(rows));
  plan_generators(plan, parts);
  plan_recorders(plan, parts);
  ++plan.calls;
}

}  // namespace tegmenta
