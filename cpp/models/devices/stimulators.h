// The generators. What they emit depends on the absolute step only, so it can be worked out when it
// arrives: nothing is stored between emission and arrival. Parameters changed between two runs keep
// their old value for what was sent before; the history of parameters serves that.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/poisson_table.h"
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
  void forget_before(std::int64_t step);

 protected:
  explicit Stimulator(const ModelDescription& description);
  void before_change(const DeviceParameters& next) override;
  void on_change(const DeviceContext& context) noexcept override;
  const DeviceParameters& parameters_at(std::int64_t step) const;

  std::vector<DeviceEpoch> epochs_;

 private:
  DeviceParameters next_epoch_;
};

/// Poisson tables by the stamp of the spikes: from[i] ≤ stamp < from[i + 1] uses table[i].
struct PoissonLine {
  std::vector<std::int64_t> from;
  std::vector<std::shared_ptr<const PoissonTable>> table;  // null: silent

  const PoissonTable* at(std::int64_t stamp) const;
};

/// poisson_generator and inhomogeneous_poisson_generator.
class PoissonGenerator : public Stimulator {
 public:
  DeviceKind kind() const override { return DeviceKind::kPoissonGenerator; }
  /// The line for stamps in (from, to].
  virtual void make_line(std::int64_t from, std::int64_t to, const TimeGrid& grid) = 0;
  const PoissonLine& line() const { return line_; }

 protected:
  using Stimulator::Stimulator;
  std::shared_ptr<const PoissonTable> table_for(double rate, const TimeGrid& grid);
  PoissonLine line_;
  std::vector<std::shared_ptr<const PoissonTable>> tables_;  // those of the last line

  /// Keeps the tables of the new line only.
  void keep_tables();
};

/// The normal distribution of which a noise_generator's targets have a value each, pA.
struct NoiseDraw {
  std::int64_t step = -1;  // update step of the draw; −1: inactive
  double mean = 0;
  double std = 0;

  /// `ordinal` counts connections of one list to the same target.
  double value(std::uint32_t seed, std::uint32_t connection, NodeId target,
               std::uint32_t ordinal) const;
};

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

/// spike_generator: the times are given.
class SpikeGenerator : public Stimulator {
 public:
  SpikeGenerator();
  DeviceKind kind() const override { return DeviceKind::kSpikeGenerator; }
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<SpikeGenerator>(*this); }
  Result get(const std::string& key, const TimeGrid& grid) const override;

  struct Entry {
    std::int64_t stamp;
    std::uint32_t multiplicity;
    double weight;
    double offset_ms;  // precise time = stamp − offset
  };
  /// Appends the entries with stamps in (from, to] that fall into the window.
  void entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
               std::vector<Entry>& out) const;

 protected:
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override;
  // Spikes that were sent are under way already: no history is needed.
  void before_change(const DeviceParameters&) override {}
  void on_change(const DeviceContext& context) noexcept override;

 private:
  static const ModelDescription& describe_model();
  std::vector<std::int64_t> stamps_, next_stamps_;  // relative to origin
  std::vector<double> offsets_, next_offsets_;
};

std::vector<std::unique_ptr<Device>> make_stimulators();

}  // namespace tegmenta
