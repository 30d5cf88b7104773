// Blocks of neurons of compiled models. Part of interpreter.cc: see the rules in simd/kernels.cc.
#pragma once

#include <cstddef>
#include <cstdint>

#include "compiled/tile_lanes.h"
#include "simd/lanes.h"

namespace tegmenta {
namespace {

// Operands that lie where the tile's lanes do.
void place_columns(const compiled::StepRun& run, int first_lane) {
  const compiled::StepTable& table = *run.table;
  const NeuronBlock& b = *run.block;
  double** const coefficients = run.memory->operands + table.constants;
  for (int c = 0; c < table.coefficients; ++c) {
    // Read only: check.h sees to it.
    coefficients[c] = b.uniform ? run.memory->coefficients + c * kTileLanes
                                : const_cast<double*>(b.coefficient[c]) + first_lane;
  }
  double** const states = coefficients + table.coefficients;
  for (int s = 0; s < table.states; ++s) states[s] = b.state[s] + first_lane;
}

// What the lanes receive in a step.
void place_inputs(const compiled::StepRun& run, int first_lane, int step) {
  const compiled::StepTable& table = *run.table;
  double** to = run.memory->operands + table.constants + table.coefficients + table.states;
  const std::ptrdiff_t at = std::ptrdiff_t{step} * run.block->input_stride + first_lane;
  const auto place = [&](const double* const* from, int n) __attribute__((always_inline)) {
    for (int i = 0; i < n; ++i, ++to) {
      *to = from[i] != nullptr ? const_cast<double*>(from[i]) + at : run.memory->zeros;
    }
  };
  place(run.rows, table.rows);
  place(run.currents, table.currents);
}

// Who fires, and how often.
void emit(const compiled::StepRun& run, const Tile& tile, int step) {
  const NeuronBlock& b = *run.block;
  const double* const spikes = run.memory->spikes;
  std::uint64_t fires = 0;
  if (run.table->has_spikes) {
    for (int k = 0; k < tile.lanes; k += kWidth) {
      fires |= static_cast<std::uint64_t>(bits(load(spikes + k) >= 1.0)) << k;
    }
    fires &= lowest_lanes(b.real_lanes - tile.first_lane);
  }
  std::uint8_t* const fired = b.fired + static_cast<std::size_t>(step) * b.fired_stride +
                              static_cast<std::size_t>(tile.first_lane / kLaneGroup);
  for (int group = 0; group < tile.lanes / kLaneGroup; ++group) {
    fired[group] = static_cast<std::uint8_t>(fires >> (group * kLaneGroup));
  }
  if (b.multiplicity == nullptr) return;
  std::uint32_t* const multiplicity = b.multiplicity +
                                      static_cast<std::size_t>(step) * b.multiplicity_stride +
                                      static_cast<std::size_t>(tile.first_lane);
  for (; fires != 0; fires &= fires - 1) {
    const int k = __builtin_ctzll(fires);
    constexpr double kMost = 0xffffffffu;
    multiplicity[k] = static_cast<std::uint32_t>(spikes[k] < kMost ? spikes[k] : kMost);
  }
}

// One step of a tile. Returns whether it failed.
TEGMENTA_INLINE bool advance_tile(const compiled::StepRun& run, Tile& tile, int step) {
  const compiled::StepTable& table = *run.table;
  const NeuronBlock& b = *run.block;
  place_inputs(run, tile.first_lane, step);
  tile.step = b.first_step + step;
  tile.real = lowest_lanes(b.real_lanes - tile.first_lane);
  if (table.has_time) {
    fill(run.memory->time, static_cast<double>(tile.step + 1) * b.resolution_ms);
  }
  if (table.has_spikes) fill(run.memory->spikes, 0);
  if (table.has_loops) {
    for (std::int64_t& rounds : tile.rounds) rounds = 0;
  }
  execute(tile, table.code, table.code + table.length);
  emit(run, tile, step);
  return tile.failure.any();
}

void advance_block(const compiled::StepRun& run) {
  const NeuronBlock& b = *run.block;
  if (b.uniform) {
    for (int c = 0; c < run.table->coefficients; ++c) {
      fill(run.memory->coefficients + c * kTileLanes, b.coefficient[c][0]);
    }
  }
  Tile tile;
  tile.at = run.memory->operands;
  tile.matrices = run.memory->matrices;
  tile.patience = run.table->patience;
  tile.draws = nullptr;
  tile.run = &run;
  int steps = b.steps;  // up to the first that failed
  for (int first = 0; first < b.lanes; first += kTileLanes) {
    tile.first_lane = first;
    tile.lanes = b.lanes - first < kTileLanes ? b.lanes - first : kTileLanes;
    place_columns(run, first);
    for (int s = 0; s < steps; ++s) {
      tile.failure = {};
      if (!advance_tile(run, tile, s)) continue;
      const NeuronFailure& known = *b.failure;
      if (known.kind == NeuronFailure::kNone || s < known.step) {
        *b.failure = {tile.failure.kind, s, first + tile.failure.lane, tile.failure.text};
      }
      steps = s + 1;
    }
  }
}

void run_program(const compiled::ProgramRun& run) {
  Tile tile;
  tile.at = run.operands;
  tile.lanes = whole_groups(run.lanes);
  tile.real = lowest_lanes(run.lanes);
  tile.matrices = run.matrices;
  tile.patience = run.patience;
  tile.failure = {};
  tile.draws = run.draws;
  tile.run = nullptr;
  for (std::int64_t& rounds : tile.rounds) rounds = 0;
  execute(tile, run.code, run.code + run.length);
  if (tile.failure.any()) {
    *run.failure = {tile.failure.kind, 0, tile.failure.lane, tile.failure.text};
  }
}

}  // namespace
}  // namespace tegmenta
