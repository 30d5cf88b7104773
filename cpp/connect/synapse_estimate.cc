#include "connect/synapse_estimate.h"

#include <cmath>
#include <string>

#include "base/errors.h"
#include "connect/rules/rules.h"

namespace tegmenta {

std::string SynapseEstimate::text(const char* what) const {
  return (exact ? "" : "About ") + format_number(std::round(expected)) + " " + what;
}

namespace {

// The same rule between what is kept and nothing else.
ConnectionPattern kept_alone(const ConnectionPattern& c) {
  ConnectionPattern kept = c;
  kept.sources = c.part->sources;
  kept.targets = c.part->targets;
  kept.part = nullptr;
  return kept;
}

}  // namespace

double kept_share(const ConnectionPattern& c) {
  if (!c.part) return 1;
  const double all = rules::pairs_of(c);
  return all > 0 ? rules::pairs_of(kept_alone(c)) / all : 0;
}

SynapseEstimate estimate_synapses(const ConnectionPattern& c, const simd::Kernels& kernels) {
  const auto estimate = [&](const ConnectionPattern& of) {
    return rules::with_rule(of.rule, [&]<typename Rule>() { return Rule::estimate(of, kernels); });
  };
  if (!c.part) return estimate(c);
  // A rule that takes nodes as they are makes the same of the others.
  if (c.rule->connects_recorders) return estimate(kept_alone(c));
  // Where many are drawn, no part gets less than half of its share.
  constexpr double kMany = 1e6;
  const SynapseEstimate all = estimate(c);
  const double share = kept_share(c);
  const double least = all.least * share / 2;
  return {all.expected * share, least > kMany ? std::floor(least) : 0, false};
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
