// What an object holds, said once. A class names its members in
//
//     template <typename Self, typename Visitor>
//     static void fields(Self& self, Visitor& visit) {
//       visit("stores", self.stores);          // state
//       visit.kept("threads", self.threads);   // saved, though nothing that happens depends on it
//       visit.added("guards", self.guards);    // kept, and missing in states of earlier versions
//       visit.restored("place", self.place);   // state, which others that are saved imply
//       visit.derived("masks", self.masks);    // what is worked out from state
//       visit.counted("rooms", self.bytes);    // memory whose bytes are known already
//     }
//
// and visitors do the rest: memory (bytes_held), the digest of state (Digest), saving and loading
// (state/writer.h, state/reader.h). What a visitor is for, it says by kAsks: what costs time to
// list need not be listed to all, and what is saved in another form than it is held is listed to
// those who save and load by itself. One that loads calls `bool loaded()` of an object that has it,
// once its members are there: it works out what is derived, and says whether they fit together.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace tegmenta {

/// What a visitor asks for.
enum class Asks : std::uint8_t { kMemory, kDigest, kToSave, kToLoad };

namespace held {

/// Whether a visitor saves or loads.
template <typename Visitor>
inline constexpr bool saves = Visitor::kAsks == Asks::kToSave || Visitor::kAsks == Asks::kToLoad;
template <typename Visitor>
inline constexpr bool loads = Visitor::kAsks == Asks::kToLoad;

/// A visitor of nothing, to ask whether a class names its members.
struct Nobody {
  static constexpr Asks kAsks = Asks::kMemory;
  template <typename T>
  void operator()(const char*, const T&) {}
  template <typename T>
  void kept(const char*, const T&) {}
  template <typename T>
  void added(const char*, const T&) {}
  template <typename T>
  void restored(const char*, const T&) {}
  template <typename T>
  void derived(const char*, const T&) {}
  void counted(const char*, std::size_t) {}
};
template <typename T>
concept NamesFields = requires(const T& x, Nobody& nobody) { T::fields(x, nobody); };

template <typename T>
inline constexpr bool is_list = false;
template <typename T, typename A>
inline constexpr bool is_list<std::vector<T, A>> = true;
template <typename T>
inline constexpr bool is_list<std::deque<T>> = true;
/// Holds nothing, but is read like a list.
template <typename T>
inline constexpr bool is_span = false;
template <typename T>
inline constexpr bool is_span<std::span<T>> = true;
template <typename T>
inline constexpr bool is_pointer = false;
template <typename T>
inline constexpr bool is_pointer<std::unique_ptr<T>> = true;
template <typename T>
inline constexpr bool is_pointer<std::shared_ptr<T>> = true;
template <typename T>
inline constexpr bool is_pair = false;
template <typename A, typename B>
inline constexpr bool is_pair<std::pair<A, B>> = true;
template <typename T>
inline constexpr bool is_map = false;
template <typename K, typename T>
inline constexpr bool is_map<std::unordered_map<K, T>> = true;
template <typename T>
inline constexpr bool is_variant = false;
template <typename... T>
inline constexpr bool is_variant<std::variant<T...>> = true;

}  // namespace held

/// Bytes on the heap that an object holds; what it shares with others counts in equal parts.
template <typename T>
std::size_t bytes_held(const T& x);

namespace held {

struct BytesOfFields {
  static constexpr Asks kAsks = Asks::kMemory;
  std::size_t sum = 0;
  template <typename T>
  void operator()(const char*, const T& field) {
    sum += bytes_held(field);
  }
  template <typename T>
  void kept(const char*, const T& field) {
    sum += bytes_held(field);
  }
  template <typename T>
  void added(const char*, const T& field) {
    sum += bytes_held(field);
  }
  template <typename T>
  void restored(const char*, const T& field) {
    sum += bytes_held(field);
  }
  template <typename T>
  void derived(const char*, const T& field) {
    sum += bytes_held(field);
  }
  void counted(const char*, std::size_t bytes) { sum += bytes; }
};

template <typename T>
std::size_t bytes_of_list(const T& list) {
  using Element = typename T::value_type;
  std::size_t sum = 0;
  if constexpr (std::is_same_v<T, std::vector<bool>>) {
    return list.capacity() / 8;
  } else {
    if constexpr (requires { list.capacity(); }) {
      sum = list.capacity() * sizeof(Element);
    } else {
      sum = list.size() * sizeof(Element);
    }
    if constexpr (!std::is_trivially_copyable_v<Element>) {
      for (const Element& element : list) sum += bytes_held(element);
    }
    return sum;
  }
}

}  // namespace held

template <typename T>
std::size_t bytes_held(const T& x) {
  if constexpr (held::NamesFields<T>) {
    held::BytesOfFields bytes;
    T::fields(x, bytes);
    return bytes.sum;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return x.capacity() > 15 ? x.capacity() + 1 : 0;
  } else if constexpr (held::is_list<T>) {
    return held::bytes_of_list(x);
  } else if constexpr (held::is_pointer<T>) {
    using Element = std::remove_cv_t<typename T::element_type>;
    if (!x) return 0;
    const std::size_t bytes = sizeof(Element) + bytes_held<Element>(*x);
    if constexpr (requires { x.use_count(); }) {
      return bytes / static_cast<std::size_t>(x.use_count());
    } else {
      return bytes;
    }
  } else if constexpr (held::is_pair<T>) {
    return bytes_held(x.first) + bytes_held(x.second);
  } else if constexpr (held::is_map<T>) {
    std::size_t sum = x.size() * (sizeof(typename T::value_type) + 2 * sizeof(void*));
    for (const auto& [key, value] : x) sum += bytes_held(key) + bytes_held(value);
    return sum;
  } else if constexpr (requires { x.has_value(); }) {
    return x.has_value() ? bytes_held(*x) : 0;
  } else {
    static_assert(std::is_trivially_copyable_v<T>, "It does not say what it holds.");
    return 0;
  }
}

/// A number that stands for the state of what it has visited: of objects in the same state it is
/// the same, on every machine.
class Digest {
 public:
  static constexpr Asks kAsks = Asks::kDigest;

  std::uint64_t value() const { return sum_; }

  /// Names count: a member that moves to another is seen.
  template <typename T>
  void operator()(const char* name, const T& field) {
    text(name);
    add(field);
  }
  template <typename T>
  void restored(const char* name, const T& field) {
    (*this)(name, field);
  }
  template <typename T>
  void kept(const char*, const T&) {}
  template <typename T>
  void added(const char*, const T&) {}
  template <typename T>
  void derived(const char*, const T&) {}
  void counted(const char*, std::size_t) {}

  template <typename T>
  void add(const T& x) {
    if constexpr (held::NamesFields<T>) {
      T::fields(x, *this);
    } else if constexpr (std::is_same_v<T, std::string>) {
      number(x.size());
      text(x.c_str());
    } else if constexpr (held::is_list<T> || held::is_span<T>) {
      number(x.size());
      for (const auto& element : x) add(element);
    } else if constexpr (held::is_variant<T>) {
      number(x.index());
      std::visit([this](const auto& value) { this->add(value); }, x);
    } else if constexpr (std::is_same_v<T, std::monostate>) {
    } else if constexpr (held::is_pointer<T>) {
      number(x != nullptr);
      if (x) add(*x);
    } else if constexpr (held::is_pair<T>) {
      add(x.first);
      add(x.second);
    } else if constexpr (requires { x.has_value(); }) {
      number(x.has_value());
      if (x) add(*x);
    } else if constexpr (std::is_floating_point_v<T>) {
      number(std::bit_cast<std::uint64_t>(static_cast<double>(x)));
    } else if constexpr (std::is_enum_v<T>) {
      number(static_cast<std::uint64_t>(x));
    } else {
      static_assert(std::is_integral_v<T>, "It does not say what its state is.");
      number(static_cast<std::uint64_t>(x));
    }
  }

 private:
  void text(const char* name) {
    for (; *name; ++name) number(static_cast<unsigned char>(*name));
  }
  void number(std::uint64_t word) {
    sum_ = (sum_ ^ word) * 0x9e3779b97f4a7c15ull;
    sum_ ^= sum_ >> 32;
  }

  std::uint64_t sum_ = 0xcbf29ce484222325ull;
};

}  // namespace tegmenta
