// Without memory, what brings plastic synapses up to date, watches their targets or moves them
// leaves them as they were: the next call gives what an undisturbed kernel gives, bit for bit.
#include <doctest/doctest.h>

#include <new>
#include <vector>

#include "allocations.h"
#include "base/errors.h"
#include "kernel_driver.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

struct Plastic {
  Simulator kernel;
  Ids sources, targets;
  NodeId recorder;

  Plastic() {
    kernel.set_status({{"local_num_threads", 1.0}});
    sources = make(kernel, "parrot_neuron", 3);
    targets = make(kernel, "iaf_psc_exp", 70, {{"I_e", 420.0}});
    recorder = make(kernel, "weight_recorder", 1).at(0);
    const Ids generator = make(kernel, "poisson_generator", 1, {{"rate", 200.0}});
    kernel.connect(generator, sources, rule("all_to_all"), {});
    for (const char* copy : {"plain", "triplet", "recorded"}) {
      const bool triplet = std::string(copy) == "triplet";
      kernel.copy_model(triplet ? "stdp_triplet_synapse" : "stdp_synapse", copy, {});
      for (const double delay : {1.0, 2.5, 6.0}) {
        kernel.connect(sources, targets, rule("all_to_all"),
                       {{"synapse_model", text(copy)}, {"weight", 2.0}, {"delay", delay}});
      }
    }
    kernel.set_defaults("recorded", {{"weight_recorder", NodeIds{{recorder}}}});
    simulate(kernel, 60);
  }

  std::vector<double> weights() {
    const SynapseList all = kernel.get_connections({});
    return numbers(kernel.get_synapses(all, "weight"));
  }
};

}  // namespace

TEST_CASE("plastic synapses outlive any allocation that fails") {
  const auto change = [](Plastic& net) {
    net.kernel.set_nodes(net.targets, {{"tau_minus", 25.0}});
    net.kernel.set_defaults("plain", {{"weight", 3.0}});
    make(net.kernel, "iaf_psc_exp", 40);
    net.weights();
  };
  const auto finish = [&](Plastic& net) {
    change(net);
    simulate(net.kernel, 30);
    std::vector<double> all = net.weights();
    const auto recorded = column(net.kernel, net.recorder, "weights");
    all.insert(all.end(), recorded.begin(), recorded.end());
    return all;
  };
  Plastic undisturbed;
  const std::vector<double> expected = finish(undisturbed);
  if (!kCountsAllocations) {
    // Sanitizers let no allocation fail; they watch what is moved when all goes well.
    Plastic again;
    CHECK(finish(again) == expected);
    return;
  }
  int failures = 0;
  for (std::uint64_t k = 1; k < 2000; k += 1 + k / 40) {
    CAPTURE(k);
    Plastic net;
    bool failed = false;
    try {
      const FailingAllocation failing(k);
      change(net);
    } catch (const std::bad_alloc&) {
      failed = true;
    } catch (const Error& error) {
      failed = error.kind() == ErrorKind::kOutOfMemory;
    }
    failures += failed;
    if (!failed) continue;
    CHECK(finish(net) == expected);
  }
  CHECK(failures > 50);
}
