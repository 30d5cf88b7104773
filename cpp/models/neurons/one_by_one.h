// Updates of one neuron after the other: models without vectors, and rare options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "models/neurons/common.h"

namespace tegmenta {

/// Calls update(step, lane, index of the inputs) → number of spikes for every neuron of the block,
/// step by step, and writes all spike masks (and multiplicities, where the block has them). Groups
/// of kLaneGroup neurons of which rests(index of the first one's inputs) is true do not fire, and
/// are not updated.
template <typename Update, typename Rests>
void for_each_neuron(const NeuronBlock& block, Update&& update, Rests&& rests) {
  for (int s = 0; s < block.steps; ++s) {
    std::uint8_t* const fired = block.fired + static_cast<std::size_t>(s) * block.fired_stride;
    for (int group = 0; group < block.lanes; group += kLaneGroup) {
      unsigned mask = 0;
      if (rests(s * block.input_stride + group)) {
        fired[group / kLaneGroup] = 0;
        continue;
      }
      for (int j = 0; j < kLaneGroup && group + j < block.real_lanes; ++j) {
        const int lane = group + j;
        const std::uint32_t spikes = update(s, lane, s * block.input_stride + lane);
        mask |= static_cast<unsigned>(spikes > 0) << j;
        if (block.multiplicity) {
          block.multiplicity[static_cast<std::size_t>(s) * block.multiplicity_stride +
                             static_cast<std::size_t>(lane)] = spikes;
        }
      }
      fired[group / kLaneGroup] = static_cast<std::uint8_t>(mask);
    }
  }
}

template <typename Update>
void for_each_neuron(const NeuronBlock& block, Update&& update) {
  for_each_neuron(block, std::forward<Update>(update), [](int) { return false; });
}

}  // namespace tegmenta
