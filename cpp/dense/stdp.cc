#include "dense/stdp.h"

#include <algorithm>

#include "base/elementary.h"
#include "dense/finite.h"

namespace tegmenta::dense {

namespace {

void require_finite_activity(const char* owner, const simd::PairActivity& a,
                             const simd::DenseShape& shape) {
  const std::size_t pre = shape.batch * shape.inputs, post = shape.batch * shape.outputs;
  require_finite(owner, "preSpike", a.pre_spike, pre);
  require_finite(owner, "postSpike", a.post_spike, post);
  require_finite(owner, "preTrace", a.pre_trace, pre);
  require_finite(owner, "postTrace", a.post_trace, post);
}

constexpr const char* kModulated = "MSTDPETSynapse";

double weight_decay(const StdpRule& rule) { return rule.tau_w > 0 ? 1 / rule.tau_w : 0; }

}  // namespace

void forward(const simd::Kernels& kernels, const StdpRule& rule, Synapses synapses,
             const Signals& signals) {
  kernels.dense_forward({rule.shape, synapses.weights, synapses.mask, signals.inputs,
                         signals.outputs, rule.g_conduct_factor});
}

void evolve_trace_stdp(const simd::Kernels& kernels, const StdpRule& rule,
                       const simd::PairActivity& activity, Synapses synapses, double* pairings,
                       double eta) {
  require_finite_activity("TraceSTDPSynapse", activity, rule.shape);
  kernels.trace_stdp_evolve({rule.shape, rule.pairs, activity, synapses.weights, synapses.mask,
                             pairings, eta, weight_decay(rule)});
}

simd::PairActivity LastActivity::of(const simd::DenseShape& shape) const {
  const std::size_t pre = shape.batch * shape.inputs, post = shape.batch * shape.outputs;
  return {values, values + pre, values + pre + post, values + 2 * pre + post};
}

void LastActivity::take(const simd::PairActivity& activity, const simd::DenseShape& shape) {
  const std::size_t pre = shape.batch * shape.inputs, post = shape.batch * shape.outputs;
  double* to = std::copy_n(activity.pre_spike, pre, values);
  to = std::copy_n(activity.post_spike, post, to);
  to = std::copy_n(activity.pre_trace, pre, to);
  std::copy_n(activity.post_trace, post, to);
}

void evolve_mstdpet(const simd::Kernels& kernels, const StdpRule& rule,
                    const simd::PairActivity& activity, LastActivity last, Synapses synapses,
                    const Modulation& modulation, double dt) {
  require_finite_activity(kModulated, activity, rule.shape);
  require_finite(kModulated, "modulator", modulation.modulator, rule.shape.batch);
  require_finite(kModulated, "outmask", modulation.outmask, rule.shape.outputs);
  const bool traced = rule.tau_elg > 0;
  simd::MstdpetStep step{};
  step.shape = rule.shape;
  step.rule = rule.pairs;
  step.last = last.of(rule.shape);
  step.now = activity;
  step.weights = synapses.weights;
  step.mask = synapses.mask;
  step.eligibility = modulation.eligibility;
  step.pairings = modulation.pairings;
  step.modulator = modulation.modulator;
  step.outmask = modulation.outmask;
  step.eta = modulation.eta;
  step.decay = traced ? elementary::exp(-dt / rule.tau_elg) * rule.elg_decay : 0;
  step.gain = traced ? 1 / rule.tau_elg : 1;
  step.w_decay = weight_decay(rule);
  step.from_pairings = modulation.from_pairings;
  kernels.mstdpet_evolve(step);
  last.take(activity, rule.shape);
}

void last_pairings(const simd::Kernels& kernels, const StdpRule& rule, LastActivity last,
                   double* pairings) {
  kernels.dense_pairings({rule.shape, rule.pairs, last.of(rule.shape), pairings});
}

}  // namespace tegmenta::dense
