#include "plasticity/reward_signal.h"

#include <algorithm>
#include <cmath>

#include "base/elementary.h"

namespace tegmenta {

namespace {

/// length^(n+1) Σ_k (−x)^k / (k! (n + 1 + k)): without cancellation where x = rate·length is small.
double moment_by_series(int n, double x, double length) {
  double term = 1, sum = 0;
  for (int k = 0;; ++k) {
    const double more = term / (n + 1 + k);
    sum += more;
    if (std::abs(more) <= 1e-18 * std::abs(sum)) break;
    term *= -x / (k + 1);
  }
  for (int i = 0; i <= n; ++i) sum *= length;
  return sum;
}

/// (constant + linear·t)·exp(−rate·t).
struct Term {
  double rate;
  double constant, linear;

  Term derivative() const { return {rate, linear - rate * constant, -rate * linear}; }
  double at(double t) const { return (constant + linear * t) * elementary::exp(-rate * t); }
};
using Terms = std::vector<Term>;

double value_of(const Terms& terms, double t) {
  double sum = 0;
  for (const Term& term : terms) sum += term.at(t);
  return sum;
}

/// Where f changes its sign between a and b, at which it has different signs.
double bisect(const Terms& f, double a, double b) {
  const bool rises = value_of(f, b) > 0;
  for (;;) {
    const double middle = a + (b - a) / 2;
    if (!(middle > a && middle < b)) return middle;
    ((value_of(f, middle) > 0) == rises ? b : a) = middle;
  }
}

/// Changes of sign of f in (0, end), which turns nowhere but at `turns`, ascending.
std::vector<double> between(const Terms& f, std::vector<double> turns, double end) {
  turns.push_back(end);
  std::vector<double> found;
  double last = 0, sign = 0;
  const auto sign_at = [&](double t) {
    const double value = value_of(f, t);
    return value > 0 ? 1.0 : value < 0 ? -1.0 : 0.0;
  };
  sign = sign_at(0);
  for (const double t : turns) {
    const double here = sign_at(t);
    if (here == 0) continue;
    if (sign != 0 && here != sign) found.push_back(bisect(f, last, t));
    sign = here;
    last = t;
  }
  return found;
}

/// Changes of sign in (0, end), by Rolle's theorem: with the slowest exponential divided out, so
/// many derivatives of f lose its polynomial, and have fewer terms.
std::vector<double> sign_changes(Terms f, double end) {
  std::erase_if(f, [](const Term& term) { return term.constant == 0 && term.linear == 0; });
  if (f.empty()) return {};
  const auto slowest = std::min_element(
      f.begin(), f.end(), [](const Term& a, const Term& b) { return a.rate < b.rate; });
  std::iter_swap(f.begin(), slowest);
  const double rate = f.front().rate;
  for (Term& term : f) term.rate -= rate;
  std::vector<Terms> derivatives = {f};
  const int degree = f.front().linear != 0 ? 1 : 0;
  for (int k = 0; k <= degree; ++k) {
    Terms next;
    for (const Term& term : derivatives.back()) next.push_back(term.derivative());
    derivatives.push_back(std::move(next));
  }
  derivatives.back().erase(derivatives.back().begin());
  std::vector<double> turns = sign_changes(derivatives.back(), end);
  for (int k = degree; k >= 0; --k) {
    turns = between(derivatives[static_cast<std::size_t>(k)], std::move(turns), end);
  }
  return turns;
}

}  // namespace

std::array<double, 3> exponential_moments(double rate, double length) {
  const double x = rate * length;
  if (x < 2) {
    return {moment_by_series(0, x, length), moment_by_series(1, x, length),
            moment_by_series(2, x, length)};
  }
  const double left = elementary::exp(-x);
  const double scale = 1 / rate;
  return {(1 - left) * scale, (1 - left * (1 + x)) * scale * scale,
          (2 - left * (2 + x * (2 + x))) * scale * scale * scale};
}

RewardSignal RewardSignal::later(double ms) const {
  RewardSignal then = *this;
  for (AlphaWave& wave : then.waves) {
    if (!wave.is_zero()) wave = wave.later(ms, elementary::exp(-ms / wave.tau));
  }
  return then;
}

RewardIntegrals RewardSignal::integrals(double length, double tau_c) const {
  RewardIntegrals sum;
  if (level != 0) {
    const auto m = exponential_moments(1 / tau_c, length);
    sum.eligibility += level * m[0];
    sum.pending += level * m[1] / tau_c;
  }
  for (const AlphaWave& wave : waves) {
    if (wave.is_zero()) continue;
    const auto m = exponential_moments(1 / tau_c + 1 / wave.tau, length);
    const double slope = wave.drive / wave.tau;
    sum.eligibility += wave.value * m[0] + slope * m[1];
    sum.pending += (wave.value * m[1] + slope * m[2]) / tau_c;
  }
  return sum;
}

std::vector<double> RewardSignal::turns() const {
  Terms terms;
  double slowest = 0;
  for (const AlphaWave& wave : waves) {
    if (wave.is_zero()) continue;
    slowest = std::max(slowest, wave.tau);
    const double slope = wave.drive / wave.tau;
    const auto same = std::find_if(terms.begin(), terms.end(),
                                   [&](const Term& term) { return term.rate == 1 / wave.tau; });
    if (same == terms.end()) {
      terms.push_back({1 / wave.tau, wave.value, slope});
    } else {
      same->constant += wave.value;
      same->linear += slope;
    }
  }
  if (terms.empty()) return {};
  if (level != 0) terms.push_back({0, level, 0});
  // Later than that nothing is left of a wave.
  constexpr double kMostTimeConstants = 700;
  return sign_changes(std::move(terms), kMostTimeConstants * slowest);
}

}  // namespace tegmenta
