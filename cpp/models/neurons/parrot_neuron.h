// parrot_neuron: repeats the spikes that arrive on receptor 0, with their multiplicity.
#pragma once

#include <algorithm>

#include "models/neuron_model.h"
#include "models/neurons/common.h"

namespace tegmenta {

class parrot_neuron final : public NeuronModel {
 public:
  parrot_neuron() {
    summary =
        "Repeats every spike that arrives on receptor 0, whatever its weight; spikes on "
        "receptor 1 are accepted and ignored, so that plastic synapses can end here.";
    source = "NEST 3.10, parrot_neuron";
    common::append_archive(parameters);
    has_multiplicity = true;
    counts_input = true;
    accepts_current = false;
  }

  void calibrate(const double*, const TimeGrid&, double*) const override {}

  void update_scalar(const NeuronBlock& block) const override {
    common::for_each_neuron(block, [&](int, int, int index) {
      return static_cast<std::uint32_t>(std::min(block.excitatory[index], 4294967295.0));
    });
  }
};

}  // namespace tegmenta
