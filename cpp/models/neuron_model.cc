#include "models/neuron_model.h"

#include <cmath>
#include <utility>

namespace tegmenta {

ParameterDeclaration StateDeclaration::declaration() const {
  ParameterDeclaration d = declare(read_only ? Role::kReadOnly : Role::kState, name, unit,
                                   default_value, range, description, type);
  d.of_receptor = of_receptor;
  return d;
}

int NeuronModel::find_state(const std::string& state) const {
  for (std::size_t k = 0; k < states.size(); ++k) {
    if (states[k].name == state) return static_cast<int>(k);
  }
  return -1;
}

const NeuronModel* NeuronModel::with_columns(std::size_t n) const {
  if (n == parameter_columns()) return this;
  if (port_parameters.empty() || n <= parameters.size()) return nullptr;
  const std::size_t values = n - parameters.size(), each = port_parameters.size();
  if (values % each != 0 || values / each > kMostPorts) return nullptr;
  return &with_ports(static_cast<int>(values / each));
}

Error NeuronModel::failed(const NeuronBlock& block, const NeuronFailure& failure,
                          double time_ms) const {
  if (failure.kind == NeuronFailure::kSolver) {
    return failed_with(ErrorKind::kSolverFailure, block, failure, time_ms,
                       std::string("the adaptive integration finds no sub-steps to go on with; "
                                   "conductances and currents are too large, or C_m and time "
                                   "constants too small, for it.") +
                           kAdvice);
  }
  std::string found;
  for (const StateDeclaration& state : states) {
    const double value = block.state[state.column][failure.lane];
    if (!std::isfinite(value)) found = state.name + " = " + format_number(value) + ".";
    if (!found.empty()) break;
  }
  return failed_with(ErrorKind::kNumericalInstability, block, failure, time_ms,
                     "numerical instability: " +
                         (found.empty() ? "an inner state is not finite." : std::move(found)) +
                         kAdvice);
}

Error NeuronModel::failed_with(ErrorKind kind, const NeuronBlock& block,
                               const NeuronFailure& failure, double time_ms,
                               const std::string& what) const {
  const double node = block.first_node + static_cast<std::uint32_t>(failure.lane);
  return Error(
      kind,
      name() + ", node " + format_number(node) + ", at " + format_number(time_ms) + " ms: " + what,
      {{"model", name()}, {"node", node}, {"time_ms", time_ms}});
}

}  // namespace tegmenta
