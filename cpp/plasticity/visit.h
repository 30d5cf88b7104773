// A visit: bringing synapses of one row up to date, at their source's spike, at a flush, or on a
// copy for reading. See docs/event-driven-core.md#a-visit.
#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "base/aligned.h"
#include "base/errors.h"
#include "models/synapses/synapse_model.h"
#include "plasticity/arrivals.h"
#include "plasticity/history.h"
#include "plasticity/modulator.h"
#include "plasticity/post_samples.h"
#include "plasticity/reward_line.h"
#include "simd/kernels.h"

namespace tegmenta {

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

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("synapses", self.synapses);
    visit("flushed", self.flushed);
    visit("closed_form", self.closed_form);
    visit("by_stretch", self.by_stretch);
    visit("by_event", self.by_event);
  }
};

inline constexpr int kMostColumns = 64;

/// NumericalInstability of a source's synapses.
class SynapseFailure : public Error {
 public:
  SynapseFailure(Error error, NodeId of) : Error(std::move(error)), source(of) {}
  NodeId source;
};

/// The synapses [0, n) of a visit, all with the same source, delay, last visit and traces.
template <typename T>
struct VisitSynapses {
  const std::uint16_t* targets;
  T* weights;
  ColumnView<T> columns[kMostColumns];
  std::size_t n;
  simd::NextRun next = {};
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
  std::uint32_t in_run = 0;            // how many synapses of the run come before the first
  const Arrivals* arrivals = nullptr;  // for rules that pair at arrival
};

/// Room for the tables of one visit.
struct VisitScratch {
  AlignedVector<double> gains;  // two numbers a step
  AlignedVector<double> rows;   // of programs, and where their operands are
  std::vector<double*> operands;
  std::vector<std::uint32_t> left;
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit.derived("gains", self.gains);
    visit.derived("left", self.left);
    visit.derived("rows", self.rows);
    visit.counted("operands", self.operands.capacity() * sizeof(double*));
  }
  /// For visits of up to n synapses over up to `length` steps.
  void reserve(std::size_t n, std::int64_t length);
};

struct VisitTools {
  const simd::Kernels* simd;  // null: synapse by synapse
  VisitScratch* scratch;
  const Histories* histories;
  const PostSamples* samples;
  const Modulator* modulator;    // dopamine or reward
  const RewardLine* reward;      // in continuous time
  const PreparedRule* prepared;  // what the rule has made of the model's values
  RowTrace row_trace;
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
void visit(const SynapseModel& model, VisitKind kind, const VisitSynapses<T>& synapses,
           const VisitRow& row, const VisitTools& tools, double* sent, VisitCounts& counts) {
  (kind == VisitKind::kSpike ? counts.synapses : counts.flushed) += synapses.n;
  if constexpr (std::is_same_v<T, double>) {
    model.rule.visit_double(kind, synapses, row, tools, sent, counts);
  } else {
    model.rule.visit_float(kind, synapses, row, tools, sent, counts);
  }
}

/// How many synapses of a run onto the same target come directly before one, of `before`: those of
/// a source and a target are together.
std::uint32_t ordinal_among_equals(const std::uint16_t* target, std::size_t before);

/// The row's trace at `until`, right after the spike (or the flush).
double advance_trace(RowTrace trace, double K, std::int64_t from, std::int64_t until,
                     const ExpTable& decay, std::uint32_t spikes);

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

}  // namespace tegmenta
