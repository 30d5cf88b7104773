#include "models/devices/reward_kernel.h"

#include "base/elementary.h"

namespace tegmenta {

double RewardKernel::kappa(double r) const {
  constexpr double kRounding = 1e-9;  // ms: sums of times on the grid are not exact
  const double x = r + kappa_shift;
  if (x > kappa_gap + kRounding) {
    return kappa_plus * (elementary::exp(-x / tau_kappa_1) - elementary::exp(-x / tau_kappa_2));
  }
  if (x < -kappa_gap - kRounding) {
    return kappa_minus * (elementary::exp(x / tau_kappa_1) - elementary::exp(x / tau_kappa_2));
  }
  return 0;
}

}  // namespace tegmenta
