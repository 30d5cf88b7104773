// CRC-32 as of zlib and PNG: Python's zlib.crc32 gives the same.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tegmenta::state {

class Checksum {
 public:
  void add(const void* data, std::size_t bytes);
  std::uint32_t value() const { return ~sum_; }

 private:
  std::uint32_t sum_ = 0xffffffffu;
};

}  // namespace tegmenta::state
