// What spikes that reach a reward_transmitter add to its reward.
#pragma once

#include <array>
#include <cstdint>

namespace tegmenta {

/// The receptors of a reward_transmitter.
enum class RewardReceptor : std::uint8_t {
  kKernel,   // a spike starts the kernel
  kLearner,  // a spike is paired with those of the target
  kTarget,   // … with those of the learner
};
inline constexpr int kRewardReceptors = static_cast<int>(RewardReceptor::kTarget) + 1;

/// weight·(A₁ (s/τ₁) exp(−s/τ₁) − A₂ (s/τ₂) exp(−s/τ₂)) s ms after a spike, and weight·pulse at
/// once; of pairs κ(t_learner − t_target).
struct RewardKernel {
  struct Alpha {
    double amplitude = 0;  // 1/ms
    double tau = 1;        // ms
    bool operator==(const Alpha&) const = default;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("amplitude", self.amplitude);
      visit("tau", self.tau);
    }
  };
  std::array<Alpha, 2> alphas{};
  double pulse = 0;
  double kappa_plus = 0, kappa_minus = 0;
  double tau_kappa_1 = 1, tau_kappa_2 = 1;
  double kappa_shift = 0, kappa_gap = 0;
  std::int64_t kappa_window = 0, kappa_delay = 0;  // steps
  bool operator==(const RewardKernel&) const = default;

  bool has_pairs() const { return kappa_plus != 0 || kappa_minus != 0; }
  /// κ of a learner's spike r ms after one of the target.
  double kappa(double r) const;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    for (auto& alpha : self.alphas) visit("alpha", alpha);
    visit("pulse", self.pulse);
    visit("kappa_plus", self.kappa_plus);
    visit("kappa_minus", self.kappa_minus);
    visit("tau_kappa_1", self.tau_kappa_1);
    visit("tau_kappa_2", self.tau_kappa_2);
    visit("kappa_shift", self.kappa_shift);
    visit("kappa_gap", self.kappa_gap);
    visit("kappa_window", self.kappa_window);
    visit("kappa_delay", self.kappa_delay);
  }
};

}  // namespace tegmenta
