// What recorders hold: order, windows, sampling times, clearing.
#include "recording/recorders.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "allocations.h"
#include "kernel_driver.h"
#include "recording/synapse_recorder.h"

using namespace tegmenta;
using namespace tegmenta::testing;

TEST_CASE("events that are handed over are counted and no longer held") {
  EventBuffer buffer(1);
  const auto append = [&](std::int64_t from, std::int64_t to) {
    for (std::int64_t step = from; step < to; ++step) {
      const double value = static_cast<double>(step);
      buffer.append(step, 7, 0, &value, step % 3 == 0 ? 2 : 1);
    }
  };
  const auto take = [&](std::uint64_t most) {
    EventBuffer::Copy copy = buffer.copy_from(buffer.first_held(), most);
    buffer.release(buffer.first_held() + copy.steps.size());
    return copy;
  };
  CHECK(take(kAllEvents).steps.empty());
  std::vector<std::int64_t> all, taken;
  for (const auto& [from, to] : {std::pair{0, 1}, {1, 500}, {500, 500}, {500, 700}}) {
    append(from, to);
    buffer.reserve({.rows = 50, .counts = true});
    const std::size_t room = buffer.room();
    for (std::int64_t step = from; step < to; ++step) {
      all.insert(all.end(), step % 3 == 0 ? 2 : 1, step);
    }
    const EventBuffer::Copy copy = take(kAllEvents);
    CHECK(buffer.room() >= room);
    CHECK(copy.values[0].size() == copy.steps.size());
    taken.insert(taken.end(), copy.steps.begin(), copy.steps.end());
    CHECK(taken == all);
    CHECK(buffer.size() == all.size());
    CHECK(buffer.sorted().steps.empty());
  }
  append(3, 5);
  CHECK(buffer.size() == all.size() + 3);
  CHECK(buffer.copy_from(all.size() + 1).steps == std::vector<std::int64_t>{3, 4});
  CHECK(buffer.copy_from(0).steps == std::vector<std::int64_t>{3, 3, 4});
  buffer.clear();
  CHECK(buffer.size() == 0);
  CHECK(buffer.first_held() == 0);
  append(0, 1);
  CHECK(buffer.copy_from(0).steps == std::vector<std::int64_t>{0, 0});
}

TEST_CASE("events are released in any pieces, while others are appended") {
  constexpr std::int64_t kSteps = 200'000;  // several blocks
  for (const std::uint64_t most : {1'000, 65'536, 100'000}) {
    for (const std::int64_t counted : {0, 1, 5000}) {  // every so many steps, events of a step
      EventBuffer buffer(1);
      std::vector<std::int64_t> all, taken;
      const auto append = [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t step = from; step < to; ++step) {
          const std::uint64_t count = counted > 0 && step % counted == 0 ? 3 : 1;
          const double value = static_cast<double>(step) + 0.5;
          buffer.append(step, static_cast<NodeId>(step % 7), step > 9000 ? 0.25 : 0, &value, count);
          all.insert(all.end(), count, step);
        }
      };
      const auto take = [&](std::uint64_t n) {
        const std::uint64_t from = buffer.first_held();
        const EventBuffer::Copy copy = buffer.copy_from(from, n);
        REQUIRE(copy.steps.size() == std::min(n, buffer.size() - from));
        bool together = true;
        for (std::size_t i = 0; i < copy.steps.size(); ++i) {
          together &=
              copy.values[0][i] == static_cast<double>(copy.steps[i]) + 0.5 &&
              copy.senders[i] == copy.steps[i] % 7 &&
              (copy.offsets.empty() || copy.offsets[i] == (copy.steps[i] > 9000 ? 0.25 : 0));
        }
        REQUIRE(together);
        taken.insert(taken.end(), copy.steps.begin(), copy.steps.end());
        buffer.release(from + copy.steps.size());
        return copy.steps.size();
      };
      append(0, kSteps / 2);
      take(most + 1);
      CHECK(buffer.sorted().steps.size() == all.size() - taken.size());
      append(kSteps / 2, kSteps);
      while (take(most) > 0) continue;
      CHECK(taken == all);
      CHECK(buffer.size() == all.size());
      const std::int64_t bytes = buffer.bytes();
      CHECK(bytes == 0);
      buffer.release(kAllEvents);
      CHECK(buffer.first_held() == all.size());
    }
  }
}

TEST_CASE("an event buffer sorts, cuts and survives a failed append") {
  EventBuffer buffer(2);
  const double values[4][2] = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};
  buffer.append(5, 9, 0, values[0]);
  buffer.append(5, 3, 0, values[1]);
  buffer.append(4, 9, 0.25, values[2]);
  const EventBuffer::Copy sorted = buffer.sorted();
  CHECK(sorted.steps == std::vector<std::int64_t>{4, 5, 5});
  CHECK(sorted.senders == Column<NodeId>{9, 3, 9});
  CHECK(sorted.offsets == Column<double>{0.25, 0, 0});
  CHECK(sorted.values[1] == Column<double>{6, 4, 2});
  const EventBuffer::Copy tail = buffer.copy_from(2);
  CHECK(tail.steps == std::vector<std::int64_t>{4});
  CHECK(tail.values[0] == Column<double>{5});
  CHECK(buffer.copy_from(99).steps.empty());
  if (kCountsAllocations) {
    EventBuffer fresh(2);
    int failures = 0;
    for (std::uint64_t n = 1;; ++n) {
      try {
        FailingAllocation failing(n);
        fresh.append(1, 2, 0.5, values[3]);
        break;
      } catch (const std::bad_alloc&) {
        ++failures;
        CHECK(fresh.size() == 0);
        CHECK(fresh.sorted().senders.empty());
      }
    }
    CHECK(failures >= 3);
    const EventBuffer::Copy one = fresh.copy_from(0);
    CHECK(one.steps == std::vector<std::int64_t>{1});
    CHECK(one.senders == Column<NodeId>{2});
    CHECK(one.offsets == Column<double>{0.5});
    CHECK(one.values == std::vector<Column<double>>{{7}, {8}});
  }
  CHECK(buffer.bytes() > 0);
  buffer.clear();
  CHECK(buffer.size() == 0);
  CHECK(buffer.bytes() == 0);
}

TEST_CASE("rows that stand for several events count and read as these") {
  EventBuffer buffer(1);
  std::vector<std::tuple<std::int64_t, NodeId, double>> expected;
  const auto append = [&](std::int64_t step, NodeId sender, double value, std::uint64_t count) {
    buffer.append(step, sender, 0, &value, count);
    for (std::uint64_t i = 0; i < count; ++i) expected.emplace_back(step, sender, value);
  };
  // Through several blocks, the first with and without counts.
  for (int i = 0; i < 500; ++i) append(i, static_cast<NodeId>(i % 7), i, 1);
  for (int i = 500; i < 900; ++i) append(i, 3, i, i % 3 == 0 ? 5 : 1);
  for (int i = 900; i < 2000; ++i) append(i, 4, i, 1);
  CHECK(buffer.size() == expected.size());
  for (const std::size_t from : {std::size_t{0}, std::size_t{499}, std::size_t{503},
                                 std::size_t{1200}, expected.size() - 1, expected.size()}) {
    CAPTURE(from);
    const EventBuffer::Copy copy = buffer.copy_from(from);
    REQUIRE(copy.steps.size() == expected.size() - from);
    for (std::size_t i = 0; i < copy.steps.size(); ++i) {
      REQUIRE(std::tuple(copy.steps[i], copy.senders[i], copy.values[0][i]) == expected[from + i]);
    }
  }
  const double value = 0;
  buffer.append(3000, 1, 0.5, &value, 1'000'000'000'000);
  CHECK(buffer.size() == expected.size() + 1'000'000'000'000);
  CHECK(kind_thrown([&] { buffer.sorted(); }) == ErrorKind::kOutOfMemory);
  const EventBuffer::Copy last = buffer.copy_from(buffer.size() - 2);
  CHECK(last.steps == std::vector<std::int64_t>{3000, 3000});
  CHECK(last.offsets == Column<double>{0.5, 0.5});
}

TEST_CASE("what was reserved is appended without allocations") {
  EventBuffer buffer(1);
  const double value = 1;
  buffer.append(1, 1, 0, &value);
  buffer.reserve({200000, true, true});
  CHECK(buffer.room() >= 200000);
  const std::uint64_t before = allocation_count();
  for (std::int64_t i = 0; i < 200000; ++i) buffer.append(i, 2, 0.25, &value, 2);
  CHECK(allocation_count() == before);
  CHECK(buffer.size() == 400001);
}

TEST_CASE("a buffer of samples grows by blocks and survives a failed append") {
  SampleBuffer buffer(3, 2);
  CHECK(buffer.size() == 0);
  CHECK(buffer.bytes() == 0);
  const std::size_t rows = 5000;  // several blocks
  for (std::size_t i = 0; i < rows; ++i) {
    const auto lock = buffer.lock();
    const std::span<double> row = buffer.append(static_cast<std::int64_t>(10 * i));
    REQUIRE(row.size() == 6);
    for (std::size_t k = 0; k < 6; ++k)
      row[k] = static_cast<double>(i) + static_cast<double>(k) / 8;
  }
  CHECK(buffer.size() == 3 * rows);
  CHECK(buffer.bytes() >= static_cast<std::int64_t>(rows * 7 * 8));
  const SampleBuffer::Copy all = buffer.copy_from(0);
  REQUIRE(all.steps.size() == 3 * rows);
  for (std::size_t i = 0; i < 3 * rows; ++i) {
    REQUIRE(all.steps[i] == static_cast<std::int64_t>(i / 3 * 10));
    REQUIRE(all.synapses[i] == i % 3);
    const double base = static_cast<double>(i / 3);
    REQUIRE(all.values[0][i] == base + static_cast<double>(i % 3) / 8);
    REQUIRE(all.values[1][i] == base + static_cast<double>(3 + i % 3) / 8);
  }
  // From the middle of a row.
  const SampleBuffer::Copy tail = buffer.copy_from(3 * rows - 2);
  CHECK(tail.synapses == std::vector<std::uint32_t>{1, 2});
  CHECK(tail.values[0][0] == static_cast<double>(rows - 1) + 0.125);
  CHECK(buffer.copy_from(3 * rows).steps.empty());
  CHECK(buffer.copy_from(3 * rows).values.size() == 2);
  if (kCountsAllocations) {
    auto fresh = std::make_unique<SampleBuffer>(3, 2);
    int failures = 0;
    for (std::uint64_t n = 1;;) {
      bool happened = false;
      try {
        FailingAllocation failing(n);
        fresh->append(7)[5] = 4;
        happened = failing.happened();
      } catch (const std::bad_alloc&) {
        ++n, ++failures;
        CHECK(fresh->size() == 0);
        CHECK(fresh->copy_from(0).steps.empty());
        continue;
      }
      if (!happened) break;
      // Now and then memory is asked how much there is, which does without an answer.
      fresh = std::make_unique<SampleBuffer>(3, 2);
    }
    CHECK(failures >= 3);
    CHECK(fresh->copy_from(2).values[1] == Column<double>{4});
  }
  buffer.clear();
  CHECK(buffer.size() == 0);
  CHECK(buffer.bytes() == 0);
}

TEST_CASE("recorded synapses go along when rows are laid out anew, and nothing else changes") {
  const auto run = [](double threads, bool records, bool grows) {
    Simulator kernel;
    kernel.set_status({{"local_num_threads", threads}});
    const Ids pre = make(kernel, "parrot_neuron", 40), post = make(kernel, "parrot_neuron", 40);
    const Ids spikes =
        make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{3, 9, 14, 30}}});
    const Ids later =
        make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{5, 10, 16, 33}}});
    kernel.connect(spikes, pre, rule("all_to_all"), {});
    kernel.connect(later, post, rule("all_to_all"), {});
    const Properties syn{{"synapse_model", text("stdp_synapse")}, {"receptor_type", 1.0}};
    kernel.connect(pre, post, rule("all_to_all"), syn);
    SynapseList list = kernel.get_connections({pre, post, {}, {}});
    std::reverse(list.positions.begin(), list.positions.end());
    const NodeId recorder = kernel.create(
        "synapse_recorder", 1,
        {{"interval", 0.5}, {"record_from", std::vector<std::string>{"weight", "Kplus"}}});
    if (records) kernel.set_nodes(Ids{recorder}, {{"connections", list}});
    simulate(kernel, 20);
    if (grows) {
      make(kernel, "iaf_psc_exp", 30);
      kernel.connect(pre, pre, rule("one_to_one"), syn);
    }
    simulate(kernel, 20);
    const SynapseList now = kernel.get_connections({pre, post, {}, {}});
    return std::make_tuple(column(kernel, recorder, "weight"), column(kernel, recorder, "Kplus"),
                           column(kernel, recorder, "targets"),
                           numbers(kernel.get_synapses(now, "weight")));
  };
  const auto [weight, Kplus, targets, final] = run(1, true, true);
  REQUIRE(weight.size() == 80 * 1600);
  // In the order given, which was from the last to the first.
  CHECK(std::vector<double>(weight.rbegin(), weight.rbegin() + 1600) == final);
  CHECK(targets[0] == 80);
  CHECK(targets[1599] == 41);
  CHECK(*std::max_element(Kplus.begin(), Kplus.end()) > 1);
  for (const double threads : {1.0, 2.0, 3.0}) {
    CHECK(run(threads, true, true) == std::make_tuple(weight, Kplus, targets, final));
    CHECK(std::get<3>(run(threads, false, true)) == final);
    CHECK(std::get<3>(run(threads, false, false)) == final);
    CHECK(std::get<0>(run(threads, true, false)) == weight);
  }
}

TEST_CASE("a synapse_recorder refuses what it cannot record") {
  Simulator kernel;
  const Ids a = make(kernel, "parrot_neuron", 2);
  kernel.connect(a, a, rule("all_to_all"), {});
  const SynapseList list = kernel.get_connections({});
  const Ids recorder = make(kernel, "synapse_recorder", 1);
  const auto refused = [&](const Properties& params) {
    return kind_thrown([&] { kernel.set_nodes(recorder, params); });
  };
  CHECK(refused({{"connections", SynapseList{{}, list.generation}}}) == ErrorKind::kBadProperty);
  CHECK(refused({{"connections", NodeIds{a}}}) == ErrorKind::kTypeMismatch);
  CHECK(refused({{"connections", list}, {"record_from", std::vector<std::string>{"c"}}}) ==
        ErrorKind::kBadProperty);
  CHECK(refused({{"connections", list}, {"interval", 0.05}}) == ErrorKind::kBadProperty);
  // Positions of another kernel never pass for this one's.
  Simulator other;
  const Ids b = make(other, "parrot_neuron", 2);
  other.connect(b, b, rule("all_to_all"), {});
  CHECK(refused({{"connections", other.get_connections({})}}) ==
        ErrorKind::kStaleSynapseCollection);
  kernel.set_nodes(recorder, {{"connections", list}});
  simulate(kernel, 3);
  CHECK(column(kernel, recorder[0], "weight") == std::vector<double>(12, 1.0));
  CHECK(refused({{"connections", list}}) == ErrorKind::kBadProperty);
  CHECK(refused({{"interval", 2.0}}) == ErrorKind::kBadProperty);
}

TEST_CASE("a multimeter samples at multiples of its interval, however runs are split") {
  const auto sampled = [](const std::vector<double>& pieces, double interval, double offset) {
    Simulator kernel;
    kernel.set_status({{"local_num_threads", 2.0}});
    const Ids cells = make(kernel, "iaf_psc_exp", 70, {{"I_e", 400.0}});
    std::vector<double> v;
    for (int i = 0; i < 70; ++i) v.push_back(-70 + 0.1 * i);
    kernel.set_nodes(cells, {{"V_m", v}});
    const Ids meter = make(kernel, "multimeter", 1,
                           {{"record_from", std::vector<std::string>{"I_syn_ex", "V_m"}},
                            {"interval", interval},
                            {"offset", offset},
                            {"stop", 12.0}});
    kernel.connect(meter, Ids{cells[3], cells[65]}, rule("all_to_all"), {});
    for (double ms : pieces) simulate(kernel, ms);
    auto all = column(kernel, meter[0], "times");
    for (double x : column(kernel, meter[0], "V_m")) all.push_back(x);
    return all;
  };
  const auto one = sampled({15}, 2.5, 0);
  REQUIRE(one.size() == 16);
  for (int i = 0; i < 8; ++i) CHECK(one[static_cast<std::size_t>(i)] == 2.5 * (i / 2 + 1));
  CHECK(sampled({0.1, 2.4, 2.4, 10.1}, 2.5, 0) == one);
  const auto shifted = sampled({15}, 5, 0.3);
  REQUIRE(shifted.size() == 12);
  CHECK(shifted[0] == doctest::Approx(0.3));
  CHECK(shifted[4] == doctest::Approx(10.3));
  CHECK(sampled({0.2, 0.1, 14.7}, 5, 0.3) == shifted);
}

TEST_CASE("a spike recorder's window is (start, stop], and it can be cleared") {
  Simulator kernel;
  const Ids source =
      make(kernel, "spike_generator", 1, {{"spike_times", std::vector<double>{1, 2, 3, 4, 5}}});
  const Ids recorder = make(kernel, "spike_recorder", 1, {{"start", 2.0}, {"stop", 4.0}});
  kernel.connect(source, recorder, rule("all_to_all"), {});
  simulate(kernel, 3.5);
  CHECK(spikes_of(kernel, recorder[0]) == std::vector<Spike>{{3, source[0]}});
  kernel.set_nodes(recorder, {{"n_events", 0.0}});
  simulate(kernel, 5);
  CHECK(spikes_of(kernel, recorder[0]) == std::vector<Spike>{{4, source[0]}});
  CHECK(kind_thrown([&] { kernel.set_nodes(recorder, {{"n_events", 3.0}}); }) ==
        ErrorKind::kBadProperty);
}

TEST_CASE("a recorder of a Poisson generator sees trains of the rate it has") {
  Simulator kernel;
  const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 10000.0}});
  const Ids recorders = make(kernel, "spike_recorder", 2);
  kernel.connect(noise, recorders, rule("all_to_all"), {});
  simulate(kernel, 500.1);
  const auto a = spikes_of(kernel, recorders[0]), b = spikes_of(kernel, recorders[1]);
  CHECK(std::abs(static_cast<double>(a.size()) - 5000) < 5 * std::sqrt(5000.0));
  CHECK(a != b);
  CHECK(a.front().time >= 0.2 - 1e-9);
}
