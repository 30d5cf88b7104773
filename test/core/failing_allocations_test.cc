// Memory that runs out at any allocation of a call: a clean OutOfMemory, nothing has changed, and
// the next call works as if nothing had been.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <random>

#include "allocations.h"
#include "model_codes.h"
#include "once.h"
#include "state_digest.h"
#include "synapse_codes.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

/// A kernel with everything in it, and what calls need of it.
struct Everything {
  explicit Everything(int threads) {
    kernel.set_status({{"local_num_threads", static_cast<double>(threads)}, {"rng_seed", 3.0}});
    poisson = make(kernel, "poisson_generator", 2, {{"rate", 15000.0}});
    spikes =
        make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1, 2, 3, 12, 15}}});
    dc = make(kernel, "dc_generator", 1, {{"amplitude", 100.0}});
    noise = make(kernel, "noise_generator", 1, {{"std", 50.0}});
    E = make(kernel, "iaf_psc_exp", 30, {{"V_m", drawn(-70, -55)}});
    C = make(kernel, "iaf_cond_exp", 5);
    P = make(kernel, "parrot_neuron", 6);
    recorder = make(kernel, "spike_recorder", 1);
    meter = make(kernel, "multimeter", 1, {{"record_from", std::vector<std::string>{"V_m"}}});
    weights = make(kernel, "weight_recorder", 1);
    volume = make(kernel, "volume_transmitter", 1);
    reward = make(kernel, "reward_transmitter", 1,
                  {{"reward", 0.5}, {"A_1", 0.01}, {"pulse", 0.1}, {"kappa_plus", 0.1}});
    kernel.copy_model("stdp_synapse", "stdp_rec", {{"weight_recorder", NodeIds{weights}}});
    kernel.copy_model("stdp_dopamine_synapse", "dopa", {{"volume_transmitter", NodeIds{volume}}});
    kernel.copy_model("mstdpet_synapse", "rewarded",
                      {{"reward_transmitter", NodeIds{reward}}, {"Wmax", 100.0}, {"Wmin", 0.0}});
    for (const char* model : {"stdp_reward_synapse", "stdp_reward_tsodyks2_synapse"}) {
      kernel.set_defaults(model, {{"reward_transmitter", NodeIds{reward}}, {"tau_c", 20.0}});
    }
    const Properties all = rule("all_to_all");
    kernel.connect(poisson, E, all, {{"weight", 40.0}});
    kernel.connect(poisson, P, all, {});
    kernel.connect(spikes, E, all, {{"weight", 100.0}});
    kernel.connect(dc, E, all, {});
    kernel.connect(noise, C, all, {});
    for (const char* model : {"stdp_rec", "dopa", "rewarded", "tsodyks2_synapse",
                              "stdp_reward_synapse", "stdp_reward_tsodyks2_synapse"}) {
      kernel.connect(P, E, rule("fixed_indegree", {{"indegree", 2.0}}),
                     {{"synapse_model", text(model)}, {"weight", 20.0}});
    }
    kernel.connect(P, volume, all, {});
    for (int receptor = 0; receptor < 3; ++receptor) {
      kernel.connect(P, reward, all,
                     {{"receptor_type", static_cast<double>(receptor)}, {"delay", 2.0}});
    }
    kernel.connect(E, E, rule("fixed_indegree", {{"indegree", 9.0}}), {{"weight", 5.0}});
    kernel.connect(E, C, all, {{"weight", drawn(0, 1)}, {"delay", drawn(1, 2)}});
    kernel.connect(E, recorder, all, {});
    kernel.connect(P, recorder, all, {});
    kernel.connect(meter, E, all, {});
    synapses = make(kernel, "synapse_recorder", 1, {{"interval", 1.0}});
  }

  static Value drawn(double low, double high) {
    return make_expression("uniform", {make_constant(low), make_constant(high)});
  }

  Simulator kernel;
  Ids poisson, spikes, dc, noise, E, C, P, recorder, meter, weights, volume, reward, synapses;
  SynapseList list;
};

using Call = std::function<void(Everything&)>;

/// How often memory has run out so far.
std::uint64_t failures = 0;

/// Whether memory ran out.
bool fails(const Call& call, Everything& on, std::uint64_t k, bool all_after = false) {
  FailingAllocation failing(k, all_after);
  try {
    call(on);
    return false;
  } catch (const std::bad_alloc&) {
  } catch (const Error& e) {
    REQUIRE(e.kind() == ErrorKind::kOutOfMemory);
  }
  ++failures;
  return true;
}

struct Operation {
  const char* name;
  Call before;
  Call call;
  /// Laying out is a part of the call: what is read before must not do it.
  bool lays_out = false;
};

void nothing(Everything&) {}
void simulate_first(Everything& e) { simulate(e.kernel, 20); }

std::vector<Operation> operations() {
  const auto drawn = &Everything::drawn;
  const Properties all = rule("all_to_all");
  return {
      {"create neurons", nothing,
       [=](Everything& e) { e.kernel.create("iaf_psc_exp", 100, {{"V_m", drawn(-70, -60)}}); }},
      {"create devices", nothing,
       [](Everything& e) {
         e.kernel.create("spike_generator", 3,
                         {{"spike_times", std::vector<std::vector<double>>{{1}, {2, 3}, {}}}});
       }},
      {"create recorders", simulate_first,
       [](Everything& e) {
         e.kernel.create("multimeter", 2, {{"record_from", std::vector<std::string>{"V_m"}}});
       }},
      {"connect all", simulate_first,
       [=](Everything& e) {
         e.kernel.connect(e.E, e.C, all, {{"weight", drawn(1, 2)}, {"delay", drawn(1, 3)}});
       }},
      {"connect plastic", nothing,
       [=](Everything& e) {
         e.kernel.connect(e.P, e.E, rule("pairwise_bernoulli", {{"p", 0.5}}),
                          {{"synapse_model", text("stdp_synapse")}, {"lambda", drawn(0, 0.1)}});
       }},
      {"connect both ways", nothing,
       [=](Everything& e) {
         e.kernel.connect(e.E, e.C, rule("all_to_all", {{"make_symmetric", true}}),
                          {{"synapse_label", 4.0}});
       }},
      {"connect generators", simulate_first,
       [=](Everything& e) {
         e.kernel.connect(e.poisson, e.C, all, {{"weight", drawn(1, 2)}, {"delay", drawn(1, 3)}});
       }},
      {"connect recorders", nothing,
       [=](Everything& e) { e.kernel.connect(e.C, e.recorder, all, {}); }},
      {"copy a synapse model", simulate_first,
       [](Everything& e) {
         e.kernel.copy_model("stdp_dopamine_synapse", "a long name of a synapse model",
                             {{"volume_transmitter", NodeIds{e.volume}}, {"A_plus", 2.0}});
       }},
      {"copy a neuron model", nothing,
       [](Everything& e) {
         e.kernel.copy_model("iaf_psc_exp", "a long name of a neuron model", {{"tau_m", 5.0}});
       }},
      {"copy a device model", nothing,
       [](Everything& e) {
         e.kernel.copy_model("spike_generator", "a long name of a device model",
                             {{"spike_times", std::vector<double>{1, 2}}});
       }},
      {"defaults of a neuron model", nothing,
       [](Everything& e) { e.kernel.set_defaults("iaf_psc_exp", {{"tau_m", 5.0}}); }},
      {"defaults of a device model", nothing,
       [](Everything& e) {
         e.kernel.set_defaults("spike_generator", {{"spike_times", std::vector<double>{1, 2}}});
       }},
      {"defaults of a synapse model in use", simulate_first,
       [](Everything& e) { e.kernel.set_defaults("dopa", {{"A_plus", 2.0}, {"n", 0.5}}); }},
      {"set what a transmitter makes of spikes", simulate_first,
       [](Everything& e) {
         e.kernel.set_nodes(e.reward, {{"tau_1", 30.0}, {"kappa_delay", 3.0}, {"clear", true}});
       }},
      {"set a rule of reward", simulate_first,
       [](Everything& e) {
         e.kernel.set_defaults("stdp_reward_synapse", {{"tau_c", 15.0}, {"gap", 1.0}});
       }},
      {"connect with a transmitter", simulate_first,
       [=](Everything& e) {
         e.kernel.connect(e.E, e.reward, all, {{"delay", drawn(1, 3)}, {"weight", 0.1}});
       }},
      {"set neurons", simulate_first,
       [=](Everything& e) {
         e.kernel.set_nodes(e.E, {{"V_m", drawn(-70, -60)}, {"tau_m", 15.0}, {"I_e", 3.0}});
       }},
      {"set time constants of traces", simulate_first,
       [=](Everything& e) {
         e.kernel.set_nodes(e.E, {{"tau_minus", drawn(20, 30)}, {"V_m", -60.0}});
       }},
      {"set generators", simulate_first,
       [](Everything& e) { e.kernel.set_nodes(e.poisson, {{"rate", 5.0}}); }},
      {"set spike times", simulate_first,
       [](Everything& e) {
         e.kernel.set_nodes(e.spikes, {{"spike_times", std::vector<double>{30, 31}},
                                       {"spike_weights", std::vector<double>{1, 2}}});
       }},
      {"set a recorder", simulate_first,
       [](Everything& e) { e.kernel.set_nodes(e.recorder, {{"n_events", 0.0}}); }},
      {"find synapses", nothing, [](Everything& e) { e.kernel.get_connections({}); }, true},
      {"find synapses after nodes were added",
       [=](Everything& e) {
         simulate(e.kernel, 20);
         e.kernel.create("iaf_psc_exp", 100, {});
         e.kernel.connect(e.E, e.C, all, {{"weight", 2.0}});
       },
       [](Everything& e) { e.kernel.get_connections({e.E, {}, {}, {}}); }, true},
      {"read synapses",
       [](Everything& e) {
         simulate(e.kernel, 20);
         e.list = e.kernel.get_connections({{}, {}, "dopa", {}});
       },
       [](Everything& e) {
         for (const std::string& key : e.kernel.synapse_keys(e.list)) {
           e.kernel.get_synapses(e.list, key);
         }
       }},
      {"set weights",
       [](Everything& e) {
         simulate(e.kernel, 20);
         e.list = e.kernel.get_connections({e.E, e.E, {}, {}});
         e.list.positions.resize(9);
       },
       [=](Everything& e) { e.kernel.set_synapses(e.list, {{"weight", drawn(1, 2)}}); }},
      {"set weights and delays of all",
       [](Everything& e) {
         simulate(e.kernel, 20);
         e.list = e.kernel.get_connections({e.E, {}, {}, {}});
       },
       [=](Everything& e) {
         e.kernel.set_synapses(e.list, {{"weight", drawn(1, 2)}, {"delay", drawn(2, 5)}});
       }},
      {"set delays",
       [](Everything& e) {
         simulate(e.kernel, 20);
         e.list = e.kernel.get_connections({});
       },
       [=](Everything& e) { e.kernel.set_synapses(e.list, {{"delay", drawn(2, 5)}}); }},
      {"set synapses by group",
       [](Everything& e) {
         simulate(e.kernel, 20);
         e.list = e.kernel.get_connections({e.E, {}, {}, {}});
       },
       [=](Everything& e) {
         PropertyGroups groups(2);
         groups[0] = {{{"weight", drawn(1, 2)}}, std::vector<std::uint32_t>{0, 2, 3}};
         groups[1] = {{{"delay", drawn(2, 5)}, {"weight", 1.5}}, std::vector<std::uint32_t>{1, 5}};
         e.kernel.set_synapses_by_group(e.list, groups);
       }},
      {"set nodes by group", simulate_first,
       [=](Everything& e) {
         PropertyGroups groups(2);
         groups[0] = {{{"V_m", drawn(-70, -60)}}, std::vector<std::uint32_t>{0, 2}};
         groups[1] = {{{"tau_minus", drawn(20, 30)}, {"I_e", 3.0}}, std::vector<std::uint32_t>{1}};
         e.kernel.set_nodes_by_group(e.E, groups);
       }},
      {"disconnect a third of everything",
       [](Everything& e) {
         e.list = e.kernel.get_connections({{}, {}, "stdp_rec", {}});
         e.kernel.set_nodes(e.synapses, {{"connections", e.list}});
         simulate(e.kernel, 20);
         e.list = e.kernel.get_connections({});
         std::vector<std::uint64_t> third;
         for (std::size_t i = 0; i < e.list.positions.size(); i += 3) {
           third.push_back(e.list.positions[i]);
         }
         e.list.positions = std::move(third);
       },
       [](Everything& e) { e.kernel.disconnect(e.list); }},
      {"disconnect pairs", simulate_first,
       [=](Everything& e) { e.kernel.disconnect(e.E, e.C, all, {}); }},
      {"disconnect generators", simulate_first,
       [=](Everything& e) { e.kernel.disconnect(e.poisson, e.E, all, {}); }},
      {"set plastic synapses",
       [](Everything& e) {
         simulate(e.kernel, 20);
         e.list = e.kernel.get_connections({{}, {}, "stdp_rec", {}});
       },
       [=](Everything& e) {
         e.kernel.set_synapses(e.list, {{"weight", drawn(1, 2)},
                                        {"Kplus", 0.5},
                                        {"lambda", drawn(0, 0.1)},
                                        {"delay", drawn(1, 2)}});
       }},
      {"record synapses",
       [](Everything& e) { e.list = e.kernel.get_connections({{}, {}, "dopa", {}}); },
       [](Everything& e) { e.kernel.set_nodes(e.synapses, {{"connections", e.list}}); }},
      {"prepare", nothing, [](Everything& e) { e.kernel.prepare(); }, true},
      {"status", nothing,
       [](Everything& e) {
         e.kernel.set_status({{"rng_seed", 9.0}, {"weight_precision", text("single")}});
       }},
      {"draw", nothing,
       [=](Everything& e) { e.kernel.draw_parameter(std::get<ParameterPtr>(drawn(0, 1)), 100); }},
      {"events", simulate_first,
       [](Everything& e) {
         for (const Ids* ids : {&e.recorder, &e.meter, &e.weights}) e.kernel.events((*ids)[0]);
       }},
      {"reset", simulate_first, [](Everything& e) { e.kernel.reset(); }, true},
      {"load models of texts", simulate_first,
       [](Everything& e) {
         e.kernel.load_models({counter_code("a long name of a model"), leaky_code()}, false);
       }},
      {"replace a model of a text by another",
       [](Everything& e) { e.kernel.load_models({adder_code("decaying")}, false); },
       [](Everything& e) { e.kernel.load_models({decaying_code(), counter_code()}, true); }},
      {"create neurons of a text",
       [](Everything& e) { e.kernel.load_models({decaying_code()}, false); },
       [=](Everything& e) { e.kernel.create("decaying", 90, {{"tau", drawn(2, 3)}}); }},
      {"load synapses of texts", simulate_first,
       [](Everything& e) {
         e.kernel.load_models({leaky_code()}, false, {pairing_code(), voltage_code()});
       }},
      {"replace a synapse of a text",
       [](Everything& e) { e.kernel.load_models({}, false, {pairing_code()}); },
       [](Everything& e) { e.kernel.load_models({}, true, {pairing_code()}); }},
      {"reset where models of texts are",
       [](Everything& e) {
         e.kernel.load_models({leaky_code(), counter_code()}, false, {voltage_code()});
       },
       [](Everything& e) { e.kernel.reset(); }, true},
  };
}

/// Every one, or some with gaps, at random places.
bool every_allocation() { return std::getenv("TEGMENTA_TEST_LONG") != nullptr; }

/// The figure of a campaign.
void tell_failures() {
  if (every_allocation()) MESSAGE("allocations that failed so far: " << failures);
}

std::uint64_t end_state(Everything& e) {
  if (status(e.kernel, "network_size") == 0) return digest_of_state(e.kernel, true);
  bool prepared = false;
  for (const auto& [key, value] : e.kernel.get_status()) {
    if (key == "prepared") prepared = std::get<bool>(value.value);
  }
  if (prepared) e.kernel.cleanup();
  simulate(e.kernel, 5);
  return digest_of_state(e.kernel, true);
}

/// Counts what the call allocates.
std::uint64_t allocations_of(const Operation& operation, Everything& e) {
  const std::uint64_t before = allocation_count();
  operation.call(e);
  return allocation_count() - before;
}

}  // namespace

TEST_CASE("memory that runs out at any allocation of a call changes nothing" * once()) {
  if (!kCountsAllocations) return;
  std::mt19937 random(std::random_device{}());
  for (const Operation& operation : operations()) {
    for (const int threads : {1, 2}) {
      const std::string name = operation.name;
      CAPTURE(name);
      CAPTURE(threads);
      auto reference = std::make_unique<Everything>(threads);
      operation.before(*reference);
      digest_of_state(reference->kernel, !operation.lays_out);
      const std::uint64_t allocations = allocations_of(operation, *reference);
      const std::uint64_t expected = end_state(*reference);

      // All of them, one after the other, on one kernel: what failed before must not show.
      {
        Everything e(threads);
        operation.before(e);
        const std::uint64_t before = digest_of_state(e.kernel, !operation.lays_out);
        std::uint64_t k = 1;
        while (fails(operation.call, e, k)) {
          CAPTURE(k);
          if (every_allocation() || k % 64 == 1) {
            REQUIRE(digest_of_state(e.kernel, !operation.lays_out) == before);
          }
          ++k;
          REQUIRE(k < 2 * allocations + 100);
        }
        CHECK(end_state(e) == expected);
      }

      // Each on a kernel of its own.
      const std::uint64_t step =
          every_allocation() ? 1 : std::max<std::uint64_t>(1, allocations / 4);
      for (std::uint64_t k = 1 + random() % step; k <= allocations; k += step) {
        CAPTURE(k);
        Everything e(threads);
        operation.before(e);
        const std::uint64_t before = digest_of_state(e.kernel, !operation.lays_out);
        if (fails(operation.call, e, k)) {
          REQUIRE(digest_of_state(e.kernel, !operation.lays_out) == before);
          operation.call(e);
        }
        CHECK(end_state(e) == expected);
      }
    }
  }
  tell_failures();
}

TEST_CASE("a simulation that runs out of memory goes on from where it was" * once()) {
  if (!kCountsAllocations) return;
  std::mt19937 random(std::random_device{}());
  const auto record = [](Everything& e) {
    e.list = e.kernel.get_connections({{}, {}, "dopa", {}});
    e.kernel.set_nodes(e.synapses, {{"connections", e.list}});
  };
  for (const bool again : {false, true}) {
    for (const int threads : {1, 2}) {
      CAPTURE(again);
      CAPTURE(threads);
      constexpr double kTime = 30;
      const auto begin = [&](Everything& e) {
        record(e);
        if (again) simulate(e.kernel, 10);
        return status(e.kernel, "biological_time") + kTime;
      };
      Everything reference(threads);
      const double end = begin(reference);
      const std::uint64_t before = allocation_count();
      simulate(reference.kernel, kTime);
      const std::uint64_t allocations = allocation_count() - before;
      const std::uint64_t expected = digest_of_state(reference.kernel, true);

      const std::uint64_t step =
          every_allocation() ? 1 : std::max<std::uint64_t>(1, allocations / 25);
      int stopped = 0;
      for (std::uint64_t k = 1 + random() % step; k <= allocations; k += step) {
        CAPTURE(k);
        Everything e(threads);
        begin(e);
        const auto rest = [&] {
          return std::round((end - status(e.kernel, "biological_time")) * 10) / 10;
        };
        const double started = rest();
        if (fails([&](Everything& on) { simulate(on.kernel, rest()); }, e, k)) {
          stopped += rest() < started ? 1 : 0;
          if (rest() > 0) simulate(e.kernel, rest());
        }
        REQUIRE(digest_of_state(e.kernel, true) == expected);
      }
      if (allocations > 100) CHECK(stopped > 0);
    }
  }
  tell_failures();
}

TEST_CASE("a kernel that cannot complete a slice asks for ResetKernel" * once()) {
  if (!kCountsAllocations) return;
  int broken = 0;
  for (std::uint64_t k = 1; k < 4000; k += 97) {
    CAPTURE(k);
    Everything e(2);
    // From the k-th on there is no memory at all, the reserve of no use.
    if (!fails([](Everything& on) { simulate(on.kernel, 30); }, e, k, true)) continue;
    try {
      simulate(e.kernel, 1);
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::kKernelException);
      CHECK(std::string(error.what()).find("ResetKernel") != std::string::npos);
      ++broken;
    }
    e.kernel.reset();
    make(e.kernel, "iaf_psc_exp", 3);
    simulate(e.kernel, 1);
  }
  CHECK(broken > 0);
}

TEST_CASE("a kernel that cannot be made leaves nothing behind" * once()) {
  if (!kCountsAllocations) return;
  const std::int64_t kernels = Simulator::live_count();
  for (std::uint64_t k = 1;; ++k) {
    const FailingAllocation failing(k);
    try {
      const Simulator kernel;
      break;
    } catch (const std::bad_alloc&) {
      REQUIRE(Simulator::live_count() == kernels);
    }
  }
}
