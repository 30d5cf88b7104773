// The generators of currents: dc_generator, ac_generator, step_current_generator; and what they
// share with noise_generator.
#pragma once

#include <cstdint>
#include <memory>

#include "models/devices/noise.h"
#include "models/devices/stimulator.h"

namespace tegmenta {

/// A generator of currents: the value it sends in update step `step` (0 when inactive), pA.
class CurrentGenerator : public Stimulator {
 public:
  DeviceKind kind() const override { return DeviceKind::kCurrentGenerator; }
  virtual double current(std::int64_t step, const TimeGrid& grid) const = 0;
  /// noise_generator: every target has a current of its own.
  virtual bool per_target() const { return false; }
  /// The draw of the currents of `step`, one for all targets.
  virtual NoiseDraw draw(std::int64_t step, const TimeGrid& grid) const {
    (void)step, (void)grid;
    return {};
  }
  /// Steps by which a draw may lie back.
  virtual std::int64_t look_back(const TimeGrid& grid) const {
    (void)grid;
    return 0;
  }

 protected:
  using Stimulator::Stimulator;
  bool active(const DeviceParameters& p, std::int64_t step, const TimeGrid& grid) const;
};

std::unique_ptr<Device> make_ac_generator();
std::unique_ptr<Device> make_dc_generator();
std::unique_ptr<Device> make_step_current_generator();

}  // namespace tegmenta
