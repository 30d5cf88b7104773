// Numbers of a model as members of a struct: each is declared once, by its member, with all that is
// said of it, and found by its member at compile time. A member that is not declared does not
// compile; in which order members or declarations stand makes no difference.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "base/members.h"
#include "models/declaration.h"

namespace tegmenta {

/// How a member of a type is declared: the type that users see, and how its default is written.
template <typename T>
struct Declared;

/// Numbers and flags: by their default.
template <>
struct Declared<double> {
  using Default = double;
  static constexpr ParameterType kType = ParameterType::kDouble;
  static constexpr double number(double value) { return value; }
};
template <>
struct Declared<bool> {
  using Default = bool;
  static constexpr ParameterType kType = ParameterType::kBool;
  static constexpr double number(bool value) { return value ? 1 : 0; }
};

/// The declaration of one member. Kind: what is different for the fields of one list (kRole).
template <auto Member, typename Kind>
struct MemberField;

template <typename Owner, typename T, T Owner::* Member, typename Kind>
struct MemberField<Member, Kind> {
  using kind = Kind;
  static constexpr T Owner::* member = Member;

  std::string_view name = member_name<Member>();
  std::string_view unit = "";
  typename Declared<T>::Default value{};
  Range range = Range::finite();
  ParameterType type = Declared<T>::kType;
  Role role = Kind::kRole;
  std::string_view description;

  ParameterDeclaration declaration() const {
    if constexpr (requires { Declared<T>::text(value); }) {
      ParameterDeclaration d = declare(role, name, unit, 0, range, description, type);
      d.default_text = Declared<T>::text(value);
      return d;
    } else {
      return declare(role, name, unit, Declared<T>::number(value), range, description, type);
    }
  }
};

/// Whether a type of field declares this member.
template <typename F, auto Member>
constexpr bool declares() {
  if constexpr (std::is_same_v<std::remove_const_t<decltype(F::member)>,
                               std::remove_const_t<decltype(Member)>>) {
    return F::member == Member;
  } else {
    return false;
  }
}

/// Position of a member's declaration in a list.
template <auto Member, typename... F>
consteval std::size_t position(const std::tuple<F...>&) {
  static_assert((declares<F, Member>() || ...), "This member is not declared.");
  constexpr bool here[] = {declares<F, Member>()...};
  std::size_t at = 0;
  while (!here[at]) ++at;
  return at;
}

/// Whether a list declares every member of Own once.
template <typename Own, typename... F>
consteval bool declares_all(const std::tuple<F...>&) {
  if constexpr (sizeof...(F) == 0) {
    return std::is_empty_v<Own>;
  } else {
    const auto once = []<typename G>(std::type_identity<G>) {
      return (int{declares<F, G::member>()} + ...) == 1;
    };
    return sizeof(Own) == sizeof...(F) * sizeof(double) && (once(std::type_identity<F>{}) && ...);
  }
}

/// The struct that a member is in.
template <auto Member>
struct OwnerOfMember;
template <typename Owner, typename T, T Owner::* Member>
struct OwnerOfMember<Member> {
  using type = Owner;
};

/// Position of a member in its struct, all of whose members are doubles.
template <auto Member>
consteval std::size_t place_in_struct() {
  using Owner = typename OwnerOfMember<Member>::type;
  Owner one{};
  one.*Member = 1;
  const auto all = std::bit_cast<std::array<double, sizeof(Owner) / sizeof(double)>>(one);
  std::size_t at = 0;
  while (all[at] != 1) ++at;
  return at;
}

/// Calls f with every field of a list, in order.
template <typename... F, typename G>
constexpr void for_each_field(const std::tuple<F...>& fields, G&& f) {
  std::apply([&](const auto&... field) { (f(field), ...); }, fields);
}

}  // namespace tegmenta
