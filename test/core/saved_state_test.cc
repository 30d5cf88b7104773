// Saved states: what is loaded goes on as what was saved would have, bit for bit.
#include <doctest/doctest.h>

#include <cstdio>
#include <optional>
#include <vector>

#include "random_program.h"
#include "state_digest.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes saved(Simulator& kernel, const StateExtras& extras = {}) {
  kernel.begin_save(extras);
  const std::optional<StateBytes> bytes = kernel.finish_save();
  REQUIRE(bytes);
  return {bytes->data.get(), bytes->data.get() + bytes->size};
}

std::string level_of(Simulator& kernel) {
  return std::get<std::string>(kernel.get_status({"simd_level"}).front().second.value);
}

StateExtras load(Simulator& kernel, const Bytes& bytes, std::optional<double> threads = {}) {
  // A state belongs to no instruction set.
  const Properties level{{"simd_level", level_of(kernel)}};
  kernel.begin_load(threads);
  REQUIRE(kernel.finish_load(bytes));
  StateExtras extras = kernel.take_loaded();
  kernel.set_status(level);
  return extras;
}

struct Outcome {
  std::uint64_t digest, state;
};

/// Random calls, and others after a moment at which it may be saved and loaded into another kernel.
Outcome outcome_of(std::uint32_t seed, int threads, std::optional<double> loaded_threads) {
  std::printf("saved state: seed %u, %d threads, %s\n", seed, threads,
              loaded_threads ? "loaded" : "never saved");
  std::fflush(stdout);
  RandomProgram program(seed, threads);
  program.run(30);
  program.forget();
  if (loaded_threads) {
    const Bytes first = saved(program.kernel());
    const std::uint64_t digest = program.kernel().digest();
    const std::uint64_t state = digest_of_state(program.kernel(), true);
    Simulator other;
    other.set_status({{"simd_level", level_of(program.kernel())}});
    load(other, first);
    CHECK(other.digest() == digest);
    CHECK(saved(other) == first);
    CHECK(digest_of_state(other, true) == state);
    load(program.kernel(), first, loaded_threads);
  }
  program.run(30);
  return {program.digest(), digest_of_state(program.kernel(), true)};
}

}  // namespace

TEST_CASE("saved state: random programs go on as if they had never been saved") {
  // Of all builds and levels together some 200 networks in a run of all tests.
  for (const std::uint32_t seed : seeds_of_programs(24)) {
    CAPTURE(seed);
    const Outcome never = outcome_of(seed, 1, {});
    const Outcome same = outcome_of(seed, 1, 1);
    CHECK(same.digest == never.digest);
    CHECK(same.state == never.state);
    const Outcome more = outcome_of(seed, 1, 3);
    CHECK(more.digest == never.digest);
    const Outcome fewer = outcome_of(seed, 3, 1);
    CHECK(fewer.digest == never.digest);
  }
}

TEST_CASE("saved state: a small program goes on on every machine") {
  const Outcome never = outcome_of(1, 1, {});
  CHECK(outcome_of(1, 1, 2).digest == never.digest);
}
