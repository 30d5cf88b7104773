// What the loops over dense weight matrices are given. Plain data only: read by kernels.cc.
//
// Matrices have a row for each input and a column for each output. Whatever belongs to a sample of
// a batch (vectors, eligibilities, pairings) comes sample by sample.
#pragma once

#include <cstddef>

namespace tegmenta::simd {

struct DenseShape {
  std::size_t inputs;
  std::size_t outputs;
  std::size_t batch;
};

/// outputs[b][i] = factor · Σ_j inputs[b][j] · weights[j][i] · mask[j][i], j ascending.
struct DenseForward {
  DenseShape shape;
  const double* weights;
  const double* mask;  // 0 or 1 a synapse; nullptr: all 1
  const double* inputs;
  double* outputs;
  double factor;
};

/// Spikes and traces of both sides in one step.
struct PairActivity {
  const double* pre_spike;
  const double* post_spike;
  const double* pre_trace;
  const double* post_trace;
};

/// What one step contributes to a synapse of weight w:
///     A⁺ (w_bound − w)^μ (pre_trace − target) post_spike − A⁻ (w − w_min)^μ pre_spike post_trace,
/// the powers only if μ > 0, and 0 for a weight beyond its bound.
struct PairRule {
  double a_plus;
  double a_minus;
  double pretrace_target;
  double mu;
  double w_min;
  double w_bound;
};

/// pairings[b][j][i] of an activity, for μ = 0.
struct DensePairings {
  DenseShape shape;
  PairRule rule;
  PairActivity activity;
  double* pairings;
};

/// pairings = those of the activity, summed over the samples;
/// weights = clip(weights + eta · pairings − w_decay · weights), 0 where the mask is.
struct TraceStdpStep {
  DenseShape shape;
  PairRule rule;
  PairActivity activity;
  double* weights;
  const double* mask;
  double* pairings;
  double eta;
  double w_decay;
};

/// eligibility = decay · eligibility + gain · (pairings of the last step);
/// weights = clip(weights + (Σ_b eligibility[b] · modulator[b] · eta) · outmask − w_decay ·
/// weights). The last step's pairings are those of the activity `last`, or stand in `pairings`
/// (where it is given and `from_pairings`). For μ > 0 they depend on the weights of that step:
/// `pairings` then gets those of the activity `now` and the weights before this update.
struct MstdpetStep {
  DenseShape shape;
  PairRule rule;
  PairActivity last;
  PairActivity now;
  double* weights;
  const double* mask;
  double* eligibility;
  double* pairings;
  const double* modulator;
  const double* outmask;
  double eta;
  double decay;
  double gain;
  double w_decay;
  bool from_pairings;
};

/// gradient[j][i] = Σ_b hidden[b][j] · slope[b][i];
/// average = average_decay · average + gradient / average_length;
/// if `learn`, weights = clip(weights + rate · gradient, lower[i], upper[i]), 0 where the mask is.
struct PolicyGradientStep {
  DenseShape shape;
  const double* hidden;
  const double* slope;
  double* weights;
  const double* mask;
  double* gradient;
  double* average;
  const double* lower;
  const double* upper;
  double rate;
  double average_decay;
  double average_length;
  bool learn;
};

}  // namespace tegmenta::simd
