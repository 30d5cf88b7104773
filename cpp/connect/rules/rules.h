// The connection rules there are, and choosing one by its declaration.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connect/rules/all_to_all.h"
#include "connect/rules/fixed_indegree.h"
#include "connect/rules/fixed_outdegree.h"
#include "connect/rules/fixed_total_number.h"
#include "connect/rules/one_to_one.h"
#include "connect/rules/pairwise_bernoulli.h"
#include "connect/rules/pairwise_poisson.h"
#include "connect/rules/symmetric_pairwise_bernoulli.h"

namespace tegmenta::rules {

template <typename... Rules>
struct List {
  static constexpr std::array<const RuleDeclaration*, sizeof...(Rules)> kDeclarations{
      &Rules::kDeclaration...};
};

/// What users call by name, in the order in which texts list them.
using Named = List<OneToOne, AllToAll, FixedIndegree, FixedOutdegree, FixedTotalNumber,
                   PairwiseBernoulli, PairwisePoisson, SymmetricPairwiseBernoulli>;

template <typename F, typename First, typename... Rest>
decltype(auto) with_one_of(List<First, Rest...>, const RuleDeclaration* rule, F&& f) {
  if constexpr (sizeof...(Rest) > 0) {
    if (rule != &First::kDeclaration) return with_one_of(List<Rest...>(), rule, f);
  }
  return f.template operator()<First>();
}

/// Calls f<R>() with the class of a rule.
template <typename F>
decltype(auto) with_rule(const RuleDeclaration* rule, F&& f) {
  if (rule == &ExplicitArrays::kDeclaration) return f.template operator()<ExplicitArrays>();
  return with_one_of(Named(), rule, f);
}

}  // namespace tegmenta::rules
