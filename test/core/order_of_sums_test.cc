// What arrives in one step is added in one order, wherever a run was split and whoever has entered
// it first.
#include <doctest/doctest.h>

#include <vector>

#include "base/held.h"
#include "kernel_driver.h"
#include "plasticity/modulator.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

/// Input of a neuron that gets 0.1, 0.2 and 0.3 at 6 ms, the oldest spike through a synapse that
/// pairs at arrival.
double input_of_three(const std::vector<double>& runs) {
  Simulator kernel;
  const Ids recorder = make(kernel, "weight_recorder", 1);
  kernel.set_defaults("stdp_synapse", {{"weight_recorder", NodeIds{recorder}}});
  const Ids reward = make(kernel, "reward_transmitter", 1);
  kernel.set_defaults("stdp_reward_synapse", {{"reward_transmitter", NodeIds{reward}}});
  const Ids neuron = make(kernel, "iaf_psc_exp", 1, {{"tau_syn_ex", 2.0}});
  const auto arrives = [&](const char* model, double weight, double spike) {
    const Ids generator =
        make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{spike - 1}}});
    const Ids parrot = make(kernel, "parrot_neuron", 1);
    kernel.connect(generator, parrot, rule("one_to_one"), {{"delay", 1.0}});
    kernel.connect(parrot, neuron, rule("one_to_one"),
                   {{"synapse_model", text(model)}, {"weight", weight}, {"delay", 6 - spike}});
  };
  arrives("stdp_reward_synapse", 0.1, 2);
  arrives("stdp_synapse", 0.2, 3);
  arrives("stdp_synapse", 0.3, 4);
  for (const double run : runs) simulate(kernel, run);
  return number(kernel, neuron[0], "I_syn_ex");
}

}  // namespace

TEST_CASE("synapses that pair at arrival are added in one place, wherever a run is split") {
  const double whole = input_of_three({6});
  CHECK(whole == doctest::Approx(0.6));
  for (const double at : {2.0, 2.5, 3.0, 4.0, 4.5, 5.9}) {
    CAPTURE(at);
    CHECK(input_of_three({at, 6 - at}) == whole);
  }
}

TEST_CASE("what reaches a modulator in one step is held in one order") {
  const auto digest_of = [](const std::vector<std::uint32_t>& multiplicities) {
    Modulator modulator({}, 0.1, 100, 0, 0);
    for (const std::uint32_t multiplicity : multiplicities) modulator.schedule(7, multiplicity);
    Digest digest;
    digest("modulator", modulator);
    return digest.value();
  };
  CHECK(digest_of({1, 3, 2}) == digest_of({2, 1, 3}));
  CHECK(digest_of({1, 3, 2}) != digest_of({1, 3}));
}
