// States that were changed at random: each is refused as a bad state, or is one that can be worked
// with. What a checksum finds is not the question alone: half of them have right ones again.
//
// TEGMENTA_FUZZ_SECONDS  how long (default 10)
// TEGMENTA_FUZZ_COUNT    so many changed states instead
// TEGMENTA_FUZZ_SEED     the first seed (default: 1, so that a change is judged by its own faults;
//                        the long campaign takes another one each time), alone unless one of the
//                        others is given. Every seed is printed before its states are tried.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "allocations.h"
#include "changed_state.h"
#include "model_codes.h"
#include "once.h"
#include "random_program.h"
#include "state_digest.h"
#include "synapse_codes.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

using Random = std::mt19937;

/// So many changed states of each network.
constexpr int kChangesEach = 100;
/// What loading may take besides the bytes of the state, until all its checks are done.
constexpr std::uint64_t kMostBytes = 10'000'000;

Bytes bytes_saved(Simulator& kernel) {
  kernel.begin_save({});
  const std::optional<StateBytes> bytes = kernel.finish_save();
  REQUIRE(bytes);
  return {bytes->data.get(), bytes->data.get() + bytes->size};
}

/// Something of every model, and spikes that are on their way.
void make_one_of_each(Simulator& kernel, Random& random) {
  const Ids noise = make(kernel, "poisson_generator", 2, {{"rate", 2000.0}});
  const Ids parrots = make(kernel, "parrot_neuron", 4);
  const Ids dopamine = make(kernel, "volume_transmitter", 1);
  const Ids reward = make(kernel, "reward_transmitter", 1, {{"reward", 0.5}});
  const Ids weights = make(kernel, "weight_recorder", 1);
  const Ids spikes = make(kernel, "spike_recorder", 1);
  kernel.connect(noise, parrots, rule("all_to_all"), {{"delay", 1.0}});
  kernel.connect(parrots, dopamine, rule("all_to_all"), {});
  Ids neurons;
  std::vector<std::string> rules;
  const auto try_to = [](auto&& call) {
    try {
      call();
    } catch (const Error& e) {  // not every model does everything
      REQUIRE(e.kind() != ErrorKind::kInternalError);
    }
  };
  std::vector<ModelDescription> models = model_descriptions();
  kernel.load_models({counter_code(), adder_code(), decaying_code()}, false,
                     {pairing_code(), voltage_code(), chance_code()});
  kernel.set_defaults("decaying", {{"most", std::numeric_limits<double>::max()}});
  for (const char* model : {"counter", "adder", "decaying"}) {
    models.push_back(kernel.describe_node_model(model));
  }
  for (const ModelDescription& model : models) {
    if (model.kind == ModelKind::kSynapse) {
      rules.push_back(model.name);
      for (const ParameterDeclaration& d : model.parameters) {
        const Ids* const to = d.name == "volume_transmitter"   ? &dopamine
                              : d.name == "reward_transmitter" ? &reward
                              : d.name == "weight_recorder"    ? &weights
                                                               : nullptr;
        // What all of them transmit is much.
        const bool is_wanted = to != &weights || random() % 4 == 0;
        if (to && is_wanted) kernel.set_defaults(model.name, {{d.name, NodeIds{*to}}});
      }
      continue;
    }
    const Ids some = make(kernel, model.name, 1 + random() % 3);
    if (model.kind == ModelKind::kNeuron) {
      neurons.insert(neurons.end(), some.begin(), some.end());
      try_to([&] { kernel.connect(noise, some, rule("all_to_all"), {{"weight", 50.0}}); });
    } else {
      try_to([&] { kernel.connect(some, neurons, rule("all_to_all"), {}); });
    }
  }
  kernel.set_defaults("pairing", {{"volume_transmitter", NodeIds{dopamine}}});
  for (const char* const model : {"pairing", "voltage", "chance"}) rules.emplace_back(model);
  for (const std::string& name : rules) {
    for (const Ids* const pre : {&std::as_const(parrots), &std::as_const(neurons)}) {
      try_to([&] {
        kernel.connect(*pre, neurons, rule("fixed_indegree", {{"indegree", 1.0}}),
                       {{"synapse_model", name}, {"delay", 0.5 + 0.1 * (random() % 30)}});
      });
    }
  }
  kernel.connect(neurons, spikes, rule("all_to_all"), {});
  simulate(kernel, 5);
}

Bytes state_of(std::uint32_t seed) {
  Random random(seed);
  std::optional<RandomProgram> program;
  std::optional<Simulator> own;
  if (seed % 4 == 0) {
    make_one_of_each(own.emplace(), random);
  } else {
    program.emplace(seed, seed % 4 == 1 ? 3 : 1);
    program->run(5 + static_cast<int>(random() % 40));
    program->forget();
  }
  Simulator& kernel = own ? *own : program->kernel();
  simulate(kernel, 2);
  if (random() % 4 == 0) kernel.prepare();
  return bytes_saved(kernel);
}

/// A typed error is an answer, that of a mistake in the core is none.
template <typename Call>
void answers(Call&& call) {
  try {
    call();
  } catch (const Error& e) {
    CAPTURE(e.what());
    CHECK(e.kind() != ErrorKind::kInternalError);
  }
}

/// Everything is asked of a kernel, and time passes for it.
void use(Simulator& kernel, Random& random) {
  const std::vector<std::string> levels = simd_level_names();
  const std::string level = levels[random() % levels.size()];
  answers([&] { kernel.set_status({{"simd_level", level}}); });
  answers([&] { digest_of_state(kernel, true); });
  answers([&] { kernel.digest(); });
  const bool prepared = std::get<bool>(kernel.get_status({"prepared"}).front().second.value);
  answers([&] {
    kernel.begin_run(3, prepared);
    kernel.run();
  });
  answers([&] { digest_of_state(kernel, true); });
  answers([&] { bytes_saved(kernel); });
}

/// Whether it was taken.
bool is_loaded(Simulator& kernel, const Bytes& bytes, std::optional<double> threads) {
  kernel.begin_load(threads);
  const PeakOfBytes peak;
  try {
    kernel.finish_load(bytes);
  } catch (const Error& e) {
    CAPTURE(e.what());
    CHECK((e.kind() == ErrorKind::kBadStateFile || e.kind() == ErrorKind::kOutOfMemory));
    CHECK(peak.bytes() <= bytes.size() + kMostBytes);
    return false;
  }
  kernel.take_loaded();
  return true;
}

struct Tally {
  int damaged = 0;  // those whose checksums are as they were
  int sealed = 0, taken = 0;
};

void try_changes(std::uint32_t seed, Tally& tally) {
  std::printf("changed states: TEGMENTA_FUZZ_SEED %u\n", seed);
  std::fflush(stdout);
  Random random(seed);
  const Bytes bytes = state_of(seed);
  const ChangedState state(bytes, state_of(seed + 1));
  for (int i = 0; i < kChangesEach; ++i) {
    CAPTURE(i);
    Simulator kernel;
    if (random() % 2) {
      const Bytes changed = state.damaged(random);
      if (changed == bytes) continue;
      ++tally.damaged;
      CHECK_FALSE(is_loaded(kernel, changed, {}));
      continue;
    }
    ++tally.sealed;
    const Bytes changed = state.sealed(random);
    std::optional<double> threads;
    if (random() % 2) threads = random() % 2 ? 3 : 1;
    if (!is_loaded(kernel, changed, threads)) continue;
    ++tally.taken;
    use(kernel, random);
  }
}

std::optional<double> given(const char* name) {
  const char* const text = std::getenv(name);
  if (!text || !*text) return std::nullopt;
  return std::strtod(text, nullptr);
}

}  // namespace

TEST_CASE("a state in which a number cannot be what it is is refused" * once()) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  struct Changed {
    const char* section;
    const char* name;
    double value;
  };
  const Changed list[] = {{"network", "now", -1},
                          {"network", "tics_per_step", 0},
                          {"models", "parameters", kNaN},
                          {"models", "rate", -1},
                          {"nodes", "value", kNaN},
                          {"nodes", "from", 1e9},
                          {"nodes", "last_spike", -1e18},
                          {"nodes", "rate", kNaN},
                          {"synapses", "partition_first", 1000},
                          {"synapses", "row_begin", 1},
                          {"synapses", "targets", 65535},
                          {"recording", "nodes", 0},
                          {"plasticity", "flush_window", 1},
                          {"plasticity", "modulators", 1 << 30},
                          {"plasticity", "slots", 65536},
                          {"plasticity", "stamp", 1e9},
                          {"plasticity", "horizon", -1},
                          {"plasticity", "h", 0.2}};
  RandomProgram program(1, 1);
  program.run(20);
  program.forget();
  simulate(program.kernel(), 5);
  const Bytes bytes = bytes_saved(program.kernel());
  const ChangedState state(bytes, bytes);
  for (const Changed& changed : list) {
    CAPTURE(changed.section);
    CAPTURE(changed.name);
    const Bytes other = state.with(changed.section, changed.name, changed.value);
    CHECK(!other.empty());
    Simulator kernel;
    CHECK_FALSE(is_loaded(kernel, other, {}));
  }
}

TEST_CASE("changed states are refused, or are states" * once()) {
  const auto first = given("TEGMENTA_FUZZ_SEED"), count = given("TEGMENTA_FUZZ_COUNT"),
             time = given("TEGMENTA_FUZZ_SECONDS");
  const double seconds = time ? *time : first ? 0 : 10;
  std::uint32_t seed = first ? static_cast<std::uint32_t>(*first) : 1;
  const auto start = std::chrono::steady_clock::now();
  Tally tally;
  const auto is_over = [&] {
    if (count) return tally.damaged + tally.sealed >= *count;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() >=
           seconds;
  };
  do try_changes(seed++, tally);
  while (!is_over());
  std::printf("changed states: %d damaged; %d with right checksums, of which %d were loaded\n",
              tally.damaged, tally.sealed, tally.taken);
}
