// What a post spike does to weight and eligibility of a three-factor synapse, by its step in the
// window of a visit: tabulated for the visit, or worked out where it is asked.
#pragma once

#include <algorithm>
#include <cmath>

#include "plasticity/modulator.h"
#include "plasticity/visit.h"

namespace tegmenta {

class Gains {
 public:
  /// amplitude: change of eligibility by a post spike for a trace of 1. lead: 1 where a pairing
  /// meets the modulator of its own step already. bump: what the trace grows by at the very end of
  /// the window, for post spikes there.
  Gains(const VisitRow& row, const Modulator& m, const ExpTable& decay_plus, double amplitude,
        std::int64_t lead, double bump)
      : row_(row),
        decay_plus_(decay_plus),
        decay_c_(m.decay_of_eligibility()),
        H_(m, row.from, row.until),
        Kplus_(amplitude * row.Kplus),
        bump_(amplitude * bump),
        lead_(lead) {}

  double at_begin() const { return H_(row_.from); }  // of the eligibility there
  double bound() const { return std::abs(Kplus_) + std::abs(bump_); }
  double eligibility(std::int64_t step) const {
    const double gain = Kplus_ * decay_plus_(step);
    return step == row_.until - row_.from ? gain + bump_ : gain;
  }

  double weight_gain(std::int64_t step) const {
    return table_ ? table_[2 * step] : eligibility(step) * H_(row_.from + step - lead_);
  }
  double eligibility_gain(std::int64_t step) const {
    return table_ ? table_[2 * step + 1]
                  : eligibility(step) * decay_c_(row_.until - row_.from - step);
  }

  void tabulate(const VisitTools& tools) {
    const std::int64_t length = row_.until - row_.from;
    double* const gains = tools.scratch->gains.data();
    gains[0] = gains[1] = 0;
    table_ = gains;
    if (length == 0) return;
    // All tables reach from `first` to `end`; the last step may have a bump.
    const std::int64_t end = std::min(length, decay_plus_.size());
    const std::int64_t first = std::clamp<std::int64_t>(length + 1 - decay_c_.size(), 1, end);
    H_.tabulate(row_.from + first - lead_, row_.from + end - lead_,
                [&](std::int64_t s, std::int64_t n, const double* growth, const double* prefix,
                    double tail) {
                  const std::int64_t k = s - row_.from + lead_;
                  tools.simd->fill_gains({gains + 2 * k, decay_plus_.data() + k, growth, prefix,
                                          decay_c_.data() + (length - k), Kplus_, tail,
                                          static_cast<std::size_t>(n)});
                });
    for (std::int64_t k = 1; k <= length; ++k) {
      if (k == first) k = end;
      gains[2 * k] = eligibility(k) * H_(row_.from + k - lead_);
      gains[2 * k + 1] = eligibility(k) * decay_c_(length - k);
    }
  }
  const double* table() const { return table_; }

 private:
  const VisitRow& row_;
  const ExpTable& decay_plus_;
  const ExpTable& decay_c_;
  const Modulator::Until H_;
  const double Kplus_, bump_;
  const std::int64_t lead_;
  const double* table_ = nullptr;
};

/// Adds what each of the spikes of one step gives: one by one where vectors do so.
inline void add_spikes(double& sum, double gain, std::uint32_t spikes) {
  if (spikes > simd::kPostSpikesOfVectors) {
    sum += spikes * gain;
    return;
  }
  for (std::uint32_t m = 0; m < spikes; ++m) sum += gain;
}

}  // namespace tegmenta
