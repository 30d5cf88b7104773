// Symmetric plasticity of inhibitory synapses with a constant depression.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(vogels_sprekeler_synapse)
#else

#include <cmath>

#include "models/synapses/bounds.h"
#include "plasticity/pairs.h"

namespace tegmenta {

struct vogels_sprekeler_synapse : PairRule<vogels_sprekeler_synapse> {
  struct Own {
    double tau, alpha, eta, Wmax;
  };
  static constexpr auto kTrace = &Own::tau;
  static constexpr std::tuple kFields{
      ColumnField<&Own::tau>{.name = "tau",
                             .unit = "ms",
                             .value = 20,
                             .range = Range::positive(),
                             .description = "Time constant of the presynaptic trace."},
      ColumnField<&Own::alpha>{
          .name = "alpha", .value = 0.12, .description = "Depression at every presynaptic spike."},
      ColumnField<&Own::eta>{.name = "eta", .value = 0.001, .description = "Learning rate."},
      ColumnField<&Own::Wmax>{.name = "Wmax",
                              .unit = "as weight",
                              .value = 1,
                              .description = "Largest weight; its sign is the weight's."}};

  static std::vector<SynapseModel> models() {
    return {ModelOf<vogels_sprekeler_synapse>(
                "vogels_sprekeler_synapse",
                "Symmetric STDP with constant depression, for inhibitory synapses.",
                "Vogels et al. (2011) Science 334:1569")
                .weight(0.5)};
  }

  static void check(const GivenOf<vogels_sprekeler_synapse>& given) {
    check_sign_of_weight<&Own::Wmax>(given);
  }

  static double post_spike(const Own& own, double w, const PostEvent& post) {
    return facilitate(own, w, post.trace());
  }
  static double pre_spike(const Own& own, double w, const PreEvent& pre) {
    w = facilitate(own, w, pre.trace());
    const double x = std::abs(w) - own.alpha * own.eta;
    return std::copysign(x > 0 ? x : 0, own.Wmax);
  }

 private:
  static double facilitate(const Own& own, double w, double k) {
    const double x = std::abs(w) + own.eta * k;
    return std::copysign(x < std::abs(own.Wmax) ? x : std::abs(own.Wmax), own.Wmax);
  }
};

}  // namespace tegmenta
#endif
