// The spikes of a source that synapses pair with at their arrival, against lists of all of them:
// one for every time at which synapses were made.
#include "plasticity/source_train.h"

#include "base/held.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "once.h"

using namespace tegmenta;

namespace {

constexpr std::int64_t kTrainDelay = 60, kTrainGap = 20, kTrainEnd = 20000;
const ExpTable kTrainDecay(4, 0.1, 2000);

/// Everything that synapses have seen that were made at one time.
struct AllSpikes {
  std::int64_t created;
  std::vector<SourceTrain::Spike> spikes;

  void add(std::int64_t stamp, std::uint32_t count) {
    const double before =
        spikes.empty() ? 0 : spikes.back().trace * kTrainDecay(stamp - spikes.back().stamp);
    spikes.push_back({stamp, before + count});
  }
  double trace(std::int64_t t, std::int64_t before) const {
    double trace = 0;
    for (const auto& spike : spikes) {
      if (spike.stamp < before) trace = spike.trace * kTrainDecay(t - spike.stamp);
    }
    return trace;
  }
  std::int64_t since_last(std::int64_t stamp) const {
    std::int64_t since = 0;
    for (const auto& spike : spikes) {
      if (spike.stamp < stamp) since = stamp - spike.stamp;
    }
    return since;
  }
};

/// Whether all that visits can ask at step `now` is the same to the last bit.
bool sees_all(const SourceTrain& train, const AllSpikes& all, std::int64_t now) {
  const SourceTrain::Seen& seen = train.by(all.created);
  for (std::int64_t delay = 1; delay <= kTrainDelay; delay += 7) {
    const std::int64_t stamp = now - delay;
    if (stamp < 0) continue;
    for (const std::int64_t gap : {std::int64_t{0}, std::int64_t{1}, kTrainGap}) {
      if (seen.trace(stamp, stamp - gap, kTrainDecay) != all.trace(stamp, stamp - gap))
        return false;
    }
    if (seen.since_last(stamp, all.created) != all.since_last(stamp)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a train gives what the list of all spikes gives" * testing::once()) {
  for (const std::uint32_t seed : {1u, 2u, 3u, 4u}) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto chance = [&](double p) {
      return std::uniform_real_distribution<double>(0, 1)(random) < p;
    };
    // Two partitions, in which synapses of a source are made at times of their own.
    SourceTrain trains[2], both;
    std::vector<AllSpikes> made[2];
    std::size_t most = 0;
    for (std::int64_t now = 0; now < kTrainEnd; ++now) {
      const bool silent = now / 3000 % 2 == 1;
      if (now > 0 && chance(silent ? 0.0005 : 0.03)) {
        const std::uint32_t count = chance(0.2) ? 3 : 1;
        for (int p = 0; p < 2; ++p) {
          if (!made[p].empty()) trains[p].add(now, count, kTrainDecay, kTrainDelay, kTrainGap);
          for (AllSpikes& all : made[p]) all.add(now, count);
        }
      }
      for (int p = 0; p < 2; ++p) {
        if (!chance(now == 0 && p == 0 ? 1 : 0.001)) continue;
        trains[p].begin(now);
        made[p].push_back({now, {}});
      }
      if (now % 97 != 0) continue;
      both = trains[seed % 2];
      both.take(trains[1 - seed % 2]);
      REQUIRE(both.loaded_fits(now));
      for (int p = 0; p < 2; ++p) {
        for (const AllSpikes& all : made[p]) {
          CAPTURE(now);
          REQUIRE(trains[p].knows(all.created));
          REQUIRE(sees_all(trains[p], all, now));
          REQUIRE(sees_all(both, all, now));
        }
        most = std::max(most, made[p].size());
      }
    }
    CHECK(most > 5);
    // Times at which synapses were made make no difference any more in the end.
    CHECK(bytes_held(trains[0]) < 20000);
    trains[0].restart();
    CHECK(trains[0].empty());
    CHECK(trains[0].by(0).trace(5, 5, kTrainDecay) == 0);
  }
}
