// What the generators share: a window of activity, and a history of parameters. What a generator
// emits depends on the absolute step only, so it can be worked out when it arrives: nothing is
// stored between emission and arrival. Parameters changed between two runs keep their old value for
// what was sent before; the history serves that.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/devices/device.h"

namespace tegmenta {

/// Parameters that hold from an update step on.
struct DeviceEpoch {
  std::int64_t from;
  DeviceParameters parameters;
};

class Stimulator : public Device {
 public:
  /// Forgets what no pending event can need: epochs that ended at or before `step`.
  virtual void forget_before(std::int64_t step);

 protected:
  explicit Stimulator(const ModelDescription& description);
  void before_change(const DeviceParameters& next) override;
  void on_change(const DeviceContext& context) noexcept override;
  const DeviceParameters& parameters_at(std::int64_t step) const {
    return epochs_[epoch_at(step)].parameters;
  }
  std::size_t epoch_at(std::int64_t step) const;

  std::vector<DeviceEpoch> epochs_;

 private:
  DeviceParameters next_epoch_;
};

/// A generator's own parameters, followed by origin, start, stop and label.
std::vector<ParameterDeclaration> with_window(std::vector<ParameterDeclaration> own);

}  // namespace tegmenta
