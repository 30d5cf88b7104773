// Rewards in continuous time: moments and changes of sign against fine integration and dense
// sampling, lines against a sum over everything that has reached them.
#include "plasticity/reward_line.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "once.h"

using namespace tegmenta;

namespace {

constexpr double kRewardStep = 0.1;

struct RewardDraws {
  std::mt19937 random;
  explicit RewardDraws(std::uint32_t seed) : random(seed) {}
  double operator()(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  }
  std::int64_t whole(std::int64_t low, std::int64_t high) {  // both included
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  }
  double one_of(const std::vector<double>& list) {
    return list[static_cast<std::size_t>(whole(0, static_cast<std::int64_t>(list.size()) - 1))];
  }
};

/// ∫ f over [0, length]: Gauss's rule of three points in so many panels.
double finely_integrated(const std::function<double(double)>& f, double length, int panels) {
  const double half = length / panels / 2, place = half * std::sqrt(0.6);
  double sum = 0;
  for (int i = 0; i < panels; ++i) {
    const double middle = (2 * i + 1) * half;
    sum += 8 * f(middle) + 5 * (f(middle - place) + f(middle + place));
  }
  return sum * half / 9;
}

RewardSignal random_signal(RewardDraws& u) {
  RewardSignal signal;
  signal.level = u.one_of({0, 0, 1, u(-1, 1), 1e-9});
  const double tau = u(1, 100);
  signal.waves[0] = {u.one_of({0, u(-1, 1)}), u.one_of({0, u(-3, 3)}), tau};
  signal.waves[1] = {u.one_of({0, u(-1, 1)}), u.one_of({0, u(-3, 3)}),
                     u.one_of({tau, tau * (1 + 1e-9), tau * 1.01, u(1, 100), 1e4})};
  return signal;
}

/// Where there is nothing to be seen of a sign.
double noise_of(const RewardSignal& signal) {
  double size = std::abs(signal.level);
  for (const AlphaWave& wave : signal.waves) size += std::abs(wave.value) + std::abs(wave.drive);
  return 1e-13 * size;
}

}  // namespace

TEST_CASE("moments of exponentials are those of fine integration" * testing::once()) {
  for (const double rate : {0.0, 1e-300, 1e-12, 1e-3, 0.02, 0.1, 1.0, 7.0}) {
    for (const double length : {0.01, 0.1, 1.0, 1.999, 2.0, 2.001, 19.0, 200.0}) {
      CAPTURE(rate);
      CAPTURE(length);
      const auto moments = exponential_moments(rate, length);
      for (std::size_t n = 0; n < moments.size(); ++n) {
        CAPTURE(n);
        const double expected = finely_integrated(
            [&](double s) { return std::pow(s, static_cast<double>(n)) * std::exp(-rate * s); },
            length, 20000);
        CHECK(moments[n] == doctest::Approx(expected).epsilon(1e-11));
      }
    }
  }
}

TEST_CASE("a signal changes its sign where dense samples do" * testing::once()) {
  RewardDraws u(5);
  std::size_t most = 0;
  for (int i = 0; i < 3000; ++i) {
    CAPTURE(i);
    const RewardSignal signal = random_signal(u);
    const std::vector<double> turns = signal.turns();
    most = std::max(most, turns.size());
    CHECK(turns.size() <= 4);
    CHECK(std::is_sorted(turns.begin(), turns.end()));
    // Between two of them there is one sign, and the next has the other.
    const double noise = noise_of(signal);
    std::size_t next = 0;
    double before = 0;
    for (double t = 0; t < 2000; t = t * 1.003 + 0.01) {
      bool turned = false;
      for (; next < turns.size() && turns[next] <= t; ++next) turned = !turned;
      const double value = signal.later(t).value();
      if (turned) before = -before;
      if (std::abs(value) <= noise) continue;
      CHECK(before * value >= 0);
      before = value;
    }
  }
  CHECK(most >= 3);
}

TEST_CASE("integrals of a signal are those of fine integration" * testing::once()) {
  RewardDraws u(6);
  for (int i = 0; i < 200; ++i) {
    CAPTURE(i);
    const RewardSignal signal = random_signal(u);
    const double tau_c = u(1, 500), length = u.one_of({kRewardStep, 5, 100});
    const RewardIntegrals all = signal.integrals(length, tau_c);
    const auto weighted = [&](int power) {
      return finely_integrated(
          [&](double s) {
            return std::pow(s / tau_c, power) * std::exp(-s / tau_c) * signal.later(s).value();
          },
          length, 2000);
    };
    CHECK(all.eligibility == doctest::Approx(weighted(0)).epsilon(1e-9));
    CHECK(all.pending == doctest::Approx(weighted(1)).epsilon(1e-9));
  }
}

namespace {

constexpr std::int64_t kRewardHorizon = 3000, kRewardEnd = 4000;

/// What reaches a line, and what that gives by a sum over all of it.
struct RewardCourse {
  RewardLineParameters parameters;
  std::vector<RewardLine::Arrival> arrivals;
  std::vector<TimeLine::Change> changes;
  struct Pulse {
    std::int64_t time;
    double area;
  };
  std::vector<Pulse> pulses;

  explicit RewardCourse(std::uint32_t seed) {
    RewardDraws u(seed);
    parameters.tau_c = u.one_of({0.05, 3, 40, 400, u(1, 100)});
    const double tau = u(2, 100);
    RewardKernel& kernel = parameters.kernel;
    kernel.alphas = {RewardKernel::Alpha{u(-1, 1), tau},
                     RewardKernel::Alpha{u(-1, 1), u.one_of({tau, parameters.tau_c, u(1, 300)})}};
    kernel.pulse = u.one_of({0, u(-1, 1)});
    kernel.kappa_plus = u(-1, 1);
    kernel.kappa_minus = u.one_of({0, u(-1, 1)});
    kernel.tau_kappa_1 = 30;
    kernel.tau_kappa_2 = 4;
    kernel.kappa_shift = u.one_of({0, 2});
    kernel.kappa_window = 300;
    kernel.kappa_delay = u.whole(0, 3) * 7;
    for (int i = 0; i < 60; ++i) {
      arrivals.push_back({u.whole(1, kRewardEnd), static_cast<std::uint32_t>(u.whole(0, 2)), 1,
                          u(-1, 1), static_cast<std::uint32_t>(u.whole(1, 3))});
    }
    double level = 0;
    for (std::int64_t t = u.whole(1, 500); t < kRewardEnd; t += u.whole(1, 500)) {
      level = level != 0 && u(0, 1) < 0.5 ? 0 : u(-0.3, 0.3);
      changes.push_back({t, level});
    }
    list_pulses();
  }

  void list_pulses() {
    const RewardKernel& kernel = parameters.kernel;
    for (const auto& a : arrivals) {
      if (a.receptor == 0) pulses.push_back({a.time, a.weight * a.multiplicity * kernel.pulse});
      if (a.receptor != 1) continue;
      for (const auto& b : arrivals) {
        const std::int64_t r = a.time - b.time;
        if (b.receptor != 2 || std::abs(r) > kernel.kappa_window) continue;
        pulses.push_back(
            {std::max(a.time, b.time) + kernel.kappa_delay,
             a.multiplicity * b.multiplicity * kernel.kappa(static_cast<double>(r) * kRewardStep)});
      }
    }
  }

  double level_of(std::int64_t step) const {  // that ends then
    double level = 0;
    for (const auto& change : changes) {
      if (change.time <= step) level = change.value;
    }
    return level;
  }
  /// d at so many ms, within the step that ends at `step`.
  double value_at(double ms, std::int64_t step) const {
    double d = level_of(step);
    for (const auto& a : arrivals) {
      const double s = ms - static_cast<double>(a.time) * kRewardStep;
      if (a.receptor != 0 || a.time >= step) continue;
      for (const auto& alpha : parameters.kernel.alphas) {
        d += a.weight * a.multiplicity * alpha.amplitude * (s / alpha.tau) *
             std::exp(-s / alpha.tau);
      }
    }
    return d;
  }
  RewardIntegrals integrals(std::int64_t s, std::int64_t e, double& size) const {
    RewardIntegrals sum;
    const double from = static_cast<double>(s) * kRewardStep, tau = parameters.tau_c;
    const auto add = [&](double ms, double area) {
      const double x = (ms - from) / tau;
      sum.eligibility += std::exp(-x) * area;
      sum.pending += x * std::exp(-x) * area;
      size += std::abs(area);
    };
    constexpr double kPlace = 0.3872983346207417;  // √0.6 / 2
    constexpr int kPanels = 2;
    for (std::int64_t step = s + 1; step <= e; ++step) {
      for (int panel = 0; panel < kPanels; ++panel) {
        const double length = kRewardStep / kPanels;
        const double middle = (static_cast<double>(step - 1) * kPanels + panel + 0.5) * length;
        for (const int place : {-1, 0, 1}) {
          const double ms = middle + place * kPlace * length;
          add(ms, (place == 0 ? 8.0 : 5.0) / 18 * length * value_at(ms, step));
        }
      }
    }
    for (const Pulse& pulse : pulses) {
      if (pulse.time > s && pulse.time <= e)
        add(static_cast<double>(pulse.time) * kRewardStep, pulse.area);
    }
    return sum;
  }

  /// A line that has got all of this, and was worked out in these parts.
  RewardLine line(const std::vector<std::int64_t>& stops) const {
    RewardLine line(parameters, kRewardStep, kRewardHorizon, 0, 0);
    std::size_t sent = 0;
    std::vector<RewardLine::Arrival> in_order = arrivals;
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    for (const std::int64_t stop : stops) {
      // As late as can be.
      for (; sent < in_order.size() && in_order[sent].time <= stop; ++sent) {
        line.schedule(in_order[sent]);
      }
      std::vector<TimeLine::Change> ahead;
      for (const auto& change : changes) {
        if (change.time > line.now()) ahead.push_back(change);
      }
      line.expect(ahead);
      line.advance(stop);
    }
    return line;
  }
};

std::vector<std::int64_t> random_stops(RewardDraws& u) {
  std::vector<std::int64_t> stops;
  for (std::int64_t t = u.whole(1, 300); t < kRewardEnd; t += u.whole(1, 300)) stops.push_back(t);
  stops.push_back(kRewardEnd);
  return stops;
}

bool same_integrals(const RewardIntegrals& a, const RewardIntegrals& b) {
  return a.eligibility == b.eligibility && a.pending == b.pending;
}

}  // namespace

TEST_CASE("a line of rewards is a sum over what has reached it" * testing::once()) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const RewardCourse course(seed);
    RewardDraws u(100 + seed);
    const RewardLine line = course.line({kRewardEnd});
    for (int i = 0; i < 12; ++i) {
      const std::int64_t s = u.whole(kRewardEnd - kRewardHorizon, kRewardEnd),
                         e = u.whole(s, std::min(kRewardEnd, s + 700));
      double size = 0;
      const RewardIntegrals expected = course.integrals(s, e, size);
      const RewardIntegrals found = line.integrals(s, e);
      const double tolerance = course.parameters.tau_c < 1 ? 1e-4 : 1e-10;
      CHECK(std::abs(found.eligibility - expected.eligibility) <= tolerance * (size + 1e-9));
      CHECK(std::abs(found.pending - expected.pending) <= tolerance * (size + 1e-9));
      CHECK(line.absolute(s, e) >= size * (1 - 1e-9));
      CHECK(same_integrals(RewardLine::Until(line, s, e)(s), found));
    }
  }
}

TEST_CASE("a walk along a line of rewards meets all of it, in pieces of one sign" *
          testing::once()) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const RewardCourse course(seed);
    RewardDraws u(100 + seed);
    const RewardLine line = course.line({kRewardEnd});
    const double tau = course.parameters.tau_c;
    for (int i = 0; i < 12; ++i) {
      const std::int64_t s = u.whole(kRewardEnd - kRewardHorizon, kRewardEnd),
                         e = u.whole(s, kRewardEnd);
      RewardIntegrals sum;
      double last = 0;
      const auto add = [&](double at, const RewardIntegrals& part) {
        const double x = at / tau;
        sum.eligibility += std::exp(-x) * part.eligibility;
        sum.pending += std::exp(-x) * (part.pending + x * part.eligibility);
      };
      line.walk(
          s, e,
          [&](double at, double length, const RewardSignal& signal) {
            CHECK(at >= last - 1e-9);
            last = at + length;
            add(at, signal.integrals(length, tau));
            const double middle = signal.later(length / 2).value(), noise = noise_of(signal);
            for (const double part : {0.01, 0.25, 0.75, 0.99}) {
              const double value = signal.later(length * part).value();
              CHECK((value * middle >= 0 || std::abs(value) <= noise || std::abs(middle) <= noise));
            }
          },
          [&](double at, double area) { add(at, {area, 0}); });
      CHECK(last <= static_cast<double>(e - s) * kRewardStep + 1e-9);
      const RewardIntegrals all = line.integrals(s, e);
      const double tolerance = 1e-11 * (line.absolute(s, e) + 1e-9);
      CHECK(std::abs(sum.eligibility - all.eligibility) <= tolerance);
      CHECK(std::abs(sum.pending - all.pending) <= tolerance);
    }
  }
}

TEST_CASE("a line of rewards is the same however it is worked out, saved and taken over" *
          testing::once()) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const RewardCourse course(seed);
    RewardDraws u(200 + seed);
    const RewardLine whole = course.line({kRewardEnd});
    const RewardLine split = course.line(random_stops(u));
    RewardLine loaded = split;
    REQUIRE(loaded.loaded());
    loaded.restore();
    RewardLine other(course.parameters, kRewardStep, kRewardHorizon, kRewardEnd,
                     course.level_of(kRewardEnd));
    other.take_over(whole);
    for (int i = 0; i < 40; ++i) {
      const std::int64_t s = u.whole(kRewardEnd - kRewardHorizon, kRewardEnd),
                         e = u.whole(s, kRewardEnd);
      CHECK(same_integrals(split.integrals(s, e), whole.integrals(s, e)));
      CHECK(same_integrals(loaded.integrals(s, e), whole.integrals(s, e)));
    }
    CHECK(split.value() == whole.value());
    CHECK(loaded.value() == whole.value());
    CHECK(other.value() == doctest::Approx(whole.value()).epsilon(1e-12));
    RewardLine later = whole;
    for (RewardLine* line : {&later, &loaded, &other}) line->advance(kRewardEnd + 500);
    const std::int64_t s = kRewardEnd + 100, e = kRewardEnd + 400;
    CHECK(same_integrals(loaded.integrals(s, e), later.integrals(s, e)));
    const double tolerance = 1e-12 * (later.absolute(s, e) + 1e-9);
    CHECK(std::abs(other.integrals(s, e).pending - later.integrals(s, e).pending) <= tolerance);
  }
}

TEST_CASE("what was sent before a line was cleared is forgotten" * testing::once()) {
  const RewardCourse course(3);
  RewardLine line = course.line({kRewardEnd});
  line.schedule({kRewardEnd + 5, 0, 1, 1.0, 1});
  line.renew(course.parameters.kernel, 1);
  CHECK(line.value() == course.level_of(kRewardEnd));
  line.advance(kRewardEnd + 100);
  CHECK(line.value() == course.level_of(kRewardEnd));
  CHECK(line.absolute(kRewardEnd, kRewardEnd + 100) ==
        doctest::Approx(std::abs(course.level_of(kRewardEnd)) * 100 * kRewardStep));
}
