// Writes state: the visitor of whatever names its members (base/held.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/watch.h"
#include "state/checksum.h"
#include "state/format.h"

namespace tegmenta::state {

/// Where bytes go.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void write(const void* data, std::size_t bytes) = 0;
};

/// Without a sink it only counts.
class Writer : public PassesDerived {
 public:
  static constexpr Asks kAsks = Asks::kToSave;

  explicit Writer(Sink* sink = nullptr, Watch* watch = nullptr) : sink_(sink), watch_(watch) {}

  template <typename T>
  void operator()(const char* name, const T& field) {
    put_name(name);
    put(field);
  }
  template <typename T>
  void kept(const char* name, const T& field) {
    (*this)(name, field);
  }
  template <typename T>
  void added(const char* name, const T& field) {
    (*this)(name, field);
  }

  /// An array that lies in pieces: each(piece) calls piece(numbers, count) for one after the other,
  /// `count` in all. Without a name where it is the element of a list.
  template <typename T, typename Each>
  void in_pieces(const char* name, std::size_t count, Each&& each) {
    if (name) put_name(name);
    begin_array(type_of<T>(), count);
    each([&](const T* numbers, std::size_t n) { raw(numbers, n * sizeof(T)); });
  }

  /// A list: element(i) puts its values one by one, without names.
  template <typename Element>
  void list(const char* name, std::size_t count, Element&& element) {
    put_name(name);
    tag(kList);
    number<std::uint64_t>(count);
    for (std::size_t i = 0; i < count; ++i) element(i);
  }

  template <typename T>
  void put(const T& x) {
    if constexpr (is_number<T>) {
      tag(type_of<T>());
      raw(&x, sizeof x);
    } else if constexpr (std::is_same_v<T, std::string>) {
      tag(kText);
      number<std::uint64_t>(x.size());
      raw(x.data(), x.size());
    } else if constexpr (held::NamesFields<T>) {
      tag(kObject);
      T::fields(x, *this);
      put_name("");
    } else if constexpr (is_array<T>) {
      begin_array(type_of<std::remove_const_t<typename T::value_type>>(), x.size());
      raw(x.data(), x.size() * sizeof(typename T::value_type));
    } else if constexpr (held::is_list<T> || held::is_span<T>) {
      put_list(x);
    } else if constexpr (held::is_pair<T>) {
      tag(kList);
      number<std::uint64_t>(2);
      put(x.first);
      put(x.second);
    } else {
      static_assert(
          held::is_pointer<T> || requires { x.has_value(); }, "It does not say how it is saved.");
      if (x) {
        put(*x);
      } else {
        tag(kNull);
      }
    }
  }

  void raw(const void* data, std::size_t bytes);
  template <typename T>
  void number(T x) {
    raw(&x, sizeof x);
  }
  void put_name(std::string_view name);
  void flush();
  std::uint64_t bytes() const { return bytes_; }
  const Checksum& checksum() const { return checksum_; }

 private:
  void tag(char letter) { raw(&letter, 1); }
  void begin_array(char type, std::size_t count);
  template <typename List>
  void put_list(const List& list) {
    using Element = std::remove_const_t<typename List::value_type>;
    if constexpr (is_row<Element>) {
      const RowColumns<Element>& form = columns_of_row<Element>();
      begin_table(form.columns, list.size());
      if (!sink_ || form.as_in_memory) {
        raw(list.data(), list.size() * form.bytes);
      } else {
        for (const Element& row : list) {
          for (const RowColumn& c : form.columns) {
            raw(reinterpret_cast<const char*>(&row) + c.place, c.bytes);
          }
        }
      }
    } else {
      tag(kList);
      number<std::uint64_t>(list.size());
      for (const Element& element : list) put(element);
    }
  }
  void begin_table(const std::vector<RowColumn>& columns, std::size_t rows);

  Sink* sink_;
  Watch* watch_;
  std::vector<char> buffer_;
  std::uint64_t bytes_ = 0;
  Checksum checksum_;
};

/// A part of a state with a name and a checksum of its own.
struct Section {
  std::string name;
  std::function<void(Writer&)> write;
  std::uint64_t bytes = 0;  // of what it writes
};

/// Bytes of a whole state; notes those of the sections.
std::uint64_t measure(std::vector<Section>& sections);
/// Writes it; they are measured. Throws Cancelled, and what the sink throws.
void write(const std::vector<Section>& sections, Sink& sink, Watch& watch);

}  // namespace tegmenta::state
