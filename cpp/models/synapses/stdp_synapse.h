// Spike-timing dependent plasticity of all pairs of spikes. See
// docs/event-driven-core.md#other-plastic-synapses.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_synapse)
#elif defined(TEGMENTA_KERNEL_PASS)

#include "simd/power_law.h"

namespace tegmenta {
namespace {

// Facilitate and depress a vector of weights by a trace.
template <Exponent kPlus, Exponent kMinus>
struct StdpLanes {
  static constexpr bool kGathers = false;
  const simd::PairVisit& v;
  TEGMENTA_INLINE V relative(V w) const { return w / v.Wmax; }
  TEGMENTA_INLINE V absolute(V u) const { return u * v.Wmax; }
  TEGMENTA_INLINE V facilitate(V u, V k) const {
    return facilitated(u, k, v.lambda, [&](V x) __attribute__((always_inline)) {
      return power<kPlus>(x, v.mu_plus);
    });
  }
  TEGMENTA_INLINE V depress(V u, V k) const {
    return depressed(u, k, v.lambda, v.alpha, v.least, [&](V x) __attribute__((always_inline)) {
      return power<kMinus>(x, v.mu_minus);
    });
  }
};

template <typename T>
std::size_t visit_stdp(const simd::PairVisit& v, const std::uint16_t* targets, T* weights,
                       double* sent, std::size_t n, std::uint32_t* left) {
  using E = Exponent;
  const auto exponent = [](double mu) { return mu == 0 ? E::kZero : mu == 1 ? E::kOne : E::kAny; };
  const E plus = exponent(v.mu_plus), minus = exponent(v.mu_minus);
  if (plus == E::kZero && minus == E::kZero) {
    return visit_pairs<StdpLanes<E::kZero, E::kZero> >(v, targets, weights, sent, n, left);
  }
  if (plus == E::kZero && minus == E::kOne) {
    return visit_pairs<StdpLanes<E::kZero, E::kOne> >(v, targets, weights, sent, n, left);
  }
  if (plus == E::kOne && minus == E::kOne) {
    return visit_pairs<StdpLanes<E::kOne, E::kOne> >(v, targets, weights, sent, n, left);
  }
  return visit_pairs<StdpLanes<E::kAny, E::kAny> >(v, targets, weights, sent, n, left);
}

}  // namespace
}  // namespace tegmenta

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

  static void check(const GivenOf<stdp_synapse>& given) { check_sign_of_weight<&Own::Wmax>(given); }

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
