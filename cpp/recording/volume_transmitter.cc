#include "recording/recorders.h"

namespace tegmenta {

namespace {

class VolumeTransmitter final : public DeviceOf<VolumeTransmitter, Device> {
 public:
  static constexpr const char* kName = "volume_transmitter";
  static constexpr ModelKind kKind = ModelKind::kRecorder;
  static constexpr const char* kSummary =
      "Collects spikes and hands them, as dopamine, to the synapses bound to it.";
  static constexpr const char* kSource =
      "Potjans, Morrison & Diesmann (2010) Front Comput Neurosci 4:141";

  struct Parameters : DeviceValues {
    double deliver_interval;
    std::string label;
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::deliver_interval>{
          .value = 1,
          .range = {1, 1e15, false, false},
          .type = ParameterType::kInt,
          .description = "Accepted for NEST's scripts; without effect, because dopamine is "
                         "integrated exactly."},
      DeviceField<&Parameters::label>{.description = "A name for the user's own purposes."},
  };

  static constexpr NodeRole kRole = NodeRole::kVolumeTransmitter;
  NodeRole role() const override { return kRole; }
};

}  // namespace

std::unique_ptr<Device> make_volume_transmitter() { return std::make_unique<VolumeTransmitter>(); }

}  // namespace tegmenta
