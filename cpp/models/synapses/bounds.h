// Bounds of weights: checks that several rules have.
#pragma once

#include <cmath>
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

template <auto Low, auto High, typename Rule>
void check_weight_within(const GivenOf<Rule>& given) {
  const double low = given.template get<Low>(), high = given.template get<High>();
  if (given.weight >= low && given.weight <= high) return;
  given.refuse_weight("in [" + given.template name<Low>() + ", " + given.template name<High>() +
                      "] = [" + format_number(low) + ", " + format_number(high) + "]");
}

/// The weight has the sign of the bound and is not beyond it.
template <auto Bound, typename Rule>
void check_weight_up_to(const GivenOf<Rule>& given) {
  if (!given.with_weight) return;
  const double bound = given.template get<Bound>();
  const bool same_sign = (given.weight >= 0) == (bound >= 0) || given.weight == 0;
  if (same_sign && std::abs(given.weight) <= std::abs(bound)) return;
  given.refuse_weight("between 0 and " + given.template name<Bound>() + " (" +
                      format_number(bound) + ")");
}

}  // namespace tegmenta
