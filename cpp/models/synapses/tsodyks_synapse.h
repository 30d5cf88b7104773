// Short-term depression and facilitation, with the state of the postsynaptic current.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(tsodyks_synapse)
#else

#include "base/elementary.h"
#include "plasticity/release.h"

namespace tegmenta {

struct tsodyks_synapse : ReleaseRule<tsodyks_synapse> {
  struct Own {
    double U, tau_psc, tau_fac, tau_rec, x, y, u;
  };
  static constexpr std::tuple kFields{
      release_probability<Own>("Increment of u at a spike."),
      ColumnField<&Own::tau_psc>{.name = "tau_psc",
                                 .unit = "ms",
                                 .value = 3,
                                 .range = Range::positive(),
                                 .description = "Time constant of the postsynaptic current."},
      facilitation_time<Own>(),
      recovery_time<Own>(),
      StateField<&Own::x>{.name = "x",
                          .value = 1,
                          .range = Range::probability(),
                          .description = "Recovered resources."},
      StateField<&Own::y>{
          .name = "y", .range = Range::probability(), .description = "Active resources."},
      StateField<&Own::u>{
          .name = "u", .range = Range::probability(), .description = "Release probability."}};

  static std::vector<SynapseModel> models() {
    const char* source = "Tsodyks, Uziel & Markram (2000) J Neurosci 20:RC50";
    return {ModelOf<tsodyks_synapse>("tsodyks_synapse", "Short-term depression and facilitation.",
                                     source),
            ModelOf<tsodyks_synapse>("tsodyks_synapse_hom",
                                     "Short-term plasticity with parameters common to the model.",
                                     source)
                .common()};
  }

  static void check(const GivenOf<tsodyks_synapse>& given) {
    const double y = given.get<&Own::y>();
    if (given.get<&Own::x>() + y > 1) {
      given.refuse<&Own::x>("≤ 1 − y (" + format_number(1 - y) + ")");
    }
  }

  static double release(Own& own, const ReleaseEvent& spike) {
    const double g = spike.elapsed, tau_psc = own.tau_psc, tau_rec = own.tau_rec;
    const double Pyy = elementary::exp(-g / tau_psc);
    const double Pzz = elementary::expm1(-g / tau_rec);
    // The limit for equal time constants is g/τ e^{−g/τ} less the part that has recovered.
    const double Pxy = tau_psc == tau_rec
                           ? -Pzz - g / tau_rec * Pyy
                           : (Pzz * tau_rec - (Pyy - 1) * tau_psc) / (tau_psc - tau_rec);
    const double z = 1 - own.x - own.y;
    own.u *= decay_of(g, own.tau_fac);
    own.x += Pxy * own.y - Pzz * z;
    own.y *= Pyy;
    own.u += own.U * (1 - own.u);
    const double released = own.u * own.x;
    own.x -= released;
    own.y += released;
    return released;
  }
};

}  // namespace tegmenta
#endif
