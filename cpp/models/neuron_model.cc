#include "models/neuron_model.h"

namespace tegmenta {

Error NeuronModel::failed(const NeuronBlock& block, const NeuronFailure& failure) const {
  return failed_with(ErrorKind::kSolverFailure, block, failure, "the adaptive integration failed.");
}

Error NeuronModel::failed_with(ErrorKind kind, const NeuronBlock& block,
                               const NeuronFailure& failure, const std::string& what) const {
  const double node = block.first_node + static_cast<std::uint32_t>(failure.lane);
  const double time_ms = static_cast<double>(block.first_step + failure.step) * block.resolution_ms;
  std::string text = name() + ", node " + format_number(node) + ", at " + format_number(time_ms) +
                     " ms: " + what +
                     " Check the parameters and the input, or use a smaller resolution.";
  return Error(kind, std::move(text), {{"model", name()}, {"node", node}, {"time_ms", time_ms}});
}

}  // namespace tegmenta
