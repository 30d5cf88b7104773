// Transmits each spike with a probability.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(bernoulli_synapse)
#else

#include "plasticity/release.h"

namespace tegmenta {

struct bernoulli_synapse : DrawnReleaseRule<bernoulli_synapse> {
  struct Own {
    double p_transmit;
  };
  static constexpr std::tuple kFields{
      ColumnField<&Own::p_transmit>{.name = "p_transmit",
                                    .value = 1,
                                    .range = Range::probability(),
                                    .description = "Probability of transmission."}};

  static std::vector<SynapseModel> models() {
    return {ModelOf<bernoulli_synapse>("bernoulli_synapse",
                                       "A synapse that transmits each spike with a probability.",
                                       "NEST 3.10 documentation, bernoulli_synapse")};
  }

  static void check(const GivenOf<bernoulli_synapse>&) {}

  static double release(Own& own, const ReleaseEvent&, RandomStream& stream) {
    return stream.uniform01() < own.p_transmit ? 1 : 0;
  }
};

}  // namespace tegmenta
#endif
