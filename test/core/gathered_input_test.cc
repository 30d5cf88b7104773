// What many generators that are connected one by one cost: how often they are asked.
#include "engine/gathered_input.h"

#include <doctest/doctest.h>

#include <limits>

#include "simd/dispatch.h"

using namespace tegmenta;

namespace {

constexpr std::uint32_t kLanes = 200;
constexpr int kSliceSteps = 10, kSlices = 60;

/// Sends another current, or draws another one, every `period` steps.
class Counted final : public CurrentGenerator {
 public:
  Counted(std::int64_t period, bool noise)
      : CurrentGenerator(make_dc_generator()->description()), period_(period), noise_(noise) {}
  const ModelDescription& description() const override {
    return make_dc_generator()->description();
  }
  std::unique_ptr<Device> clone() const override { return std::make_unique<Counted>(*this); }
  bool per_target() const override { return noise_; }
  Signal signal(std::int64_t step, const TimeGrid&) const override {
    ++asked;
    return {(step / period_ + 1) * period_, static_cast<double>(step / period_)};
  }
  HeldDraw draw(std::int64_t step, const TimeGrid&) const override {
    ++asked;
    return {{step / period_ * period_, static_cast<double>(step / period_), 0.0},
            (step / period_ + 1) * period_};
  }

  mutable int asked = 0;

 private:
  std::int64_t period_;
  bool noise_;
};

/// How often all were asked in `kSlices` slices. Generator i goes to lane i; `twice`: to the next,
/// too.
template <typename Gathered>
int times_asked(std::int64_t period, bool noise, bool twice) {
  const TimeGrid grid;
  const InputSetting setting{grid, *simd::available_levels().front(), 7, 1};
  std::vector<Counted> generators(kLanes, Counted(period, noise));
  Gathered input;
  for (std::uint32_t i = 0; i < kLanes; ++i) {
    const std::uint32_t source = input.add_source(generators[i], {});
    input.entries.add({i, source, 2.0, i, 0});
    if (twice) input.entries.add({(i + 1) % kLanes, source, 2.0, i, 0});
  }
  input.finish();
  input.reserve(kSliceSteps);
  for (std::int64_t origin = 0; origin < kSlices * kSliceSteps; origin += kSliceSteps) {
    input.begin_slice(origin, kSliceSteps, setting);
    AlignedVector<double> out(kLanes * kSliceSteps, 0.0);
    const InputBlock block{0, kLanes, origin, 0, kSliceSteps, kLanes};
    if constexpr (requires { input.add_to(out.data(), block, setting); }) {
      input.add_to(out.data(), block, setting);
    } else {
      input.add_to(out.data(), block);
    }
    for (int s = 0; s < kSliceSteps; ++s) {
      // Sent with a delay of one step, it acts in the step after that.
      const std::int64_t sent = origin + s - 2;
      const double current = sent < 0 ? 0 : static_cast<double>(sent / period);
      for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
        REQUIRE(out[static_cast<std::size_t>(s) * kLanes + lane] == (twice ? 4 : 2) * current);
      }
    }
  }
  int sum = 0;
  for (const Counted& generator : generators) sum += generator.asked;
  return sum;
}

}  // namespace

TEST_CASE("generators connected one by one are asked only when what they send may change") {
  constexpr std::int64_t kNever = 1'000'000;
  for (const bool twice : {false, true}) {
    CAPTURE(twice);
    CHECK(times_asked<GatheredCurrents>(kNever, false, twice) == kLanes);
    CHECK(times_asked<GatheredCurrents>(50, false, twice) == 12 * kLanes);
    CHECK(times_asked<GatheredNoise>(10, true, twice) == 60 * kLanes);
  }
}
