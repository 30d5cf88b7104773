#include "recording/recorders.h"

namespace tegmenta {

namespace {

class SpikeRecorder final : public DeviceOf<SpikeRecorder, SpikeSink> {
 public:
  static constexpr const char* kName = "spike_recorder";
  static constexpr const char* kSummary = "Records the spikes of the nodes connected to it.";
  static constexpr const char* kSource = "NEST 3.10 documentation, spike_recorder";

  using Parameters = RecorderValues;
  static constexpr std::tuple<> kParameters{};
};

}  // namespace

std::unique_ptr<Device> make_spike_recorder() { return std::make_unique<SpikeRecorder>(); }

}  // namespace tegmenta
