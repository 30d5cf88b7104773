// Bounds of weights: checks that several rules have.
#pragma once

#include <string>

#include "models/synapses/rule.h"

namespace tegmenta {

template <auto Low, auto High, typename Rule>
void check_bounds(const GivenOf<Rule>& given) {
  const double high = given.template get<High>();
  if (given.template get<Low>() > high) {
    given.template refuse<Low>("≤ " + given.template name<High>() + " (" + format_number(high) +
                               ")");
  }
}

/// The weight has the sign of the bound. It may be beyond it until it changes.
template <auto Bound, typename Rule>
void check_sign_of_weight(const GivenOf<Rule>& given) {
  if (given.given_weight != GivenWeight::kAmongOthers) return;
  const double bound = given.template get<Bound>();
  if (given.weight == 0 || (given.weight > 0) == (bound >= 0)) return;
  given.refuse_weight("of the sign of " + given.template name<Bound>() + " (" +
                      format_number(bound) + ")");
}

}  // namespace tegmenta
