#include "compiled/executable.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <utility>

#include "compiled/check.h"
#include "compiled/effects.h"
#include "compiled/matrix_exponential.h"

namespace tegmenta::compiled {

namespace {

std::atomic<std::uint64_t> made{0};

}  // namespace

Executable::Executable(Code code, const Patience& patience)
    : code_(std::move(code)), id_(++made), runner_(code_.constants, patience) {
  check(code_);
  prepare_systems();
  const Program& step = code_.step;
  const StepOperands operands(code_);
  bool has_time = reads(step, 0, step.main, operands.time);
  std::size_t system_rows = 0;
  for (const PreparedSystem& system : prepared_) {
    has_time = has_time || std::find(system.held.begin(), system.held.end(), operands.time) !=
                               system.held.end();
    system_rows = std::max(system_rows, rows_of(system));
  }
  step_ = {.code = step.code.data(),
           .length = step.main,
           .constants = operands.coefficients,
           .coefficients = operands.states - operands.coefficients,
           .states = operands.rows - operands.states,
           .rows = operands.currents - operands.rows,
           .currents = operands.time - operands.currents,
           .has_time = has_time,
           .has_spikes = code_.most_spikes > 0,
           .has_loops = contains(step, 0, step.main, Operation::loop_while_any),
           .patience = patience,
           .systems = systems_.data()};
  // Zeros, time and spikes are rows, too.
  needs_.rows = static_cast<std::size_t>(step_.coefficients) + 3 +
                static_cast<std::size_t>(step.temporaries) + system_rows;
  needs_.systems = prepared_.size();
  const std::size_t operands_of_step = runner_.operands_of(step);
  needs_.pointers = operands_of_step * (1 + prepared_.size());
  for (const PreparedSystem& system : prepared_) needs_.pointers += system.values.size();
  needs_.matrices = runner_.needs_of(step).matrices;
  for (const Part part : kParts) needs_.include(runner_.needs_of(program(part)));
}

void Executable::prepare_systems() {
  for (const System& system : code_.systems) {
    SystemUse use = use_of(code_, system);
    std::vector<std::uint8_t> copied;
    for (std::size_t i = 0; i < system.slopes.size(); ++i) {
      const auto* const slope = &system.slopes[i];
      const bool own = std::binary_search(use.written.begin(), use.written.end(), *slope) &&
                       std::find(system.slopes.data(), slope, *slope) == slope;
      copied.push_back(own ? 0 : 1);
    }
    prepared_.push_back({system.values, system.slopes, std::move(use.held), std::move(use.written),
                         std::move(copied)});
  }
  const int first_state = StepOperands(code_).states;
  for (std::size_t k = 0; k < prepared_.size(); ++k) {
    const System& system = code_.systems[k];
    const PreparedSystem& p = prepared_[k];
    const auto first_other = std::lower_bound(p.held.begin(), p.held.end(), first_state);
    systems_.push_back(
        {.first = code_.step.code.data() + system.first,
         .last = code_.step.code.data() + system.last,
         .size = static_cast<int>(p.values.size()),
         .values = p.values.data(),
         .slopes = p.slopes.data(),
         .columns = system.columns.empty() ? nullptr : system.columns.data(),
         .copied = p.copied.data(),
         .held_count = static_cast<int>(p.held.size()),
         .held_coefficients = static_cast<int>(first_other - p.held.begin()),
         .held = p.held.data(),
         .has_time = is_told_time(code_, system),
         .has_loops = contains(code_.step, system.first, system.last, Operation::loop_while_any),
         .absolute = system.absolute,
         .relative = system.relative,
         .substep = system.substep});
  }
}

std::size_t Executable::rows_of(const PreparedSystem& system) const {
  // Time, where the lanes are in the step, their sub-steps, and two errors.
  return 8 * system.values.size() + system.held.size() + system.written.size() + 5;
}

const Program& Executable::program(Part part) const {
  return part == Part::kDefaults   ? code_.defaults
         : part == Part::kGuarding ? code_.guarding
         : part == Part::kDeriving ? code_.deriving
                                   : code_.setup;
}

// --- memory ------------------------------------------------------------------------------------

void Executable::lay_out(Workspace& workspace) const {
  const StepOperands operands(code_);
  Rows free(workspace.rows());
  StepMemory& m = workspace.step();
  m.operands = workspace.pointers();
  m.coefficients = free.take(static_cast<std::size_t>(step_.coefficients));
  m.zeros = free.take();
  m.time = free.take();
  m.spikes = free.take();
  m.systems = workspace.systems();
  std::fill_n(m.zeros, kTileLanes, 0.0);
  std::fill_n(m.spikes, kTileLanes, 0.0);
  double** const at = m.operands;
  runner_.place_constants(at);
  at[operands.time] = m.time;
  at[operands.spikes] = m.spikes;
  for (int t = operands.temporaries; t < operands.end; ++t) at[t] = free.take();
  double** pointers = at + operands.end;
  double* const shared = free.take(0);  // by systems, which are never at work together
  for (std::size_t k = 0; k < prepared_.size(); ++k) {
    std::copy_n(at, code_.constants.size(), pointers);
    workspace.systems()[k] = lay_out(k, pointers, shared);
    pointers += operands.end + systems_[k].size;
  }
  m.matrices = workspace.matrices();
  workspace.lay_out(id_);
}

SystemMemory Executable::lay_out(std::size_t system, double** operands, double* first) const {
  const PreparedSystem& p = prepared_[system];
  const std::size_t size = p.values.size();
  Rows free(first);
  SystemMemory m{.operands = operands,
                 .from = operands + runner_.operands_of(code_.step),
                 .values = free.take(size),
                 .next = free.take(size),
                 .slopes = free.take(kSolverStages * size),
                 .held = free.take(p.held.size()),
                 .time = free.take(),
                 .at = free.take(),
                 .substep = free.take(),
                 .absolute = free.take(),
                 .relative = free.take()};
  for (const std::uint16_t operand : p.written) operands[operand] = free.take();
  if (systems_[system].has_time) operands[code_.systems[system].time] = m.time;
  return m;
}

std::size_t Executable::bytes() const {
  std::size_t sum = sizeof *this + runner_.bytes();
  for (const Program* p : programs_of(code_)) {
    sum += p->code.capacity() * sizeof(Instruction);
  }
  return sum + code_.text.capacity();
}

// --- running -----------------------------------------------------------------------------------

NeuronFailure Executable::run(Part part, const double* const* given, int lanes,
                              double* const* results, Workspace& workspace,
                              const Interpreter& interpreter) const {
  return runner_.run(program(part), given, lanes, results, workspace, interpreter);
}

NeuronFailure Executable::run(Part part, const double* given, double* results,
                              Workspace& workspace) const {
  return runner_.run(program(part), given, results, workspace);
}

void Executable::advance(const NeuronBlock& block, const double* const* rows,
                         const double* const* currents, Workspace& workspace,
                         const Interpreter& interpreter) const {
  if (!workspace.is_laid_out(id_)) lay_out(workspace);
  interpreter.advance({.table = &step_,
                       .memory = &workspace.step(),
                       .block = &block,
                       .rows = rows,
                       .currents = currents});
}

}  // namespace tegmenta::compiled
