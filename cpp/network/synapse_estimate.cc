#include "network/synapse_estimate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "base/errors.h"
#include "network/connect_spec.h"
#include "network/generate.h"

namespace tegmenta {

namespace {

using generate_detail::degree_of;

/// Pairs that have the same node on both sides.
std::uint64_t autapses_of(const ConnectionPattern& c) {
  std::uint64_t both = 0;
  const std::vector<NodeId>&sources = *c.sources, &targets = *c.targets;
  for (std::size_t s = 0, t = 0; s < sources.size() && t < targets.size();) {
    if (sources[s] == targets[t]) {
      ++both, ++s, ++t;
    } else {
      ++(sources[s] < targets[t] ? s : t);
    }
  }
  return both;
}

double pairs_of(const ConnectionPattern& c) {
  const double pairs =
      static_cast<double>(c.sources->size()) * static_cast<double>(c.targets->size());
  return c.allow_autapses ? pairs : pairs - static_cast<double>(autapses_of(c));
}

/// The sum of drawn degrees; those that no node can have are left to the check of values.
double sum_of_degrees(const ConnectionPattern& c, const simd::Kernels& kernels) {
  double sum = 0;
  for (const NodeId id : c.rule == Rule::kFixedIndegree ? *c.targets : *c.sources) {
    const double degree = degree_of(c, kernels, id);
    if (degree > 0 && degree <= kMostDegree) sum += degree;
  }
  return sum;
}

/// Mean of the parameter of a pairwise rule, each value taken into [0, 1], over kSample pairs
/// chosen at random.
constexpr std::size_t kSample = 65536;
double sampled_mean(const ConnectionPattern& c, const simd::Kernels& kernels) {
  RandomStream places(c.seed, Purpose::kConnectPair, c.call, 0, 0);
  std::vector<NodeId> sources(kDrawBlock), targets(kDrawBlock);
  std::vector<double> p(kDrawBlock);
  double sum = 0;
  std::size_t n = 0;
  for (; n < kSample; n += kDrawBlock) {
    for (NodeId& id : sources) id = (*c.sources)[places.below(c.sources->size())];
    for (NodeId& id : targets) id = (*c.targets)[places.below(c.targets->size())];
    c.p_parameter->evaluate(
        {kernels, c.seed, Purpose::kConnectPair, 1, c.call, targets.data(), sources.data()}, p);
    for (const double x : p) {
      if (x > 0) sum += std::min(x, 1.0);
    }
  }
  return sum / static_cast<double>(n);
}

/// Number of synapses, where it follows from the rule without drawing one by one: from the sizes,
/// or from the numbers drawn for each target or source.
std::optional<std::uint64_t> count_without_pairs(const ConnectionPattern& c,
                                                 const simd::Kernels& kernels) {
  const auto n_sources = static_cast<std::uint64_t>(c.sources->size());
  const auto n_targets = static_cast<std::uint64_t>(c.targets->size());
  switch (c.rule) {
    case Rule::kOneToOne:
    case Rule::kExplicitArrays: {
      std::uint64_t count = n_sources;
      for (std::size_t i = 0; !c.allow_autapses && i < n_sources; ++i) {
        if ((*c.sources)[i] == (*c.targets)[i]) --count;
      }
      return count;
    }
    case Rule::kAllToAll:
      return n_sources * n_targets - (c.allow_autapses ? 0 : autapses_of(c));
    case Rule::kFixedIndegree:
    case Rule::kFixedOutdegree:
      if (c.degree_parameter) return static_cast<std::uint64_t>(sum_of_degrees(c, kernels));
      return (c.rule == Rule::kFixedIndegree ? n_targets : n_sources) * c.degree;
    case Rule::kFixedTotalNumber:
      return c.degree;
    case Rule::kSymmetricPairwiseBernoulli: {
      std::uint64_t count = 0;
      for (const NodeId target : *c.targets) {
        count += generate_detail::symmetric_degree(c, target);
      }
      return count;
    }
    case Rule::kPairwiseBernoulli:
    case Rule::kPairwisePoisson:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::string SynapseEstimate::text(const char* what) const {
  return (exact ? "" : "About ") + format_number(std::round(expected)) + " " + what;
}

SynapseEstimate estimate_synapses(const ConnectionPattern& c, const simd::Kernels& kernels) {
  if (const auto count = count_without_pairs(c, kernels)) {
    const auto synapses = static_cast<double>(*count);
    return {synapses, synapses, true};
  }
  const bool bernoulli = c.rule == Rule::kPairwiseBernoulli;
  const double pairs = pairs_of(c);
  double mean = c.p, least_mean = c.p;
  if (c.p_parameter) {
    // By Hoeffding's inequality, for values in [0, 1]: kSample of them miss the mean by 0.015 with
    // a probability below 1e-12. Few pairs fit in any case.
    constexpr double kSpread = 0.015;
    const bool many = pairs > 1e6;
    mean = many ? sampled_mean(c, kernels) : 0;
    least_mean = std::max(0.0, mean - kSpread);
    if (c.p_parameter->never_throws()) {
      const double low = c.p_parameter->bounds().low;
      least_mean = std::max(least_mean, bernoulli ? std::min(low, 1.0) : low);
      mean = std::max(mean, least_mean);
    }
  }
  const double deviation = std::sqrt(pairs * least_mean * (bernoulli ? 1 - least_mean : 1));
  return {mean * pairs, std::max(0.0, least_mean * pairs - 8 * deviation)};
}

void check_work(const ConnectionPattern& c, int threads) {
  // Some 10 ns a pair, two or three times.
  constexpr double kMostPairs = 1e11;
  const bool sparse =
      !c.p_parameter &&
      (c.p == 0 || (c.rule == Rule::kPairwiseBernoulli && c.p < generate_detail::kSparse));
  if ((c.rule != Rule::kPairwiseBernoulli && c.rule != Rule::kPairwisePoisson) || sparse) return;
  const double pairs = pairs_of(c);
  if (pairs <= kMostPairs * threads) return;
  throw Error(ErrorKind::kNotImplemented,
              std::string(name_of(c.rule)) + " would draw for each of " + format_number(pairs) +
                  " pairs of nodes, which takes hours; use a rule that draws synapses "
                  "(fixed_total_number, fixed_indegree), or fewer pairs in a call.",
              {{"rule", std::string(name_of(c.rule))},
               {"given", pairs},
               {"allowed", "≤ " + format_number(kMostPairs * threads) + " pairs"}});
}

}  // namespace tegmenta
