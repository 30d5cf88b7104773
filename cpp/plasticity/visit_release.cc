// Synapses whose transmission depends on their own past only: short-term plasticity and random
// release, as NEST 3.10 documents them.
#include <limits>

#include "base/elementary.h"
#include "base/random.h"
#include "plasticity/visit_rules.h"

namespace tegmenta {

namespace {

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

}  // namespace

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
    s.columns[4].values[i] = kept<T>(x);
    s.columns[5].values[i] = kept<T>(y);
    s.columns[6].values[i] = kept<T>(u);
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
    s.columns[3].values[i] = kept<T>(x);
    s.columns[4].values[i] = kept<T>(u);
    return x * u;
  });
}

namespace {

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

}  // namespace

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
    s.columns[5].values[i] = kept<T>(u);
    sent[i] = released * static_cast<double>(s.weights[i]);
  }
}

template void visit_tsodyks<double>(const VisitSynapses<double>&, const VisitRow&,
                                    const VisitTools&, double*);
template void visit_tsodyks<float>(const VisitSynapses<float>&, const VisitRow&, const VisitTools&,
                                   double*);
template void visit_tsodyks2<double>(const VisitSynapses<double>&, const VisitRow&,
                                     const VisitTools&, double*);
template void visit_tsodyks2<float>(const VisitSynapses<float>&, const VisitRow&, const VisitTools&,
                                    double*);
template void visit_bernoulli<double>(const VisitSynapses<double>&, const VisitRow&,
                                      const VisitTools&, double*);
template void visit_bernoulli<float>(const VisitSynapses<float>&, const VisitRow&,
                                     const VisitTools&, double*);
template void visit_quantal<double>(const VisitSynapses<double>&, const VisitRow&,
                                    const VisitTools&, double*);
template void visit_quantal<float>(const VisitSynapses<float>&, const VisitRow&, const VisitTools&,
                                   double*);

}  // namespace tegmenta
