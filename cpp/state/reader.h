// Reads state: the visitor of whatever names its members (base/held.h).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/memory.h"
#include "base/watch.h"
#include "state/format.h"

namespace tegmenta {
class NeuronModel;
struct SynapseModel;
}  // namespace tegmenta

namespace tegmenta::state {

/// Where bytes come from.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  virtual void read(std::uint64_t at, void* to, std::size_t bytes) = 0;
};

/// A section, as it lies in a source.
struct Span {
  std::string name;
  std::uint64_t begin;
  std::uint64_t bytes;
};

/// The sections of a state, the last one left out; their checksums are right. Throws BadStateFile,
/// Cancelled, and what the source throws.
std::vector<Span> read_sections(Source& source, Watch& watch);

/// Reads one section. What does not fit throws BadStateFile; sizes are checked before anything is
/// allocated.
class Reader : public PassesDerived {
 public:
  static constexpr Asks kAsks = Asks::kToLoad;

  Reader(Source& source, const Span& span, Watch& watch);

  /// Finds the models that the network brings with it by what they are saved as; null: there is no
  /// such one.
  std::function<const NeuronModel*(const std::string&)> find_model;
  std::function<const SynapseModel*(const std::string&)> find_synapse_model;

  template <typename T>
  void operator()(const char* name, T& field) {
    expect_name(name);
    take(field);
  }
  template <typename T>
  void kept(const char* name, T& field) {
    (*this)(name, field);
  }
  /// Stays as it is where an earlier version has not written it.
  template <typename T>
  void added(const char* name, T& field) {
    if (next_is(name)) (*this)(name, field);
  }

  /// An array that is to lie in pieces, as Writer::in_pieces.
  template <typename T, typename Each>
  void in_pieces(const char* name, std::size_t count, Each&& each) {
    expect_name(name);
    expect(kArray);
    expect(type_of<T>());
    if (count_of(sizeof(T)) != count) refuse("has another length than expected");
    each([&](T* numbers, std::size_t n) { raw(numbers, n * sizeof(T)); });
  }

  template <typename T>
  void take(T& x) {
    if constexpr (std::is_same_v<T, bool>) {
      expect(type_of<T>());
      x = flag();
    } else if constexpr (is_number<T>) {
      expect(type_of<T>());
      raw(&x, sizeof x);
    } else if constexpr (std::is_same_v<T, std::string>) {
      expect(kText);
      x.resize(count_of(1));
      raw(x.data(), x.size());
    } else if constexpr (held::NamesFields<T>) {
      take_object(x);
    } else if constexpr (is_array<T>) {
      using Number = typename T::value_type;
      static_assert(!std::is_same_v<Number, bool>, "Flags are read one by one.");
      expect(kArray);
      expect(type_of<Number>());
      const std::size_t n = count_of(sizeof(Number));
      require_memory(static_cast<double>(n) * sizeof(Number), "The arrays of a state");
      x.resize(n);
      raw(x.data(), n * sizeof(Number));
    } else if constexpr (held::is_list<T>) {
      take_list(x);
    } else if constexpr (held::is_pair<T>) {
      expect(kList);
      if (count_of(1) != 2) refuse("is no pair");
      take(x.first);
      take(x.second);
    } else {
      take_optional(x);
    }
  }

  void raw(void* to, std::size_t bytes);
  /// BadStateFile, of what was read last.
  [[noreturn]] void refuse(const std::string& what) const;
  /// Nothing is left.
  void expect_end() const;

 private:
  std::string take_name();
  void expect_name(std::string_view name);
  bool next_is(std::string_view name);
  void expect(char tag);
  bool flag();
  /// A number of elements that take at least `each` bytes: that many are there.
  std::size_t count_of(std::size_t each);
  std::uint64_t left() const { return end_ - at_; }
  template <typename T>
  T number() {
    T x;
    raw(&x, sizeof x);
    return x;
  }

  template <typename T>
  void take_object(T& x) {
    expect(kObject);
    T::fields(x, *this);
    expect_name("");
    if constexpr (requires { x.loaded(); }) {
      if (!x.loaded()) refuse("does not fit together");
    }
  }

  template <typename T>
  void take_optional(T& x) {
    x.reset();
    if (peek() == kNull) {
      expect(kNull);
      return;
    }
    if constexpr (held::is_pointer<T>) {
      x = T(std::make_unique<typename T::element_type>());
    } else {
      x.emplace();
    }
    take(*x);
  }

  template <typename List>
  void take_list(List& list) {
    using Element = typename List::value_type;
    if constexpr (is_row<Element>) {
      take_table(list);
    } else {
      expect(kList);
      const std::size_t n = count_of(1);
      list.clear();
      // One by one: what is said to be there may be less.
      for (std::size_t i = 0; i < n; ++i) take(list.emplace_back());
    }
  }

  template <typename List>
  void take_table(List& list) {
    using Row = typename List::value_type;
    const RowColumns<Row>& form = columns_of_row<Row>();
    expect_columns(form.columns);
    const std::size_t n = count_of(form.bytes);
    require_memory(static_cast<double>(n) * sizeof(Row), "The tables of a state");
    list.resize(n);
    if (form.as_in_memory) {
      raw(list.data(), n * sizeof(Row));
      return;
    }
    for (Row& row : list) {
      for (const RowColumn& c : form.columns) {
        char* const to = reinterpret_cast<char*>(&row) + c.place;
        if (c.type == type_of<bool>()) {
          *reinterpret_cast<bool*>(to) = flag();
        } else {
          raw(to, c.bytes);
        }
      }
    }
  }
  void expect_columns(const std::vector<RowColumn>& columns);
  char peek();
  void fill();

  Source& source_;
  Watch& watch_;
  std::string section_;
  std::string field_;       // the last that was read
  std::uint64_t at_, end_;  // in the source
  std::vector<char> buffer_;
  std::uint64_t buffered_ = 0;  // where in the source the buffer begins
};

}  // namespace tegmenta::state
