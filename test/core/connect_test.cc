// Connect: rules, checks, and that a failed call changes nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "allocations.h"
#include "kernel_driver.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

struct Pair {
  NodeId source, target;
  auto operator<=>(const Pair& other) const = default;
};

std::vector<Pair> pairs_of(Simulator& kernel) {
  const SynapseList list = kernel.get_connections({});
  const auto sources =
      std::get<std::vector<std::uint32_t>>(kernel.get_synapses(list, "source").value);
  const auto targets =
      std::get<std::vector<std::uint32_t>>(kernel.get_synapses(list, "target").value);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < sources.size(); ++i) pairs.push_back({sources[i], targets[i]});
  return pairs;
}

std::vector<Pair> connected(double threads, const Properties& conn, std::size_t n_sources,
                            std::size_t n_targets, bool overlap) {
  Simulator kernel;
  kernel.set_status({{"local_num_threads", threads}});
  const Ids nodes = make(kernel, "parrot_neuron", n_sources + n_targets);
  const Ids pre(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(n_sources));
  const Ids post(overlap ? nodes.begin() : nodes.begin() + static_cast<std::ptrdiff_t>(n_sources),
                 nodes.end());
  kernel.connect(pre, post, conn, {});
  return pairs_of(kernel);
}

}  // namespace

TEST_CASE("every rule makes what it says, the same for any number of threads") {
  const Properties no_autapses{{"allow_autapses", false}};
  const Properties sparse_set{{"allow_autapses", false}, {"allow_multapses", false}};
  const auto with = [](Properties a, const Properties& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  const std::vector<Properties> specs = {
      rule("all_to_all"),
      rule("all_to_all", no_autapses),
      rule("fixed_indegree", {{"indegree", 7.0}}),
      rule("fixed_indegree", with(sparse_set, {{"indegree", 19.0}})),
      rule("fixed_outdegree", with(sparse_set, {{"outdegree", 5.0}})),
      rule("fixed_total_number", with(no_autapses, {{"N", 333.0}})),
      rule("pairwise_bernoulli", with(no_autapses, {{"p", 0.1}})),
      rule("pairwise_bernoulli", {{"p", 0.6}}),
      rule("pairwise_poisson", {{"pairwise_avg_num_conns", 0.7}}),
      rule("symmetric_pairwise_bernoulli",
           with(no_autapses, {{"p", 0.3}, {"make_symmetric", true}}))};
  for (const Properties& spec : specs) {
    const std::string name = std::get<std::string>(spec[0].second);
    CAPTURE(name);
    const std::vector<Pair> pairs = connected(1, spec, 20, 30, true);
    CHECK(connected(3, spec, 20, 30, true) == pairs);
    CHECK(std::is_sorted(pairs.begin(), pairs.end()));
    std::map<NodeId, int> in, out;
    for (const Pair& p : pairs) ++in[p.target], ++out[p.source];
    const bool autapses = std::none_of(spec.begin(), spec.end(), [](const auto& entry) {
      return entry.first == "allow_autapses";
    });
    if (!autapses) {
      for (const Pair& p : pairs) CHECK(p.source != p.target);
    }
    if (name == "all_to_all") CHECK(pairs.size() == 20 * 50 - (autapses ? 0 : 20));
    if (name == "fixed_indegree") {
      const auto degree = static_cast<int>(std::get<double>(spec.back().second));
      for (NodeId t = 1; t <= 50; ++t) CHECK(in[t] == degree);
    }
    if (name == "fixed_indegree" && !autapses) {
      CHECK(std::set<Pair>(pairs.begin(), pairs.end()).size() == pairs.size());
    }
    if (name == "fixed_outdegree") {
      for (NodeId s = 1; s <= 20; ++s) CHECK(out[s] == 5);
    }
    if (name == "fixed_total_number") CHECK(pairs.size() == 333);
    if (name == "pairwise_bernoulli" || name == "pairwise_poisson") {
      const double p = std::get<double>(spec.back().second);
      const double expected = p * 1000;
      CHECK(std::abs(static_cast<double>(pairs.size()) - expected) < 5 * std::sqrt(expected) + 20);
    }
    if (name == "symmetric_pairwise_bernoulli") {
      std::vector<Pair> back;
      for (const Pair& p : pairs) back.push_back({p.target, p.source});
      std::sort(back.begin(), back.end());
      CHECK(back == pairs);
      CHECK(pairs.size() > 100);
    }
  }
}

TEST_CASE("arrays of weights and delays follow the order of creation") {
  Simulator kernel;
  const Ids pre = make(kernel, "parrot_neuron", 3);
  const Ids post = make(kernel, "iaf_psc_exp", 2);
  kernel.connect(pre, post, rule("all_to_all"),
                 {{"weight", std::vector<double>{1, 2, 3, 4, 5, 6}},
                  {"delay", std::vector<double>{1, 1, 1, 2, 2, 2}}});
  SynapseList list = kernel.get_connections({});
  // By source, delay, target.
  CHECK(numbers(kernel.get_synapses(list, "weight")) == std::vector<double>{1, 4, 2, 5, 3, 6});
  CHECK(numbers(kernel.get_synapses(list, "delay")) == std::vector<double>{1, 2, 1, 2, 1, 2});
}

TEST_CASE("numbers of connections that overflow are refused") {
  Simulator kernel;
  const Ids nodes = make(kernel, "parrot_neuron", 4096);
  const auto connect = [&](double degree) {
    kernel.connect(nodes, nodes, rule("fixed_indegree", {{"indegree", degree}}), {});
  };
  // 2^12 · 2^52 = 2^64; 2^12 · (2^32 − 1) only does not fit memory.
  CHECK(kind_thrown([&] { connect(0x1p52); }) == ErrorKind::kBadProperty);
  CHECK(kind_thrown([&] { connect(4294967295.0); }) == ErrorKind::kOutOfMemory);
  CHECK(kind_thrown([&] {
          kernel.connect(nodes, nodes, rule("fixed_indegree", {{"indegree", 0x1p52}}),
                         {{"weight", std::vector<double>{}}});
        }) == ErrorKind::kBadProperty);
  const auto drawn = [&](double x) {
    kernel.connect(
        nodes, nodes,
        rule("fixed_indegree",
             {{"indegree", make_expression("mul", {make_constant(x), make_constant(1)})}}),
        {});
  };
  CHECK(kind_thrown([&] { drawn(1e300); }) == ErrorKind::kBadProperty);
  CHECK(kind_thrown([&] { drawn(-0.7); }) == ErrorKind::kBadProperty);
  CHECK(kind_thrown([&] { drawn(std::numeric_limits<double>::infinity()); }) ==
        ErrorKind::kBadProperty);
  CHECK(status(kernel, "num_connections") == 0);
  drawn(2.4);
  CHECK(status(kernel, "num_connections") == 2 * 4096);
}

TEST_CASE("weights that float32 cannot hold are refused in single precision") {
  Simulator kernel;
  kernel.set_status({{"weight_precision", text("single")}});
  const Ids nodes = make(kernel, "iaf_psc_exp", 2);
  CHECK(kind_thrown([&] {
          kernel.connect(nodes, nodes, rule("all_to_all"), {{"weight", 1e300}});
        }) == ErrorKind::kBadProperty);
  kernel.connect(nodes, nodes, rule("all_to_all"), {{"weight", 0.1}});
  SynapseList list = kernel.get_connections({});
  CHECK(numbers(kernel.get_synapses(list, "weight"))[0] == static_cast<double>(0.1f));
  CHECK(kind_thrown([&] { kernel.set_synapses(list, {{"weight", -1e300}}); }) ==
        ErrorKind::kBadProperty);
  CHECK(numbers(kernel.get_synapses(list, "weight"))[3] == static_cast<double>(0.1f));
}

TEST_CASE("recorders' connections take no arrays") {
  Simulator kernel;
  const Ids nodes = make(kernel, "iaf_psc_exp", 2);
  const Ids recorder = make(kernel, "spike_recorder", 1);
  CHECK(kind_thrown([&] {
          kernel.connect(nodes, recorder, rule("all_to_all"),
                         {{"delay", std::vector<double>{1, 2}}});
        }) == ErrorKind::kIllegalConnection);
}

namespace {

// What a user can see of the network, without laying it out.
std::vector<double> visible(Simulator& kernel) {
  return {status(kernel, "num_connections"), status(kernel, "network_size"),
          status(kernel, "min_delay"), status(kernel, "max_delay")};
}

// Runs `call` with the 1st, 2nd, … allocation failing until it succeeds. Each failure must leave
// everything visible as it was. Returns how many failed.
template <typename Call>
int fail_each_allocation(Simulator& kernel, Call&& call) {
  for (int n = 1;; ++n) {
    const std::vector<double> before = visible(kernel);
    try {
      FailingAllocation failing(static_cast<std::uint64_t>(n));
      call();
      return n - 1;
    } catch (const std::bad_alloc&) {
    }
    REQUIRE(visible(kernel) == before);
  }
}

}  // namespace

// Where allocations cannot be made to fail, both kernels are built alike.
TEST_CASE("out of memory changes nothing") {
  const auto build = [](Simulator& kernel, bool failing) {
    const auto step = [&](auto&& call) {
      if (!failing || !kCountsAllocations) return call();
      CHECK(fail_each_allocation(kernel, call) > 0);
    };
    // The lists are made outside, so that every failure is one of the call.
    const auto add = [&](const char* model, std::size_t n, const Properties& params) {
      NodeId first = 0;
      step([&] { first = kernel.create(model, static_cast<double>(n), params); });
      return ids_from(first, n);
    };
    const ParameterPtr v = make_expression("uniform", {make_constant(-70), make_constant(-55)});
    const Ids a = add("iaf_psc_delta", 40, {{"V_m", v}});
    const Ids b = add("parrot_neuron", 10, {});
    const Ids noise = add("poisson_generator", 2, {{"rate", 20000.0}});
    const Ids recorder = add("spike_recorder", 1, {});
    const Ids meter = add("multimeter", 1, {{"record_from", text("V_m")}});
    step([&] { kernel.connect(noise, a, rule("all_to_all"), {{"weight", 0.5}}); });
    step([&] {
      kernel.connect(a, a,
                     rule("symmetric_pairwise_bernoulli",
                          {{"p", 0.2}, {"allow_autapses", false}, {"make_symmetric", true}}),
                     {{"weight", 0.7}});
    });
    step([&] {
      kernel.connect(a, b, rule("fixed_indegree", {{"indegree", 9.0}}),
                     {{"delay", make_expression("uniform", {make_constant(1), make_constant(4)})}});
    });
    step([&] { kernel.connect(a, recorder, rule("all_to_all"), {}); });
    step([&] { kernel.connect(meter, a, rule("all_to_all"), {}); });
    step([&] { kernel.set_nodes(a, {{"V_th", std::vector<double>(40, -56.0)}, {"tau_m", 12.0}}); });
    step([&] { kernel.set_nodes(noise, {{"rate", 25000.0}}); });
    step([&] { kernel.prepare(); });
    kernel.cleanup();
    simulate(kernel, 20);
    // With spikes under way: a new layout, and a column made of a count row.
    add("parrot_neuron", 3, {});
    SynapseList list;
    step([&] { list = kernel.get_connections({Ids{a[0]}, b, {}, {}}); });
    step([&] { kernel.set_synapses(list, {{"weight", 2.0}, {"delay", 6.0}}); });
    SynapseList generators;
    step([&] { generators = kernel.get_connections({noise, Ids{a[1]}, {}, {}}); });
    step([&] { kernel.set_synapses(generators, {{"delay", 3.0}}); });
    simulate(kernel, 20);
    return spikes_of(kernel, recorder[0]);
  };
  Simulator plain, tried;
  const auto expected = build(plain, false);
  CHECK(expected.size() > 50);
  CHECK(build(tried, true) == expected);
  CHECK(pairs_of(plain) == pairs_of(tried));
}
