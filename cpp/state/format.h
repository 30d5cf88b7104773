// The bytes of a saved state: see docs/state-file.md, which describes all of it. Numbers are
// little-endian, named as Python's struct module names them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/errors.h"
#include "base/held.h"

namespace tegmenta::state {

static_assert(std::endian::native == std::endian::little,
              "States are written as they lie in memory.");

/// No text begins so, and what turns line ends of one system into those of another is seen.
inline constexpr std::array<unsigned char, 8> kMagic{0x89, 'T', 'G', 'M', '\r', '\n', 0x1a, '\n'};
/// Raised whenever what is written changes; earlier ones are still read.
inline constexpr std::uint32_t kVersion = 2;
/// The section that comes last: without it, the rest is missing.
inline constexpr std::string_view kEnd = "end";
inline constexpr std::size_t kLongestName = 255;
/// Small pieces are gathered in a buffer of so many bytes; large ones are handed on in parts,
/// between which it may be stopped.
inline constexpr std::size_t kBuffer = std::size_t{1} << 16;
inline constexpr std::size_t kPart = std::size_t{1} << 20;

/// What a value begins with, where it is not a number.
enum Tag : char {
  kNull = '0',
  kText = 's',    // u64 bytes, UTF-8
  kArray = 'a',   // type of its numbers, u64 count, the numbers
  kTable = 't',   // u32 columns, each with name and type, u64 rows, the rows
  kList = '[',    // u64 count, the values
  kObject = '{',  // names and values, up to an empty name
};

/// The letter of a type of numbers.
template <typename T>
constexpr char type_of() {
  if constexpr (std::is_enum_v<T>) {
    return type_of<std::underlying_type_t<T>>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return '?';
  } else if constexpr (std::is_floating_point_v<T>) {
    return sizeof(T) == 8 ? 'd' : 'f';
  } else {
    static_assert(std::is_integral_v<T>, "No number.");
    constexpr std::string_view kSigned = "bhiq", kUnsigned = "BHIQ";
    return (std::is_signed_v<T> ? kSigned : kUnsigned)[std::countr_zero(sizeof(T))];
  }
}

template <typename T>
inline constexpr bool is_number = std::is_arithmetic_v<T> || std::is_enum_v<T>;
/// A row of numbers: lists of such are tables.
template <typename T>
inline constexpr bool is_row = held::NamesFields<T> && std::is_trivially_copyable_v<T>;
/// Lies in memory as an array does.
template <typename T>
inline constexpr bool is_array = requires(T& x) {
  x.data();
  requires is_number<std::remove_const_t<std::remove_reference_t<decltype(*x.data())>>>;
} && !std::is_same_v<T, std::string>;

/// A number of a row.
struct RowColumn {
  std::string name;
  char type;
  std::size_t place;  // in the row as it lies in memory
  std::size_t bytes;
};

/// What a visitor that moves state passes by.
struct PassesDerived {
  template <typename T>
  void restored(const char*, const T&) {}
  template <typename T>
  void derived(const char*, const T&) {}
  void counted(const char*, std::size_t) {}
};

/// Collects what a row consists of; numbers of rows in it come as `outer.inner`.
template <typename Row>
class RowColumns : public PassesDerived {
 public:
  static constexpr Asks kAsks = Asks::kToSave;

  RowColumns() {
    Row::fields(sample_, *this);
    as_in_memory &= bytes == sizeof(Row);
  }

  template <typename T>
  void operator()(const char* name, const T& field) {
    if constexpr (is_row<T>) {
      const std::string outer = prefix_;
      prefix_ += std::string(name) + ".";
      T::fields(field, *this);
      prefix_ = outer;
    } else {
      const auto place = static_cast<std::size_t>(reinterpret_cast<const char*>(&field) -
                                                  reinterpret_cast<const char*>(&sample_));
      columns.push_back({prefix_ + name, type_of<T>(), place, sizeof(T)});
      bytes += sizeof(T);
      as_in_memory &= place + sizeof(T) == bytes && !std::is_same_v<T, bool>;
    }
  }
  template <typename T>
  void kept(const char* name, const T& field) {
    (*this)(name, field);
  }

  std::vector<RowColumn> columns;
  std::size_t bytes = 0;  // of a row, as it is written
  /// A row is written as it lies in memory.
  bool as_in_memory = true;

 private:
  Row sample_{};
  std::string prefix_;
};

template <typename Row>
const RowColumns<Row>& columns_of_row() {
  static const RowColumns<Row> columns;
  return columns;
}

/// Why a state cannot be loaded.
enum class Fault { kForeign, kNewer, kTruncated, kCorrupted };

/// BadStateFile.
Error bad_state(Fault fault, const std::string& what);

}  // namespace tegmenta::state
