// What the generators of currents share.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "models/devices/noise.h"
#include "models/devices/stimulator.h"

namespace tegmenta {

/// What a generator sends: offset + amplitude sin(omega t + phi), t the end of the step.
struct Signal {
  std::int64_t until = 0;            // in this step, and later, it may be another one
  double offset = 0, amplitude = 0;  // pA
  double omega = 0, phi = 0;         // 1/ms, rad

  double angle(std::int64_t step, const TimeGrid& grid) const {
    return omega * grid.ms_from_steps(step + 1) + phi;
  }
  double at(std::int64_t step, const TimeGrid& grid) const;
};

/// A draw, and the step in which there may be another. Before `alike_until`, all follow by `every`
/// steps and have the same distribution.
struct HeldDraw {
  NoiseDraw draw;
  std::int64_t until = 0;
  std::int64_t every = 0;
  std::int64_t alike_until = std::numeric_limits<std::int64_t>::min();
};

/// A generator of currents: the value it sends in update step `step` (0 when inactive), pA.
class CurrentGenerator : public Stimulator {
 public:
  static constexpr NodeRole kRole = NodeRole::kCurrentSource;
  NodeRole role() const final { return kRole; }
  double current(std::int64_t step, const TimeGrid& grid) const {
    return signal(step, grid).at(step, grid);
  }
  /// What it sends in update step `step`.
  virtual Signal signal(std::int64_t step, const TimeGrid& grid) const {
    (void)step, (void)grid;
    return {};
  }
  /// noise_generator: every target has a current of its own.
  virtual bool per_target() const { return false; }
  /// The draw of the currents of `step`, one for all targets.
  virtual HeldDraw draw(std::int64_t step, const TimeGrid& grid) const {
    (void)step, (void)grid;
    return {};
  }
  /// Steps by which a draw may lie back.
  virtual std::int64_t look_back(const TimeGrid& grid) const {
    (void)grid;
    return 0;
  }

 protected:
  static std::vector<std::string> recordables() { return {"I"}; }
  using Stimulator::Stimulator;
  /// The parameters of a step, whether it is in their window, and until when both stay.
  template <typename Parameters>
  struct Activity {
    const Parameters& parameters;
    bool active;
    std::int64_t until;
  };
  template <typename Parameters>
  Activity<Parameters> activity(std::int64_t step, const TimeGrid& grid) const {
    const auto [window, active, until] = activity<Window>(step, grid);
    return {static_cast<const Parameters&>(window), active, until};
  }
};
template <>
CurrentGenerator::Activity<Window> CurrentGenerator::activity(std::int64_t step,
                                                              const TimeGrid& grid) const;

}  // namespace tegmenta
