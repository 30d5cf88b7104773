#include "synapse_codes.h"

#include <initializer_list>

#include "model_codes.h"

namespace tegmenta::testing {

using compiled::Cause;
using compiled::DeclaredNumber;
using compiled::Handler;
using compiled::ModulatorPort;
using compiled::NumberKind;
using compiled::Program;

namespace {

DeclaredNumber real_number(const char* name, const char* unit = "") {
  return {name, unit, "", NumberKind::kReal, false};
}

/// The operands of what time and spikes do.
class EventWriter : public ProgramWriter {
 public:
  EventWriter(const SynapseCode& code, Program& program)
      : ProgramWriter(
            code, program,
            static_cast<int>(code.setup.results.size() + code.states.size() + code.inputs())),
        coefficients_(static_cast<int>(code.setup.results.size())),
        states_(static_cast<int>(code.states.size())) {}

  Operand coefficient(int k) const { return given(k); }
  Operand state(int k) const { return given(coefficients_ + k); }
  Operand variable(int k) const { return given(coefficients_ + states_ + 2 + k); }
  Operand reward(int variables) const { return variable(variables); }
  void results(std::initializer_list<Operand> operands) {
    for (const Operand operand : operands) result(operand);
  }

 private:
  int coefficients_, states_;
};

int parameter_count(const SynapseCode& code) { return static_cast<int>(code.parameters.size()); }

/// Defaults of parameters, states and the delay; coefficients that are the parameters come first.
ProgramWriter begin_synapse(SynapseCode& code, std::initializer_list<double> defaults) {
  code.homogeneous.resize(code.parameters.size());
  code.of_target.resize(code.states.size());
  ProgramWriter written(code, code.defaults, 2);
  for (const double value : defaults) written.result(written.constant(value));
  ProgramWriter(code, code.guarding, parameter_count(code) + 4);
  ProgramWriter setup(code, code.setup, parameter_count(code) + 3);
  for (int k = 0; k < parameter_count(code); ++k) setup.result(setup.given(k));
  return setup;
}

Program& add_handler(SynapseCode& code, Cause cause, int priority) {
  code.handlers.push_back({cause, priority, {}});
  return code.handlers.back().program;
}

}  // namespace

SynapseCode pairing_code(const std::string& name, ModulatorPort modulator) {
  using enum compiled::Operation;
  SynapseCode code;
  code.name = name;
  code.text = "model pairing:\n";
  code.parameters = {real_number("tau", "ms"), real_number("gain"), real_number("A")};
  code.states = {real_number("w"), real_number("c"), real_number("pre"), real_number("post")};
  code.delay = std::string("d");
  code.modulator = modulator;
  code.constants = {0, 1, 0.5, 20};
  ProgramWriter setup = begin_synapse(code, {20, 0.5, 1, 1, 0, 0, 0, 1});
  code.homogeneous[2] = code.of_target[3] = true;
  setup.result(setup(exponential, setup(negate, setup(divide, setup.given(5), setup.given(0)))));
  {
    EventWriter update(code, code.update);
    const Operand decay = update.coefficient(3);
    const Operand w = modulator == ModulatorPort::kReward
                          ? update(multiply_add, update.state(1), update.reward(0), update.state(0))
                          : update.state(0);
    update.results({w, update(multiply, update.state(1), decay),
                    update(multiply, update.state(2), decay),
                    update(multiply, update.state(3), decay)});
  }
  if (modulator == ModulatorPort::kSpikes) {
    EventWriter pulse(code, add_handler(code, Cause::kModulator, -1));
    pulse.results({pulse(add, pulse.state(0), pulse.state(1)), pulse.state(1), pulse.state(2),
                   pulse.state(3)});
  }
  {
    EventWriter post(code, add_handler(code, Cause::kPost, -2));
    post.results({post.state(0),
                  post(multiply_add, post.coefficient(1), post.state(2), post.state(1)),
                  post.state(2), post(add, post.state(3), post.constant(1))});
  }
  EventWriter pre(code, add_handler(code, Cause::kPre, -3));
  const Operand down = pre(negate, pre.coefficient(2));
  pre.results({pre.state(0), pre(multiply_add, down, pre.state(3), pre.state(1)),
               pre(add, pre.state(2), pre.constant(1)), pre.state(3),
               pre(greatest, pre.constant(0), pre.state(0)), pre.constant(1)});
  return code;
}

SynapseCode voltage_code() {
  using enum compiled::Operation;
  SynapseCode code;
  code.name = std::string("voltage");
  code.text = "model voltage:\n";
  code.parameters = {real_number("gain")};
  code.states = {real_number("weight")};
  code.post_variables = {"V_m"};
  code.constants = {1, 0.01};
  begin_synapse(code, {0.01, 1, 1});
  {
    EventWriter update(code, code.update);
    update.results({update.state(0)});
  }
  {
    EventWriter post(code, add_handler(code, Cause::kPost, 0));
    post.results({post(multiply_add, post.coefficient(0), post.variable(0), post.state(0))});
  }
  EventWriter pre(code, add_handler(code, Cause::kPre, 0));
  pre.results({pre.state(0), pre.state(0), pre.constant(1)});
  return code;
}

SynapseCode chance_code() {
  using enum compiled::Operation;
  SynapseCode code;
  code.name = "chance";
  code.text = "model chance:\n";
  code.parameters = {real_number("p")};
  code.states = {real_number("w"), real_number("sent")};
  code.constants = {0, 1, 0.5};
  begin_synapse(code, {0.5, 1, 0, 1});
  {
    EventWriter update(code, code.update);
    update.results({update.state(0), update.state(1)});
  }
  EventWriter pre(code, add_handler(code, Cause::kPre, 0));
  const Operand drawn = pre(uniform, pre.constant(0), 0);
  const Operand emits = pre(less, drawn, pre.coefficient(0));
  const Operand count = pre(to_number, emits);
  pre.results({pre.state(0), pre(add, pre.state(1), count),
               pre(select, emits, pre.state(0), pre.constant(0)), count});
  return code;
}

}  // namespace tegmenta::testing
