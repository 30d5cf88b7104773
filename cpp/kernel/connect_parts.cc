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

// Throws unless all targets accept what comes, at that receptor. Whether some have ports for it.
bool check_receptors(const Network& net, const Projection& p, Receptors receptors,
                     std::int64_t receptor) {
  if (receptors == Receptors::kNone) {
    require_receptor("", {0, 0}, receptor);
    return false;
  }
  if (receptors == Receptors::kOfRewards) {
    const std::string& model = net.nodes.model_name(p.pattern.kept_targets().front());
    require_receptor(model, {0, kRewardReceptors - 1}, receptor);
    return false;
  }
  bool to_ports = false;
  const bool currents = receptors == Receptors::kOfCurrents;
  for (NodeId id : p.pattern.kept_targets()) {
    const NeuronModel& neuron = net.nodes.populations[net.nodes.records[id].index]->model();
    if (currents && !neuron.accepts_current) {
      throw Error(ErrorKind::kIllegalConnection,
                  net.nodes.model_name(id) + " does not accept currents.",
                  {{"model", net.nodes.model_name(id)}});
    }
    require_receptor(net.nodes.model_name(id), receptors_of(neuron, receptors), receptor);
    to_ports |= !currents && neuron.ports > 0;
  }
  return to_ports;
}

ConnectPart checked_part(const Network& net, Projection p, Roles roles, bool make_symmetric,
                         std::int64_t receptor) {
  const ConnectionPair& pair = allowed_pair(net, p, roles, make_symmetric);
  const SynapseModelEntry& model = net.catalog.synapse(p.model);
  if (model.common_weight && roles.source != NodeRole::kNeuron) {
    // Generators keep a copy of the weight, which SetDefaults changes with the model's.
    p.weight.scalar = model.weight;
  }
  p.to_ports = check_receptors(net, p, pair.receptors, receptor);
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
  const bool currents = receptors == Receptors::kOfCurrents;
  if (neuron.ports > 0 && !currents) return {1, neuron.ports};
  const bool two = neuron.counts_input || (currents && neuron.has_filtered_current);
  return {0, two ? 1 : 0};
}

void require_receptor(const std::string& model, ReceptorRange range, std::int64_t receptor) {
  if (receptor >= range.low && receptor <= range.high) return;
  const std::string low = std::to_string(range.low), high = std::to_string(range.high);
  throw bad_value(ErrorKind::kUnknownReceptorType, model, "receptor_type",
                  static_cast<double>(receptor),
                  range.low == range.high       ? low
                  : range.high == range.low + 1 ? low + " or " + high
                                                : low + " to " + high);
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
