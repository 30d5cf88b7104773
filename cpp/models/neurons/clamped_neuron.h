// clamped_neuron: emits the spikes it is given, whatever reaches it.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(clamped_neuron)
#else

#include <algorithm>

#include "models/neurons/one_by_one.h"

namespace tegmenta {

struct clamped_neuron : Neuron {
  static constexpr const char* kSummary =
      "Emits spikes at given times, whatever reaches it: for protocols with both sides of a "
      "synapse under control.";
  static constexpr const char* kSource = "Inferno documentation, ExactNeuron";
  static constexpr bool kHasSpikeTimes = true;
  static constexpr bool kAcceptsCurrent = false;

  static void check(const Given<Parameters>&) {}

  static void update(const NeuronBlock& block) {
    for_each_neuron(block, [&](int step, int lane, int) {
      const GivenSpikes& given = block.given[lane];
      const bool fires = std::binary_search(given.begin, given.end, block.first_step + step + 1);
      return static_cast<std::uint32_t>(fires);
    });
  }

  static std::int64_t next_due(const NeuronBlock& block) {
    std::int64_t due = kNeverDue;
    for (int lane = 0; lane < block.real_lanes; ++lane) {
      const GivenSpikes& given = block.given[lane];
      const auto* const next =
          std::upper_bound(given.begin, given.end, block.first_step + block.steps);
      if (next != given.end) due = std::min(due, *next);
    }
    return due;
  }
};

}  // namespace tegmenta
#endif
