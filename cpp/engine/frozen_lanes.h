// Neurons of a block for which time does not pass.
#pragma once

#include <cstdint>
#include <vector>

#include "network/population.h"

namespace tegmenta {

/// They are updated with the others of their block, with no input, and put back as they were:
/// vectors have no lane less to do.
class FrozenLanes {
 public:
  /// Of the lanes [lane, lane + lanes) of a population.
  FrozenLanes(const Population& population, std::uint32_t lane, int lanes);

  bool empty() const { return lanes_.empty(); }
  /// Before an update: notes their states. columns: how many a neuron has.
  void keep(const NeuronBlock& block, int columns);
  /// After it: puts them back, and takes spikes back.
  void restore(const NeuronBlock& block) const;
  /// Takes what arrives at them, in all steps of a block.
  void discard(double* input, const NeuronBlock& block) const;

 private:
  std::vector<int> lanes_;  // in the block
  std::vector<double> states_;
  int columns_ = 0;
};

}  // namespace tegmenta
