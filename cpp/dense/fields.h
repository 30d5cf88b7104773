// What a dense component is made of, by its members: the constants of its rule, and the arrays that
// it computes in. Whoever gives them names them, and finds them by these declarations.
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>

#include "base/members.h"
#include "simd/dense.h"

namespace tegmenta::dense {

/// A constant of a rule.
template <auto Member>
struct Constant {
  static constexpr auto member = Member;
  static constexpr std::string_view name = member_name<Member>();
};
template <auto... Members>
using Constants = std::tuple<Constant<Members>...>;

/// The constants that a struct declares. A struct of structs has theirs, too.
template <typename Rule>
struct ConstantsOf;

template <>
struct ConstantsOf<simd::DenseShape> {
  using type =
      Constants<&simd::DenseShape::inputs, &simd::DenseShape::outputs, &simd::DenseShape::batch>;
};
template <>
struct ConstantsOf<simd::PairRule> {
  using type =
      Constants<&simd::PairRule::a_plus, &simd::PairRule::a_minus, &simd::PairRule::pretrace_target,
                &simd::PairRule::mu, &simd::PairRule::w_min, &simd::PairRule::w_bound>;
};

/// An array, whose length depends on `Shape`: a member of a struct of arrays.
template <auto Member, typename Shape>
struct Array {
  static constexpr auto member = Member;
  std::string_view name = member_name<Member>();
  std::size_t (*length)(const Shape&);
  bool optional = false;  // nullptr where it is not given
};

/// The arrays that a struct declares: kArrays.
template <typename Arrays>
struct ArraysOf;

}  // namespace tegmenta::dense
