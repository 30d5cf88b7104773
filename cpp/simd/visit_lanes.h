// The vectorised visits of plastic rows (visits.h). Part of kernels.cc: see the rules there.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/elementary_lanes.h"
#include "simd/lanes.h"
#include "simd/visits.h"

namespace tegmenta {
namespace {

void fill_gains(const simd::GainStretch& s) {
  double* __restrict__ const gains = s.gains;
  const double* const decay_c = s.eligibility;
#pragma omp simd
  for (std::ptrdiff_t k = 0; k < static_cast<std::ptrdiff_t>(s.n); ++k) {
    const double gain = s.Kplus * s.decay[k];
    gains[2 * k] = gain * (s.growth[k] * (s.tail - s.prefix[k]));
    gains[2 * k + 1] = gain * decay_c[-k];
  }
}

void scale(double* __restrict__ out, const double* __restrict__ in, double factor, std::size_t n) {
#pragma omp simd
  for (std::size_t k = 0; k < n; ++k) out[k] = factor * in[k];
}

// Stored numbers as doubles, and back.
TEGMENTA_INLINE V load_values(const double* p) { return load(p); }
TEGMENTA_INLINE V load_values(const float* p) {
  F v;
  std::memcpy(&v, p, sizeof v);
  return __builtin_convertvector(v, V);
}
TEGMENTA_INLINE void store_values(double* p, V v) { store(p, v); }
TEGMENTA_INLINE void store_values(float* p, V v) {
  const F f = __builtin_convertvector(v, F);
  std::memcpy(p, &f, sizeof f);
}
// As they will be read again.
TEGMENTA_INLINE V as_stored(V v, const double*) { return v; }
TEGMENTA_INLINE V as_stored(V v, const float*) {
  return __builtin_convertvector(__builtin_convertvector(v, F), V);
}

TEGMENTA_INLINE double least_of(const double*) { return simd::kLeastDouble; }
TEGMENTA_INLINE double least_of(const float*) { return simd::kLeastFloat; }

// What the heads of one vector of targets say about a window.
struct PostLanes {
  J step[3];  // of the last three spikes, 0 outside the window
  J in[3];    // masks
  J beyond;   // mask: the head does not know all that counts
  V trace;    // K− at the end of the window
};

TEGMENTA_INLINE PostLanes look(const simd::PostWindow& w, const std::uint16_t* targets,
                               bool with_trace) {
  const J after = splat_j(w.after), length = splat_j(w.length);
  const simd::PostHead* const heads = w.heads;
  const FourLanes stamps =
      look_up_four([&](int i) __attribute__((always_inline)) { return heads[targets[i]].stamp; });
  J k[4];
  for (int i = 0; i < 4; ++i) k[i] = stamps.v[i] - after;
  PostLanes p;
  for (int i = 0; i < 3; ++i) {
    p.in[i] = (k[i] > 0) & (k[i] <= length);
    p.step[i] = k[i] & p.in[i];
  }
  p.beyond = k[3] > 0;
  p.trace = V{};
  if (with_trace) {
    // The latest spikes may come after what counts.
    const J before = splat_j(w.before);
    const J late = k[0] >= before;
    p.beyond |= k[1] >= before;
    const J chosen = late ? k[1] : k[0];
    const J elapsed = length - chosen;
    const J old = elapsed >= w.decay_size;
    // Without a spike the trace is 0, whatever it is multiplied with.
    p.beyond |= old & (chosen + after > simd::kNeverFired);
    const J last = splat_j(w.decay_size - 1);
    const J at = old ? last : elapsed;
    const TwoLanes traces =
        look_up_two([&](int i) __attribute__((always_inline)) { return heads[targets[i]].trace; });
    // Lanes that are left to the caller may point anywhere.
    p.trace =
        select(late, traces.second, traces.first) * look_up(w.decay, Indices(at > 0 ? at : J{}));
  }
  return p;
}

template <int n>
struct Count {
  static constexpr int value = n;
};

// The vectors of [0, n), kAtOnce together as long as there are so many: the last one, if it is not
// full, on a copy whose unused lanes repeat its last synapse.
// body(how many vectors, targets, weights, extra, sent) gives one bit for each lane it leaves.
template <int kAtOnce, typename T, typename B>
TEGMENTA_INLINE std::size_t by_vectors(const simd::PostHead* heads, const simd::NextRun& next,
                                       const std::uint16_t* targets, T* weights, T* extra,
                                       double* sent, std::size_t n, std::uint32_t* left, B&& body) {
  constexpr std::size_t kLanes = kWidth;
  constexpr std::size_t kHeadsAhead = std::size_t{kAtOnce} * kLanes + 8, kValuesAhead = 128;
  std::size_t count = 0;
  const auto list = [&](std::uint64_t mask, std::size_t base) __attribute__((always_inline)) {
    while (mask) {
      left[count++] =
          static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(__builtin_ctzll(mask));
      mask &= mask - 1;
    }
  };
  const auto fetch = [&](std::size_t i) __attribute__((always_inline)) {
    if (i + kHeadsAhead + kLanes <= n) {
      for (std::size_t k = 0; k < kLanes; ++k) {
        __builtin_prefetch(heads + targets[i + kHeadsAhead + k]);
      }
    }
    if (i + kValuesAhead < n) {
      __builtin_prefetch(weights + i + kValuesAhead, 1);
      if (extra) __builtin_prefetch(extra + i + kValuesAhead, 1);
    } else {
      const std::size_t begun = i + kValuesAhead - n;
      __builtin_prefetch(next.weights + begun * sizeof(T), 1);
      if (extra) __builtin_prefetch(next.extra + begun * sizeof(T), 1);
      __builtin_prefetch(next.targets + begun);
    }
  };
  const auto visit = [&](auto vectors, std::size_t i) __attribute__((always_inline)) {
    for (std::size_t k = i; k < i + vectors.value * kLanes; k += kLanes) fetch(k);
    list(body(vectors, targets + i, weights + i, extra ? extra + i : nullptr,
              sent ? sent + i : nullptr),
         i);
  };
  std::size_t i = 0;
  for (; i + kAtOnce * kLanes <= n; i += kAtOnce * kLanes) visit(Count<kAtOnce>{}, i);
  if constexpr (kAtOnce > 1) {
    for (; i + kLanes <= n; i += kLanes) visit(Count<1>{}, i);
  }
  if (i == n) return count;
  std::uint16_t t[kLanes];
  T w[kLanes], c[kLanes];
  double s[kLanes];
  const std::size_t rest = n - i;
  for (std::size_t k = 0; k < kLanes; ++k) {
    const std::size_t from = i + (k < rest ? k : rest - 1);
    t[k] = targets[from];
    w[k] = weights[from];
    c[k] = extra ? extra[from] : 0;
  }
  list(body(Count<1>{}, t, w, c, s) & ((1u << rest) - 1), i);
  for (std::size_t k = 0; k < rest; ++k) {
    weights[i + k] = w[k];
    if (extra) extra[i + k] = c[k];
    if (sent) sent[i + k] = s[k];
  }
  return count;
}

template <typename T, bool kSpike, bool kLast>
TEGMENTA_INLINE std::size_t visit_eligibility_as(const simd::EligibilityVisit& visit,
                                                 const std::uint16_t* targets, T* weights,
                                                 T* eligibility, double* sent, std::size_t n,
                                                 std::uint32_t* left) {
  const simd::EligibilityVisit v = visit;
  return by_vectors<1>(
      v.posts.heads, v.next, targets, weights, eligibility, sent, n, left,
      [&](Count<1>, const std::uint16_t* t, T* w_at, T* c_at, double* s)
          __attribute__((always_inline)) {
            const PostLanes p = look(v.posts, t, kSpike);
            const V w0 = load_values(w_at), c0 = load_values(c_at);
            V dw = c0 * v.H + 0.0, dc = V{};
            for (int i = 0; i < 3; ++i) {
              if (i > 0 && !any(p.in[i])) continue;
              const Indices step(p.step[i]);
              const TwoLanes gain = look_up_two([&](int lane) __attribute__((always_inline)) {
                return v.gains + 2 * step.at[lane];
              });
              dw += gain.first;
              dc += gain.second;
            }
            const V posts = __builtin_convertvector(-(p.in[0] + p.in[1] + p.in[2]), V);
            V change = (simd::absolute(c0) + posts * v.gain) * v.reach;
            const V depressed = kSpike ? v.depression * p.trace : V{};
            if constexpr (kLast) {
              const V now = depressed * v.last;
              dw -= now;
              change += simd::absolute(now);
            }
            const I free = ((w0 - v.Wmin) > change) & ((v.Wmax - w0) > change);

            V c = c0 * v.E + dc;
            if constexpr (kSpike) c -= depressed;
            c = select(simd::absolute(c) < least_of(c_at), V{}, c);
            const V w = w0 + dw;
            store_values(w_at, select(p.beyond, w0, select(free, w, w0)));
            store_values(c_at, select(p.beyond, c0, select(free, c, c0)));
            if constexpr (kSpike) store(s, as_stored(w, w_at) * v.spikes);
            return (~bits(free) | bits(p.beyond)) & kAllLanes;
          });
}

template <typename T>
std::size_t visit_eligibility(const simd::EligibilityVisit& visit, const std::uint16_t* targets,
                              T* weights, T* eligibility, double* sent, std::size_t n,
                              std::uint32_t* left) {
  if (!visit.spike) {
    return visit_eligibility_as<T, false, false>(visit, targets, weights, eligibility, nullptr, n,
                                                 left);
  }
  return visit.last != 0 ? visit_eligibility_as<T, true, true>(visit, targets, weights, eligibility,
                                                               sent, n, left)
                         : visit_eligibility_as<T, true, false>(visit, targets, weights,
                                                                eligibility, sent, n, left);
}

// x^mu; the exponents 0 and 1, by far the most usual, are exact.
enum class Exponent { kZero, kOne, kAny };

template <Exponent kMu>
TEGMENTA_INLINE V power(V x, double mu) {
  if constexpr (kMu == Exponent::kZero) {
    return splat(1);
  } else if constexpr (kMu == Exponent::kOne) {
    return x;
  } else {
    if (mu == 0) return splat(1);
    if (mu == 1) return x;
    return simd::plain_pow(x, splat(mu));
  }
}

// A rule of pairs on a vector of weights: facilitate and depress by a trace, relative and absolute
// (in the rule's unit, and back), kGathers (facilitation is dear), and v, the visit. Its file is
// models/synapses/<rule>.h.

// Facilitates all lanes for their post spikes of the window, the oldest first.
template <typename Rule>
TEGMENTA_INLINE V facilitate(const Rule& rule, const PostLanes& p, V u) {
  for (int i = 2; i >= 0; --i) {
    if (i > 0 && !any(p.in[i])) continue;
    const V facilitated = rule.facilitate(u, look_up(rule.v.trace, Indices(p.step[i])));
    u = select(p.in[i], facilitated, u);
  }
  return u;
}

// The same for several vectors, where only lanes that have a post spike are worth it: they are
// gathered into full vectors.
template <int kVectors, typename Rule>
TEGMENTA_INLINE void facilitate_gathered(const Rule& rule, const PostLanes* p, V* u) {
  constexpr int kLanes = kVectors * kWidth;
  double numbers[kLanes + 1];  // and one that fills up vectors
  std::memcpy(numbers, u, kVectors * sizeof(V));
  numbers[kLanes] = 1;
  std::int32_t step[kLanes + 1];
  step[kLanes] = 0;
  for (int i = 2; i >= 0; --i) {
    std::uint64_t mask = 0;
    for (int k = 0; k < kVectors; ++k) {
      mask |= std::uint64_t{bits(p[k].in[i] & ~p[k].beyond)} << (k * kWidth);
      std::memcpy(step + k * kWidth, &p[k].step[i], sizeof(J));
    }
    std::int32_t lanes[kLanes + kWidth];
    int n = 0;
    for (; mask; mask &= mask - 1) lanes[n++] = __builtin_ctzll(mask);
    for (int k = n; k % kWidth != 0; ++k) lanes[k] = kLanes;
    for (int first = 0; first < n; first += kWidth) {
      J lane, steps;
      std::memcpy(&lane, lanes + first, sizeof lane);
      const Indices at(lane);
      for (int k = 0; k < kWidth; ++k) steps[k] = step[at.at[k]];
      const V facilitated =
          rule.facilitate(look_up(numbers, at), look_up(rule.v.trace, Indices(steps)));
      for (int k = 0; k < kWidth; ++k) numbers[at.at[k]] = facilitated[k];
    }
  }
  std::memcpy(u, numbers, kVectors * sizeof(V));
}

template <typename Rule, typename T>
std::size_t visit_pairs(const simd::PairVisit& visit, const std::uint16_t* targets, T* weights,
                        double* sent, std::size_t n, std::uint32_t* left) {
  const simd::PairVisit v = visit;
  const Rule rule{v};
  return by_vectors<Rule::kGathers ? 64 / kWidth : 1>(
      v.posts.heads, v.next, targets, weights, static_cast<T*>(nullptr),
      v.spikes > 0 ? sent : nullptr, n, left,
      [&](auto vectors, const std::uint16_t* t, T* w_at, T*, double* s)
          __attribute__((always_inline)) {
            constexpr int kVectors = decltype(vectors)::value;
            PostLanes p[kVectors];
            V w0[kVectors], u[kVectors];
            for (int k = 0; k < kVectors; ++k) {
              p[k] = look(v.posts, t + k * kWidth, v.spikes > 0);
              w0[k] = load_values(w_at + k * kWidth);
              u[k] = rule.relative(w0[k]);
            }
            if constexpr (Rule::kGathers) {
              facilitate_gathered<kVectors>(rule, p, u);
            } else {
              for (int k = 0; k < kVectors; ++k) u[k] = facilitate(rule, p[k], u[k]);
            }
            std::uint64_t leaves = 0;
            for (int k = 0; k < kVectors; ++k) {
              J changed = ~p[k].beyond;
              if (v.spikes > 0) {
                V sum{};
                for (int m = 0; m < v.spikes; ++m) {
                  u[k] = rule.depress(u[k], p[k].trace);
                  sum += as_stored(rule.absolute(u[k]), w_at);
                }
                store(s + k * kWidth, sum);
              } else {
                // A weight and its share of Wmax, taken back, may differ in the last bit.
                changed &= p[k].in[0] | p[k].in[1] | p[k].in[2];
              }
              const V w = rule.absolute(u[k]);
              store_values(w_at + k * kWidth, select(changed, w, w0[k]));
              leaves |= std::uint64_t{bits(p[k].beyond)} << (k * kWidth);
            }
            return leaves;
          });
}

}  // namespace
}  // namespace tegmenta
