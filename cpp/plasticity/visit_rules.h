// The visits of the single rules; visit() chooses among them.
#pragma once

#include <cmath>
#include <type_traits>

#include "plasticity/visit.h"

namespace tegmenta {

/// What is kept of a state: 0 where it has all but vanished.
template <typename T>
constexpr double kLeast = std::is_same_v<T, float> ? simd::kLeastFloat : simd::kLeastDouble;
template <typename T>
constexpr double kLeastNormal =
    std::is_same_v<T, float> ? simd::kLeastNormalFloat : simd::kLeastNormalDouble;
template <typename T>
T kept(double state) {
  return std::abs(state) < kLeast<T> ? 0 : static_cast<T>(state);
}

/// What tells a vectorised visit which post spikes count. same_step: those in the step of the
/// presynaptic spike are in K− already.
simd::PostWindow post_window(const Histories& histories, const VisitRow& row, bool same_step);

/// Whether tables by step of the window pay for a run of n synapses, and vector code applies.
bool tabulates(const VisitTools& tools, const VisitRow& row, std::size_t n);

template <typename T>
void visit_dopamine(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                    const VisitTools& tools, double* sent, VisitCounts& counts);

template <typename T>
void visit_reward(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                  const VisitTools& tools, double* sent, VisitCounts& counts);

template <typename T>
void visit_stdp(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                const VisitTools& tools, double* sent);
template <typename T>
void visit_power_law(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                     const VisitTools& tools, double* sent);
template <typename T>
void visit_triplet(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                   const VisitTools& tools, double* sent);
template <typename T>
void visit_symmetric(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                     const VisitTools& tools, double* sent);
template <typename T>
void visit_restricted(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                      const VisitTools& tools, double* sent);
template <typename T>
void visit_pre_centered(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                        const VisitTools& tools, double* sent);
template <typename T>
void visit_vogels(VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
                  const VisitTools& tools, double* sent);

// At spikes only: flushes leave these alone.
template <typename T>
void visit_tsodyks(const VisitSynapses<T>& synapses, const VisitRow& row, const VisitTools& tools,
                   double* sent);
template <typename T>
void visit_tsodyks2(const VisitSynapses<T>& synapses, const VisitRow& row, const VisitTools& tools,
                    double* sent);
template <typename T>
void visit_bernoulli(const VisitSynapses<T>& synapses, const VisitRow& row, const VisitTools& tools,
                     double* sent);
template <typename T>
void visit_quantal(const VisitSynapses<T>& synapses, const VisitRow& row, const VisitTools& tools,
                   double* sent);

}  // namespace tegmenta
