#include "kernel/connector.h"

#include <cmath>

#include "base/errors.h"
#include "connect/connection_pairs.h"
#include "connect/rules/declaration.h"
#include "connect/synapse_estimate.h"
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

bool Connector::homogeneous(const Projection& projection, bool from_generators) const {
  const SynapseModelEntry& model = net_.catalog.synapse(projection.model);
  if (model.common_weight) return true;
  const auto targets = static_cast<std::uint64_t>(projection.pattern.synapse_targets().size());
  return !model.model->plastic && projection.weight.is_scalar() &&
         projection.synapses >= kDenseIndegree * targets && net_.synapses.groups < kMostGroups &&
         !from_generators;
}

// Checks projections and then stages all of them, or none. Those after the first repeat it the
// other way round.
void Connector::connect_rows(std::vector<Projection> projections, bool from_generators) {
  if (count_synapses(projections, from_generators) == 0) return;
  for (Projection& projection : projections) check_values(projection);
  if (net_.synapses.stores.size() + projections.size() > kMostStores) {
    throw Error(ErrorKind::kKernelException, "There are too many kinds of synapses (65,000).");
  }
  stage(std::move(projections), from_generators);
}

std::uint64_t Connector::count_synapses(std::vector<Projection>& projections,
                                        bool from_generators) {
  // What cannot fit in any case is refused before anything is drawn.
  double bytes = 0;
  SynapseEstimate all{0, 0, true};
  std::vector<SynapseEstimate> estimates;
  for (Projection& projection : projections) {
    projection.from_generators = from_generators;
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
  for (Projection& projection : projections) check_work(projection.pattern, net_.team().size());
  std::uint64_t synapses = 0;
  for (std::size_t i = 0; i < projections.size(); ++i) {
    Projection& projection = projections[i];
    check_projection(projection, estimates[i]);
    synapses += projection.synapses;
    projection.memory = std::make_shared<const PromisedMemory>(
        layout_bytes(projection, homogeneous(projection, from_generators),
                     *net_.catalog.synapse(projection.model).model),
        std::to_string(projection.synapses) + " synapses");
  }
  return synapses;
}

void Connector::stage(std::vector<Projection> projections, bool from_generators) {
  SynapseStores& synapses = net_.synapses;
  std::vector<std::uint32_t> stores;
  const std::size_t stores_before = synapses.stores.size();
  const int groups_before = synapses.groups;
  try {
    for (const Projection& p : projections) {
      const SynapseModelEntry& model = net_.catalog.synapse(p.model);
      stores.push_back(synapses.store_for(
          net_.catalog,
          {p.model, p.label, homogeneous(p, from_generators),
           model.common_weight ? model.weight : p.weight.scalar, p.single_precision}));
      make_room(synapses.stores[stores.back()]->staged, projections.size());
    }
  } catch (...) {
    // Sums are in the order of the stores: one of nothing must not be among them.
    synapses.stores.resize(stores_before);
    synapses.groups = groups_before;
    throw;
  }
  for (std::size_t i = 0; i < projections.size(); ++i) {
    synapses.see_delays(projections[i].delays, !from_generators);
    synapses.stores[stores[i]]->staged.push_back(std::move(projections[i]));
  }
  synapses.layout_needed = true;
}

void Connector::connect(std::span<const NodeId> pre, std::span<const NodeId> post,
                        const Properties& conn, const Properties& syn) {
  try {
    connect_checked(pre, post, conn, syn);
  } catch (Error& e) {
    // What a parameter of a rule belongs to is no model.
    for (const std::string& rule : connection_rule_names()) e.rename("model", rule, "rule");
    throw;
  }
}

namespace {

// The nodes of a call, and which of them the rule pairs. Throws for nodes that are not there, or
// not in order.
void read_pattern(const Network& net, Projection& p, std::span<const NodeId> pre,
                  std::span<const NodeId> post, const Properties& conn, bool& make_symmetric) {
  if (pre.empty() || post.empty()) {
    throw_illegal(std::string("Connect needs at least one ") + (pre.empty() ? "source" : "target") +
                  "; the collection is empty.");
  }
  for (NodeId id : pre) net.nodes.require(id);
  for (NodeId id : post) net.nodes.require(id);
  p.pattern.sources = std::make_shared<const std::vector<NodeId>>(pre.begin(), pre.end());
  p.pattern.targets = std::make_shared<const std::vector<NodeId>>(post.begin(), post.end());
  p.pattern.seed = net.settings.seed;
  p.pattern.call = net.calls;
  p.steps_per_ms = net.clock.grid.steps_per_ms();
  Entries entries(conn, "conn_spec");
  read_rule(p.pattern, entries, make_symmetric);
  if (!p.pattern.rule->ids_ascend) return;
  for (const auto* ids : {p.pattern.sources.get(), p.pattern.targets.get()}) {
    for (std::size_t i = 1; i < ids->size(); ++i) {
      if ((*ids)[i - 1] < (*ids)[i]) continue;
      throw Error(ErrorKind::kBadProperty,
                  "The IDs of a collection must ascend and be unique; use one_to_one with "
                  "explicit arrays for lists with repetitions.");
    }
  }
}

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

// The synapse model and the values of its parameters. Returns the receptor.
std::int64_t read_synapses(const Network& net, Projection& p, const Properties& syn) {
  Entries entries(syn, "syn_spec");
  const Value* model_value = entries.take("synapse_model");
  p.model = net.catalog.find_synapse(model_value ? require_string("", "synapse_model", *model_value)
                                                 : "static_synapse");
  const SynapseModelEntry& model = net.catalog.synapse(p.model);
  if (const auto renamed = canonical_names(*model.model, syn)) {
    return read_synapses(net, p, *renamed);
  }
  entries.belongs_to(model.name);
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
  auto receptor = static_cast<std::int64_t>(model.values[kReceptorParameter]);
  if (const Value* r = entries.take("receptor_type")) {
    receptor = require_integer(model.name, "receptor_type", *r, -2147483648.0, 2147483647.0);
  }
  if (const Value* l = entries.take("synapse_label")) {
    p.label = require_integer(model.name, "synapse_label", *l, 0, 2147483647.0);
  } else {
    p.label = static_cast<std::int64_t>(model.values[kLabelParameter]);
  }
  p.single_precision = wants_single_precision(net, model, entries);
  if (model.model->plastic) read_plastic_parameters(p, model, entries);
  entries.require_all_used();
  return receptor;
}

// The role that all nodes at one end have.
NodeRole one_role(const Network& net, const std::vector<NodeId>& ids, const char* end) {
  const NodeRole role = net.nodes.role_of(ids.front());
  for (NodeId id : ids) {
    if (net.nodes.role_of(id) == role) continue;
    throw_illegal(std::string("The ") + end + " are of different kinds (" +
                      net.nodes.model_name(ids.front()) + ", " + net.nodes.model_name(id) +
                      "); connect neurons, generators and recorders separately.",
                  {{"model", net.nodes.model_name(id)}, {"node", static_cast<double>(id)}});
  }
  return role;
}

struct Roles {
  NodeRole source, target;
};

// What the table says of these nodes. Throws where it refuses them, or the synapse model, the rule
// or its second half.
const ConnectionPair& allowed_pair(const Network& net, const Projection& p, Roles roles,
                                   bool make_symmetric) {
  const ConnectionPair& pair = pair_of(roles.source, roles.target);
  const bool refused = pair.kind == ConnectionKind::kNone;
  const std::string& source = net.nodes.model_name(p.pattern.sources->front());
  const std::string& target = net.nodes.model_name(p.pattern.targets->front());
  if (refused && pair.whatever_model) throw refusal(pair, source, target);
  const SynapseModelEntry& model = net.catalog.synapse(p.model);
  if (model.model->plastic && !pair.plastic_models) {
    throw Error(ErrorKind::kIllegalConnection,
                model.name + " connects neurons only, not " + source + " to " + target +
                    (roles.source == NodeRole::kNeuron ? "." : "; put a parrot_neuron in between."),
                {{"model", model.name}});
  }
  if (model.model->has_transmitter() && model.transmitter == 0) {
    throw Error(
        ErrorKind::kBadProperty,
        std::string("No ") + model.model->transmitter_parameter() + " has been assigned to " +
            model.name + "; set it with SetDefaults or CopyModel.",
        {{"model", model.name}, {"parameter", std::string(model.model->transmitter_parameter())}});
  }
  if (refused) throw refusal(pair, source, target);
  const RuleDeclaration& rule = *p.pattern.rule;
  if (!pair.any_rule && !rule.connects_recorders) {
    throw_illegal(std::string("The rule ") + rule.name +
                      " cannot connect recorders; use all_to_all or one_to_one.",
                  {{"rule", std::string(rule.name)}});
  }
  if (make_symmetric && !pair.make_symmetric) {
    throw_illegal("make_symmetric connects neurons only.",
                  {{"parameter", std::string("make_symmetric")}});
  }
  return pair;
}

// Throws unless all targets accept what comes, at that receptor.
void check_receptors(const Network& net, const Projection& p, Receptors receptors,
                     std::int64_t receptor) {
  if (receptors == Receptors::kNone) {
    if (receptor == 0) return;
    throw bad_value(ErrorKind::kUnknownReceptorType, "", "receptor_type",
                    static_cast<double>(receptor), "0");
  }
  const bool currents = receptors == Receptors::kOfCurrents;
  for (NodeId id : *p.pattern.targets) {
    const NeuronModel& neuron = net.nodes.populations[net.nodes.records[id].index]->model();
    if (currents && !neuron.accepts_current) {
      throw Error(ErrorKind::kIllegalConnection,
                  net.nodes.model_name(id) + " does not accept currents.",
                  {{"model", net.nodes.model_name(id)}});
    }
    const bool two = neuron.counts_input || (currents && neuron.has_filtered_current);
    if (receptor < 0 || receptor > (two ? 1 : 0)) {
      throw bad_value(ErrorKind::kUnknownReceptorType, net.nodes.model_name(id), "receptor_type",
                      static_cast<double>(receptor), two ? "0 or 1" : "0");
    }
  }
}

// The same projection the other way round, which its sources must be able to receive.
Projection opposite(const Network& net, const Projection& p) {
  for (NodeId id : *p.pattern.sources) {
    const NeuronModel& neuron = net.nodes.populations[net.nodes.records[id].index]->model();
    if (p.channel > (neuron.counts_input ? 1 : 0)) {
      throw bad_value(ErrorKind::kUnknownReceptorType, net.nodes.model_name(id), "receptor_type",
                      static_cast<double>(p.channel), "0");
    }
  }
  Projection other = p;
  other.pattern.transposed = true;
  return other;
}

}  // namespace

void Connector::connect_checked(std::span<const NodeId> pre, std::span<const NodeId> post,
                                const Properties& conn, const Properties& syn) {
  Projection p;
  bool make_symmetric = false;
  read_pattern(net_, p, pre, post, conn, make_symmetric);
  const std::int64_t receptor = read_synapses(net_, p, syn);
  if (make_symmetric && (p.weight.parameter || p.delay.parameter)) {
    throw Error(ErrorKind::kNotImplemented,
                "make_symmetric cannot repeat random weights or delays; give numbers or arrays.",
                {{"parameter", std::string("make_symmetric")}});
  }
  if (p.single_precision && p.weight.is_scalar() && std::abs(p.weight.scalar) <= kMostFloat) {
    p.weight.scalar = static_cast<double>(static_cast<float>(p.weight.scalar));
  }
  const Roles roles{one_role(net_, *p.pattern.sources, "sources"),
                    one_role(net_, *p.pattern.targets, "targets")};
  const ConnectionPair& pair = allowed_pair(net_, p, roles, make_symmetric);
  const SynapseModelEntry& model = net_.catalog.synapse(p.model);
  if (model.common_weight && roles.source != NodeRole::kNeuron) {
    // Generators keep a copy of the weight, which SetDefaults changes with the model's.
    p.weight.scalar = model.weight;
  }
  check_receptors(net_, p, pair.receptors, receptor);
  p.channel = static_cast<std::uint8_t>(receptor);
  switch (pair.kind) {
    case ConnectionKind::kNone:
      break;
    case ConnectionKind::kSynapses: {
      std::vector<Projection> projections = {p};
      if (make_symmetric) projections.push_back(opposite(net_, p));
      connect_rows(std::move(projections), roles.source == NodeRole::kSpikeSource);
      break;
    }
    case ConnectionKind::kInput:
      connect_generators(p);
      break;
    case ConnectionKind::kRecording:
      connect_recorder(p, false);
      break;
    case ConnectionKind::kSampling:
      connect_recorder(p, true);
      break;
  }
  ++net_.calls;
}

}  // namespace tegmenta
