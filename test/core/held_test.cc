// What parts name of themselves: the digest of state, and memory.
#include "base/held.h"

#include <doctest/doctest.h>

#include "kernel_driver.h"
#include "simd/dispatch.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

/// Plastic synapses of several rules, with dopamine, generators that change, recorders.
struct Lively {
  Simulator kernel;
  Balanced net;
  Ids cells, dopamine, generator;

  explicit Lively(const std::string& level = "", double seed = 17) {
    kernel.set_status({{"rng_seed", seed}});
    if (!level.empty()) kernel.set_status({{"simd_level", level}});
    net = make_balanced(kernel);
    cells = make(kernel, "iaf_psc_exp", 20);
    dopamine = make(kernel, "iaf_psc_alpha", 2, {{"I_e", 500.0}});
    generator = make(kernel, "dc_generator", 1, {{"amplitude", 600.0}});
    const Ids volume = make(kernel, "volume_transmitter", 1);
    const Ids times = make(kernel, "spike_generator", 1,
                           {{"spike_times", std::vector<double>{3, 20, 41.5, 70, 99.9}}});
    kernel.connect(dopamine, volume, rule("all_to_all"), {});
    kernel.connect(generator, cells, rule("all_to_all"), {});
    kernel.copy_model("stdp_dopamine_synapse", "reward", {{"volume_transmitter", NodeIds{volume}}});
    const Value weight = make_expression("uniform", {make_constant(5), make_constant(60)});
    const auto connect = [&](const Ids& from, const char* model) {
      kernel.connect(from, cells, rule("pairwise_bernoulli", {{"p", 0.3}}),
                     {{"synapse_model", text(model)}, {"weight", weight}});
    };
    connect(net.neurons, "reward");
    connect(net.neurons, "stdp_triplet_synapse");
    connect(cells, "tsodyks2_synapse");
    connect(times, "static_synapse");
  }
};

std::vector<std::string> levels() {
  std::vector<std::string> names;
  for (const simd::Kernels* level : simd::available_levels()) names.emplace_back(level->name);
  return names;
}

}  // namespace

TEST_CASE("the digest of a state depends on nothing but the state") {
  Lively whole;
  simulate(whole.kernel, 120);
  const std::uint64_t expected = whole.kernel.digest();
  CHECK(whole.kernel.digest() == expected);  // looking changes nothing
  SUBCASE("not on how the run was split") {
    Lively split;
    for (const double ms : {0.1, 49.9, 0.0, 30.0, 40.0}) simulate(split.kernel, ms);
    CHECK(split.kernel.digest() == expected);
  }
  SUBCASE("not on having been looked at") {
    Lively looked;
    simulate(looked.kernel, 60);
    looked.kernel.digest();
    simulate(looked.kernel, 60);
    CHECK(looked.kernel.digest() == expected);
  }
  SUBCASE("not on the instruction set") {
    for (const std::string& level : levels()) {
      CAPTURE(level);
      Lively other(level);
      simulate(other.kernel, 120);
      CHECK(other.kernel.digest() == expected);
    }
  }
}

TEST_CASE("whatever changes a state changes its digest") {
  Lively net;
  simulate(net.kernel, 50);
  std::uint64_t before = net.kernel.digest();
  const auto changed = [&](const char* what) {
    CAPTURE(what);
    const std::uint64_t now = net.kernel.digest();
    CHECK(now != before);
    before = now;
  };
  SynapseList all = net.kernel.get_connections({});
  net.kernel.set_nodes(Ids{net.cells[3]}, {{"V_m", -61.25}});
  changed("a membrane");
  net.kernel.set_nodes(Ids{net.cells[3]}, {{"tau_m", 11.0}});
  changed("a parameter");
  net.kernel.set_nodes(net.generator, {{"amplitude", 601.0}});
  changed("a generator");
  ConnectionFilter filter;
  filter.synapse_model = "stdp_triplet_synapse";
  SynapseList some = net.kernel.get_connections(filter);
  some.positions.resize(1);
  net.kernel.set_synapses(some, {{"weight", 1.5}});
  changed("a weight");
  net.kernel.set_synapses(some, {{"delay", 2.5}});
  changed("a delay");
  net.kernel.set_defaults("iaf_psc_exp", {{"tau_m", 12.0}});
  changed("a default of neurons");
  net.kernel.set_defaults("reward", {{"A_plus", 2.0}});
  changed("a default of synapses");
  net.kernel.set_defaults("poisson_generator", {{"rate", 3.0}});
  changed("a default of devices");
  make(net.kernel, "parrot_neuron", 1);
  changed("a node");
  net.kernel.connect(Ids{net.cells[0]}, Ids{net.cells[1]}, rule("all_to_all"), {});
  changed("a synapse");
  net.kernel.set_nodes(Ids{net.net.recorder}, {{"n_events", 0.0}});
  changed("what was recorded");
  net.kernel.draw_parameter(make_expression("uniform", {make_constant(0), make_constant(1)}), 1);
  changed("the draws to come");
  net.kernel.set_status({{"rng_seed", 18.0}});
  changed("the seed");
  simulate(net.kernel, 0.1);
  changed("time");
}

TEST_CASE("the parts hold what the network holds") {
  Lively net;
  simulate(net.kernel, 50);
  const double synapses = status(net.kernel, "memory_synapses");
  const double nodes = status(net.kernel, "memory_nodes");
  const double plasticity = status(net.kernel, "memory_plasticity");
  const double under_way = status(net.kernel, "memory_under_way");
  const double total = status(net.kernel, "memory_total");
  const auto at_least = [](double each, std::size_t n) { return each * static_cast<double>(n); };
  CHECK(synapses > at_least(2, 2000));
  CHECK(nodes > at_least(16, net.net.neurons.size()));
  CHECK(plasticity > at_least(64, net.cells.size()));
  CHECK(under_way > 0);
  // Besides there are lists of devices' connections, places of neurons and descriptors of stores.
  CHECK(total > synapses + nodes + plasticity + under_way);
  CHECK(total < 1.5 * (synapses + nodes + plasticity + under_way));
}

TEST_CASE("memory of lists, pointers and strings is counted once") {
  CHECK(bytes_held(3.0) == 0);
  CHECK(bytes_held(std::string("short")) == 0);
  CHECK(bytes_held(std::string(100, 'x')) >= 101);
  CHECK(bytes_held(std::vector<double>(100)) == 800);
  const std::vector<std::vector<double>> nested(3, std::vector<double>(10));
  CHECK(bytes_held(nested) == 3 * sizeof(nested[0]) + 3 * 80);
  const auto shared = std::make_shared<std::vector<double>>(100);
  const auto twice = shared;
  CHECK(bytes_held(shared) == (sizeof(*shared) + 800) / 2);
  CHECK(bytes_held(std::unique_ptr<std::vector<double>>()) == 0);
}
