#include "connect/rules/rule.h"

#include <algorithm>
#include <cmath>

namespace tegmenta::rules {

bool contains_any(const std::vector<NodeId>& ascending, const std::vector<NodeId>& ids) {
  return std::any_of(ids.begin(), ids.end(), [&](NodeId id) {
    return std::binary_search(ascending.begin(), ascending.end(), id);
  });
}

void check_enough(const ConnectionPattern& c, std::uint64_t degree, std::uint64_t partners,
                  const char* key) {
  if (degree > 0 && partners == 0) {
    throw bad_value(ErrorKind::kBadProperty, c.rule->name, key, static_cast<double>(degree),
                    "0 where no partner is allowed");
  }
  if (!c.allow_multapses && degree > partners) {
    throw bad_value(ErrorKind::kBadProperty, c.rule->name, key, static_cast<double>(degree),
                    "≤ " + std::to_string(partners) + " without multapses");
  }
}

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

SynapseEstimate sum_of_degrees(const ConnectionPattern& c, const simd::Kernels& kernels) {
  const std::vector<NodeId>& ids = c.rule->by_source ? *c.sources : *c.targets;
  if (!c.degree_parameter) return SynapseEstimate::exactly(ids.size() * c.degree);
  double sum = 0;
  for (const NodeId id : ids) {
    const double degree = degree_of(c, kernels, id);
    if (degree > 0 && degree <= kMostDegree) sum += degree;
  }
  return SynapseEstimate::exactly(static_cast<std::uint64_t>(sum));
}

namespace {

/// Mean of the parameter of a rule that goes by pairs, each value taken into [0, 1], over kSample
/// pairs chosen at random.
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

}  // namespace

PairMean mean_of_pairs(const ConnectionPattern& c, const simd::Kernels& kernels, double most) {
  if (!c.p_parameter) return {c.p, c.p};
  // By Hoeffding's inequality, for values in [0, 1]: kSample of them miss the mean by 0.015 with
  // a probability below 1e-12. Few pairs fit in any case.
  constexpr double kSpread = 0.015;
  const bool many = pairs_of(c) > 1e6;
  PairMean mean{many ? sampled_mean(c, kernels) : 0, 0};
  mean.least = std::max(0.0, mean.expected - kSpread);
  if (c.p_parameter->never_throws()) {
    mean.least = std::max(mean.least, std::min(c.p_parameter->bounds().low, most));
    mean.expected = std::max(mean.expected, mean.least);
  }
  return mean;
}

SynapseEstimate estimate_pairs(const ConnectionPattern& c, const PairMean& mean, double spread) {
  const double pairs = pairs_of(c);
  const double deviation = std::sqrt(pairs * mean.least * spread);
  return {mean.expected * pairs, std::max(0.0, mean.least * pairs - 8 * deviation)};
}

}  // namespace tegmenta::rules
