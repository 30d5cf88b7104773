// Loops over dense weight matrices (dense.h). Part of kernels.cc: see the rules there.
#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>

#include "simd/dense.h"
#include "simd/elementary_lanes.h"
#include "simd/lanes.h"

namespace tegmenta {
namespace {

// What is written once for a vector and for the single numbers at the end of a row: T is V or
// double. Each entry is computed alone.
template <class Body>
TEGMENTA_INLINE void for_entries(std::size_t n, Body&& body) {
  std::size_t i = 0;
  for (; i + kWidth <= n; i += kWidth) body(i, V{});
  for (; i < n; ++i) body(i, double{});
}

template <class T>
TEGMENTA_INLINE T get(const double* p) {
  if constexpr (sizeof(T) == sizeof(double)) {
    return *p;
  } else {
    return load(p);
  }
}
TEGMENTA_INLINE void put(double* p, V v) { store(p, v); }
TEGMENTA_INLINE void put(double* p, double x) { *p = x; }

TEGMENTA_INLINE V clip(V x, V lower, V upper) { return minimum(upper, maximum(lower, x)); }
TEGMENTA_INLINE double clip(double x, double lower, double upper) {
  x = lower > x ? lower : x;
  return upper < x ? upper : x;
}

using elementary::core::splat;

// sum += factor · (row · mask).
TEGMENTA_INLINE void add_row(double* __restrict__ sum, const double* __restrict__ row,
                             const double* __restrict__ mask, double factor, std::size_t n) {
  if (mask) {
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) sum[i] += factor * (row[i] * mask[i]);
  } else {
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) sum[i] += factor * row[i];
  }
}

TEGMENTA_INLINE void apply_mask(double* __restrict__ row, const double* __restrict__ mask,
                                std::size_t n) {
  if (!mask) return;
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) row[i] = mask[i] == 0 ? 0.0 : row[i];
}

void dense_forward(const simd::DenseForward& given) {
  const simd::DenseForward f = given;
  const std::size_t n = f.shape.inputs, m = f.shape.outputs, batch = f.shape.batch;
  for (std::size_t k = 0; k < batch * m; ++k) f.outputs[k] = 0;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t b = 0; b < batch; ++b) {
      const double input = f.inputs[b * n + j];
      if (input == 0) continue;
      add_row(f.outputs + b * m, f.weights + j * m, f.mask ? f.mask + j * m : nullptr, input, m);
    }
  }
  for (std::size_t k = 0; k < batch * m; ++k) f.outputs[k] *= f.factor;
}

// What one sample contributes to a row: pairing[i] = causal · spike[i] − anticausal · trace[i].
struct PairRow {
  double causal, anticausal;
  const double* spike;
  const double* trace;
};

TEGMENTA_INLINE PairRow pair_row(const simd::PairRule& rule, const simd::PairActivity& a,
                                 const simd::DenseShape& shape, std::size_t b, std::size_t j) {
  const std::size_t pre = b * shape.inputs + j, post = b * shape.outputs;
  return {rule.a_plus * (a.pre_trace[pre] - rule.pretrace_target), rule.a_minus * a.pre_spike[pre],
          a.post_spike + post, a.post_trace + post};
}

// x^y, 0 for x <= 0.
TEGMENTA_INLINE V power_or_zero(V x, double y) {
  const I positive = x > 0.0;
  const V power = simd::plain_pow(select(positive, x, splat(1)), splat(y));
  return select(positive, power, V{});
}

// The terms of one vector, weighed. Powers are dear and most terms 0: they are taken only where a
// vector has others.
TEGMENTA_INLINE V weigh(V causal, V anticausal, V weights, const simd::PairRule& rule) {
  if (bits(causal != 0.0) != 0) {
    causal = causal * power_or_zero(splat(rule.w_bound) - weights, rule.mu);
  }
  if (bits(anticausal != 0.0) != 0) {
    anticausal = anticausal * power_or_zero(weights - splat(rule.w_min), rule.mu);
  }
  return causal - anticausal;
}

// pairing = causal · (w_bound − weights)^μ − anticausal · (weights − w_min)^μ. `pairing` may be one
// of the terms.
TEGMENTA_INLINE void weigh_row(double* pairing, const double* causal, const double* anticausal,
                               const double* weights, const simd::PairRule& rule, std::size_t n) {
  std::size_t i = 0;
  for (; i + kWidth <= n; i += kWidth) {
    store(pairing + i, weigh(load(causal + i), load(anticausal + i), load(weights + i), rule));
  }
  if (i == n) return;
  double lanes[3][kWidth] = {};
  for (std::size_t k = 0; i + k < n; ++k) {
    lanes[0][k] = causal[i + k];
    lanes[1][k] = anticausal[i + k];
    lanes[2][k] = weights[i + k];
  }
  store(lanes[0], weigh(load(lanes[0]), load(lanes[1]), load(lanes[2]), rule));
  for (std::size_t k = 0; i + k < n; ++k) pairing[i + k] = lanes[0][k];
}

// So many columns at a time: what is computed along the way stays in the nearest cache.
constexpr std::size_t kColumns = 256;

TEGMENTA_INLINE std::size_t columns_left(std::size_t m, std::size_t from) {
  return m - from < kColumns ? m - from : kColumns;
}

// The two terms of a row, of one sample or added to those of others.
TEGMENTA_INLINE void add_terms(double* __restrict__ causal, double* __restrict__ anticausal,
                               const PairRow& pair, std::size_t from, std::size_t n) {
  const double* __restrict__ const spike = pair.spike + from;
  const double* __restrict__ const trace = pair.trace + from;
  const double c = pair.causal, a = pair.anticausal;
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    causal[i] += c * spike[i];
    anticausal[i] += a * trace[i];
  }
}

// Pairings of one sample and row, from a column on.
struct PairingGiven {
  const double* values;
  template <class T>
  TEGMENTA_INLINE T at(std::size_t i) const {
    return get<T>(values + i);
  }
};
template <bool kAnticausal>
struct PairingOfActivity {
  PairRow pair;
  template <class T>
  TEGMENTA_INLINE T at(std::size_t i) const {
    const T causal = splat<T>(pair.causal) * get<T>(pair.spike + i);
    if constexpr (!kAnticausal) return causal;
    return causal - splat<T>(pair.anticausal) * get<T>(pair.trace + i);
  }
};

// Most inputs are silent in a step and have the causal term alone.
template <class Body>
TEGMENTA_INLINE void with_pairing(const PairRow& pair, Body&& body) {
  if (pair.anticausal == 0) {
    body(PairingOfActivity<false>{pair});
  } else {
    body(PairingOfActivity<true>{pair});
  }
}

void dense_pairings(const simd::DensePairings& given) {
  const simd::DensePairings p = given;
  const std::size_t m = p.shape.outputs;
  double* row = p.pairings;
  for (std::size_t b = 0; b < p.shape.batch; ++b) {
    for (std::size_t j = 0; j < p.shape.inputs; ++j, row += m) {
      with_pairing(pair_row(p.rule, p.activity, p.shape, b, j),
                   [&](auto pairing) __attribute__((always_inline)) {
                     for_entries(m, [&](std::size_t i, auto t) __attribute__((always_inline)) {
                       put(row + i, pairing.template at<decltype(t)>(i));
                     });
                   });
    }
  }
}

void trace_stdp_evolve(const simd::TraceStdpStep& given) {
  const simd::TraceStdpStep s = given;
  const std::size_t m = s.shape.outputs;
  double causal[kColumns], anticausal[kColumns];
  for (std::size_t j = 0; j < s.shape.inputs; ++j) {
    for (std::size_t from = 0; from < m; from += kColumns) {
      const std::size_t n = columns_left(m, from);
      double* __restrict__ const w = s.weights + j * m + from;
      double* __restrict__ const pairing = s.pairings + j * m + from;
      for (std::size_t i = 0; i < n; ++i) causal[i] = anticausal[i] = 0;
      for (std::size_t b = 0; b < s.shape.batch; ++b) {
        add_terms(causal, anticausal, pair_row(s.rule, s.activity, s.shape, b, j), from, n);
      }
      if (s.rule.mu > 0) {
        weigh_row(pairing, causal, anticausal, w, s.rule, n);
      } else {
#pragma omp simd
        for (std::size_t i = 0; i < n; ++i) pairing[i] = causal[i] - anticausal[i];
      }
      for_entries(n, [&](std::size_t i, auto t) __attribute__((always_inline)) {
        using T = decltype(t);
        const T old = get<T>(w + i);
        const T next = old + splat<T>(s.eta) * get<T>(pairing + i) - splat<T>(s.w_decay) * old;
        put(w + i, clip(next, splat<T>(s.rule.w_min), splat<T>(s.rule.w_bound)));
      });
      apply_mask(w, s.mask ? s.mask + j * m + from : nullptr, n);
    }
  }
}

// change += the modulated eligibility of a sample.
template <class Pairing>
TEGMENTA_INLINE void add_sample(double* change, double* eligibility, Pairing pairing, double decay,
                                double gain, double factor, std::size_t n) {
  for_entries(n, [&](std::size_t i, auto t) __attribute__((always_inline)) {
    using T = decltype(t);
    const T e =
        get<T>(eligibility + i) * splat<T>(decay) + splat<T>(gain) * pairing.template at<T>(i);
    put(eligibility + i, e);
    put(change + i, get<T>(change + i) + e * splat<T>(factor));
  });
}

// How the weights of a row change.
struct WeightChange {
  const double* outmask;
  double decay, low, high;
};

// The same for the last sample, and the change of the weights: with a batch of one, the only pass.
// Not kShaped: outmask is 1 and decay 0.
template <bool kChanged, bool kShaped, class Pairing>
TEGMENTA_INLINE void finish_samples(double* w, const double* change, double* eligibility,
                                    Pairing pairing, double decay, double gain, double factor,
                                    WeightChange weight, std::size_t n) {
  for_entries(n, [&](std::size_t i, auto t) __attribute__((always_inline)) {
    using T = decltype(t);
    const T e =
        get<T>(eligibility + i) * splat<T>(decay) + splat<T>(gain) * pairing.template at<T>(i);
    put(eligibility + i, e);
    T total = e * splat<T>(factor);
    if constexpr (kChanged) total = get<T>(change + i) + total;
    const T old = get<T>(w + i);
    T next;
    if constexpr (kShaped) {
      next = old + total * get<T>(weight.outmask + i) - splat<T>(weight.decay) * old;
    } else {
      next = old + total;
    }
    put(w + i, clip(next, splat<T>(weight.low), splat<T>(weight.high)));
  });
}

TEGMENTA_INLINE bool all_one(const double* values, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    if (values[i] != 1) return false;
  }
  return true;
}

template <bool kFromPairings, bool kShaped>
TEGMENTA_INLINE void mstdpet(const simd::MstdpetStep& s) {
  const std::size_t n_in = s.shape.inputs, m = s.shape.outputs, last = s.shape.batch - 1;
  const auto with_last_pairing = [&](std::size_t b, std::size_t j, std::size_t from, auto&& body)
                                     __attribute__((always_inline)) {
                                       if constexpr (kFromPairings) {
                                         body(PairingGiven{s.pairings + (b * n_in + j) * m + from});
                                       } else {
                                         PairRow pair = pair_row(s.rule, s.last, s.shape, b, j);
                                         pair.spike += from;
                                         pair.trace += from;
                                         with_pairing(pair, body);
                                       }
                                     };
  const bool power = kFromPairings && s.rule.mu > 0;
  double change[kColumns], old[kColumns], anticausal[kColumns];
  for (std::size_t j = 0; j < n_in; ++j) {
    for (std::size_t from = 0; from < m; from += kColumns) {
      const std::size_t n = columns_left(m, from);
      double* const w = s.weights + j * m + from;
      double* const eligibility = s.eligibility + j * m + from;
      if (power) std::memcpy(old, w, n * sizeof *old);
      for (std::size_t i = 0; i < n && last > 0; ++i) change[i] = 0;
      for (std::size_t b = 0; b < last; ++b) {
        with_last_pairing(b, j, from, [&](auto pairing) __attribute__((always_inline)) {
          add_sample(change, eligibility + b * n_in * m, pairing, s.decay, s.gain,
                     s.modulator[b] * s.eta, n);
        });
      }
      const WeightChange weight{s.outmask + from, s.w_decay, s.rule.w_min, s.rule.w_bound};
      with_last_pairing(last, j, from, [&](auto pairing) __attribute__((always_inline)) {
        const auto finish = [&](auto changed) __attribute__((always_inline)) {
          finish_samples<changed.value, kShaped>(w, change, eligibility + last * n_in * m, pairing,
                                                 s.decay, s.gain, s.modulator[last] * s.eta, weight,
                                                 n);
        };
        last > 0 ? finish(std::true_type{}) : finish(std::false_type{});
      });
      apply_mask(w, s.mask ? s.mask + j * m + from : nullptr, n);
      for (std::size_t b = 0; power && b <= last; ++b) {
        double* const causal = s.pairings + (b * n_in + j) * m + from;
        for (std::size_t i = 0; i < n; ++i) causal[i] = anticausal[i] = 0;
        add_terms(causal, anticausal, pair_row(s.rule, s.now, s.shape, b, j), from, n);
        weigh_row(causal, causal, anticausal, old, s.rule, n);
      }
    }
  }
}

void mstdpet_evolve(const simd::MstdpetStep& given) {
  const simd::MstdpetStep s = given;
  if (s.from_pairings) {
    mstdpet<true, true>(s);
  } else if (s.w_decay != 0 || !all_one(s.outmask, s.shape.outputs)) {
    mstdpet<false, true>(s);
  } else {
    mstdpet<false, false>(s);
  }
}

void policy_gradient(const simd::PolicyGradientStep& given) {
  const simd::PolicyGradientStep s = given;
  const std::size_t n = s.shape.inputs, m = s.shape.outputs;
  for (std::size_t j = 0; j < n; ++j) {
    double* __restrict__ const w = s.weights + j * m;
    double* __restrict__ const gradient = s.gradient + j * m;
    double* __restrict__ const average = s.average + j * m;
    for (std::size_t i = 0; i < m; ++i) gradient[i] = 0;
    for (std::size_t b = 0; b < s.shape.batch; ++b) {
      add_row(gradient, s.slope + b * m, nullptr, s.hidden[b * n + j], m);
    }
#pragma omp simd
    for (std::size_t i = 0; i < m; ++i) {
      average[i] = average[i] * s.average_decay + gradient[i] / s.average_length;
    }
    if (!s.learn) continue;
    for_entries(m, [&](std::size_t i, auto t) __attribute__((always_inline)) {
      using T = decltype(t);
      const T next = get<T>(w + i) + splat<T>(s.rate) * get<T>(gradient + i);
      put(w + i, clip(next, get<T>(s.lower + i), get<T>(s.upper + i)));
    });
    apply_mask(w, s.mask ? s.mask + j * m : nullptr, m);
  }
}

}  // namespace
}  // namespace tegmenta
