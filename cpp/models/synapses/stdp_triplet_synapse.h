// Plasticity of spike triplets.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_triplet_synapse)
#else

#include <cmath>

#include "models/synapses/bounds.h"
#include "plasticity/pairs.h"

namespace tegmenta {

struct stdp_triplet_synapse : PairRule<stdp_triplet_synapse> {
  struct Own {
    double tau_plus, tau_plus_triplet, Aplus, Aminus, Aplus_triplet, Aminus_triplet, Wmax;
  };
  static constexpr auto kTrace = &Own::tau_plus;
  static constexpr auto kTripletTrace = &Own::tau_plus_triplet;
  static constexpr std::tuple kFields{
      ColumnField<&Own::tau_plus>{.name = "tau_plus",
                                  .unit = "ms",
                                  .value = 16.8,
                                  .range = Range::positive(),
                                  .description = "Time constant of the short presynaptic trace."},
      ColumnField<&Own::tau_plus_triplet>{
          .name = "tau_plus_triplet",
          .unit = "ms",
          .value = 101,
          .range = Range::positive(),
          .description = "Time constant of the long presynaptic trace."},
      ColumnField<&Own::Aplus>{
          .name = "Aplus", .value = 5e-10, .description = "Facilitation of a pair."},
      ColumnField<&Own::Aminus>{
          .name = "Aminus", .value = 7e-3, .description = "Depression of a pair."},
      ColumnField<&Own::Aplus_triplet>{
          .name = "Aplus_triplet", .value = 6.2e-3, .description = "Facilitation of a triplet."},
      ColumnField<&Own::Aminus_triplet>{
          .name = "Aminus_triplet", .value = 2.3e-4, .description = "Depression of a triplet."},
      ColumnField<&Own::Wmax>{.name = "Wmax",
                              .unit = "as weight",
                              .value = 100,
                              .description = "Largest weight; its sign is the weight's."}};

  static std::vector<SynapseModel> models() {
    return {ModelOf<stdp_triplet_synapse>("stdp_triplet_synapse", "STDP of spike triplets.",
                                          "Pfister & Gerstner (2006) J Neurosci 26:9673")};
  }

  static void check(const GivenOf<stdp_triplet_synapse>& given) {
    check_sign_of_weight<&Own::Wmax>(given);
  }

  static double post_spike(const Own& own, double w, const PostEvent& post) {
    const double ky = post.triplet() - 1;
    const double x = std::abs(w) + post.trace() * (own.Aplus + own.Aplus_triplet * ky);
    return std::copysign(x < std::abs(own.Wmax) ? x : std::abs(own.Wmax), own.Wmax);
  }
  static double pre_spike(const Own& own, double w, const PreEvent& pre) {
    const double x = std::abs(w) - pre.trace() * (own.Aminus + own.Aminus_triplet * pre.triplet());
    return std::copysign(x > 0 ? x : 0, own.Wmax);
  }
};

}  // namespace tegmenta
#endif
