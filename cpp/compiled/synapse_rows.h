// The rows through which programs of synapses go, and the operands that stand for them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "compiled/compiled_synapse.h"
#include "plasticity/visit.h"

namespace tegmenta {

/// Lanes of a tile, by number.
struct ChosenLanes {
  std::uint8_t at[compiled::kTileLanes];
  int n = 0;
  void add(int lane) { at[n++] = static_cast<std::uint8_t>(lane); }
};

class SynapseRows {
 public:
  /// alike: all lanes have the same coefficients of what spikes do.
  SynapseRows(const CompiledSynapse& model, bool alike, VisitScratch& scratch,
              const compiled::Interpreter& interpreter);

  // Rows of a tile, a number a lane.

  double* state(std::size_t k) const { return states_ + k * compiled::kTileLanes; }
  /// States before spikes of the target changed them.
  double* state_before(std::size_t k) const { return before_ + k * compiled::kTileLanes; }
  /// By the number of the input.
  double* input(std::size_t k) const { return inputs_ + k * compiled::kTileLanes; }
  double* parameter(std::size_t k) const { return parameters_ + k * compiled::kTileLanes; }
  /// Coefficients of what time does, in the order of the lanes that are chosen; and of what spikes
  /// do.
  double* passing(std::size_t k) const { return passing_ + k * compiled::kTileLanes; }
  double* standing(std::size_t k) const { return standing_ + k * compiled::kTileLanes; }

  /// Runs the setup program for the first `lanes`: of parameters and of the time that passes, in ms
  /// a lane, coefficients.
  NeuronFailure set_up(const double* dt, int lanes, const TimeGrid& grid, double* coefficients);

  /// Runs a program for lanes of a tile, of which there are `all`. passes: what time does.
  NeuronFailure run(const SynapseProgram& program, bool passes, const ChosenLanes& lanes, int all,
                    const compiled::DrawNames* draws);
  /// … of a presynaptic spike: for all lanes; states of the target are those before, if there are.
  NeuronFailure run_pre(const SynapseHandler& handler, bool has_before, int all,
                        const compiled::DrawNames* draws);
  /// What the program that ran last holds there.
  const double* operand(std::uint16_t k) const { return operands_[k]; }

 private:
  NeuronFailure interpret(const SynapseProgram& program, int lanes,
                          const compiled::DrawNames* draws);
  void keep(const SynapseProgram& program, const ChosenLanes& lanes, bool packed, int all);
  void place(double** at, double* rows, std::size_t n) const;

  const CompiledSynapse& model_;
  const bool alike_;
  const compiled::Interpreter& interpreter_;
  double** operands_;
  double** setup_operands_;
  double *states_, *before_, *inputs_, *parameters_, *passing_, *standing_;
  double *packed_states_, *packed_inputs_, *packed_coefficients_, *crossing_;
  double* matrices_;
};

}  // namespace tegmenta
