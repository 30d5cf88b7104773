// Connect: from what the user gave to a staged projection or a device's connections. Everything is
// checked before anything is changed.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/errors.h"
#include "network/connect_spec.h"
#include "network/network.h"
#include "network/numbers.h"
#include "network/synapse_estimate.h"

namespace tegmenta {

namespace {

/// From this many synapses a target on, a projection with one weight is delivered as counts.
constexpr std::uint64_t kDenseIndegree = 8;
/// Count rows there may be; further projections keep a weight a synapse.
constexpr int kMostGroups = 64;
/// Stores there may be: positions of synapses and due runs have 16 bits for them.
constexpr std::size_t kMostStores = 65000;
constexpr double kMostFloat = std::numeric_limits<float>::max();

// Memory that laying out takes, with some for sorting.
double layout_bytes(const Projection& p, bool homogeneous, const SynapseModel& model) {
  const double weight = homogeneous ? 0 : p.needs_double ? 8 : 4;
  const double delay = p.delay.is_scalar() ? 0 : 4;
  double columns = 0;
  for (std::size_t k = 0; model.plastic() && k < p.columns.size(); ++k) {
    if (model.stored[k] || !p.columns[k].is_scalar()) columns += 8;
  }
  return static_cast<double>(p.synapses) * (2 + weight + delay + columns) * 1.2;
}

}  // namespace

std::uint32_t Network::store_for(int model, std::int64_t label, bool homogeneous, double weight,
                                 bool single_precision) {
  for (std::uint32_t s = 0; s < stores_.size(); ++s) {
    const RowStore& store = *stores_[s];
    if (store.model == model && store.label == label && store.homogeneous == homogeneous &&
        (homogeneous ? store.weight == weight : store.single_precision == single_precision)) {
      return s;
    }
  }
  auto store = std::make_unique<RowStore>();
  store->model = model;
  store->label = label;
  store->homogeneous = homogeneous;
  store->weight = weight;
  store->single_precision = single_precision;
  const SynapseModelEntry& entry = synapse_models_[static_cast<std::size_t>(model)];
  if (entry.model->plastic()) {
    store->plastic = entry.model;
    // State changes by fractions: in double, unless the user wants it small.
    store->double_weights = !single_precision;
    store->columns.resize(entry.model->columns.size());
    for (std::size_t k = 0; k < store->columns.size(); ++k) {
      const auto parameter = static_cast<std::size_t>(entry.model->columns[k]);
      // Parts of the eligibility are told apart only where the rule asks for it.
      const bool part = k == 1 && entry.model->rewarded() && reward_rule(entry, grid_).split();
      store->columns[k] = {entry.model->stored[k] || part, entry.values[parameter]};
    }
  }
  if (homogeneous) store->group = groups_;
  store->partitions.resize(static_cast<std::size_t>(placement_.partitions()));
  stores_.push_back(std::move(store));
  groups_ += homogeneous ? 1 : 0;
  return static_cast<std::uint32_t>(stores_.size()) - 1;
}

bool Network::homogeneous(const Projection& projection, bool from_generators) const {
  const SynapseModelEntry& model = synapse_models_[static_cast<std::size_t>(projection.model)];
  if (model.common_weight) return true;
  const auto targets = static_cast<std::uint64_t>(projection.pattern.synapse_targets().size());
  return !model.model->plastic() && projection.weight.is_scalar() &&
         projection.synapses >= kDenseIndegree * targets && groups_ < kMostGroups &&
         !from_generators;
}

// Checks projections and then stages all of them, or none. Those after the first repeat it the
// other way round.
void Network::connect_rows(std::vector<Projection> projections, bool from_generators) {
  std::vector<std::uint32_t> stores;
  // What cannot fit in any case is refused before anything is drawn.
  double bytes = 0;
  SynapseEstimate all{0, 0, true};
  std::vector<SynapseEstimate> estimates;
  for (Projection& projection : projections) {
    projection.from_generators = from_generators;
    const SynapseEstimate& estimate =
        estimates.emplace_back(estimate_synapses(projection.pattern, *status_.simd));
    const SynapseModel& model = *synapse_models_[static_cast<std::size_t>(projection.model)].model;
    projection.synapses = static_cast<std::uint64_t>(estimate.least);
    bytes += layout_bytes(projection, projection.weight.is_scalar() && !model.plastic(), model);
    all.expected += estimate.expected;
    all.least += estimate.least;
    all.exact &= estimate.exact;
  }
  require_memory(bytes, all.text("synapses"));
  for (Projection& projection : projections) check_work(projection.pattern, team().size());
  std::uint64_t synapses = 0;
  for (std::size_t i = 0; i < projections.size(); ++i) {
    Projection& projection = projections[i];
    check_projection(projection, estimates[i]);
    synapses += projection.synapses;
    projection.memory = std::make_shared<const PromisedMemory>(
        layout_bytes(projection, homogeneous(projection, from_generators),
                     *synapse_models_[static_cast<std::size_t>(projection.model)].model),
        std::to_string(projection.synapses) + " synapses");
  }
  if (synapses == 0) return;
  for (Projection& projection : projections) check_values(projection);
  if (stores_.size() + projections.size() > kMostStores) {
    throw Error(ErrorKind::kKernelException, "There are too many kinds of synapses (65,000).");
  }
  const std::size_t stores_before = stores_.size();
  const int groups_before = groups_;
  try {
    for (const Projection& p : projections) {
      const SynapseModelEntry& model = synapse_models_[static_cast<std::size_t>(p.model)];
      const bool one_weight = homogeneous(p, from_generators);
      stores.push_back(store_for(p.model, p.label, one_weight,
                                 model.common_weight ? model.weight : p.weight.scalar,
                                 p.single_precision));
      make_room(stores_[stores.back()]->staged, projections.size());
    }
  } catch (...) {
    // Sums are in the order of the stores: one of nothing must not be among them.
    stores_.resize(stores_before);
    groups_ = groups_before;
    throw;
  }
  for (std::size_t i = 0; i < projections.size(); ++i) {
    see_delays(projections[i].delays, !from_generators);
    stores_[stores[i]]->staged.push_back(std::move(projections[i]));
  }
  layout_needed_ = true;
}

void Network::connect(std::span<const NodeId> pre, std::span<const NodeId> post,
                      const Properties& conn, const Properties& syn) {
  try {
    connect_checked(pre, post, conn, syn);
  } catch (Error& e) {
    // What a parameter of a rule belongs to is no model.
    for (const std::string& rule : connection_rule_names()) e.rename("model", rule, "rule");
    throw;
  }
}

void Network::connect_checked(std::span<const NodeId> pre, std::span<const NodeId> post,
                              const Properties& conn, const Properties& syn) {
  if (pre.empty() || post.empty()) {
    throw_illegal(std::string("Connect needs at least one ") + (pre.empty() ? "source" : "target") +
                  "; the collection is empty.");
  }
  for (NodeId id : pre) require_node(id);
  for (NodeId id : post) require_node(id);

  Projection p;
  p.pattern.sources = std::make_shared<const std::vector<NodeId>>(pre.begin(), pre.end());
  p.pattern.targets = std::make_shared<const std::vector<NodeId>>(post.begin(), post.end());
  p.pattern.seed = status_.seed;
  p.pattern.call = calls_;
  p.steps_per_ms = grid_.steps_per_ms();
  bool make_symmetric = false;
  Entries conn_entries(conn, "conn_spec");
  read_rule(p.pattern, conn_entries, make_symmetric);
  if (p.pattern.rule != Rule::kExplicitArrays) {
    for (const auto* ids : {p.pattern.sources.get(), p.pattern.targets.get()}) {
      for (std::size_t i = 1; i < ids->size(); ++i) {
        if ((*ids)[i - 1] >= (*ids)[i]) {
          throw Error(ErrorKind::kBadProperty,
                      "The IDs of a collection must ascend and be unique; use one_to_one with "
                      "explicit arrays for lists with repetitions.");
        }
      }
    }
  }

  Entries syn_entries(syn, "syn_spec");
  const Value* model_value = syn_entries.take("synapse_model");
  const std::string model_name_given =
      model_value ? require_string("", "synapse_model", *model_value) : "static_synapse";
  p.model = find_synapse_model(model_name_given);
  const SynapseModelEntry& model = synapse_models_[static_cast<std::size_t>(p.model)];
  if (const auto renamed = canonical_names(*model.model, syn)) {
    return connect_checked(pre, post, conn, *renamed);
  }
  syn_entries.belongs_to(model.name);
  if (const Value* w = syn_entries.take("weight")) {
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
  if (const Value* d = syn_entries.take("delay")) {
    p.delay = read_quantity(p, model.name, "delay", *d, 2);
  } else {
    p.delay.scalar = model.delay_ms;
  }
  auto receptor = static_cast<std::int64_t>(model.values[kReceptorParameter]);
  if (const Value* r = syn_entries.take("receptor_type")) {
    receptor = require_integer(model.name, "receptor_type", *r, -2147483648.0, 2147483647.0);
  }
  if (const Value* l = syn_entries.take("synapse_label")) {
    p.label = require_integer(model.name, "synapse_label", *l, 0, 2147483647.0);
  } else {
    p.label = static_cast<std::int64_t>(model.values[kLabelParameter]);
  }
  p.single_precision = status_.single_precision;
  if (const Value* precision = syn_entries.take("weight_precision")) {
    const std::string& text = require_string(model.name, "weight_precision", *precision);
    if (text != "single" && text != "double") {
      throw bad_value(ErrorKind::kBadProperty, model.name, "weight_precision", text,
                      "'single' or 'double'");
    }
    p.single_precision = text == "single";
  }
  if (model.model->plastic()) read_plastic_parameters(p, model, syn_entries);
  syn_entries.require_all_used();
  if (make_symmetric && (p.weight.parameter || p.delay.parameter)) {
    throw Error(ErrorKind::kNotImplemented,
                "make_symmetric cannot repeat random weights or delays; give numbers or arrays.",
                {{"parameter", std::string("make_symmetric")}});
  }
  if (p.single_precision && p.weight.is_scalar() && std::abs(p.weight.scalar) <= kMostFloat) {
    p.weight.scalar = static_cast<double>(static_cast<float>(p.weight.scalar));
  }

  const auto one_role = [&](const std::vector<NodeId>& ids, const char* end) {
    const NodeRole role = role_of(ids.front());
    for (NodeId id : ids) {
      if (role_of(id) != role) {
        throw_illegal(std::string("The ") + end + " are of different kinds (" +
                          model_name(ids.front()) + ", " + model_name(id) +
                          "); connect neurons, generators and recorders separately.",
                      {{"model", model_name(id)}, {"node", static_cast<double>(id)}});
      }
    }
    return role;
  };
  const NodeRole source = one_role(*p.pattern.sources, "sources");
  const NodeRole target = one_role(*p.pattern.targets, "targets");
  const std::string& source_name = model_name(p.pattern.sources->front());
  const std::string& target_name = model_name(p.pattern.targets->front());
  const bool recording = target == NodeRole::kSpikeSink || source == NodeRole::kSampler ||
                         target == NodeRole::kVolumeTransmitter;
  if (source == NodeRole::kWeightRecorder || target == NodeRole::kWeightRecorder) {
    throw Error(ErrorKind::kIllegalConnection,
                "A weight_recorder is not connected: give it to a synapse model, "
                "CopyModel(model, name, { weight_recorder }).",
                {{"model", source == NodeRole::kWeightRecorder ? source_name : target_name}});
  }
  if (source == NodeRole::kSynapseRecorder || target == NodeRole::kSynapseRecorder) {
    throw Error(ErrorKind::kIllegalConnection,
                "A synapse_recorder is not connected: give it the synapses to record, "
                "set({ connections: GetConnections(...) }).",
                {{"model", source == NodeRole::kSynapseRecorder ? source_name : target_name}});
  }
  if (source == NodeRole::kRewardTransmitter || target == NodeRole::kRewardTransmitter) {
    throw Error(ErrorKind::kIllegalConnection,
                "A reward_transmitter is not connected: give it to a synapse model, "
                "CopyModel(model, name, { reward_transmitter }).",
                {{"model", source == NodeRole::kRewardTransmitter ? source_name : target_name}});
  }
  if (source == NodeRole::kVolumeTransmitter) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " sends no spikes; bind synapses to it through their model.",
                {{"model", source_name}});
  }
  const bool spiking = source == NodeRole::kPoissonSource || source == NodeRole::kSpikeSource;
  if (target == NodeRole::kVolumeTransmitter && !spiking && source != NodeRole::kNeuron) {
    throw Error(ErrorKind::kIllegalConnection, target_name + " receives spikes of neurons only.",
                {{"model", source_name}});
  }
  if (target == NodeRole::kVolumeTransmitter && spiking) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " cannot drive a " + target_name +
                    " directly; put a parrot_neuron in between.",
                {{"model", source_name}});
  }
  if (model.model->plastic() && !(source == NodeRole::kNeuron && target == NodeRole::kNeuron)) {
    throw Error(ErrorKind::kIllegalConnection,
                model.name + " connects neurons only, not " + source_name + " to " + target_name +
                    (source == NodeRole::kNeuron ? "." : "; put a parrot_neuron in between."),
                {{"model", model.name}});
  }
  if (model.model->needs_transmitter && model.transmitter == 0) {
    throw Error(
        ErrorKind::kBadProperty,
        std::string("No ") + model.model->transmitter_parameter() + " has been assigned to " +
            model.name + "; set it with SetDefaults or CopyModel.",
        {{"model", model.name}, {"parameter", std::string(model.model->transmitter_parameter())}});
  }
  if (source == NodeRole::kSpikeSink) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " sends no output; connect the nodes to be recorded to it.",
                {{"model", source_name}});
  }
  if (target == NodeRole::kSampler) {
    throw Error(ErrorKind::kIllegalConnection,
                target_name + " cannot be a target; connect it to the nodes: Connect(" +
                    target_name + ", nodes).",
                {{"model", target_name}});
  }
  if (target != NodeRole::kNeuron && target != NodeRole::kSpikeSink &&
      target != NodeRole::kVolumeTransmitter &&
      !(source == NodeRole::kSampler && target == NodeRole::kCurrentSource)) {
    throw Error(ErrorKind::kIllegalConnection,
                target_name + " receives no input from " + source_name + ".",
                {{"model", target_name}});
  }
  if (source == NodeRole::kCurrentSource && target == NodeRole::kSpikeSink) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " sends currents, which " + target_name + " cannot record.",
                {{"model", source_name}});
  }
  if (recording && p.pattern.rule != Rule::kAllToAll && p.pattern.rule != Rule::kOneToOne &&
      p.pattern.rule != Rule::kExplicitArrays) {
    throw_illegal(std::string("The rule ") + name_of(p.pattern.rule) +
                      " cannot connect recorders; use all_to_all or one_to_one.",
                  {{"rule", std::string(name_of(p.pattern.rule))}});
  }
  if (make_symmetric && (source != NodeRole::kNeuron || target != NodeRole::kNeuron)) {
    throw_illegal("make_symmetric connects neurons only.",
                  {{"parameter", std::string("make_symmetric")}});
  }
  if (model.common_weight && source != NodeRole::kNeuron) {
    // Generators keep a copy of the weight, which SetDefaults changes with the model's.
    p.weight.scalar = model.weight;
  }

  // Receptors.
  if (target == NodeRole::kNeuron && source != NodeRole::kSampler) {
    for (NodeId id : *p.pattern.targets) {
      const NeuronModel& neuron = populations_[nodes_[id].index]->model();
      if (source == NodeRole::kCurrentSource && !neuron.accepts_current) {
        throw Error(ErrorKind::kIllegalConnection, model_name(id) + " does not accept currents.",
                    {{"model", model_name(id)}});
      }
      const bool two = neuron.counts_input ||
                       (source == NodeRole::kCurrentSource && neuron.has_filtered_current);
      if (receptor < 0 || receptor > (two ? 1 : 0)) {
        throw bad_value(ErrorKind::kUnknownReceptorType, model_name(id), "receptor_type",
                        static_cast<double>(receptor), two ? "0 or 1" : "0");
      }
    }
  } else if (receptor != 0) {
    throw bad_value(ErrorKind::kUnknownReceptorType, "", "receptor_type",
                    static_cast<double>(receptor), "0");
  }
  p.channel = static_cast<std::uint8_t>(receptor);

  if (recording && source != NodeRole::kPoissonSource) {
    connect_recorder(p, source == NodeRole::kSampler);
  } else if (source == NodeRole::kPoissonSource || source == NodeRole::kCurrentSource) {
    connect_generators(p);
  } else {
    const bool generators = source == NodeRole::kSpikeSource;
    std::vector<Projection> projections = {p};
    if (make_symmetric) {
      for (NodeId id : *p.pattern.sources) {
        const NeuronModel& neuron = populations_[nodes_[id].index]->model();
        if (receptor > (neuron.counts_input ? 1 : 0)) {
          throw bad_value(ErrorKind::kUnknownReceptorType, model_name(id), "receptor_type",
                          static_cast<double>(receptor), "0");
        }
      }
      projections.push_back(p);
      projections.back().pattern.transposed = true;
    }
    connect_rows(std::move(projections), generators);
  }
  ++calls_;
}

}  // namespace tegmenta
