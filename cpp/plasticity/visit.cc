#include "plasticity/visit.h"

#include <algorithm>

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

std::uint32_t ordinal_among_equals(const std::uint16_t* target, std::size_t before) {
  std::uint32_t ordinal = 0;
  while (ordinal < before && *(target - ordinal - 1) == *target) ++ordinal;
  return ordinal;
}

double advance_trace(RowTrace trace, double K, std::int64_t from, std::int64_t until,
                     const ExpTable& decay, std::uint32_t spikes) {
  switch (trace) {
    case RowTrace::kNearest:
      if (spikes > 0) return 1;
      break;
    case RowTrace::kCount:
      return K + spikes;
    case RowTrace::kAll:
      break;
  }
  return kept<double>(K * decay(until - from) + spikes);
}

}  // namespace tegmenta
