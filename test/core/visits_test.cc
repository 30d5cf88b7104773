// Visits by vectors against visits synapse by synapse: bit for bit the same, at every
// instruction-set level.
#include "plasticity/visit.h"

#include <doctest/doctest.h>

#include <cstring>
#include <optional>

#include "models/synapses/mstdpet_synapse.h"
#include "once.h"
#include "simd/dispatch.h"

using namespace tegmenta;

namespace {

constexpr double kStep = 0.1;

// A small generator of its own, so that the cases never change.
struct Draws {
  std::uint64_t state;
  double operator()(double low, double high) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * static_cast<double>(state >> 11) * 0x1p-53;
  }
  std::int64_t whole(std::int64_t low, std::int64_t high) {  // both included
    return low + static_cast<std::int64_t>((*this)(0, static_cast<double>(high - low + 1)));
  }
};

struct World {
  static constexpr std::size_t kSlots = 200;
  Histories histories;
  Modulator modulator;
  Modulator reward;
  ExpTable decay_plus{20, kStep, 8002};
  std::int64_t now;

  // Neurons that never fired, rarely and often firing ones; multiplicities; spikes at every step.
  World(std::uint64_t seed, std::int64_t start, double b, bool one_tau, double tau_c)
      : modulator({tau_c, 200, b, 1, false}, kStep, 30000, start, 0.01),
        reward({tau_c, kStep, 0, 0.1, false, true}, kStep, 30000, start, 0.5),
        now(start + 6000) {
    Draws u{seed};
    histories.configure(kSlots, 30000, kStep, true);
    std::vector<Histories::Watch> list;
    for (std::uint16_t slot = 0; slot < kSlots; ++slot) {
      list.push_back({slot, one_tau || slot % 2 == 0 ? 20.0 : 15.0, 110});
    }
    histories.watch(list);
    for (std::int64_t t = start + 1; t <= now; ++t) {
      for (std::size_t slot = 0; slot < kSlots; ++slot) {
        const double rate = slot % 10 == 0  ? 0
                            : slot % 10 < 4 ? 0.001
                            : slot % 10 < 9 ? 0.004
                                            : 0.02;
        if (u(0, 1) < rate) histories.record(slot, t, u(0, 1) < 0.1 ? 2 : 1);
      }
      if (u(0, 1) < 0.004) modulator.schedule(t, 1);
    }
    modulator.advance(now);
    std::vector<TimeLine::Change> changes;
    for (std::int64_t t = start + 100; t < now; t += u.whole(1, 400)) {
      changes.push_back({t, u(0, 1) < b * 100 ? -1 : u(0, 1)});
    }
    reward.expect(std::move(changes));
    reward.advance(now);
  }
};

template <typename T>
struct Synapses {
  std::vector<std::uint16_t> targets;
  std::vector<T> weights, c;
  std::vector<double> sent;
  VisitCounts counts;
};

template <typename T>
Synapses<T> random_synapses(Draws& u, std::size_t n, double Wmin, double Wmax) {
  Synapses<T> s;
  for (std::size_t i = 0; i < n; ++i) {
    s.targets.push_back(static_cast<std::uint16_t>(u.whole(0, World::kSlots - 1)));
    const double edge = u(0, 1);
    const double w = edge < 0.1 ? Wmin : edge < 0.2 ? Wmax : u(Wmin, Wmax);
    s.weights.push_back(static_cast<T>(w));
    s.c.push_back(static_cast<T>(u(-0.01, 0.01)));
  }
  s.sent.assign(n, -1);
  return s;
}

struct Case {
  const SynapseModel* model;
  VisitKind kind;
  VisitRow row;
  std::vector<double> uniform;  // the columns
  RewardRule reward;
};

/// Visits a copy; without a level, synapse by synapse.
template <typename T>
Synapses<T> visited(const World& world, const Case& test, Synapses<T> s,
                    const simd::Kernels* level) {
  VisitScratch scratch;
  VisitSynapses<T> view{};
  view.targets = s.targets.data();
  view.weights = s.weights.data();
  view.n = s.targets.size();
  view.next = {s.targets.data(), reinterpret_cast<const char*>(s.weights.data()),
               reinterpret_cast<const char*>(s.c.data())};
  for (std::size_t k = 0; k < test.uniform.size(); ++k) {
    view.columns[k].uniform = test.uniform[k];
    view.columns[k].values = nullptr;
  }
  const bool rewarded = test.model->gate == Gate::kReward;
  if (const int c = test.model->first_read; c >= 0) view.columns[c].values = s.c.data();
  VisitTools tools{};
  tools.simd = level;
  tools.scratch = level ? &scratch : nullptr;
  tools.histories = &world.histories;
  tools.modulator = rewarded ? &world.reward : &world.modulator;
  tools.prepared = &test.reward;
  tools.decay_plus = &world.decay_plus;
  tools.h = kStep;
  visit<T>(*test.model, test.kind, view, test.row, tools, s.sent.data(), s.counts);
  return s;
}

template <typename T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

template <typename T>
void compare(const World& world, const Case& test, const Synapses<T>& before) {
  const Synapses<T> plain = visited(world, test, before, nullptr);
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    const Synapses<T> vectors = visited(world, test, before, level);
    REQUIRE(same_bits(vectors.weights, plain.weights));
    REQUIRE(same_bits(vectors.c, plain.c));
    REQUIRE(same_bits(vectors.sent, plain.sent));
    REQUIRE(vectors.counts.closed_form == plain.counts.closed_form);
    REQUIRE(vectors.counts.by_stretch == plain.counts.by_stretch);
    REQUIRE(vectors.counts.by_event == plain.counts.by_event);
  }
}

template <typename T>
void compare_rules(std::uint64_t seed, std::int64_t start, double b, bool one_tau,
                   double tau_c = 300) {
  const World world(seed, start, b, one_tau, tau_c);
  Draws u{seed + 1};
  std::uint64_t closed = 0, clipped = 0, moved = 0;
  for (int repeat = 0; repeat < 400; ++repeat) {
    Case test{};
    test.kind = u(0, 1) < 0.7 ? VisitKind::kSpike : VisitKind::kFlush;
    test.row.delay = u.whole(1, 30);
    test.row.until = world.now - u.whole(0, 200);
    test.row.from = test.row.until - u.whole(0, u(0, 1) < 0.8 ? 600 : 5000);
    test.row.Kplus = u(0, 1) < 0.1 ? 0 : u(0, 3);
    test.row.spikes = u(0, 1) < 0.8 ? 1 : static_cast<std::uint32_t>(u.whole(2, 3));
    const auto n = static_cast<std::size_t>(u.whole(1, u(0, 1) < 0.9 ? 90 : 400));
    CAPTURE(repeat);
    CAPTURE(n);

    test.model = &synapse_model("stdp_dopamine_synapse");
    const double A_plus = u(0, 1) < 0.2 ? -0.01 : 0.01;
    test.uniform = {0, A_plus, 0.015, 20, tau_c, 200, b, 0.5, 1.5};
    const auto dopamine = random_synapses<T>(u, n, 0.5, 1.5);
    compare(world, test, dopamine);
    compare(world, test, random_synapses<T>(u, n, -1, 5));
    const auto after = visited(world, test, dopamine, nullptr);
    closed += after.counts.closed_form;
    clipped += after.counts.by_stretch + after.counts.by_event;
    moved += !same_bits(after.weights, dopamine.weights);

    test.model = &synapse_model("mstdpet_synapse");
    RewardRule& reward = test.reward;
    reward = RewardRule();
    reward.A_plus = A_plus;
    reward.A_minus = -0.015;
    reward.decay = world.reward.eligibility(1);
    reward.lag = u(0, 1) < 0.5;
    reward.nearest = u(0, 1) < 0.1;
    reward.same_step = u(0, 1) < 0.5;
    reward.clip = u(0, 1) < 0.8;
    reward.Wmin = 0.5;
    reward.Wmax = 1.5;
    test.uniform = {0, 0};
    compare(world, test, random_synapses<T>(u, n, 0.5, 1.5));

    test.model = &synapse_model("stdp_synapse");
    for (const double mu_plus : {0.0, 1.0, 0.4}) {
      for (const double mu_minus : {0.0, 1.0, 0.7}) {
        test.uniform = {20, 0.05, 1.1, mu_plus, mu_minus, 1.5};
        compare(world, test, random_synapses<T>(u, n, 0, 1.5));
        compare(world, test, random_synapses<T>(u, n, -1, 5));
      }
    }
    test.model = &synapse_model("stdp_pl_synapse_hom");
    test.uniform = {20, 0.05, 0.7, 0.4};
    compare(world, test, random_synapses<T>(u, n, 0, 1.5));
  }
  CHECK(closed > 5000);
  CHECK(clipped > 1000);
  CHECK(moved > 300);
}

}  // namespace

TEST_CASE("vectors of synapses are visited as single synapses are" * tegmenta::testing::once()) {
  compare_rules<double>(1, 0, 0, true);
  compare_rules<float>(2, 0, 0, true);
  compare_rules<double>(3, 0, 0.004, true);
}

TEST_CASE("windows longer than the eligibility is remembered, and no eligibility at all" *
          tegmenta::testing::once()) {
  compare_rules<double>(6, 0, 0, true, 5);
  compare_rules<float>(7, 0, 0.004, true, 5);
}

TEST_CASE("vectorised visits across the moves of the epoch that stamps count from" *
          tegmenta::testing::once()) {
  const std::int64_t half = std::int64_t{1} << 29;
  for (const std::int64_t start : {half - 3000, 3 * half - 3000, 9 * half + 77}) {
    compare_rules<double>(4, start, 0, true);
  }
}

TEST_CASE("targets of different tau_minus are visited one by one" * tegmenta::testing::once()) {
  compare_rules<double>(5, 0, 0, false);
}

TEST_CASE("a spike longer ago than 32 bits of steps is still a spike") {
  Histories histories;
  histories.configure(3, 1000, kStep, false);
  histories.watch(std::vector<Histories::Watch>{{0, 20, 110}, {1, 20, 110}, {2, 20, 110}});
  histories.record(0, 5, 1);
  const std::int64_t late = (std::int64_t{1} << 33) + 17;
  histories.record(1, late, 1);
  CHECK(histories.epoch() == late);
  CHECK(histories.heads()[0].stamp[0] == simd::kNeverFired + 1);
  CHECK(histories.heads()[0].stamp[1] == simd::kNeverFired);
  CHECK(histories.heads()[1].stamp[0] == 0);
  CHECK(histories.heads()[2].stamp[0] == simd::kNeverFired);
  CHECK(histories.at(0, 0).stamp == 5);
}
