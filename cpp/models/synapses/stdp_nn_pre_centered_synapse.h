// A post spike pairs with all presynaptic ones since the post spike before.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_nn_pre_centered_synapse)
#else

#include "models/synapses/stdp.h"

namespace tegmenta {

struct stdp_nn_pre_centered_synapse : NearestStdpRule<stdp_nn_pre_centered_synapse> {
  struct Own : StdpOwn {
    double Kplus;  // at the last visit
  };
  static constexpr auto kFields = std::tuple_cat(
      kStdpFields, std::tuple{StateField<&Own::Kplus>{
                       .name = "Kplus",
                       .range = Range::non_negative(),
                       .description = "Presynaptic trace since the last postsynaptic spike."}});

  static std::vector<SynapseModel> models() {
    return {ModelOf<stdp_nn_pre_centered_synapse>(
        "stdp_nn_pre_centered_synapse", "Nearest-neighbour STDP, presynaptically centred.",
        kSource)};
  }

  static double post_spike(Own& own, double w, const PostEvent& post) {
    if (own.Kplus == 0) return w;
    const double k = own.Kplus * post.decay();
    own.Kplus = 0;
    return facilitate(own, w, k);
  }
  static double pre_spike(const Own& own, double w, const PreEvent& pre) {
    return depress(own, w, pre);
  }
  static void end_of_visit(Own& own, double decay, std::uint32_t spikes) {
    own.Kplus = own.Kplus * decay + spikes;
  }
};

}  // namespace tegmenta
#endif
