// Trace-based STDP of a dense weight matrix: without modulator (TraceSTDP) and with one (MSTDP,
// MSTDPET: R. V. Florian, Neural Computation 19 (2007)), in the form that ngc-learn gives them.
#pragma once

#include "simd/kernels.h"

namespace tegmenta::dense {

/// What does not change from step to step.
struct StdpRule {
  simd::DenseShape shape;
  simd::PairRule pairs;
  double tau_w;      // of the decay of weights, in steps; 0: none
  double tau_elg;    // of the eligibility trace, ms; 0: none
  double elg_decay;  // further factor of its decay
};

/// Weights (inputs × outputs) and the mask that keeps some of them at 0, or nullptr.
struct Synapses {
  double* weights;
  const double* mask;
};

/// One step of TraceSTDP: simd::TraceStdpStep. Throws BadProperty where the activity is not finite;
/// nothing has changed then.
void evolve_trace_stdp(const simd::Kernels& kernels, const StdpRule& rule,
                       const simd::PairActivity& activity, Synapses synapses, double* pairings,
                       double eta);

/// Spikes and traces of the step before, which are paired with a lag of one step: pre_spike,
/// post_spike, pre_trace, post_trace, one after the other.
struct LastActivity {
  double* values;

  simd::PairActivity of(const simd::DenseShape& shape) const;
  void take(const simd::PairActivity& activity, const simd::DenseShape& shape);
};

struct Modulation {
  const double* modulator;  // one a sample
  const double* outmask;    // one an output
  double* eligibility;      // batch × inputs × outputs
  double* pairings;         // as many; may be nullptr where μ = 0 and not `from_pairings`
  bool from_pairings;       // whether `pairings` holds those of the last step
  double eta;
};

/// One step of `dt` ms of MSTDP or MSTDPET: simd::MstdpetStep; `last` then holds this step's
/// activity. Throws BadProperty where activity or modulation is not finite; nothing has changed
/// then.
void evolve_mstdpet(const simd::Kernels& kernels, const StdpRule& rule,
                    const simd::PairActivity& activity, LastActivity last, Synapses synapses,
                    const Modulation& modulation, double dt);

/// The pairings of the last step, for μ = 0.
void last_pairings(const simd::Kernels& kernels, const StdpRule& rule, LastActivity last,
                   double* pairings);

}  // namespace tegmenta::dense
