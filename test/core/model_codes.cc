#include "model_codes.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tegmenta::testing {

using compiled::DeclaredNumber;
using compiled::NumberKind;
using compiled::Operation;
using compiled::Program;

ProgramWriter::ProgramWriter(const compiled::ModelCode& code, Program& program, int given)
    : code_(code), program_(program) {
  program_ = {};
  program_.given = given;
}

Operand ProgramWriter::constant(double value) const {
  const auto& all = code_.constants;
  const auto found = std::find(all.begin(), all.end(), value);
  if (found == all.end()) throw std::invalid_argument("no such constant");
  return static_cast<Operand>(found - all.begin());
}

Operand ProgramWriter::given(int k) const {
  return static_cast<Operand>(code_.constants.size() + static_cast<std::size_t>(k));
}

Operand ProgramWriter::temporary() { return given(program_.given + program_.temporaries++); }

Operand ProgramWriter::operator()(Operation operation, Operand a, Operand b, Operand c) {
  const Operand made = temporary();
  into(made, operation, a, b, c);
  return made;
}

void ProgramWriter::into(Operand result, Operation operation, Operand a, Operand b, Operand c) {
  program_.code.push_back({operation, result, a, b, c});
  if (!in_systems_) program_.main = end();
}

int ProgramWriter::begin_system() {
  in_systems_ = true;
  return end();
}

StepWriter::StepWriter(Code& code)
    : ProgramWriter(code, &Code::step,
                    static_cast<int>(code.setup.results.size() + code.states.size() +
                                     2 * code.receptors.size() + code.currents.size() + 2)),
      coefficients_(static_cast<int>(code.setup.results.size())),
      states_(static_cast<int>(code.states.size())),
      receptors_(static_cast<int>(code.receptors.size())),
      currents_(static_cast<int>(code.currents.size())) {}

void set_defaults(Code& code, std::initializer_list<double> values) {
  ProgramWriter defaults(code, &Code::defaults, 2);
  for (const double value : values) defaults.result(defaults.constant(value));
}

namespace {

int parameter_count(const Code& code) { return static_cast<int>(code.parameters.size()); }

/// Coefficients that are the parameters.
void set_up_parameters(Code& code) {
  ProgramWriter setup(code, &Code::setup, parameter_count(code) + 2);
  for (int k = 0; k < parameter_count(code); ++k) setup.result(setup.given(k));
}

void without_guards_and_internals(Code& code) {
  ProgramWriter(code, &Code::guarding, parameter_count(code) + 2);
  ProgramWriter(code, &Code::deriving, parameter_count(code) + 2);
}

}  // namespace

Code counter_code(const std::string& name) {
  Code code;
  code.name = name;
  code.text = "model counter:\n    # counts\n";
  code.parameters = {{"every", "", "Steps between spikes.", NumberKind::kInteger, false},
                     {"on", "", "Whether it counts.", NumberKind::kBoolean, false}};
  code.states = {{"n", "", "Steps so far.", NumberKind::kInteger, false},
                 {"", "", "", NumberKind::kReal, false},
                 {"twice", "", "Twice as many.", NumberKind::kReal, true},
                 {"counts", "", "Whether it has counted.", NumberKind::kBoolean, false}};
  code.receptors = {"spikes"};
  code.constants = {0, 1, 2, 10};
  set_defaults(code, {10, 1, 0, 1, 0, 0});
  without_guards_and_internals(code);
  set_up_parameters(code);
  StepWriter step(code);
  using enum Operation;
  const Operand on = step(to_mask, step.coefficient(1));
  const Operand more = step(add, step.state(0), step.state(1));
  const Operand next = step(add, more, step.constant(1));
  const Operand counted = step(select, on, next, step.state(0));
  const Operand fires = step(less_or_equal, step.coefficient(0), counted);
  step.into(step.spikes(), to_number, fires);
  step.into(step.state(0), select, fires, step.constant(0), counted);
  step.into(step.state(1), copy, step.constant(0));
  step.into(step.state(2), multiply, step.state(0), step.constant(2));
  step.into(step.state(3), to_number, on);
  return code;
}

Code leaky_code() {
  Code code;
  code.name = "leaky";
  code.text = "model leaky:\n";
  const auto real = [](const char* is, const char* unit) {
    return DeclaredNumber{is, unit, "", NumberKind::kReal, false};
  };
  code.parameters = {real("tau_m", "ms"),      real("C_m", "pF"),  real("refr_T", "ms"),
                     real("I_e", "pA"),        real("V_th", "mV"), real("tau_syn_exc", "ms"),
                     real("tau_syn_inh", "ms")};
  code.states = {real("V_m", "mV"), real("I_syn_exc", "pA"), real("I_syn_inh", "pA"),
                 real("refr_t", "ms")};
  code.receptors = {"spikes"};
  code.currents = {real("I_stim", "pA")};
  code.constants = {0, 1, 2, 3, 10, 15, 250};
  set_defaults(code, {10, 250, 2, 0, 15, 2, 3, 0, 0, 0, 0});
  code.guards = {{4, "V_th > 0 mV"}, {0, "tau_m != tau_syn_exc"}};
  using enum Operation;
  ProgramWriter guarding(code, &Code::guarding, 9);
  guarding.result(guarding(to_number, guarding(less, guarding.constant(0), guarding.given(4))));
  guarding.result(guarding(to_number, guarding(not_equal, guarding.given(0), guarding.given(5))));

  code.internals = {real("per_tau_m", "1/ms"), real("h", "ms")};
  ProgramWriter deriving(code, &Code::deriving, 9);
  deriving.result(deriving(divide, deriving.constant(1), deriving.given(0)));
  deriving.result(deriving.given(7));

  ProgramWriter setup(code, &Code::setup, 9);
  const Operand tau_m = setup.given(0), C_m = setup.given(1), one = setup.constant(1);
  const Operand h = setup.given(7), minus_h = setup(negate, h);
  const Operand P22 = setup(exponential, setup(divide, minus_h, tau_m));
  const auto to_potential = [&](Operand tau) {
    const Operand apart = setup(subtract, tau_m, tau), product = setup(multiply, tau, tau_m);
    const Operand inverse_beta = setup(divide, apart, setup(multiply, tau, tau_m));
    const Operand gamma = setup(divide, setup(divide, product, apart), C_m);
    const Operand decay = setup(exponential, setup(multiply, minus_h, setup(divide, one, tau)));
    return setup(multiply, setup(multiply, gamma, decay),
                 setup(exponential_minus_1, setup(multiply, h, inverse_beta)));
  };
  const Operand exc = setup.given(5), inh = setup.given(6);
  const Operand P20 = setup(multiply, setup(divide, tau_m, C_m), setup(subtract, one, P22));
  for (const Operand coefficient :
       {P22, to_potential(exc), to_potential(inh), setup(exponential, setup(divide, minus_h, exc)),
        setup(exponential, setup(divide, minus_h, inh)), P20, setup(multiply, P20, setup.given(3)),
        setup.given(4), h, setup.given(2)}) {
    setup.result(coefficient);
  }

  StepWriter step(code);
  const auto c = [&](int k) { return step.coefficient(k); };
  const Operand v = step.state(0), I_exc = step.state(1), I_inh = step.state(2);
  const Operand refractory = step.state(3), zero = step.constant(0);
  const Operand drive = step(multiply_add, c(5), step.current(0), c(6));
  const Operand driven = step(multiply_add, I_exc, c(1), step(multiply, v, c(0)));
  const Operand pulled = step(subtract, driven, step(multiply, I_inh, c(2)));
  const Operand held = step(less, zero, refractory);
  const Operand moved = step(select, held, v, step(add, pulled, drive));
  step.into(I_exc, multiply_add, I_exc, c(3), step.positive(0));
  step.into(I_inh, subtract, step(multiply, I_inh, c(4)), step.other(0));
  const Operand left = step(select, held, step(subtract, refractory, c(8)), refractory);
  const Operand fires =
      step(both, step(less_or_equal, c(7), moved), step(less_or_equal, left, zero));
  step.into(step.spikes(), to_number, fires);
  step.into(v, select, fires, zero, moved);
  step.into(refractory, select, fires, c(9), left);
  return code;
}

namespace {

Code adder(const std::string& name, int receptors, int currents) {
  Code code;
  code.name = name;
  code.text = "model adder:\n";
  const auto real = [](const std::string& is) {
    return DeclaredNumber{is, "", "", NumberKind::kReal, false};
  };
  const bool numbered = receptors > 1;
  for (const char* sign : {"p", "n"}) {
    for (int r = 0; r < receptors; ++r) {
      std::string own = sign;
      if (numbered) own += std::to_string(r);
      code.states.push_back(real(own));
    }
  }
  for (int k = 0; k < currents; ++k) {
    code.states.push_back(real(k == 0 ? "c0" : "c1"));
    code.currents.push_back({k == 0 ? "I_0" : "I_1", "pA", "", NumberKind::kReal, false});
  }
  const char* const names[] = {"exc", "inh", "both"};
  for (int r = 0; r < receptors; ++r) code.receptors.emplace_back(names[r]);
  code.numbered = numbered;
  code.most_spikes = 0;
  code.constants = {0};
  ProgramWriter defaults(code, &Code::defaults, 2);
  for (std::size_t k = 0; k < code.states.size(); ++k) defaults.result(defaults.constant(0));
  without_guards_and_internals(code);
  set_up_parameters(code);
  StepWriter step(code);
  const auto add = [&](int state, Operand arrived) {
    step.into(step.state(state), Operation::add, step.state(state), arrived);
  };
  for (int r = 0; r < receptors; ++r) {
    add(r, step.positive(r));
    add(receptors + r, step.other(r));
  }
  for (int k = 0; k < currents; ++k) add(2 * receptors + k, step.current(k));
  return code;
}

}  // namespace

Code adder_code(const std::string& name) { return adder(name, 3, 2); }

Code plain_adder_code() { return adder("plain_adder", 1, 0); }

Code decaying_code() {
  Code code;
  code.name = "decaying";
  code.text = "model decaying:\n";
  code.parameters = {{"tau", "ms", "", NumberKind::kReal, false},
                     {"most", "", "", NumberKind::kReal, false}};
  code.states = {{"x", "", "", NumberKind::kReal, false}, {"", "", "", NumberKind::kReal, false}};
  code.receptors = {"spikes"};
  code.constants = {0, 1, 5, 100, 1e-6};
  code.failures = {"x is more than it can be."};
  set_defaults(code, {5, 100, 1, 0});
  without_guards_and_internals(code);
  set_up_parameters(code);
  using enum Operation;
  StepWriter step(code);
  const Operand x = step.state(0), always = step(equal, step.constant(0), step.constant(0));
  step.into(0, integrate, always);
  step.into(x, add, x, step.positive(0));
  step.into(0, fail, step(less, step.coefficient(1), x));
  step.into(step.spikes(), to_number, step(less, step.constant(5), x));
  const Operand time = step.temporary(), slope = step.temporary();
  const int first = step.begin_system();
  step.into(slope, divide, step(negate, x), step.coefficient(0));
  code.systems = {{.first = first,
                   .last = step.end(),
                   .values = {x},
                   .slopes = {slope},
                   .held = {},
                   .time = time,
                   .absolute = step.constant(1e-6),
                   .relative = step.constant(1e-6),
                   .substep = 1}};
  return code;
}

}  // namespace tegmenta::testing
