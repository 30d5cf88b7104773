// Synapses whose weight belongs to the model.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(static_synapse_hom_w)
#else

#include "models/synapses/rule.h"

namespace tegmenta {

struct static_synapse_hom_w : SynapseRule {
  struct Own {};
  static constexpr bool kPlastic = false;
  static constexpr bool kCommonWeight = true;
  static constexpr std::tuple<> kFields{};

  static std::vector<SynapseModel> models() {
    return {ModelOf<static_synapse_hom_w>(
        "static_synapse_hom_w", "Synapses of constant weight, one weight for all of the model.",
        "NEST 3.10 documentation, static_synapse_hom_w")};
  }

  static void check(const GivenOf<static_synapse_hom_w>&) {}
};

}  // namespace tegmenta
#endif
