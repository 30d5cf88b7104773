// The table of pairs: it has a line for all, every line counts for some, and Connect does what it
// says for every node model with every other.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "connect/connection_pairs.h"
#include "kernel/connect_parts.h"
#include "kernel/connector.h"
#include "kernel/node_access.h"
#include "kernel_driver.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

// The first receptor for spikes, which is 1 where receptors are ports.
double first_receptor(const Network& net, NodeId source, NodeId target) {
  const ConnectionPair& pair = pair_of(net.nodes.role_of(source), net.nodes.role_of(target));
  if (pair.receptors != Receptors::kOfSpikes) return 0;
  return receptors_of(net.nodes.population_of(target).model(), pair.receptors).low;
}

std::string refused(Network& net, NodeId source, NodeId target, const std::string& model) {
  try {
    Connector(net).connect(
        {&source, 1}, {&target, 1}, rule("all_to_all"),
        {{"synapse_model", model}, {"receptor_type", first_receptor(net, source, target)}});
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("the table has a line for every source and target, and no line without effect") {
  const auto pairs = connection_pairs();
  CHECK_FALSE(first_missing(pairs));
  std::set<const ConnectionPair*> counted;
  for (int s = 0; s < kNodeRoles; ++s) {
    for (int t = 0; t < kNodeRoles; ++t) {
      counted.insert(&pair_of(static_cast<NodeRole>(s), static_cast<NodeRole>(t)));
    }
  }
  CHECK(counted.size() == pairs.size());
  for (const ConnectionPair& pair : pairs) {
    CHECK((pair.kind == ConnectionKind::kNone) == (pair.text != nullptr));
  }
}

TEST_CASE("a source and a target that the table has no line for are found") {
  const auto pairs = connection_pairs();
  const std::vector<ConnectionPair> others(pairs.begin() + 1, pairs.end());
  const auto missing = first_missing(others);
  REQUIRE(missing);
  CHECK(missing->first == NodeRole::kNeuron);
  CHECK(missing->second == NodeRole::kNeuron);
}

TEST_CASE("every node model is connected with every other as the table says") {
  const std::vector<std::string> models = Catalog().node_model_names();
  std::set<NodeRole> roles;
  for (const std::string& from : models) {
    for (const std::string& to : models) {
      CAPTURE(from);
      CAPTURE(to);
      Network net;
      const NodeId source = NodeAccess(net).create(from, 1, {});
      const NodeId target = NodeAccess(net).create(to, 1, {});
      roles.insert(net.nodes.role_of(source));
      const ConnectionPair& pair = pair_of(net.nodes.role_of(source), net.nodes.role_of(target));
      const std::string text = refused(net, source, target, "static_synapse");
      const std::string plastic = refused(net, source, target, "stdp_synapse");
      if (pair.kind == ConnectionKind::kNone) {
        CHECK(text == refusal(pair, from, to).what());
        const std::string neurons_only = "stdp_synapse connects neurons only, not " + from + " to ";
        CHECK(plastic.starts_with(pair.whatever_model ? text : neurons_only));
        continue;
      }
      CHECK(plastic.empty() == (pair.plastic_models == PlasticModels::kAll));
      const std::string releasing = refused(net, source, target, "bernoulli_synapse");
      CHECK(releasing.empty() == (pair.plastic_models != PlasticModels::kNone));
      // What the pair allows a model may still lack: an input for currents, something to record.
      const bool currents = text == to + " does not accept currents.";
      const bool nothing = text == to + " has nothing that a " + from + " could record." ||
                           text.starts_with(to + " has no recordable");
      const bool lacks = (pair.receptors == Receptors::kOfCurrents && currents) ||
                         (pair.kind == ConnectionKind::kSampling && nothing);
      CHECK((text.empty() || lacks));
    }
  }
  CHECK(roles.size() == kNodeRoles);
}

TEST_CASE("only pairs of neurons have a second half") {
  Network net;
  for (const std::string& from : net.catalog.node_model_names()) {
    const NodeId source = NodeAccess(net).create(from, 1, {});
    const NodeId target = NodeAccess(net).create("iaf_psc_alpha", 1, {});
    const ConnectionPair& pair = pair_of(net.nodes.role_of(source), NodeRole::kNeuron);
    if (pair.kind == ConnectionKind::kNone) continue;
    CAPTURE(from);
    const auto connect = [&] {
      Connector(net).connect({&source, 1}, {&target, 1},
                             rule("all_to_all", {{"make_symmetric", true}}), {});
    };
    // It has receptors from 1 on, which the target does not.
    const bool has_ports =
        net.nodes.is_neuron(source) && net.nodes.population_of(source).model().ports > 0;
    if (pair.make_symmetric && !has_ports) {
      CHECK_NOTHROW(connect());
    } else {
      CHECK_THROWS_AS(connect(), Error);
    }
  }
}
