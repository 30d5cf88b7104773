// What the generators share: a window of activity, and a history of parameters. What a generator
// emits depends on the absolute step only, so it can be worked out when it arrives: nothing is
// stored between emission and arrival. Parameters changed between two runs keep their old value for
// what was sent before; the history serves that.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/devices/device_of.h"

namespace tegmenta {

class Stimulator : public Device {
 public:
  /// Forgets what no pending event can need: epochs that ended at or before `step`.
  virtual void forget_before(std::int64_t step);
  void check(const Window& next, const GivenParameters&, const DeviceContext& context) const {
    check_window(next, context);
  }
  bool holds_together(std::int64_t now) const override;
  void restart(const TimeGrid&, bool) override { epochs_.assign(1, {0, parameters_}); }
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    Device::state_fields(self, visit);
    visit("epochs", self.epochs_);
  }

 protected:
  /// Parameters that hold from an update step on.
  struct Epoch {
    std::int64_t from;
    DeviceParameters parameters;

    const Window& window() const { return static_cast<const Window&>(*parameters); }
    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("from", self.from);
    }
  };
  using SharedValues = std::tuple<Window>;
  static constexpr ModelKind kKind = ModelKind::kStimulator;
  static constexpr std::tuple kSharedParameters = window_parameters(
      "Begin of activity, relative to origin.", "End of activity, relative to origin.");

  Stimulator(std::string model, DeviceParameters defaults)
      : Device(std::move(model), std::move(defaults)), epochs_{{0, parameters_}} {}

  void before_change(const DeviceValues& next) override;
  void on_change(const DeviceContext& context) noexcept override;
  std::vector<DeviceParameters*> places_of_parameters() override;
  std::size_t epoch_at(std::int64_t step) const;
  const Window& window() const { return static_cast<const Window&>(*parameters_); }

  std::vector<Epoch> epochs_;
};

}  // namespace tegmenta
