// Synapses of constant weight: delivered, never visited.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(static_synapse)
#else

#include "models/synapses/rule.h"

namespace tegmenta {

struct static_synapse : SynapseRule {
  struct Own {};
  static constexpr bool kPlastic = false;
  static constexpr std::tuple<> kFields{};

  static std::vector<SynapseModel> models() {
    return {ModelOf<static_synapse>("static_synapse", "A synapse of constant weight.",
                                    "NEST 3.10 documentation, static_synapse")};
  }

  static void check(const GivenOf<static_synapse>&) {}
};

}  // namespace tegmenta
#endif
