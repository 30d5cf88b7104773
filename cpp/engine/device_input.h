// What generators send to the neurons of a partition. What arrives in a step is worked out in that
// step.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "models/devices/stimulators.h"
#include "network/network.h"

namespace tegmenta {

/// Input that one Connect call from one generator gives to one chunk.
struct DeviceInput {
  const DeviceProjection* projection;
  const PoissonGenerator* poisson = nullptr;
  const CurrentGenerator* current = nullptr;
  /// Only what was sent in the update steps [sent_from, sent_until) comes this way.
  std::int64_t sent_from = 0;
  std::int64_t sent_until = std::numeric_limits<std::int64_t>::max();

  bool sends(std::int64_t step) const { return step >= sent_from && step < sent_until; }

  /// Dense: lanes [lane_from, lane_to), one connection each, one weight and delay.
  bool dense = false;
  std::uint32_t lane_from = 0, lane_to = 0;
  double weight = 0;
  std::uint32_t delay = 1;

  /// Otherwise: a list, ascending in lane. `ordinal` counts connections to the same target.
  struct Entry {
    std::uint32_t lane;
    std::uint32_t ordinal;
    double weight;
    std::uint32_t delay;
  };
  std::vector<Entry> entries;

  /// Of one weight and delay: what arrives in the steps of this slice, the same for all targets or
  /// drawn for each.
  std::vector<double> slice_values;
  std::vector<NoiseDraw> slice_draws;
  std::vector<const PoissonTable*> slice_tables;
  /// noise_generator: the values drawn last and in which step, by lane (dense) or entry.
  std::vector<std::int64_t> drawn_step;
  std::vector<double> drawn;

  /// Makes room for slices of up to `steps` steps.
  void reserve(int steps);
  void begin_slice(std::int64_t origin, int steps, const TimeGrid& grid);
};

/// A Poisson number for a connection to a recorder.
double poisson_of_recorder(const PoissonTable& table, std::uint32_t seed, std::uint32_t call,
                           NodeId recorder, std::uint32_t ordinal, std::int64_t stamp);

}  // namespace tegmenta
