#include "connect/synapse_estimate.h"

#include <cmath>
#include <string>

#include "base/errors.h"
#include "connect/rules/rules.h"

namespace tegmenta {

std::string SynapseEstimate::text(const char* what) const {
  return (exact ? "" : "About ") + format_number(std::round(expected)) + " " + what;
}

SynapseEstimate estimate_synapses(const ConnectionPattern& c, const simd::Kernels& kernels) {
  return rules::with_rule(c.rule, [&]<typename Rule>() { return Rule::estimate(c, kernels); });
}

bool draws_pairs(const ConnectionPattern& c) {
  return rules::with_rule(c.rule, [&]<typename Rule>() {
    if constexpr (requires { Rule::draws_pairs(c); }) {
      return Rule::draws_pairs(c);
    } else {
      return false;
    }
  });
}

void check_work(const ConnectionPattern& c, int threads) {
  // Some 10 ns a pair, two or three times.
  constexpr double kMostPairs = 1e11;
  const bool none = !c.p_parameter && c.p == 0;
  if (!draws_pairs(c) || none) return;
  const double pairs = rules::pairs_of(c);
  if (pairs <= kMostPairs * threads) return;
  throw Error(ErrorKind::kNotImplemented,
              std::string(c.rule->name) + " would draw for each of " + format_number(pairs) +
                  " pairs of nodes, which takes hours; use a rule that draws synapses "
                  "(fixed_total_number, fixed_indegree), or fewer pairs in a call.",
              {{"rule", std::string(c.rule->name)},
               {"given", pairs},
               {"allowed", "≤ " + format_number(kMostPairs * threads) + " pairs"}});
}

}  // namespace tegmenta
