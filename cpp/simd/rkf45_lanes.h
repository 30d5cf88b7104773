// The frame of the neurons that have no exact solution: Runge–Kutta–Fehlberg 4(5), each lane with a
// sub-step of its own. Part of neuron_kernels.cc: see the rules in kernels.cc.
//
// The controller is that of NEST 3.10's conductance models, rule by rule, because their traces
// depend on it at the tolerance of 1e-3 mV. A lane's numbers do not depend on the lanes beside it:
// most are through with a step after one attempt of all neighbours together; the others are packed
// into vectors until none is left.
#pragma once

#include <cstdint>

#include "base/elementary_core.h"
#include "simd/fehlberg.h"
#include "simd/lanes.h"
#include "simd/neuron_lanes.h"

namespace tegmenta {
namespace {

// What became of the lanes of one attempt, a bit a lane.
struct Attempt {
  unsigned finished;    // at the end of the step, or failed
  unsigned stuck;       // no sub-step found
  unsigned not_finite;  // a component
  unsigned unstable;    // the model says so
};

// A sub-step from y by the tableau: where it leads, and its error.
template <int N, typename Dynamics>
TEGMENTA_INLINE void fehlberg(const Dynamics& slope, V h, const V* y, V* next, V* error) {
  V k1[N], k2[N], k3[N], k4[N], k5[N], k6[N];
  slope(y, k1);
  for (int i = 0; i < N; ++i) next[i] = y[i] + h * tableau::second(k1[i]);
  slope(next, k2);
  for (int i = 0; i < N; ++i) next[i] = y[i] + h * tableau::third(k1[i], k2[i]);
  slope(next, k3);
  for (int i = 0; i < N; ++i) next[i] = y[i] + h * tableau::fourth(k1[i], k2[i], k3[i]);
  slope(next, k4);
  for (int i = 0; i < N; ++i) next[i] = y[i] + h * tableau::fifth(k1[i], k2[i], k3[i], k4[i]);
  slope(next, k5);
  for (int i = 0; i < N; ++i) {
    next[i] = y[i] + h * tableau::sixth(k1[i], k2[i], k3[i], k4[i], k5[i]);
  }
  slope(next, k6);
  for (int i = 0; i < N; ++i) {
    next[i] = y[i] + h * tableau::whole(k1[i], k3[i], k4[i], k5[i], k6[i]);
    error[i] = h * tableau::error(k1[i], k3[i], k4[i], k5[i], k6[i]);
  }
}

// A sub-step in which an upstroke goes beyond all bounds ends at the peak, and what is slow beside
// it follows its slope. Lanes that do not rise by a good part of Delta_T at once are left alone.
template <int N, typename Model, typename Coefficients, typename Dynamics>
TEGMENTA_INLINE void fire_within(const Coefficients& c, const Dynamics& slope, V h, I lanes,
                                 const V* y, V* next) {
  V k[N];
  slope(y, k);
  const I fires = lanes & Model::rises(c, h * k[0]);
  next[0] = select(fires, c.V_peak, next[0]);
  for (int i = 1; i < N; ++i) next[i] = select(fires, y[i] + h * k[i], next[i]);
}

// The columns of a model with a solver: what it advances, the rest of the state, the sub-step to
// try next.
template <typename Model>
struct SolverColumns {
  using Solved = typename Model::template Solved<V>;
  using State = typename Model::template State<V>;
  using Coefficients = typename Model::template Coefficients<V>;
  static constexpr std::size_t kSolved = kColumnsOf<typename Model::template Solved<double>>;
  static constexpr std::size_t kStates = kColumnsOf<typename Model::template State<double>>;
  static constexpr std::size_t kSubstep = kSolved + kStates;
  template <bool kUniform>
  using LaneCoefficients =
      LaneCoefficients<Coefficients, kColumnsOf<typename Model::template Coefficients<double>>,
                       kUniform>;

  template <typename At>
  TEGMENTA_INLINE static Solved solved(const NeuronBlock& b, const At& at) {
    return numbers_from<Solved, V, kSolved>(
        [&](std::size_t k) __attribute__((always_inline)) { return load_at(b.state[k], at); });
  }
  template <typename At>
  TEGMENTA_INLINE static State state(const NeuronBlock& b, const At& at) {
    return numbers_from<State, V, kStates>([&](std::size_t k) __attribute__((always_inline)) {
      return load_at(b.state[kSolved + k], at);
    });
  }
  template <typename At>
  TEGMENTA_INLINE static void store_state(const NeuronBlock& b, const At& at, const State& x) {
    numbers_to<V, kStates>(x, [&](std::size_t k, V value) __attribute__((always_inline)) {
      store_at(b.state[kSolved + k], at, value);
    });
  }
  TEGMENTA_INLINE static Solved from(const V* y) {
    return numbers_from<Solved, V, kSolved>([&](std::size_t k)
                                                __attribute__((always_inline)) { return y[k]; });
  }
  TEGMENTA_INLINE static void to(V* y, const Solved& solved) {
    numbers_to<V, kSolved>(
        solved, [&](std::size_t k, V value) __attribute__((always_inline)) { y[k] = value; });
  }
};

// What the model does after the sub-steps that are accepted: where it says that the solution has
// become unstable.
template <typename Model, typename At, typename State, typename Coefficients>
TEGMENTA_INLINE I after_substep(const NeuronBlock& b, const At& at, V* y, State& x,
                                const Coefficients& c, I accepted, double* spikes) {
  using Columns = SolverColumns<Model>;
  if constexpr (requires(typename Columns::Solved& z) {
                  Model::after_substep(z, x, c, accepted);
                }) {
    auto z = Columns::from(y);
    const auto after = Model::after_substep(z, x, c, accepted);
    Columns::to(y, z);
    if (bits(after.fires)) {
      Columns::store_state(b, at, x);
      const V count = load_at(spikes, at);
      store_at(spikes, at, select(after.fires, count + splat(1), count));
    }
    return after.unstable;
  } else {
    return I{};
  }
}

// How large an error may be, of each component.
template <int N, typename Model, typename Coefficients, typename Dynamics>
TEGMENTA_INLINE void allow(const Coefficients& c, const Dynamics& slope, V h, const V* next,
                           V* allowed) {
  const auto tolerance = Model::template tolerance<V>(c);
  for (int i = 0; i < N; ++i) allowed[i] = tolerance.absolute;
  if constexpr (Model::kSlopeTolerance) {
    V reached[N];
    slope(next, reached);
    for (int i = 0; i < N; ++i) {
      allowed[i] = allowed[i] + tolerance.slope * elementary::core::absolute(h * reached[i]);
    }
  }
}

// The factor of the sub-step, from errors, which become absolute. A whole step in one (h = end)
// that is good enough cannot be made longer: its factor is not needed.
template <int N>
TEGMENTA_INLINE V factor_for(V* error, const V* allowed, V h, V end) {
  I in_question = h < end;
  for (int i = 0; i < N; ++i) {
    error[i] = elementary::core::absolute(error[i]);
    in_question |= error[i] > allowed[i];
  }
  if (!bits(in_question)) return splat(1);
  V ratio = splat(0x1p-1022);
  for (int i = 0; i < N; ++i) {
    const V r = error[i] / allowed[i];
    ratio = select(ratio < r, r, ratio);
  }
  return step_factor(ratio);
}

// One attempt at a sub-step for lanes that stand at t ≤ end of their step. t, y and the sub-step to
// try next are stored.
template <typename Model, typename Coefficients, typename At>
TEGMENTA_INLINE Attempt attempt(const NeuronBlock& b, const Coefficients& coefficients,
                                const StepInputs& inputs, const At& at, double* t_at,
                                double* spikes) {
  using Columns = SolverColumns<Model>;
  constexpr int N = Columns::kSolved;
  double* const substep = b.state[Columns::kSubstep];
  const V end = splat(b.resolution_ms);
  const V t = load_at(t_at, at);
  V y[N], next[N], error[N];
  for (int i = 0; i < N; ++i) y[i] = load_at(b.state[i], at);
  V h = load_at(substep, at);
  const I last = t + h > end;
  h = select(last, end - t, h);
  const I stuck = ~(t + h > t);

  const auto& c = coefficients.at(at);
  const Input<V> in = inputs.at(at);
  auto x = Columns::state(b, at);
  const auto slope = [&](const V* from, V* dydt) __attribute__((always_inline)) {
    Columns::to(dydt, Model::derivative(Columns::from(from), x, c, in));
  };
  fehlberg<N>(slope, h, y, next, error);

  V allowed[N];
  allow<N, Model>(c, slope, h, next, allowed);
  const V factor = factor_for<N>(error, allowed, h, end);
  V proposed = h * factor;
  const I shrinks = factor < 1.0;
  I again = shrinks & (t + proposed > t) & ~stuck;
  if constexpr (Model::kUpstroke) {
    const I outrun = ~again & ~stuck & ~(error[0] <= kOutrun);
    if (bits(outrun)) {
      const V shorter = 0.2 * h;
      const I closer = outrun & (h > kSpikeWindow * end) & (t + shorter > t);
      proposed = select(closer, shorter, proposed);
      again |= closer;
      fire_within<N, Model>(c, slope, h, outrun & ~closer, y, next);
    }
  }
  const I accepted = ~again & ~stuck;
  V try_next = select(shrinks & ~again, h, proposed);
  try_next = select(try_next > end, end, try_next);
  I not_finite{};
  for (int i = 0; i < N; ++i) {
    not_finite |= accepted & ~(elementary::core::absolute(next[i]) < elementary::core::kInfinity);
    next[i] = select(accepted, next[i], y[i]);
  }
  const I unstable = after_substep<Model>(b, at, next, x, c, accepted & ~not_finite, spikes);
  const V now = select(accepted, select(last, end, t + h), t);
  store_at(t_at, at, now);
  store_at(substep, at, try_next);
  for (int i = 0; i < N; ++i) store_at(b.state[i], at, next[i]);
  return {bits(stuck | not_finite | unstable | ~(now < end)), bits(stuck), bits(not_finite),
          bits(unstable)};
}

// The lanes of a block that have not reached the end of a step.
class Waiting {
 public:
  // lanes[k]: the neuron in lane k of the vector; `real`: lanes that count.
  TEGMENTA_INLINE void enter(const Attempt& made, unsigned real, const int* lanes,
                             NeuronFailure& failure, int step) {
    for (unsigned left = real & ~made.finished; left != 0; left &= left - 1) {
      lane_[entered_++] = lanes[__builtin_ctz(left)];
    }
    const unsigned failed = made.stuck | made.not_finite | made.unstable;
    for (unsigned left = real & failed; left != 0; left &= left - 1) {
      const int k = __builtin_ctz(left);
      note(made.stuck >> k & 1        ? NeuronFailure::kSolver
           : made.not_finite >> k & 1 ? NeuronFailure::kNotFinite
                                      : NeuronFailure::kUnstable,
           lanes[k], failure, step);
    }
  }

  // Gives up the lanes that have not come as far as `least` in their step.
  TEGMENTA_INLINE void give_up(const double* t, double least, NeuronFailure& failure, int step) {
    int kept = 0;
    for (int k = 0; k < entered_; ++k) {
      const int lane = lane_[k];
      if (t[lane] < least) {
        note(NeuronFailure::kSolver, lane, failure, step);
      } else {
        lane_[kept++] = lane;
      }
    }
    entered_ = kept;
  }

  // Begins another round: how many lanes are in it. Those that enter from now on are for the next;
  // never more than have been taken.
  TEGMENTA_INLINE int begin_round() {
    const int n = entered_;
    for (int k = 0; n > 0 && k < kWidth; ++k) lane_[n + k] = lane_[n - 1];
    entered_ = 0;
    return n;
  }
  TEGMENTA_INLINE const int* from(int k) const { return lane_ + k; }

 private:
  // The first neuron that fails in a step is the one to name, whatever the order here.
  TEGMENTA_INLINE static void note(NeuronFailure::Kind kind, int lane, NeuronFailure& failure,
                                   int step) {
    if (failure.kind != NeuronFailure::kNone && failure.lane < lane) return;
    failure = {kind, step, lane};
  }

  int lane_[kMostBlockLanes + kWidth];
  int entered_ = 0;
};

// The end of a step of the vector of lanes that begins at i: who fires.
template <typename Model, typename Coefficients>
TEGMENTA_INLINE I finish(const NeuronBlock& b, const Coefficients& coefficients,
                         const StepInputs& inputs, int i, const double* spikes) {
  using Columns = SolverColumns<Model>;
  auto y = Columns::solved(b, i);
  auto x = Columns::state(b, i);
  const I fires = Model::finish(y, x, coefficients.at(i), inputs.at(i), load(spikes + i));
  numbers_to<V, Columns::kSolved>(y, [&](std::size_t k, V value) __attribute__((always_inline)) {
    store(b.state[k] + i, value);
  });
  Columns::store_state(b, i, x);
  return fires;
}

// Advances a block of a model that has derivative(), tolerance() and finish(): see
// models/neurons/conductance.h.
template <typename Model, bool kUniform>
TEGMENTA_INLINE void integrate_lanes(const NeuronBlock& b) {
  using Columns = SolverColumns<Model>;
  const typename Columns::template LaneCoefficients<kUniform> coefficients(b);
  for (int s = 0; s < b.steps; ++s) {
    const StepInputs in(b, s);
    alignas(64) double t[kMostBlockLanes];
    alignas(64) double spikes[kMostBlockLanes];
    for (int lane = 0; lane < b.lanes; ++lane) t[lane] = spikes[lane] = 0;
    Waiting waiting;
    for (int lane = 0; lane < b.real_lanes; lane += kWidth) {
      const Attempt made = attempt<Model>(b, coefficients, in, lane, t, spikes);
      const int left = b.real_lanes - lane;
      const unsigned real = left < kWidth ? (1u << left) - 1 : kAllLanes;
      int lanes[kWidth];
      for (int k = 0; k < kWidth; ++k) lanes[k] = lane + k;
      waiting.enter(made, real, lanes, *b.failure, s);
    }
    for (int attempts = 1;; ++attempts) {
      if (attempts >= kPatientAttempts) {
        waiting.give_up(t, kShortestAverage * attempts * b.resolution_ms, *b.failure, s);
      }
      const int n = waiting.begin_round();
      if (n == 0) break;
      for (int k = 0; k < n; k += kWidth) {
        int lanes[kWidth];
        std::memcpy(lanes, waiting.from(k), sizeof lanes);
        J picked;
        std::memcpy(&picked, lanes, sizeof picked);
        const Attempt made = attempt<Model>(b, coefficients, in, Indices(picked), t, spikes);
        const unsigned real = n - k < kWidth ? (1u << (n - k)) - 1 : kAllLanes;
        waiting.enter(made, real, lanes, *b.failure, s);
      }
    }
    if (b.failure->kind != NeuronFailure::kNone) return;
    std::uint8_t* const fired = b.fired + s * b.fired_stride;
    for (int group = 0; group < b.lanes; group += kLaneGroup) {
      unsigned mask = 0;
      for (int j = 0; j < kLaneGroup; j += kWidth) {
        mask |= bits(finish<Model>(b, coefficients, in, group + j, spikes)) << j;
      }
      const int left = b.real_lanes - group;
      if (left < kLaneGroup) mask &= (1u << left) - 1;
      fired[group / kLaneGroup] = static_cast<std::uint8_t>(mask);
      if (!b.multiplicity) continue;
      for (; mask != 0; mask &= mask - 1) {
        const int lane = group + __builtin_ctz(mask);
        b.multiplicity[s * b.multiplicity_stride + static_cast<std::size_t>(lane)] =
            static_cast<std::uint32_t>(spikes[lane]);
      }
    }
  }
}

template <typename Model>
void integrate(const NeuronBlock& b) {
  if (b.uniform) {
    integrate_lanes<Model, true>(b);
  } else {
    integrate_lanes<Model, false>(b);
  }
}

}  // namespace
}  // namespace tegmenta
