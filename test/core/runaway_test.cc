// Networks that run away: spikes that multiply without end, recorders that outgrow the memory.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "allocations.h"
#include "kernel_driver.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

Error error_of_run(Simulator& kernel, double ms) {
  kernel.begin_run(ms, false);
  try {
    kernel.run();
  } catch (const Error& error) {
    return error;
  }
  FAIL("the run did not fail");
  return {ErrorKind::kInternalError, ""};
}

template <typename T>
T field(const Error& error, const std::string& name) {
  for (const Field& f : error.fields()) {
    if (f.name == name) return std::get<T>(f.value);
  }
  FAIL("no field ", name);
  return {};
}

/// While it lives, the process can map that many bytes more.
class AddressLimit {
 public:
  explicit AddressLimit(double bytes) {
    getrlimit(RLIMIT_AS, &before_);
    double pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    rlimit limit = before_;
    limit.rlim_cur =
        static_cast<rlim_t>(pages * static_cast<double>(sysconf(_SC_PAGESIZE)) + bytes);
    setrlimit(RLIMIT_AS, &limit);
  }
  ~AddressLimit() { setrlimit(RLIMIT_AS, &before_); }
  AddressLimit(const AddressLimit&) = delete;
  AddressLimit& operator=(const AddressLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("parrots that multiply their spikes end in NumericalInstability, all recorded") {
  for (const int threads : {1, 2}) {
    CAPTURE(threads);
    Simulator kernel;
    kernel.set_status({{"local_num_threads", static_cast<double>(threads)}});
    const Ids once = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1}}});
    const Ids parrots = make(kernel, "parrot_neuron", 3);
    const Ids recorder = make(kernel, "spike_recorder", 1);
    kernel.connect(once, parrots, rule("all_to_all"), {});
    kernel.connect(parrots, parrots, rule("all_to_all"), {});
    kernel.connect(parrots, recorder, rule("all_to_all"), {});
    const Error error = error_of_run(kernel, 100);
    CHECK(error.kind() == ErrorKind::kNumericalInstability);
    CHECK(field<std::string>(error, "model") == "parrot_neuron");
    CHECK(field<double>(error, "node") == parrots[0]);
    // 3^k spikes at 2 + k ms; 3^21 exceed 2^32.
    CHECK(field<double>(error, "time_ms") == 22.9);
    CHECK(std::string(error.what()).find("resolution") == std::string::npos);
    CHECK(number(kernel, recorder[0], "n_events") == 3 * 5230176601.0);
    CHECK(kind_thrown([&] { kernel.events(recorder[0]); }) == ErrorKind::kOutOfMemory);
    const ResultMap last = kernel.events_from(recorder[0], 3 * 5230176601 - 2);
    CHECK(std::get<Column<double>>(last.at(0).second.value).size() == 2);
    CHECK(kind_thrown([&] { kernel.begin_run(1, false); }) == ErrorKind::kKernelException);
  }
}

TEST_CASE("counts of spikes beyond 32 bits are exact") {
  Simulator kernel;
  const Ids once = make(kernel, "spike_generator", 1,
                        {{"spike_times", std::vector<double>{1}},
                         {"spike_multiplicities", std::vector<double>{4294967295}}});
  const Ids parrots = make(kernel, "parrot_neuron", 10);
  const Ids neuron = make(kernel, "iaf_psc_exp", 1, {{"V_th", 1e30}});
  kernel.connect(once, parrots, rule("all_to_all"), {});
  // Counted, because there are many synapses of one weight.
  kernel.connect(parrots, neuron, rule("all_to_all"), {{"weight", 1.0}, {"delay", 1.0}});
  simulate(kernel, 3);
  CHECK(number(kernel, neuron[0], "I_syn_ex") == 42949672950.0);
}

TEST_CASE("more spikes in a step than plastic synapses take are NumericalInstability") {
  for (const bool pre : {true, false}) {
    CAPTURE(pre);
    Simulator kernel;
    const Ids once = make(kernel, "spike_generator", 1,
                          {{"spike_times", std::vector<double>{1}},
                           {"spike_multiplicities", std::vector<double>{65536}}});
    const Ids parrots = make(kernel, "parrot_neuron", 2);
    kernel.connect(once, Ids{parrots[pre ? 0 : 1]}, rule("all_to_all"), {});
    kernel.connect(Ids{parrots[0]}, Ids{parrots[1]}, rule("all_to_all"),
                   {{"synapse_model", text("stdp_synapse")}, {"receptor_type", 1.0}});
    const Error error = error_of_run(kernel, 10);
    CHECK(error.kind() == ErrorKind::kNumericalInstability);
    CHECK(field<std::string>(error, "model") == "parrot_neuron");
    CHECK(field<double>(error, "node") == parrots[pre ? 0 : 1]);
    CHECK(field<double>(error, "time_ms") == doctest::Approx(2));
  }
}

TEST_CASE("of several sources with too many spikes the earliest is named, with any threads") {
  for (const int threads : {1, 2, 3}) {
    for (const bool pre : {true, false}) {
      CAPTURE(threads);
      CAPTURE(pre);
      Simulator kernel;
      kernel.set_status({{"local_num_threads", static_cast<double>(threads)}});
      const auto burst = [&](double ms) {
        return make(kernel, "spike_generator", 1,
                    {{"spike_times", std::vector<double>{ms}},
                     {"spike_multiplicities", std::vector<double>{65536}}});
      };
      const Ids late = burst(2), early = burst(1.5), parrots = make(kernel, "parrot_neuron", 3000);
      const Ids first{parrots.front()}, last{parrots.back()};
      const Ids middle = ids_from(parrots[1], parrots.size() - 2);
      kernel.connect(late, first, rule("all_to_all"), {{"delay", 3.0}});
      kernel.connect(early, last, rule("all_to_all"), {{"delay", 3.0}});
      const Properties plastic{
          {"synapse_model", text("stdp_synapse")}, {"receptor_type", 1.0}, {"delay", 3.0}};
      for (const Ids& ids : {first, last}) {
        kernel.connect(pre ? ids : middle, pre ? middle : ids, rule("all_to_all"), plastic);
      }
      const Error error = error_of_run(kernel, 20);
      CHECK(error.kind() == ErrorKind::kNumericalInstability);
      CHECK(field<double>(error, "node") == parrots.back());
      CHECK(field<double>(error, "time_ms") == doctest::Approx(4.5));
    }
  }
}

TEST_CASE("a recorder that outgrows the memory ends the run between two slices") {
  if (!kCountsAllocations) return;  // sanitizers map what they like
  for (const int threads : {1, 2}) {
    CAPTURE(threads);
    Simulator kernel;
    kernel.set_status({{"local_num_threads", static_cast<double>(threads)}});
    // Every neuron fires in every step.
    const Ids neurons = make(kernel, "iaf_psc_delta", 5000, {{"I_e", 1e9}, {"t_ref", 0.0}});
    const Ids recorder = make(kernel, "spike_recorder", 1);
    kernel.connect(neurons, recorder, rule("all_to_all"), {});
    simulate(kernel, 1);
    {
      const AddressLimit limit(150e6);
      const Error error = error_of_run(kernel, 1000);
      CHECK(error.kind() == ErrorKind::kOutOfMemory);
      CHECK(field<double>(error, "needed_bytes") > field<double>(error, "available_bytes"));
    }
    const double reached = status(kernel, "biological_time");
    CHECK(reached > 1);
    CHECK(reached < 500);
    CHECK(number(kernel, recorder[0], "n_events") ==
          doctest::Approx(50000 * reached).epsilon(1e-12));
    // The kernel goes on, and what was recorded can be cleared to make room.
    kernel.set_nodes(recorder, {{"n_events", 0.0}});
    simulate(kernel, 2);
    CHECK(number(kernel, recorder[0], "n_events") == 100000);
    CHECK(status(kernel, "biological_time") == doctest::Approx(reached + 2));
  }
}

TEST_CASE("room for a million recorded neurons takes some megabytes, not a slice's worth of all") {
  if (!kCountsAllocations) return;
  Simulator kernel;
  const Ids neurons = make(kernel, "parrot_neuron", 1000000);
  const Ids recorder = make(kernel, "spike_recorder", 1);
  kernel.connect(neurons, recorder, rule("all_to_all"), {});
  const AddressLimit limit(400e6);
  CHECK(simulate(kernel, 10).steps == 100);
  CHECK(number(kernel, recorder[0], "n_events") == 0);
}

TEST_CASE("what a failed run leaves of plastic synapses can be read") {
  for (const ModelDescription& model : model_descriptions()) {
    if (model.kind != ModelKind::kSynapse || model.name.starts_with("static")) continue;
    for (const int threads : {1, 2}) {
      CAPTURE(model.name);
      CAPTURE(threads);
      Simulator kernel;
      kernel.set_status({{"local_num_threads", static_cast<double>(threads)}});
      const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 3000.0}});
      const Ids parrots = make(kernel, "parrot_neuron", 10);
      const Ids neurons = make(kernel, "iaf_psc_exp", 10);
      const Ids transmitter = make(kernel, "volume_transmitter", 1);
      const Ids reward = make(kernel, "reward_transmitter", 1, {{"reward", 0.5}});
      bool has_Kplus = false;
      for (const ParameterDeclaration& d : model.parameters) {
        if (d.name == "volume_transmitter") {
          kernel.set_defaults(model.name, {{d.name, NodeIds{transmitter}}});
        }
        if (d.name == "reward_transmitter") {
          kernel.set_defaults(model.name, {{d.name, NodeIds{reward}}});
        }
        has_Kplus |= d.name == "Kplus" && d.role != Role::kReadOnly;
      }
      kernel.connect(noise, parrots, rule("all_to_all"), {});
      kernel.connect(parrots, transmitter, rule("all_to_all"), {{"delay", 0.1}});
      Properties synapses{{"synapse_model", model.name}, {"weight", 1.0}, {"delay", 3.6}};
      if (has_Kplus) {  // each with a trace, and so with a time of its own
        synapses.emplace_back("Kplus",
                              make_expression("uniform", {make_constant(0), make_constant(1)}));
      }
      kernel.connect(parrots, neurons, rule("all_to_all"), synapses);
      const Ids once =
          make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{6}}});
      const Ids many = make(kernel, "parrot_neuron", 3);
      kernel.connect(once, many, rule("all_to_all"), {});
      kernel.connect(many, many, rule("all_to_all"), {});  // 3^k spikes
      simulate(kernel, 5);
      const Error error = error_of_run(kernel, 50);
      CHECK(error.kind() == ErrorKind::kNumericalInstability);
      const double reached = status(kernel, "biological_time");
      CHECK(reached >= 5);
      CHECK(reached < 55);
      const SynapseList list = kernel.get_connections({parrots, neurons, {}, {}});
      for (const std::string& key : kernel.synapse_keys(list)) kernel.get_synapses(list, key);
      for (const double weight : numbers(kernel.get_synapses(list, "weight"))) {
        CHECK(std::isfinite(weight));
      }
      CHECK_THROWS_AS(simulate(kernel, 1), Error);
    }
  }
}
