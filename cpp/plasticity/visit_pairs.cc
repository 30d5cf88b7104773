// Synapses that change at pairs of spikes, by rules of their own weight, as NEST 3.10 documents
// them. See docs/event-driven-core.md#other-plastic-synapses.
#include <algorithm>
#include <cmath>

#include "base/elementary.h"
#include "plasticity/visit_rules.h"

namespace tegmenta {

namespace {

double power(double base, double exponent) {
  if (exponent == 1) return base;
  if (exponent == 0) return 1;
  return elementary::plain_pow(base, exponent);
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

// On weights in units of Wmax.
struct StdpRule {
  double lambda, alpha, mu_plus, mu_minus, Wmax, least;
  double facilitate_relative(double u, double k) const {
    const double v = u + lambda * power(1 - u, mu_plus) * k;
    return v < 1 ? v : 1;
  }
  double depress_relative(double u, double k) const {
    const double v = u - alpha * lambda * power(u, mu_minus) * k;
    return v > least ? v : 0;
  }
  double facilitate(double w, double k) const { return facilitate_relative(w / Wmax, k) * Wmax; }
  double depress(double w, double k) const { return depress_relative(w / Wmax, k) * Wmax; }
};

template <typename T>
StdpRule stdp_rule(const VisitSynapses<T>& s, std::size_t i) {
  return {s.columns[1].at(i), s.columns[2].at(i), s.columns[3].at(i),
          s.columns[4].at(i), s.columns[5].at(i), kLeast<T>};
}

/// Which synapses of a run: all, or those that a vectorised visit has left.
struct Chosen {
  const std::uint32_t* positions;  // null: all
  std::size_t n;
  std::size_t operator[](std::size_t j) const { return positions ? positions[j] : j; }
};

/// Calls facilitate(stamp + delay) for the post spikes of the window, all of each step, then, for
/// every spike of the row, depress(); it finds the trace itself. Both work on the weight in units
/// of unit(i).
template <typename T, typename U, typename F, typename D>
void visit_chosen(Chosen chosen, VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                  const VisitTools& tools, double* sent, U&& unit, F&& facilitate, D&& depress) {
  const Histories& histories = *tools.histories;
  const std::int64_t after = row.from - row.delay;
  const std::int64_t until = row.until - row.delay;
  for (std::size_t j = 0; j < chosen.n; ++j) {
    const std::size_t i = chosen[j];
    const std::size_t slot = s.targets[i];
    const Histories::Window posts = histories.window(slot, after, until);
    if (kind == VisitKind::kFlush && posts.first == posts.last) continue;
    double w = static_cast<double>(s.weights[i]) / unit(i);
    for (std::uint32_t p = posts.first; p != posts.last; ++p) {
      const std::uint32_t spikes = histories.multiplicity_at(slot, p);
      for (std::uint32_t m = 0; m < spikes; ++m) {
        w = facilitate(i, w, histories.at(slot, p).stamp + row.delay, slot, p, m);
      }
    }
    if (kind == VisitKind::kSpike) {
      double sum = 0;
      for (std::uint32_t m = 0; m < row.spikes; ++m) {
        w = depress(i, w, slot, until, posts.last, m);
        const auto transmitted = static_cast<double>(static_cast<T>(w * unit(i)));
        sum += transmitted;
        if (tools.each) tools.each[i * row.spikes + m] = transmitted;
      }
      sent[i] = sum;
    }
    s.weights[i] = static_cast<T>(w * unit(i));
  }
}

template <typename T, typename F, typename D>
void visit_pairs(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                 const VisitTools& tools, double* sent, F&& facilitate, D&& depress) {
  visit_chosen(
      Chosen{nullptr, s.n}, kind, s, row, tools, sent, [](std::size_t) { return 1.0; }, facilitate,
      depress);
}

/// The kernel for T of the two.
template <typename T>
simd::PairKernel<T> one_of(simd::PairKernel<double> for_double, simd::PairKernel<float> for_float) {
  if constexpr (std::is_same_v<T, double>) {
    return for_double;
  } else {
    return for_float;
  }
}

/// Visits with the kernel what it can; how many synapses it has left, in tools.scratch->left.
template <typename T>
std::size_t visit_vectors(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                          const VisitTools& tools, double* sent, simd::PairVisit visit,
                          simd::PairKernel<T> kernel) {
  const ExpTable& decay = *tools.decay_plus;
  const std::int64_t length = row.until - row.from;
  double* const trace = tools.scratch->gains.data();
  const std::int64_t end = std::min(length + 1, decay.size());
  tools.simd->scale(trace, decay.data(), row.Kplus, static_cast<std::size_t>(end));
  for (std::int64_t k = end; k <= length; ++k) trace[k] = row.Kplus * decay(k);
  visit.posts = post_window(*tools.histories, row, false);
  visit.next = s.next;
  visit.trace = trace;
  visit.spikes = kind == VisitKind::kSpike ? static_cast<int>(row.spikes) : 0;
  return kernel(visit, s.targets, s.weights, sent, s.n, tools.scratch->left.data());
}

// rule_of(i): the rule with the parameters of synapse i.
template <typename T, typename R>
void visit_stdp_with(Chosen chosen, VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                     const VisitTools& tools, double* sent, R&& rule_of) {
  const Histories& histories = *tools.histories;
  visit_chosen(
      chosen, kind, s, row, tools, sent, [&](std::size_t i) { return rule_of(i).Wmax; },
      [&](std::size_t i, double u, std::int64_t at, std::size_t, std::uint32_t, std::uint32_t) {
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        return rule_of(i).facilitate_relative(u, row.Kplus * decay(at - row.from));
      },
      [&](std::size_t i, double u, std::size_t slot, std::int64_t t, std::uint32_t last,
          std::uint32_t) {
        return rule_of(i).depress_relative(u, histories.trace_before(slot, t, last));
      });
}

}  // namespace

template <typename T>
void visit_stdp(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                const VisitTools& tools, double* sent) {
  const bool uniform = std::all_of(s.columns + 1, s.columns + 6,
                                   [](const ColumnView<T>& c) { return c.values == nullptr; });
  if (!uniform) {
    visit_stdp_with(Chosen{nullptr, s.n}, kind, s, row, tools, sent,
                    [&](std::size_t i) { return stdp_rule(s, i); });
    return;
  }
  if (s.n == 0) return;
  const StdpRule rule = stdp_rule(s, 0);
  const auto same = [&](std::size_t) -> const StdpRule& { return rule; };
  if (tools.each || !tabulates(tools, row, s.n)) {
    visit_stdp_with(Chosen{nullptr, s.n}, kind, s, row, tools, sent, same);
    return;
  }
  const simd::PairVisit visit{
      {},        {},         nullptr, rule.lambda, rule.alpha, rule.mu_plus, rule.mu_minus,
      rule.Wmax, rule.least, 0};
  const std::size_t many =
      visit_vectors(kind, s, row, tools, sent, visit,
                    one_of<T>(tools.simd->visit_stdp_double, tools.simd->visit_stdp_float));
  visit_stdp_with(Chosen{tools.scratch->left.data(), many}, kind, s, row, tools, sent, same);
}

// Some synapses of the power law, post spike by post spike: all of them have theirs of one rank at
// once, because powers are dear one by one.
template <typename T>
void visit_power_law_chosen(Chosen chosen, VisitKind kind, const VisitSynapses<T>& s,
                            const VisitRow& row, const VisitTools& tools, double* sent) {
  constexpr std::size_t kBlock = 256;
  const Histories& histories = *tools.histories;
  const double lambda = s.columns[1].uniform, alpha = s.columns[2].uniform;
  const double mu = s.columns[3].uniform;
  const std::int64_t after = row.from - row.delay, until = row.until - row.delay;
  Histories::Window posts[kBlock];
  std::uint32_t position[kBlock], taken[kBlock];  // the next post spike: its step, those before it
  double weights[kBlock], gains[kBlock];
  std::uint32_t at[kBlock];
  for (std::size_t begin = 0; begin < chosen.n; begin += kBlock) {
    const std::size_t count = std::min(kBlock, chosen.n - begin);
    for (std::size_t j = 0; j < count; ++j) {
      const std::size_t i = chosen[begin + j];
      posts[j] = histories.window(s.targets[i], after, until);
      position[j] = posts[j].first;
      taken[j] = 0;
      weights[j] = static_cast<double>(s.weights[i]);
    }
    for (;;) {
      std::size_t n = 0;
      for (std::uint32_t j = 0; j < count; ++j) {
        if (position[j] == posts[j].last) continue;
        const std::size_t slot = s.targets[chosen[begin + j]];
        const PostSpike& post = histories.at(slot, position[j]);
        at[n] = j;
        gains[n] = row.Kplus * (*tools.decay_plus)(post.stamp + row.delay - row.from);
        ++n;
        if (++taken[j] < histories.multiplicity_at(slot, position[j])) continue;
        taken[j] = 0;
        ++position[j];
      }
      if (n == 0) break;
      if (tools.simd) {
        tools.simd->facilitate_power_law({lambda, mu, weights, at, gains, n});
        continue;
      }
      for (std::size_t k = 0; k < n; ++k) {
        double& w = weights[at[k]];
        w += lambda * power(w, mu) * gains[k];
      }
    }
    for (std::size_t j = 0; j < count; ++j) {
      const std::size_t i = chosen[begin + j];
      double w = weights[j];
      if (kind == VisitKind::kSpike) {
        const double trace = histories.trace_before(s.targets[i], until, posts[j].last);
        double sum = 0;
        for (std::uint32_t m = 0; m < row.spikes; ++m) {
          const double v = w - lambda * alpha * w * trace;
          w = v > kLeastNormal<T> ? v : 0;
          const auto transmitted = static_cast<double>(static_cast<T>(w));
          sum += transmitted;
          if (tools.each) tools.each[i * row.spikes + m] = transmitted;
        }
        sent[i] = sum;
      }
      s.weights[i] = static_cast<T>(w);
    }
  }
}

// Columns: tau_plus, lambda, alpha, mu.
template <typename T>
void visit_power_law(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                     const VisitTools& tools, double* sent) {
  Chosen chosen{nullptr, s.n};
  if (!tools.each && tabulates(tools, row, s.n)) {
    const simd::PairVisit visit{{},
                                {},
                                nullptr,
                                s.columns[1].uniform,
                                s.columns[2].uniform,
                                s.columns[3].uniform,
                                0,
                                0,
                                kLeastNormal<T>,
                                0};
    chosen.n = visit_vectors(
        kind, s, row, tools, sent, visit,
        one_of<T>(tools.simd->visit_power_law_double, tools.simd->visit_power_law_float));
    chosen.positions = tools.scratch->left.data();
  }
  visit_power_law_chosen(chosen, kind, s, row, tools, sent);
}

// Columns: tau_plus, tau_plus_triplet, Aplus, Aminus, Aplus_triplet, Aminus_triplet, Wmax.
template <typename T>
void visit_triplet(VisitKind kind, const VisitSynapses<T>& s, const VisitRow& row,
                   const VisitTools& tools, double* sent) {
  const Histories& histories = *tools.histories;
  visit_pairs(
      kind, s, row, tools, sent,
      [&](std::size_t i, double w, std::int64_t at, std::size_t slot, std::uint32_t p,
          std::uint32_t m) {
        const Decay decay{tools.decay_plus, s.columns[0].at(i), tools.h};
        const double Wmax = s.columns[6].at(i);
        const double ky = histories.triplet_at(slot, p) + m - 1;
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
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, std::uint32_t) {
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
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, std::uint32_t) {
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
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, std::uint32_t) {
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
    Kplus[i] = kept<T>(static_cast<double>(Kplus[i]) * decay(row.until - row.from) +
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
      [&](std::size_t i, double w, std::int64_t at, std::size_t, std::uint32_t, std::uint32_t) {
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

template void visit_stdp<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                 const VisitTools&, double*);
template void visit_stdp<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                const VisitTools&, double*);
template void visit_power_law<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                      const VisitTools&, double*);
template void visit_power_law<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                     const VisitTools&, double*);
template void visit_triplet<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                    const VisitTools&, double*);
template void visit_triplet<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                   const VisitTools&, double*);
template void visit_symmetric<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                      const VisitTools&, double*);
template void visit_symmetric<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                     const VisitTools&, double*);
template void visit_restricted<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                       const VisitTools&, double*);
template void visit_restricted<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                      const VisitTools&, double*);
template void visit_pre_centered<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                         const VisitTools&, double*);
template void visit_pre_centered<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                        const VisitTools&, double*);
template void visit_vogels<double>(VisitKind, const VisitSynapses<double>&, const VisitRow&,
                                   const VisitTools&, double*);
template void visit_vogels<float>(VisitKind, const VisitSynapses<float>&, const VisitRow&,
                                  const VisitTools&, double*);

}  // namespace tegmenta
