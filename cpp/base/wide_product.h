#pragma once

#include <cstdint>

namespace tegmenta {

/// A 128-bit product in two words.
struct WideProduct {
  std::uint64_t low;
  std::uint64_t high;
};

/// a b, exactly.
inline WideProduct multiply_wide(std::uint64_t a, std::uint64_t b) {
#if defined(__SIZEOF_INT128__)
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return {static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64)};
#else
  const std::uint64_t a_low = a & 0xFFFFFFFFu;
  const std::uint64_t a_high = a >> 32;
  const std::uint64_t b_low = b & 0xFFFFFFFFu;
  const std::uint64_t b_high = b >> 32;
  const std::uint64_t low = a_low * b_low;
  const std::uint64_t cross = a_high * b_low + (low >> 32);
  const std::uint64_t middle = a_low * b_high + (cross & 0xFFFFFFFFu);
  return {(middle << 32) | (low & 0xFFFFFFFFu), a_high * b_high + (cross >> 32) + (middle >> 32)};
#endif
}

}  // namespace tegmenta
