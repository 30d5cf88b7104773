// Only adjacent spikes pair.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_nn_restr_synapse)
#else

#include "models/synapses/stdp.h"

namespace tegmenta {

struct stdp_nn_restr_synapse : NearestStdpRule<stdp_nn_restr_synapse> {
  struct Own : StdpOwn {
    double armed;
  };
  static constexpr RowTrace kRowTrace = RowTrace::kNearest;
  static constexpr bool kSpikesAtZero = true;
  static constexpr auto kFields = std::tuple_cat(
      kStdpFields,
      std::tuple{StateField<&Own::armed>{
          .name = "armed",
          .value = 1,
          .range = Range::probability(),
          .role = Role::kReadOnly,
          .description = "1 until a postsynaptic spike follows the last presynaptic one."}});

  static std::vector<SynapseModel> models() {
    return {ModelOf<stdp_nn_restr_synapse>(
        "stdp_nn_restr_synapse", "Nearest-neighbour STDP, restricted: only adjacent spikes pair.",
        kSource)};
  }

  static double post_spike(Own& own, double w, const PostEvent& post) {
    if (own.armed == 0) return w;
    own.armed = 0;
    return facilitate(own, w, post.trace());
  }
  static double pre_spike(Own& own, double w, const PreEvent& pre) {
    if (own.armed != 0) return w;
    own.armed = 1;
    return depress(own, w, pre);
  }
};

}  // namespace tegmenta
#endif
