// parrot_neuron: repeats the spikes that arrive on receptor 0, with their multiplicity.
#pragma once

#include <cstdint>
#include <cstring>

#include "models/neuron_model.h"
#include "models/neurons/common.h"

namespace tegmenta {

class parrot_neuron final : public NeuronModel {
  TEGMENTA_PARAMETERS()

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
    constexpr double kMost = 4294967295.0;
    const auto repeat = [&](int step, int lane, int index) -> std::uint32_t {
      const double spikes = block.excitatory[index];
      if (spikes <= kMost) return static_cast<std::uint32_t>(spikes);
      if (block.failure->kind == NeuronFailure::kNone) {
        *block.failure = {NeuronFailure::kUnstable, step, lane};
      }
      return 0;
    };
    const auto hear_nothing = [&](int index) {
      std::uint64_t inputs[kLaneGroup];  // counts: 0 has no bits
      std::memcpy(inputs, block.excitatory + index, sizeof inputs);
      std::uint64_t some = 0;
      for (const std::uint64_t input : inputs) some |= input;
      return some == 0;
    };
    common::for_each_neuron(block, repeat, hear_nothing);
  }

  Error failed(const NeuronBlock& block, const NeuronFailure& failure,
               double time_ms) const override {
    return failed_with(ErrorKind::kNumericalInstability, block, failure, time_ms,
                       "more than 4294967295 spikes arrive in one step, as many as can be told; "
                       "parrot_neurons that repeat each other's spikes multiply them without end.");
  }
};

}  // namespace tegmenta
