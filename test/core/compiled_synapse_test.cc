// Synapses that are made of texts: what time and spikes do to them, in a kernel.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "changed_state.h"
#include "compiled/check.h"
#include "compiled/decode.h"
#include "kernel_driver.h"
#include "once.h"
#include "state_digest.h"
#include "synapse_codes.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

using compiled::ModulatorPort;

Bytes bytes_of_state(Simulator& kernel) {
  kernel.begin_save({});
  const std::optional<StateBytes> bytes = kernel.finish_save();
  REQUIRE(bytes);
  return {bytes->data.get(), bytes->data.get() + bytes->size};
}

void load_state_bytes(Simulator& kernel, const Bytes& bytes, double threads) {
  kernel.begin_load(threads);
  REQUIRE(kernel.finish_load(bytes));
  kernel.take_loaded();
}

std::vector<double> values_of_synapses(Simulator& kernel, const char* model,
                                       const std::string& key) {
  ConnectionFilter filter;
  filter.synapse_model = model;
  return numbers(kernel.get_synapses(kernel.get_connections(filter), key));
}

const std::vector<double> kSourceTimes = {1, 4.5, 10, 10.1, 25, 40, 61.3, 80};
const std::vector<double> kTargetTimes = {2, 5, 5.1, 11.2, 26, 26.4, 39, 60, 79};
const std::vector<double> kPulseTimes = {3, 12, 41, 62};
constexpr int kPairedTargets = 150;  // more than two tiles

/// Parrots that fire 1 ms behind these times, and pairing synapses between them.
struct PairedKernel {
  Simulator kernel;
  Ids sources, targets;

  explicit PairedKernel(double threads = 1) {
    kernel.set_status({{"local_num_threads", threads}});
    kernel.load_models({}, false, {pairing_code()});
    sources = make(kernel, "parrot_neuron", 2);
    targets = make(kernel, "parrot_neuron", kPairedTargets);
    const Ids dopamine = make(kernel, "parrot_neuron", 1);
    const Ids transmitter = make(kernel, "volume_transmitter", 1);
    drive(sources, kSourceTimes);
    // Every third target fires once less.
    drive(targets, {kTargetTimes.begin() + 1, kTargetTimes.end()});
    Ids some;
    for (std::size_t i = 0; i < targets.size(); i += 3) some.push_back(targets[i]);
    drive(some, {kTargetTimes.front()});
    drive(dopamine, kPulseTimes);
    kernel.connect(dopamine, transmitter, rule("all_to_all"), {{"delay", 1.0}});
    kernel.copy_model("pairing", "pairs", {{"volume_transmitter", NodeIds{transmitter}}});
  }
  void drive(const Ids& nodes, const std::vector<double>& times) {
    const Ids generator = make(kernel, "spike_generator", 1, {{"spike_times", times}});
    kernel.connect(generator, nodes, rule("all_to_all"), {{"delay", 1.0}});
  }
  void connect(const Properties& more = {}) {
    // Parrots do not repeat what arrives at that receptor.
    Properties synapse{{"synapse_model", text("pairs")}, {"d", 1.2}, {"receptor_type", 1.0}};
    synapse.insert(synapse.end(), more.begin(), more.end());
    kernel.connect(sources, targets, rule("all_to_all"), synapse);
  }
  std::vector<double> values(const char* key) { return values_of_synapses(kernel, "pairs", key); }
};

/// One pairing synapse, event by event.
struct PlainPairing {
  double tau = 20, gain = 0.5, A = 1;
  double w = 1, c = 0, pre = 0, post = 0;
  double now = 0;

  void advance(double t) {
    const double decay = std::exp(-(t - now) / tau);
    c *= decay, pre *= decay, post *= decay;
    now = t;
  }
  // Times of spikes; the target's arrive d later.
  void run(double d, bool fires_first, double until) {
    struct Event {
      double t;
      int order;
    };
    std::vector<Event> events;
    for (const double t : kPulseTimes) events.push_back({t + 2, 0});
    for (const double t : kTargetTimes) {
      if (t != kTargetTimes.front() || fires_first) events.push_back({t + 1 + d, 1});
    }
    for (const double t : kSourceTimes) events.push_back({t + 1, 2});
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
      return std::abs(a.t - b.t) > 1e-6 ? a.t < b.t : a.order < b.order;
    });
    double coincident = -1, before = 0;
    for (const Event& e : events) {
      if (e.t > until + 1e-6) continue;
      advance(e.t);
      if (e.order == 0) w += c;
      if (e.order == 1) {
        // What is of the target is not seen by a presynaptic spike at the same time.
        if (std::abs(e.t - coincident) > 1e-6) before = post;
        coincident = e.t;
        c += gain * pre;
        post += 1;
      }
      if (e.order == 2) {
        c -= A * (std::abs(e.t - coincident) < 1e-6 ? before : post);
        pre += 1;
      }
    }
    advance(until);
  }
};

void expect_plain_pairings(PairedKernel& pairs, double until, double tau = 20) {
  const std::vector<double> w = pairs.values("w"), c = pairs.values("c"), pre = pairs.values("pre"),
                            post = pairs.values("post");
  REQUIRE(w.size() == 2 * kPairedTargets);
  for (std::size_t i = 0; i < w.size(); ++i) {
    PlainPairing plain;
    plain.tau = tau;
    plain.run(1.2, i % kPairedTargets % 3 == 0, until);
    CAPTURE(i);
    CHECK(w[i] == doctest::Approx(plain.w).epsilon(1e-12));
    CHECK(c[i] == doctest::Approx(plain.c).epsilon(1e-12));
    CHECK(pre[i] == doctest::Approx(plain.pre).epsilon(1e-12));
    CHECK(post[i] == doctest::Approx(plain.post).epsilon(1e-12));
  }
}

}  // namespace

TEST_CASE("compiled synapses: each goes through its own events") {
  PairedKernel pairs;
  pairs.connect();
  simulate(pairs.kernel, 30);
  expect_plain_pairings(pairs, 30);
  simulate(pairs.kernel, 70);
  expect_plain_pairings(pairs, 100);
}

TEST_CASE("compiled synapses: parameters that differ are worked out for each") {
  PairedKernel pairs;
  std::vector<double> tau(2 * kPairedTargets, 20.0);
  tau.back() = 35;
  pairs.connect({{"tau", tau}});
  simulate(pairs.kernel, 100);
  const std::vector<double> c = pairs.values("c");
  PlainPairing last;
  last.tau = 35;
  last.run(1.2, (kPairedTargets - 1) % 3 == 0, 100);
  CHECK(c.back() == doctest::Approx(last.c).epsilon(1e-12));
  PlainPairing first;
  first.run(1.2, true, 100);
  CHECK(c.front() == doctest::Approx(first.c).epsilon(1e-12));
}

TEST_CASE("compiled synapses: the same bits for any threads, splits, reads and states") {
  const auto run = [](double threads, const std::vector<double>& pieces, bool reads,
                      std::optional<double> loads) {
    PairedKernel pairs(threads);
    pairs.connect();
    for (const double ms : pieces) {
      simulate(pairs.kernel, ms);
      if (reads) pairs.values("c");
      if (loads) load_state_bytes(pairs.kernel, bytes_of_state(pairs.kernel), *loads);
    }
    return pairs.values("w");
  };
  const std::vector<double> whole = run(1, {100}, false, {});
  CHECK(run(2, {100}, false, {}) == whole);
  CHECK(run(3, {0.1, 12, 27.9, 60}, true, {}) == whole);
  CHECK(run(1, {11.1, 30.1, 58.8}, false, 2) == whole);
}

TEST_CASE("compiled synapses: a silent second, and more") {
  PairedKernel pairs;
  pairs.connect();
  simulate(pairs.kernel, 100);
  const double c = pairs.values("c").front(), w = pairs.values("w").front();
  simulate(pairs.kernel, 2900);
  CHECK(pairs.values("c").front() == doctest::Approx(c * std::exp(-2900 / 20.0)).epsilon(1e-9));
  CHECK(pairs.values("w").front() == w);
  simulate(pairs.kernel, 4000);
  CHECK(pairs.values("w").front() == w);
}

TEST_CASE("compiled synapses: in single precision, and made later than others") {
  PairedKernel pairs;
  pairs.kernel.set_status({{"weight_precision", text("single")}});
  pairs.connect();
  simulate(pairs.kernel, 50);
  pairs.connect();
  simulate(pairs.kernel, 50);
  const std::vector<double> w = pairs.values("w");
  REQUIRE(w.size() == 4 * kPairedTargets);
  PlainPairing plain;
  plain.run(1.2, true, 100);
  // Those of a source and a target are together.
  CHECK(w[0] == doctest::Approx(plain.w).epsilon(1e-5));
  CHECK(w[1] != doctest::Approx(plain.w).epsilon(1e-5));
}

TEST_CASE("compiled synapses: a reward is constant in a step") {
  Simulator kernel;
  kernel.load_models({}, false, {pairing_code("rewarded", ModulatorPort::kReward)});
  const Ids nodes = make(kernel, "parrot_neuron", 2);
  const Ids reward = make(kernel, "reward_transmitter", 1, {{"reward", 0.5}});
  kernel.set_defaults("rewarded", {{"reward_transmitter", NodeIds{reward}}});
  kernel.connect({nodes.data(), 1}, {nodes.data() + 1, 1}, rule("all_to_all"),
                 {{"synapse_model", text("rewarded")}, {"c", 1.0}});
  const auto read = [&](const char* key) {
    return values_of_synapses(kernel, "rewarded", key).at(0);
  };
  simulate(kernel, 10);
  // One stretch: the eligibility at its begin times the reward.
  CHECK(read("w") == doctest::Approx(1.5).epsilon(1e-12));
  kernel.set_nodes(reward, {{"reward", -1.0}});
  simulate(kernel, 5);
  CHECK(read("w") == doctest::Approx(1.5 - std::exp(-0.5)).epsilon(1e-12));
  CHECK(read("c") == doctest::Approx(std::exp(-0.75)).epsilon(1e-12));
}

TEST_CASE("compiled synapses: states of targets are those at their spikes") {
  Simulator kernel;
  kernel.load_models({}, false, {voltage_code()});
  const Ids source = make(kernel, "parrot_neuron", 1);
  const Ids target =
      make(kernel, "iaf_psc_delta", 3, {{"V_reset", -65.0}, {"E_L", -70.0}, {"t_ref", 1.0}});
  const Ids drive =
      make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{5, 9}}});
  kernel.connect(drive, target, rule("all_to_all"), {{"weight", 40.0}, {"delay", 1.0}});
  kernel.connect(source, target, rule("all_to_all"), {{"synapse_model", text("voltage")}});
  simulate(kernel, 8);
  const auto weights = [&] { return values_of_synapses(kernel, "voltage", "weight"); };
  for (const double w : weights()) CHECK(w == doctest::Approx(1 - 0.65).epsilon(1e-12));
  load_state_bytes(kernel, bytes_of_state(kernel), 2);
  simulate(kernel, 8);
  for (const double w : weights()) CHECK(w == doctest::Approx(1 - 1.3).epsilon(1e-12));

  const std::uint64_t digest = kernel.digest();
  CHECK(kind_thrown([&] {
          kernel.connect(source, source, rule("all_to_all"), {{"synapse_model", text("voltage")}});
        }) == ErrorKind::kIllegalConnection);
  CHECK(kernel.digest() == digest);
}

TEST_CASE("compiled synapses: draws are named by source, target and time") {
  const auto run = [](double threads) {
    Simulator kernel;
    kernel.set_status({{"local_num_threads", threads}});
    kernel.load_models({}, false, {chance_code()});
    const Ids generator = make(kernel, "poisson_generator", 1, {{"rate", 200.0}});
    const Ids sources = make(kernel, "parrot_neuron", 5),
              targets = make(kernel, "parrot_neuron", 90);
    kernel.connect(generator, sources, rule("all_to_all"), {});
    for (int twice = 0; twice < 2; ++twice) {
      kernel.connect(sources, targets, rule("all_to_all"), {{"synapse_model", text("chance")}});
    }
    const Ids recorder = make(kernel, "spike_recorder", 1);
    kernel.connect(targets, recorder, rule("all_to_all"), {});
    simulate(kernel, 200);
    auto sent = values_of_synapses(kernel, "chance", "sent");
    return std::pair(sent, spikes_of(kernel, recorder[0]).size());
  };
  const auto [sent, spikes] = run(1);
  CHECK(run(3).first == sent);
  // Parrots repeat what is sent, and nothing else.
  double sum = 0;
  for (const double n : sent) sum += n;
  CHECK(std::abs(sum - static_cast<double>(spikes)) <= 90 * 5 * 2);
  CHECK(sum > 0);
  std::map<double, int> counts;
  for (std::size_t i = 0; i + 1 < sent.size(); i += 2) ++counts[sent[i] - sent[i + 1]];
  CHECK(counts.size() > 3);  // two synapses between the same nodes draw for themselves
}

TEST_CASE("compiled synapses: codes that cannot be run are refused" * once()) {
  using compiled::SynapseCode;
  const auto refused = [](const std::function<void(SynapseCode&)>& change) {
    SynapseCode code = pairing_code();
    change(code);
    return kind_thrown([&] { compiled::check(code); });
  };
  const std::vector<std::function<void(SynapseCode&)>> wrong = {
      [](SynapseCode& code) { code.name.clear(); },
      [](SynapseCode& code) { code.states.clear(); },
      [](SynapseCode& code) { code.states[1].name = "tau"; },
      [](SynapseCode& code) { code.delay = "tau"; },
      [](SynapseCode& code) { code.homogeneous.pop_back(); },
      [](SynapseCode& code) { code.of_target[0] = true; },
      [](SynapseCode& code) { code.handlers.pop_back(); },
      [](SynapseCode& code) { code.modulator = ModulatorPort::kNone; },
      [](SynapseCode& code) { code.post_variables = {""}; },
      [](SynapseCode& code) { code.guards = {{5, "no"}}; },
      [](SynapseCode& code) { code.update.results.pop_back(); },
      [](SynapseCode& code) { code.update.code[0].a = 60000; },
      [](SynapseCode& code) { code.update.code[0].result = 0; },
      [](SynapseCode& code) { code.handlers.back().program.given -= 1; },
      [](SynapseCode& code) {
        code.setup.code.push_back(
            {compiled::Operation::uniform, code.setup.code[0].result, 0, 0, 0});
        ++code.setup.main;
      }};
  for (const auto& change : wrong) CHECK(refused(change) == ErrorKind::kBadProperty);
  compiled::check(pairing_code());
  const compiled::EncodedModel arrays = compiled::encode(pairing_code());
  CHECK(compiled::encode(compiled::decode_synapse(arrays)).integers == arrays.integers);
  CHECK(kind_thrown([&] { compiled::decode(arrays); }) == ErrorKind::kBadProperty);
}

TEST_CASE("compiled synapses: names, replacement, reset" * once()) {
  Simulator kernel;
  kernel.load_models({}, false, {pairing_code(), voltage_code()});
  const auto thrown = [&](const SynapseCode& code, bool replace) {
    const std::uint64_t digest = kernel.digest();
    const ErrorKind kind = kind_thrown([&] { kernel.load_models({}, replace, {code}); });
    CHECK(kernel.digest() == digest);
    return kind;
  };
  CHECK(thrown(pairing_code(), false) == ErrorKind::kNewModelNameExists);
  CHECK(thrown(pairing_code("iaf_psc_exp"), true) == ErrorKind::kNewModelNameExists);
  SynapseCode taken = pairing_code("taken");
  taken.parameters[0].name = "delay";
  CHECK(thrown(taken, false) == ErrorKind::kBadProperty);
  SynapseCode many = voltage_code();
  many.name = "many";
  CHECK(thrown(voltage_code(), false) == ErrorKind::kNewModelNameExists);
  kernel.load_models({}, true, {pairing_code("pairing", ModulatorPort::kNone)});
  const Ids nodes = make(kernel, "parrot_neuron", 2);
  kernel.connect(nodes, nodes, rule("all_to_all"), {{"synapse_model", text("pairing")}});
  CHECK(thrown(pairing_code(), true) == ErrorKind::kNewModelNameExists);
  CHECK(kind_thrown([&] {
          kernel.connect(nodes, nodes, rule("all_to_all"),
                         {{"synapse_model", text("pairing")}, {"A", 2.0}});
        }) == ErrorKind::kNotImplemented);
  CHECK(kind_thrown([&] {
          kernel.connect(nodes, nodes, rule("all_to_all"),
                         {{"synapse_model", text("pairing")}, {"w", 2.0}, {"weight", 1.0}});
        }) == ErrorKind::kBadProperty);
  kernel.reset();
  kernel.get_defaults("pairing");
  kernel.load_models({}, true, {pairing_code()});
}
