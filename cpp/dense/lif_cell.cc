#include "dense/lif_cell.h"

#include <algorithm>

#include "base/elementary.h"
#include "base/random.h"
#include "dense/finite.h"

namespace tegmenta::dense {

namespace {

void integrate(const LifRule& rule, const LifState& c, double dt) {
  const double gain = dt / rule.tau_m;
  for (std::size_t i = 0; i < rule.units * rule.batch; ++i) {
    const double drive = c.rfr[i] >= rule.refract_time ? rule.resist_m * c.j[i] : 0.0;
    const double v = c.v[i];
    const auto slope = [&](double at) { return rule.conduct_leak * (rule.v_rest - at) + drive; };
    const double at = rule.midpoint ? v + 0.5 * gain * slope(v) : v;
    const double next = v + gain * slope(at);
    c.before[i] = v;
    c.v[i] = next < rule.v_min ? rule.v_min : next;
    c.s[i] = c.v[i] > rule.thr + c.thr_theta[i] ? 1.0 : 0.0;
  }
}

/// Position of the one that keeps its spike among `candidates` > 1 spikes of a sample.
std::size_t winner(const LifRule& rule, const double* s, const double* before, RandomStream& random,
                   std::size_t candidates) {
  if (rule.winners == LifWinners::kRandom) {
    std::uint64_t skip = random.below(candidates);
    std::size_t i = 0;
    while (s[i] == 0 || skip-- > 0) ++i;
    return i;
  }
  std::size_t best = rule.units;
  for (std::size_t i = 0; i < rule.units; ++i) {
    if (s[i] != 0 && (best == rule.units || before[i] > before[best])) best = i;
  }
  return best;
}

void keep_one_spike(const LifRule& rule, const LifState& c, std::uint64_t step) {
  for (std::size_t b = 0; b < rule.batch; ++b) {
    double* const s = c.s + b * rule.units;
    const auto candidates = static_cast<std::size_t>(std::count(s, s + rule.units, 1.0));
    if (candidates < 2) continue;
    RandomStream random(rule.seed, Purpose::kDenseWinner, static_cast<std::uint32_t>(step),
                        static_cast<std::uint32_t>(step >> 32), static_cast<std::uint32_t>(b));
    const std::size_t kept = winner(rule, s, c.before + b * rule.units, random, candidates);
    std::fill_n(s, rule.units, 0.0);
    s[kept] = 1;
  }
}

void take_spikes(const LifRule& rule, const LifState& c, double t, double dt) {
  const bool adapts = rule.tau_theta > 0;
  const double decay = adapts ? elementary::exp(-dt / rule.tau_theta) : 1;
  for (std::size_t i = 0; i < rule.units * rule.batch; ++i) {
    const bool spike = c.s[i] != 0;
    c.rfr[i] = spike ? 0.0 : c.rfr[i] + dt;
    c.v[i] = spike ? rule.v_reset : c.v[i];
    c.tols[i] = spike ? t : c.tols[i];
    if (adapts) c.thr_theta[i] = c.thr_theta[i] * decay + rule.theta_plus * c.s[i];
  }
}

}  // namespace

void advance_lif(const LifRule& rule, const LifState& state, double t, double dt,
                 std::uint64_t step) {
  require_finite("LIFCell", "j", state.j, rule.units * rule.batch);
  integrate(rule, state, dt);
  if (rule.winners != LifWinners::kAll) keep_one_spike(rule, state, step);
  take_spikes(rule, state, t, dt);
}

}  // namespace tegmenta::dense
