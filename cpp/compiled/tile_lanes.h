// A tile of lanes that goes through a program. Part of interpreter.cc: see the rules in
// simd/kernels.cc.
#pragma once

#include <cstdint>

#include "compiled/tables.h"
#include "simd/lanes.h"

namespace tegmenta {
namespace {

using compiled::Instruction;
using compiled::kTileLanes;

struct Tile;

// Does an instruction, and says which is next.
using Handler = const Instruction* (*)(Tile&, const Instruction*);

// What became wrong first, of the lanes of a tile: in the lowest one.
struct FoundFailure {
  NeuronFailure::Kind kind = NeuronFailure::kNone;
  int lane = 0;
  int text = 0;

  TEGMENTA_INLINE void note(NeuronFailure::Kind what, int where, int which = 0) {
    if (kind != NeuronFailure::kNone && lane <= where) return;
    kind = what, lane = where, text = which;
  }
  TEGMENTA_INLINE bool any() const { return kind != NeuronFailure::kNone; }
};

struct Tile {
  compiled::Operands at;
  int lanes;           // multiple of kLaneGroup, ≤ kTileLanes
  std::uint64_t real;  // lanes that count, a bit each
  double* matrices;    // room for matrix_exponential
  compiled::Patience patience;
  FoundFailure failure;
  alignas(64) std::int64_t rounds[kTileLanes];  // of loops, that lanes asked for

  const compiled::DrawNames* draws;  // null: of a step

  // Only of a step.
  const compiled::StepRun* run;
  int first_lane;     // in the block
  std::int64_t step;  // since time 0
};

TEGMENTA_INLINE std::uint64_t lowest_lanes(int n) {
  return n >= kTileLanes ? ~std::uint64_t{0} : n <= 0 ? 0 : (std::uint64_t{1} << n) - 1;
}

TEGMENTA_INLINE int whole_groups(int lanes) {
  return (lanes + kLaneGroup - 1) / kLaneGroup * kLaneGroup;
}

TEGMENTA_INLINE I as_mask(V x) { return reinterpret_cast<I>(x); }
TEGMENTA_INLINE V as_numbers(I mask) { return reinterpret_cast<V>(mask); }

TEGMENTA_INLINE void fill(double* row, double x) {
  const V all = splat(x);
  for (int k = 0; k < kTileLanes; k += kWidth) store(row + k, all);
}

// Lanes of a mask, a bit each.
TEGMENTA_INLINE std::uint64_t set_lanes(const double* mask, int lanes) {
  std::uint64_t set = 0;
  for (int k = 0; k < lanes; k += kWidth) {
    set |= static_cast<std::uint64_t>(bits(as_mask(load(mask + k)))) << k;
  }
  return set;
}

// The lanes of a vector whose bits are set.
TEGMENTA_INLINE I lanes_of(std::uint64_t set) {
  I one{};
  for (int k = 0; k < kWidth; ++k) one[k] = std::int64_t{1} << k;
  return (one & static_cast<std::int64_t>(set)) != 0;
}

void execute(Tile& tile, const Instruction* first, const Instruction* last);

}  // namespace
}  // namespace tegmenta
