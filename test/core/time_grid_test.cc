#include "base/time_grid.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

#include "special_numbers.h"

namespace tegmenta {
namespace {

using testing::kInf, testing::kNaN;

TEST_CASE("the default grid has tics of 1 us and steps of 0.1 ms") {
  const TimeGrid grid;
  CHECK(grid.tics_per_ms() == 1000.0);
  CHECK(grid.tics_per_step() == 100);
  CHECK(grid.resolution_ms() == 0.1);
  CHECK(grid.ms_per_tic() == 1.0 / 1000.0);
  CHECK(grid.steps_per_ms() == 1.0 / 0.1);
}

TEST_CASE("milliseconds become tics by truncation after adding a half") {
  const TimeGrid grid;
  CHECK(grid.tics_from_ms(0.1) == 100);
  CHECK(grid.tics_from_ms(0.10049) == 100);
  CHECK(grid.tics_from_ms(0.1005) == 101);
  CHECK(grid.tics_from_ms(0.0004) == 0);
  CHECK(grid.tics_from_ms(-0.0004) == 0);
  CHECK(grid.tics_from_ms(-0.002) == -1);  // truncation is toward zero, also below it
}

TEST_CASE("tics become milliseconds by a product, not a quotient") {
  const TimeGrid grid;
  int different = 0;
  for (std::int64_t steps = 0; steps < 20000; ++steps) {
    const double ms = grid.ms_from_steps(steps);
    REQUIRE(ms == (1.0 / 1000.0) * static_cast<double>(steps * 100));
    REQUIRE(grid.steps_from_ms_exact(ms) == steps);
    if (ms != static_cast<double>(steps * 100) / 1000.0) ++different;
  }
  CHECK(different > 0);  // the two rules are told apart
}

TEST_CASE("refractory periods are rounded up to steps") {
  const TimeGrid grid;
  CHECK(grid.steps_from_ms_ceil(0.15) == 2);
  CHECK(grid.steps_from_ms_ceil(0.1) == 1);
  CHECK(grid.steps_from_ms_ceil(0.1004) == 1);
  CHECK(grid.steps_from_ms_ceil(0.1006) == 2);
  CHECK(grid.steps_from_ms_ceil(0.0) == 0);
  CHECK(grid.steps_from_ms_ceil(2.0) == 20);
  CHECK(grid.steps_from_tics_ceil(101) == 2);
}

TEST_CASE("times within half a tic of the grid are on it") {
  const TimeGrid grid;
  CHECK(grid.is_grid_time(0.3));
  CHECK(grid.is_grid_time(0.3004));
  CHECK(grid.is_grid_time(0.2996));
  CHECK_FALSE(grid.is_grid_time(0.301));
  CHECK_FALSE(grid.is_grid_time(0.35));
  CHECK(grid.is_grid_time(0.0));
  CHECK(grid.steps_from_ms_exact(0.3) == 3);
  CHECK_FALSE(grid.steps_from_ms_exact(0.35).has_value());
}

TEST_CASE("a stamp is the first grid point at or after a time") {
  const TimeGrid grid;
  CHECK(grid.stamp_step_from_ms(0.0) == 0);
  CHECK(grid.stamp_step_from_ms(0.1) == 1);
  CHECK(grid.stamp_step_from_ms(0.100001) == 2);  // closer than a tic, but after the grid point
  CHECK(grid.stamp_step_from_ms(0.0999999) == 1);
  CHECK(grid.stamp_step_from_ms(0.05) == 1);
  CHECK(grid.stamp_step_from_ms(10.0) == 100);
  for (std::int64_t steps = 0; steps < 20000; ++steps) {
    REQUIRE(grid.stamp_step_from_ms(static_cast<double>(steps) + 0.05) == steps * 10 + 1);
  }
}

TEST_CASE("delays are rounded half up, without tics") {
  const TimeGrid grid;
  CHECK(grid.delay_steps_from_ms(0.81) == 8);
  CHECK(grid.delay_steps_from_ms(0.8499) == 8);
  CHECK(grid.delay_steps_from_ms(0.85) == 9);
  CHECK(grid.delay_steps_from_ms(1.0) == 10);
  CHECK(grid.delay_steps_from_ms(0.04) == 0);
  CHECK(grid.delay_steps_from_ms(-1.0) == -10);
  CHECK(grid.nearest_ms_from_steps(9) == 9 * 0.1);
  CHECK(grid.nearest_ms_from_steps(3) == 0.3);
  CHECK(grid.nearest_ms_from_steps(7) == 0.7);
}

TEST_CASE("times beyond the limit are infinite") {
  const TimeGrid grid;
  CHECK(grid.max_tics() % grid.tics_per_step() == 0);
  CHECK(grid.max_tics() / grid.tics_per_step() == grid.max_step());
  CHECK(grid.max_tics() > (std::int64_t{1} << 60) - 2 * grid.tics_per_step());
  CHECK(grid.tics_from_ms(kInf) == TimeGrid::kInfinity);
  CHECK(grid.tics_from_ms(-kInf) == -TimeGrid::kInfinity);
  CHECK(grid.tics_from_ms(1e300) == TimeGrid::kInfinity);
  CHECK(grid.tics_from_ms(kNaN) == 0);
  CHECK(grid.steps_from_ms_ceil(kInf) == TimeGrid::kInfinity);
  CHECK(grid.stamp_step_from_ms(-kInf) == -TimeGrid::kInfinity);
  CHECK(grid.delay_steps_from_ms(kInf) == TimeGrid::kInfinity);
  CHECK(grid.ms_from_tics(TimeGrid::kInfinity) == kInf);
  CHECK(grid.ms_from_steps(-TimeGrid::kInfinity) == -kInf);
  CHECK(grid.tics_from_steps(grid.max_step() + 1) == TimeGrid::kInfinity);
  CHECK_FALSE(grid.steps_from_ms_exact(kInf).has_value());
  CHECK_FALSE(grid.steps_from_ms_exact(kNaN).has_value());
}

TEST_CASE("a resolution must be a whole number of tics, at least one") {
  for (const double ms : {0.001, 0.1, 0.2, 0.3, 0.5, 1.0, 0.7, 2.5, 0.057, 1.001, 10.0, 123.456}) {
    CAPTURE(ms);
    const auto grid = TimeGrid::with_resolution(ms);
    REQUIRE(grid.has_value());
    CHECK(grid->tics_per_step() == std::llround(ms * 1000.0));
    CHECK(grid->resolution_ms() == doctest::Approx(ms).epsilon(1e-15));
    CHECK(grid->delay_steps_from_ms(grid->resolution_ms()) == 1);
  }
  for (const double ms : {0.0, -0.1, 0.0005, 0.1005, 1.0 / 3.0, 1e300, kInf, kNaN}) {
    CAPTURE(ms);
    CHECK_FALSE(TimeGrid::with_resolution(ms).has_value());
  }
  CHECK(TimeGrid::with_resolution(0.1).value() == TimeGrid());
  const auto fine = TimeGrid::with_resolution(0.0001, 100000.0);
  REQUIRE(fine.has_value());
  CHECK(fine->tics_per_step() == 10);
  CHECK_FALSE(TimeGrid::with_resolution(0.1, 0.0).has_value());
  CHECK_FALSE(TimeGrid::with_resolution(0.1, kNaN).has_value());
  CHECK_FALSE(TimeGrid::with_resolution(0.1, kInf).has_value());
}

}  // namespace
}  // namespace tegmenta
