// Connect: rules, checks, and that a failed call changes nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "allocations.h"
#include "chi_square.h"
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
  const auto sources = std::get<Column<std::uint32_t>>(kernel.get_synapses(list, "source").value);
  const auto targets = std::get<Column<std::uint32_t>>(kernel.get_synapses(list, "target").value);
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

TEST_CASE("recorders' connections have weights and delays of their own") {
  Simulator kernel;
  const Ids nodes = make(kernel, "iaf_psc_exp", 3);
  const Ids recorder = make(kernel, "spike_recorder", 1);
  kernel.connect(
      nodes, recorder, rule("all_to_all"),
      {{"delay", std::vector<double>{1, 2, 1}}, {"weight", std::vector<double>{5, 5, 7}}});
  const SynapseList list = kernel.get_connections({});
  std::map<NodeId, std::pair<double, double>> seen;
  const auto sources = std::get<Column<std::uint32_t>>(kernel.get_synapses(list, "source").value);
  const auto weights = numbers(kernel.get_synapses(list, "weight"));
  const auto delays = numbers(kernel.get_synapses(list, "delay"));
  for (std::size_t i = 0; i < sources.size(); ++i) seen[sources[i]] = {weights[i], delays[i]};
  CHECK(seen[nodes[0]] == std::pair(5.0, 1.0));
  CHECK(seen[nodes[1]] == std::pair(5.0, 2.0));
  CHECK(seen[nodes[2]] == std::pair(7.0, 1.0));
  CHECK(status(kernel, "max_delay") == 2);
  const auto drawn = [](double low, double high) {
    return make_expression("uniform", {make_constant(low), make_constant(high)});
  };
  CHECK(kind_thrown([&] {
          kernel.connect(nodes, recorder, rule("all_to_all"), {{"delay", drawn(-1, 0)}});
        }) == ErrorKind::kBadDelay);
  CHECK(kind_thrown([&] {
          kernel.connect(nodes, recorder, rule("all_to_all"),
                         {{"weight", make_expression("exp", {drawn(1e4, 2e4)})}});
        }) == ErrorKind::kBadProperty);
  CHECK(status(kernel, "num_connections") == 3);
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
    Ids several = a;
    several.insert(several.end(), noise.begin(), noise.end());
    Ids recorded = b;
    recorded.insert(recorded.end(), recorder.begin(), recorder.end());
    step([&] {
      kernel.connect(
          several, recorded, rule("all_to_all"),
          {{"weight", make_expression("uniform", {make_constant(1), make_constant(4)})}});
    });
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

namespace {

// Synapses that each of `ids` sends or gets.
std::vector<double> degrees(const std::vector<Pair>& pairs, const Ids& ids, NodeId Pair::* end) {
  std::vector<double> count(ids.size(), 0.0);
  for (const Pair& p : pairs) ++count[p.*end - ids.front()];
  return count;
}

double deviation_from_even(const std::vector<double>& counts, double sum) {
  return chi_square_deviation(
      counts, std::vector<double>(counts.size(), sum / static_cast<double>(counts.size())));
}

}  // namespace

TEST_CASE("synapses of fixed_total_number and fixed_outdegree are spread evenly") {
  static constexpr double kTotal = 60000;
  const auto check_even = [](const Properties& conn, std::size_t n_sources, std::size_t n_targets) {
    const std::vector<Pair> pairs = connected(2, conn, n_sources, n_targets, false);
    REQUIRE(static_cast<double>(pairs.size()) == kTotal);
    const Ids sources = ids_from(1, n_sources);
    const Ids targets = ids_from(static_cast<NodeId>(n_sources) + 1, n_targets);
    const double in = deviation_from_even(degrees(pairs, targets, &Pair::target), kTotal);
    CHECK(std::abs(in) < 4);
    // All pairs of a tenth of the network, so that dependence of the two would show.
    std::vector<double> cells(100, 0.0);
    for (const Pair& p : pairs) {
      ++cells[(p.source - sources.front()) * 10 / n_sources * 10 +
              (p.target - targets.front()) * 10 / n_targets];
    }
    CHECK(std::abs(deviation_from_even(cells, kTotal)) < 4);
    return pairs;
  };
  const auto total = check_even(rule("fixed_total_number", {{"N", kTotal}}), 300, 170);
  const double out = deviation_from_even(degrees(total, ids_from(1, 300), &Pair::source), kTotal);
  CHECK(std::abs(out) < 4);
  check_even(rule("fixed_outdegree", {{"outdegree", 200.0}}), 300, 170);
  check_even(rule("fixed_outdegree", {{"outdegree", 30.0}}), 2000, 170);

  // Without autapses all other pairs are equally likely.
  const std::vector<Pair> pairs = connected(
      1, rule("fixed_total_number", {{"N", kTotal}, {"allow_autapses", false}}), 20, 20, true);
  std::vector<double> counts, expected;
  for (NodeId s = 1; s <= 20; ++s) {
    for (NodeId t = 1; t <= 40; ++t) {
      counts.push_back(static_cast<double>(std::count(pairs.begin(), pairs.end(), Pair{s, t})));
      expected.push_back(s == t ? 0 : kTotal / (20 * 39));
      if (s == t) CHECK(counts.back() == 0);
    }
  }
  CHECK(std::abs(chi_square_deviation(counts, expected)) < 4);
}

TEST_CASE("drawn delays are known before rows are laid out, and the same after") {
  const auto delays = [](bool early, double threads) {
    Simulator kernel;
    kernel.set_status({{"local_num_threads", threads}});
    const Ids nodes = make(kernel, "iaf_psc_exp", 100);
    const ParameterPtr normal =
        make_expression("normal", {make_constant(1.5), make_constant(0.75)});
    const ParameterPtr delay = make_expression(
        "redraw",
        {normal, make_constant(0.1), make_constant(std::numeric_limits<double>::infinity())});
    kernel.connect(nodes, nodes, rule("fixed_total_number", {{"N", 5000.0}}), {{"delay", delay}});
    if (early) return std::pair(status(kernel, "min_delay"), status(kernel, "max_delay"));
    kernel.prepare();
    const SynapseList list = kernel.get_connections({});
    const std::vector<double> all = numbers(kernel.get_synapses(list, "delay"));
    const auto [low, high] = std::minmax_element(all.begin(), all.end());
    CHECK(status(kernel, "min_delay") == *low);
    CHECK(status(kernel, "max_delay") == *high);
    CHECK(*high > 3);
    return std::pair(*low, *high);
  };
  const auto expected = delays(true, 1);
  CHECK(delays(true, 3) == expected);
  CHECK(delays(false, 1) == expected);
  CHECK(delays(false, 2) == expected);
}

TEST_CASE("delays that may be too short are refused at Connect, wherever they are drawn") {
  for (const double threads : {1.0, 3.0}) {
    Simulator kernel;
    kernel.set_status({{"local_num_threads", threads}});
    const Ids nodes = make(kernel, "iaf_psc_exp", 100);
    const ParameterPtr normal =
        make_expression("normal", {make_constant(1.5), make_constant(0.45)});
    for (const char* name : {"fixed_indegree", "fixed_outdegree"}) {
      const char* degree = name[6] == 'i' ? "indegree" : "outdegree";
      CHECK(kind_thrown([&] {
              kernel.connect(nodes, nodes, rule(name, {{degree, 100.0}}), {{"delay", normal}});
            }) == ErrorKind::kBadDelay);
    }
    CHECK(status(kernel, "num_connections") == 0);
    CHECK(status(kernel, "min_delay") == 0.1);
  }
}

TEST_CASE("construction takes few bytes a synapse besides its rows") {
  if (!kCountsAllocations) return;
  constexpr double kSynapses = 1e6;
  Simulator kernel;
  kernel.set_status({{"local_num_threads", 2.0}, {"weight_precision", text("single")}});
  const Ids nodes = make(kernel, "iaf_psc_exp", 2000);
  const ParameterPtr weight = make_expression("normal", {make_constant(80), make_constant(8)});
  const ParameterPtr delay = make_expression("uniform", {make_constant(0.5), make_constant(1)});
  const std::uint64_t before = allocated_bytes();
  kernel.connect(nodes, nodes, rule("fixed_total_number", {{"N", kSynapses}}),
                 {{"weight", weight}, {"delay", delay}});
  kernel.get_connections({Ids{nodes[0]}, Ids{nodes[0]}, {}, {}});
  const auto bytes = static_cast<double>(allocated_bytes() - before);
  const double rows = status(kernel, "memory_synapses");
  CHECK(rows / kSynapses < 6.5);
  CHECK((bytes - rows) / kSynapses < 2);
}

TEST_CASE("a device has no more connections than can be told apart") {
  Simulator kernel;
  const Ids neurons = make(kernel, "iaf_psc_exp", 1000);
  const Ids noise = make(kernel, "poisson_generator", 1);
  CHECK(kind_thrown([&] {
          kernel.connect(noise, neurons, rule("fixed_indegree", {{"indegree", 16778.0}}), {});
        }) == ErrorKind::kNotImplemented);
  CHECK(status(kernel, "num_connections") == 0);
}
