#include "base/poisson_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace tegmenta {

namespace {

/// A sum that keeps what rounding loses (Neumaier's variant of Kahan's summation).
class CompensatedSum {
 public:
  void add(double term) {
    const double next = sum_ + term;
    lost_ += sum_ >= term ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0;
  double lost_ = 0.0;
};

/// The Poisson distribution around its mode, far enough that what is left out is below 1e-21.
struct Masses {
  std::uint32_t lowest;
  std::vector<double> p;
};

Masses poisson_masses(double lambda) {
  constexpr double kNegligible = 1e-30;  // relative to the mode
  const auto mode = static_cast<std::uint32_t>(lambda);
  std::vector<double> down;
  double mass = 1.0;
  for (std::uint32_t k = mode; k > 0; --k) {
    mass *= static_cast<double>(k) / lambda;
    if (mass < kNegligible) break;
    down.push_back(mass);
  }
  Masses masses{mode - static_cast<std::uint32_t>(down.size()), {}};
  masses.p.assign(down.rbegin(), down.rend());
  mass = 1.0;
  for (std::uint32_t k = mode; mass >= kNegligible;) {
    masses.p.push_back(mass);
    ++k;
    mass *= lambda / static_cast<double>(k);
  }
  const auto at_mode = static_cast<std::size_t>(mode - masses.lowest);
  CompensatedSum total;
  for (std::size_t i = 0; i < at_mode; ++i) total.add(masses.p[i]);
  for (std::size_t i = masses.p.size(); i-- > at_mode;) total.add(masses.p[i]);
  for (double& p : masses.p) p /= total.value();
  return masses;
}

/// sums[i] = P(X > lowest + i), added from the far end.
std::vector<double> upper_tails(const Masses& masses) {
  std::vector<double> sums(masses.p.size());
  CompensatedSum above;
  for (std::size_t i = masses.p.size(); i-- > 0;) {
    sums[i] = above.value();
    above.add(masses.p[i]);
  }
  return sums;
}

}  // namespace

PoissonTable::PoissonTable(double lambda) : lambda_(lambda) {
  if (lambda > kMostTabled) return;
  constexpr double kWords = 0x1p32;
  const Masses masses = poisson_masses(lambda);
  const std::vector<double> above = upper_tails(masses);

  std::size_t last_index = 0;
  CompensatedSum below;
  for (std::size_t i = 0; i < masses.p.size(); ++i) {
    below.add(masses.p[i]);
    // Each side of the median from its own tail, where the sums have their full accuracy.
    const double threshold = above[i] > 0.5 ? std::floor(below.value() * kWords + 0.5)
                                            : kWords - std::floor(above[i] * kWords + 0.5);
    if (threshold == 0.0) continue;
    if (thresholds_.empty()) first_ = masses.lowest + static_cast<std::uint32_t>(i);
    if (threshold == kWords && !thresholds_.empty()) break;
    thresholds_.push_back(threshold < kWords ? static_cast<std::uint32_t>(threshold) : 0xFFFFFFFFu);
    last_index = i;
  }

  const double last_cell = std::max(std::ceil(above[last_index] * kWords), 1.0);
  thresholds_.back() = static_cast<std::uint32_t>(kWords - last_cell);
  cell_ = last_cell / kWords;
  tail_ = above[last_index];
  probability_ = last_index + 1 < masses.p.size() ? masses.p[last_index + 1] : 0.0;

  constexpr std::uint32_t kRare = 0xFFFFFFFFu - (1u << 19);
  while (usual_ < thresholds_.size() && thresholds_[usual_] <= kRare) ++usual_;
  if (usual_ < thresholds_.size()) ++usual_;
  constexpr std::size_t kAtLeast = 32;
  upper_halves_.assign(std::max(usual_ + 1, kAtLeast), 0xffff);
  for (std::size_t c = 0; c <= usual_; ++c) {
    upper_halves_[c] = static_cast<std::uint16_t>(thresholds_[c == 0 ? 0 : c - 1] >> 16);
  }

  std::uint32_t passed = 0;
  for (std::size_t i = 0; i < guide_.size(); ++i) {
    const std::uint64_t word = static_cast<std::uint64_t>(i) << 24;
    while (passed < thresholds_.size() && thresholds_[passed] < word) ++passed;
    guide_[i] = passed;
  }
}

std::uint64_t PoissonTable::tail(RandomStream& stream) const {
  double w = stream.uniform01() * cell_;
  std::uint64_t n = last();
  if (w >= tail_) return n - 1;
  const double negligible = probability_ * 0x1p-60;
  double probability = probability_;
  while (w >= probability && probability > negligible) {
    w -= probability;
    ++n;
    probability *= lambda_ / static_cast<double>(n);
  }
  return n;
}

}  // namespace tegmenta
