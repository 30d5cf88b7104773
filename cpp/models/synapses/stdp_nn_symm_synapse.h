// Every spike pairs with the nearest earlier one of the other side.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_nn_symm_synapse)
#else

#include "models/synapses/stdp.h"

namespace tegmenta {

struct stdp_nn_symm_synapse : NearestStdpRule<stdp_nn_symm_synapse> {
  using Own = StdpOwn;
  static constexpr auto kFields = kStdpFields;
  static constexpr RowTrace kRowTrace = RowTrace::kNearest;
  static constexpr bool kSpikesAtZero = true;

  static std::vector<SynapseModel> models() {
    return {ModelOf<stdp_nn_symm_synapse>(
        "stdp_nn_symm_synapse",
        "Nearest-neighbour STDP, symmetric: every spike pairs with the nearest earlier one of the "
        "other side.",
        kSource)};
  }

  static double post_spike(const Own& own, double w, const PostEvent& post) {
    return facilitate(own, w, post.trace());
  }
  static double pre_spike(const Own& own, double w, const PreEvent& pre) {
    return depress(own, w, pre);
  }
};

}  // namespace tegmenta
#endif
