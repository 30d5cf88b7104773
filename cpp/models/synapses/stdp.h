// What the rules of spike-timing dependent plasticity with a largest weight share.
#pragma once

#include <tuple>

#include "base/elementary.h"
#include "models/synapses/bounds.h"
#include "plasticity/pairs.h"
#include "simd/power_law.h"

namespace tegmenta {

/// x^exponent; the exponents 0 and 1, by far the most usual, are exact.
inline double power(double x, double exponent) {
  if (exponent == 1) return x;
  if (exponent == 0) return 1;
  return elementary::plain_pow(x, exponent);
}

struct StdpOwn {
  double tau_plus, lambda, alpha, mu_plus, mu_minus, Wmax;
};

inline constexpr std::tuple kStdpFields{
    ColumnField<&StdpOwn::tau_plus>{.name = "tau_plus",
                                    .unit = "ms",
                                    .value = 20,
                                    .range = Range::positive(),
                                    .description = "Time constant of the presynaptic trace."},
    ColumnField<&StdpOwn::lambda>{
        .name = "lambda", .value = 0.01, .description = "Step size of the weight."},
    ColumnField<&StdpOwn::alpha>{
        .name = "alpha", .value = 1, .description = "Depression relative to facilitation."},
    ColumnField<&StdpOwn::mu_plus>{
        .name = "mu_plus",
        .value = 1,
        .description = "Exponent of the weight dependence of facilitation."},
    ColumnField<&StdpOwn::mu_minus>{
        .name = "mu_minus",
        .value = 1,
        .description = "Exponent of the weight dependence of depression."},
    ColumnField<&StdpOwn::Wmax>{.name = "Wmax",
                                .unit = "as weight",
                                .value = 100,
                                .description = "Largest weight; its sign is the weight's."}};

/// u: the weight in units of Wmax; k: the trace of the other side.
inline double stdp_facilitate(const StdpOwn& own, double u, double k) {
  return facilitated(u, k, own.lambda, [&](double x) { return power(x, own.mu_plus); });
}
inline double stdp_depress(const StdpOwn& own, double u, double k, double least) {
  return depressed(u, k, own.lambda, own.alpha, least,
                   [&](double x) { return power(x, own.mu_minus); });
}

/// Nearest-neighbour rules pair single spikes: traces are those of one spike, and the weight is
/// kept after each.
template <typename Rule>
struct NearestStdpRule : PairRule<Rule> {
  static constexpr auto kTrace = &StdpOwn::tau_plus;
  static constexpr bool kShowsTrace = false;
  static constexpr const char* kSource = "Morrison, Diesmann & Gerstner (2008) Biol Cybern 98:459";

  static void check(const GivenOf<Rule>& given) { check_sign_of_weight<&StdpOwn::Wmax>(given); }

 protected:
  static double facilitate(const StdpOwn& own, double w, double k) {
    return stdp_facilitate(own, w / own.Wmax, k) * own.Wmax;
  }
  static double depress(const StdpOwn& own, double w, const PreEvent& pre) {
    return stdp_depress(own, w / own.Wmax, pre.nearest(), pre.least) * own.Wmax;
  }
};

}  // namespace tegmenta
