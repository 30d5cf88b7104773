// How time passes: arrival, determinism, what is pending when the network changes, allocations.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "allocations.h"
#include "engine/engine.h"
#include "kernel_driver.h"
#include "synapses/calendar.h"

using namespace tegmenta;
using namespace tegmenta::testing;

TEST_CASE("a calendar keeps what is pending when it grows") {
  Calendar calendar;
  calendar.reserve(7, 5);
  for (std::int64_t step = 7; step < 12; ++step) {
    calendar.day(step).neurons.push_back({static_cast<std::uint32_t>(step), 1, 0, 0, 0, 1});
  }
  for (const std::int64_t steps : {6, 17, 1000}) {
    calendar.reserve(7, steps);
    CHECK(calendar.capacity() == steps);
    std::size_t found = 0;
    for (std::int64_t step = 7; step < 7 + steps; ++step) {
      for (const PendingRun& run : calendar.day(step).neurons) {
        CHECK(run.offset == step);
        ++found;
      }
    }
    CHECK(found == 5);
  }
  calendar.reserve(7, 3);
  CHECK(calendar.capacity() == 1000);
}

TEST_CASE("a spike arrives at stamp + delay") {
  Simulator kernel;
  const Ids source = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1}}});
  const Ids parrots = make(kernel, "parrot_neuron", 3);
  const Ids recorder = make(kernel, "spike_recorder", 1);
  kernel.connect(source, Ids{parrots[0]}, rule("all_to_all"), {{"delay", 1.0}});
  kernel.connect(Ids{parrots[0]}, Ids{parrots[1]}, rule("all_to_all"), {{"delay", 0.1}});
  kernel.connect(Ids{parrots[1]}, Ids{parrots[2]}, rule("all_to_all"), {{"delay", 2.5}});
  kernel.connect(source, recorder, rule("all_to_all"), {});
  kernel.connect(parrots, recorder, rule("all_to_all"), {});
  simulate(kernel, 10);
  const std::vector<Spike> spikes = spikes_of(kernel, recorder[0]);
  REQUIRE(spikes.size() == 4);
  CHECK(spikes[0].time == doctest::Approx(1.0));
  CHECK(spikes[1].time == doctest::Approx(2.0));
  CHECK(spikes[2].time == doctest::Approx(2.1));
  CHECK(spikes[3].time == doctest::Approx(4.6));
}

namespace {

std::vector<Spike> balanced_spikes(int threads, const std::string& level,
                                   const std::vector<double>& pieces) {
  Simulator kernel;
  kernel.set_status({{"local_num_threads", static_cast<double>(threads)}, {"simd_level", level}});
  const Balanced network = make_balanced(kernel);
  for (double ms : pieces) simulate(kernel, ms);
  return spikes_of(kernel, network.recorder);
}

}  // namespace

TEST_CASE("determinism: threads, splits and levels give the same spikes") {
  const std::string level = default_simd_level();
  const std::vector<Spike> reference = balanced_spikes(1, level, {100});
  CHECK(reference.size() > 200);
  CHECK(reference.size() < 20000);
  for (int threads : {2, 3, 7}) {
    CAPTURE(threads);
    CHECK(balanced_spikes(threads, level, {100}) == reference);
  }
  CHECK(balanced_spikes(1, level, std::vector<double>(10, 10.0)) == reference);
  CHECK(balanced_spikes(2, level, {0.1, 33.3, 0.7, 60, 5.9}) == reference);
  for (const std::string& other : simd_level_names()) {
    CAPTURE(other);
    CHECK(balanced_spikes(2, other, {41, 59}) == reference);
  }
}

TEST_CASE("a run that is cancelled goes on later as if it had not been") {
  Simulator one, two;
  const Balanced a = make_balanced(one), b = make_balanced(two);
  simulate(one, 200);
  two.begin_run(200, false);
  std::atomic<bool> started{false};
  std::thread canceller([&] {
    while (!started) std::this_thread::yield();
    two.cancel();
  });
  const RunReport report = two.run([&](const Progress&) { started = true; });
  started = true;
  canceller.join();
  if (report.cancelled) simulate(two, 200 - report.biological_time_ms);
  CHECK(status(two, "biological_time") == doctest::Approx(200));
  CHECK(spikes_of(one, a.recorder) == spikes_of(two, b.recorder));

  two.begin_run(50, false);
  two.cancel();
  const RunReport at_once = two.run();
  CHECK(at_once.cancelled);
  CHECK(at_once.steps < 500);
}

TEST_CASE("two kernels simulate at once") {
  const std::vector<Spike> reference = balanced_spikes(2, default_simd_level(), {60});
  std::vector<Spike> found[2];
  std::thread other([&] { found[0] = balanced_spikes(2, default_simd_level(), {60}); });
  found[1] = balanced_spikes(2, default_simd_level(), {60});
  other.join();
  CHECK(found[0] == reference);
  CHECK(found[1] == reference);
}

TEST_CASE("more spikes onto one neuron than 16 bits count") {
  Simulator kernel;
  const Ids source = make(kernel, "spike_generator", 1,
                          {{"spike_times", std::vector<double>{1, 2}},
                           {"spike_multiplicities", std::vector<double>{30000, 5}}});
  const Ids relay = make(kernel, "parrot_neuron", 1);
  const Ids target = make(kernel, "parrot_neuron", 2);
  const Ids neuron = make(kernel, "iaf_psc_delta", 3, {{"V_th", 1e9}, {"tau_m", 1e12}});
  kernel.connect(source, relay, rule("all_to_all"), {});
  // 20 synapses a target: delivered as counts, 600,000 of them.
  kernel.connect(relay, target, rule("fixed_indegree", {{"indegree", 20.0}}), {});
  kernel.connect(relay, neuron, rule("fixed_indegree", {{"indegree", 20.0}}), {{"weight", 0.5}});
  const Ids recorder = make(kernel, "spike_recorder", 1);
  kernel.connect(Ids{target[1]}, recorder, rule("all_to_all"), {{"delay", 1.0}});
  simulate(kernel, 3.5);
  CHECK(number(kernel, neuron[2], "V_m") == doctest::Approx(-70 + 300000.0).epsilon(1e-9));
  CHECK(spikes_of(kernel, recorder[0]).size() == 600000);
  simulate(kernel, 1);
  CHECK(number(kernel, neuron[0], "V_m") == doctest::Approx(-70 + 300050.0).epsilon(1e-9));
  CHECK(spikes_of(kernel, recorder[0]).size() == 600100);
}

TEST_CASE("more synapses of one pair than 16 bits count") {
  Simulator kernel;
  const Ids source = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1}}});
  const Ids relay = make(kernel, "parrot_neuron", 1);
  const Ids target = make(kernel, "iaf_psc_delta", 2, {{"V_th", 1e9}, {"tau_m", 1e12}});
  kernel.connect(source, relay, rule("all_to_all"), {});
  kernel.connect(relay, target, rule("fixed_indegree", {{"indegree", 70000.0}}), {{"weight", 1.0}});
  simulate(kernel, 5);
  CHECK(number(kernel, target[0], "V_m") == doctest::Approx(70000 - 70).epsilon(1e-9));
  CHECK(number(kernel, target[1], "V_m") == doctest::Approx(70000 - 70).epsilon(1e-9));
}

namespace {

// A chain with spikes under way at 5 ms. `grow(kernel)` may change the network there.
template <typename Grow>
std::vector<Spike> spikes_after(double threads, Grow&& grow) {
  Simulator kernel;
  kernel.set_status({{"local_num_threads", threads}});
  const Balanced network = make_balanced(kernel);
  simulate(kernel, 20);
  grow(kernel);
  simulate(kernel, 40);
  return spikes_of(kernel, network.recorder);
}

}  // namespace

TEST_CASE("what is pending survives new nodes, new synapses and a new layout") {
  const auto untouched = spikes_after(1, [](Simulator&) {});
  for (double threads : {1.0, 2.0, 3.0}) {
    CAPTURE(threads);
    CHECK(spikes_after(threads, [](Simulator& kernel) {
            make(kernel, "iaf_psc_exp", 77);
            make(kernel, "parrot_neuron", 500);
          }) == untouched);
    // A synapse that matters to nobody, with a longer delay than any: the calendars grow.
    CHECK(spikes_after(threads, [](Simulator& kernel) {
            const Ids cell = make(kernel, "iaf_psc_exp", 20);
            kernel.connect(ids_from(1, 200), cell, rule("all_to_all"), {{"delay", 30.0}});
            kernel.connect(cell, cell, rule("all_to_all"), {{"delay", 0.1}});
          }) == untouched);
    // The same delays again: rows are laid out anew.
    CHECK(spikes_after(threads, [](Simulator& kernel) {
            SynapseList list = kernel.get_connections({});
            const std::vector<double> delays = numbers(kernel.get_synapses(list, "delay"));
            kernel.set_synapses(list, {{"delay", delays}});
          }) == untouched);
  }
}

TEST_CASE("a homogeneous projection that becomes a column delivers what is pending") {
  Simulator kernel;
  const Ids source = make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1}}});
  const Ids relay = make(kernel, "parrot_neuron", 10);
  const Ids target = make(kernel, "iaf_psc_delta", 10, {{"V_th", 1e9}, {"tau_m", 1e12}});
  kernel.connect(source, relay, rule("all_to_all"), {});
  kernel.connect(relay, target, rule("all_to_all"), {{"weight", 0.25}, {"delay", 5.0}});
  simulate(kernel, 3);
  SynapseList list = kernel.get_connections({Ids{relay[3]}, Ids{target[4]}, {}, {}});
  REQUIRE(list.positions.size() == 1);
  kernel.set_synapses(list, {{"weight", 100.0}});
  CHECK(numbers(kernel.get_synapses(list, "weight")) == std::vector<double>{100});
  simulate(kernel, 10);
  for (std::size_t i = 0; i < 10; ++i) {
    // The spikes were sent with the old weight.
    CHECK(number(kernel, target[i], "V_m") == doctest::Approx(-67.5).epsilon(1e-9));
  }
}

TEST_CASE("a warm slice loop allocates nothing") {
  for (double threads : {1.0, 2.0}) {
    Simulator kernel;
    kernel.set_status({{"local_num_threads", threads}});
    // Periodic activity, so that every list soon has the length it will have: clocks drive delta
    // neurons, counts that need more than 16 bits included; currents and noise besides.
    std::vector<double> times, many;
    for (int i = 1; i <= 1000; ++i) times.push_back(i * 0.5), many.push_back(40000);
    const Ids clock = make(kernel, "spike_generator", 1,
                           {{"spike_times", times}, {"spike_multiplicities", many}});
    const Ids relay = make(kernel, "parrot_neuron", 10);
    const Ids cells = make(kernel, "iaf_psc_exp", 100, {{"I_e", 500.0}});
    const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 5000.0}});
    const Ids current = make(kernel, "noise_generator", 1, {{"std", 10.0}});
    kernel.connect(clock, relay, rule("all_to_all"), {});
    kernel.connect(relay, cells, rule("all_to_all"), {{"weight", 1e-3}});
    kernel.connect(cells, cells, rule("fixed_indegree", {{"indegree", 3.0}}),
                   {{"weight", make_expression("uniform", {make_constant(0), make_constant(1)})}});
    kernel.connect(noise, cells, rule("all_to_all"), {{"weight", 1.0}});
    kernel.connect(current, cells, rule("all_to_all"), {});
    const auto allocated = [&](double ms) {
      const std::uint64_t before = allocation_count();
      simulate(kernel, ms);
      return allocation_count() - before;
    };
    simulate(kernel, 100);
    allocated(20);
    const std::uint64_t few = allocated(20);
    const std::uint64_t more = allocated(200);
    // The list of generators' spikes is made before the loop, longer for a longer run.
    if (kCountsAllocations) {
      REQUIRE(few > 0);
      CHECK(more <= few + 8);
    }
    CHECK(status(kernel, "local_spike_counter") > 1000);
  }
}

TEST_CASE("slices are shorter where steps take long, and grow again") {
  using std::chrono::microseconds;
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  CHECK(next_pace(1, microseconds(5), 64) == 4);
  CHECK(next_pace(4, microseconds(20), 64) == 16);
  CHECK(next_pace(16, microseconds(80), 64) == 64);
  CHECK(next_pace(64, milliseconds(39), 64) == 64);
  CHECK(next_pace(64, milliseconds(80), 64) == 32);
  CHECK(next_pace(64, seconds(64), 64) == 1);
  CHECK(next_pace(1, seconds(1), 64) == 1);
  CHECK(next_pace(1, milliseconds(20), 64) == 2);
  CHECK(next_pace(3, microseconds(0), 10) == 10);
}
