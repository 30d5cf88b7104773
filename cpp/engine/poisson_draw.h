// The Poisson number of one connection in one step, from the words that belong to it.
#pragma once

#include <cstdint>

#include "base/philox.h"
#include "base/poisson_table.h"
#include "base/random.h"
#include "base/value.h"
#include "simd/kernels.h"

namespace tegmenta {

inline std::uint32_t poisson_key(Purpose purpose, std::int64_t stamp, std::uint32_t ordinal) {
  return static_cast<std::uint32_t>(purpose) << 24 |
         (static_cast<std::uint32_t>(stamp >> 32) & 0xffu) << 16 | (ordinal & 0xffffu);
}

/// Which half of which block of words belongs to a lane: as in simd's add_poisson.
struct PoissonPlace {
  std::uint32_t block, part;
};
inline PoissonPlace poisson_place(std::uint32_t lane) {
  constexpr std::uint32_t kGroup = simd::PoissonLanes::kGroup;
  return {lane / kGroup * kLaneGroup + lane % kLaneGroup, lane % kGroup / kLaneGroup};
}

struct PoissonDraw {
  std::uint32_t seed, call;
  NodeId population;
  std::uint32_t lane, ordinal;
  std::int64_t stamp;

  /// The upper half of the word, in its place.
  std::uint32_t upper() const { return half(Purpose::kPoisson) << 16; }

  /// The count that belongs to a word with this upper half; the lower one is drawn where it
  /// matters.
  double count(const PoissonTable& table, std::uint32_t upper) const {
    if (!table.tabled()) {
      RandomStream whole = stream();
      return static_cast<double>(table.draw(whole));
    }
    std::uint32_t count = table.count(upper);
    const std::uint32_t passed = count - table.first();
    if (passed < table.thresholds().size() && table.thresholds()[passed] <= (upper | 0xffffu)) {
      count = table.count(upper | half(Purpose::kPoissonLower));
    }
    if (count < table.last()) return count;
    RandomStream tail = stream();
    return static_cast<double>(table.tail(tail));
  }
  double count(const PoissonTable& table) const { return count(table, upper()); }

 private:
  RandomStream stream() const {
    return RandomStream(seed, Purpose::kTail, call, population + lane,
                        static_cast<std::uint32_t>(stamp), (ordinal & 0xffffu));
  }
  std::uint32_t half(Purpose purpose) const {
    const PoissonPlace place = poisson_place(lane);
    const std::uint32_t word =
        philox4x32({place.block, static_cast<std::uint32_t>(stamp), population, call},
                   {seed, poisson_key(purpose, stamp, ordinal)})[place.part / 2];
    return place.part % 2 ? word >> 16 : word & 0xffffu;
  }
};

}  // namespace tegmenta
