// exp(−k h / τ) for whole steps k (τ = 0: 0 from the first step on), so that no exponential is
// computed in an inner loop.
#pragma once

#include <cstdint>
#include <utility>

#include "base/aligned.h"
#include "base/elementary.h"

namespace tegmenta {

class ExpTable {
 public:
  /// tau and h in ms; entries for 0 … size − 1, larger k are computed.
  ExpTable(double tau, double h, std::int64_t size) : tau_(tau), h_(h) { tabulate(size); }
  /// Another size: the same numbers, found faster or slower.
  void tabulate(std::int64_t size) {
    AlignedVector<double> values(static_cast<std::size_t>(size));
    for (std::size_t k = 0; k < values.size(); ++k)
      values[k] = compute(static_cast<std::int64_t>(k));
    values_ = std::move(values);
  }

  double operator()(std::int64_t k) const {
    return static_cast<std::uint64_t>(k) < values_.size() ? values_[static_cast<std::size_t>(k)]
                                                          : beyond(k);
  }
  const double* data() const { return values_.data(); }
  double tau() const { return tau_; }
  std::int64_t size() const { return static_cast<std::int64_t>(values_.size()); }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("tau", self.tau_);
    visit("h", self.h_);
    visit.derived("values", self.values_);
  }

 private:
  __attribute__((noinline)) double beyond(std::int64_t k) const { return compute(k); }
  double compute(std::int64_t k) const {
    if (tau_ == 0) return k == 0 ? 1 : 0;
    return elementary::exp(-(static_cast<double>(k) * h_) / tau_);
  }
  double tau_, h_;
  AlignedVector<double> values_;
};

}  // namespace tegmenta
