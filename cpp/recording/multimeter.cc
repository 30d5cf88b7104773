#include "recording/recorders.h"

namespace tegmenta {

namespace {

class Multimeter final : public DeviceOf<Multimeter, Sampler> {
 public:
  static constexpr const char* kName = "multimeter";
  static constexpr const char* kSummary = "Samples states of the nodes it is connected to.";
  static constexpr const char* kSource = "NEST 3.10 documentation, multimeter";

  using Parameters = SamplingValues;
  static constexpr std::tuple kParameters = sampling_parameters();
};

class Voltmeter final : public DeviceOf<Voltmeter, Sampler> {
 public:
  static constexpr const char* kName = "voltmeter";
  static constexpr const char* kSummary =
      "Samples the membrane potential of the neurons it is connected to.";
  static constexpr const char* kSource = "NEST 3.10 documentation, multimeter";

  using Parameters = SamplingValues;
  static constexpr std::tuple kParameters = sampling_parameters("V_m");
};

}  // namespace

std::unique_ptr<Device> make_multimeter() { return std::make_unique<Multimeter>(); }
std::unique_ptr<Device> make_voltmeter() { return std::make_unique<Voltmeter>(); }

}  // namespace tegmenta
