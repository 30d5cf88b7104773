// parrot_neuron: repeats the spikes that arrive on receptor 0, with their multiplicity.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(parrot_neuron)
#else

#include <cstdint>
#include <cstring>

#include "models/neurons/one_by_one.h"

namespace tegmenta {

struct parrot_neuron : Neuron {
  static constexpr const char* kSummary =
      "Repeats every spike that arrives on receptor 0, whatever its weight; spikes on "
      "receptor 1 are accepted and ignored, so that plastic synapses can end here.";
  static constexpr const char* kSource = "NEST 3.10, parrot_neuron";
  static constexpr bool kHasMultiplicity = true;
  static constexpr bool kCountsInput = true;
  static constexpr bool kAcceptsCurrent = false;

  static void check(const Given<Parameters>&) {}

  static void update(const NeuronBlock& block) {
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
    for_each_neuron(block, repeat, hear_nothing);
  }

  static std::int64_t next_due(const NeuronBlock&) { return kNeverDue; }

  static std::string failure(const State<double>&) {
    return "more than 4294967295 spikes arrive in one step, as many as can be told; "
           "parrot_neurons that repeat each other's spikes multiply them without end.";
  }
};

}  // namespace tegmenta
#endif
