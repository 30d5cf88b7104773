// Models as a compiler of texts could have made them, put together by hand.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "compiled/code.h"

namespace tegmenta::testing {

using compiled::Code;
using Operand = std::uint16_t;

/// Writes one of the programs of a code whose constants are known.
class ProgramWriter {
 public:
  ProgramWriter(Code& code, compiled::Program Code::* program, int given)
      : ProgramWriter(code, code.*program, given) {}
  ProgramWriter(const compiled::ModelCode& code, compiled::Program& program, int given);

  /// One of the code's constants.
  Operand constant(double value) const;
  Operand given(int k) const;
  Operand temporary();
  Operand operator()(compiled::Operation operation, Operand a, Operand b = 0, Operand c = 0);
  void into(Operand result, compiled::Operation operation, Operand a, Operand b = 0, Operand c = 0);
  void result(Operand operand) { program_.results.push_back(operand); }
  /// What is written from here on belongs to systems. Returns where that is.
  int begin_system();
  int end() const { return static_cast<int>(program_.code.size()); }

 private:
  const compiled::ModelCode& code_;
  compiled::Program& program_;
  bool in_systems_ = false;
};

/// The operands of the step, in their order.
class StepWriter : public ProgramWriter {
 public:
  explicit StepWriter(Code& code);

  Operand coefficient(int k) const { return given(k); }
  Operand state(int k) const { return given(coefficients_ + k); }
  /// Weights > 0 of a receptor, and others.
  Operand positive(int receptor) const { return given(coefficients_ + states_ + 2 * receptor); }
  Operand other(int receptor) const { return given(coefficients_ + states_ + 2 * receptor + 1); }
  Operand current(int k) const { return given(coefficients_ + states_ + 2 * receptors_ + k); }
  Operand time() const { return current(currents_); }
  Operand spikes() const { return current(currents_ + 1); }

 private:
  int coefficients_, states_, receptors_, currents_;
};

/// Defaults that are constants: of parameters, then of states.
void set_defaults(Code& code, std::initializer_list<double> values);

/// Fires each `every` steps; n counts them, `twice` is 2 n, and a column that nobody sees, which
/// begins at 1, makes the first time a step shorter. `on` false: it does not count.
Code counter_code(const std::string& name = "counter");

/// iaf_psc_exp_neuron with E_L = V_reset = 0, whose parameters it has but for these two, but for
/// V_th > 0.
Code leaky_code();

/// Ports `exc`, `inh` and `both`, numbered, and two currents; states add up what has come: of each
/// port weights > 0 (p0, p1, p2) and others (n0, n1, n2), and the currents (c0, c1).
Code adder_code(const std::string& name = "adder");

/// One receptor without a number, and none of currents: p and n as in adder_code().
Code plain_adder_code();

/// x' = −x / tau, which a solver advances; what arrives adds to x. Fires a step behind each of
/// `first` and fails with a text where x > `most`.
Code decaying_code();

}  // namespace tegmenta::testing
