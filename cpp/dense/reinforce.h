// A stochastic cable that learns by REINFORCE (R. J. Williams, Machine Learning 8 (1992)): Gaussian
// actions whose means and log standard deviations are linear in the activated inputs.
#pragma once

#include <cstdint>

#include "dense/activation.h"
#include "dense/fields.h"
#include "simd/kernels.h"

namespace tegmenta::dense {

struct ReinforceRule {
  simd::DenseShape shape;  // outputs: actions; a weight row is [means | log deviations]
  Activation act_fx;       // of the inputs
  Activation mu_act_fx;    // of the means
  double mu_out_min;       // actions are clipped to these
  double mu_out_max;
  double scalar_stddev;  // > 0: of all actions, and log deviations are not learnt
  double decay;          // of the average gradient
};

template <>
struct ConstantsOf<ReinforceRule> {
  using type = Constants<&ReinforceRule::shape, &ReinforceRule::act_fx, &ReinforceRule::mu_act_fx,
                         &ReinforceRule::mu_out_min, &ReinforceRule::mu_out_max,
                         &ReinforceRule::scalar_stddev, &ReinforceRule::decay>;
};

/// Arrays of one cable. B: batch, n: inputs, m: outputs.
struct ReinforceState {
  const double* inputs;  // B × n
  double* hidden;        // B × n, activated inputs
  double* readout;       // B × 2m, hidden × weights
  double* mean;          // B × m
  double* deviation;     // B × m
  double* noise;         // B × m, standard normal
  double* outputs;       // B × m, the actions
};

inline std::size_t hidden_entries(const simd::DenseShape& s) { return s.batch * s.inputs; }
inline std::size_t action_entries(const simd::DenseShape& s) { return s.batch * s.outputs; }
inline std::size_t readout_entries(const simd::DenseShape& s) { return 2 * action_entries(s); }
inline std::size_t readout_weights(const simd::DenseShape& s) { return 2 * s.inputs * s.outputs; }
inline std::size_t readout_columns(const simd::DenseShape& s) { return 2 * s.outputs; }

template <>
struct ArraysOf<ReinforceState> {
  template <auto Member>
  using Array = dense::Array<Member, simd::DenseShape>;
  static constexpr std::tuple kArrays{Array<&ReinforceState::inputs>{.length = hidden_entries},
                                      Array<&ReinforceState::hidden>{.length = hidden_entries},
                                      Array<&ReinforceState::readout>{.length = readout_entries},
                                      Array<&ReinforceState::mean>{.length = action_entries},
                                      Array<&ReinforceState::deviation>{.length = action_entries},
                                      Array<&ReinforceState::noise>{.length = action_entries},
                                      Array<&ReinforceState::outputs>{.length = action_entries}};
};

/// Draws the actions of every sample. With `draw_noise` the noise is the `call`-th of `seed`,
/// otherwise what stands in state.noise. Throws BadProperty where inputs (or given noise) are not
/// finite; nothing has changed then.
void sample_actions(const simd::Kernels& kernels, const ReinforceRule& rule, const double* weights,
                    const ReinforceState& state, std::uint32_t seed, std::uint64_t call,
                    bool draw_noise);

/// What a step of learning reads and changes.
struct ReinforceLearning {
  const double* rewards;  // B
  double* weights;        // n × 2m
  const double* mask;     // n × 2m or nullptr
  double* d_weights;      // n × 2m
  double* average;        // n × 2m, the accumulated gradients
  const double* lower;    // 2m, bounds of weights
  const double* upper;
  double* slope;  // scratch, B × 2m
  double eta;     // learning rate
  double learning_mask;
  double step_count;  // of this step, from 1
  bool clip_always;   // whether weights are clipped although learning_mask is 0
};

/// The weights alone, which both kinds of steps have.
struct ReadoutWeights {
  double* weights;
};

template <>
struct ArraysOf<ReadoutWeights> {
  static constexpr std::tuple kArrays{
      Array<&ReadoutWeights::weights, simd::DenseShape>{.length = readout_weights}};
};

/// Beside the weights.
template <>
struct ArraysOf<ReinforceLearning> {
  template <auto Member>
  using Array = dense::Array<Member, simd::DenseShape>;
  static constexpr std::tuple kArrays{
      Array<&ReinforceLearning::mask>{
          .name = "weight_mask", .length = readout_weights, .optional = true},
      Array<&ReinforceLearning::rewards>{
          .length = [](const simd::DenseShape& s) { return s.batch; }},
      Array<&ReinforceLearning::d_weights>{.name = "dWeights", .length = readout_weights},
      Array<&ReinforceLearning::average>{.name = "accumulated_gradients",
                                         .length = readout_weights},
      Array<&ReinforceLearning::lower>{.length = readout_columns},
      Array<&ReinforceLearning::upper>{.length = readout_columns},
      Array<&ReinforceLearning::slope>{.length = readout_entries}};
};

/// Learns from actions that sample_actions drew: dWeights is the ascent direction of
///     0.01 · mean over the batch of reward · log probability(action),
/// the action taken as given; weights += learning_mask · eta · dWeights. Returns the objective
/// (the negative of that mean). Throws BadProperty where rewards are not finite; nothing has
/// changed then.
double learn_from_rewards(const simd::Kernels& kernels, const ReinforceRule& rule,
                          const ReinforceState& state, const ReinforceLearning& learning);

}  // namespace tegmenta::dense
