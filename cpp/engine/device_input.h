// What generators send to the neurons of a partition. What arrives in a step is worked out in that
// step.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "engine/gathered_input.h"
#include "engine/views.h"
#include "models/devices/stimulators.h"

namespace tegmenta {

/// Input that one Connect call from one generator gives to lanes of a chunk that stand side by
/// side, of one connection each, with one weight and delay.
struct DenseInput {
  const GeneratorList* projection;
  /// One of the three.
  const PoissonGenerator* poisson = nullptr;
  std::optional<CurrentSource> current = {};
  std::optional<NoiseSource> noise = {};
  SentWindow window;
  std::uint32_t lane_from = 0, lane_to = 0;
  double weight = 0;

  /// What arrives in the steps of this slice, the same for all targets or drawn for each.
  std::vector<double> slice_values;
  std::vector<NoiseDraw> slice_draws;
  std::vector<const PoissonTable*> slice_tables;
  /// noise_generator: the values drawn last and in which step, by lane.
  std::vector<std::int64_t> drawn_step;
  std::vector<double> drawn;

  /// Makes room for slices of up to `steps` steps.
  void reserve(int steps);
  void begin_slice(std::int64_t origin, int steps, const TimeGrid& grid);
  std::size_t bytes_per_step() const { return 0; }  // next to nothing
};

using ChunkInput = std::variant<DenseInput, GatheredCurrents, GatheredNoise, GatheredPoisson>;

/// Works out what is the same for all blocks of a slice.
void begin_slice(ChunkInput& input, std::int64_t origin, int steps, const InputSetting& setting);

/// A Poisson number for a connection to a recorder.
double poisson_of_recorder(const PoissonTable& table, std::uint32_t seed, std::uint32_t call,
                           NodeId recorder, std::uint32_t ordinal, std::int64_t stamp);

}  // namespace tegmenta
