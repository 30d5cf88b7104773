// Rows from which synapses were removed are those that would have been made without them.
#include <doctest/doctest.h>

#include <numeric>
#include <random>

#include "base/held.h"
#include "kernel/connector.h"
#include "kernel/disconnector.h"
#include "kernel/layout.h"
#include "kernel/node_access.h"
#include "kernel/status.h"
#include "kernel/synapse_access.h"
#include "kernel_driver.h"
#include "synapses/removed.h"

using namespace tegmenta;
using namespace tegmenta::testing;

TEST_CASE("what is removed of an array, and where the rest is") {
  std::mt19937 random(5);
  for (const std::size_t n : {1, 63, 64, 65, 1000}) {
    for (const unsigned of_eight : {0u, 1u, 4u, 8u}) {
      std::vector<std::size_t> values(n), kept;
      std::iota(values.begin(), values.end(), std::size_t{0});
      Removed removed(n);
      for (std::size_t i = 0; i < n; ++i) {
        if (random() % 8 >= of_eight) {
          kept.push_back(i);
          continue;
        }
        REQUIRE(removed.mark(i));
        REQUIRE(!removed.mark(i));
      }
      removed.count();
      for (std::size_t k = 0; k < kept.size(); ++k) {
        REQUIRE(!removed.has(kept[k]));
        REQUIRE(removed.place(kept[k]) == k);
      }
      CHECK(removed.place(n) == kept.size());
      removed.remove_from(values);
      CHECK(values == kept);
      std::vector<std::size_t> nothing;
      removed.remove_from(nothing);
      CHECK(nothing.empty());
    }
  }
}

namespace {

enum class Kind { kCounted, kWeights, kDelays, kPlastic };

constexpr NodeId kSources = 40, kTargets = 300;

/// Every source has some that stay.
bool stays(NodeId source, NodeId target) {
  return target == 7 || (source * 31 + target * 17) % 4 > 0;
}

void build(Network& network, Kind kind, double threads, bool all) {
  set_status(network, {{"local_num_threads", threads}});
  NodeAccess(network).create("iaf_psc_exp", kTargets, {});
  Ids sources, targets;
  std::vector<double> weights, delays;
  for (NodeId s = 1; s <= kSources; ++s) {
    for (NodeId t = 1; t <= kTargets; ++t) {
      if (!all && !stays(s, t)) continue;
      for (unsigned copies = (s * t) % 16 == 0 ? 2 : 1; copies > 0; --copies) {
        sources.push_back(s);
        targets.push_back(t);
        weights.push_back(static_cast<double>((s * 57 + t * 29 + copies) % 97) / 97);
        delays.push_back(0.1 * static_cast<double>(1 + (s + 3 * t) % 7));
      }
    }
  }
  Properties syn;
  if (kind == Kind::kCounted) syn = {{"synapse_model", text("static_synapse_hom_w")}};
  if (kind == Kind::kWeights) syn = {{"weight", weights}, {"synapse_label", 2.0}};
  if (kind == Kind::kDelays) syn = {{"weight", 1.0}, {"delay", delays}};
  if (kind == Kind::kPlastic) {
    syn = {{"synapse_model", text("stdp_triplet_synapse")},
           {"weight", weights},
           {"Aplus", weights},
           {"Kplus", weights},
           {"delay", delays}};
  }
  Connector(network).connect(sources, targets, {{"rule", text("one_to_one")}, {"arrays", true}},
                             syn);
  Watch nobody;
  Layout(network).lay_out(nobody);
}

std::uint64_t digest_of_rows(const PartitionRows& rows) {
  Digest digest;
  digest("rows", rows);
  digest("masks", static_cast<bool>(rows.masks));
  for (std::uint32_t r = 0; rows.masks && r < rows.runs.size(); ++r) {
    digest("mask", std::span(rows.masks.mask(r), rows.masks.words()));
    digest("repeats", rows.masks.repeats(r));
  }
  return digest.value();
}

}  // namespace

TEST_CASE("rows without some of their synapses are those made without them") {
  for (const Kind kind : {Kind::kCounted, Kind::kWeights, Kind::kDelays, Kind::kPlastic}) {
    for (const double threads : {1.0, 2.0}) {
      CAPTURE(static_cast<int>(kind));
      CAPTURE(threads);
      Network removed, made;
      build(removed, kind, threads, true);
      build(made, kind, threads, false);
      Watch nobody;
      SynapseAccess access(removed);
      SynapseList list = access.get_connections({}, nobody);
      const SynapseAccess::Ends ends = access.ends_of(list);
      std::size_t n = 0;
      for (std::size_t i = 0; i < list.positions.size(); ++i) {
        if (!stays(ends.sources[i], ends.targets[i])) list.positions[n++] = list.positions[i];
      }
      list.positions.resize(n);
      CHECK(n > 1000);
      const std::int64_t bytes = removed.bytes;
      Disconnector(removed).disconnect(list);
      CHECK(removed.bytes < bytes);
      REQUIRE(removed.synapses.stores.size() == 1);
      REQUIRE(made.synapses.stores.size() == 1);
      const RowStore& rows = *removed.synapses.stores[0];
      const RowStore& fresh = *made.synapses.stores[0];
      REQUIRE(rows.partitions.size() == fresh.partitions.size());
      for (std::size_t p = 0; p < fresh.partitions.size(); ++p) {
        CHECK(static_cast<bool>(rows.partitions[p].masks) == (kind == Kind::kCounted));
        CHECK(digest_of_rows(rows.partitions[p]) == digest_of_rows(fresh.partitions[p]));
      }
      // Nothing is left of a store without synapses.
      Disconnector(removed).disconnect(access.get_connections({}, nobody));
      CHECK(removed.synapses.stores.empty());
      CHECK(removed.synapses.groups == 0);
    }
  }
}

TEST_CASE("synapses that come and go leave nothing behind") {
  Simulator kernel;
  const Ids neurons = make(kernel, "iaf_psc_exp", 100);
  const Ids generator = make(kernel, "poisson_generator", 1, {{"rate", 8000.0}});
  const Ids recorder = make(kernel, "spike_recorder", 1);
  double expected = 0;
  for (int i = 0; i < 200; ++i) {
    // Weights and labels of their own: each is another kind of synapse.
    kernel.connect(neurons, neurons, rule("all_to_all"), {{"weight", 1.0 + i}});
    kernel.connect(neurons, neurons, rule("one_to_one"),
                   {{"synapse_label", static_cast<double>(i)}, {"delay", 2.0}});
    kernel.connect(generator, neurons, rule("all_to_all"), {{"weight", 90.0}});
    kernel.connect(neurons, recorder, rule("all_to_all"), {});
    simulate(kernel, 2);
    const SynapseList all = kernel.get_connections({});
    REQUIRE(all.positions.size() == 100 * 100 + 300);
    kernel.disconnect(all);
    REQUIRE(kernel.get_connections({}).positions.empty());
    kernel.set_nodes(recorder, {{"n_events", 0.0}});
    simulate(kernel, 10);  // all has arrived
    if (i == 0) expected = 1.2 * static_cast<double>(kernel.bytes());
  }
  CHECK(static_cast<double>(kernel.bytes()) < expected);
  kernel.connect(neurons, neurons, rule("one_to_one"), {});
  kernel.disconnect(neurons, neurons, rule("one_to_one"), {});
}

TEST_CASE("pairs that are not all there are refused, and nothing is removed") {
  Simulator kernel;
  const Ids neurons = make(kernel, "iaf_psc_exp", 4);
  kernel.connect(neurons, neurons, rule("one_to_one"), {});
  const auto disconnect = [&](const Ids& pre, const Ids& post, const Properties& conn,
                              const Properties& syn = {}) {
    return kind_thrown([&] { kernel.disconnect(pre, post, conn, syn); });
  };
  const Properties arrays = rule("one_to_one", {{"arrays", true}});
  CHECK(disconnect(neurons, neurons, rule("all_to_all")) == ErrorKind::kInexistentConnection);
  CHECK(disconnect({1, 1}, {1, 1}, arrays) == ErrorKind::kInexistentConnection);
  CHECK(disconnect({1, 2}, {1, 3}, arrays) == ErrorKind::kInexistentConnection);
  CHECK(disconnect({1}, {1}, arrays, {{"synapse_model", text("stdp_synapse")}}) ==
        ErrorKind::kInexistentConnection);
  CHECK(disconnect({1}, {1}, arrays, {{"synapse_model", text("stdp")}}) ==
        ErrorKind::kUnknownSynapseType);
  CHECK(disconnect({1}, {1}, arrays, {{"wieght", 1.0}}) == ErrorKind::kUnaccessedDictionaryEntry);
  CHECK(disconnect({}, {1}, rule("all_to_all")) == ErrorKind::kIllegalConnection);
  CHECK(disconnect({1}, {9}, rule("all_to_all")) == ErrorKind::kUnknownNode);
  CHECK(disconnect({1}, {1, 2}, rule("one_to_one")) == ErrorKind::kDimensionMismatch);
  CHECK(disconnect(neurons, neurons, rule("fixed_indegree", {{"indegree", 1.0}})) ==
        ErrorKind::kBadProperty);
  CHECK(disconnect(neurons, neurons, rule("one_to_one", {{"make_symmetric", true}})) ==
        ErrorKind::kBadProperty);
  SynapseList twice = kernel.get_connections({});
  twice.positions.push_back(twice.positions.front());
  CHECK(kind_thrown([&] { kernel.disconnect(twice); }) == ErrorKind::kInexistentConnection);
  twice.positions.pop_back();
  CHECK(twice.positions.size() == 4);
  kernel.disconnect(Ids{2}, Ids{2}, rule("all_to_all"), {{"weight", 3.0}, {"delay", 9.0}});
  CHECK(kind_thrown([&] { kernel.check_synapses(twice); }) == ErrorKind::kStaleSynapseCollection);
  CHECK(kind_thrown([&] { kernel.disconnect(twice); }) == ErrorKind::kStaleSynapseCollection);
  CHECK(kind_thrown([&] { kernel.synapse_keys(twice); }) == ErrorKind::kStaleSynapseCollection);
  // Pairs of a node with itself are left out where they were left out of Connect.
  kernel.connect(neurons, neurons, rule("all_to_all", {{"allow_autapses", false}}), {});
  kernel.disconnect(neurons, neurons, rule("all_to_all", {{"allow_autapses", false}}), {});
  CHECK(kernel.get_connections({}).positions.size() == 3);
}
