#include "kernel/connect_parts.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/errors.h"
#include "connect/rules/declaration.h"
#include "kernel/connect_spec.h"
#include "models/devices/reward_kernel.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

struct Roles {
  NodeRole source, target;
  bool operator==(const Roles& other) const = default;
};

/// Nodes that are paired with each other.
struct Ends {
  Roles roles;
  std::vector<NodeId> sources, targets;
};

/// Nodes of one role.
struct Group {
  NodeRole role;
  std::vector<NodeId> ids;
};

std::optional<NodeRole> common_role(const Network& net, const std::vector<NodeId>& ids) {
  const NodeRole role = net.nodes.role_of(ids.front());
  const bool all =
      std::all_of(ids.begin(), ids.end(), [&](NodeId id) { return net.nodes.role_of(id) == role; });
  return all ? std::optional(role) : std::nullopt;
}

std::vector<Group> by_role(const Network& net, const std::vector<NodeId>& ids) {
  std::vector<Group> groups;
  for (const NodeId id : ids) {
    const NodeRole role = net.nodes.role_of(id);
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.role == role; });
    if (group == groups.end()) group = groups.insert(groups.end(), {role, {}});
    group->ids.push_back(id);
  }
  return groups;
}

// Each source with the target at its place.
std::vector<Ends> ends_by_place(const Network& net, const ConnectionPattern& c) {
  std::vector<Ends> parts;
  for (std::size_t i = 0; i < c.sources->size(); ++i) {
    const NodeId source = (*c.sources)[i], target = (*c.targets)[i];
    const Roles roles{net.nodes.role_of(source), net.nodes.role_of(target)};
    auto part = std::find_if(parts.begin(), parts.end(),
                             [&](const Ends& ends) { return ends.roles == roles; });
    if (part == parts.end()) part = parts.insert(parts.end(), {roles, {}, {}});
    part->sources.push_back(source);
    part->targets.push_back(target);
  }
  return parts;
}

std::vector<Ends> ends_of(const Network& net, const ConnectionPattern& c) {
  if (c.rule->by_place) return ends_by_place(net, c);
  const std::vector<Group> targets = by_role(net, *c.targets);
  std::vector<Ends> parts;
  for (const Group& source : by_role(net, *c.sources)) {
    for (const Group& target : targets) {
      parts.push_back({{source.role, target.role}, source.ids, target.ids});
    }
  }
  return parts;
}

// What the table says of these nodes. Throws where it refuses them, or the synapse model, the rule
// or its second half.
const ConnectionPair& allowed_pair(const Network& net, const Projection& p, Roles roles,
                                   bool make_symmetric) {
  const ConnectionPair& pair = pair_of(roles.source, roles.target);
  const bool refused = pair.kind == ConnectionKind::kNone;
  const std::string& source = net.nodes.model_name(p.pattern.kept_sources().front());
  const std::string& target = net.nodes.model_name(p.pattern.kept_targets().front());
  if (refused && pair.whatever_model) throw refusal(pair, source, target);
  const SynapseModelEntry& model = net.catalog.synapse(p.model);
  const PlasticModels wanted =
      model.model->releases ? PlasticModels::kReleasing : PlasticModels::kAll;
  if (model.model->plastic && pair.plastic_models < wanted) {
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

// Throws unless all targets accept what comes, at that receptor; notes the ports that it reaches.
void check_receptors(const Network& net, Projection& p, Receptors receptors,
                     std::int64_t receptor) {
  if (receptors == Receptors::kNone) {
    require_receptor("", {0, 0}, receptor);
    return;
  }
  if (receptors == Receptors::kOfRewards) {
    const std::string& model = net.nodes.model_name(p.pattern.kept_targets().front());
    require_receptor(model, {0, kRewardReceptors - 1}, receptor);
    return;
  }
  const bool currents = receptors == Receptors::kOfCurrents;
  for (NodeId id : p.pattern.kept_targets()) {
    const NeuronModel& neuron = net.nodes.populations[net.nodes.records[id].index]->model();
    if (currents && neuron.currents == 0) {
      throw Error(ErrorKind::kIllegalConnection,
                  net.nodes.model_name(id) + " does not accept currents.",
                  {{"model", net.nodes.model_name(id)}});
    }
    if (!currents && !neuron.takes_spikes) {
      throw Error(ErrorKind::kIllegalConnection,
                  net.nodes.model_name(id) + " does not accept spikes.",
                  {{"model", net.nodes.model_name(id)}});
    }
    require_receptor(net.nodes.model_name(id), receptors_of(neuron, receptors), receptor);
    if (!currents) reach_ports(p, neuron);
  }
}

// What synapses read of their targets is there.
void check_post_variables(const Network& net, const Projection& p) {
  const SynapseModelEntry& entry = net.catalog.synapse(p.model);
  if (entry.model->post_variables.empty()) return;
  const NeuronModel* last = nullptr;
  for (const NodeId target : p.pattern.kept_targets()) {
    const NeuronModel& neuron = net.nodes.population_of(target).model();
    if (&neuron == last) continue;
    last = &neuron;
    for (const std::string& wanted : entry.model->post_variables) {
      if (neuron.find_state(wanted) >= 0) continue;
      std::vector<std::string> known;
      for (const StateDeclaration& state : neuron.states) known.push_back(state.name);
      throw unknown_name(ErrorKind::kIllegalConnection, "variable",
                         entry.name + " reads a state of its targets; " +
                             net.nodes.model_name(target) + " has no state",
                         wanted, known)
          .with("model", entry.name)
          .with("target", static_cast<double>(target));
    }
  }
}

ConnectPart checked_part(const Network& net, Projection p, Roles roles, bool make_symmetric,
                         std::int64_t receptor) {
  const ConnectionPair& pair = allowed_pair(net, p, roles, make_symmetric);
  const SynapseModelEntry& model = net.catalog.synapse(p.model);
  if (model.common_weight && roles.source != NodeRole::kNeuron) {
    // Generators keep a copy of the weight, which SetDefaults changes with the model's.
    p.weight.scalar = model.weight;
  }
  check_receptors(net, p, pair.receptors, receptor);
  if (roles.target == NodeRole::kNeuron) check_post_variables(net, p);
  p.receptor = static_cast<std::uint8_t>(receptor);
  p.from_generators = roles.source == NodeRole::kSpikeSource;
  return {&pair, std::move(p)};
}

// The same error, which says what part of a call it is about.
Error about_part(const Network& net, const Error& e, const Ends& part) {
  const NodeId source = part.sources.front(), target = part.targets.front();
  return Error(e.kind(),
               std::string(e.what()) + " It is about the part from " +
                   net.nodes.model_name(source) + " to " + net.nodes.model_name(target) +
                   "; nothing was connected.",
               e.fields())
      .with("source", static_cast<double>(source))
      .with("target", static_cast<double>(target));
}

}  // namespace

ReceptorRange receptors_of(const NeuronModel& neuron, Receptors receptors) {
  const auto named = [](int low, int high, const std::vector<std::string>& names) {
    return ReceptorRange{low, high, names.empty() ? nullptr : &names};
  };
  if (receptors == Receptors::kOfCurrents) {
    return named(0, std::max(0, neuron.currents - 1), neuron.current_names);
  }
  if (neuron.ports > 0) return named(1, neuron.ports, neuron.port_names);
  return {0, neuron.counts_input ? 1 : 0};
}

void reach_ports(Projection& p, const NeuronModel& neuron) {
  p.to_ports |= neuron.ports > 0;
  p.to_conductances |= neuron.has_conductance_ports();
}

namespace {

// "1 to 3", "1 (AMPA), 2 (NMDA) or 3 (GABA)".
std::string text_of(const ReceptorRange& range) {
  std::string low = std::to_string(range.low), high = std::to_string(range.high);
  if (!range.names) {
    if (range.low == range.high) return low;
    return low + (range.high == range.low + 1 ? " or " : " to ") + high;
  }
  std::string text;
  for (int receptor = range.low; receptor <= range.high; ++receptor) {
    if (receptor > range.low) text += receptor < range.high ? ", " : " or ";
    const std::string& name = (*range.names)[static_cast<std::size_t>(receptor - range.low)];
    text += std::to_string(receptor) + " (" + name + ")";
  }
  return text;
}

}  // namespace

void require_receptor(const std::string& model, ReceptorRange range, std::int64_t receptor) {
  if (receptor >= range.low && receptor <= range.high) return;
  throw bad_value(ErrorKind::kUnknownReceptorType, model, "receptor_type",
                  static_cast<double>(receptor), text_of(range));
}

std::vector<ConnectPart> parts_of(const Network& net, Projection call, bool make_symmetric,
                                  std::int64_t receptor) {
  const auto source = common_role(net, *call.pattern.sources);
  const auto target = common_role(net, *call.pattern.targets);
  std::vector<ConnectPart> parts;
  if (source && target) {
    parts.push_back(
        checked_part(net, std::move(call), {*source, *target}, make_symmetric, receptor));
    return parts;
  }
  for (const Ends& ends : ends_of(net, call.pattern)) {
    Projection part = call;
    part.pattern.part = std::make_shared<const PatternPart>(ends.sources, ends.targets);
    try {
      parts.push_back(checked_part(net, std::move(part), ends.roles, make_symmetric, receptor));
    } catch (const Error& e) {
      throw about_part(net, e, ends);
    }
  }
  return parts;
}

}  // namespace tegmenta
