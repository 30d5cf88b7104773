// Nodes and synapses of a kernel: reading, setting, and lists of synapses that stay valid.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "kernel_driver.h"

using namespace tegmenta;
using namespace tegmenta::testing;

TEST_CASE("a list of synapses is stale as soon as nodes or synapses are added") {
  for (const bool connects : {false, true}) {
    CAPTURE(connects);
    Simulator kernel;
    const Ids a = make(kernel, "parrot_neuron", 10);
    kernel.connect(a, a, rule("all_to_all"), {{"weight", 1.0}});
    SynapseList list = kernel.get_connections({});
    if (connects) {
      kernel.connect(a, a, rule("one_to_one"), {{"weight", 3.0}});
    } else {
      make(kernel, "iaf_psc_exp", 50);
    }
    CHECK(kind_thrown([&] { kernel.check_synapses(list); }) == ErrorKind::kStaleSynapseCollection);
    CHECK(kind_thrown([&] { kernel.set_synapses(list, {{"weight", 5.0}}); }) ==
          ErrorKind::kStaleSynapseCollection);
    const std::vector<double> weights =
        numbers(kernel.get_synapses(kernel.get_connections({}), "weight"));
    CHECK(std::count(weights.begin(), weights.end(), 1.0) == 100);
  }
}

TEST_CASE("a list of synapses becomes stale when the network is laid out anew") {
  Simulator kernel;
  const Ids a = make(kernel, "parrot_neuron", 3);
  kernel.connect(a, a, rule("all_to_all"), {});
  SynapseList list = kernel.get_connections({});
  kernel.connect(a, a, rule("one_to_one"), {});
  kernel.get_connections({});
  CHECK(kind_thrown([&] { kernel.get_synapses(list, "weight"); }) ==
        ErrorKind::kStaleSynapseCollection);
  SynapseList before_reset = kernel.get_connections({});
  kernel.reset();
  CHECK(kind_thrown([&] { kernel.get_synapses(before_reset, "weight"); }) ==
        ErrorKind::kStaleSynapseCollection);
}

TEST_CASE("a failed set of synapses leaves random numbers as they were") {
  const auto drawn_after = [](bool failing) {
    Simulator kernel;
    const Ids a = make(kernel, "parrot_neuron", 3);
    kernel.connect(a, a, rule("all_to_all"), {});
    SynapseList list = kernel.get_connections({});
    const ParameterPtr uniform = make_expression("uniform", {make_constant(0), make_constant(1)});
    if (failing) {
      CHECK(kind_thrown([&] {
              kernel.set_synapses(list, {{"weight", uniform}, {"no_such", 1.0}});
            }) == ErrorKind::kUnaccessedDictionaryEntry);
      for (double w : numbers(kernel.get_synapses(list, "weight"))) CHECK(w == 1);
    }
    return kernel.draw_parameter(uniform, 5);
  };
  CHECK(drawn_after(true) == drawn_after(false));
}

TEST_CASE("a failed set of nodes of several kinds changes none of them") {
  Simulator kernel;
  const Ids a = make(kernel, "iaf_psc_exp", 3), b = make(kernel, "iaf_psc_alpha", 3);
  const Ids both = ids_from(a[0], 6);
  CHECK(kind_thrown([&] { kernel.set_nodes(both, {{"tau_m", 15.0}, {"rho", 0.5}}); }) ==
        ErrorKind::kUnaccessedDictionaryEntry);
  std::vector<double> taus(6, 12.0);
  taus[5] = -1;
  CHECK(kind_thrown([&] { kernel.set_nodes(both, {{"tau_m", taus}}); }) == ErrorKind::kBadProperty);
  CHECK(numbers(kernel.get_nodes(both, "tau_m")) == std::vector<double>(6, 10.0));
  kernel.set_nodes(both, {{"tau_m", 15.0}});
  CHECK(numbers(kernel.get_nodes(both, "tau_m")) == std::vector<double>(6, 15.0));
}

TEST_CASE("only E_L changes: other voltages keep their absolute values") {
  Simulator kernel;
  const Ids a = make(kernel, "iaf_psc_exp", 2, {{"V_m", -65.0}});
  kernel.set_nodes(Ids{a[1]}, {{"E_L", -72.0}});
  CHECK(number(kernel, a[0], "V_m") == doctest::Approx(-65.0));
  CHECK(number(kernel, a[1], "V_m") == doctest::Approx(-65.0));
  CHECK(number(kernel, a[1], "V_th") == -55.0);
}

TEST_CASE("delays the user has set keep their times when the resolution changes") {
  Simulator kernel;
  kernel.set_status({{"min_delay", 1.0}, {"max_delay", 2.0}});
  kernel.set_status({{"resolution", 0.25}});
  CHECK(status(kernel, "min_delay") == doctest::Approx(1.0));
  CHECK(status(kernel, "max_delay") == doctest::Approx(2.0));
  const Ids a = make(kernel, "parrot_neuron", 2);
  CHECK(kind_thrown([&] { kernel.connect(a, a, rule("all_to_all"), {{"delay", 0.75}}); }) ==
        ErrorKind::kBadDelay);
  kernel.connect(a, a, rule("all_to_all"), {{"delay", 1.75}});
}

TEST_CASE("the weight of a model with one weight is everybody's, generators' included") {
  Simulator kernel;
  const Ids cell = make(kernel, "iaf_psc_delta", 2, {{"V_th", 1e9}, {"tau_m", 1e12}});
  const Ids parrot = make(kernel, "parrot_neuron", 1);
  const Ids spikes = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1}}});
  const Ids poisson = make(kernel, "poisson_generator", 1, {{"rate", 1e4}});
  const Properties syn{{"synapse_model", text("static_synapse_hom_w")}};
  kernel.connect(spikes, Ids{cell[0]}, rule("all_to_all"), syn);
  kernel.connect(spikes, parrot, rule("all_to_all"), syn);
  kernel.connect(parrot, Ids{cell[0]}, rule("all_to_all"), syn);
  kernel.connect(poisson, Ids{cell[1]}, rule("all_to_all"), syn);
  kernel.set_defaults("static_synapse_hom_w", {{"weight", 4.0}});
  SynapseList list = kernel.get_connections({});
  CHECK(numbers(kernel.get_synapses(list, "weight")) == std::vector<double>(4, 4.0));
  simulate(kernel, 10);
  CHECK(number(kernel, cell[0], "V_m") == doctest::Approx(-70 + 8.0));
  const double risen = number(kernel, cell[1], "V_m") + 70;
  CHECK(risen > 4 * 50);
  CHECK(std::abs(risen / 4 - std::round(risen / 4)) < 1e-6);
}
