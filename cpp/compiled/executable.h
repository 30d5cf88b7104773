// Compiled models, ready to run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiled/code.h"
#include "compiled/runner.h"
#include "compiled/tables.h"
#include "compiled/workspace.h"

namespace tegmenta::compiled {

/// The programs apart from the step.
enum class Part { kDefaults, kGuarding, kDeriving, kSetup };
inline constexpr std::array kParts{Part::kDefaults, Part::kGuarding, Part::kDeriving, Part::kSetup};

class Executable {
 public:
  /// Throws what check() throws.
  explicit Executable(Code code, const Patience& patience = {});
  Executable(const Executable&) = delete;
  Executable& operator=(const Executable&) = delete;

  const Code& code() const { return code_; }

  /// Runs a program for `lanes` ≤ kTileLanes neurons: of each operand that it is given, and of each
  /// result, a number a lane. The workspace is prepared. Returns what failed, and in which lane.
  NeuronFailure run(Part part, const double* const* given, int lanes, double* const* results,
                    Workspace& workspace,
                    const Interpreter& interpreter = plain_interpreter()) const;

  /// The same for one neuron.
  NeuronFailure run(Part part, const double* given, double* results, Workspace& workspace) const;

  /// Advances a block by the step program. The workspace is prepared.
  ///
  /// rows: input of receptor r, weights > 0 at 2 r, others at 2 r + 1; currents: of each. Of each
  /// the number of step s, lane i is at [s · block.input_stride + i]; null where there is none. All
  /// other inputs of the block are not read. A failure is written to block.failure, as other
  /// updates do; the first in the earliest step, whatever the blocks are.
  void advance(const NeuronBlock& block, const double* const* rows, const double* const* currents,
               Workspace& workspace, const Interpreter& interpreter) const;

  std::size_t bytes() const;

  const MemoryNeeds& needs() const { return needs_; }

 private:
  struct PreparedSystem {
    std::vector<std::uint16_t> values, slopes, held, written;
    std::vector<std::uint8_t> copied;
  };

  const Program& program(Part part) const;
  void prepare_systems();
  void lay_out(Workspace& workspace) const;
  SystemMemory lay_out(std::size_t system, double** operands, double* rows) const;
  std::size_t rows_of(const PreparedSystem& system) const;

  Code code_;
  std::uint64_t id_;
  Runner runner_;
  std::vector<PreparedSystem> prepared_;
  std::vector<SystemTable> systems_;
  StepTable step_{};
  MemoryNeeds needs_;
};

}  // namespace tegmenta::compiled
