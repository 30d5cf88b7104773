#include "models/neuron_model.h"

#include <cmath>
#include <utility>

namespace tegmenta {

Error NeuronModel::failed(const NeuronBlock& block, const NeuronFailure& failure) const {
  if (failure.kind == NeuronFailure::kSolver) {
    return failed_with(ErrorKind::kSolverFailure, block, failure,
                       "the adaptive integration finds no sub-steps to go on with; conductances "
                       "and currents are too large, or C_m and time constants too small, for it.");
  }
  std::string found;
  for (const StateDeclaration& state : states) {
    const double value = block.state[state.column][failure.lane];
    if (!std::isfinite(value)) found = state.name + " = " + format_number(value) + ".";
    if (!found.empty()) break;
  }
  return failed_with(ErrorKind::kNumericalInstability, block, failure,
                     "numerical instability: " +
                         (found.empty() ? "an inner state is not finite." : std::move(found)));
}

Error NeuronModel::failed_with(ErrorKind kind, const NeuronBlock& block,
                               const NeuronFailure& failure, const std::string& what) const {
  const double node = block.first_node + static_cast<std::uint32_t>(failure.lane);
  const double time_ms = static_cast<double>(block.first_step + failure.step) * block.resolution_ms;
  std::string text =
      name() + ", node " + format_number(node) + ", at " + format_number(time_ms) + " ms: " + what;
  // Of models that have equations.
  if (state_columns > 0) {
    text += " Check the parameters and the input, or use a smaller resolution.";
  }
  return Error(kind, std::move(text), {{"model", name()}, {"node", node}, {"time_ms", time_ms}});
}

}  // namespace tegmenta
