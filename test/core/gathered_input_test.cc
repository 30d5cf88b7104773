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
class Counted final : public DeviceOf<Counted, CurrentGenerator> {
 public:
  static constexpr const char* kName = "counted";
  static constexpr const char* kSummary = "Counts how often it is asked.";
  static constexpr const char* kSource = "";
  using Parameters = Window;
  static constexpr std::tuple<> kParameters{};

  Counted(std::int64_t period, bool noise) : period_(period), noise_(noise) {}
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
    input.add_to(out.data(), block, setting);
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

/// Kernels that count how often they are called.
struct CalledKernels {
  static inline simd::Kernels plain;
  static inline int halves = 0, waves = 0;

  simd::Kernels counting;
  CalledKernels() {
    plain = counting = *simd::available_levels().back();
    halves = waves = 0;
    counting.poisson_halves = [](std::uint16_t* to, const simd::PoissonHalves& p, std::size_t n) {
      ++halves;
      plain.poisson_halves(to, p, n);
    };
    counting.waves = [](double* to, const simd::Waves& w, std::size_t n) {
      ++waves;
      plain.waves(to, w, n);
    };
  }
};

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

TEST_CASE("sines of generators connected one by one are worked out together") {
  const TimeGrid grid;
  const auto ac = make_ac_generator();
  const CalledKernels kernels;
  const InputSetting setting{grid, kernels.counting, 7, 1};
  ac->set({{"amplitude", 90.0}, {"frequency", 40.0}}, DeviceContext{&grid, 0, false});
  const auto& generator = static_cast<const CurrentGenerator&>(*ac);
  GatheredCurrents input;
  for (std::uint32_t i = 0; i < kLanes; ++i) {
    input.entries.add({i, input.add_source(generator, {}), 1.0, i, 0});
  }
  input.finish();
  input.reserve(kSliceSteps);
  for (int k = 0; k < kSlices; ++k) input.begin_slice(k * kSliceSteps, kSliceSteps, setting);
  // Once a step for all of them; of the first, from before they sound, up to a slice more.
  CHECK(CalledKernels::waves >= kSlices * kSliceSteps - 2);
  CHECK(CalledKernels::waves <= (kSlices + 1) * kSliceSteps);
}

TEST_CASE("Poisson generators connected one by one give the counts of their own words, together") {
  const TimeGrid grid;
  const CalledKernels kernels;
  const InputSetting setting{grid, kernels.counting, 7, 1};
  for (const bool uniform : {true, false}) {
    CAPTURE(uniform);
    CalledKernels::halves = 0;
    std::vector<std::unique_ptr<Device>> devices;
    std::vector<double> weights;
    GatheredPoisson input;
    for (std::uint32_t i = 0; i < kLanes; ++i) {
      devices.push_back(make_poisson_generator());
      auto& generator = static_cast<PoissonGenerator&>(*devices.back());
      // From silence over common rates to means beyond tables; at last, delays beyond a block.
      const double rate = uniform ? 8000 : i % 7 == 0 ? 0 : 0.3 * i * i * i * i;
      generator.set({{"rate", rate}}, DeviceContext{&grid, 0, false});
      generator.make_line(-100, 1000, grid);
      weights.push_back(uniform ? 1.5 : i % 3 == 0 ? -0.5 : 1.5);
      SentWindow window;
      window.delay = uniform ? 10 : 1 + i % 13;
      input.entries.add({i, input.add_source(generator, window), weights[i], 40 + i, 0});
    }
    input.finish();
    input.reserve(kSliceSteps);
    input.begin_run();
    for (std::int64_t origin = 0; origin < kSlices * kSliceSteps; origin += kSliceSteps) {
      AlignedVector<double> sums[2];
      for (auto& sum : sums) sum.assign(kLanes * kSliceSteps, 0.0);
      const InputBlock block{0, kLanes, origin, 0, kSliceSteps, kLanes};
      input.add_to(sums[0].data(), sums[1].data(), block, setting);
      for (std::uint32_t i = 0; i < kLanes; ++i) {
        const auto& generator = static_cast<const PoissonGenerator&>(*devices[i]);
        const std::uint32_t delay = uniform ? 10 : 1 + i % 13;
        for (int s = 0; s < kSliceSteps; ++s) {
          const std::int64_t stamp = origin + s + 1 - delay;
          const PoissonTable* table = stamp >= 1 ? generator.line().at(stamp) : nullptr;
          const PoissonDraw draw{7, 40 + i, 1, i, 0, stamp};
          const double expected = table ? weights[i] * draw.count(*table) : 0;
          const std::size_t at = static_cast<std::size_t>(s) * kLanes + i;
          REQUIRE(sums[weights[i] > 0 ? 0 : 1][at] == expected);
          REQUIRE(sums[weights[i] > 0 ? 1 : 0][at] == 0);
        }
      }
    }
    // Once a step for all of them.
    CHECK(CalledKernels::halves <= kSlices * kSliceSteps);
  }
}
