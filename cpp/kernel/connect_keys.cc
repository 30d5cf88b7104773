#include "kernel/connect_keys.h"

#include <map>
#include <string>
#include <utility>

#include "base/errors.h"
#include "base/memory.h"
#include "connect/generate.h"
#include "connect/named_synapses.h"
#include "connect/synapse_estimate.h"
#include "kernel/connect_parts.h"
#include "kernel/connect_spec.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

/// One of them has these, in the order of creation.
struct KeyGroup {
  std::vector<NodeId> sources, targets;
  std::vector<std::size_t> places;  // among all synapses
};

/// Receptor and label.
using Key = std::pair<std::int64_t, std::int64_t>;

// All synapses of a call. Throws OutOfMemory.
std::vector<GeneratedSynapse> generated_by(const Network& net, const Projection& p,
                                           std::size_t quantities) {
  const SynapseEstimate estimate = estimate_synapses(p.pattern, *net.settings.simd);
  const double bytes = static_cast<double>(2 * sizeof(GeneratedSynapse) + 16 + 16 * quantities);
  require_memory(estimate.least * bytes, estimate.text("synapses"));
  check_work(p.pattern, net.settings.threads);
  check_drawn(p.pattern, *net.settings.simd);
  std::vector<GeneratedSynapse> generated =
      generate_all(p.pattern, *net.settings.simd, static_cast<NodeId>(net.nodes.records.size()));
  require_memory(static_cast<double>(generated.size()) * bytes,
                 std::to_string(generated.size()) + " synapses");
  return generated;
}

/// The values of a call's synapses.
class ValuesOfCall {
 public:
  ValuesOfCall(const Network& net, const Projection& p, const NamedSynapses& synapses)
      : net_(net), p_(p), synapses_(synapses) {}

  /// parameter: of the model, to which what is drawn must be possible.
  std::vector<double> of(const Quantity& q, int parameter) const {
    std::vector<double> values(synapses_.sources.size());
    if (values.empty()) return values;
    p_.values(q, *net_.settings.simd, synapses_.all(), values.data());
    // Weights and delays are checked as those of any array.
    if (!q.parameter || parameter == kWeightParameter || parameter == kDelayParameter) {
      return values;
    }
    const SynapseModelEntry& model = net_.catalog.synapse(p_.model);
    const ParameterDeclaration& d = model.model->parameters[static_cast<std::size_t>(parameter)];
    for (const double x : values) check_number(model.name, d, x);
    return values;
  }

 private:
  const Network& net_;
  const Projection& p_;
  const NamedSynapses& synapses_;
};

// The values of some synapses, where they differ.
void pick(Quantity& q, const std::vector<double>& all, const std::vector<std::size_t>& places) {
  if (q.is_scalar()) return;
  std::vector<double> own;
  own.reserve(places.size());
  for (const std::size_t i : places) own.push_back(all[i]);
  q.parameter = nullptr;
  q.array = std::make_shared<const std::vector<double>>(std::move(own));
}

// Calls f(quantity, its parameter) for all of a projection.
template <typename F>
void for_quantities(const SynapseModel& model, Projection& p, F&& f) {
  f(p.weight, kWeightParameter);
  f(p.delay, kDelayParameter);
  if (model.trace >= 0) f(p.Kplus, model.trace);
  if (model.triplet_trace >= 0) f(p.Kplus_triplet, model.triplet_trace);
  for (std::size_t k = 0; k < p.columns.size(); ++k) f(p.columns[k], model.columns[k]);
}

ConnectionPattern pattern_of_pairs(const ConnectionPattern& call, KeyGroup& group) {
  ConnectionPattern c;
  c.rule = &rules::ExplicitArrays::kDeclaration;
  c.sources = std::make_shared<const std::vector<NodeId>>(std::move(group.sources));
  c.targets = std::make_shared<const std::vector<NodeId>>(std::move(group.targets));
  c.seed = call.seed;
  c.call = call.call;
  return c;
}

}  // namespace

std::vector<KeyedProjection> by_keys(const Network& net, Projection call, const SharedKeys& keys,
                                     bool make_symmetric) {
  std::vector<KeyedProjection> all;
  if (keys.receptor.is_scalar() && keys.label.is_scalar()) {
    call.label = static_cast<std::int64_t>(keys.label.scalar);
    const auto receptor = static_cast<std::int64_t>(keys.receptor.scalar);
    all.push_back({std::move(call), receptor});
    return all;
  }
  // What is said of nodes, the synapse model and the rule does not depend on the keys.
  parts_of(net, call, make_symmetric, 0);
  std::vector<GeneratedSynapse> generated = generated_by(net, call, call.columns.size() + 6);
  const NamedSynapses synapses(generated);
  const ValuesOfCall values(net, call, synapses);
  const std::vector<double> receptors = values.of(keys.receptor, kReceptorParameter);
  const std::vector<double> labels = values.of(keys.label, kLabelParameter);
  std::map<Key, KeyGroup> groups;
  for (std::size_t i = 0; i < synapses.sources.size(); ++i) {
    KeyGroup& group =
        groups[{static_cast<std::int64_t>(receptors[i]), static_cast<std::int64_t>(labels[i])}];
    group.sources.push_back(synapses.sources[i]);
    group.targets.push_back(synapses.targets[i]);
    group.places.push_back(i);
  }
  for (auto& [key, group] : groups) {
    all.push_back({call, key.first});
    all.back().projection.label = key.second;
    all.back().projection.pattern = pattern_of_pairs(call.pattern, group);
  }
  const SynapseModel& model = *net.catalog.synapse(call.model).model;
  std::vector<std::vector<double>> of_quantity;
  for_quantities(model, call, [&](const Quantity& q, int parameter) {
    of_quantity.push_back(q.is_scalar() ? std::vector<double>{} : values.of(q, parameter));
  });
  auto keyed = all.begin();
  for (const auto& entry : groups) {
    const KeyGroup& group = entry.second;
    std::size_t k = 0;
    for_quantities(model, (keyed++)->projection,
                   [&](Quantity& q, int) { pick(q, of_quantity[k++], group.places); });
  }
  return all;
}

}  // namespace tegmenta
