// Short-term depression and facilitation without the state of the current.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(tsodyks2_synapse)
#else

#include "base/elementary.h"
#include "plasticity/release.h"

namespace tegmenta {

struct tsodyks2_synapse : ReleaseRule<tsodyks2_synapse> {
  struct Own {
    double U, tau_rec, tau_fac, x, u;
  };
  static constexpr RowTrace kRowTrace = RowTrace::kCount;
  static constexpr std::tuple kFields{release_probability<Own>("Release probability at rest."),
                                      recovery_time<Own>(), facilitation_time<Own>(),
                                      StateField<&Own::x>{.name = "x",
                                                          .value = 1,
                                                          .range = Range::probability(),
                                                          .description = "Available resources."},
                                      StateField<&Own::u>{.name = "u",
                                                          .value = 0.5,
                                                          .range = Range::probability(),
                                                          .description = "Release probability."}};

  static std::vector<SynapseModel> models() {
    return {ModelOf<tsodyks2_synapse>("tsodyks2_synapse",
                                      "Short-term plasticity, without the state of the current.",
                                      "Fuhrmann et al. (2002) J Neurophysiol 87:140")};
  }

  static void check(const GivenOf<tsodyks2_synapse>&) {}

  // The first spike finds the synapse as it was made.
  static double release(Own& own, const ReleaseEvent& spike) {
    if (!spike.first) {
      own.x = 1 + (own.x - own.x * own.u - 1) * elementary::exp(-spike.elapsed / own.tau_rec);
      own.u = own.U + own.u * (1 - own.U) * decay_of(spike.elapsed, own.tau_fac);
    }
    return own.x * own.u;
  }
};

}  // namespace tegmenta
#endif
