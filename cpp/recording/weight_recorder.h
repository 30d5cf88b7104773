// weight_recorder: every weight that the synapses of a model transmit.
#pragma once

#include <string>
#include <vector>

#include "recording/recorder.h"

namespace tegmenta {

class WeightRecorder final : public DeviceOf<WeightRecorder, EventRecorder<Recorder>> {
 public:
  static constexpr const char* kName = "weight_recorder";
  static constexpr const char* kSummary =
      "Records the weights that the synapses of a model transmit to neurons.";
  static constexpr const char* kSource = "NEST 3.10 documentation, weight_recorder";

  struct Parameters : RecorderValues {
    std::vector<double> senders, targets;  // ascending
  };
  static constexpr std::tuple kParameters{
      DeviceField<&Parameters::senders>{.type = ParameterType::kNodes,
                                        .description = "Record only these sources; empty: all."},
      DeviceField<&Parameters::targets>{.type = ParameterType::kNodes,
                                        .description = "Record only these targets; empty: all."},
  };

  WeightRecorder();
  static constexpr NodeRole kRole = NodeRole::kWeightRecorder;
  NodeRole role() const override { return kRole; }
  void check(Parameters& next, const GivenParameters& given, const DeviceContext& context);
  /// The filters `senders` and `targets` let this pair pass.
  bool wants(NodeId sender, NodeId target) const;

 private:
  const std::vector<std::string>& columns() const override;
};

}  // namespace tegmenta
