#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/devices/stimulator.h"

namespace tegmenta {

/// A generator of spikes whose times are known before a simulation.
class SpikeSource : public Stimulator {
 public:
  static constexpr NodeRole kRole = NodeRole::kSpikeSource;
  NodeRole role() const final { return kRole; }

  struct Entry {
    std::int64_t stamp;
    std::uint32_t multiplicity;
    double weight;
    double offset_ms;  // precise time = stamp − offset
  };
  /// Appends the entries with stamps in (from, to] that fall into the window.
  virtual void entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
                       std::vector<Entry>& out) const = 0;

 protected:
  using Stimulator::Stimulator;
};

/// spike_generator: the times are given.
class SpikeGenerator final : public SpikeSource {
  TEGMENTA_PARAMETERS(spike_times, spike_weights, spike_multiplicities, precise_times,
                      allow_offgrid_times, shift_now_spikes)

 public:
  SpikeGenerator();
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override { return std::make_unique<SpikeGenerator>(*this); }
  Result get(const std::string& key, const TimeGrid& grid, std::int64_t now) const override;

  void entries(std::int64_t from, std::int64_t to, const TimeGrid& grid,
               std::vector<Entry>& out) const override;

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

}  // namespace tegmenta
