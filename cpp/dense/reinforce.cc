#include "dense/reinforce.h"

#include <algorithm>

#include "base/elementary.h"
#include "base/random.h"
#include "dense/finite.h"

namespace tegmenta::dense {

namespace {

constexpr const char* kOwner = "REINFORCESynapse";
constexpr double kScale = 0.01;  // of the objective
constexpr double kLogMin = -10;  // log deviations are clipped to these
constexpr double kLogMax = 2;

}  // namespace

void sample_actions(const simd::Kernels& kernels, const ReinforceRule& rule, const double* weights,
                    const ReinforceState& state, std::uint32_t seed, std::uint64_t call,
                    bool draw_noise) {
  const auto [n, m, batch] = rule.shape;
  require_finite(kOwner, "inputs", state.inputs, batch * n);
  if (draw_noise) {
    RandomStream random(seed, Purpose::kDenseAction, static_cast<std::uint32_t>(call),
                        static_cast<std::uint32_t>(call >> 32), 0);
    for (std::size_t k = 0; k < batch * m; ++k) state.noise[k] = random.normal();
  } else {
    require_finite(kOwner, "noise", state.noise, batch * m);
  }
  activate(rule.act_fx, state.inputs, state.hidden, n, batch);
  kernels.dense_forward({{n, 2 * m, batch}, weights, nullptr, state.hidden, state.readout, 1});
  for (std::size_t b = 0; b < batch; ++b) {
    const double* const means = state.readout + b * 2 * m;
    activate(rule.mu_act_fx, means, state.mean + b * m, m, 1);
    for (std::size_t i = 0; i < m; ++i) {
      const std::size_t k = b * m + i;
      const double log_deviation = std::clamp(means[m + i], kLogMin, kLogMax);
      state.deviation[k] =
          rule.scalar_stddev > 0 ? rule.scalar_stddev : elementary::exp(log_deviation);
      const double action = state.mean[k] + state.deviation[k] * state.noise[k];
      state.outputs[k] = std::clamp(action, rule.mu_out_min, rule.mu_out_max);
    }
  }
}

double learn_from_rewards(const simd::Kernels& kernels, const ReinforceRule& rule,
                          const ReinforceState& state, const ReinforceLearning& learning) {
  const auto [n, m, batch] = rule.shape;
  require_finite(kOwner, "rewards", learning.rewards, batch);
  require_finite(kOwner, "outputs", state.outputs, batch * m);
  double objective = 0;
  for (std::size_t b = 0; b < batch; ++b) {
    const double* const readout = state.readout + b * 2 * m;
    double* const slope = learning.slope + b * 2 * m;
    const double gain = kScale / static_cast<double>(batch) * learning.rewards[b];
    double log_probability = 0;
    for (std::size_t i = 0; i < m; ++i) {
      const std::size_t k = b * m + i;
      const double deviation = state.deviation[k], variance = deviation * deviation;
      const double off = state.outputs[k] - state.mean[k];
      log_probability +=
          -0.5 * (elementary::log(elementary::kTwoPi * variance) + off * off / variance);
      slope[i] = gain * off / variance;
      const double log_deviation = readout[m + i];
      const bool learns =
          rule.scalar_stddev <= 0 && log_deviation >= kLogMin && log_deviation <= kLogMax;
      slope[m + i] = learns ? gain * (off * off / variance - 1) : 0.0;
    }
    propagate_back(rule.mu_act_fx, readout, state.mean + b * m, slope, m, 1);
    objective -= log_probability * learning.rewards[b];
  }
  const double step = learning.step_count;
  kernels.policy_gradient({{n, 2 * m, batch},
                           state.hidden,
                           learning.slope,
                           learning.weights,
                           learning.mask,
                           learning.d_weights,
                           learning.average,
                           learning.lower,
                           learning.upper,
                           learning.learning_mask * learning.eta,
                           (step - 1) / step * rule.decay,
                           step,
                           learning.learning_mask != 0 || learning.clip_always});
  return kScale * objective / static_cast<double>(batch);
}

}  // namespace tegmenta::dense
