// linear_poisson_neuron: the same spikes as a step-by-step integration of the rate with the same
// draws, and the statistics that its equations promise.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "chi_square.h"
#include "neuron_driver.h"
#include "once.h"

namespace tegmenta::testing {
namespace {

const TimeGrid kGrid;
constexpr double kH = 0.1;              // ms
constexpr double kSecond = 1000;        // ms
constexpr std::uint32_t kSeed = 12345;  // of the driver

/// From rest.
NeuronDriver neurons(double nu_0, Settings settings, int n) {
  settings.insert(settings.end(), {{"nu_0", nu_0}, {"rate", nu_0}});
  return {"linear_poisson_neuron", settings, n, kGrid, nullptr};
}

/// One neuron by the plain way: in every step the integral of the rate, which is cut off at 0.
struct Plain {
  double nu_0, tau_syn;
  int refractory_steps;
  std::uint32_t node;
  double x = 0, hazard = 0;  // spikes to come of the input; to the next spike that is drawn
  std::uint32_t draws = 0;
  std::int64_t last = -1'000'000;

  void draw() {
    RandomStream random(kSeed, Purpose::kHazard, node, draws++, 0);
    hazard = random.exponential();
  }

  double integral() const {
    const double rate = nu_0 / kSecond, end = kH;
    const auto until = [&](double t) { return rate * t - x * std::expm1(-t / tau_syn); };
    if (rate + x / tau_syn >= 0) return until(end);
    const double silent = rate > 0 ? tau_syn * std::log(-x / tau_syn / rate) : end;
    return silent >= end ? 0 : until(end) - until(silent);
  }

  bool step(std::int64_t stamp, double input) {
    if (draws == 0) draw();
    hazard -= integral();
    x = x * std::exp(-kH / tau_syn) + input;
    if (hazard > 0) return false;
    draw();
    if (stamp - last <= refractory_steps) return false;
    last = stamp;
    return true;
  }
};

double survival(double rate, double steps) { return std::exp(-rate / kSecond * kH * steps); }

}  // namespace

TEST_CASE("linear_poisson_neuron: the spikes of a step-by-step integration" * once()) {
  struct Case {
    double nu_0, tau_syn, t_ref, weight, inhibition;
  };
  const auto all = {Case{10, 10, 0.2, 0.3, 0}, Case{0, 7, 0.2, 0.8, 0}, Case{40, 3, 0, 0.5, -0.5},
                    Case{200, 25, 1, 0, -3},   Case{0, 5, 0.3, 4, -1},  Case{900, 0.02, 0, 2, -2}};
  for (const Case& c : all) {
    constexpr int kNeurons = 19;
    NeuronDriver driver = neurons(c.nu_0, {{"tau_syn", c.tau_syn}, {"t_ref", c.t_ref}}, kNeurons);
    std::vector<Plain> plain;
    const auto refractory = static_cast<int>(std::lround(c.t_ref / kH));
    for (std::uint32_t i = 0; i < kNeurons; ++i) {
      plain.push_back({c.nu_0, c.tau_syn, refractory, 1 + i});
    }
    RandomStream random(3, Purpose::kPoisson, 1, 2, 3);
    std::int64_t stamp = 0;
    int spikes = 0, different = 0;
    for (int block = 0; block < 4000; ++block) {
      const int steps = 1 + static_cast<int>(random.below(kBlockSteps));
      std::vector<double> inputs;
      for (int s = 0; s < steps; ++s) {
        for (int i = 0; i < kNeurons; ++i) {
          const bool excites = random.below(200) == 0, inhibits = random.below(300) == 0;
          driver.excitatory(s, i) = excites ? c.weight : 0;
          driver.inhibitory(s, i) = inhibits ? c.inhibition : 0;
          inputs.push_back(driver.excitatory(s, i) + driver.inhibitory(s, i));
        }
      }
      driver.advance(steps);
      for (int s = 0; s < steps; ++s) {
        ++stamp;
        for (int i = 0; i < kNeurons; ++i) {
          const auto n = static_cast<std::size_t>(i);
          const bool fires =
              plain[n].step(stamp, inputs[static_cast<std::size_t>(s * kNeurons + i)]);
          different += fires != (driver.spikes(s, i) > 0);
          spikes += fires;
        }
      }
    }
    CAPTURE(c.nu_0);
    CHECK(different == 0);
    CHECK(spikes > 50);
  }
}

TEST_CASE("linear_poisson_neuron: intervals are exponential with a dead time" * once()) {
  constexpr double kRate = 100;
  for (const int dead : {0, 2, 30}) {
    constexpr int kNeurons = 64, kSteps = 200'000;
    NeuronDriver driver = neurons(kRate, {{"t_ref", dead * kH}}, kNeurons);
    std::vector<int> last(kNeurons, -1);
    std::vector<double> intervals;
    for (int step = 0; step < kSteps; step += kBlockSteps) {
      driver.advance(kBlockSteps);
      for (int s = 0; s < kBlockSteps; ++s) {
        for (int i = 0; i < kNeurons; ++i) {
          if (driver.spikes(s, i) == 0) continue;
          int& before = last[static_cast<std::size_t>(i)];
          if (before >= 0) intervals.push_back(step + s - before);
          before = step + s;
        }
      }
    }
    const auto n = static_cast<double>(intervals.size());
    double sum = 0, squares = 0;
    for (const double x : intervals) sum += x, squares += x * x;
    const double mean = sum / n, deviation = std::sqrt(squares / n - mean * mean);
    const double p = 1 - survival(kRate, 1);
    const double wanted = dead + 1 / p, wanted_deviation = std::sqrt(1 - p) / p;
    CHECK(std::abs(mean - wanted) < 4 * wanted_deviation / std::sqrt(n));
    // The deviation of an exponential's deviation is 1/√n of it.
    CHECK(std::abs(deviation / mean - wanted_deviation / wanted) < 5 / std::sqrt(n));
    std::sort(intervals.begin(), intervals.end());
    CHECK(intervals.front() == dead + 1);
    double distance = 0;
    for (std::size_t i = 0; i < intervals.size(); ++i) {
      if (i + 1 < intervals.size() && intervals[i + 1] == intervals[i]) continue;
      const double expected = 1 - survival(kRate, intervals[i] - dead);
      distance = std::max(distance, std::abs((static_cast<double>(i) + 1) / n - expected));
    }
    CHECK(distance < 1.95 / std::sqrt(n));  // Kolmogorov and Smirnov, 0.1 %
  }
}

TEST_CASE("linear_poisson_neuron: a weight is the expected number of spikes, spread like ε" *
          once()) {
  constexpr double kWeight = 0.4, kTau = 10;
  constexpr int kNeurons = 64, kBlocks = 1500, kPeriod = 100 * kBlockSteps;
  NeuronDriver driver = neurons(5, {{"tau_syn", kTau}, {"t_ref", 0}}, kNeurons);
  std::vector<double> counts(kPeriod, 0.0), expected(kPeriod, 0.0);
  for (int trial = 0; trial < kBlocks / 10; ++trial) {
    for (int first = 0; first < kPeriod; first += kBlockSteps) {
      if (first == 0) {
        for (int i = 0; i < kNeurons; ++i) driver.excitatory(0, i) = kWeight;
      }
      driver.advance(kBlockSteps);
      for (int s = 0; s < kBlockSteps; ++s) {
        for (int i = 0; i < kNeurons; ++i) {
          counts[static_cast<std::size_t>(first + s)] += driver.spikes(s, i);
        }
      }
    }
  }
  const double trials = kNeurons * (kBlocks / 10);
  double caused = 0, spontaneous = 0;
  for (int s = 0; s < kPeriod; ++s) {
    const double since = (s - 1) * kH;  // it acts from the end of step 0 on
    const double by_input =
        s == 0 ? 0 : kWeight * std::exp(-since / kTau) * -std::expm1(-kH / kTau);
    const double by_itself = 5 * kH / kSecond;
    expected[static_cast<std::size_t>(s)] = trials * -std::expm1(-by_input - by_itself);
    caused += counts[static_cast<std::size_t>(s)] / trials - by_itself;
    spontaneous += by_itself;
  }
  CHECK(std::abs(caused - kWeight) <
        4 * std::sqrt((kWeight + spontaneous) / trials) + 0.005 * kWeight);
  CHECK(std::abs(chi_square_deviation(counts, expected)) < 4);
}

TEST_CASE("linear_poisson_neuron: negative weights silence, for as long as the sum is negative" *
          once()) {
  constexpr int kNeurons = 64;
  // 50/s of nu_0 and −2/10 ms: silent for 10 ms · ln(200/50).
  NeuronDriver driver = neurons(50, {{"t_ref", 0}}, kNeurons);
  int silent = 0, late = 0;
  for (int trial = 0; trial < 400; ++trial) {
    constexpr int kSilent = 138;
    for (int step = 0; step < 320; step += kBlockSteps) {
      if (step == 0) {
        for (int i = 0; i < kNeurons; ++i) {
          driver.inhibitory(0, i) = -2;
        }
      }
      driver.advance(kBlockSteps);
      for (int s = 0; s < kBlockSteps; ++s) {
        const int since = step + s;  // steps of silence so far
        for (int i = 0; i < kNeurons; ++i) {
          if (since >= 1 && since <= kSilent) silent += driver.spikes(s, i);
          if (since > kSilent) late += driver.spikes(s, i);
        }
      }
    }
  }
  CHECK(silent == 0);
  CHECK(late > 1000);
}

TEST_CASE("linear_poisson_neuron: at most one spike a step, however high the rate" * once()) {
  for (const double nu_0 : {1e7, 1e300}) {
    NeuronDriver free = neurons(nu_0, {{"t_ref", 0}}, 1);
    NeuronDriver held = neurons(nu_0, {{"t_ref", 0.2}}, 1);
    free.advance(kBlockSteps);
    held.advance(kBlockSteps);
    for (int s = 0; s < kBlockSteps; ++s) {
      CHECK(free.spikes(s) == 1);
      CHECK(held.spikes(s) == (s % 3 == 0 ? 1 : 0));
    }
  }
}

TEST_CASE("linear_poisson_neuron: an input beyond all numbers names the neuron" * once()) {
  NeuronDriver driver = neurons(10, {{"tau_syn", 1e-300}}, 3);
  driver.excitatory(2, 1) = 1e10;
  CHECK_THROWS_WITH_AS(driver.advance(4),
                       doctest::Contains("linear_poisson_neuron, node 2, at 0.2"), Error);
}

}  // namespace tegmenta::testing
