#include "plasticity/visit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.h"
#include "base/random.h"

namespace tegmenta {

namespace {

// --- dopamine: three ways to the same weight -----------------------------------------------------

// Columns of the rule: c, A_plus, A_minus, τ+, tau_c, tau_n, b, Wmin, Wmax.
struct DopamineRule {
  double A_plus, A_minus, Wmin, Wmax;
  double clip(double w) const { return w < Wmin ? Wmin : w > Wmax ? Wmax : w; }
};

// From s to e with eligibility c at s, clipping where segments end: at dopamine spikes, and at e if
// e is an event itself.
__attribute__((noinline)) double clipped_stretch(double w, double c, std::int64_t s, std::int64_t e,
                                                 bool closed, const Modulator& m,
                                                 const DopamineRule& rule, VisitCounts& counts) {
  if (s == e) return closed ? rule.clip(w) : w;
  const auto [first, last] = m.events(s, e);
  if (m.keeps_sign(e)) {
    // w is monotone: clipping at the last end of a segment does for all of them.
    ++counts.by_stretch;
    if (closed) return rule.clip(w + c * m.integral(s, e));
    if (first == last) return w + c * m.integral(s, e);
    const std::int64_t q = m.event(last - 1).time;
    w = rule.clip(w + c * m.integral(s, q));
    return w + c * m.eligibility(q - s) * m.integral(q, e);
  }
  ++counts.by_event;
  std::int64_t at = s;
  double n = m.value_at(s);
  for (std::uint64_t i = first; i != last; ++i) {
    const auto& event = m.event(i);
    w = rule.clip(w + c * m.eligibility(at - s) * m.segment(n, event.time - at));
    at = event.time;
    n = event.n;
  }
  w += c * m.eligibility(at - s) * m.segment(n, e - at);
  return closed ? rule.clip(w) : w;
}

template <typename T>
void visit_dopamine(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts& counts) {
  const Modulator& m = *tools.modulator;
  const Histories& histories = *tools.histories;
  const ExpTable& decay_plus = *tools.decay_plus;
  const DopamineRule rule{s.columns[1].uniform, s.columns[2].uniform, s.columns[7].uniform,
                          s.columns[8].uniform};
  T* const eligibility = s.columns[0].values;
  const std::int64_t after = row.from - row.delay;
  const std::int64_t until = row.until - row.delay;
  const bool spike = kind == VisitKind::kSpike;
  const Modulator::Until H(m, row.from, row.until);
  const double H_row = H(row.from);
  const double E_row = m.eligibility(row.until - row.from);
  const double reach = m.absolute(row.from, row.until);
  const double depression = rule.A_minus * row.spikes;
  const double gain_row = rule.A_plus * row.Kplus;
  std::uint64_t closed = 0;
  // Where a bound is within reach: stretch by stretch between STDP events.
  const auto clip = [&](std::size_t i, std::size_t slot, Histories::Window posts, double w0,
                        double c0, double& w, double& c) __attribute__((noinline)) {
    (void)i;
    w = w0;
    c = c0;
    std::int64_t at = row.from;
    for (std::uint32_t p = posts.first; p != posts.last; ++p) {
      const std::int64_t next = histories.at(slot, p).stamp + row.delay;
      w = clipped_stretch(w, c, at, next, true, m, rule, counts);
      c = c * m.eligibility(next - at) + gain_row * decay_plus(next - row.from);
      at = next;
    }
    w = clipped_stretch(w, c, at, row.until, spike, m, rule, counts);
    c *= m.eligibility(row.until - at);
  };

  constexpr std::size_t kAhead = 12;
  const HistoryHead* const heads = histories.heads();
  const ExpTable& decay_c = m.decay_of_eligibility();
  for (std::size_t i = 0; i < s.n; ++i) {
    if (i + kAhead < s.n) __builtin_prefetch(heads + s.targets[i + kAhead]);
    const std::size_t slot = s.targets[i];
    const HistoryHead& head = heads[slot];
    const double w0 = static_cast<double>(s.weights[i]);
    const double c0 = static_cast<double>(eligibility[i]);
    // The post spikes of the window from the latest to the earliest.
    double dw = c0 * H_row, dc = 0, total = std::abs(c0);
    std::uint32_t position = head.end;
    const PostSpike* post = &head.last;
    while (post->stamp > until) post = histories.before(slot, --position);
    const std::uint32_t last = position;
    const PostSpike* const latest = post;
    while (post->stamp > after) {
      const double gain = gain_row * decay_plus(post->stamp - after);
      dw += gain * H(post->stamp + row.delay);
      dc += gain * decay_c(until - post->stamp);
      total += std::abs(gain);
      post = histories.before(slot, --position);
    }
    const double change = total * reach;
    double w = w0 + dw, c = c0 * E_row + dc;
    if (w0 - rule.Wmin > change && rule.Wmax - w0 > change) {
      ++closed;
    } else {
      clip(i, slot, {position, last}, w0, c0, w, c);
    }
    if (spike) {
      // Strictly before: a post spike whose effect comes with this pre spike does not count.
      const double trace = latest->stamp < until
                               ? latest->trace * (*head.decay)(until - latest->stamp)
                               : histories.trace_before(slot, until, last);
      c -= depression * trace;
    }
    s.weights[i] = static_cast<T>(w);
    eligibility[i] = static_cast<T>(c);
    if (spike) sent[i] = static_cast<double>(s.weights[i]) * row.spikes;
  }
  counts.closed_form += closed;
}

// --- pairs of spikes -----------------------------------------------------------------------------

double power(double base, double exponent) {
  if (exponent == 1) return base;
  if (exponent == 0) return 1;
  return elementary::pow(base, exponent);
}

// Trace decay: the row's table, or computed where τ differs from synapse to synapse.
struct Decay {
  const ExpTable* table;
  double tau, h;
  double operator()(std::int64_t steps) const {
    if (table) return (*table)(steps);
    return elementary::exp(-(static_cast<double>(steps) * h) / tau);
  }
};

struct StdpRule {
  double lambda, alpha, mu_plus, mu_minus, Wmax;
  double facilitate(double w, double k) const {
    const double u = w / Wmax;
    const double v = u + lambda * power(1 - u, mu_plus) * k;
    return v < 1 ? v * Wmax : Wmax;
  }
  double depress(double w, double k) const {
    const double u = w / Wmax;
    const double v = u - alpha * lambda * power(u, mu_minus) * k;
    return v > 0 ? v * Wmax : 0;
  }
};

template <typename T>
StdpRule stdp_rule(const VisitSynapses<T>& s, std::size_t i) {
  return {s.columns[1].at(i), s.columns[2].at(i), s.columns[3].at(i), s.columns[4].at(i),
          s.columns[5].at(i)};
}

/// Calls facilitate(stamp + delay) for the post spikes of the window, then, for every spike of the
/// row, depress(): it finds the traces itself and returns the weight to send.
template <typename T, typename F, typename D>
void visit_pairs(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                 const VisitTools& tools, double* sent, F&& facilitate, D&& depress) {
  const Histories& histories = *tools.histories;
  const HistoryHead* const heads = histories.heads();
  const std::int64_t after = row.from - row.delay;
  const std::int64_t until = row.until - row.delay;
  constexpr std::size_t kAhead = 12;
  for (std::size_t i = 0; i < s.n; ++i) {
    if (i + kAhead < s.n) __builtin_prefetch(heads + s.targets[i + kAhead]);
    const std::size_t slot = s.targets[i];
    double w = static_cast<double>(s.weights[i]);
    std::uint32_t last = heads[slot].end;
    if (heads[slot].last.stamp > after) {
      const Histories::Window posts = histories.window(slot, after, until);
      last = posts.last;
      for (std::uint32_t p = posts.first; p != posts.last; ++p) {
        w = facilitate(i, w, histories.at(slot, p).stamp + row.delay, slot, p, p == posts.first);
      }
    }
    if (kind == VisitKind::kSpike) {
      double sum = 0;
      for (std::uint32_t m = 0; m < row.spikes; ++m) {
        w = depress(i, w, slot, until, last, m);
        const auto transmitted = static_cast<double>(static_cast<T>(w));
        sum += transmitted;
        if (tools.each) tools.each[i * row.spikes + m] = transmitted;
      }
      sent[i] = sum;
    }
    s.weights[i] = static_cast<T>(w);
  }
}

// rule_of(i): the rule with the parameters of synapse i.
template <typename T, typename R>
void visit_stdp_with(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                     const VisitTools& tools, double* sent, R&& rule_of) {
  const Histories& histories = *tools.histories;
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, bool) {
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        return rule_of(i).facilitate(w, row.Kplus * decay(at - row.from));
      },
      [&](std::size_t i, double w, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t) { return rule_of(i).depress(w, histories.trace_before(slot, t, last)); });
}

template <typename T>
void visit_stdp(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                const VisitTools& tools, double* sent) {
  const bool uniform = std::all_of(s.columns + 1, s.columns + 6,
                                   [](const ColumnView<T>& c) { return c.values == nullptr; });
  if (uniform && s.n > 0) {
    const StdpRule rule = stdp_rule(s, 0);
    visit_stdp_with(kind, s, row, tools, sent,
                    [&](std::size_t) -> const StdpRule& { return rule; });
  } else {
    visit_stdp_with(kind, s, row, tools, sent, [&](std::size_t i) { return stdp_rule(s, i); });
  }
}

// Columns: tau_plus, lambda, alpha, mu.
template <typename T>
void visit_power_law(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                     const VisitTools& tools, double* sent) {
  const Histories& histories = *tools.histories;
  const double lambda = s.columns[1].uniform, alpha = s.columns[2].uniform;
  const double mu = s.columns[3].uniform;
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t, double w, std::int64_t at, std::size_t, std::uint32_t, bool) {
        return w + lambda * power(w, mu) * (row.Kplus * (*tools.decay_plus)(at - row.from));
      },
      [&](std::size_t, double w, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t) {
        const double v = w - lambda * alpha * w * histories.trace_before(slot, t, last);
        return v > 0 ? v : 0;
      });
}

// Columns: tau_plus, tau_plus_triplet, Aplus, Aminus, Aplus_triplet, Aminus_triplet, Wmax.
template <typename T>
void visit_triplet(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                   const VisitTools& tools, double* sent) {
  const Histories& histories = *tools.histories;
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t i, double w, std::int64_t at, std::size_t slot, std::uint32_t p, bool) {
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        const double Wmax = s.columns[6].at(i);
        const double ky = histories.triplet_at(slot, p) - 1;
        const double x = std::abs(w) + row.Kplus * decay(at - row.from) *
                                           (s.columns[2].at(i) + s.columns[4].at(i) * ky);
        return std::copysign(x < std::abs(Wmax) ? x : std::abs(Wmax), Wmax);
      },
      [&](std::size_t i, double w, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t m) {
        const Decay decay{tools.decay_triplet, s.columns[1].at(i), tools.h};
        const double triplet = row.Kplus_triplet * decay(row.until - row.from) + m;
        const double x = std::abs(w) - histories.trace_before(slot, t, last) *
                                           (s.columns[3].at(i) + s.columns[5].at(i) * triplet);
        return std::copysign(x > 0 ? x : 0, s.columns[6].at(i));
      });
}

// Columns as stdp; the row's trace is 1 at the last presynaptic spike and decays.
template <typename T>
void visit_symmetric(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                     const VisitTools& tools, double* sent) {
  const Histories& histories = *tools.histories;
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, bool) {
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        return stdp_rule(s, i).facilitate(w, row.Kplus * decay(at - row.from));
      },
      [&](std::size_t i, double w, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t) {
        return stdp_rule(s, i).depress(w, histories.nearest_before(slot, t, last));
      });
}

// Column 6, armed: no post spike has followed the last presynaptic one.
template <typename T>
void visit_restricted(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                      const VisitTools& tools, double* sent) {
  const Histories& histories = *tools.histories;
  T* armed = s.columns[6].values;
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, bool) {
        if (armed[i] == 0) return w;
        armed[i] = 0;
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        return stdp_rule(s, i).facilitate(w, row.Kplus * decay(at - row.from));
      },
      [&](std::size_t i, double w, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t) {
        if (armed[i] != 0) return w;
        armed[i] = 1;
        return stdp_rule(s, i).depress(w, histories.nearest_before(slot, t, last));
      });
}

// Column 6, Kplus: the trace since the last post spike, at the last visit.
template <typename T>
void visit_pre_centered(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                        const VisitTools& tools, double* sent) {
  const Histories& histories = *tools.histories;
  T* Kplus = s.columns[6].values;
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, bool) {
        if (Kplus[i] == 0) return w;
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        const double k = static_cast<double>(Kplus[i]) * decay(at - row.from);
        Kplus[i] = 0;
        return stdp_rule(s, i).facilitate(w, k);
      },
      [&](std::size_t i, double w, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t) {
        return stdp_rule(s, i).depress(w, histories.nearest_before(slot, t, last));
      });
  for (std::size_t i = 0; i < s.n; ++i) {
    const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
    Kplus[i] = static_cast<T>(static_cast<double>(Kplus[i]) * decay(row.until - row.from) +
                              (kind == VisitKind::kSpike ? row.spikes : 0));
  }
}

// Columns: tau, alpha, eta, Wmax.
template <typename T>
void visit_vogels(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                  const VisitTools& tools, double* sent) {
  const Histories& histories = *tools.histories;
  const auto facilitate = [&](std::size_t i, double w, double k) {
    const double Wmax = s.columns[3].at(i);
    const double x = std::abs(w) + s.columns[2].at(i) * k;
    return std::copysign(x < std::abs(Wmax) ? x : std::abs(Wmax), Wmax);
  };
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, bool) {
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        return facilitate(i, w, row.Kplus * decay(at - row.from));
      },
      [&](std::size_t i, double w, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t) {
        w = facilitate(i, w, histories.trace_before(slot, t, last));
        const double x = std::abs(w) - s.columns[1].at(i) * s.columns[2].at(i);
        return std::copysign(x > 0 ? x : 0, s.columns[3].at(i));
      });
}

// --- short-term plasticity -----------------------------------------------------------------------

/// Calls release(i, elapsed ms, first spike of this row) for every spike; it returns the factor to
/// the weight. A flush leaves such synapses alone.
template <typename T, typename F>
void visit_release(const VisitSynapses<T>& s, const VisitRow& row, const VisitTools& tools,
                   double* sent, F&& release) {
  const double elapsed = static_cast<double>(row.until - row.from) * tools.h;
  for (std::size_t i = 0; i < s.n; ++i) {
    double sum = 0;
    for (std::uint32_t m = 0; m < row.spikes; ++m) {
      const double released = release(i, m == 0 ? elapsed : 0.0, m);
      sum += released;
      if (tools.each) {
        tools.each[i * row.spikes + m] = released * static_cast<double>(s.weights[i]);
      }
    }
    sent[i] = sum * static_cast<double>(s.weights[i]);
  }
}

double decay_of(double elapsed, double tau) {
  return tau == 0 ? 0 : elementary::exp(-elapsed / tau);
}

// Columns: U, tau_psc, tau_fac, tau_rec, x, y, u.
template <typename T>
void visit_tsodyks(const VisitSynapses<T>& s, const VisitRow& row, const VisitTools& tools,
                   double* sent) {
  visit_release(s, row, tools, sent, [&](std::size_t i, double g, std::uint32_t) {
    const double U = s.columns[0].at(i), tau_psc = s.columns[1].at(i);
    const double tau_fac = s.columns[2].at(i), tau_rec = s.columns[3].at(i);
    double x = static_cast<double>(s.columns[4].values[i]);
    double y = static_cast<double>(s.columns[5].values[i]);
    double u = static_cast<double>(s.columns[6].values[i]);
    const double Pyy = elementary::exp(-g / tau_psc);
    const double Pzz = elementary::expm1(-g / tau_rec);
    // The limit for equal time constants is g/τ e^{−g/τ} less the part that has recovered.
    const double Pxy = tau_psc == tau_rec
                           ? -Pzz - g / tau_rec * Pyy
                           : (Pzz * tau_rec - (Pyy - 1) * tau_psc) / (tau_psc - tau_rec);
    const double z = 1 - x - y;
    u *= decay_of(g, tau_fac);
    x += Pxy * y - Pzz * z;
    y *= Pyy;
    u += U * (1 - u);
    const double released = u * x;
    x -= released;
    y += released;
    s.columns[4].values[i] = static_cast<T>(x);
    s.columns[5].values[i] = static_cast<T>(y);
    s.columns[6].values[i] = static_cast<T>(u);
    return released;
  });
}

// Columns: U, tau_rec, tau_fac, x, u. The first spike finds the synapse as it was made.
template <typename T>
void visit_tsodyks2(const VisitSynapses<T>& s, const VisitRow& row, const VisitTools& tools,
                    double* sent) {
  const bool first = row.Kplus == 0;
  visit_release(s, row, tools, sent, [&](std::size_t i, double g, std::uint32_t m) {
    const double U = s.columns[0].at(i);
    double x = static_cast<double>(s.columns[3].values[i]);
    double u = static_cast<double>(s.columns[4].values[i]);
    if (!first || m > 0) {
      x = 1 + (x - x * u - 1) * elementary::exp(-g / s.columns[1].at(i));
      u = U + u * (1 - U) * decay_of(g, s.columns[2].at(i));
    }
    s.columns[3].values[i] = static_cast<T>(x);
    s.columns[4].values[i] = static_cast<T>(u);
    return x * u;
  });
}

/// How many synapses of this run onto the same target come before synapse i.
template <typename T>
std::uint32_t multapse_ordinal(const VisitSynapses<T>& s, std::size_t i, const VisitRow& row) {
  const std::uint16_t* const target = s.targets + i;
  const auto before = static_cast<std::ptrdiff_t>(row.in_run + i);
  std::ptrdiff_t ordinal = 0;
  while (ordinal < before && target[-ordinal - 1] == *target) ++ordinal;
  return static_cast<std::uint32_t>(ordinal);
}

template <typename T>
RandomStream stream_of(const VisitSynapses<T>& s, std::size_t i, const VisitRow& row,
                       const VisitTools& tools) {
  const std::uint32_t high = (static_cast<std::uint32_t>(row.until >> 32) & 0xffu) << 16 |
                             (multapse_ordinal(s, i, row) & 0xffffu);
  return RandomStream(row.seed, Purpose::kBernoulli, row.source, tools.target_ids[s.targets[i]],
                      static_cast<std::uint32_t>(row.until), high);
}

constexpr double kNotTransmitted = std::numeric_limits<double>::quiet_NaN();

// Columns: p_transmit.
template <typename T>
void visit_bernoulli(const VisitSynapses<T>& s, const VisitRow& row, const VisitTools& tools,
                     double* sent) {
  for (std::size_t i = 0; i < s.n; ++i) {
    RandomStream stream = stream_of(s, i, row, tools);
    double transmitted = 0;
    for (std::uint32_t m = 0; m < row.spikes; ++m) {
      const bool transmits = stream.uniform01() < s.columns[0].at(i);
      if (transmits) ++transmitted;
      if (tools.each) {
        tools.each[i * row.spikes + m] =
            transmits ? static_cast<double>(s.weights[i]) : kNotTransmitted;
      }
    }
    sent[i] = transmitted * static_cast<double>(s.weights[i]);
  }
}

// Columns: U, tau_rec, tau_fac, n, a, u.
template <typename T>
void visit_quantal(const VisitSynapses<T>& s, const VisitRow& row, const VisitTools& tools,
                   double* sent) {
  const bool first = row.Kplus == 0;
  for (std::size_t i = 0; i < s.n; ++i) {
    RandomStream stream = stream_of(s, i, row, tools);
    const double U = s.columns[0].at(i), sites = s.columns[3].at(i);
    double a = static_cast<double>(s.columns[4].values[i]);
    double u = static_cast<double>(s.columns[5].values[i]);
    double released = 0;
    for (std::uint32_t m = 0; m < row.spikes; ++m) {
      if (!first || m > 0) {
        const double g = m == 0 ? static_cast<double>(row.until - row.from) * tools.h : 0;
        const double tau_fac = s.columns[2].at(i);
        u = U + u * (1 - U) * (tau_fac < 1e-10 ? 0 : elementary::exp(-g / tau_fac));
        const double refill = -elementary::expm1(-g / s.columns[1].at(i));
        if (a < sites) {
          a += static_cast<double>(stream.binomial(static_cast<std::uint64_t>(sites - a), refill));
        }
      }
      const double k =
          a > 0 ? static_cast<double>(stream.binomial(static_cast<std::uint64_t>(a), u)) : 0;
      released += k;
      a -= k;
      if (tools.each) {
        tools.each[i * row.spikes + m] =
            k > 0 ? k * static_cast<double>(s.weights[i]) : kNotTransmitted;
      }
    }
    s.columns[4].values[i] = static_cast<T>(a);
    s.columns[5].values[i] = static_cast<T>(u);
    sent[i] = released * static_cast<double>(s.weights[i]);
  }
}

}  // namespace

template <typename T>
void visit(PlasticRule rule, VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
           const VisitTools& tools, double* sent, VisitCounts& counts) {
  (kind == VisitKind::kSpike ? counts.synapses : counts.flushed) += synapses.n;
  switch (rule) {
    case PlasticRule::kDopamine:
      return visit_dopamine(kind, synapses, row, tools, sent, counts);
    case PlasticRule::kStdp:
      return visit_stdp(kind, synapses, row, tools, sent);
    case PlasticRule::kStdpPowerLaw:
      return visit_power_law(kind, synapses, row, tools, sent);
    case PlasticRule::kStdpTriplet:
      return visit_triplet(kind, synapses, row, tools, sent);
    case PlasticRule::kNearestSymmetric:
      return visit_symmetric(kind, synapses, row, tools, sent);
    case PlasticRule::kNearestRestricted:
      return visit_restricted(kind, synapses, row, tools, sent);
    case PlasticRule::kNearestPreCentered:
      return visit_pre_centered(kind, synapses, row, tools, sent);
    case PlasticRule::kVogelsSprekeler:
      return visit_vogels(kind, synapses, row, tools, sent);
    case PlasticRule::kStatic:
    case PlasticRule::kStaticCommonWeight:
      break;
    default:
      break;
  }
  if (kind == VisitKind::kFlush) return;
  switch (rule) {
    case PlasticRule::kTsodyks:
      return visit_tsodyks(synapses, row, tools, sent);
    case PlasticRule::kTsodyks2:
      return visit_tsodyks2(synapses, row, tools, sent);
    case PlasticRule::kBernoulli:
      return visit_bernoulli(synapses, row, tools, sent);
    case PlasticRule::kQuantal:
      return visit_quantal(synapses, row, tools, sent);
    default:
      break;
  }
}

template void visit<double>(PlasticRule, VisitKind, const VisitSynapses<double>&, const VisitRow&,
                            const VisitTools&, double*, VisitCounts&);
template void visit<float>(PlasticRule, VisitKind, const VisitSynapses<float>&, const VisitRow&,
                           const VisitTools&, double*, VisitCounts&);

double advance_trace(PlasticRule rule, double K, std::int64_t from, std::int64_t until,
                     const ExpTable& decay, std::uint32_t spikes) {
  switch (rule) {
    case PlasticRule::kNearestSymmetric:
    case PlasticRule::kNearestRestricted:
      return spikes > 0 ? 1 : K * decay(until - from);
    case PlasticRule::kTsodyks2:
    case PlasticRule::kQuantal:
      return K + spikes;  // counts: the first spike is special
    default:
      return K * decay(until - from) + spikes;
  }
}

}  // namespace tegmenta
