// The hot loops of every instruction-set level against their plain definitions.
#include "simd/kernels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/aligned.h"
#include "base/philox.h"
#include "base/poisson_table.h"
#include "base/random.h"
#include "simd/dispatch.h"

using namespace tegmenta;

namespace {

// Word k of a Philox block serves lanes l, l + 8, l + 16, l + 24 of a group of 32.
std::uint32_t poisson_word(const simd::PoissonLanes& p, std::uint32_t lane) {
  const std::uint32_t block = lane / 32 * 8 + lane % 8;
  return philox4x32({block, p.stamp_low, p.population, p.connection},
                    {p.seed, p.key_high})[lane / 8 % 4];
}

}  // namespace

TEST_CASE("add_poisson draws the words of its lanes, whole and partial blocks alike") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    std::uint64_t last_cells = 0;
    for (const double lambda : {0.001, 0.7, 9.0}) {
      const PoissonTable table(lambda);
      for (const std::uint32_t first_lane : {0u, 32u, 4096u}) {
        for (int n = 8; n <= kMostBlockLanes; n += n < 72 ? 8 : 88) {
          const simd::PoissonLanes p{4711,
                                     0x05000000u,
                                     17,
                                     3,
                                     static_cast<std::uint32_t>(n) * 7919u,
                                     table.thresholds().data(),
                                     static_cast<int>(table.thresholds().size()),
                                     static_cast<int>(table.usual()),
                                     table.first(),
                                     0.3};
          AlignedVector<double> out(kMostBlockLanes, 0.0);
          for (int i = 0; i < kMostBlockLanes; ++i) out[static_cast<std::size_t>(i)] = i * 0.1;
          const AlignedVector<double> before = out;
          const bool done = level->add_poisson(out.data(), p, first_lane, n);
          bool last = false;
          for (int i = 0; i < n; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const std::uint32_t count =
                table.count(poisson_word(p, first_lane + static_cast<std::uint32_t>(i)));
            last |= count == table.last();
            if (done) REQUIRE(out[at] == before[at] + count * 0.3);
          }
          // May give up for a lane it was not asked for; never for none.
          if (done) REQUIRE_FALSE(last);
          if (!done) {
            REQUIRE(out == before);
            ++last_cells;
          }
          for (std::size_t i = static_cast<std::size_t>(n); i < kMostBlockLanes; ++i) {
            REQUIRE(out[i] == before[i]);
          }
        }
      }
    }
    CHECK(last_cells < 5);
  }
}

TEST_CASE("add_poisson leaves a block with a last cell untouched") {
  // Thresholds so low that last cells are common.
  const std::vector<std::uint32_t> thresholds = {0x40000000u, 0xf0000000u};
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    int gave_up = 0, went_on = 0;
    for (std::uint32_t stamp = 0; stamp < 200; ++stamp) {
      const simd::PoissonLanes p{1, 2, 3, 4, stamp, thresholds.data(), 2, 1, 0, 1.0};
      AlignedVector<double> out(kMostBlockLanes, 0.5);
      const bool done = level->add_poisson(out.data(), p, 0, 32);
      bool last = false;
      for (std::uint32_t i = 0; i < 32; ++i) {
        const std::uint32_t word = poisson_word(p, i);
        const int count = (word >= thresholds[0]) + (word >= thresholds[1]);
        last |= count == 2;
        if (done) REQUIRE(out[i] == 0.5 + count);
      }
      REQUIRE(done == !last);
      if (!done) REQUIRE(out == AlignedVector<double>(kMostBlockLanes, 0.5));
      ++(done ? went_on : gave_up);
    }
    CHECK(gave_up > 50);
    CHECK(went_on > 5);
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
      level->take_counts(out.data(), counts.data(), -0.3, n);
      level->take_sums(out.data(), sums.data(), n);
      for (std::size_t i = 0; i < 72; ++i) {
        const bool taken = i < static_cast<std::size_t>(n);
        CHECK(out[i] == (taken ? 1.5 + given_counts[i] * -0.3 + given_sums[i] : 1.5));
        CHECK(counts[i] == (taken ? 0 : given_counts[i]));
        CHECK(sums[i] == (taken ? 0 : given_sums[i]));
      }
    }
  }
}
