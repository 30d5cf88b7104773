// Histories of spikes: what they answer does not depend on the room that they began with.
#include "plasticity/history.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "base/random.h"

using namespace tegmenta;

namespace {

// Everything that visits ask of the histories of a few neurons, in the course of a simulation.
std::vector<double> answers(std::uint32_t capacity) {
  constexpr std::size_t kSlots = 5;
  constexpr std::int64_t kHorizon = 400;
  Histories histories(capacity);
  histories.configure(kSlots, kHorizon, 0.1, true);
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    histories.watch(slot, 20 + static_cast<double>(slot), 110);
  }
  RandomStream draw(7, Purpose::kParameter, 1, 2, 3);
  std::vector<double> all;
  for (std::int64_t step = 1; step <= 3000; ++step) {
    // Slots of different rates, bursts among them, so that rings fill up, wrap round and grow.
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
      const double rate = step / 500 % 2 == 0 ? 0.02 : 0.3;
      if (draw.uniform01() < rate * static_cast<double>(slot + 1) / kSlots) {
        histories.record(slot, step, draw.uniform01() < 0.1 ? 3 : 1);
      }
    }
    const auto slot = static_cast<std::size_t>(draw.below(kSlots));
    const std::int64_t until = step - static_cast<std::int64_t>(draw.below(30));
    const std::int64_t after = until - static_cast<std::int64_t>(draw.below(kHorizon / 2));
    const Histories::Window posts = histories.window(slot, after, until);
    all.push_back(posts.last - posts.first);
    for (std::uint32_t p = posts.first; p != posts.last; ++p) {
      all.push_back(static_cast<double>(histories.at(slot, p).stamp));
      all.push_back(histories.at(slot, p).trace);
      all.push_back(histories.triplet_at(slot, p));
    }
    all.push_back(histories.trace_before(slot, until, posts.last));
    all.push_back(histories.nearest_before(slot, until, posts.last));
    all.push_back(static_cast<double>(histories.before(slot, posts.last)->stamp));
    all.push_back(static_cast<double>(histories.last_stamp(slot)));
  }
  return all;
}

}  // namespace

TEST_CASE("the room that histories begin with makes no difference, bit for bit") {
  const std::vector<double> usual = answers(8);
  CHECK(usual.size() > 20000);
  for (const std::uint32_t capacity : {2u, 4u, 64u, 1024u}) {
    CAPTURE(capacity);
    CHECK(answers(capacity) == usual);
  }
}
