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
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return {static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64)};
}

}  // namespace tegmenta
