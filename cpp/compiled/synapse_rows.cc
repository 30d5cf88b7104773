#include "compiled/synapse_rows.h"

#include <algorithm>

namespace tegmenta {

using compiled::kTileLanes;
using compiled::Rows;

namespace {

template <typename List>
void grow(List& list, std::size_t n) {
  if (list.size() < n) list.resize(n);
}

// Some lanes of rows, next to each other.
void pack(const double* rows, const ChosenLanes& lanes, double* to) {
  for (int j = 0; j < lanes.n; ++j) to[j] = rows[lanes.at[j]];
  // What padding lanes hold goes through programs, too.
  std::fill(to + lanes.n, to + kTileLanes, to[0]);
}

}  // namespace

SynapseRows::SynapseRows(const CompiledSynapse& model, bool alike, VisitScratch& scratch,
                         const compiled::Interpreter& interpreter)
    : model_(model), alike_(alike), interpreter_(interpreter) {
  const compiled::SynapseCode& code = model.code();
  const std::size_t states = model.state_count(), inputs = code.inputs();
  const std::size_t coefficients = model.coefficients(), parameters = model.parameter_count();
  const std::size_t constants = model.runner().constants();
  const std::size_t temporaries =
      std::max(model.most_temporaries(), static_cast<std::size_t>(code.setup.temporaries));
  const std::size_t rows =
      4 * states + 2 * inputs + 3 * coefficients + parameters + 3 + temporaries;
  const compiled::MemoryNeeds setup = model.runner().needs_of(code.setup);
  grow(scratch.rows, rows * kTileLanes + setup.matrices);
  const std::size_t operands = constants + coefficients + states + inputs + temporaries;
  grow(scratch.operands, operands + setup.pointers);
  Rows free(scratch.rows.data());
  states_ = free.take(states);
  before_ = free.take(states);
  packed_states_ = free.take(states);
  crossing_ = free.take(states);
  inputs_ = free.take(inputs);
  packed_inputs_ = free.take(inputs);
  passing_ = free.take(coefficients);
  standing_ = free.take(coefficients);
  packed_coefficients_ = free.take(coefficients);
  parameters_ = free.take(parameters + 3);
  double* const first_temporary = free.take(temporaries);
  matrices_ = free.take(0);
  operands_ = scratch.operands.data();
  double** at = model.runner().place_constants(operands_) + coefficients + states + inputs;
  place(at, first_temporary, model.most_temporaries());
  setup_operands_ = operands_ + operands;
  at = model.runner().place_constants(setup_operands_);
  place(at, parameters_, parameters + 3);
  place(at + parameters + 3, first_temporary, static_cast<std::size_t>(code.setup.temporaries));
}

void SynapseRows::place(double** at, double* rows, std::size_t n) const {
  for (std::size_t k = 0; k < n; ++k) at[k] = rows + k * kTileLanes;
}

NeuronFailure SynapseRows::set_up(const double* dt, int lanes, const TimeGrid& grid,
                                  double* coefficients) {
  const compiled::Program& setup = model_.code().setup;
  double* const given = parameter(model_.parameter_count());
  std::fill_n(given, kTileLanes, grid.resolution_ms());
  std::fill_n(given + kTileLanes, kTileLanes, grid.tics_per_ms());
  std::copy_n(dt, lanes, given + 2 * kTileLanes);
  std::fill(given + 2 * kTileLanes + lanes, given + 3 * kTileLanes, dt[0]);
  NeuronFailure failure;
  interpreter_.run({.code = setup.code.data(),
                    .length = setup.main,
                    .operands = setup_operands_,
                    .matrices = matrices_,
                    .patience = model_.runner().patience(),
                    .lanes = lanes,
                    .failure = &failure});
  for (std::size_t k = 0; k < setup.results.size(); ++k) {
    std::copy_n(setup_operands_[setup.results[k]], kTileLanes, coefficients + k * kTileLanes);
  }
  return failure;
}

NeuronFailure SynapseRows::interpret(const SynapseProgram& program, int lanes,
                                     const compiled::DrawNames* draws) {
  NeuronFailure failure;
  interpreter_.run({.code = program.code->code.data(),
                    .length = program.code->main,
                    .operands = operands_,
                    .matrices = matrices_,
                    .patience = model_.runner().patience(),
                    .lanes = lanes,
                    .failure = &failure,
                    .draws = draws});
  return failure;
}

// New values of states, from where the program has them.
void SynapseRows::keep(const SynapseProgram& program, const ChosenLanes& lanes, bool packed,
                       int all) {
  const double* from[kMostColumns + 1];
  const std::size_t changes = program.changes.size();
  for (std::size_t c = 0; c < changes; ++c) {
    const double* const value = operands_[program.changes[c].operand];
    from[c] = value;
    if (!program.crosses) continue;
    double* const aside = crossing_ + c * kTileLanes;
    std::copy_n(value, kTileLanes, aside);
    from[c] = aside;
  }
  for (std::size_t c = 0; c < changes; ++c) {
    double* const to = state(program.changes[c].state);
    if (packed) {
      for (int j = 0; j < lanes.n; ++j) to[lanes.at[j]] = from[c][j];
    } else {
      std::copy_n(from[c], all, to);
    }
  }
}

NeuronFailure SynapseRows::run(const SynapseProgram& program, bool passes, const ChosenLanes& lanes,
                               int all, const compiled::DrawNames* draws) {
  const std::size_t coefficients = model_.coefficients(), states = model_.state_count();
  double** const at = operands_ + model_.runner().constants();
  const bool packed = lanes.n < all;
  double* own = passes ? passing_ : standing_;
  if (packed) {
    for (std::size_t k = 0; k < states; ++k) {
      pack(state(k), lanes, packed_states_ + k * kTileLanes);
    }
    if (!passes && !alike_) {
      for (std::size_t k = 0; k < coefficients; ++k) {
        pack(own + k * kTileLanes, lanes, packed_coefficients_ + k * kTileLanes);
      }
      own = packed_coefficients_;
    }
    for (const std::uint16_t k : program.inputs) {
      pack(input(k), lanes, packed_inputs_ + k * kTileLanes);
    }
  }
  place(at, own, coefficients);
  place(at + coefficients, packed ? packed_states_ : states_, states);
  place(at + coefficients + states, packed ? packed_inputs_ : inputs_, model_.code().inputs());
  NeuronFailure failure = interpret(program, lanes.n, draws);
  if (failure.kind != NeuronFailure::kNone && packed) failure.lane = lanes.at[failure.lane];
  keep(program, lanes, packed, all);
  return failure;
}

NeuronFailure SynapseRows::run_pre(const SynapseHandler& handler, bool has_before, int all,
                                   const compiled::DrawNames* draws) {
  const std::size_t coefficients = model_.coefficients(), states = model_.state_count();
  double** const at = operands_ + model_.runner().constants();
  place(at, standing_, coefficients);
  place(at + coefficients, states_, states);
  place(at + coefficients + states, inputs_, model_.code().inputs());
  for (std::size_t k = 0; has_before && k < states; ++k) {
    if (model_.code().of_target[k]) at[coefficients + k] = state_before(k);
  }
  const NeuronFailure failure = interpret(handler, all, draws);
  keep(handler, {}, false, all);
  return failure;
}

}  // namespace tegmenta
