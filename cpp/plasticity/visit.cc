#include "plasticity/visit.h"

#include <algorithm>

#include "plasticity/visit_rules.h"

namespace tegmenta {

namespace {
// Filling in a step of the tables costs about a tenth of looking one post spike up.
constexpr std::int64_t kStepsPerSynapse = 16;
// Differences of relative stamps must fit in 32 bits.
constexpr std::int64_t kFarthest = std::int64_t{1} << 29;
}  // namespace

void VisitScratch::reserve(std::size_t n, std::int64_t length) {
  if (left.size() < n) left.resize(n);
  const std::int64_t steps = std::min(length, kStepsPerSynapse * static_cast<std::int64_t>(n)) + 1;
  if (gains.size() < 2 * static_cast<std::size_t>(steps)) {
    gains.resize(2 * static_cast<std::size_t>(steps));
  }
}

simd::PostWindow post_window(const Histories& histories, const VisitRow& row, bool same_step) {
  const ExpTable& decay = *histories.common_decay();
  const auto length = static_cast<std::int32_t>(row.until - row.from);
  return {histories.heads(),
          decay.data(),
          static_cast<std::int32_t>(decay.size()),
          static_cast<std::int32_t>(row.from - row.delay - histories.epoch()),
          length,
          same_step ? length + 1 : length};
}

bool tabulates(const VisitTools& tools, const VisitRow& row, std::size_t n) {
  const std::int64_t length = row.until - row.from;
  if (!tools.decay_plus || !tools.scratch || !tools.histories->common_decay()) return false;
  if (length > kStepsPerSynapse * static_cast<std::int64_t>(n)) return false;
  const std::int64_t after = row.from - row.delay - tools.histories->epoch();
  if (after >= kFarthest || -after >= kFarthest || length >= kFarthest) return false;
  tools.scratch->reserve(n, length);
  return true;
}

template <typename T>
void visit(PlasticRule rule, VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
           const VisitTools& tools, double* sent, VisitCounts& counts) {
  const bool spike = kind == VisitKind::kSpike;
  (spike ? counts.synapses : counts.flushed) += synapses.n;
  switch (rule) {
    case PlasticRule::kDopamine:
      return visit_dopamine(kind, synapses, row, tools, sent, counts);
    case PlasticRule::kReward:
      return visit_reward(kind, synapses, row, tools, sent, counts);
    case PlasticRule::kStdp:
      return visit_stdp(kind, synapses, row, tools, sent);
    case PlasticRule::kStdpPowerLaw:
      return visit_power_law(kind, synapses, row, tools, sent);
    case PlasticRule::kStdpTriplet:
      return visit_triplet(kind, synapses, row, tools, sent);
    case PlasticRule::kNearestSymmetric:
      return visit_symmetric(kind, synapses, row, tools, sent);
    case PlasticRule::kNearestRestricted:
      return visit_restricted(kind, synapses, row, tools, sent);
    case PlasticRule::kNearestPreCentered:
      return visit_pre_centered(kind, synapses, row, tools, sent);
    case PlasticRule::kVogelsSprekeler:
      return visit_vogels(kind, synapses, row, tools, sent);
    case PlasticRule::kTsodyks:
      if (spike) visit_tsodyks(synapses, row, tools, sent);
      return;
    case PlasticRule::kTsodyks2:
      if (spike) visit_tsodyks2(synapses, row, tools, sent);
      return;
    case PlasticRule::kBernoulli:
      if (spike) visit_bernoulli(synapses, row, tools, sent);
      return;
    case PlasticRule::kQuantal:
      if (spike) visit_quantal(synapses, row, tools, sent);
      return;
    case PlasticRule::kStatic:
    case PlasticRule::kStaticCommonWeight:
      return;
  }
}

template void visit<double>(PlasticRule, VisitKind, const VisitSynapses<double>&, const VisitRow&,
                            const VisitTools&, double*, VisitCounts&);
template void visit<float>(PlasticRule, VisitKind, const VisitSynapses<float>&, const VisitRow&,
                           const VisitTools&, double*, VisitCounts&);

double advance_trace(PlasticRule rule, const RewardRule* reward, double K, std::int64_t from,
                     std::int64_t until, const ExpTable& decay, std::uint32_t spikes) {
  if (reward && reward->nearest && spikes > 0) return 1;
  switch (rule) {
    case PlasticRule::kNearestSymmetric:
    case PlasticRule::kNearestRestricted:
      return spikes > 0 ? 1 : kept<double>(K * decay(until - from));
    case PlasticRule::kTsodyks2:
    case PlasticRule::kQuantal:
      return K + spikes;  // counts: the first spike is special
    case PlasticRule::kStatic:
    case PlasticRule::kStaticCommonWeight:
    case PlasticRule::kDopamine:
    case PlasticRule::kReward:
    case PlasticRule::kStdp:
    case PlasticRule::kStdpPowerLaw:
    case PlasticRule::kStdpTriplet:
    case PlasticRule::kNearestPreCentered:
    case PlasticRule::kVogelsSprekeler:
    case PlasticRule::kTsodyks:
    case PlasticRule::kBernoulli:
      break;
  }
  return kept<double>(K * decay(until - from) + spikes);
}

}  // namespace tegmenta
