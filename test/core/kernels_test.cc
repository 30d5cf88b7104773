// The hot loops of every instruction-set level against their plain definitions.
#include "simd/kernels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/aligned.h"
#include "base/elementary.h"
#include "base/philox.h"
#include "base/poisson_table.h"
#include "base/random.h"
#include "simd/dispatch.h"

using namespace tegmenta;

namespace {

// Half l / 8 of the eight halves of a Philox block serves lane l of a group of 64.
std::uint32_t poisson_word(const simd::PoissonLanes& p, std::uint32_t lane, std::uint32_t step) {
  const auto half = [&](std::uint32_t key) {
    const std::uint32_t block = lane / 64 * 8 + lane % 8;
    const std::uint32_t part = lane % 64 / 8;
    const std::uint32_t word = philox4x32({block, p.stamp_low + step, p.population, p.connection},
                                          {p.seed, key})[part / 2];
    return part % 2 ? word >> 16 : word & 0xffffu;
  };
  return half(p.key_high) << 16 | half(p.key_lower);
}

struct PoissonRows {
  static constexpr int kStride = 200;
  AlignedVector<double> out;

  PoissonRows() : out(5 * kStride) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<double>(i) * 0.1;
  }
};

}  // namespace

TEST_CASE("add_poisson draws the words of its lanes in any number of groups and steps") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    int given_up = 0;
    for (const double lambda : {0.001, 0.7, 9.0, 60.0}) {
      const PoissonTable table(lambda);
      for (const std::uint32_t first_lane : {0u, 64u, 4096u}) {
        for (int groups = 1; groups <= 3; ++groups) {
          for (int steps = 1; steps <= 5; ++steps) {
            const simd::PoissonLanes p{4711,
                                       0x05000000u,
                                       0x06000000u,
                                       17,
                                       3,
                                       static_cast<std::uint32_t>(groups * steps) * 7919u,
                                       table.thresholds().data(),
                                       static_cast<int>(table.thresholds().size()),
                                       table.upper_halves().data(),
                                       static_cast<int>(table.usual()),
                                       table.first(),
                                       0.3,
                                       PoissonRows::kStride};
            PoissonRows rows;
            const AlignedVector<double> before = rows.out;
            const int done = level->add_poisson(rows.out.data(), p, first_lane, groups, steps);
            given_up += done < groups * steps;
            for (int s = 0; s < 5; ++s) {
              for (int i = 0; i < PoissonRows::kStride; ++i) {
                const auto at = static_cast<std::size_t>(s * PoissonRows::kStride + i);
                const bool added = s < steps && i < 64 * groups && s * groups + i / 64 < done;
                if (!added) {
                  REQUIRE(rows.out[at] == before[at]);
                  continue;
                }
                const std::uint32_t count = table.count(poisson_word(
                    p, first_lane + static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(s)));
                REQUIRE(count < table.last());
                REQUIRE(rows.out[at] == before[at] + count * 0.3);
              }
            }
          }
        }
      }
    }
    CHECK(given_up < 5);
  }
}

TEST_CASE("add_poisson looks at lower halves where they matter, and stops before a last cell") {
  // All words of one upper half lie between two thresholds; last cells are common.
  const std::uint16_t at = 0x8000;
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    int gave_up = 0, went_on = 0, lower_decided = 0;
    for (std::uint32_t stamp = 0; stamp < 4000; ++stamp) {
      simd::PoissonLanes p{
          1, 2, 7, 3, 4, stamp, nullptr, 3, nullptr, 3, 0, 1.0, PoissonRows::kStride};
      // The first lane's upper half is a threshold's.
      const std::uint32_t first = poisson_word(p, 0, 0);
      const std::vector<std::uint32_t> thresholds = {
          (first & 0xffff0000u) | at, std::max(first | 0xffffu, 0xfff00000u), 0xfffe0000u};
      std::vector<std::uint16_t> halves(32, 0xffff);
      for (std::size_t c = 0; c <= 3; ++c) {
        halves[c] = static_cast<std::uint16_t>(thresholds[c == 0 ? 0 : c - 1] >> 16);
      }
      p.thresholds = thresholds.data();
      p.halves = halves.data();
      PoissonRows rows;
      const AlignedVector<double> before = rows.out;
      const int done = level->add_poisson(rows.out.data(), p, 0, 1, 1);
      bool last = false;
      for (std::uint32_t i = 0; i < 64; ++i) {
        const std::uint32_t word = poisson_word(p, i, 0);
        int count = 0;
        for (const std::uint32_t threshold : thresholds) count += word >= threshold;
        last |= count == 3;
        if (done == 1) REQUIRE(rows.out[i] == before[i] + count);
      }
      REQUIRE(done == (last ? 0 : 1));
      if (last) REQUIRE(rows.out == before);
      lower_decided += done == 1 && (first & 0xffffu) < at;
      ++(done == 1 ? went_on : gave_up);
    }
    CHECK(gave_up > 5);
    CHECK(went_on > 1000);
    CHECK(lower_decided > 500);
  }
}

TEST_CASE("normals are the first of their streams, bit for bit, for any number of streams") {
  std::vector<std::uint32_t> b(1000), c(1000);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    b[i] = i < 500 ? i : 0xffffffffu - i * 77777u;
    c[i] = i % 3 == 0 ? 5 : i * i;
  }
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (const std::uint32_t block : {0u, 1u}) {
      for (std::size_t n = 0; n <= 40; ++n) {
        // Every length, and most of the streams once.
        const std::size_t first = n * 23;
        const simd::Streams streams{4711, 0x02ab1234u, block, 9, &b[first], &c[first]};
        std::vector<double> out(48, -7.0);
        level->normals(out.data(), streams, n);
        for (std::size_t i = 0; i < out.size(); ++i) {
          double expected = -7.0;
          if (i < n) {
            RandomStream stream(4711, Purpose::kNoise, 9, b[first + i], c[first + i], 0xab1234);
            // A later block of the stream: the numbers before it have been drawn.
            if (block == 1) stream.normal();
            expected = stream.normal();
          }
          REQUIRE(out[i] == expected);
        }
      }
    }
  }
}

TEST_CASE("add_masks counts the masks that have a bit, for any number of them") {
  constexpr std::size_t kWords = 24;
  std::uint64_t state = 1;
  const auto random = [&] { return state = state * 6364136223846793005u + 1442695040888963407u; };
  AlignedVector<std::uint64_t> bits(15 * kWords);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    // Full, empty, dense and sparse masks.
    const std::size_t row = i / kWords;
    bits[i] = row == 0 ? ~0ull : row == 1 ? 0 : row < 8 ? random() : random() & random() & random();
  }
  const std::uint64_t* rows[15];
  for (std::size_t r = 0; r < 15; ++r) rows[r] = bits.data() + r * kWords;
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (int n = 0; n <= 15; ++n) {
      CAPTURE(n);
      AlignedVector<std::uint16_t> counts(64 * kWords), expected(64 * kWords);
      for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = expected[i] = static_cast<std::uint16_t>(i * 41);
        for (int r = 0; r < n; ++r) expected[i] += rows[r][i / 64] >> (i % 64) & 1;
      }
      level->add_masks(counts.data(), rows, n, kWords);
      REQUIRE(counts == expected);
    }
  }
}

TEST_CASE("delivery adds every synapse of a run, multapses included") {
  std::vector<std::uint16_t> targets;
  std::vector<float> floats;
  std::vector<double> doubles;
  for (int i = 0; i < 1000; ++i) {
    // Runs of equal targets of all lengths up to 9, and the last slot there is.
    const int repeat = i % 10;
    for (int k = 0; k < repeat; ++k) {
      targets.push_back(static_cast<std::uint16_t>(i < 999 ? i * 65 : 65535));
      floats.push_back(static_cast<float>(k - 4) * 0.37f);
      doubles.push_back((k - 4) * 0.1 + i);
    }
  }
  const std::size_t n = targets.size();
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{7}, n}) {
      std::vector<std::uint16_t> counts(65536, 3), expected_counts(65536, 3);
      level->deliver_counts(counts.data(), targets.data(), length, 5);
      for (std::size_t i = 0; i < length; ++i) expected_counts[targets[i]] += 5;
      CHECK(counts == expected_counts);

      // Runs of both signs, and of one.
      for (const bool one_sign : {false, true}) {
        std::vector<float> single = floats;
        std::vector<double> twice = doubles;
        if (one_sign) {
          for (float& w : single) w = std::fabs(w);
          for (double& w : twice) w = -std::fabs(w);
        }
        std::vector<double> ex(65536, 0.1), in(65536, -0.1), expected_ex = ex, expected_in = in;
        for (const double factor : {-2.5, 3.0}) {
          level->deliver_float(ex.data(), in.data(), targets.data(), single.data(), length, factor);
          for (std::size_t i = 0; i < length; ++i) {
            const double w = static_cast<double>(single[i]) * factor;
            (w > 0 ? expected_ex : expected_in)[targets[i]] += w;
          }
          CHECK(ex == expected_ex);
          CHECK(in == expected_in);
          level->deliver_double(ex.data(), in.data(), targets.data(), twice.data(), length, factor);
          for (std::size_t i = 0; i < length; ++i) {
            const double w = twice[i] * factor;
            (w > 0 ? expected_ex : expected_in)[targets[i]] += w;
          }
          CHECK(ex == expected_ex);
          CHECK(in == expected_in);
        }
      }
    }
  }
}

TEST_CASE("taking counts and sums clears what was taken and nothing else") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (int n = 8; n <= 64; n += 8) {
      AlignedVector<double> out(72, 1.5), sums(72, 0.0);
      AlignedVector<std::uint16_t> counts(72, 0);
      for (std::size_t i = 0; i < 72; ++i) {
        counts[i] = static_cast<std::uint16_t>(65535 - 911 * i);
        sums[i] = 0.1 * static_cast<double>(i);
      }
      const auto given_counts = counts;
      const auto given_sums = sums;
      AlignedVector<double> inhibitory(72, 1.5);
      AlignedVector<std::uint16_t> more(72, 3), others(72, 7);
      const simd::CountedInput rows[] = {
          {counts.data(), 0.3, true}, {others.data(), -1.5, false}, {more.data(), 0.7, true}};
      level->take_counts(out.data(), inhibitory.data(), rows, 3, n);
      level->take_sums(out.data(), sums.data(), n);
      for (std::size_t i = 0; i < 72; ++i) {
        const bool taken = i < static_cast<std::size_t>(n);
        CHECK(out[i] == (taken ? given_counts[i] * 0.3 + 3 * 0.7 + given_sums[i] : 1.5));
        CHECK(inhibitory[i] == (taken ? 7 * -1.5 : 1.5));
        CHECK(counts[i] == (taken ? 0 : given_counts[i]));
        CHECK(others[i] == (taken ? 0 : 7));
        CHECK(more[i] == (taken ? 0 : 3));
        CHECK(sums[i] == (taken ? 0 : given_sums[i]));
      }
    }
  }
}

TEST_CASE("poisson_halves draws upper halves of the words of connections, from where they began") {
  constexpr std::size_t kMost = 100, kRoom = kMost + simd::kGatheredTogether;
  constexpr std::uint32_t kSeed = 4711, kKey = 0x05000000u, kPopulation = 17;
  AlignedVector<std::uint32_t> delay(kRoom), begun[4], half(kRoom);
  for (auto& word : begun) word.assign(kRoom, 0);
  const auto block = [](std::size_t i) { return static_cast<std::uint32_t>(i * 7919); };
  const auto call = [](std::size_t i) { return static_cast<std::uint32_t>(i * i); };
  const auto part = [](std::size_t i) { return static_cast<std::uint32_t>(i / 3 % 8); };
  for (std::size_t i = 0; i < kMost; ++i) {
    delay[i] = static_cast<std::uint32_t>(1 + i % 5);
    const PhiloxBegun of = philox_begin(block(i), kPopulation, call(i), {kSeed, kKey});
    for (std::size_t k = 0; k < 4; ++k) begun[k][i] = of.word[k];
    half[i] = (part(i) / 2 % 2 == 0 ? 32u : 0u) + (part(i) % 2 == 1 ? 16u : 0u) +
              (part(i) >= 4 ? simd::PoissonHalves::kLateWords : 0u);
  }
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (const bool one_delay : {false, true}) {
      for (const std::size_t n : {1u, 31u, 32u, 100u}) {
        for (const std::uint32_t arrival : {3u, 0x80000000u, 0xffffffffu}) {
          AlignedVector<std::uint16_t> halves(kRoom, 0);
          level->poisson_halves(
              halves.data(),
              {kSeed,
               kKey,
               kPopulation,
               arrival,
               delay.data(),
               one_delay,
               {begun[0].data(), begun[1].data(), begun[2].data(), begun[3].data()},
               half.data()},
              n);
          for (std::size_t i = 0; i < n; ++i) {
            const std::uint32_t stamp = arrival - delay[one_delay ? 0 : i];
            const std::uint32_t word =
                philox4x32({block(i), stamp, kPopulation, call(i)}, {kSeed, kKey})[part(i) / 2];
            REQUIRE(halves[i] == (part(i) % 2 ? word >> 16 : word & 0xffffu));
          }
        }
      }
    }
  }
}

TEST_CASE(
    "poisson_values counts thresholds column by column, and says where halves do not decide") {
  constexpr std::size_t kMost = 100, kRoom = kMost + simd::kGatheredTogether;
  constexpr int kRows = 4;
  AlignedVector<std::uint16_t> halves(kRoom), thresholds(kRows * kRoom, 0xffff),
      usual(kRoom, 0xffff), smallest(kRoom);
  AlignedVector<double> weight(kRoom, 0.0);
  for (std::size_t i = 0; i < kMost; ++i) {
    halves[i] = static_cast<std::uint16_t>(i * 653);
    usual[i] = static_cast<std::uint16_t>(i % 5);
    smallest[i] = static_cast<std::uint16_t>(i / 50);
    weight[i] = 0.3 * static_cast<double>(i);
    for (std::size_t k = 0; k < usual[i]; ++k) {
      thresholds[k * kRoom + i] =
          static_cast<std::uint16_t>(i % 9 == 0 ? halves[i] : 15000 * (k + 1));
    }
  }
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (const std::size_t n : {1u, 33u, 100u}) {
      AlignedVector<double> values(kRoom, -1.0);
      AlignedVector<std::uint16_t> open(kRoom, 7);
      level->poisson_values(values.data(), open.data(),
                            {halves.data(), thresholds.data(), kRoom, kRows, usual.data(),
                             smallest.data(), weight.data()},
                            n);
      for (std::size_t i = 0; i < n; ++i) {
        int count = 0;
        bool undecided = false;
        for (std::size_t k = 0; k < kRows; ++k) {
          count += halves[i] >= thresholds[k * kRoom + i];
          undecided |= halves[i] == thresholds[k * kRoom + i];
        }
        undecided |= count == usual[i];
        REQUIRE(open[i] == (undecided ? 0xffff : 0));
        REQUIRE(values[i] == (undecided ? 0 : weight[i] * (count + smallest[i])));
      }
    }
  }
}

TEST_CASE("waves and add have the bits of their plain definitions") {
  constexpr std::size_t kMost = 70, kRoom = 96;
  AlignedVector<double> column[6];
  for (std::size_t c = 0; c < 6; ++c) {
    column[c].assign(kRoom, 0.0);
    for (std::size_t i = 0; i < kMost; ++i) {
      column[c][i] = std::cos(static_cast<double>(i * 6 + c)) * static_cast<double>(1 + c);
    }
  }
  const double one_sine = 0.25;
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (const int times : {0, 1, 2}) {
      const simd::Waves w{column[0].data(),
                          column[1].data(),
                          column[2].data(),
                          column[3].data(),
                          column[4].data(),
                          times == 1 ? column[5].data() : nullptr,
                          321.7,
                          times == 2 ? &one_sine : nullptr};
      AlignedVector<double> values(kRoom, 0.0);
      level->waves(values.data(), w, kMost);
      for (std::size_t i = 0; i < kMost; ++i) {
        const double t = times == 1 ? column[5][i] : 321.7;
        const double sine =
            times == 2 ? one_sine : elementary::sin(column[2][i] * t + column[3][i]);
        REQUIRE(values[i] == column[4][i] * (column[0][i] + column[1][i] * sine));
      }
      AlignedVector<double> sums = column[0];
      level->add(sums.data() + 1, values.data(), 37);
      for (std::size_t i = 0; i < kRoom; ++i) {
        REQUIRE(sums[i] == (i >= 1 && i < 38 ? column[0][i] + values[i - 1] : column[0][i]));
      }
    }
  }
}
