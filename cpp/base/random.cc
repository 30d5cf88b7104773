#include "base/random.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "base/elementary.h"

// Of <cmath> only std::sqrt is used here: IEEE 754 fixes its result.

namespace tegmenta {

namespace {

constexpr double kHalfLogTwoPi = 0x1.d67f1c864beb5p-1;

/// Means below this are inverted term by term.
constexpr double kInversionLimit = 10.0;

/// log(k!) - ((k + 1/2) log k - k + log(2 pi) / 2): Stirling's remainder, k >= 1.
double stirling_remainder(double k) {
  constexpr std::array<double, 16> kSmall = {
      0.0,
      0x1.4c071bcda0a5bp-4,
      0x1.52a9b923ea649p-5,
      0x1.c579a268d80b3p-6,
      0x1.54a2662fd78a9p-6,
      0x1.10b4e513fcbedp-6,
      0x1.c6b167bebdf36p-7,
      0x1.85d4d612e4a86p-7,
      0x1.552805e7b3076p-7,
      0x1.2f4871b12ab64p-7,
      0x1.10f9d4c0743a7p-7,
      0x1.f0593088014f8p-8,
      0x1.c7018733aa9c6p-8,
      0x1.a40514700f36cp-8,
      0x1.86076c002d4a7p-8,
      0x1.6c08f6f194a10p-8,
  };
  if (k < 16.0) return kSmall[static_cast<std::size_t>(k)];
  const double z = 1.0 / (k * k);
  return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - z / 1188.0) * z) * z) * z) /
         k;
}

/// x log(x / mean) - (x - mean), which is small where x is near the mean.
double deviance(double x, double mean) {
  const double t = (x - mean) / mean;
  return mean * ((1.0 + t) * elementary::log1p(t) - t);
}

/// One proposal of Hoermann's transformed rejection for a distribution with the hat's width b and
/// shape a: the candidate is floor((2 a / us + b) u + centre).
struct Proposal {
  double candidate;
  double us;  // 1/2 - |u|
  double v;
};

Proposal propose(RandomStream& stream, double a, double b, double centre) {
  const double u = stream.uniform01() - 0.5;
  const double v = stream.uniform_positive();
  const double us = 0.5 - elementary::core::absolute(u);
  return {(2.0 * a / us + b) * u + centre, us, v};
}

std::uint64_t poisson_by_inversion(RandomStream& stream, double lambda) {
  double u = stream.uniform01();
  double probability = elementary::exp(-lambda);
  std::uint64_t k = 0;
  while (u >= probability && probability > 0.0) {
    u -= probability;
    ++k;
    probability *= lambda / static_cast<double>(k);
  }
  return k;
}

std::uint64_t poisson_by_rejection(RandomStream& stream, double lambda) {
  const double b = 0.931 + 2.53 * std::sqrt(lambda);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double accepted_at_once = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    const Proposal p = propose(stream, a, b, lambda + 0.43);
    if (!(p.candidate >= 0.0) || p.candidate > 0x1p62) continue;
    const auto k = static_cast<std::uint64_t>(p.candidate);
    if (p.us >= 0.07 && p.v <= accepted_at_once) return k;
    if (p.us < 0.013 && p.v > p.us) continue;
    const double height = p.v * inverse_alpha / (a / (p.us * p.us) + b);
    if (elementary::log(height) <= log_poisson_probability(k, lambda)) return k;
  }
}

/// p in (0, 1/2].
std::uint64_t binomial_by_inversion(RandomStream& stream, std::uint64_t n, double p) {
  const double odds = p / (1.0 - p);
  const auto trials = static_cast<double>(n);
  double u = stream.uniform01();
  double probability = elementary::exp(trials * elementary::log1p(-p));
  std::uint64_t k = 0;
  while (u >= probability && k < n && probability > 0.0) {
    u -= probability;
    ++k;
    probability *= odds * ((trials - static_cast<double>(k) + 1.0) / static_cast<double>(k));
  }
  return k;
}

/// p in (0, 1/2], n p >= 10.
std::uint64_t binomial_by_rejection(RandomStream& stream, std::uint64_t n, double p) {
  const auto trials = static_cast<double>(n);
  const double deviation = std::sqrt(trials * p * (1.0 - p));
  const double b = 1.15 + 2.53 * deviation;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double accepted_at_once = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * deviation;
  const auto mode = static_cast<std::uint64_t>((trials + 1.0) * p);
  const double at_mode = log_binomial_probability(mode, n, p);
  for (;;) {
    const Proposal q = propose(stream, a, b, trials * p + 0.5);
    if (!(q.candidate >= 0.0) || q.candidate >= trials + 1.0) continue;
    const auto k = static_cast<std::uint64_t>(q.candidate);
    if (q.us >= 0.07 && q.v <= accepted_at_once) return k;
    const double height = q.v * alpha / (a / (q.us * q.us) + b);
    if (elementary::log(height) <= log_binomial_probability(k, n, p) - at_mode) return k;
  }
}

}  // namespace

double log_factorial(std::uint64_t k) {
  if (k < 2) return 0.0;
  const auto x = static_cast<double>(k);
  return (x + 0.5) * elementary::log(x) - x + kHalfLogTwoPi + stirling_remainder(x);
}

double log_poisson_probability(std::uint64_t k, double lambda) {
  if (k == 0) return -lambda;
  const auto x = static_cast<double>(k);
  return -deviance(x, lambda) - stirling_remainder(x) - 0.5 * elementary::log(x) - kHalfLogTwoPi;
}

double log_binomial_probability(std::uint64_t k, std::uint64_t n, double p) {
  const auto trials = static_cast<double>(n);
  if (k == 0) return trials * elementary::log1p(-p);
  if (k == n) return trials * elementary::log(p);
  const auto x = static_cast<double>(k);
  const auto rest = static_cast<double>(n - k);
  return stirling_remainder(trials) - stirling_remainder(x) - stirling_remainder(rest) -
         deviance(x, trials * p) - deviance(rest, trials * (1.0 - p)) +
         0.5 * elementary::log(trials / (x * rest)) - kHalfLogTwoPi;
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * elementary::log(uniform_positive()));
  return radius * elementary::cos(elementary::kTwoPi * uniform01());
}

double RandomStream::exponential() { return -elementary::log(uniform_positive()); }

std::uint64_t RandomStream::poisson(double lambda) {
  if (!(lambda > 0.0)) return 0;
  return lambda < kInversionLimit ? poisson_by_inversion(*this, lambda)
                                  : poisson_by_rejection(*this, lambda);
}

std::uint64_t RandomStream::binomial(std::uint64_t n, double p) {
  if (n == 0 || !(p > 0.0)) return 0;
  if (p >= 1.0) return n;
  const double smaller = p <= 0.5 ? p : 1.0 - p;
  const std::uint64_t k = static_cast<double>(n) * smaller < kInversionLimit
                              ? binomial_by_inversion(*this, n, smaller)
                              : binomial_by_rejection(*this, n, smaller);
  return p <= 0.5 ? k : n - k;
}

}  // namespace tegmenta
