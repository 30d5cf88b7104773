#include "synapses/row_masks.h"

#include "synapses/row_store.h"

namespace tegmenta {

bool RowMasks::pay(std::size_t runs, std::size_t synapses, std::size_t slots,
                   std::uint32_t max_repeat) {
  // A mask costs as much to add as a list of some fortieth of its slots; from one synapse in 16
  // slots on it is not larger than the list either. Counters of a batch must not overflow.
  constexpr std::size_t kSlotsPerSynapse = 16, kFewSynapses = 64;
  return runs > 0 && max_repeat <= 255 && synapses >= kFewSynapses * runs &&
         synapses * kSlotsPerSynapse >= slots * runs;
}

// masks_ is zero.
template <typename Check>
void RowMasks::set(std::span<const Run> runs, std::span<const std::uint16_t> targets,
                   Check&& check) {
  constexpr std::size_t kPieceRuns = 256;
  repeats_begin_.push_back(0);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    if (r % kPieceRuns == 0) check();
    std::uint64_t* const mask = masks_.data() + r * words_;
    for (const std::uint16_t slot : targets.subspan(runs[r].offset, runs[r].length)) {
      const std::uint64_t bit = std::uint64_t{1} << (slot & 63);
      if (mask[slot >> 6] & bit) repeats_.push_back(slot);
      mask[slot >> 6] |= bit;
    }
    repeats_begin_.push_back(static_cast<std::uint32_t>(repeats_.size()));
  }
}

RowMasks::RowMasks(std::span<const Run> runs, std::span<const std::uint16_t> targets,
                   std::size_t slots, const Watch* watch)
    : words_(padded(slots) / 64) {
  masks_.assign(runs.size() * words_, 0);
  repeats_begin_.reserve(runs.size() + 1);
  set(runs, targets, [watch] {
    if (watch) watch->check();
  });
  repeats_.shrink_to_fit();
}

// There are no more runs and repeats than there were, so that nothing is allocated.
// NOLINTNEXTLINE(bugprone-exception-escape)
void RowMasks::renew(std::span<const Run> runs, std::span<const std::uint16_t> targets) noexcept {
  masks_.assign(runs.size() * words_, 0);
  repeats_begin_.clear();
  repeats_.clear();
  set(runs, targets, [] {});
  give_back(masks_);
  give_back(repeats_begin_);
  give_back(repeats_);
}

}  // namespace tegmenta
