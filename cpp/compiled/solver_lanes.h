// Equations of compiled models by Runge–Kutta–Fehlberg 4(5), each lane with a sub-step of its own:
// simd/rkf45_lanes.h with slopes that a program works out. Part of interpreter.cc: see the rules in
// simd/kernels.cc.
//
// All lanes of a tile make one attempt where they stand; those that are not through with the step
// then are packed together, until none is left. A lane's numbers do not depend on the others.
#pragma once

#include <cstdint>

#include "base/elementary_core.h"
#include "compiled/tile_lanes.h"
#include "simd/fehlberg.h"
#include "simd/lanes.h"

namespace tegmenta {
namespace {

// What became of the lanes of an attempt, a bit a lane.
struct Attempted {
  std::uint64_t accepted = 0, finished = 0, stuck = 0, not_finite = 0, endless = 0;

  TEGMENTA_INLINE std::uint64_t failed() const { return stuck | not_finite | endless; }
};

// One call of `integrate`.
class SystemSolver {
 public:
  TEGMENTA_INLINE SystemSolver(Tile& tile, int system)
      : tile_(tile),
        table_(tile.run->table->systems[system]),
        memory_(tile.run->memory->systems[system]),
        first_held_(tile.run->block->uniform ? table_.held_coefficients : 0),
        substep_column_(tile.run->block->state[table_.substep] + tile.first_lane),
        end_(tile.run->block->resolution_ms),
        begins_(static_cast<double>(tile.step) * end_) {
    inner_.at = memory_.operands;
    inner_.patience = tile.patience;
  }

  void advance(const double* mask);

 private:
  std::uint64_t attempt_in_place(std::uint64_t wanted);
  void pack(std::uint64_t lanes);
  void attempt_packed();
  void give_up(double least);
  void keep(std::uint64_t kept, std::uint64_t over);
  void fill_up();
  void accept(std::uint64_t accepted, int lanes);
  void note(const Attempted& made, std::uint64_t real);
  int first_not_finite(int k) const;
  Attempted attempt(std::uint64_t real, int lanes, const double* absolute, const double* relative);
  void find_slopes();
  void slopes_of(int stage, double part);
  void judge(int k, const double* absolute, const double* relative, Attempted& made);

  TEGMENTA_INLINE static double* row(double* rows, int i) { return rows + i * kTileLanes; }
  TEGMENTA_INLINE double* column(int i) const { return tile_.at[table_.values[i]]; }
  TEGMENTA_INLINE V slope(int stage, int i, int k) const {
    return load(row(memory_.slopes, stage * table_.size + i) + k);
  }
  template <typename Work>
  TEGMENTA_INLINE void each_packed(const Work& work) const {
    work(memory_.at);
    work(memory_.substep);
    work(memory_.absolute);
    work(memory_.relative);
    for (int i = 0; i < table_.size; ++i) work(row(memory_.values, i));
    for (int i = first_held_; i < table_.held_count; ++i) work(row(memory_.held, i));
  }
  // Components are taken to where some slopes lead in the sub-step.
  template <typename Slopes>
  TEGMENTA_INLINE void lead(const Slopes& slopes) {
    for (int i = 0; i < table_.size; ++i) {
      const double* const from = memory_.from[i];
      double* const to = row(memory_.next, i);
      for (int k = 0; k < inner_.lanes; k += kWidth) {
        store(to + k, load(from + k) + load(length_ + k) * slopes(i, k));
      }
    }
  }

  Tile& tile_;
  const compiled::SystemTable& table_;
  const compiled::SystemMemory& memory_;
  const int first_held_;  // that must be packed: coefficients may be the same in all lanes
  double* const substep_column_;
  const double end_, begins_;
  alignas(64) double length_[kTileLanes];  // of the sub-steps that are tried
  Tile inner_;                             // for the code
  int packed_ = 0;                         // lanes
  int lane_[kTileLanes];                   // where those belong
};

// Advances the lanes of a mask over the step.
void SystemSolver::advance(const double* mask) {
  const std::uint64_t wanted = set_lanes(mask, tile_.lanes) & tile_.real;
  if (wanted == 0) return;
  for (int k = 0; k < tile_.lanes; k += kWidth) {
    store(memory_.at + k, V{});
    store(memory_.substep + k, load(substep_column_ + k));
  }
  // Not worth it where most lanes are idle.
  const bool together = 2 * __builtin_popcountll(wanted) > tile_.lanes;
  pack(together ? attempt_in_place(wanted) : wanted);
  for (int attempts = together ? 1 : 0; packed_ > 0; ++attempts) {
    if (attempts >= tile_.patience.attempts) give_up(kShortestAverage * attempts * end_);
    if (packed_ > 0) attempt_packed();
  }
}

// --- lanes where they stand --------------------------------------------------------------------

// Returns the lanes that need another attempt.
std::uint64_t SystemSolver::attempt_in_place(std::uint64_t wanted) {
  for (int i = 0; i < table_.size; ++i) memory_.from[i] = column(i);
  for (int i = 0; i < table_.held_count; ++i) {
    memory_.operands[table_.held[i]] = tile_.at[table_.held[i]];
  }
  const Attempted made =
      attempt(wanted, tile_.lanes, tile_.at[table_.absolute], tile_.at[table_.relative]);
  accept(made.accepted & wanted, tile_.lanes);
  note(made, wanted);
  const std::uint64_t over = wanted & (made.finished | made.failed());
  for (int k = 0; k < tile_.lanes; k += kWidth) {
    const I mask = lanes_of(over >> k);
    store(substep_column_ + k, select(mask, load(memory_.substep + k), load(substep_column_ + k)));
  }
  return wanted & ~over;
}

// --- lanes that are packed ---------------------------------------------------------------------

void SystemSolver::pack(std::uint64_t lanes) {
  packed_ = 0;
  for (std::uint64_t left = lanes; left != 0; left &= left - 1) {
    lane_[packed_++] = __builtin_ctzll(left);
  }
  if (packed_ == 0) return;
  const auto gather = [&](double* to, const double* from) __attribute__((always_inline)) {
    for (int k = 0; k < packed_; ++k) to[k] = from[lane_[k]];
  };
  gather(memory_.at, memory_.at);
  gather(memory_.substep, memory_.substep);
  gather(memory_.absolute, tile_.at[table_.absolute]);
  gather(memory_.relative, tile_.at[table_.relative]);
  for (int i = 0; i < table_.size; ++i) {
    memory_.from[i] = row(memory_.values, i);
    gather(memory_.from[i], column(i));
  }
  for (int i = 0; i < table_.held_count; ++i) {
    double* at = tile_.at[table_.held[i]];
    if (i >= first_held_) gather(row(memory_.held, i), at), at = row(memory_.held, i);
    memory_.operands[table_.held[i]] = at;
  }
  fill_up();
}

// Vectors are whole: the last lane's numbers stand behind it, too.
void SystemSolver::fill_up() {
  const int lanes = whole_groups(packed_);
  each_packed([&](double* numbers) __attribute__((always_inline)) {
    for (int k = packed_; k < lanes; ++k) numbers[k] = numbers[packed_ - 1];
  });
}

void SystemSolver::attempt_packed() {
  const std::uint64_t real = lowest_lanes(packed_);
  const int lanes = whole_groups(packed_);
  const Attempted made = attempt(real, lanes, memory_.absolute, memory_.relative);
  accept(made.accepted, lanes);
  note(made, real);
  const std::uint64_t over = real & (made.finished | made.failed());
  if (over != 0) keep(real & ~over, over);
}

// Gives up the lanes that have not come as far as `least` in their step.
void SystemSolver::give_up(double least) {
  Attempted made;
  for (int k = 0; k < packed_; ++k) {
    if (memory_.at[k] < least) made.stuck |= std::uint64_t{1} << k;
  }
  if (made.stuck == 0) return;
  note(made, made.stuck);
  keep(lowest_lanes(packed_) & ~made.stuck, made.stuck);
}

// Of the packed lanes some stay; those that are over go back to their places.
void SystemSolver::keep(std::uint64_t kept, std::uint64_t over) {
  for (std::uint64_t left = over; left != 0; left &= left - 1) {
    const int k = __builtin_ctzll(left);
    for (int i = 0; i < table_.size; ++i) column(i)[lane_[k]] = row(memory_.values, i)[k];
    substep_column_[lane_[k]] = memory_.substep[k];
  }
  packed_ = 0;
  int from[kTileLanes];
  for (std::uint64_t left = kept; left != 0; left &= left - 1) {
    from[packed_] = __builtin_ctzll(left);
    lane_[packed_] = lane_[from[packed_]];
    ++packed_;
  }
  if (packed_ == 0) return;
  each_packed([&](double* numbers) __attribute__((always_inline)) {
    for (int k = 0; k < packed_; ++k) numbers[k] = numbers[from[k]];
  });
  fill_up();
}

// --- an attempt at a sub-step ------------------------------------------------------------------

void SystemSolver::note(const Attempted& made, std::uint64_t real) {
  for (std::uint64_t left = real & made.failed(); left != 0; left &= left - 1) {
    const int k = __builtin_ctzll(left), lane = packed_ > 0 ? lane_[k] : k;
    if (made.endless >> k & 1) {
      tile_.failure.note(NeuronFailure::kEndless, lane);
    } else if (made.stuck >> k & 1) {
      tile_.failure.note(NeuronFailure::kSolver, lane);
    } else {
      tile_.failure.note(NeuronFailure::kNotFinite, lane, first_not_finite(k));
    }
  }
}

// The column of the state whose slope was the first that was not finite, and 1; 0: not known.
int SystemSolver::first_not_finite(int k) const {
  if (!table_.columns) return 0;
  for (int n = 0; n < compiled::kSolverStages * table_.size; ++n) {
    const double slope = row(memory_.slopes, n)[k];
    if (!(elementary::core::absolute(slope) < elementary::core::kInfinity)) {
      return table_.columns[n % table_.size] + 1;
    }
  }
  return 0;
}

// Lanes move to where the attempt has led them.
void SystemSolver::accept(std::uint64_t accepted, int lanes) {
  for (int k = 0; k < lanes; k += kWidth) {
    const I mask = lanes_of(accepted >> k);
    for (int i = 0; i < table_.size; ++i) {
      double* const to = memory_.from[i] + k;
      store(to, select(mask, load(row(memory_.next, i) + k), load(to)));
    }
  }
}

// Of lanes [0, lanes), which stand in `from`.
Attempted SystemSolver::attempt(std::uint64_t real, int lanes, const double* absolute,
                                const double* relative) {
  const V end = splat(end_);
  for (int k = 0; k < lanes; k += kWidth) {
    const V t = load(memory_.at + k), h = load(memory_.substep + k);
    store(length_ + k, select(t + h > end, end - t, h));
  }
  inner_.lanes = lanes;
  inner_.real = real;
  find_slopes();
  Attempted made;
  made.endless = real & ~inner_.real;
  for (int k = 0; k < lanes; k += kWidth) judge(k, absolute, relative, made);
  return made;
}

void SystemSolver::find_slopes() {
  slopes_of(0, 0);
  lead([&](int i, int k)
           __attribute__((always_inline)) { return tableau::second(slope(0, i, k)); });
  slopes_of(1, tableau::kSecondAt);
  lead([&](int i, int k) __attribute__((always_inline)) {
    return tableau::third(slope(0, i, k), slope(1, i, k));
  });
  slopes_of(2, tableau::kThirdAt);
  lead([&](int i, int k) __attribute__((always_inline)) {
    return tableau::fourth(slope(0, i, k), slope(1, i, k), slope(2, i, k));
  });
  slopes_of(3, tableau::kFourthAt);
  lead([&](int i, int k) __attribute__((always_inline)) {
    return tableau::fifth(slope(0, i, k), slope(1, i, k), slope(2, i, k), slope(3, i, k));
  });
  slopes_of(4, tableau::kFifthAt);
  lead([&](int i, int k) __attribute__((always_inline)) {
    return tableau::sixth(slope(0, i, k), slope(1, i, k), slope(2, i, k), slope(3, i, k),
                          slope(4, i, k));
  });
  slopes_of(5, tableau::kSixthAt);
}

// What the code makes of the components where they stand, or have been taken.
void SystemSolver::slopes_of(int stage, double part) {
  if (table_.has_time) {
    for (int k = 0; k < inner_.lanes; k += kWidth) {
      store(memory_.time + k, begins_ + (load(memory_.at + k) + part * load(length_ + k)));
    }
  }
  double* const slopes = row(memory_.slopes, stage * table_.size);
  for (int i = 0; i < table_.size; ++i) {
    memory_.operands[table_.values[i]] = stage == 0 ? memory_.from[i] : row(memory_.next, i);
    if (!table_.copied[i]) memory_.operands[table_.slopes[i]] = row(slopes, i);
  }
  if (table_.has_loops) {
    for (std::int64_t& rounds : inner_.rounds) rounds = 0;
  }
  execute(inner_, table_.first, table_.last);
  for (int i = 0; i < table_.size; ++i) {
    if (!table_.copied[i]) continue;
    const double* const from = memory_.operands[table_.slopes[i]];
    for (int k = 0; k < inner_.lanes; k += kWidth) store(row(slopes, i) + k, load(from + k));
  }
}

// Whether the sub-steps of the vector of lanes from k on hold, and how long the next ones are.
void SystemSolver::judge(int k, const double* absolute, const double* relative, Attempted& made) {
  const V end = splat(end_), t = load(memory_.at + k), h = load(length_ + k);
  const V least = load(absolute + k), part = load(relative + k);
  const I last = t + load(memory_.substep + k) > end;
  const I stuck = ~(t + h > t);
  const auto error = [&](int i) __attribute__((always_inline)) {
    return elementary::core::absolute(h * tableau::error(slope(0, i, k), slope(2, i, k),
                                                         slope(3, i, k), slope(4, i, k),
                                                         slope(5, i, k)));
  };
  const auto allowed = [&](V next) __attribute__((always_inline)) {
    return least + part * elementary::core::absolute(next);
  };
  // A whole step in one that is good enough cannot be made longer: its factor is not needed.
  I in_question = h < end, not_finite{};
  for (int i = 0; i < table_.size; ++i) {
    const V next = load(memory_.from[i] + k) + h * tableau::whole(slope(0, i, k), slope(2, i, k),
                                                                  slope(3, i, k), slope(4, i, k),
                                                                  slope(5, i, k));
    store(row(memory_.next, i) + k, next);
    in_question |= error(i) > allowed(next);
    not_finite |= ~(elementary::core::absolute(next) < elementary::core::kInfinity);
  }
  V factor = splat(1);
  if (bits(in_question) != 0) {
    V ratio = splat(0x1p-1022);
    for (int i = 0; i < table_.size; ++i) {
      const V r = error(i) / allowed(load(row(memory_.next, i) + k));
      ratio = select(ratio < r, r, ratio);
    }
    factor = step_factor(ratio);
  }
  const V proposed = h * factor;
  const I shrinks = factor < 1.0;
  const I again = shrinks & (t + proposed > t) & ~stuck;
  const I accepted = ~again & ~stuck;
  V substep = select(shrinks & ~again, h, proposed);
  substep = select(substep > end, end, substep);
  const V now = select(accepted, select(last, end, t + h), t);
  store(memory_.at + k, now);
  store(memory_.substep + k, substep);
  not_finite &= accepted;
  const auto add = [&](std::uint64_t& lanes, I mask) __attribute__((always_inline)) {
    lanes |= static_cast<std::uint64_t>(bits(mask)) << k;
  };
  add(made.accepted, accepted & ~not_finite);
  add(made.finished, ~(now < end));
  add(made.stuck, stuck);
  add(made.not_finite, not_finite);
}

void integrate_system(Tile& tile, int system, const double* mask) {
  SystemSolver(tile, system).advance(mask);
}

}  // namespace
}  // namespace tegmenta
