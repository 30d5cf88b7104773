// Spike-timing dependent plasticity of all pairs of spikes. See
// docs/event-driven-core.md#other-plastic-synapses.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_synapse)
#else

#include "models/synapses/stdp.h"

namespace tegmenta {

struct stdp_synapse : PairRule<stdp_synapse> {
  using Own = StdpOwn;
  static constexpr auto kTrace = &Own::tau_plus;
  static constexpr auto kFields = kStdpFields;

  static std::vector<SynapseModel> models() {
    const char* source = "Guetig et al. (2003) J Neurosci 23:3697";
    return {
        ModelOf<stdp_synapse>("stdp_synapse",
                              "Spike-timing dependent plasticity of all pairs of spikes.", source),
        ModelOf<stdp_synapse>("stdp_synapse_hom",
                              "stdp_synapse with parameters common to all synapses of the model.",
                              source)
            .common()};
  }

  static void check(const GivenOf<stdp_synapse>& given) { check_weight_up_to<&Own::Wmax>(given); }

  static double unit(const Own& own) { return own.Wmax; }
  static double post_spike(const Own& own, double u, const PostEvent& post) {
    return stdp_facilitate(own, u, post.trace());
  }
  static double pre_spike(const Own& own, double u, const PreEvent& pre) {
    return stdp_depress(own, u, pre.trace(), pre.least);
  }

  static constexpr auto kVectorsDouble = &simd::Kernels::visit_stdp_double;
  static constexpr auto kVectorsFloat = &simd::Kernels::visit_stdp_float;
  static simd::PairVisit vector_visit(const Own& own) {
    simd::PairVisit visit{};
    visit.lambda = own.lambda;
    visit.alpha = own.alpha;
    visit.mu_plus = own.mu_plus;
    visit.mu_minus = own.mu_minus;
    visit.Wmax = own.Wmax;
    return visit;
  }
};

}  // namespace tegmenta
#endif
