#include "state/checksum.h"

#include <array>
#include <cstring>

namespace tegmenta::state {

namespace {

// ISO 3309, its bits reversed.
constexpr std::uint32_t kPolynomial = 0xedb88320u;
constexpr std::size_t kBytesTogether = 16;

using Table = std::array<std::uint32_t, 256>;

// tables[k][byte]: what a byte does to the sum that is followed by k others.
constexpr std::array<Table, kBytesTogether> make_tables() {
  std::array<Table, kBytesTogether> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t sum = byte;
    for (int bit = 0; bit < 8; ++bit) sum = sum & 1 ? sum >> 1 ^ kPolynomial : sum >> 1;
    tables[0][byte] = sum;
  }
  for (std::size_t k = 1; k < kBytesTogether; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[k - 1][byte];
      tables[k][byte] = before >> 8 ^ tables[0][before & 0xff];
    }
  }
  return tables;
}

constexpr std::array<Table, kBytesTogether> kTables = make_tables();

std::uint32_t part(std::uint64_t word, std::size_t first) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < 8; ++i) sum ^= kTables[first - i][word >> 8 * i & 0xff];
  return sum;
}

}  // namespace

void Checksum::add(const void* data, std::size_t bytes) {
  const auto* at = static_cast<const unsigned char*>(data);
  std::uint32_t sum = sum_;
  for (; bytes >= kBytesTogether; bytes -= kBytesTogether, at += kBytesTogether) {
    std::uint64_t words[2];
    std::memcpy(words, at, sizeof words);
    words[0] ^= sum;
    sum = part(words[0], 15) ^ part(words[1], 7);
  }
  for (; bytes > 0; --bytes) sum = sum >> 8 ^ kTables[0][(sum ^ *at++) & 0xff];
  sum_ = sum;
}

}  // namespace tegmenta::state
