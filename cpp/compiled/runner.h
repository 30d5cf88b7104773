// Programs that share the constants of a model, run apart from the course of time.
#pragma once

#include <cstddef>
#include <vector>

#include "base/aligned.h"
#include "compiled/code.h"
#include "compiled/tables.h"
#include "compiled/workspace.h"

namespace tegmenta::compiled {

/// Rows that are handed out one after the other.
class Rows {
 public:
  explicit Rows(double* first) : next_(first) {}
  double* take(std::size_t n = 1);

 private:
  double* next_;
};

class Runner {
 public:
  Runner(const std::vector<double>& constants, const Patience& patience);

  MemoryNeeds needs_of(const Program& program) const;

  /// Runs a program for `lanes` ≤ kTileLanes: of each operand that it is given, and of each result,
  /// a number a lane. The workspace is prepared. Returns what failed, and in which lane.
  NeuronFailure run(const Program& program, const double* const* given, int lanes,
                    double* const* results, Workspace& workspace,
                    const Interpreter& interpreter) const;
  /// The same for one lane.
  NeuronFailure run(const Program& program, const double* given, double* results,
                    Workspace& workspace) const;

  /// How many operands a program has.
  std::size_t operands_of(const Program& program) const;
  /// Enters the rows of the constants, which are read only: check() sees to it. Returns what is
  /// behind them.
  double** place_constants(double** operands) const;
  std::size_t constants() const { return constants_.size() / kTileLanes; }
  const Patience& patience() const { return patience_; }
  std::size_t bytes() const { return constants_.capacity() * sizeof(double); }

 private:
  AlignedVector<double> constants_;  // rows
  Patience patience_;
};

}  // namespace tegmenta::compiled
