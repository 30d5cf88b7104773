// Where neurons and synapses live must not show: many small populations, big ones, few neurons on
// many workers, and networks built in another order.
#include <doctest/doctest.h>

#include "kernel/connector.h"
#include "kernel/layout.h"
#include "kernel/node_access.h"
#include "kernel/status.h"
#include "kernel_driver.h"

using namespace tegmenta;
using namespace tegmenta::testing;

TEST_CASE("every neuron has a place of its own") {
  struct Case {
    int threads;
    std::vector<std::size_t> sizes;
  };
  for (const Case& c : {Case{1, {1}}, Case{7, {1, 1, 1}}, Case{16, {3}}, Case{3, {100, 1, 33, 7}},
                        Case{2, std::vector<std::size_t>(300, 5)}, Case{1, {200000}},
                        Case{3, {65536, 65535, 70001}}, Case{5, {31, 65, 131072 * 3}}}) {
    CAPTURE(c.threads);
    CAPTURE(c.sizes.size());
    Network network;
    Watch nobody;
    set_status(network, {{"local_num_threads", static_cast<double>(c.threads)}});
    std::size_t neurons = 0;
    for (std::size_t n : c.sizes) {
      NodeAccess(network).create("parrot_neuron", static_cast<double>(n), {});
      NodeAccess(network).create("spike_recorder", 1, {});
      neurons += n;
    }
    Layout(network).lay_out(nobody);
    const Placement& placement = network.synapses.placement;
    CHECK((placement.partitions() % c.threads == 0 || placement.partitions() < c.threads));
    std::size_t placed = 0;
    for (int p = 0; p < placement.partitions(); ++p) {
      const auto at = static_cast<std::size_t>(p);
      REQUIRE(placement.node_of_slot[at].size() <= 65536);
      REQUIRE(placement.first_of(p) <= placement.last_of(p));
      NodeId previous = 0;
      for (const Chunk& chunk : placement.chunks[at]) {
        REQUIRE(chunk.lane_begin % 32 == 0);
        REQUIRE(chunk.slot % 8 == 0);
        REQUIRE(chunk.lane_begin < chunk.lane_end);
      }
      for (std::size_t slot = 0; slot < placement.node_of_slot[at].size(); ++slot) {
        const NodeId id = placement.node_of_slot[at][slot];
        if (id == 0) continue;
        REQUIRE(id > previous);
        REQUIRE(id >= placement.first_of(p));
        REQUIRE(id < placement.last_of(p));
        REQUIRE(placement.place[id] ==
                (static_cast<std::uint32_t>(p) << 16 | static_cast<std::uint32_t>(slot)));
        previous = id;
        ++placed;
      }
    }
    CHECK(placed == neurons);
  }
}

TEST_CASE("partitions share the expected work, not the neurons") {
  Network network;
  Watch nobody;
  set_status(network, {{"local_num_threads", 2.0}});
  const NodeId busy = NodeAccess(network).create("iaf_psc_delta", 1024, {});
  const NodeId idle = NodeAccess(network).create("iaf_psc_delta", 3072, {});
  const auto range = [](NodeId first, std::size_t n) {
    Ids ids(n);
    for (std::size_t i = 0; i < n; ++i) ids[i] = first + static_cast<NodeId>(i);
    return ids;
  };
  Connector(network).connect(range(idle, 3072), range(busy, 1024),
                             rule("fixed_indegree", {{"indegree", 2000.0}}), {});
  Layout(network).lay_out(nobody);
  // A neuron with 2000 inputs counts as three without: (3 · 1024 + 3072) / 2 is where the first
  // partition ends.
  CHECK(network.synapses.placement.first_of(1) == idle);
  const auto first = [&] { return network.synapses.placement.first_of(1); };
  // Existing rows count as much, and a generator's targets half an update more.
  const NodeId more = NodeAccess(network).create("iaf_psc_delta", 2048, {});
  Layout(network).lay_out(nobody);
  CHECK(first() == idle + 1024);
  NodeAccess(network).create("iaf_psc_delta", 64, {});
  Connector(network).connect(
      Ids{NodeAccess(network).create("poisson_generator", 1, given_to_all({{"rate", 10.0}}))},
      range(more, 2048), rule("all_to_all"), {});
  Layout(network).lay_out(nobody);
  CHECK(first() == idle + 1024 + 576);
}

TEST_CASE("more neurons than one partition addresses") {
  Simulator kernel;
  const Ids source = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1}}});
  const Ids parrots = make(kernel, "parrot_neuron", 150000);
  const Ids recorder = make(kernel, "spike_recorder", 1);
  kernel.connect(source, Ids{parrots[0]}, rule("all_to_all"), {});
  kernel.connect(Ids{parrots[0]}, parrots, rule("all_to_all"), {});
  kernel.connect(parrots, recorder, rule("all_to_all"), {});
  simulate(kernel, 3.5);
  const auto spikes = spikes_of(kernel, recorder[0]);
  REQUIRE(spikes.size() == 150001);
  CHECK(spikes[0].sender == parrots[0]);
  for (std::size_t i = 0; i < parrots.size(); ++i) {
    if (spikes[i + 1].sender != parrots[i]) REQUIRE(spikes[i + 1].sender == parrots[i]);
  }
}

TEST_CASE("a network built in two parts, spikes under way between, equals one built at once") {
  // The second part receives from the first only; so the first's spikes must be the same, and the
  // second's from the time it exists on.
  const auto run = [](bool late, double threads) {
    Simulator kernel;
    kernel.set_status({{"local_num_threads", threads}});
    const Balanced first = make_balanced(kernel);
    Ids second;
    NodeId recorder = 0;
    const auto add = [&] {
      second = make(kernel, "iaf_psc_exp", 50);
      recorder = make(kernel, "spike_recorder", 1)[0];
      kernel.connect(first.neurons, second, rule("fixed_indegree", {{"indegree", 20.0}}),
                     {{"weight", 900.0}, {"delay", 2.0}});
      kernel.connect(second, Ids{recorder}, rule("all_to_all"), {});
    };
    if (!late) add();
    simulate(kernel, 0.5);
    if (late) add();
    simulate(kernel, 80);
    auto spikes = spikes_of(kernel, first.recorder);
    const auto more = spikes_of(kernel, recorder);
    spikes.insert(spikes.end(), more.begin(), more.end());
    CHECK(more.size() > 10);
    return spikes;
  };
  const auto expected = run(false, 1);
  CHECK(run(true, 1) == expected);
  CHECK(run(true, 3) == expected);
  CHECK(run(false, 2) == expected);
}
