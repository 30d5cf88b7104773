// Power-law facilitation and multiplicative depression: powers of the weight are dear, so post
// spikes are taken for many synapses at once.
#ifdef TEGMENTA_RULE_NAMES
TEGMENTA_SYNAPSE_RULE(stdp_pl_synapse_hom)
#elif defined(TEGMENTA_KERNEL_PASS)

namespace tegmenta {
namespace {

struct PowerLawLanes {
  static constexpr bool kGathers = true;  // powers are dear
  const simd::PairVisit& v;
  TEGMENTA_INLINE V relative(V w) const { return w; }
  TEGMENTA_INLINE V absolute(V w) const { return w; }
  TEGMENTA_INLINE V facilitate(V w, V k) const {
    return w + v.lambda * power<Exponent::kAny>(w, v.mu_plus) * k;
  }
  TEGMENTA_INLINE V depress(V w, V k) const {
    const V x = w - v.lambda * v.alpha * w * k;
    return x > v.least ? x : V{};
  }
};

void facilitate_power_law(const simd::PowerLawPosts& posts) {
  const simd::PairVisit v{{}, {}, nullptr, posts.lambda, 0, posts.mu, 0, 0, 0, 0};
  const PowerLawLanes rule{v};
  for (std::size_t first = 0; first < posts.n; first += kWidth) {
    const std::size_t count = posts.n - first < kWidth ? posts.n - first : kWidth;
    double w[kWidth], gain[kWidth];
    for (std::size_t k = 0; k < kWidth; ++k) {
      const std::size_t from = first + (k < count ? k : 0);
      w[k] = posts.weights[posts.at[from]];
      gain[k] = posts.gains[from];
    }
    store(w, rule.facilitate(load(w), load(gain)));
    for (std::size_t k = 0; k < count; ++k) posts.weights[posts.at[first + k]] = w[k];
  }
}

template <typename T>
std::size_t visit_power_law(const simd::PairVisit& v, const std::uint16_t* targets, T* weights,
                            double* sent, std::size_t n, std::uint32_t* left) {
  return visit_pairs<PowerLawLanes>(v, targets, weights, sent, n, left);
}

}  // namespace
}  // namespace tegmenta

#else

#include "models/synapses/stdp.h"

namespace tegmenta {

struct stdp_pl_synapse_hom : PairRule<stdp_pl_synapse_hom> {
  struct Own {
    double tau_plus, lambda, alpha, mu;
  };
  static constexpr auto kTrace = &Own::tau_plus;
  static constexpr std::tuple kFields{
      ColumnField<&Own::tau_plus>{.name = "tau_plus",
                                  .unit = "ms",
                                  .value = 20,
                                  .range = Range::positive(),
                                  .description = "Time constant of the presynaptic trace."},
      ColumnField<&Own::lambda>{.name = "lambda", .value = 0.1, .description = "Learning rate."},
      ColumnField<&Own::alpha>{
          .name = "alpha", .value = 1, .description = "Depression relative to facilitation."},
      ColumnField<&Own::mu>{.name = "mu",
                            .value = 0.4,
                            .description = "Exponent of the weight dependence of facilitation."}};

  static std::vector<SynapseModel> models() {
    return {ModelOf<stdp_pl_synapse_hom>(
                "stdp_pl_synapse_hom",
                "STDP with power-law facilitation and multiplicative depression.",
                "Morrison, Aertsen & Diesmann (2007) Neural Comput 19:1437")
                .common()};
  }

  // Its powers are those of positive weights.
  static void check(const GivenOf<stdp_pl_synapse_hom>& given) {
    if (given.given_weight == GivenWeight::kNone || given.weight >= 0) return;
    given.refuse_weight("≥ 0");
  }

  /// Weights that grow by a power of themselves keep what they can.
  template <typename T>
  static constexpr double kLeastWeight = kLeastNormal<T>;

  static double post_spike(const Own& own, double w, double trace) {
    return w + own.lambda * power(w, own.mu) * trace;
  }
  static double post_spike(const Own& own, double w, const PostEvent& post) {
    return post_spike(own, w, post.trace());
  }
  static double pre_spike(const Own& own, double w, const PreEvent& pre) {
    const double v = w - own.lambda * own.alpha * w * pre.trace();
    return v > pre.least ? v : 0;
  }

  static constexpr auto kVectorsDouble = &simd::Kernels::visit_power_law_double;
  static constexpr auto kVectorsFloat = &simd::Kernels::visit_power_law_float;
  static simd::PairVisit vector_visit(const Own& own) {
    simd::PairVisit visit{};
    visit.lambda = own.lambda;
    visit.alpha = own.alpha;
    visit.mu_plus = own.mu;
    return visit;
  }
  static void post_spikes(const simd::Kernels& kernels, const Own& own, double* weights,
                          const std::uint32_t* at, const double* traces, std::size_t n) {
    kernels.facilitate_power_law({own.lambda, own.mu, weights, at, traces, n});
  }
};

}  // namespace tegmenta
#endif
