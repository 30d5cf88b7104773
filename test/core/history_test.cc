// Histories of spikes: what they answer, and the memory that they take.
#include "plasticity/history.h"
#include "base/held.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "allocations.h"
#include "base/random.h"

using namespace tegmenta;
using tegmenta::testing::FailingAllocation;

namespace {

constexpr std::int64_t kHorizon = 400;

std::vector<Histories::Watch> watches(std::size_t slots, double tau, double spacing) {
  std::vector<Histories::Watch> list;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    list.push_back({static_cast<std::uint16_t>(slot), tau + spacing * static_cast<double>(slot),
                    110 + spacing * static_cast<double>(slot)});
  }
  return list;
}

// Everything that visits ask of the histories of a few neurons, in the course of a simulation.
struct Course {
  std::size_t slots;
  Histories histories;
  std::vector<std::vector<std::pair<std::int64_t, std::uint32_t>>> spikes;  // by slot
  std::vector<double> answers;

  explicit Course(std::size_t slots_) : slots(slots_), spikes(slots_) {}

  void run(std::int64_t from, std::int64_t until) {
    RandomStream draw(7, Purpose::kParameter, static_cast<std::uint32_t>(from), 2, 3);
    for (std::int64_t step = from; step <= until; ++step) {
      // Slots of different rates, bursts among them, so that rings fill up, wrap round and grow.
      for (std::size_t slot = 0; slot < 5; ++slot) {
        const double rate = step / 500 % 2 == 0 ? 0.02 : 0.3;
        if (draw.uniform01() < rate * static_cast<double>(slot + 1) / 5) {
          spikes[slot].push_back({step, draw.uniform01() < 0.1 ? 3 : 1});
          histories.record(slot, step, spikes[slot].back().second);
        }
      }
      const auto slot = static_cast<std::size_t>(draw.below(5));
      const std::int64_t end = step - static_cast<std::int64_t>(draw.below(30));
      const std::int64_t after = end - static_cast<std::int64_t>(draw.below(kHorizon / 2));
      ask(slot, after, end);
    }
  }

  void ask(std::size_t slot, std::int64_t after, std::int64_t until) {
    const Histories::Window posts = histories.window(slot, after, until);
    std::uint64_t expected = 0;
    for (const auto& [stamp, multiplicity] : spikes[slot]) {
      if (stamp > after && stamp <= until) expected += multiplicity;
    }
    REQUIRE(histories.count(slot, posts) == expected);
    for (std::uint32_t p = posts.first; p != posts.last; ++p) {
      answers.push_back(static_cast<double>(histories.at(slot, p).stamp));
      answers.push_back(histories.at(slot, p).trace);
      answers.push_back(histories.triplet_at(slot, p));
      answers.push_back(histories.multiplicity_at(slot, p));
    }
    answers.push_back(histories.trace_before(slot, until, posts.last));
    answers.push_back(histories.nearest_before(slot, until, posts.last));
    for (const std::int32_t stamp : histories.heads()[slot].stamp) answers.push_back(stamp);
    for (const double trace : histories.heads()[slot].trace) answers.push_back(trace);
  }
};

}  // namespace

TEST_CASE("traces are those of all spikes so far") {
  Course course(5);
  course.histories.configure(5, kHorizon, 0.1, true);
  course.histories.watch(watches(5, 20, 1));
  course.run(1, 3000);
  CHECK(course.answers.size() > 20000);
  for (std::size_t slot = 0; slot < 5; ++slot) {
    double trace = 0;
    for (const auto& [stamp, multiplicity] : course.spikes[slot]) {
      trace += multiplicity * std::exp(-0.1 * static_cast<double>(3001 - stamp) /
                                       (20 + static_cast<double>(slot)));
    }
    const Histories::Window posts = course.histories.window(slot, 3000, 3000);
    CHECK(course.histories.trace_before(slot, 3001, posts.last) ==
          doctest::Approx(trace).epsilon(1e-12));
  }
}

// With many time constants decays are worked out, with few they come from tables.
TEST_CASE("decays are the same with and without a table, bit for bit") {
  Course few(5), many(100);
  few.histories.configure(5, kHorizon, 0.1, true);
  few.histories.watch(watches(5, 20, 1));
  many.histories.configure(100, kHorizon, 0.1, true);
  many.histories.watch(watches(100, 20, 1));
  few.run(1, 1500);
  many.run(1, 1500);
  CHECK(few.answers == many.answers);
  // And they may become few, or equal, in between.
  many.histories.watch(watches(100, 20, 0));
  REQUIRE(many.histories.common_decay());
  CHECK(many.histories.common_decay()->size() == 8002);
  many.histories.watch(watches(100, 20, 1));
  CHECK(!many.histories.common_decay());
  few.run(1501, 3000);
  many.run(1501, 3000);
  CHECK(few.answers == many.answers);
}

// A triplet rule may come when neurons have fired for long.
TEST_CASE("slow traces asked for late are those of all spikes so far, bit for bit") {
  const auto course = [](std::size_t slots, double spacing, std::int64_t late, bool moved) {
    auto made = std::make_unique<Course>(slots);
    Histories& histories = made->histories;
    histories.configure(slots, kHorizon, 0.1, late == 0);
    histories.watch(watches(slots, 20, spacing));
    RandomStream draw(3, Purpose::kParameter, 2, 2, 3);
    for (std::int64_t step = 1; step <= 2000; ++step) {
      // Another time constant holds for what follows.
      if (step == 1500) histories.watch(watches(slots, 20, 2 * spacing));
      if (step == late) histories.configure(slots, kHorizon, 0.1, true);
      for (std::size_t slot = 0; slot < slots; ++slot) {
        const bool fires = draw.uniform01() < 0.1 / static_cast<double>(slot + 1);
        const std::uint32_t spikes = slot == 2 && draw.uniform01() < 0.05 ? 2 : 1;
        if (fires) histories.record(slot, step, spikes);
      }
    }
    Histories taken;
    std::vector<Histories::Move> moves;
    for (std::uint16_t slot = 0; slot < slots; ++slot) moves.push_back({slot, &histories, slot});
    taken.configure(slots, kHorizon, 0.1, false);
    taken.adopt(moves);
    taken.configure(slots, kHorizon, 0.1, true);
    histories.configure(slots, kHorizon, 0.1, true);
    const Histories& asked = moved ? taken : histories;
    std::vector<double> answers;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      const Histories::Window posts = asked.window(slot, 2000 - kHorizon, 2000);
      for (std::uint32_t p = posts.first; p != posts.last; ++p) {
        answers.push_back(asked.triplet_at(slot, p));
        answers.push_back(asked.multiplicity_at(slot, p));
      }
    }
    return answers;
  };
  const std::vector<double> early = course(4, 1, 0, false);
  CHECK(early.size() > 100);
  for (const std::int64_t late : {700, 1499, 1500, 1501, 1990, 3000}) {
    CAPTURE(late);
    for (const bool moved : {false, true}) CHECK(course(4, 1, late, moved) == early);
  }
}

TEST_CASE("what another partitioning knew is taken over, bit for bit") {
  Course kept(5), moved(5);
  for (Course* course : {&kept, &moved}) {
    course->histories.configure(5, kHorizon, 0.1, true);
    course->histories.watch(watches(5, 20, 1));
    course->run(1, 1200);
  }
  Histories taken;
  taken.configure(9, kHorizon, 0.1, true);
  std::vector<Histories::Move> moves;
  for (std::uint16_t slot = 0; slot < 5; ++slot) {
    moves.push_back({static_cast<std::uint16_t>(8 - slot), &moved.histories, slot});
  }
  taken.adopt(moves);
  for (std::size_t slot = 0; slot < 5; ++slot) {
    for (std::int64_t until : {1200, 1100, 900}) {
      const Histories::Window a = kept.histories.window(slot, until - 300, until);
      const Histories::Window b = taken.window(8 - slot, until - 300, until);
      REQUIRE(a.last - a.first == b.last - b.first);
      CHECK(kept.histories.count(slot, a) == taken.count(8 - slot, b));
      CHECK(kept.histories.trace_before(slot, until, a.last) ==
            taken.trace_before(8 - slot, until, b.last));
    }
  }
  CHECK(!taken.watched(0));
}

TEST_CASE("20,000 time constants take little memory, and one set again and again none") {
  constexpr std::size_t kSlots = 20000;
  Histories histories;
  histories.configure(kSlots, 20266, 0.1, false);
  const std::size_t before = bytes_held(histories);
  histories.watch(watches(kSlots, 10, 1e-3));
  CHECK(bytes_held(histories) - before < 8'000'000);
  histories.watch(watches(kSlots, 20, 0));
  const std::size_t common = bytes_held(histories);
  CHECK(common - before < 1'000'000);
  for (int i = 0; i < 4000; ++i) {
    histories.watch(std::vector<Histories::Watch>{{3, 20 + i * 1e-3, 110}});
  }
  histories.watch(watches(kSlots, 20, 0));
  CHECK(bytes_held(histories) == common);
}

TEST_CASE("neurons that fire much have room of their own, whatever fires in a step") {
  constexpr std::size_t kSlots = 3000;
  Histories histories;
  histories.configure(kSlots, 20266, 0.1, false);
  histories.watch(watches(kSlots, 20, 0));
  const std::size_t before = bytes_held(histories);
  for (std::int64_t step = 1; step <= 60000; ++step) {
    histories.record(7, step, 4'000'000'000u);
    if (step % 1000 == 0) {
      for (std::size_t slot = 8; slot < 16; ++slot) histories.record(slot, step, 1);
    }
  }
  CHECK(bytes_held(histories) - before < 2'000'000);
  const Histories::Window posts = histories.window(7, 59990, 60000);
  CHECK(posts.last - posts.first == 10);
  CHECK(histories.count(7, posts) == 40'000'000'000u);
}

TEST_CASE("without memory nothing of a history changes") {
  for (std::uint64_t k = 1; k <= 40; ++k) {
    CAPTURE(k);
    Course course(5);
    course.histories.configure(5, kHorizon, 0.1, true);
    course.histories.watch(watches(5, 20, 1));
    course.run(1, 600);
    Histories taken;
    bool failed = false;
    const auto attempt = [&](auto&& what) {
      if (failed) return;
      try {
        what();
      } catch (const std::bad_alloc&) {
        failed = true;
      }
    };
    std::vector<Histories::Move> moves{{0, &course.histories, 3}};
    const auto more = watches(9, 30, 2);
    {
      const FailingAllocation failing(k);
      attempt([&] { course.histories.configure(9, 2 * kHorizon, 0.1, true); });
      attempt([&] { course.histories.watch(more); });
      attempt([&] { taken.configure(4, kHorizon, 0.1, true); });
      attempt([&] { taken.adopt(moves); });
      attempt([&] {
        for (std::int64_t step = 601; step <= 900; ++step) course.histories.record(4, step, 1);
      });
    }
    // What failed succeeds now.
    course.histories.configure(9, 2 * kHorizon, 0.1, true);
    course.histories.watch(more);
    const std::int64_t known =
        course.histories.window(4, 600, 900).last - course.histories.window(4, 600, 900).first;
    for (std::int64_t step = 601 + known; step <= 900; ++step) {
      course.histories.record(4, step, 1);
    }
    const Histories::Window posts = course.histories.window(4, 600, 900);
    CHECK(posts.last - posts.first == 300);
    CHECK(course.histories.window(0, 0, 600).last > 0);
  }
}
