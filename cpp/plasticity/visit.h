// A visit: bringing synapses of one row up to date, at their source's spike, at a flush, or on a
// copy for reading. See docs/event-driven-core.md#a-visit.
#pragma once

#include <cstdint>
#include <vector>

#include "base/aligned.h"
#include "models/synapses/synapse_model.h"
#include "plasticity/history.h"
#include "plasticity/modulator.h"
#include "simd/kernels.h"

namespace tegmenta {

/// Where a visit ends.
enum class VisitKind {
  kSpike,  // at a presynaptic spike: depression, and the weight is transmitted
  kFlush,  // no event
};

/// One column of a store as a rule sees it: stored values, or one for all.
template <typename T>
struct ColumnView {
  T* values;  // null: uniform
  double uniform;
  double at(std::size_t i) const { return values ? static_cast<double>(values[i]) : uniform; }
};

/// How many visits took which way; read by tests and kernel status.
struct VisitCounts {
  std::uint64_t synapses = 0;     // visited at spikes
  std::uint64_t flushed = 0;      // visited at flushes
  std::uint64_t closed_form = 0;  // of dopamine synapses: no bound within reach
  std::uint64_t by_stretch = 0;   // … clipped stretch by stretch
  std::uint64_t by_event = 0;     // … walked dopamine spike by dopamine spike
};

inline constexpr int kMostColumns = 16;

/// The synapses [0, n) of a visit, all with the same source, delay, last visit and traces.
template <typename T>
struct VisitSynapses {
  const std::uint16_t* targets;
  T* weights;
  ColumnView<T> columns[kMostColumns];
  std::size_t n;
  simd::NextRun next;
};

struct VisitRow {
  std::int64_t from;   // last visit
  std::int64_t until;  // this one
  std::int64_t delay;  // steps, all dendritic
  double Kplus = 0;    // at `from`
  double Kplus_triplet = 0;
  std::uint32_t spikes = 1;  // multiplicity of the spike
  std::uint32_t seed = 0;    // for rules that draw
  std::uint32_t source = 0;
  std::uint32_t in_run = 0;  // how many synapses of the run come before the first
};

/// Room for the tables of one visit.
struct VisitScratch {
  AlignedVector<double> gains;  // two numbers a step
  std::vector<std::uint32_t> left;
  /// For visits of up to n synapses over up to `length` steps.
  void reserve(std::size_t n, std::int64_t length);
};

/// Spike-timing dependent plasticity gated by reward, step by step; where its switches come from:
/// docs/three-factor-rules.md.
///
///     ξ(k) = A_plus·x(k)·s_post(k) + A_minus·y(k)·s_pre(k)
///     c(k) = decay·c(k − 1) + ξ(k)                 eligibility; A's include its gain
///     w(k) = clip(w(k − 1) + R(k)·c(k − lag) − leak·w(k − 1))
///
/// with traces x, y of amplitude 1 and R the reward times the learning rate (Modulator::drive).
struct RewardRule {
  double A_plus, A_minus;
  double decay;  // of the eligibility in a step
  int lag;       // 1: the reward meets what was eligible one step before
  bool nearest;  // traces are set to 1, not raised by 1
  bool same_step;
  double Wmin, Wmax;
  bool clip;
  double leak;
  /// Weight dependence: ((Wmax − w)/range)^mu of what raises w and ((w − Wmin)/range)^mu of what
  /// lowers it, or whether w is inside at all.
  double mu_plus, mu_minus, range_plus, range_minus;
  bool hard_plus, hard_minus;
  bool at_pairing;      // else when the weight changes
  bool follows_reward;  // the sides are told apart by the sign of the change, else by that of A

  bool depends() const { return mu_plus != 0 || mu_minus != 0 || hard_plus || hard_minus; }
  /// Causal and anticausal parts of the eligibility are to be told apart.
  bool split() const { return depends() && !at_pairing; }
};

struct VisitTools {
  const simd::Kernels* simd;  // null: synapse by synapse
  VisitScratch* scratch;
  const Histories* histories;
  const Modulator* modulator;  // dopamine or reward
  const RewardRule* reward;    // of the rule of that name
  const ExpTable* decay_plus;  // of the row's trace; null when τ+ differs from synapse to synapse
  const ExpTable* decay_triplet;
  double h;
  const std::uint32_t* target_ids;  // by slot, for rules that draw
  /// Where somebody asks: the weight of every spike of the multiplicity, [synapse][spike], NaN
  /// where nothing is transmitted. Not filled in by three-factor rules, whose spikes send the same.
  double* each;
};

/// Brings the synapses up to date. sent: n numbers, the weights transmitted (their sum over the
/// spikes of the row's multiplicity), untouched by a flush.
template <typename T>
void visit(PlasticRule rule, VisitKind kind, const VisitSynapses<T>& synapses, const VisitRow& row,
           const VisitTools& tools, double* sent, VisitCounts& counts);

extern template void visit<double>(PlasticRule, VisitKind, const VisitSynapses<double>&,
                                   const VisitRow&, const VisitTools&, double*, VisitCounts&);
extern template void visit<float>(PlasticRule, VisitKind, const VisitSynapses<float>&,
                                  const VisitRow&, const VisitTools&, double*, VisitCounts&);

/// The row's trace at `until`, right after the spike (or the flush).
double advance_trace(PlasticRule rule, const RewardRule* reward, double K, std::int64_t from,
                     std::int64_t until, const ExpTable& decay, std::uint32_t spikes);

}  // namespace tegmenta
