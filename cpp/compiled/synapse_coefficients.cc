#include "compiled/synapse_coefficients.h"

#include <algorithm>
#include <vector>

#include "compiled/declared.h"

namespace tegmenta {

namespace {

using compiled::kTileLanes;

// Steps that tables are made for, as far as they do not become too large; beyond, coefficients are
// worked out when they are needed, to the same bits.
constexpr std::int64_t kMostSteps = 32768;
constexpr std::size_t kMostNumbers = std::size_t{1} << 20;

}  // namespace

SynapseCoefficients::SynapseCoefficients(const CompiledSynapse& model, const ModelValues& values,
                                         bool alike, const TimeGrid& grid)
    : model_(model), grid_(grid), width_(model.coefficients()) {
  if (alike) tabulate(values);
}

void SynapseCoefficients::tabulate(const ModelValues& values) {
  const std::size_t parameters = model_.parameter_count();
  const auto most =
      static_cast<std::int64_t>(kMostNumbers / std::max<std::size_t>(width_, 1) / kTileLanes);
  const std::int64_t steps =
      std::max<std::int64_t>(std::min(kMostSteps / kTileLanes, most), 1) * kTileLanes;
  table_.resize(static_cast<std::size_t>(steps) * width_);
  const compiled::Program& setup = model_.code().setup;
  compiled::Workspace workspace;
  workspace.reserve(model_.runner().needs_of(setup));
  std::vector<double> rows((parameters + 3 + width_) * kTileLanes);
  std::vector<const double*> given;
  std::vector<double*> results;
  for (std::size_t k = 0; k < parameters + 3; ++k) given.push_back(rows.data() + k * kTileLanes);
  for (std::size_t k = 0; k < width_; ++k) {
    results.push_back(rows.data() + (parameters + 3 + k) * kTileLanes);
  }
  const auto fill = [&](std::size_t k, double x) {
    std::fill_n(rows.data() + k * kTileLanes, kTileLanes, x);
  };
  for (std::size_t k = 0; k < parameters; ++k) {
    fill(k, values[static_cast<std::size_t>(model_.columns[k])]);
  }
  fill(parameters, grid_.resolution_ms());
  fill(parameters + 1, grid_.tics_per_ms());
  double* const dt = rows.data() + (parameters + 2) * kTileLanes;
  for (std::int64_t first = 0; first < steps; first += kTileLanes) {
    for (int k = 0; k < kTileLanes; ++k) {
      dt[k] = static_cast<double>(first + k) * grid_.resolution_ms();
    }
    compiled::require_success(model_.code(),
                              model_.runner().run(setup, given.data(), kTileLanes, results.data(),
                                                  workspace, compiled::plain_interpreter()));
    for (int k = 0; k < kTileLanes; ++k) {
      double* const to = table_.data() + static_cast<std::size_t>(first + k) * width_;
      for (std::size_t c = 0; c < width_; ++c) to[c] = results[c][k];
    }
  }
  steps_ = steps;
}

}  // namespace tegmenta
