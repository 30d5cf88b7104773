// Saved states, changed at random: what may have happened to a file, and what somebody may have
// made to look like one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tegmenta::testing {

using Bytes = std::vector<std::uint8_t>;

/// Where the parts of a section's content are.
struct StateMap {
  struct Number {
    std::size_t at;
    char type;
    std::string name;
  };
  /// Numbers of one type, or rows of several.
  struct Numbers {
    std::size_t count_at;  // of the 8 bytes that say how many rows there are
    std::size_t begin;
    std::size_t rows;
    std::vector<Number> columns;  // places in the row
    std::size_t row_bytes;
  };
  struct Value {
    std::size_t begin, end;
  };
  struct List {
    std::size_t count_at;
    std::vector<Value> elements;
  };
  std::vector<Number> numbers;  // those that are values by themselves
  std::vector<Numbers> arrays;
  std::vector<List> lists;
  std::vector<Value> values;
  std::vector<std::size_t> counts;  // of arrays, tables, lists and texts: 8 bytes each
  std::vector<Value> names;
};

class ChangedState {
 public:
  using Random = std::mt19937;

  /// Of two states, of which parts are exchanged.
  ChangedState(const Bytes& state, const Bytes& other);

  /// Some bytes of the file are not what they were.
  Bytes damaged(Random& random) const;
  /// The first number of that name, or of an array or column of that name, is another one.
  Bytes with(const std::string& section, const std::string& name, double value) const;
  /// Numbers and parts are not what they were, but lengths of sections and checksums are right.
  Bytes sealed(Random& random) const;

 private:
  struct Section {
    std::string name;
    Bytes content;
    StateMap map;
  };
  using Sections = std::vector<Section>;

  static Sections sections_of(const Bytes& state);
  void change_sections(Sections& sections, Random& random) const;
  /// Whether its map still holds.
  bool change(Section& section, Random& random) const;
  bool change_number(Section& section, Random& random) const;
  bool change_rows(Section& section, Random& random) const;
  bool change_list(Section& section, Random& random) const;
  bool exchange_value(Section& section, Random& random) const;
  static Bytes file_of(const Sections& sections);

  Bytes state_;
  Sections sections_, other_;
};

}  // namespace tegmenta::testing
