// Loops over dense weight matrices: every instruction-set level against plain loops, bit for bit.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "allocations.h"
#include "base/elementary.h"
#include "base/errors.h"
#include "dense/activation.h"
#include "dense/lif_cell.h"
#include "dense/reinforce.h"
#include "dense/stdp.h"
#include "simd/dispatch.h"
#include "special_numbers.h"

namespace tegmenta::testing {
namespace {

using simd::DenseShape;
using simd::PairRule;
using Numbers = std::vector<double>;

/// Uniform numbers in [low, high).
Numbers numbers(std::size_t n, std::uint64_t seed, double low, double high) {
  Numbers values(n);
  std::uint64_t state = seed * 2654435761u + 1;
  for (double& x : values) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    x = low + (high - low) * static_cast<double>(state >> 40) * 0x1p-24;
  }
  return values;
}

/// 1 with a chance of 0.3, else 0.
Numbers spikes(std::size_t n, std::uint64_t seed) {
  Numbers values = numbers(n, seed, 0, 1);
  for (double& x : values) x = x < 0.3 ? 1 : 0;
  return values;
}

double power_or_zero(double x, double y) { return x > 0 ? elementary::plain_pow(x, y) : 0; }

double clipped(double x, const PairRule& rule) {
  x = x < rule.w_min ? rule.w_min : x;
  return x > rule.w_bound ? rule.w_bound : x;
}

/// Everything that one cable holds.
struct Cable {
  DenseShape shape;
  Numbers weights, mask, eligibility, pairings, last;
  Numbers pre_spike, post_spike, pre_trace, post_trace, modulator, outmask;

  explicit Cable(DenseShape s)
      : shape(s),
        weights(numbers(s.inputs * s.outputs, 1, -0.2, 1.2)),
        mask(spikes(s.inputs * s.outputs, 2)),
        eligibility(numbers(s.batch * s.inputs * s.outputs, 3, -1, 1)),
        pairings(numbers(s.batch * s.inputs * s.outputs, 4, -1, 1)),
        last(2 * s.batch * (s.inputs + s.outputs)),
        pre_spike(spikes(s.batch * s.inputs, 5)),
        post_spike(spikes(s.batch * s.outputs, 6)),
        pre_trace(numbers(s.batch * s.inputs, 7, 0, 2)),
        post_trace(numbers(s.batch * s.outputs, 8, 0, 2)),
        modulator(numbers(s.batch, 9, -1, 1)),
        outmask(numbers(s.outputs, 10, 0, 1)) {}

  simd::PairActivity activity() const {
    return {pre_spike.data(), post_spike.data(), pre_trace.data(), post_trace.data()};
  }
};

double pairing(const PairRule& rule, const DenseShape& shape, const simd::PairActivity& a, double w,
               std::size_t b, std::size_t j, std::size_t i) {
  const std::size_t pre = b * shape.inputs + j, post = b * shape.outputs + i;
  double causal = rule.a_plus * (a.pre_trace[pre] - rule.pretrace_target) * a.post_spike[post];
  double anticausal = rule.a_minus * a.pre_spike[pre] * a.post_trace[post];
  if (rule.mu > 0) {
    causal = causal * power_or_zero(rule.w_bound - w, rule.mu);
    anticausal = anticausal * power_or_zero(w - rule.w_min, rule.mu);
  }
  return causal - anticausal;
}

void plain_mstdpet(Cable& c, const dense::StdpRule& rule, double eta, double dt, bool masked,
                   bool from_pairings) {
  const auto [n, m, batch] = c.shape;
  const simd::PairActivity last = dense::LastActivity{c.last.data()}.of(c.shape);
  const double decay =
      rule.tau_elg > 0 ? elementary::exp(-dt / rule.tau_elg) * rule.elg_decay : 0.0;
  const double gain = rule.tau_elg > 0 ? 1 / rule.tau_elg : 1;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < m; ++i) {
      double& w = c.weights[j * m + i];
      const double old = w;
      double change = 0;
      for (std::size_t b = 0; b < batch; ++b) {
        const std::size_t at = (b * n + j) * m + i;
        const double before =
            from_pairings ? c.pairings[at] : pairing(rule.pairs, c.shape, last, old, b, j, i);
        double& e = c.eligibility[at];
        e = e * decay + gain * before;
        change += e * (c.modulator[b] * eta);
        if (rule.pairs.mu > 0) {
          c.pairings[at] = pairing(rule.pairs, c.shape, c.activity(), old, b, j, i);
        }
      }
      const double w_decay = rule.tau_w > 0 ? 1 / rule.tau_w : 0;
      w = clipped(old + change * c.outmask[i] - w_decay * old, rule.pairs);
      if (masked && c.mask[j * m + i] == 0) w = 0;
    }
  }
  dense::LastActivity{c.last.data()}.take(c.activity(), c.shape);
}

void plain_trace_stdp(Cable& c, const dense::StdpRule& rule, double eta, bool masked) {
  const auto [n, m, batch] = c.shape;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < m; ++i) {
      double& w = c.weights[j * m + i];
      double causal = 0, anticausal = 0;
      for (std::size_t b = 0; b < batch; ++b) {
        const std::size_t pre = b * n + j, post = b * m + i;
        causal += rule.pairs.a_plus * (c.pre_trace[pre] - rule.pairs.pretrace_target) *
                  c.post_spike[post];
        anticausal += rule.pairs.a_minus * c.pre_spike[pre] * c.post_trace[post];
      }
      if (rule.pairs.mu > 0) {
        causal = causal * power_or_zero(rule.pairs.w_bound - w, rule.pairs.mu);
        anticausal = anticausal * power_or_zero(w - rule.pairs.w_min, rule.pairs.mu);
      }
      const double change = causal - anticausal;
      c.pairings[j * m + i] = change;
      const double w_decay = rule.tau_w > 0 ? 1 / rule.tau_w : 0;
      w = clipped(w + eta * change - w_decay * w, rule.pairs);
      if (masked && c.mask[j * m + i] == 0) w = 0;
    }
  }
}

dense::StdpRule rule_of(DenseShape shape, double mu, double tau_elg) {
  return {shape, {0.3, 0.25, 0.1, mu, -0.1, 1.1}, 400, tau_elg, 0.9, 1, true};
}

const std::vector<DenseShape> kShapes = {{1, 1, 1}, {3, 2, 1},  {5, 8, 1},
                                         {2, 7, 3}, {4, 17, 2}, {3, 64, 1}};

}  // namespace

TEST_CASE("dense MSTDPET has the bits of plain loops at every level") {
  for (const simd::Kernels* level : simd::available_levels()) {
    for (const DenseShape& shape : kShapes) {
      for (const double mu : {0.0, 0.5}) {
        for (const double tau_elg : {0.0, 25.0}) {
          for (const bool masked : {false, true}) {
            CAPTURE(level->name);
            CAPTURE(shape.inputs);
            CAPTURE(shape.outputs);
            CAPTURE(shape.batch);
            CAPTURE(mu);
            CAPTURE(tau_elg);
            CAPTURE(masked);
            const dense::StdpRule rule = rule_of(shape, mu, tau_elg);
            Cable got(shape), expected(shape);
            for (std::uint64_t step = 0; step < 6; ++step) {
              // The pairings given in the first step, formed from the activity later.
              const bool given = step == 0 || mu > 0;
              for (Cable* c : {&got, &expected}) {
                c->pre_spike = spikes(c->pre_spike.size(), 100 + step);
                c->post_spike = spikes(c->post_spike.size(), 200 + step);
              }
              const simd::PairActivity activity = got.activity();
              const dense::Modulation modulation{got.modulator.data(),
                                                 got.outmask.data(),
                                                 got.eligibility.data(),
                                                 got.pairings.data(),
                                                 given,
                                                 0.4};
              dense::evolve_mstdpet(*level, rule, activity, {got.last.data()},
                                    {got.weights.data(), masked ? got.mask.data() : nullptr},
                                    modulation, 0.5);
              plain_mstdpet(expected, rule, 0.4, 0.5, masked, given);
              REQUIRE(got.weights == expected.weights);
              REQUIRE(got.eligibility == expected.eligibility);
              if (mu == 0) {
                dense::last_pairings(*level, rule, {got.last.data()}, got.pairings.data());
                for (std::size_t k = 0; k < got.pairings.size(); ++k) {
                  const std::size_t size = shape.inputs * shape.outputs;
                  expected.pairings[k] = pairing(rule.pairs, shape, activity, 0, k / size,
                                                 k % size / shape.outputs, k % shape.outputs);
                }
              }
              REQUIRE(got.pairings == expected.pairings);
            }
          }
        }
      }
    }
  }
}

TEST_CASE("dense trace STDP has the bits of plain loops at every level") {
  for (const simd::Kernels* level : simd::available_levels()) {
    for (const DenseShape& shape : kShapes) {
      for (const double mu : {0.0, 0.5}) {
        for (const bool masked : {false, true}) {
          CAPTURE(level->name);
          CAPTURE(shape.inputs);
          CAPTURE(shape.outputs);
          CAPTURE(shape.batch);
          CAPTURE(mu);
          CAPTURE(masked);
          const dense::StdpRule rule = rule_of(shape, mu, 0);
          Cable got(shape), expected(shape);
          got.pairings.resize(shape.inputs * shape.outputs);
          expected.pairings = got.pairings;
          for (int step = 0; step < 3; ++step) {
            dense::evolve_trace_stdp(*level, rule, got.activity(),
                                     {got.weights.data(), masked ? got.mask.data() : nullptr},
                                     got.pairings.data(), 0.05);
            plain_trace_stdp(expected, rule, 0.05, masked);
            REQUIRE(got.weights == expected.weights);
            REQUIRE(got.pairings == expected.pairings);
          }
        }
      }
    }
  }
}

TEST_CASE("the dense forward pass sums inputs in their order at every level") {
  for (const simd::Kernels* level : simd::available_levels()) {
    for (const DenseShape& shape : kShapes) {
      const Cable c(shape);
      for (const bool masked : {false, true}) {
        CAPTURE(level->name);
        CAPTURE(shape.inputs);
        CAPTURE(shape.outputs);
        CAPTURE(shape.batch);
        CAPTURE(masked);
        Numbers got(shape.batch * shape.outputs, 7.0), expected(got.size(), 0.0);
        const double* const mask = masked ? c.mask.data() : nullptr;
        level->dense_forward({shape, c.weights.data(), mask, c.pre_trace.data(), got.data(), 3});
        for (std::size_t b = 0; b < shape.batch; ++b) {
          for (std::size_t i = 0; i < shape.outputs; ++i) {
            double& sum = expected[b * shape.outputs + i];
            for (std::size_t j = 0; j < shape.inputs; ++j) {
              const std::size_t at = j * shape.outputs + i;
              const double w = masked ? c.weights[at] * c.mask[at] : c.weights[at];
              sum += c.pre_trace[b * shape.inputs + j] * w;
            }
            sum *= 3;
          }
        }
        REQUIRE(got == expected);
      }
    }
  }
}

TEST_CASE("the policy gradient has the bits of plain loops at every level") {
  for (const simd::Kernels* level : simd::available_levels()) {
    for (const DenseShape& shape : kShapes) {
      for (const bool learn : {false, true}) {
        CAPTURE(level->name);
        CAPTURE(shape.inputs);
        CAPTURE(shape.outputs);
        CAPTURE(shape.batch);
        CAPTURE(learn);
        const Cable c(shape);
        const std::size_t size = shape.inputs * shape.outputs;
        const Numbers slope = numbers(shape.batch * shape.outputs, 20, -1, 1);
        const Numbers lower(shape.outputs, -0.5), upper = numbers(shape.outputs, 21, 0, 1);
        Numbers weights = c.weights, gradient(size), average = numbers(size, 22, -1, 1);
        Numbers expected_weights = weights, expected_average = average;
        level->policy_gradient({shape, c.pre_trace.data(), slope.data(), weights.data(),
                                c.mask.data(), gradient.data(), average.data(), lower.data(),
                                upper.data(), 0.3, 0.6, 3, learn});
        for (std::size_t j = 0; j < shape.inputs; ++j) {
          for (std::size_t i = 0; i < shape.outputs; ++i) {
            const std::size_t at = j * shape.outputs + i;
            double g = 0;
            for (std::size_t b = 0; b < shape.batch; ++b) {
              g += c.pre_trace[b * shape.inputs + j] * slope[b * shape.outputs + i];
            }
            REQUIRE(gradient[at] == g);
            expected_average[at] = expected_average[at] * 0.6 + g / 3;
            if (!learn) continue;
            double w = expected_weights[at] + 0.3 * g;
            w = w < lower[i] ? lower[i] : w;
            w = w > upper[i] ? upper[i] : w;
            expected_weights[at] = c.mask[at] == 0 ? 0 : w;
          }
        }
        REQUIRE(average == expected_average);
        REQUIRE(weights == expected_weights);
      }
    }
  }
}

TEST_CASE("dense components refuse activity that is not finite and change nothing") {
  const DenseShape shape{3, 2, 2};
  const dense::StdpRule rule = rule_of(shape, 0, 25);
  const simd::Kernels& level = simd::default_level();
  const auto refused = [&](Numbers Cable::* which, std::size_t at, double value,
                           const std::string& name) {
    CAPTURE(name);
    Cable c(shape);
    (c.*which)[at] = value;
    const Cable before = c;
    const dense::Modulation modulation{
        c.modulator.data(), c.outmask.data(), c.eligibility.data(), nullptr, false, 1};
    try {
      dense::evolve_mstdpet(level, rule, c.activity(), {c.last.data()}, {c.weights.data(), nullptr},
                            modulation, 1);
      FAIL("not refused");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::kBadProperty);
      CHECK(std::string(error.what()).find(name + " of MSTDPETSynapse must be finite") == 0);
    }
    CHECK(c.weights == before.weights);
    CHECK(c.eligibility == before.eligibility);
    CHECK(c.last == before.last);
  };
  refused(&Cable::pre_spike, 5, kNaN, "preSpike[5]");
  refused(&Cable::post_spike, 0, kInf, "postSpike[0]");
  refused(&Cable::pre_trace, 1, -kInf, "preTrace[1]");
  refused(&Cable::post_trace, 3, kNaN, "postTrace[3]");
  refused(&Cable::modulator, 1, kNaN, "modulator[1]");
  refused(&Cable::outmask, 1, kInf, "outmask[1]");
}

TEST_CASE("steps of dense components allocate nothing") {
  const DenseShape shape{20, 30, 2};
  const simd::Kernels& level = simd::default_level();
  Cable c(shape);
  const dense::Modulation modulation{
      c.modulator.data(), c.outmask.data(), c.eligibility.data(), nullptr, false, 1};
  const dense::StdpRule rule = rule_of(shape, 0, 25);
  const auto step = [&] {
    dense::evolve_mstdpet(level, rule, c.activity(), {c.last.data()}, {c.weights.data(), nullptr},
                          modulation, 1);
  };
  step();
  const std::uint64_t before = allocation_count();
  for (int k = 0; k < 10; ++k) step();
  CHECK(allocation_count() == before);
}

TEST_CASE("activations have the derivatives that differences show, on every row") {
  constexpr std::size_t n = 7, rows = 2;
  constexpr double h = 1e-6;
  const Numbers x = numbers(n * rows, 30, -3, 8);
  const Numbers weight = numbers(n * rows, 31, -1, 1);
  const auto sum = [&](dense::Activation f, const Numbers& at) {
    Numbers y(n * rows);
    dense::activate(f, at.data(), y.data(), n, rows);
    double total = 0;
    for (std::size_t i = 0; i < n * rows; ++i) total += weight[i] * y[i];
    return total;
  };
  for (std::size_t k = 0; k < dense::kActivationNames.size(); ++k) {
    const auto f = static_cast<dense::Activation>(k);
    CAPTURE(dense::kActivationNames[k]);
    Numbers y(n * rows), slope = weight;
    dense::activate(f, x.data(), y.data(), n, rows);
    dense::propagate_back(f, x.data(), y.data(), slope.data(), n, rows);
    Numbers in_place = x;
    dense::activate(f, in_place.data(), in_place.data(), n, rows);
    CHECK(in_place == y);
    for (std::size_t i = 0; i < n * rows; ++i) {
      Numbers up = x, down = x;
      up[i] += h;
      down[i] -= h;
      CHECK(std::abs((sum(f, up) - sum(f, down)) / (2 * h) - slope[i]) < 1e-8);
    }
  }
}

TEST_CASE("activations of extreme numbers are finite where they should be") {
  for (const char* name : {"tanh", "sigmoid", "elu", "gelu", "telu", "softplus", "silu"}) {
    CAPTURE(name);
    const auto& names = dense::kActivationNames;
    const auto at = static_cast<std::size_t>(
        std::find(names.begin(), names.end(), std::string(name)) - names.begin());
    const auto f = static_cast<dense::Activation>(at);
    for (const double x : {-1e6, -800.0, -30.0, 0.0, 30.0, 800.0, 1e6}) {
      double y = 0, slope = 1;
      dense::activate(f, &x, &y, 1, 1);
      dense::propagate_back(f, &x, &y, &slope, 1, 1);
      CHECK(std::isfinite(y));
      CHECK(std::isfinite(slope));
      CHECK(slope >= -0.2);
      CHECK(slope <= 1.2);
    }
  }
}

}  // namespace tegmenta::testing
