// Neurons that are made of texts, in networks: what they do, and what reaches them.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model_codes.h"
#include "state_digest.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes saved(Simulator& kernel) {
  kernel.begin_save({});
  const std::optional<StateBytes> bytes = kernel.finish_save();
  REQUIRE(bytes);
  return {bytes->data.get(), bytes->data.get() + bytes->size};
}

void load(Simulator& kernel, const Bytes& bytes, double threads) {
  kernel.begin_load(threads);
  REQUIRE(kernel.finish_load(bytes));
  kernel.take_loaded();
}

Error error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& e) {
    return e;
  }
  FAIL("nothing was thrown");
  return Error(ErrorKind::kInternalError, "");
}

std::vector<double> values(Simulator& kernel, const Ids& ids, const char* key) {
  return numbers(kernel.get_nodes(ids, key));
}

Ids joined(Ids a, const Ids& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("compiled neurons: states, columns that nobody sees and what is worked out go on") {
  Simulator kernel;
  kernel.load_models({counter_code()}, false);
  const Ids some = make(kernel, "counter", 70);
  const Ids others = make(kernel, "counter", 3, {{"every", std::vector<double>{4, 5, 6}}});
  const Ids off = make(kernel, "counter", 1, {{"on", false}, {"n", 5.0}});
  const Ids recorder = make(kernel, "spike_recorder", 1);
  const Ids meter =
      make(kernel, "multimeter", 1,
           {{"record_from", std::vector<std::string>{"n", "twice"}}, {"interval", 0.1}});
  const Properties all = rule("all_to_all");
  kernel.connect(joined(joined(some, others), off), recorder, all, {});
  kernel.connect(meter, Ids{others[1]}, all, {});
  simulate(kernel, 2.4);
  std::vector<int> fired(some.back() + 5, 0);
  std::vector<int> steps;
  for (const Spike& spike : spikes_of(kernel, recorder[0])) {
    ++fired[spike.sender];
    if (spike.sender == others[1]) steps.push_back(static_cast<int>(std::lround(10 * spike.time)));
  }
  // The first time is a step shorter.
  CHECK(steps == std::vector<int>{4, 9, 14, 19, 24});
  for (const NodeId id : some) CHECK(fired[id] == 2);
  CHECK(fired[others[0]] == 6);
  CHECK(fired[off[0]] == 0);
  CHECK(number(kernel, some[69], "n") == 5);
  CHECK(number(kernel, some[69], "twice") == 10);
  CHECK(number(kernel, off[0], "n") == 5);
  const Result counts = kernel.get_nodes(some, "counts");
  CHECK(std::get<bool>(std::get<ResultList>(counts.value).at(0).value));
  const std::vector<double> n = column(kernel, meter[0], "n");
  const std::vector<double> twice = column(kernel, meter[0], "twice");
  REQUIRE(n.size() >= 6);
  CHECK(std::vector<double>(n.begin(), n.begin() + 6) == std::vector<double>{2, 3, 4, 0, 1, 2});
  for (std::size_t i = 0; i < n.size(); ++i) CHECK(twice[i] == 2 * n[i]);
}

namespace {

/// A network of leaky neurons that stimulate each other. Gives their spikes and potentials.
struct LeakyRun {
  std::vector<Spike> spikes;
  std::vector<double> v, trace;
};

struct Setting {
  std::string level = "baseline";
  int threads = 1;
  std::vector<double> times = {60};
  double loaded_threads = 0;  // after the first of the times; 0: never loaded
};

LeakyRun leaky_run(const std::string& model, const Setting& setting, bool alike) {
  Simulator kernel;
  kernel.load_models({leaky_code()}, false);
  kernel.set_status({{"local_num_threads", static_cast<double>(setting.threads)},
                     {"simd_level", setting.level},
                     {"rng_seed", 7.0}});
  Properties params{{"V_th", 15.0}, {"tau_syn_inh", 3.0}, {"V_m", 0.0}};
  if (model != "leaky") {
    params.emplace_back("E_L", 0.0);
    params.emplace_back("V_reset", 0.0);
  }
  if (!alike) {
    params.emplace_back("tau_m", make_expression("uniform", {make_constant(8), make_constant(30)}));
  }
  const Ids neurons = make(kernel, model, 150, params);
  const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 9000.0}});
  const Ids current = make(kernel, "ac_generator", 1, {{"amplitude", 200.0}, {"frequency", 30.0}});
  const Ids recorder = make(kernel, "spike_recorder", 1);
  const Ids meter = make(kernel, "multimeter", 1,
                         {{"record_from", std::vector<std::string>{"V_m"}}, {"interval", 0.7}});
  const Properties all = rule("all_to_all");
  kernel.connect(noise, neurons, all, {{"weight", 60.0}});
  kernel.connect(current, neurons, all, {});
  kernel.connect(neurons, neurons, rule("fixed_indegree", {{"indegree", 12.0}}),
                 {{"weight", make_expression("uniform", {make_constant(-90), make_constant(60)})},
                  {"delay", 1.3}});
  kernel.connect(neurons, neurons, rule("fixed_indegree", {{"indegree", 5.0}}),
                 {{"weight", 30.0}, {"delay", 0.6}});
  kernel.connect(neurons, neurons, rule("fixed_indegree", {{"indegree", 5.0}}),
                 {{"synapse_model", text("stdp_synapse")}, {"weight", 20.0}});
  kernel.connect(neurons, recorder, all, {});
  kernel.connect(meter, Ids{neurons[3], neurons[149]}, all, {});
  bool first = true;
  for (const double ms : setting.times) {
    simulate(kernel, ms);
    if (first && setting.loaded_threads > 0) {
      const Bytes bytes = saved(kernel);
      kernel.reset();
      load(kernel, bytes, setting.loaded_threads);
      kernel.set_status({{"simd_level", setting.level}});
    }
    first = false;
  }
  return {spikes_of(kernel, recorder[0]), values(kernel, neurons, "V_m"),
          column(kernel, meter[0], "V_m")};
}

}  // namespace

TEST_CASE("compiled neurons: the equations of a built-in model give its bits, however they run") {
  for (const bool alike : {true, false}) {
    CAPTURE(alike);
    const LeakyRun expected = leaky_run("iaf_psc_exp_neuron", {}, alike);
    REQUIRE(expected.spikes.size() > 300);
    const auto check = [&](const Setting& setting) {
      CAPTURE(setting.level);
      CAPTURE(setting.threads);
      const LeakyRun run = leaky_run("leaky", setting, alike);
      CHECK(run.spikes == expected.spikes);
      CHECK(run.v == expected.v);
      CHECK(run.trace == expected.trace);
    };
    for (const std::string& level : simd_level_names()) {
      check({.level = level});
      check({.level = level, .threads = 3, .times = {0.1, 7.3, 52.6}});
      check({.level = level, .threads = 2, .times = {31.7, 28.3}, .loaded_threads = 1});
    }
  }
}

TEST_CASE("compiled neurons: a solver goes on as if it had not been interrupted") {
  const auto state_of = [](const std::string& level, const std::vector<double>& times,
                           bool load_between) {
    Simulator kernel;
    kernel.set_status({{"simd_level", level}});
    kernel.load_models({decaying_code()}, false);
    const Ids neurons =
        make(kernel, "decaying", 100,
             {{"tau", make_expression("uniform", {make_constant(0.5), make_constant(20)})}});
    const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 2000.0}});
    kernel.connect(noise, neurons, rule("all_to_all"), {{"weight", 0.5}});
    for (const double ms : times) {
      simulate(kernel, ms);
      if (!load_between) continue;
      const Bytes bytes = saved(kernel);
      load(kernel, bytes, 2);
      kernel.set_status({{"simd_level", level}});
    }
    return values(kernel, neurons, "x");
  };
  const std::vector<double> expected = state_of("baseline", {40}, false);
  for (const std::string& level : simd_level_names()) {
    CHECK(state_of(level, {0.3, 21, 18.7}, false) == expected);
    CHECK(state_of(level, {11.2, 28.8}, true) == expected);
  }
  Simulator kernel;
  kernel.load_models({decaying_code()}, false);
  const Ids one = make(kernel, "decaying", 1);
  simulate(kernel, 5);
  CHECK(number(kernel, one[0], "x") == doctest::Approx(std::exp(-1)).epsilon(1e-6));
}

TEST_CASE("compiled neurons: a text ends a simulation by what it says") {
  Simulator kernel;
  kernel.load_models({decaying_code()}, false);
  const Ids neurons = make(kernel, "decaying", 20, {{"most", 3.0}});
  const Ids source = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{2}}});
  kernel.connect(source, Ids{neurons[17]}, rule("all_to_all"), {{"weight", 4.0}});
  simulate(kernel, 2);
  const Error error = error_of([&] { simulate(kernel, 10); });
  CHECK(error.kind() == ErrorKind::kNumericalInstability);
  CHECK(std::string(error.what()).find("decaying, node 18, at 2.9 ms: x is more than it can be.") !=
        std::string::npos);
  for (const Field& field : error.fields()) {
    if (field.name == "node") CHECK(std::get<double>(field.value) == 18);
  }
}

TEST_CASE("compiled neurons: a state that is not finite is found as in other models") {
  Simulator kernel;
  kernel.load_models({adder_code()}, false);
  const Ids neurons = make(kernel, "adder", 3, {{"p1", 1.7e308}});
  const Ids source = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1}}});
  kernel.connect(source, Ids{neurons[1]}, rule("all_to_all"),
                 {{"weight", 1e308}, {"receptor_type", 2.0}});
  const Error error = error_of([&] { simulate(kernel, 10); });
  CHECK(error.kind() == ErrorKind::kNumericalInstability);
  CHECK(std::string(error.what()).find("p1 = Infinity") != std::string::npos);
}

// --- what arrives ----------------------------------------------------------------------------

namespace {

/// What each way of sending spikes brings to a receptor: whole numbers, so that sums are exact.
enum class Way { kGenerator, kCounted, kWeighted, kPlastic, kManyCounts, kLater };

/// p and n of each receptor of one neuron of 40, as the others have.
struct Arrived {
  std::vector<std::vector<double>> p, n;
  bool operator==(const Arrived& other) const = default;
};

void connect_way(Simulator& kernel, Way way, const Ids& parrots, const Ids& source,
                 const Ids& neurons, int receptor, double weight) {
  const Properties all = rule("all_to_all");
  Properties syn{{"receptor_type", static_cast<double>(receptor)}, {"delay", 1.0}};
  switch (way) {
    case Way::kGenerator:
      syn.emplace_back("weight", weight);
      kernel.connect(source, neurons, all, syn);
      break;
    case Way::kCounted:
    case Way::kManyCounts:
    case Way::kLater:
      syn.emplace_back("weight", weight);
      kernel.connect(parrots, neurons, all, syn);
      break;
    case Way::kWeighted:
      syn.emplace_back("weight", std::vector<double>(neurons.size() * parrots.size(), weight));
      kernel.connect(parrots, neurons, all, syn);
      break;
    case Way::kPlastic:
      syn.emplace_back("weight", weight);
      syn.emplace_back("synapse_model", text("stdp_synapse"));
      syn.emplace_back("lambda", 0.0);
      syn.emplace_back("Wmax", weight > 0 ? 1000.0 : -1000.0);
      kernel.connect(parrots, neurons, all, syn);
      break;
  }
}

}  // namespace

TEST_CASE("compiled neurons: each sign at each receptor is added up by itself, whatever sends it") {
  for (const Way way : {Way::kGenerator, Way::kCounted, Way::kWeighted, Way::kPlastic,
                        Way::kManyCounts, Way::kLater}) {
    CAPTURE(static_cast<int>(way));
    for (const int threads : {1, 3}) {
      Simulator kernel;
      kernel.set_status({{"local_num_threads", static_cast<double>(threads)}});
      kernel.load_models({adder_code(), plain_adder_code()}, false);
      const Ids plain = make(kernel, "plain_adder", 30);
      const Ids neurons = make(kernel, "adder", 40);
      const std::vector<double> times{1, 1.5, 4, 9.9};
      Properties sent{{"spike_times", times}};
      const bool many = way == Way::kManyCounts;
      if (many) {
        sent.emplace_back("spike_multiplicities", std::vector<double>{70000, 1, 1, 1});
      }
      const Ids source = make(kernel, "spike_generator", 1, sent);
      const Ids parrots = make(kernel, "parrot_neuron", 2);
      kernel.connect(source, parrots, rule("all_to_all"), {{"delay", 1.0}});
      for (int receptor = 0; receptor < 3; ++receptor) {
        for (const double weight : {1.0 + receptor, -10.0 - receptor}) {
          connect_way(kernel, way, parrots, source, neurons, receptor + 1, weight);
        }
      }
      connect_way(kernel, way, parrots, source, plain, 0, 100);
      connect_way(kernel, way, parrots, source, plain, 0, -200);
      simulate(kernel, 6);
      if (way == Way::kLater) {
        // Spikes are under way while new neurons come, and other partitions.
        simulate(kernel, 0.5);
        const Bytes bytes = saved(kernel);
        load(kernel, bytes, 2);
        make(kernel, "adder", 5);
        simulate(kernel, 6);
      } else {
        simulate(kernel, 6.5);
      }
      const double spikes = (many ? 70003 : 4) * (way == Way::kGenerator ? 1 : 2);
      for (int receptor = 0; receptor < 3; ++receptor) {
        const std::string number = std::to_string(receptor);
        for (const double p : values(kernel, neurons, ("p" + number).c_str())) {
          CHECK(p == spikes * (1 + receptor));
        }
        for (const double n : values(kernel, neurons, ("n" + number).c_str())) {
          CHECK(n == spikes * (-10 - receptor));
        }
      }
      for (const double p : values(kernel, plain, "p")) CHECK(p == spikes * 100);
      for (const double n : values(kernel, plain, "n")) CHECK(n == spikes * -200);
    }
  }
}

TEST_CASE("compiled neurons: weights that change while spikes are under way keep to their rows") {
  Simulator kernel;
  kernel.load_models({adder_code()}, false);
  const Ids neurons = make(kernel, "adder", 2);
  const Ids source =
      make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1, 5}}});
  const Ids parrot = make(kernel, "parrot_neuron", 1);
  kernel.connect(source, parrot, rule("all_to_all"), {{"delay", 1.0}});
  kernel.connect(parrot, neurons, rule("all_to_all"),
                 {{"receptor_type", 3.0}, {"weight", -3.0}, {"delay", 2.0}});
  kernel.connect(source, neurons, rule("all_to_all"),
                 {{"receptor_type", 2.0}, {"weight", -7.0}, {"delay", 3.0}});
  simulate(kernel, 3);
  SynapseList list = kernel.get_connections({parrot, {}, {}, {}});
  kernel.set_synapses(list, {{"weight", 4.0}});
  SynapseList direct = kernel.get_connections({source, neurons, {}, {}});
  kernel.set_synapses(direct, {{"weight", 8.0}});
  simulate(kernel, 10);
  CHECK(number(kernel, neurons[1], "n2") == -3);
  CHECK(number(kernel, neurons[1], "p2") == 4);
  CHECK(number(kernel, neurons[1], "n1") == -7);
  CHECK(number(kernel, neurons[1], "p1") == 8);
}

TEST_CASE("compiled neurons: Poisson generators reach each receptor, one by one and many at once") {
  for (const std::size_t n : {std::size_t{3}, std::size_t{200}}) {
    CAPTURE(n);
    Simulator kernel;
    kernel.load_models({adder_code()}, false);
    const Ids neurons = make(kernel, "adder", n);
    const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 3000.0}});
    const Ids parrots = make(kernel, "parrot_neuron", 1);
    (void)parrots;
    for (const double receptor : {1.0, 3.0}) {
      for (const double weight : {2.0, -5.0}) {
        kernel.connect(noise, neurons, rule("all_to_all"),
                       {{"receptor_type", receptor}, {"weight", weight}});
      }
    }
    simulate(kernel, 200);
    for (const NodeId id : neurons) {
      for (const char* key : {"p0", "p2"}) {
        const double x = number(kernel, id, key) / 2;
        CHECK(x == std::floor(x));
        CHECK(x > 450);
        CHECK(x < 750);
      }
      for (const char* key : {"n0", "n2"}) {
        const double x = number(kernel, id, key) / -5;
        CHECK(x == std::floor(x));
        CHECK(x > 450);
        CHECK(x < 750);
      }
      CHECK(number(kernel, id, "p1") == 0);
      CHECK(number(kernel, id, "n1") == 0);
    }
  }
}

TEST_CASE("compiled neurons: currents are added up by receptor") {
  for (const std::size_t n : {std::size_t{3}, std::size_t{100}}) {
    Simulator kernel;
    kernel.load_models({adder_code()}, false);
    const Ids neurons = make(kernel, "adder", n);
    const Ids dc = make(kernel, "dc_generator", 2, {{"amplitude", std::vector<double>{3, 50}}});
    const Ids noise = make(kernel, "noise_generator", 1, {{"mean", 7.0}});
    const Properties all = rule("all_to_all");
    kernel.connect(Ids{dc[0]}, neurons, all, {{"receptor_type", 0.0}});
    kernel.connect(Ids{dc[1]}, neurons, all, {{"receptor_type", 1.0}});
    kernel.connect(noise, neurons, all, {{"receptor_type", 1.0}});
    simulate(kernel, 10);
    const double steps = number(kernel, neurons[0], "c0") / 3;
    CHECK(steps > 80);
    for (const NodeId id : neurons) {
      CHECK(number(kernel, id, "c0") == 3 * steps);
      CHECK(number(kernel, id, "c1") == 57 * steps);
    }
    const Error error =
        error_of([&] { kernel.connect(Ids{dc[0]}, neurons, all, {{"receptor_type", 2.0}}); });
    CHECK(error.kind() == ErrorKind::kUnknownReceptorType);
    CHECK(std::string(error.what()) == "receptor_type of adder must be 0 (I_0) or 1 (I_1), got 2.");
  }
}

TEST_CASE("compiled neurons: receptors that are not there are refused by name") {
  Simulator kernel;
  kernel.load_models({adder_code(), plain_adder_code()}, false);
  const Ids neurons = make(kernel, "adder", 2), plain = make(kernel, "plain_adder", 2);
  const Ids parrots = make(kernel, "parrot_neuron", 2);
  const Ids dc = make(kernel, "dc_generator", 1);
  const Properties all = rule("all_to_all");
  for (const double receptor : {0.0, 4.0}) {
    const Error error =
        error_of([&] { kernel.connect(parrots, neurons, all, {{"receptor_type", receptor}}); });
    CHECK(error.kind() == ErrorKind::kUnknownReceptorType);
    CHECK(std::string(error.what()).find("must be 1 (EXC), 2 (INH) or 3 (BOTH), got") !=
          std::string::npos);
  }
  CHECK(kind_thrown([&] { kernel.connect(parrots, plain, all, {{"receptor_type", 1.0}}); }) ==
        ErrorKind::kUnknownReceptorType);
  CHECK(kind_thrown([&] { kernel.connect(dc, plain, all, {}); }) == ErrorKind::kIllegalConnection);
  // Weights of both signs, also where another model's ports are conductances.
  const Ids conductances = make(kernel, "iaf_cond_exp_multisynapse", 2);
  CHECK(kind_thrown([&] {
          kernel.connect(parrots, joined(neurons, conductances), all,
                         {{"receptor_type", 1.0}, {"weight", -1.0}});
        }) == ErrorKind::kBadProperty);
  kernel.connect(parrots, neurons, all, {{"receptor_type", 1.0}, {"weight", -1.0}});
  kernel.connect(parrots, neurons, all,
                 {{"receptor_type", 2.0}, {"synapse_model", text("static_synapse_hom_w")}});
  kernel.set_defaults("static_synapse_hom_w", {{"weight", -2.0}});
  kernel.connect(parrots, conductances, all,
                 {{"receptor_type", 1.0}, {"synapse_model", text("static_synapse_hom_w_lbl")}});
  CHECK(kind_thrown([&] { kernel.set_defaults("static_synapse_hom_w_lbl", {{"weight", -2.0}}); }) ==
        ErrorKind::kBadProperty);
  simulate(kernel, 1);
  kernel.set_defaults("static_synapse_hom_w", {{"weight", -3.0}});
  CHECK(kind_thrown([&] { kernel.set_defaults("static_synapse_hom_w_lbl", {{"weight", -2.0}}); }) ==
        ErrorKind::kBadProperty);
}

TEST_CASE("ports of conductances give the same bits beside ports for both signs") {
  const auto run = [](bool beside) {
    Simulator kernel;
    kernel.load_models({adder_code()}, false);
    const Ids neurons = make(
        kernel, "iaf_cond_exp_multisynapse", 40,
        {{"E_rev", std::vector<double>{0, -85, 20}}, {"tau_syn", std::vector<double>{2, 5, 1}}});
    const Ids parrots = make(kernel, "parrot_neuron", 10);
    const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 3000.0}});
    const Properties all = rule("all_to_all");
    kernel.connect(noise, parrots, all, {});
    for (const double receptor : {1.0, 2.0, 3.0}) {
      const auto drawn = make_expression("uniform", {make_constant(0), make_constant(3)});
      kernel.connect(parrots, neurons, all, {{"receptor_type", receptor}, {"weight", drawn}});
      kernel.connect(parrots, neurons, all, {{"receptor_type", receptor}, {"weight", 0.7}});
      kernel.connect(noise, neurons, all, {{"receptor_type", receptor}, {"weight", 0.3}});
    }
    if (beside) {
      const Ids others = make(kernel, "adder", 3);
      kernel.connect(parrots, others, all, {{"receptor_type", 2.0}, {"weight", -1.0}});
    }
    simulate(kernel, 50);
    return values(kernel, neurons, "V_m");
  };
  const std::vector<double> alone = run(false);
  CHECK(run(true) == alone);
}

TEST_CASE("compiled neurons: nothing arrives at a frozen one") {
  Simulator kernel;
  kernel.load_models({adder_code()}, false);
  const Ids neurons = make(kernel, "adder", 3, {{"frozen", std::vector<bool>{false, true, false}}});
  const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 5000.0}});
  const Ids dc = make(kernel, "dc_generator", 1, {{"amplitude", 1.0}});
  const Properties all = rule("all_to_all");
  for (const double receptor : {1.0, 2.0, 3.0}) {
    kernel.connect(noise, neurons, all, {{"receptor_type", receptor}});
  }
  kernel.connect(dc, neurons, all, {{"receptor_type", 1.0}});
  simulate(kernel, 20);
  kernel.set_nodes(neurons, {{"frozen", false}});
  for (const char* key : {"p0", "p1", "p2", "c1"}) {
    CHECK(number(kernel, neurons[0], key) > 0);
    CHECK(number(kernel, neurons[1], key) == 0);
    CHECK(number(kernel, neurons[2], key) > 0);
  }
}
