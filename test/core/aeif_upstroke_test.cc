// The upstroke of aeif_cond_exp where it outruns the adaptive integration (small Delta_T, high
// V_peak): spikes and adaptation against a fine integration of the same equations.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "neuron_driver.h"
#include "scalar_conductance.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

struct Protocol {
  double Delta_T = 2, I_e = 1000, V_peak = 0, t_ref = 0, a = 4, b = 80.5, tau_w = 144;
  double resolution = 0.1, time = 60;

  Settings settings() const {
    return {{"Delta_T", Delta_T}, {"I_e", I_e}, {"V_peak", V_peak},
            {"t_ref", t_ref},     {"a", a},     {"b", b},
            {"tau_w", tau_w}};
  }
};

struct Outcome {
  std::vector<int> stamps;  // steps
  std::vector<double> w;    // after each step
};

Outcome integrated(const Protocol& protocol, const simd::Kernels& level) {
  const TimeGrid grid = *TimeGrid::with_resolution(protocol.resolution);
  NeuronDriver neuron("aeif_cond_exp", protocol.settings(), 1, grid, &level);
  Outcome outcome;
  const int steps = static_cast<int>(std::lround(protocol.time / protocol.resolution));
  for (int s = 0; s < steps; ++s) {
    neuron.advance(1);
    outcome.stamps.insert(outcome.stamps.end(), static_cast<std::size_t>(neuron.spikes(0)), s + 1);
    outcome.w.push_back(neuron.state("w"));
  }
  return outcome;
}

/// Classical Runge-Kutta with steps in which the potential moves by a twentieth of Delta_T at most,
/// so that the last of the upstroke takes as many as its beginning.
class Exact {
 public:
  explicit Exact(const Protocol& protocol) : p_(protocol) {
    const int steps = static_cast<int>(std::lround(p_.time / p_.resolution));
    for (int s = 0; s < steps; ++s) {
      step(s);
      outcome.w.push_back(w_);
    }
  }

  Outcome outcome;

 private:
  struct Slopes {
    double V, w;
  };

  Slopes slopes(double V, double w) const {
    const double v = held_ > 0 ? kReset : V;
    const double upstroke = kLeak * p_.Delta_T * std::exp((v - kTheta) / p_.Delta_T);
    return {held_ > 0 ? 0 : (upstroke - kLeak * (v - kRest) - w + p_.I_e) / 281,
            (p_.a * (v - kRest) - w) / p_.tau_w};
  }

  void step(int s) {
    double left = p_.resolution;
    while (left > 1e-14 * p_.resolution) {
      const Slopes k1 = slopes(V_, w_);
      const double h = std::min({left, 1e-2, 0.05 * p_.Delta_T / std::fabs(k1.V)});
      const Slopes k2 = slopes(V_ + h / 2 * k1.V, w_ + h / 2 * k1.w);
      const Slopes k3 = slopes(V_ + h / 2 * k2.V, w_ + h / 2 * k2.w);
      const Slopes k4 = slopes(V_ + h * k3.V, w_ + h * k3.w);
      V_ += h / 6 * (k1.V + 2 * k2.V + 2 * k3.V + k4.V);
      w_ += h / 6 * (k1.w + 2 * k2.w + 2 * k3.w + k4.w);
      left -= h;
      if (held_ > 0 || V_ < p_.V_peak) continue;
      V_ = kReset;
      w_ += p_.b;
      const double steps = std::ceil(p_.t_ref / p_.resolution - 1e-9);
      held_ = steps > 0 ? steps + 1 : 0;
      outcome.stamps.push_back(s + 1);
    }
    if (held_ > 0) held_ -= 1;
  }

  static constexpr double kReset = -60, kLeak = 30, kTheta = -50.4, kRest = -70.6;
  Protocol p_;
  double V_ = kRest, w_ = 0, held_ = 0;
};

/// The largest difference of w, relative to its own size, while as many spikes have passed on both
/// sides.
double deviation_of_w(const Outcome& found, const Outcome& exact) {
  double largest = 0, scale = 1;
  for (const double w : exact.w) scale = std::max(scale, std::fabs(w));
  const auto passed = [](const Outcome& o, std::size_t s) {
    return std::upper_bound(o.stamps.begin(), o.stamps.end(), static_cast<int>(s) + 1) -
           o.stamps.begin();
  };
  for (std::size_t s = 0; s < exact.w.size(); ++s) {
    if (passed(found, s) != passed(exact, s)) continue;
    largest = std::max(largest, std::fabs(found.w[s] - exact.w[s]) / scale);
  }
  return largest;
}

void check_against_exact(const Protocol& protocol) {
  CAPTURE(protocol.Delta_T);
  CAPTURE(protocol.I_e);
  CAPTURE(protocol.V_peak);
  CAPTURE(protocol.t_ref);
  CAPTURE(protocol.a);
  CAPTURE(protocol.b);
  CAPTURE(protocol.tau_w);
  CAPTURE(protocol.resolution);
  const Outcome found = integrated(protocol, simd::default_level());
  const Outcome exact = Exact(protocol).outcome;
  REQUIRE(found.stamps.size() == exact.stamps.size());
  for (std::size_t i = 0; i < exact.stamps.size(); ++i) {
    CHECK(std::abs(found.stamps[i] - exact.stamps[i]) <= 1);
  }
  CHECK(deviation_of_w(found, exact) < 0.01);
}

TEST_CASE("aeif_cond_exp: spikes of a steep upstroke at the times of the exact solution") {
  struct Case {
    double Delta_T;
    std::vector<double> times;
  };
  // LSODA with a tolerance of 1e-10, the spike located as an event; the moment itself, in ms.
  for (const Case& c : {Case{0.3, {9.6, 16.7, 25.5, 36.6, 51.3, 71.6, 98.8}},
                        Case{0.5, {10.0, 17.6, 26.8, 38.6, 54.0, 75.0}},
                        Case{1.0, {10.7, 19.2, 29.5, 42.3, 58.9, 80.7}}}) {
    CAPTURE(c.Delta_T);
    Protocol protocol;
    protocol.Delta_T = c.Delta_T;
    protocol.time = 100;
    const Outcome found = integrated(protocol, simd::default_level());
    REQUIRE(found.stamps.size() == c.times.size());
    for (std::size_t i = 0; i < c.times.size(); ++i) {
      CHECK(std::fabs(0.1 * found.stamps[i] - c.times[i]) < 0.1 + 1e-9);
    }
  }
}

TEST_CASE("aeif_cond_exp: Delta_T 0.5 with a refractory period fires 9 times in 200 ms") {
  Protocol protocol;
  protocol.Delta_T = 0.5;
  protocol.t_ref = 2;
  protocol.time = 200;
  const Outcome found = integrated(protocol, simd::default_level());
  CHECK(found.stamps.size() == 9);
  CHECK(found.w.back() > 0);
  check_against_exact(protocol);
}

TEST_CASE("aeif_cond_exp: upstrokes of every steepness follow a fine integration") {
  for (const double Delta_T : {0.2, 0.3, 0.35, 0.45, 0.55, 0.7, 1.0, 1.4, 2.0}) {
    for (const double I_e : {700.0, 1000.0, 2500.0}) {
      for (const double resolution : {0.1, 0.5, 1.0}) {
        Protocol protocol;
        protocol.Delta_T = Delta_T;
        protocol.I_e = I_e;
        protocol.resolution = resolution;
        protocol.V_peak = Delta_T > 0.25 ? 0 : -20;
        check_against_exact(protocol);
        protocol.t_ref = 2;
        protocol.a = 20;
        protocol.b = 40;
        protocol.tau_w = 30;
        check_against_exact(protocol);
        // A spike next to the border of a step moves the refractory period by that step.
        protocol.t_ref = resolution < 0.5 ? 0.5 : 0;
        protocol.a = 0;
        protocol.b = 150;
        protocol.V_peak = -45;
        check_against_exact(protocol);
      }
    }
  }
}

TEST_CASE("aeif_cond_exp: a located spike has the same bits at every level") {
  for (const double Delta_T : {0.3, 0.5, 2.0}) {
    CAPTURE(Delta_T);
    Settings settings = {{"Delta_T", Delta_T}, {"I_e", 1200}, {"t_ref", 0.3}};
    SubstepCounts counts;
    for (const simd::Kernels* level : simd::available_levels()) {
      CAPTURE(level->name);
      NeuronDriver vectors("aeif_cond_exp", settings, 11, TimeGrid(), level);
      NeuronDriver scalars("aeif_cond_exp", settings, 11, TimeGrid(), nullptr);
      scalars.replace_update(
          [&](const NeuronBlock& b) { scalar_conductance_update("aeif_cond_exp", b, counts); });
      int spikes = 0;
      for (int block = 0; block < 40; ++block) {
        for (NeuronDriver* driver : {&vectors, &scalars}) {
          for (int i = 0; i < 11; ++i) driver->current(0, i) = 100.0 * i;
          driver->advance(kBlockSteps);
        }
        REQUIRE(vectors.masks() == scalars.masks());
        for (std::size_t c = 0; c + 1 < vectors.columns().size(); ++c) {
          for (std::size_t i = 0; i < 11; ++i) {
            REQUIRE(vectors.columns()[c][i] == scalars.columns()[c][i]);
          }
        }
        for (int s = 0; s < kBlockSteps; ++s) {
          for (int i = 0; i < 11; ++i) spikes += vectors.spikes(s, i);
        }
      }
      CHECK(spikes > 50);
    }
    CHECK((counts.outrun > 0) == (Delta_T < 1));
  }
}

}  // namespace
}  // namespace tegmenta::testing
