// The frame of the neurons that have no exact solution: Runge–Kutta–Fehlberg 4(5), each lane with a
// sub-step of its own. Part of kernels.cc: see the rules there.
//
// Method: Fehlberg (1969) NASA TR R-315, table III. The controller is that of NEST 3.10's
// conductance models, rule by rule, because their traces depend on it at the tolerance of 1e-3 mV.
// A lane's numbers do not depend on the lanes beside it: most are through with a step after one
// attempt of all neighbours together; the others are packed into vectors until none is left.
#pragma once

#include <cstdint>

#include "base/elementary_core.h"
#include "simd/lanes.h"
#include "simd/neuron_lanes.h"

namespace tegmenta {
namespace {

// Lanes that begin at one, or lanes picked one by one.
TEGMENTA_INLINE V load_at(const double* column, int lane) { return load(column + lane); }
TEGMENTA_INLINE V load_at(const double* column, const Indices& lanes) {
  return look_up(column, lanes);
}
TEGMENTA_INLINE void store_at(double* column, int lane, V values) { store(column + lane, values); }
TEGMENTA_INLINE void store_at(double* column, const Indices& lanes, V values) {
  double value[kWidth];
  store(value, values);
  for (int i = 0; i < kWidth; ++i) column[lanes.at[i]] = value[i];
}

// Allowed error of a component over a sub-step of length h: absolute + slope · |h y'|.
struct ErrorTolerance {
  V absolute;
  V slope;
};

// Factor by which a sub-step changes, from the largest ratio of error to allowed error.
[[gnu::noinline]] V step_factor(V ratio) {
  const I shrinks = ratio > 1.1;
  const I grows = ratio < 0.5;
  // Below this 0.9 / ratio^(1/6) exceeds the limit of 5 in any case.
  const I grows_most = ratio < 3e-5;
  V wanted = splat(1);
  if (bits((shrinks | grows) & ~grows_most)) {
    const V bounded = select(ratio > 1e6, splat(1e6), ratio);  // 0.2 from 1845 on
    const V exponent = select(shrinks, splat(1.0 / 5), splat(1.0 / 6));
    wanted = splat(0.9) / elementary::core::pow_positive(bounded, exponent);
  }
  const V shorter = select(wanted > 0.2, wanted, splat(0.2));
  V longer = select(wanted > 1.0, wanted, splat(1));
  longer = select(longer < 5.0, longer, splat(5));
  const V grown = select(grows_most, splat(5), select(grows, longer, splat(1)));
  return select(shrinks, shorter, grown);
}

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
  for (int i = 0; i < N; ++i) next[i] = y[i] + h * (0.25 * k1[i]);
  slope(next, k2);
  for (int i = 0; i < N; ++i) next[i] = y[i] + h * (3.0 / 32 * k1[i] + 9.0 / 32 * k2[i]);
  slope(next, k3);
  for (int i = 0; i < N; ++i) {
    next[i] = y[i] + h * (1932.0 / 2197 * k1[i] + -7200.0 / 2197 * k2[i] + 7296.0 / 2197 * k3[i]);
  }
  slope(next, k4);
  for (int i = 0; i < N; ++i) {
    next[i] = y[i] + h * (8341.0 / 4104 * k1[i] + -32832.0 / 4104 * k2[i] + 29440.0 / 4104 * k3[i] +
                          -845.0 / 4104 * k4[i]);
  }
  slope(next, k5);
  for (int i = 0; i < N; ++i) {
    next[i] =
        y[i] + h * (-6080.0 / 20520 * k1[i] + 41040.0 / 20520 * k2[i] + -28352.0 / 20520 * k3[i] +
                    9295.0 / 20520 * k4[i] + -5643.0 / 20520 * k5[i]);
  }
  slope(next, k6);
  for (int i = 0; i < N; ++i) {
    next[i] = y[i] + h * (902880.0 / 7618050 * k1[i] + 3953664.0 / 7618050 * k3[i] +
                          3855735.0 / 7618050 * k4[i] + -1371249.0 / 7618050 * k5[i] +
                          277020.0 / 7618050 * k6[i]);
    error[i] = h * (1.0 / 360 * k1[i] + -128.0 / 4275 * k3[i] + -2197.0 / 75240 * k4[i] +
                    1.0 / 50 * k5[i] + 2.0 / 55 * k6[i]);
  }
}

// A sub-step in which an upstroke goes beyond all bounds ends at the peak, and what is slow beside
// it follows its slope. Lanes that do not rise by a good part of Delta_T at once are left alone.
template <int N, typename Model, typename At, typename Dynamics>
TEGMENTA_INLINE void fire_within(const Model& model, const At& at, const Dynamics& slope, V h,
                                 I lanes, const V* y, V* next) {
  V k[N];
  slope(y, k);
  const I fires = lanes & model.rises(at, h * k[0]);
  next[0] = select(fires, model.peak[at], next[0]);
  for (int i = 1; i < N; ++i) next[i] = select(fires, y[i] + h * k[i], next[i]);
}

// One attempt at a sub-step for lanes that stand at t ≤ end of their step. t, y and the sub-step to
// try next are stored.
template <typename Model, typename At>
TEGMENTA_INLINE Attempt attempt(const Model& model, const NeuronBlock& b, const StepInputs& in,
                                const At& at, double* t_at, double* spikes) {
  constexpr int N = Model::kComponents;
  double* const substep = b.state[Model::kSubstep];
  const V end = splat(b.resolution_ms);
  const V t = load_at(t_at, at);
  V y[N], next[N], error[N];
  for (int i = 0; i < N; ++i) y[i] = load_at(b.state[i], at);
  V h = load_at(substep, at);
  const I last = t + h > end;
  h = select(last, end - t, h);
  const I stuck = ~(t + h > t);

  const auto slope = model.dynamics(in, at);
  fehlberg<N>(slope, h, y, next, error);

  const ErrorTolerance tolerance = model.tolerance(at);
  V allowed[N];
  for (int i = 0; i < N; ++i) allowed[i] = tolerance.absolute;
  if constexpr (Model::kSlopeTolerance) {
    V reached[N];
    slope(next, reached);
    for (int i = 0; i < N; ++i) {
      allowed[i] = allowed[i] + tolerance.slope * elementary::core::absolute(h * reached[i]);
    }
  }
  // A whole step in one that is good enough cannot be made longer: its factor is not needed.
  I in_question = h < end;
  for (int i = 0; i < N; ++i) {
    error[i] = elementary::core::absolute(error[i]);
    in_question |= error[i] > allowed[i];
  }
  V factor = splat(1);
  if (bits(in_question)) {
    V ratio = splat(0x1p-1022);
    for (int i = 0; i < N; ++i) {
      const V r = error[i] / allowed[i];
      ratio = select(ratio < r, r, ratio);
    }
    factor = step_factor(ratio);
  }
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
      fire_within<N>(model, at, slope, h, outrun & ~closer, y, next);
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
  const I unstable = model.after_substep(at, next, accepted & ~not_finite, spikes);
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

// Model<kUniform>: components and sub-step are the state columns 0 … kComponents − 1 and kSubstep;
//   dynamics(inputs, lanes)                    y' as a function (y, dydt);
//   tolerance(lanes)                           what errors are allowed;
//   after_substep(lanes, y, accepted, spikes)  what happens after every accepted sub-step; returns
//                                              where the solution has become unstable;
//   kUpstroke: the first component may rise beyond all bounds within a sub-step. Then also
//   rises(lanes, rise), peak[lanes]            whether that rise is an upstroke, and where it ends;
//   finish(inputs, lane, spikes)               the end of a step: returns which neurons fire.
template <typename Model>
TEGMENTA_INLINE void integrate_lanes(const NeuronBlock& b) {
  const Model model(b);
  for (int s = 0; s < b.steps; ++s) {
    const StepInputs in = inputs_of(b, s);
    alignas(64) double t[kMostBlockLanes];
    alignas(64) double spikes[kMostBlockLanes];
    for (int lane = 0; lane < b.lanes; ++lane) t[lane] = spikes[lane] = 0;
    Waiting waiting;
    for (int lane = 0; lane < b.real_lanes; lane += kWidth) {
      const Attempt made = attempt(model, b, in, lane, t, spikes);
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
        const Attempt made = attempt(model, b, in, Indices(picked), t, spikes);
        const unsigned real = n - k < kWidth ? (1u << (n - k)) - 1 : kAllLanes;
        waiting.enter(made, real, lanes, *b.failure, s);
      }
    }
    if (b.failure->kind != NeuronFailure::kNone) return;
    std::uint8_t* const fired = b.fired + s * b.fired_stride;
    for (int group = 0; group < b.lanes; group += kLaneGroup) {
      unsigned mask = 0;
      for (int j = 0; j < kLaneGroup; j += kWidth) {
        mask |= bits(model.finish(in, group + j, spikes)) << j;
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

template <template <bool> class Model>
void integrate(const NeuronBlock& b) {
  if (b.uniform) {
    integrate_lanes<Model<true>>(b);
  } else {
    integrate_lanes<Model<false>>(b);
  }
}

// Threshold, reset and conductance inputs as iaf_cond_exp and iaf_cond_alpha have them.
template <bool kUniform>
struct HeldMembrane {
  double *v, *left;
  LaneValues<kUniform> theta, reset, refractory;

  // Counts down, or fires.
  TEGMENTA_INLINE I finish(int i) const {
    const V r = load(left + i);
    const V potential = load(v + i);
    const I held = r > 0.0;
    const I fires = ~held & (potential >= theta[i]);
    store(v + i, select(held | fires, reset[i], potential));
    store(left + i, select(fires, refractory[i], select(held, r - splat(1), r)));
    return fires;
  }
};

}  // namespace
}  // namespace tegmenta
