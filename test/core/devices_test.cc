// Generators: windows, histories of parameters and delays, multiplicities.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/random.h"
#include "kernel_driver.h"
#include "models/devices/noise.h"
#include "simd/dispatch.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

// A neuron that adds up what it receives, and never fires.
Ids make_sums(Simulator& kernel, std::size_t n, double tau_m = 1e18) {
  return make(kernel, "iaf_psc_delta", n,
              {{"V_th", 1e12}, {"tau_m", tau_m}, {"E_L", 0.0}, {"V_reset", -1.0}, {"V_m", 0.0}});
}

}  // namespace

TEST_CASE("a Poisson generator's changed delay acts on what is sent after it") {
  // Every spike must arrive exactly once, whatever the delays were meanwhile.
  const auto received = [](const std::vector<double>& delays, bool each) {
    Simulator kernel;
    const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 20000.0}, {"stop", 40.0}});
    const Ids cells = make_sums(kernel, 40);
    kernel.connect(noise, cells, rule("all_to_all"), {{"weight", 1.0}, {"delay", delays[0]}});
    SynapseList list = kernel.get_connections({});
    for (double delay : delays) {
      if (each) {
        SynapseList half = list;
        half.positions.resize(20);
        kernel.set_synapses(half, {{"delay", delay}});
      } else {
        kernel.set_synapses(list, {{"delay", delay}});
      }
      list = kernel.get_connections({});
      simulate(kernel, 7.3);
    }
    simulate(kernel, 100);
    return numbers(kernel.get_nodes(cells, "V_m"));
  };
  const auto expected = received({1.0}, false);
  for (double x : expected) CHECK(std::abs(x - 800) < 5 * std::sqrt(800.0));
  CHECK(received({1.0, 9.0, 0.1, 5.0, 1.0}, false) == expected);
  CHECK(received({20.0, 0.1, 0.2, 20.0}, false) == expected);
  CHECK(received({1.0, 9.0, 0.1, 5.0, 1.0}, true) == expected);
}

TEST_CASE("a changed rate acts on what is sent after it, over any delay") {
  Simulator kernel;
  const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 50000.0}});
  const Ids cells = make_sums(kernel, 20);
  kernel.connect(noise, cells, rule("all_to_all"), {{"weight", 1.0}, {"delay", 30.0}});
  simulate(kernel, 20);
  kernel.set_nodes(noise, {{"rate", 0.0}});
  simulate(kernel, 9.9);
  for (NodeId id : cells) CHECK(number(kernel, id, "V_m") == 0);
  for (int i = 0; i < 40; ++i) simulate(kernel, 1);
  for (NodeId id : cells) {
    // 199 update steps, from the second on.
    CHECK(std::abs(number(kernel, id, "V_m") - 995) < 5 * std::sqrt(995.0));
  }
}

TEST_CASE("noise drawn before a change of parameters is kept until its time is over") {
  const auto current_at_end = [](const std::vector<double>& pieces, bool disturb) {
    Simulator kernel;
    const Ids noise = make(kernel, "noise_generator", 1, {{"std", 100.0}, {"dt", 50.0}});
    const Ids cells = make(kernel, "iaf_psc_exp", 3);
    kernel.connect(noise, cells, rule("all_to_all"), {});
    const Ids meter = make(kernel, "multimeter", 1, {{"record_from", text("I")}});
    kernel.connect(meter, noise, rule("all_to_all"), {});
    simulate(kernel, 10);
    kernel.set_nodes(noise, {{"mean", 5000.0}});
    for (double ms : pieces) {
      simulate(kernel, ms);
      if (disturb) make(kernel, "spike_recorder", 1);
    }
    auto values = column(kernel, meter[0], "I");
    for (double v : numbers(kernel.get_nodes(cells, "V_m"))) values.push_back(v);
    return values;
  };
  const auto whole = current_at_end({35}, false);
  CHECK(std::abs(whole[0]) < 1000);
  CHECK(current_at_end({5, 5, 5, 20}, true) == whole);
  CHECK(current_at_end(std::vector<double>(35, 1.0), true) == whole);
}

TEST_CASE("connections of one noise generator to the same neuron are independent") {
  Simulator kernel;
  const Ids noise = make(kernel, "noise_generator", 1, {{"std", 1.0}});
  const Ids cells = make_sums(kernel, 1000, 1e6);
  kernel.connect(noise, cells, rule("fixed_indegree", {{"indegree", 2.0}}), {{"delay", 0.1}});
  kernel.set_nodes(cells, {{"C_m", 1.0}});
  simulate(kernel, 1.1);
  double sum = 0, squares = 0;
  for (double v : numbers(kernel.get_nodes(cells, "V_m"))) sum += v, squares += v * v;
  // Nine steps of 0.1 ms of the sum of two: variance 0.81 · 2, not 0.81 · 4.
  CHECK(std::abs(sum / 1000) < 0.25);
  CHECK(squares / 1000 == doctest::Approx(0.81 * 2).epsilon(0.25));
}

TEST_CASE("spike_generator: multiplicities, weights, windows, splits") {
  const auto voltage = [](const std::vector<double>& pieces) {
    Simulator kernel;
    const Ids source = make(kernel, "spike_generator", 1,
                            {{"spike_times", std::vector<double>{1, 2, 2, 3, 4, 50}},
                             {"spike_multiplicities", std::vector<double>{1, 2, 0, 100000, 7, 1}},
                             {"spike_weights", std::vector<double>{1, -3, 5, 2, 1000, 1}},
                             {"start", 0.5},
                             {"stop", 3.0}});
    const Ids cells = make_sums(kernel, 2);
    const Ids recorder = make(kernel, "spike_recorder", 1);
    kernel.connect(source, Ids{cells[0]}, rule("all_to_all"), {{"weight", 0.5}});
    kernel.connect(source, Ids{cells[1]}, rule("all_to_all"), {{"weight", -2.0}, {"delay", 7.0}});
    kernel.connect(source, recorder, rule("all_to_all"), {});
    for (double ms : pieces) simulate(kernel, ms);
    CHECK(spikes_of(kernel, recorder[0]).size() == 1 + 2 + 100000);
    return numbers(kernel.get_nodes(cells, "V_m"));
  };
  const auto v = voltage({60});
  CHECK(v[0] == doctest::Approx(0.5 * (1 - 6 + 200000)));
  CHECK(v[1] == doctest::Approx(-2.0 * (1 - 6 + 200000)));
  CHECK(voltage({0.9, 0.1, 0.1, 2.9, 6, 50}) == v);
}

TEST_CASE("generators refuse what is no time") {
  Simulator kernel;
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double t : {std::nan(""), infinity, -infinity, 1e300, 0.05}) {
    CAPTURE(t);
    CHECK(kind_thrown([&] {
            kernel.create("spike_generator", 1, {{"spike_times", std::vector<double>{t}}});
          }) == ErrorKind::kBadProperty);
    CHECK(kind_thrown([&] { kernel.create("poisson_generator", 1, {{"start", t}}); }) ==
          ErrorKind::kBadProperty);
    CHECK(kind_thrown([&] { kernel.create("dc_generator", 1, {{"origin", t}}); }) ==
          ErrorKind::kBadProperty);
    CHECK(kind_thrown([&] {
            kernel.create("step_current_generator", 1,
                          {{"amplitude_times", std::vector<double>{t}},
                           {"amplitude_values", std::vector<double>{1}}});
          }) == ErrorKind::kBadProperty);
  }
  CHECK(status(kernel, "network_size") == 0);
}

TEST_CASE("a synapse made later gets only what is sent later") {
  Simulator kernel;
  const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 10000.0}, {"stop", 10.0}});
  const Ids current = make(kernel, "dc_generator", 1, {{"amplitude", 100.0}});
  const Ids cells = make_sums(kernel, 2, 1e6);
  simulate(kernel, 20);
  kernel.connect(noise, cells, rule("all_to_all"), {{"delay", 15.0}});
  simulate(kernel, 40);
  CHECK(number(kernel, cells[0], "V_m") == 0);
  kernel.connect(current, Ids{cells[1]}, rule("all_to_all"), {{"delay", 5.0}});
  simulate(kernel, 5.0);
  CHECK(number(kernel, cells[1], "V_m") == 0);
  simulate(kernel, 0.2);
  CHECK(number(kernel, cells[1], "V_m") > 0);
}

TEST_CASE("conductance neurons and noise do not depend on the length of slices") {
  // Short slices advance wide blocks of neurons, long ones narrow blocks.
  for (const char* model : {"iaf_cond_exp", "iaf_cond_alpha", "aeif_cond_exp"}) {
    CAPTURE(std::string(model));
    const auto potentials = [&](double shortest_delay) {
      Simulator kernel;
      const Ids cells = make(kernel, model, 700, {{"I_e", 450.0}});
      const Ids noise = make(kernel, "noise_generator", 1, {{"std", 800.0}, {"dt", 0.3}});
      const Ids poisson = make(kernel, "poisson_generator", 1, {{"rate", 3000.0}});
      kernel.connect(noise, cells, rule("all_to_all"), {{"delay", 0.4}});
      kernel.connect(poisson, cells, rule("all_to_all"), {{"weight", 5.0}, {"delay", 2.0}});
      kernel.connect(cells, cells, rule("one_to_one"),
                     {{"weight", 0.0}, {"delay", shortest_delay}});
      simulate(kernel, 17.3);
      simulate(kernel, 12.7);
      std::vector<double> values;
      for (NodeId id : cells) values.push_back(number(kernel, id, "V_m"));
      return values;
    };
    const std::vector<double> expected = potentials(3.0);
    CHECK(potentials(0.1) == expected);
    CHECK(potentials(0.4) == expected);
  }
}

TEST_CASE(
    "noise: every connection has the normal number of its own stream, in batches of any kind") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    NoiseValues noise(*level, 99);
    std::vector<double> values(500), expected(500);
    for (std::uint32_t i = 0; i < 500; ++i) {
      // Steps beyond 32 bits, several connections to a target, and draws that change half way.
      const NoiseDraw draw{i < 90 ? 10 : 0x300000000 + i / 40, 5.0 + i % 2, i < 300 ? 2.5 : 0.0};
      const NodeId target = 1 + i / 3 * 2;
      const std::uint32_t ordinal = i < 200 ? 0 : i % 3;
      const std::uint32_t connection = 7 + i % 5;
      noise.add(draw, connection, target, ordinal, &values[i]);
      RandomStream stream(99, Purpose::kNoise, connection, target,
                          static_cast<std::uint32_t>(draw.step),
                          static_cast<std::uint32_t>(draw.step >> 32) << 16 | ordinal);
      expected[i] = draw.mean + draw.std * stream.normal();
    }
    noise.flush();
    CHECK(values == expected);
    noise.flush();
    CHECK(values == expected);

    const NoiseDraw draw{0x300000007, -1.5, 0.25};
    noise.draw(draw, 7, 40, values.size(), values.data());
    for (std::uint32_t i = 0; i < 500; ++i) {
      RandomStream stream(99, Purpose::kNoise, 7, 40 + i, 7, 3 << 16);
      expected[i] = -1.5 + 0.25 * stream.normal();
    }
    CHECK(values == expected);
  }
}
