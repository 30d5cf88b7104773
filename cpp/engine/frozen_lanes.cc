#include "engine/frozen_lanes.h"

namespace tegmenta {

FrozenLanes::FrozenLanes(const Population& population, std::uint32_t lane, int lanes) {
  if (!population.any_frozen()) return;
  for (int i = 0; i < lanes; ++i) {
    if (population.frozen(lane + static_cast<std::uint32_t>(i))) lanes_.push_back(i);
  }
}

void FrozenLanes::keep(const NeuronBlock& block, int columns) {
  columns_ = columns;
  states_.clear();
  for (int c = 0; c < columns_; ++c) {
    for (const int lane : lanes_) states_.push_back(block.state[c][lane]);
  }
}

void FrozenLanes::restore(const NeuronBlock& block) const {
  auto state = states_.begin();
  for (int c = 0; c < columns_; ++c) {
    for (const int lane : lanes_) block.state[c][lane] = *state++;
  }
  for (int s = 0; s < block.steps; ++s) {
    std::uint8_t* const fired = block.fired + static_cast<std::size_t>(s) * block.fired_stride;
    for (const int lane : lanes_) {
      fired[lane / kLaneGroup] &= static_cast<std::uint8_t>(~(1u << (lane % kLaneGroup)));
    }
  }
}

void FrozenLanes::discard(double* input, const NeuronBlock& block) const {
  for (int s = 0; s < block.steps; ++s) {
    for (const int lane : lanes_) input[s * block.input_stride + lane] = 0;
  }
}

}  // namespace tegmenta
