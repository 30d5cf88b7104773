// A reward between two of its events, as a function of time, and what it does to an eligibility.
// See docs/event-driven-core.md#rewards-in-continuous-time.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace tegmenta {

/// (value + drive·s/τ)·exp(−s/τ): the response to spikes through alpha functions, s ms later.
struct AlphaWave {
  double value = 0;
  double drive = 0;
  double tau = 1;  // ms

  bool is_zero() const { return value == 0 && drive == 0; }
  /// The same, seen `ms` later; decay: exp(−ms/τ).
  AlphaWave later(double ms, double decay) const {
    return {(value + drive * (ms / tau)) * decay, drive * decay, tau};
  }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("value", self.value);
    visit("drive", self.drive);
    visit("tau", self.tau);
  }
};

/// What a reward changes a weight by over some time, at learning rate 1: for each unit of
/// eligibility at the begin, and for each unit of what is on its way into it
/// (docs/event-driven-core.md#alpha-shaped-eligibility).
struct RewardIntegrals {
  double eligibility = 0;  // ∫ exp(−s/τc) d(s) ds
  double pending = 0;      // ∫ (s/τc) exp(−s/τc) d(s) ds
};

/// d(s) = level + waves, from an event on.
struct RewardSignal {
  static constexpr std::size_t kWaves = 2;

  double level = 0;
  std::array<AlphaWave, kWaves> waves{};

  bool is_zero() const { return level == 0 && waves[0].is_zero() && waves[1].is_zero(); }
  double value() const { return level + waves[0].value + waves[1].value; }
  RewardSignal later(double ms) const;
  /// Over the next `length` ms.
  RewardIntegrals integrals(double length, double tau_c) const;
  /// Where its sign changes: times (ms) from now on, ascending. Never more than four.
  std::vector<double> turns() const;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("level", self.level);
    for (auto& wave : self.waves) visit("wave", wave);
  }
};

/// ∫ exp(−rate·s), ∫ s exp(−rate·s), ∫ s² exp(−rate·s) over [0, length]; rate ≥ 0.
std::array<double, 3> exponential_moments(double rate, double length);

}  // namespace tegmenta
