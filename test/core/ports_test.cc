// Neurons with receptor ports: iaf_cond_exp_multisynapse by itself, and what reaches its ports.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/random.h"
#include "models/neurons/common.h"
#include "neuron_driver.h"
#include "once.h"
#include "simd/dispatch.h"
#include "simd/normal_words.h"

namespace tegmenta::testing {
namespace {

const std::string kModel = "iaf_cond_exp_multisynapse";

/// A port, with what its conductance begins with.
struct Port {
  double E_rev, tau_syn, g;
};

struct Membrane {
  double C_m = 300, g_L = 10, E_L = -70, I_e = 0;
};

/// V_m after every step of h, by Runge and Kutta's rule with a thousand steps in each.
std::vector<double> fine_potential(const Membrane& m, const std::vector<Port>& ports, double h,
                                   int steps) {
  constexpr int kParts = 1000;
  const auto slope = [&](double t, double v) {
    double flow = m.I_e - m.g_L * (v - m.E_L);
    for (const Port& p : ports) flow -= p.g * std::exp(-t / p.tau_syn) * (v - p.E_rev);
    return flow / m.C_m;
  };
  std::vector<double> potential;
  double v = -70;
  const double part = h / kParts;
  for (int s = 0; s < steps; ++s) {
    for (int i = 0; i < kParts; ++i) {
      const double t = s * h + i * part;
      const double k1 = slope(t, v), k2 = slope(t + part / 2, v + part / 2 * k1);
      const double k3 = slope(t + part / 2, v + part / 2 * k2), k4 = slope(t + part, v + part * k3);
      v += part / 6 * (k1 + 2 * (k2 + k3) + k4);
    }
    potential.push_back(v);
  }
  return potential;
}

NeuronDriver with_ports(const Membrane& m, const std::vector<Port>& ports, double h,
                        const simd::Kernels* level = &simd::default_level()) {
  Settings settings = {{"C_m", m.C_m},
                       {"g_L", m.g_L},
                       {"E_L", m.E_L},
                       {"I_e", m.I_e},
                       {"V_th", std::numeric_limits<double>::infinity()}};
  for (std::size_t k = 0; k < ports.size(); ++k) {
    const std::string number = std::to_string(k + 1);
    settings.emplace_back("E_rev_" + number, ports[k].E_rev);
    settings.emplace_back("tau_syn_" + number, ports[k].tau_syn);
    settings.emplace_back("g_" + number, ports[k].g);
  }
  return {kModel,
          settings,
          1,
          *TimeGrid::with_resolution(h),
          level,
          NeuronDriver::Coefficients::kShared,
          static_cast<int>(ports.size())};
}

/// The largest error of the deflection, relative to the largest deflection.
double error_of(const Membrane& m, const std::vector<Port>& ports, double h, int steps) {
  NeuronDriver neuron = with_ports(m, ports, h);
  const std::vector<double> exact = fine_potential(m, ports, h, steps);
  double error = 0, deflection = 0;
  for (int s = 0; s < steps; ++s) {
    neuron.advance(1);
    const double v = exact[static_cast<std::size_t>(s)];
    error = std::max(error, std::fabs(neuron.state("V_m") - v));
    deflection = std::max(deflection, std::fabs(v + 70));
  }
  return error / deflection;
}

TEST_CASE("ports: potentials by one and by several conductances agree with a fine integration") {
  for (const double g : {10.0, 30.0, 100.0}) {
    CAPTURE(g);
    CHECK(error_of({}, {{0, 5, g}}, 0.1, 300) < 1e-6);
    CHECK(error_of({}, {{0, 5, g}, {-75, 5, 2 * g}, {10, 100, g / 4}}, 0.1, 300) < 1e-6);
    CHECK(error_of({.I_e = 40}, {{0, 5, g}, {-90, 1, g}}, 0.1, 300) < 1e-6);
  }
}

/// The largest of what a conductance of 1, decaying by tau_syn, evokes in a membrane of 30 ms whose
/// driving force stays, relative to what it evokes as a constant.
double largest(double tau_syn) {
  constexpr double kTau = 30;
  const double ratio = tau_syn / kTau, apart = kTau - tau_syn;
  return tau_syn / apart * (std::pow(ratio, tau_syn / apart) - std::pow(ratio, kTau / apart));
}

/// The weight at which that is `scale` of the way from rest to the threshold: Legenstein, Pecevski
/// & Maass (2008).
double weight_for(double scale, double E_rev, double tau_syn) {
  constexpr double kLeak = 10, kRest = -70, kThreshold = -59;
  return scale * (kThreshold - kRest) * kLeak / (std::fabs(E_rev - kRest) * largest(tau_syn));
}

TEST_CASE("ports: weights by the height of the potential that they evoke") {
  CHECK(largest(5) == doctest::Approx(0.11647).epsilon(5e-5));
  CHECK(largest(3) == doctest::Approx(0.07743).epsilon(5e-5));
  CHECK(largest(10) == doctest::Approx(0.19245).epsilon(5e-5));
  CHECK(weight_for(0.8, 0, 5) == doctest::Approx(10.79).epsilon(5e-4));
  CHECK(weight_for(0.8 * 1.4, -75, 5) == doctest::Approx(211.6).epsilon(5e-4));
  // Small ones do not move the driving force.
  for (const double E_rev : {0.0, -75.0}) {
    for (const double tau_syn : {3.0, 5.0, 10.0}) {
      CAPTURE(tau_syn);
      constexpr double kSmall = 1e-5;
      NeuronDriver neuron =
          with_ports({}, {{E_rev, tau_syn, weight_for(kSmall, E_rev, tau_syn)}}, 0.1);
      double peak = 0;
      for (int s = 0; s < 600; ++s) {
        neuron.advance(1);
        peak = std::max(peak, std::fabs(neuron.state("V_m") + 70));
      }
      CHECK(peak == doctest::Approx(kSmall * 11).epsilon(1e-4));
    }
  }
}

TEST_CASE("ports: the error is of the fourth order in the step") {
  const std::vector<Port> ports = {{0, 5, 20}, {-75, 3, 30}};
  const double whole = error_of({}, ports, 1, 20), half = error_of({}, ports, 0.5, 40);
  const double quarter = error_of({}, ports, 0.25, 80);
  CHECK(whole / half == doctest::Approx(16).epsilon(0.1));
  CHECK(half / quarter == doctest::Approx(16).epsilon(0.1));
}

TEST_CASE("ports: steps without leak, without conductance, and with extreme ones stay finite") {
  // Nothing flows.
  NeuronDriver idle = with_ports({.g_L = 0}, {{0, 5, 0}}, 0.1);
  idle.advance(16);
  CHECK(idle.state("V_m") == -70);
  // A current alone charges the membrane.
  NeuronDriver charged = with_ports({.g_L = 0, .I_e = 30}, {{0, 5, 0}}, 0.1);
  charged.advance(10);
  CHECK(charged.state("V_m") == doctest::Approx(-70 + 30 * 1.0 / 300).epsilon(1e-12));
  // What decays within a part of the step has its whole charge.
  for (const double tau : {1e-3, 1e-300, 1e-308}) {
    CAPTURE(tau);
    NeuronDriver brief = with_ports({.g_L = 0}, {{0, tau, 1e3}}, 0.1);
    brief.advance(1);
    const double through = 1e3 * tau / 300;
    CHECK(brief.state("V_m") == doctest::Approx(-70 * std::exp(-through)).epsilon(1e-6));
    CHECK(brief.state("g_1") < 1e-40);
  }
  // A large one holds the potential at its reversal potential.
  for (const double g : {1e6, 1e9, 1e100}) {
    CAPTURE(g);
    NeuronDriver clamped = with_ports({}, {{-20, 5, g}, {-20, 2, g}}, 0.1);
    clamped.advance(4);
    CHECK(clamped.state("V_m") == doctest::Approx(-20).epsilon(1e-4));
  }
}

TEST_CASE("ports: where the relaxation is worked out in another way, nothing jumps") {
  // h g / C = 0.25 is at 750 nS.
  double before = 0;
  for (int i = -3; i <= 3; ++i) {
    NeuronDriver neuron = with_ports({.g_L = 0}, {{0, 1e6, 750 + i * 1e-6}}, 0.1);
    neuron.advance(1);
    const double v = neuron.state("V_m");
    if (i > -3) CHECK(std::fabs(v - before) < 1e-7);
    before = v;
  }
}

TEST_CASE("ports: input arrives at the end of its step, the potential sees it in the next") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    NeuronDriver neuron = with_ports({}, {{0, 5, 0}, {-75, 2, 0}, {0, 1, 0}}, 0.1, level);
    neuron.port(2, 0) = 7;
    neuron.port(3, 1) = 3;
    neuron.advance(1);
    CHECK(neuron.state("V_m") == -70);
    CHECK(neuron.state("g_1") == 0);
    CHECK(neuron.state("g_2") == 7);
    neuron.port(3, 0) = 3;
    neuron.advance(1);
    CHECK(neuron.state("V_m") < -70);
    CHECK(neuron.state("g_2") == doctest::Approx(7 * std::exp(-0.1 / 2)).epsilon(1e-14));
    CHECK(neuron.state("g_3") == 3);
  }
}

/// Fluctuating conductances as a membrane in vivo has.
const Settings kNoisy = {{"g_e0", 12},     {"g_i0", 57}, {"sigma_e", 3},
                         {"sigma_i", 6.6}, {"g_e", 12},  {"g_i", 57}};

struct Drawn {
  std::vector<std::vector<double>> columns;
  std::vector<std::uint8_t> masks;
  bool operator==(const Drawn& other) const = default;
};

Drawn noisy(int n, const simd::Kernels* level, NeuronDriver::Coefficients how, int together) {
  NeuronDriver neurons(kModel, kNoisy, n, TimeGrid(), level, how, 3);
  if (how == NeuronDriver::Coefficients::kPerNeuron) {
    for (int i = 1; i < n; i += 3) {
      neurons.calibrate(i, parameters_of(neurons.model(), {{"g_e0", 12}, {"g_i0", 57}}));
    }
  }
  Drawn drawn;
  for (int step = 0; step < 192; step += together) {
    for (int s = 0; s < together; ++s) {
      for (int i = 0; i < n; ++i) {
        const int when = step + s + i;
        if (when % 11 == 0) neurons.port(1 + when % 3, s, i) = 40;
        if ((step + s) / 16 % 2 == 0) neurons.current(s, i) = 50 * (i % 5);
      }
    }
    neurons.advance(together);
    for (int s = 0; s < together; ++s) {
      for (int i = 0; i < n; ++i) drawn.masks.push_back(neurons.spikes(s, i) > 0);
    }
  }
  for (const auto& column : neurons.columns()) {
    drawn.columns.emplace_back(column.begin(), column.begin() + n);
  }
  return drawn;
}

TEST_CASE("ports: drawn conductances have the same bits at every level, one by one, however cut" *
          once()) {
  for (const auto how :
       {NeuronDriver::Coefficients::kShared, NeuronDriver::Coefficients::kPerNeuron}) {
    for (const int n : {1, 8, 9, 16, 19, 64}) {
      CAPTURE(n);
      const Drawn expected = noisy(n, nullptr, how, 16);
      CHECK(std::count(expected.masks.begin(), expected.masks.end(), 1) > 0);
      for (const simd::Kernels* level : simd::available_levels()) {
        CAPTURE(level->name);
        CHECK(noisy(n, level, how, 16) == expected);
        CHECK(noisy(n, level, how, 1) == expected);
      }
    }
  }
}

TEST_CASE("normal pairs: mean, variance, third and fourth moments, correlation, tails") {
  constexpr int kPairs = 1 << 20;
  std::array<double, 4> moments{};
  double product = 0;
  int beyond = 0;
  RandomStream random(7, Purpose::kConductance, 1, 2, 3);
  for (int i = 0; i < kPairs; ++i) {
    const std::uint32_t radius = random.next_u32(), angle = random.next_u32();
    const auto pair = normal_pair<OneLane>(radius, angle);
    product += double{pair.first} * pair.second;
    for (const double x : {double{pair.first}, double{pair.second}}) {
      double power = 1;
      for (double& moment : moments) moment += power *= x;
      beyond += std::fabs(x) > 3;
    }
  }
  // Within five standard errors each, for n numbers: 1, 2, 15 and 96 over n are their variances.
  constexpr double kNumbers = 2.0 * kPairs;
  const double error = 5 / std::sqrt(kNumbers);
  CHECK(std::fabs(moments[0] / kNumbers) < error);
  CHECK(std::fabs(moments[1] / kNumbers - 1) < error * std::sqrt(2.0));
  CHECK(std::fabs(moments[2] / kNumbers) < error * std::sqrt(15.0));
  CHECK(std::fabs(moments[3] / kNumbers - 3) < error * std::sqrt(96.0));
  CHECK(std::fabs(product / kPairs) < 5 / std::sqrt(double{kPairs}));
  const double expected = std::erfc(3 / std::sqrt(2.0)) * kNumbers;
  CHECK(std::fabs(beyond - expected) < 5 * std::sqrt(expected));
}

TEST_CASE("normal pairs: all words give finite numbers, close to those of double precision") {
  constexpr double kPi = 3.14159265358979323846;
  std::minstd_rand random(3);
  std::vector<std::uint32_t> words = {0, 1, 2, 0x7fffffffu, 0x80000000u, 0xfffffffeu, 0xffffffffu};
  for (int i = 0; i < 3000; ++i) words.push_back(static_cast<std::uint32_t>(random()) * 2 + i % 2);
  for (const std::uint32_t radius_word : {words[0], words[3], words[6], words[10], words[500]}) {
    for (const std::uint32_t angle_word : words) {
      const auto pair = normal_pair<OneLane>(radius_word, angle_word);
      // What words are rounded to is not an error of what is worked out from them.
      const auto odd = static_cast<std::int32_t>((radius_word >> 1) | 1u);
      const double u = double{static_cast<float>(odd)} * 0x1p-31;
      const auto turned = static_cast<std::int32_t>(angle_word << 2);
      const double angle =
          kPi / 2 * (angle_word >> 30) + kPi / 4 * double{static_cast<float>(turned)} * 0x1p-31;
      const double radius = std::sqrt(-2 * std::log(u));
      CHECK(std::fabs(pair.first - radius * std::cos(angle)) < 1e-6 * (1 + radius));
      CHECK(std::fabs(pair.second - radius * std::sin(angle)) < 1e-6 * (1 + radius));
    }
  }
}

TEST_CASE("ports: a fluctuating conductance has its mean, variance and autocorrelation" * once()) {
  constexpr int kNeurons = 64, kSteps = 40000;
  Settings settings = kNoisy;
  settings.emplace_back("V_th", std::numeric_limits<double>::infinity());
  NeuronDriver neurons(kModel, settings, kNeurons, TimeGrid(), &simd::default_level());
  struct Process {
    const char* name;
    double mean, sigma, tau;
    std::vector<double> trace;
  };
  std::vector<Process> processes = {{"g_e", 12, 3, 2.7, {}}, {"g_i", 57, 6.6, 10.5, {}}};
  for (int s = 0; s < 1000; ++s) neurons.advance(1);
  for (int s = 0; s < kSteps; ++s) {
    neurons.advance(1);
    for (Process& p : processes) {
      for (int i = 0; i < kNeurons; ++i) p.trace.push_back(neurons.state(p.name, i) - p.mean);
    }
  }
  for (const Process& p : processes) {
    CAPTURE(p.name);
    const double n = double{kNeurons} * kSteps;
    const auto correlated = [&](int lag) {
      double sum = 0;
      const std::size_t shift = static_cast<std::size_t>(lag) * kNeurons;
      for (std::size_t i = shift; i < p.trace.size(); ++i) sum += p.trace[i] * p.trace[i - shift];
      return sum / static_cast<double>(p.trace.size() - shift);
    };
    double mean = 0;
    for (const double x : p.trace) mean += x / n;
    // Independent samples are 2 τ apart, those of squares τ: standard errors by these numbers.
    const double of_mean = p.sigma * std::sqrt(2 * p.tau / 0.1 / n);
    const double of_square = p.sigma * p.sigma * std::sqrt(2 * p.tau / 0.1 / n);
    CHECK(std::fabs(mean) < 4 * of_mean);
    CHECK(std::fabs(correlated(0) - p.sigma * p.sigma) < 4 * of_square);
    for (const int lag : {10, 30, 100}) {
      CAPTURE(lag);
      const double expected = p.sigma * p.sigma * std::exp(-lag * 0.1 / p.tau);
      CHECK(std::fabs(correlated(lag) - expected) < 4 * of_square);
    }
  }
  // Neurons of one block of words, and the two of a neuron, are independent.
  double neighbours = 0, both = 0;
  const auto& e = processes[0].trace;
  const auto& i = processes[1].trace;
  for (std::size_t s = 0; s < e.size(); s += kNeurons) {
    neighbours += e[s] * e[s + kNormalHalf] / kSteps;
    both += e[s] * i[s] / kSteps;
  }
  CHECK(std::fabs(neighbours) < 4 * 9 * std::sqrt(2 * 2.7 / 0.1 / kSteps));
  CHECK(std::fabs(both) < 4 * 3 * 6.6 * std::sqrt(2 * 10.5 / 0.1 / kSteps));
}

TEST_CASE("ports: without spread nothing is drawn, and conductances relax to their means") {
  NeuronDriver neuron(kModel, {{"g_e0", 12}, {"g_e", 20}}, 1, TimeGrid(), &simd::default_level());
  neuron.advance(10);
  CHECK(neuron.state("g_e") == doctest::Approx(12 + 8 * std::exp(-1.0 / 2.7)).epsilon(1e-13));
  CHECK(neuron.state("g_i") == 0);
}

TEST_CASE("ports: there are as many as are asked for, made once") {
  const NeuronModel& model = model_named(kModel);
  CHECK(&model.with_ports(1) == &model);
  const NeuronModel& more = model.with_ports(250);
  CHECK(&model.with_ports(250) == &more);
  CHECK(more.ports == 250);
  CHECK(more.states.back().name == "g_250");
  CHECK(more.with_columns(model.parameter_columns())->ports == 1);
  CHECK(more.with_columns(model.parameters.size()) == nullptr);
  CHECK(more.with_columns(model.parameters.size() + 3) == nullptr);
  CHECK(more.with_columns(model.parameters.size() + 2 * 251) == nullptr);
  const NeuronModel& without = model_named("iaf_psc_exp");
  CHECK(&without.with_ports(3) == &without);
  CHECK(without.with_columns(1) == nullptr);
}

}  // namespace
}  // namespace tegmenta::testing
