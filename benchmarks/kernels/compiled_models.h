// Models compiled by hand: built-in ones, operation by operation, with the same columns and
// coefficients.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "compiled/code.h"
#include "compiled/executable.h"
#include "neuron_driver.h"

namespace tegmenta::testing {

/// Puts a program together. Operands are declared in the order of code.h, then temporaries.
class Assembler {
 public:
  using Operand = std::uint16_t;
  using Op = compiled::Operation;

  explicit Assembler(std::vector<double> constants) : constants_(std::move(constants)) {
    next_ = static_cast<Operand>(constants_.size());
  }

  const std::vector<double>& constants() const { return constants_; }
  Operand constant(double x) const {
    const auto at = std::find(constants_.begin(), constants_.end(), x);
    if (at == constants_.end()) throw std::invalid_argument("not one of the constants");
    return static_cast<Operand>(at - constants_.begin());
  }
  /// The first of n operands.
  Operand given(int n = 1) {
    program_.given += n;
    return std::exchange(next_, static_cast<Operand>(next_ + n));
  }
  Operand temporary(int n = 1) {
    program_.temporaries += n;
    return std::exchange(next_, static_cast<Operand>(next_ + n));
  }
  /// operation(a, b, c) in a new temporary.
  Operand of(Op operation, int a, int b = 0, int c = 0) {
    const Operand result = temporary();
    put(operation, result, a, b, c);
    return result;
  }
  void put(Op operation, int result, int a = 0, int b = 0, int c = 0) {
    program_.code.push_back({operation, static_cast<Operand>(result), static_cast<Operand>(a),
                             static_cast<Operand>(b), static_cast<Operand>(c)});
  }
  /// Another result of the instruction at `at`: how far a jump goes.
  void patch(int at, int result) {
    program_.code[static_cast<std::size_t>(at)].result = static_cast<Operand>(result);
  }
  int size() const { return static_cast<int>(program_.code.size()); }
  /// What follows is code of systems.
  void end_main() { main_ = size(); }
  compiled::Program finish(std::vector<Operand> results = {}) {
    program_.main = main_ < 0 ? size() : main_;
    program_.results = std::move(results);
    return program_;
  }

 private:
  std::vector<double> constants_;
  compiled::Program program_;
  Operand next_ = 0;
  int main_ = -1;
};

/// A model without guards whose parameters are its coefficients, all 0 where nobody says otherwise.
inline compiled::Code model_of(const Assembler& step, std::string name,
                               const std::vector<std::string>& coefficients,
                               const std::vector<std::string>& states) {
  compiled::Code code;
  code.name = std::move(name);
  code.constants = step.constants();
  for (const std::string& each : coefficients) code.parameters.push_back({.name = each});
  for (const std::string& each : states) code.states.push_back({.name = each});
  Assembler defaults(code.constants);
  defaults.given(2);
  code.defaults = defaults.finish(
      std::vector<Assembler::Operand>(coefficients.size() + states.size(), defaults.constant(0)));
  Assembler guarding(code.constants);
  guarding.given(static_cast<int>(coefficients.size()) + 2);
  code.guarding = guarding.finish();
  Assembler deriving(code.constants);
  deriving.given(static_cast<int>(coefficients.size()) + 2);
  code.deriving = deriving.finish();
  Assembler setup(code.constants);
  std::vector<Assembler::Operand> results;
  for (std::size_t k = 0; k < coefficients.size(); ++k) results.push_back(setup.given());
  setup.given(2);
  code.setup = setup.finish(results);
  return code;
}

inline compiled::Code compiled_iaf_psc_exp() {
  using Op = Assembler::Op;
  Assembler a({0, 1});
  const auto zero = a.constant(0), one = a.constant(1);
  const std::vector<std::string> coefficients = {
      "P22", "P21_ex", "P21_in", "P11_ex", "P11_in",
      "P20", "drive",  "theta",  "reset",  "refractory_steps"};
  const auto P22 = a.given(), P21_ex = a.given(), P21_in = a.given(), P11_ex = a.given(),
             P11_in = a.given(), P20 = a.given(), drive = a.given(), theta = a.given(),
             reset = a.given(), refractory_steps = a.given();
  const auto v = a.given(), ex = a.given(), in = a.given(), refractory = a.given();
  const auto excitatory = a.given(), inhibitory = a.given(), current = a.given();
  a.given();
  const auto spikes = a.given();
  const auto driven = a.of(Op::multiply_add, P20, current, drive);
  auto moved = a.of(Op::multiply, v, P22);
  a.put(Op::multiply_add, moved, ex, P21_ex, moved);
  a.put(Op::multiply_add, moved, in, P21_in, moved);
  a.put(Op::add, moved, moved, driven);
  a.put(Op::multiply_add, ex, ex, P11_ex, excitatory);
  a.put(Op::multiply_add, in, in, P11_in, inhibitory);
  const auto free = a.of(Op::equal, refractory, zero);
  a.put(Op::select, moved, free, moved, v);
  const auto fires = a.of(Op::less_or_equal, theta, moved);
  a.put(Op::select, v, fires, reset, moved);
  const auto less = a.of(Op::subtract, refractory, one);
  a.put(Op::select, less, free, refractory, less);
  a.put(Op::select, refractory, fires, refractory_steps, less);
  a.put(Op::to_number, spikes, fires);
  compiled::Code code = model_of(a, "compiled_iaf_psc_exp", coefficients,
                                 {"V_m", "I_syn_ex", "I_syn_in", "refractory"});
  code.receptors = {"spikes"};
  code.currents = {{.name = "I_stim"}};
  code.step = a.finish();
  return code;
}

inline compiled::Code compiled_iaf_cond_exp() {
  using Op = Assembler::Op;
  Assembler a({0, 1, 1e-3});
  const auto zero = a.constant(0), one = a.constant(1), error = a.constant(1e-3);
  const std::vector<std::string> coefficients = {
      "theta", "reset", "refractory_steps", "g_L",     "per_C", "E_ex",
      "E_in",  "E_L",   "rate_ex",          "rate_in", "I_e"};
  const auto theta = a.given(), reset = a.given(), refractory_steps = a.given(), g_L = a.given(),
             per_C = a.given(), E_ex = a.given(), E_in = a.given(), E_L = a.given(),
             rate_ex = a.given(), rate_in = a.given(), I_e = a.given();
  const auto v = a.given(), g_ex = a.given(), g_in = a.given(), refractory = a.given();
  a.given();  // sub-step
  const auto excitatory = a.given(), inhibitory = a.given(), current = a.given();
  a.given();
  const auto spikes = a.given();
  const auto all = a.of(Op::equal, zero, zero);
  const auto driven = a.of(Op::add, current, I_e);
  const auto held = a.of(Op::less, zero, refractory);
  a.put(Op::integrate, 0, all);
  a.put(Op::add, g_ex, g_ex, excitatory);
  a.put(Op::subtract, g_in, g_in, inhibitory);
  auto fires = a.of(Op::less_or_equal, theta, v);
  a.put(Op::without, fires, fires, held);
  const auto down = a.of(Op::either, held, fires);
  a.put(Op::select, v, down, reset, v);
  const auto less = a.of(Op::subtract, refractory, one);
  a.put(Op::select, less, held, less, refractory);
  a.put(Op::select, refractory, fires, refractory_steps, less);
  a.put(Op::to_number, spikes, fires);
  a.end_main();
  const auto above = a.of(Op::less, theta, v);
  auto u = a.of(Op::select, above, theta, v);
  a.put(Op::select, u, held, reset, u);
  const auto from_rest = a.of(Op::subtract, u, E_L);
  auto flow = a.of(Op::multiply, g_L, from_rest);
  a.put(Op::subtract, flow, driven, flow);
  const auto from_ex = a.of(Op::subtract, u, E_ex);
  a.put(Op::multiply, from_ex, g_ex, from_ex);
  a.put(Op::subtract, flow, flow, from_ex);
  const auto from_in = a.of(Op::subtract, u, E_in);
  a.put(Op::multiply, from_in, g_in, from_in);
  a.put(Op::subtract, flow, flow, from_in);
  a.put(Op::multiply, flow, flow, per_C);
  a.put(Op::select, flow, held, zero, flow);
  const auto slope_ex = a.of(Op::multiply, g_ex, rate_ex);
  const auto slope_in = a.of(Op::multiply, g_in, rate_in);
  compiled::Code code = model_of(a, "compiled_iaf_cond_exp", coefficients,
                                 {"V_m", "g_ex", "g_in", "refractory", "substep"});
  code.receptors = {"spikes"};
  code.currents = {{.name = "I_stim"}};
  code.step = a.finish();
  code.systems = {{.first = code.step.main,
                   .last = static_cast<int>(code.step.code.size()),
                   .values = {v, g_ex, g_in},
                   .slopes = {flow, slope_ex, slope_in},
                   .held = {},
                   .time = 0,
                   .absolute = error,
                   .relative = zero,
                   .substep = 4}};
  return code;
}

/// Has the neurons of a driver advanced by a compiled model with one receptor and one current.
class CompiledUpdate {
 public:
  CompiledUpdate(compiled::Code code, const simd::Kernels& level)
      : executable_(std::move(code)), interpreter_(compiled::interpreter(level)) {
    workspace_.prepare(executable_);
  }
  void operator()(const NeuronBlock& block) {
    const double* const rows[] = {block.excitatory, block.inhibitory};
    executable_.advance(block, rows, &block.current, workspace_, interpreter_);
  }

 private:
  compiled::Executable executable_;
  compiled::Workspace workspace_;
  const compiled::Interpreter& interpreter_;
};

}  // namespace tegmenta::testing
