// Short-term plasticity of a few release sites, drawn at random.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(quantal_stp_synapse)
#else

#include "base/elementary.h"
#include "plasticity/release.h"

namespace tegmenta {

struct quantal_stp_synapse : DrawnReleaseRule<quantal_stp_synapse> {
  struct Own {
    double U, tau_rec, tau_fac, n, a, u;
  };
  static constexpr RowTrace kRowTrace = RowTrace::kCount;
  static constexpr Range kSites{0, 1e6, false, false};
  static constexpr std::tuple kFields{
      release_probability<Own>("Release probability at rest."),
      recovery_time<Own>(),
      facilitation_time<Own>(),
      ColumnField<&Own::n>{.name = "n",
                           .value = 1,
                           .range = kSites,
                           .type = ParameterType::kInt,
                           .description = "Number of release sites."},
      StateField<&Own::a>{.name = "a",
                          .value = 1,
                          .range = kSites,
                          .type = ParameterType::kInt,
                          .description = "Available release sites."},
      StateField<&Own::u>{.name = "u",
                          .value = 0.5,
                          .range = Range::probability(),
                          .description = "Release probability."}};

  static std::vector<SynapseModel> models() {
    return {ModelOf<quantal_stp_synapse>(
        "quantal_stp_synapse", "Short-term plasticity of a few release sites, drawn at random.",
        "Loebel et al. (2009) Front Comput Neurosci 3:27")};
  }

  static void check(const GivenOf<quantal_stp_synapse>&) {}

  static double release(Own& own, const ReleaseEvent& spike, RandomStream& stream) {
    if (!spike.first) {
      const double g = spike.elapsed;
      own.u = own.U +
              own.u * (1 - own.U) * (own.tau_fac < 1e-10 ? 0 : elementary::exp(-g / own.tau_fac));
      const double refill = -elementary::expm1(-g / own.tau_rec);
      if (own.a < own.n) own.a += draw(own.n - own.a, refill, stream);
    }
    const double released = own.a > 0 ? draw(own.a, own.u, stream) : 0;
    own.a -= released;
    return released;
  }

 private:
  static double draw(double sites, double p, RandomStream& stream) {
    return static_cast<double>(stream.binomial(static_cast<std::uint64_t>(sites), p));
  }
};

}  // namespace tegmenta
#endif
