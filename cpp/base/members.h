// Members of structs: what is declared by its member needs no name beside it, and none is
// forgotten.
#pragma once

#include <cstddef>
#include <string_view>

namespace tegmenta {

/// A member's name, as it is written in its struct.
template <auto Member>
consteval std::string_view member_name() {
  const std::string_view text = __PRETTY_FUNCTION__;  // […Member = &tegmenta::Own::name; …]
  const std::size_t from = text.find("Member = ");
  const std::string_view value = text.substr(from, text.find_first_of(";]", from) - from);
  return value.substr(value.rfind(':') + 1);
}

/// Stands for a value of any type, where members of a struct are counted.
struct AnyValue {
  template <typename T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};

/// How many members an aggregate has; what it derives from counts as one.
template <typename Struct, typename... Any>
consteval std::size_t member_count() {
  if constexpr (requires { Struct{Any{}..., AnyValue{}}; }) {
    return member_count<Struct, Any..., AnyValue>();
  } else {
    return sizeof...(Any);
  }
}

}  // namespace tegmenta
