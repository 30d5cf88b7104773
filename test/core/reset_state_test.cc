// ResetState: the state after it does not depend on what has been.
#include <doctest/doctest.h>

#include <vector>

#include "random_program.h"
#include "state_digest.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

std::uint64_t reset(Simulator& kernel) {
  kernel.reset_state({}, {});
  return kernel.digest();
}

}  // namespace

TEST_CASE("reset: random programs come back to one state, from which one future follows") {
  for (const std::uint32_t seed : seeds_of_programs(8)) {
    CAPTURE(seed);
    std::vector<std::uint64_t> of_threads;
    for (const int threads : {1, 3}) {
      RandomProgram program(seed, threads);
      program.run(40);
      Simulator& kernel = program.kernel();
      const std::uint64_t begin = reset(kernel);
      CHECK(status(kernel, "biological_time") == 0);
      simulate(kernel, 7.3);
      const std::uint64_t end = kernel.digest();
      simulate(kernel, 20);
      CHECK(reset(kernel) == begin);
      CHECK(reset(kernel) == begin);
      simulate(kernel, 7.3);
      CHECK(kernel.digest() == end);
      of_threads.push_back(program.digest());
    }
    CHECK(of_threads[0] == of_threads[1]);
  }
}
