#include "compiled/runner.h"

#include <algorithm>
#include <utility>

#include "compiled/matrix_exponential.h"

namespace tegmenta::compiled {

namespace {

std::size_t largest_matrix(const Program& program) {
  int most = 0;
  for (const Instruction& i : program.code) {
    if (i.operation == Operation::matrix_exponential) most = std::max(most, int{i.b});
  }
  return static_cast<std::size_t>(2 * most * most + matrix_room(most));
}

}  // namespace

double* Rows::take(std::size_t n) { return std::exchange(next_, next_ + n * kTileLanes); }

Runner::Runner(const std::vector<double>& constants, const Patience& patience)
    : patience_(patience) {
  constants_.resize(constants.size() * kTileLanes);
  Rows free(constants_.data());
  for (const double constant : constants) std::fill_n(free.take(), kTileLanes, constant);
}

std::size_t Runner::operands_of(const Program& program) const {
  return constants() + static_cast<std::size_t>(program.given) +
         static_cast<std::size_t>(program.temporaries);
}

MemoryNeeds Runner::needs_of(const Program& program) const {
  return {.rows = static_cast<std::size_t>(program.given) +
                  static_cast<std::size_t>(program.temporaries),
          .pointers = operands_of(program),
          .matrices = largest_matrix(program)};
}

double** Runner::place_constants(double** operands) const {
  Rows known(const_cast<double*>(constants_.data()));
  for (std::size_t c = constants(); c > 0; --c) *operands++ = known.take();
  return operands;
}

NeuronFailure Runner::run(const Program& p, const double* const* given, int lanes,
                          double* const* results, Workspace& workspace,
                          const Interpreter& interpreter) const {
  workspace.lay_out(Workspace::kNone);
  Rows free(workspace.rows());
  double** const operands = workspace.pointers();
  double** at = place_constants(operands);
  for (int k = 0; k < p.given; ++k) {
    *at = free.take();
    std::copy_n(given[k], lanes, *at);
    std::fill(*at + lanes, *at + kTileLanes, given[k][0]);
    ++at;
  }
  for (int k = 0; k < p.temporaries; ++k) *at++ = free.take();
  NeuronFailure failure;
  interpreter.run({.code = p.code.data(),
                   .length = p.main,
                   .operands = operands,
                   .matrices = workspace.matrices(),
                   .patience = patience_,
                   .lanes = lanes,
                   .failure = &failure});
  for (std::size_t k = 0; k < p.results.size(); ++k) {
    std::copy_n(operands[p.results[k]], lanes, results[k]);
  }
  return failure;
}

NeuronFailure Runner::run(const Program& program, const double* given, double* results,
                          Workspace& workspace) const {
  std::vector<const double*> from(static_cast<std::size_t>(program.given));
  std::vector<double*> to(program.results.size());
  for (std::size_t k = 0; k < from.size(); ++k) from[k] = given + k;
  for (std::size_t k = 0; k < to.size(); ++k) to[k] = results + k;
  return run(program, from.data(), 1, to.data(), workspace, plain_interpreter());
}

}  // namespace tegmenta::compiled
