// clamped_neuron: emits the spikes it is given, whatever reaches it.
#pragma once

#include <algorithm>

#include "models/neuron_model.h"
#include "models/neurons/common.h"

namespace tegmenta {

class clamped_neuron final : public NeuronModel {
  TEGMENTA_PARAMETERS()

 public:
  clamped_neuron() {
    summary =
        "Emits spikes at given times, whatever reaches it: for protocols with both sides of a "
        "synapse under control.";
    source = "Inferno documentation, ExactNeuron";
    common::append_archive(parameters);
    has_spike_times = true;
    accepts_current = false;
  }

  void calibrate(const double*, const TimeGrid&, double*) const override {}

  void update_scalar(const NeuronBlock& block) const override {
    common::for_each_neuron(block, [&](int step, int lane, int) {
      const GivenSpikes& given = block.given[lane];
      const bool fires = std::binary_search(given.begin, given.end, block.first_step + step + 1);
      return static_cast<std::uint32_t>(fires);
    });
  }
};

}  // namespace tegmenta
