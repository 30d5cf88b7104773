// Random valid calls between short runs. What was planned for one run must not be used after a call
// that has moved it: the sanitizers see it, and so do results that depend on the threads.
#include <doctest/doctest.h>

#include <cstdio>

#include "random_program.h"
#include "state_digest.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

constexpr int kCalls = 60;

std::uint64_t digest_of(std::uint32_t seed, int threads) {
  // Seen even where a crash ends the program.
  std::printf("random calls: seed %u, %d threads\n", seed, threads);
  std::fflush(stdout);
  RandomProgram program(seed, threads);
  program.run(kCalls);
  CHECK(program.refused() < program.calls() / 2);
  return program.digest();
}

}  // namespace

TEST_CASE("random calls between runs") {
  for (const std::uint32_t seed : seeds_of_programs(8)) {
    CAPTURE(seed);
    CHECK(digest_of(seed, 1) == digest_of(seed, 3));
  }
}

TEST_CASE("spikes under way keep the draws of their seed, read before or not") {
  struct Drawing {
    const char* model;
    Properties parameters;
  };
  const Drawing list[] = {{"bernoulli_synapse", {{"p_transmit", 0.5}}},
                          {"quantal_stp_synapse", {{"n", 5.0}, {"a", 5.0}}}};
  for (const auto& [model, parameters] : list) {
    CAPTURE(model);
    std::vector<std::uint64_t> digests;
    for (const bool read : {false, true}) {
      Simulator kernel;
      const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 5000.0}});
      const Ids parrots = make(kernel, "parrot_neuron", 10);
      const Ids neurons = make(kernel, "iaf_psc_exp", 10);
      kernel.connect(noise, parrots, rule("all_to_all"), {});
      kernel.set_defaults(model, parameters);
      kernel.connect(parrots, neurons, rule("all_to_all"),
                     {{"synapse_model", text(model)}, {"weight", 50.0}, {"delay", 3.0}});
      simulate(kernel, 10);
      if (read) kernel.get_synapses(kernel.get_connections({parrots, {}, {}, {}}), "weight");
      kernel.set_status({{"rng_seed", 7.0}});
      simulate(kernel, 10);
      digests.push_back(digest_of_state(kernel, true));
    }
    CHECK(digests[0] == digests[1]);
  }
}

TEST_CASE("a model that is copied between two runs moves nothing that they use") {
  for (const ModelDescription& model : model_descriptions()) {
    if (model.kind != ModelKind::kSynapse) continue;
    CAPTURE(model.name);
    Simulator kernel;
    const Ids parrots = make(kernel, "parrot_neuron", 2);
    const Ids neurons = make(kernel, "iaf_psc_exp", 2);
    const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 20000.0}});
    kernel.connect(noise, parrots, rule("all_to_all"), {});
    kernel.connect(parrots, neurons, rule("all_to_all"),
                   {{"synapse_model", text("stdp_synapse")}, {"weight", 50.0}});
    simulate(kernel, 10);
    for (int i = 0; i < 20; ++i) kernel.copy_model(model.name, "copy" + std::to_string(i), {});
    simulate(kernel, 10);
    CHECK(status(kernel, "biological_time") == 20);
  }
}

TEST_CASE("a transmitter that is taken from a model leaves no modulator to be measured") {
  Simulator kernel;
  const Ids parrots = make(kernel, "parrot_neuron", 2);
  const Ids transmitter = make(kernel, "volume_transmitter", 1);
  kernel.connect(parrots, parrots, rule("all_to_all"),
                 {{"synapse_model", text("stdp_synapse")}, {"weight", 1.0}});
  kernel.set_defaults("stdp_dopamine_synapse", {{"volume_transmitter", NodeIds{transmitter}}});
  simulate(kernel, 1);
  kernel.set_defaults("stdp_dopamine_synapse", {{"volume_transmitter", NodeIds{}}});
  simulate(kernel, 1);
  CHECK(kernel.bytes() > 0);
}
