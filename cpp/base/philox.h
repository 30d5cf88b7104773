#pragma once

#include <array>
#include <cstdint>

namespace tegmenta {

/// Philox 4x32-10: a keyed bijection of 128-bit counters whose outputs pass as independent
/// uniform words. The same (counter, key) gives the same four words on every machine.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3", SC'11, section 3.3 (the round function) and table 2 (ten rounds).
inline constexpr std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                         std::array<std::uint32_t, 2> key) {
  constexpr std::uint32_t kMultiplier0 = 0xD2511F53u;
  constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57u;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9u;  // golden ratio
  constexpr std::uint32_t kWeyl1 = 0xBB67AE85u;  // sqrt(3) - 1
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t product0 = std::uint64_t{kMultiplier0} * counter[0];
    const std::uint64_t product1 = std::uint64_t{kMultiplier1} * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product0)};
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  return counter;
}

/// What three rounds make of a counter whose second number, x, comes in later: with the products
/// p = M0 (hi(M1 c2) ^ x ^ k0) and q = M1 (hi(p) ^ word[0]), the fourth round begins with
/// {hi(q) ^ word[1], lo(q), lo(p) ^ word[2], word[3]}, where k0 is the key's first word.
struct PhiloxBegun {
  std::array<std::uint32_t, 4> word;
};

inline constexpr PhiloxBegun philox_begin(std::uint32_t c0, std::uint32_t c2, std::uint32_t c3,
                                          std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53u, kMultiplier1 = 0xCD9E8D57u;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9u, kWeyl1 = 0xBB67AE85u;
  const auto high = [](std::uint64_t product) { return static_cast<std::uint32_t>(product >> 32); };
  const auto low = [](std::uint64_t product) { return static_cast<std::uint32_t>(product); };
  const std::uint64_t first = kMultiplier0 * c0;
  const std::uint64_t second = kMultiplier1 * (high(first) ^ c3 ^ key[1]);
  const std::uint64_t third =
      kMultiplier0 * (high(second) ^ low(kMultiplier1 * c2) ^ (key[0] + kWeyl0));
  return {{low(first) ^ (key[1] + kWeyl1), low(second) ^ (key[0] + 2 * kWeyl0),
           high(third) ^ (key[1] + 2 * kWeyl1), low(third)}};
}

}  // namespace tegmenta
