#include "kernel/disconnector.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/memory.h"
#include "connect/generate.h"
#include "connect/synapse_estimate.h"
#include "kernel/connect_spec.h"
#include "kernel/removal.h"
#include "kernel/synapse_access.h"

namespace tegmenta {

namespace {

struct Pair {
  NodeId source;
  NodeId target;
};

// Which nodes are to be disconnected from which.
Projection read_pairs(const Network& net, std::span<const NodeId> pre, std::span<const NodeId> post,
                      const Properties& conn) {
  Projection p;
  bool make_symmetric = false;
  read_pattern(net, "Disconnect", p, pre, post, conn, make_symmetric);
  const RuleDeclaration& rule = *p.pattern.rule;
  if (!rule.connects_recorders) {
    throw bad_value(ErrorKind::kBadProperty, "Disconnect", "rule", std::string(rule.name),
                    plain_rules());
  }
  if (make_symmetric) {
    throw bad_value(ErrorKind::kBadProperty, "Disconnect", "make_symmetric", true, "false");
  }
  return p;
}

// The synapse model. What else Connect takes is accepted, so that both can have the same syn_spec.
const SynapseModelEntry& read_model(const Network& net, const Properties& syn) {
  Entries entries(syn, "syn_spec");
  const Value* given = entries.take("synapse_model");
  const SynapseModelEntry& model = net.catalog.synapse(net.catalog.find_synapse(
      given ? require_string("", "synapse_model", *given) : "static_synapse"));
  entries.belongs_to(model.name);
  for (const ParameterDeclaration& parameter : model.model->parameters) {
    entries.take(parameter.name);
  }
  entries.take("weight_precision");
  entries.require_all_used();
  return model;
}

// The pairs of a rule; where there are more than `most`, some more than these.
std::vector<Pair> pairs_of(const Network& net, const ConnectionPattern& pattern, std::size_t most) {
  constexpr std::uint64_t kPiece = 65536;
  const double all = estimate_synapses(pattern, *net.settings.simd).expected;
  require_memory(std::min(all, static_cast<double>(most)) * sizeof(Pair), "pairs of nodes");
  const std::uint64_t majors = major_count(pattern);
  const auto of_each = static_cast<std::uint64_t>(all / static_cast<double>(majors)) + 1;
  const std::uint64_t step = std::max<std::uint64_t>(1, kPiece / of_each);
  std::vector<Pair> pairs;
  for (std::uint64_t from = 0; from < majors && pairs.size() <= most; from += step) {
    generate(
        pattern, *net.settings.simd, {from, std::min(majors, from + step)}, 1,
        static_cast<NodeId>(net.nodes.records.size()), [&](const GeneratedBatch& batch) {
          batch.for_each([&](const GeneratedSynapse& s) { pairs.push_back({s.source, s.target}); });
        });
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return std::tie(a.source, a.target) < std::tie(b.source, b.target);
  });
  return pairs;
}

/// Connections that were found, source by source, otherwise in their order.
class FoundBySource {
 public:
  FoundBySource(const SynapseList& found, const SynapseAccess::Ends& ends)
      : found_(found), ends_(ends) {
    const auto& sources = ends_.sources;
    if (std::is_sorted(sources.begin(), sources.end())) return;
    order_.resize(sources.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return sources[a] < sources[b]; });
  }

  /// Calls take(target, position) for those of a source. Sources are asked for in ascending order.
  template <typename Take>
  void of(NodeId source, Take&& take) {
    while (next_ < found_.positions.size() && ends_.sources[at(next_)] < source) ++next_;
    for (; next_ < found_.positions.size() && ends_.sources[at(next_)] == source; ++next_) {
      take(ends_.targets[at(next_)], found_.positions[at(next_)]);
    }
  }

 private:
  std::size_t at(std::size_t i) const { return order_.empty() ? i : order_[i]; }

  const SynapseList& found_;
  const SynapseAccess::Ends& ends_;
  std::vector<std::size_t> order_;  // empty: as they were found
  std::size_t next_ = 0;
};

// For every pair the first that was found. pairs: sorted.
SynapseList first_of_pairs(const Network& net, const std::vector<Pair>& pairs,
                           FoundBySource&& found, const std::string& model) {
  SynapseList first;
  first.generation = net.synapses.generation;
  first.positions.reserve(pairs.size());
  std::vector<std::uint32_t> wanted(net.nodes.records.size(), 0);  // by target, of one source
  for (std::size_t i = 0, end = 0; i < pairs.size(); i = end) {
    const NodeId source = pairs[i].source;
    for (; end < pairs.size() && pairs[end].source == source; ++end) ++wanted[pairs[end].target];
    found.of(source, [&](NodeId target, std::uint64_t position) {
      if (wanted[target] == 0) return;
      --wanted[target];
      first.positions.push_back(position);
    });
    for (std::size_t k = i; k < end; ++k) {
      const NodeId target = pairs[k].target;
      if (wanted[target] == 0) continue;
      throw inexistent_connection(source, target,
                                  "There is no connection of " + model + " from node " +
                                      std::to_string(source) + " to node " +
                                      std::to_string(target) + " that could be removed.")
          .with("model", model);
    }
  }
  return first;
}

}  // namespace

void Disconnector::disconnect(const SynapseList& list) {
  net_.synapses.check(list);
  if (list.positions.empty()) return;
  Removal removal(net_, list);
  removal.prepare();
  removal.commit();
}

void Disconnector::disconnect(std::span<const NodeId> pre, std::span<const NodeId> post,
                              const Properties& conn, const Properties& syn) {
  const Projection p = read_pairs(net_, pre, post, conn);
  const std::string model = read_model(net_, syn).name;
  SynapseAccess access(net_);
  Watch nobody;
  const SynapseList found =
      access.get_connections({*p.pattern.sources, *p.pattern.targets, model, {}}, nobody);
  const std::vector<Pair> pairs = pairs_of(net_, p.pattern, found.positions.size());
  const SynapseAccess::Ends ends = access.ends_of(found);
  disconnect(first_of_pairs(net_, pairs, FoundBySource(found, ends), model));
}

}  // namespace tegmenta
