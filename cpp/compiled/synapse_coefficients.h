// Coefficients of the synapses of a store, by the time that passes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/aligned.h"
#include "base/time_grid.h"
#include "compiled/compiled_synapse.h"

namespace tegmenta {

class SynapseCoefficients final : public PreparedRule {
 public:
  /// alike: the synapses do not differ in parameters, which are these.
  SynapseCoefficients(const CompiledSynapse& model, const ModelValues& values, bool alike,
                      const TimeGrid& grid);

  const CompiledSynapse& model() const { return model_; }
  const TimeGrid& grid() const { return grid_; }

  /// Those of so many steps, one after the other; null where they are not kept.
  const double* of(std::int64_t steps) const {
    return steps < steps_ ? table_.data() + static_cast<std::size_t>(steps) * width_ : nullptr;
  }
  std::size_t bytes() const override { return table_.capacity() * sizeof(double); }

 private:
  void tabulate(const ModelValues& values);

  const CompiledSynapse& model_;
  const TimeGrid grid_;
  const std::size_t width_;
  std::int64_t steps_ = 0;
  AlignedVector<double> table_;
};

}  // namespace tegmenta
