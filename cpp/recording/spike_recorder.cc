#include "recording/recorders.h"

namespace tegmenta {

namespace {

class SpikeRecorder final : public DeviceOf<SpikeRecorder, SpikeSink> {
 public:
  static constexpr const char* kName = "spike_recorder";
  static constexpr const char* kSummary = "Records the spikes of the nodes connected to it.";
  static constexpr const char* kSource = "NEST 3.10 documentation, spike_recorder";

  struct Parameters : RecorderValues {
    bool time_in_steps;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::time_in_steps>{.description =
                                                  "Give times in steps, and offsets in ms."},
  };

  void check(const Parameters& next, const GivenParameters& given, const DeviceContext& context) {
    if (next.time_in_steps != own().time_in_steps && context.simulated) {
      throw Error(
          ErrorKind::kBadProperty,
          "time_in_steps of " + model_name + " cannot be changed after the first simulation.",
          {{"model", model_name}, {"parameter", std::string("time_in_steps")}});
    }
    SpikeSink::check(next, given, context);
  }

 private:
  bool times_in_steps() const override { return own().time_in_steps; }
};

}  // namespace

std::unique_ptr<Device> make_spike_recorder() { return std::make_unique<SpikeRecorder>(); }

}  // namespace tegmenta
