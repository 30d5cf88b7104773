#include "compiled/check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "compiled/effects.h"
#include "compiled/program_checker.h"

namespace tegmenta::compiled {

namespace {

class NeuronChecker : public ProgramChecker {
 public:
  explicit NeuronChecker(const Code& code) : ProgramChecker(code), code_(code) {}

  void check_all() {
    check_declared();
    check_sizes();
    const std::size_t given = code_.parameters.size() + 2;
    check_program("defaults", code_.defaults, 2, code_.parameters.size() + code_.states.size());
    check_program("guarding", code_.guarding, given, code_.guards.size());
    check_program("deriving", code_.deriving, given, code_.internals.size());
    check_program("setup", code_.setup, given, code_.setup.results.size());
    check_program(
        "step", code_.step,
        static_cast<std::size_t>(StepOperands(code_).temporaries) - code_.constants.size(), 0);
    for (const System& system : code_.systems) check_system(system);
  }

 private:
  bool is_step(const Program& program) const override { return &program == &code_.step; }
  bool may_write_given(int operand) const override {
    const StepOperands operands(code_);
    return (operand >= operands.states && operand < operands.rows) || operand == operands.spikes;
  }
  std::size_t systems() const override { return code_.systems.size(); }

  void check_declared() const {
    check_name_and_guards(code_.parameters.size());
    Names names;
    enter(code_.parameters, false, names);
    enter(code_.internals, false, names);
    enter(code_.states, true, names);
    names.clear();
    enter(code_.currents, false, names);
    names.clear();
    for (const std::string& receptor : code_.receptors) {
      if (!names.insert(receptor).second) refuse("two receptors are named " + receptor);
    }
    require(code_.numbered || code_.receptors.size() <= 1, "receptors have no numbers");
    require(code_.most_spikes >= 0 && code_.most_spikes <= 2, "a number of spikes is out of range");
  }

  void check_sizes() const {
    std::size_t instructions = 0;
    for (const Program* p : programs_of(code_)) instructions += p->code.size();
    check_instructions(instructions);
    require(code_.systems.size() <= kMostSystems, "there are too many systems");
    check_operands(code_.constants.size() + code_.setup.results.size() + code_.states.size() +
                   2 * code_.receptors.size() + code_.currents.size() + code_.parameters.size());
  }

  bool may_write(int operand) const {
    const StepOperands operands(code_);
    return operand < operands.end && (operand >= operands.temporaries || may_write_given(operand));
  }

  void check_system(const System& system) {
    begin("system");
    const Program& step = code_.step;
    const StepOperands operands(code_);
    require(system.first >= step.main && system.first <= system.last &&
                static_cast<std::size_t>(system.last) <= step.code.size(),
            "its code is not in the step");
    require(!system.values.empty() && system.values.size() == system.slopes.size(),
            "it has not as many slopes as values");
    require(system.columns.empty() || system.columns.size() == system.values.size(),
            "it has not as many columns as values");
    for (const std::uint16_t column : system.columns) {
      require(column < code_.states.size(), "a value is of no state");
    }
    std::set<int> values;
    for (const std::uint16_t value : system.values) {
      require(may_write(value) && value != operands.spikes, "a value must not be written");
      require(values.insert(value).second, "a value is there twice");
    }
    for (const std::uint16_t slope : system.slopes) {
      require(slope < operands.end, "a slope is no operand");
    }
    for (const std::uint16_t held : system.held) {
      require(held < operands.end, "what is held is no operand");
    }
    require(system.time < operands.end && system.absolute < operands.end &&
                system.relative < operands.end,
            "its time or error is no operand");
    require(system.substep >= 0 && system.substep < static_cast<int>(code_.states.size()) &&
                !values.contains(operands.states + system.substep),
            "its sub-step is no state of its own");
    check_jumps(step, system.first, system.last);
    for (int at = system.first; at < system.last; ++at) {
      check_slope(step.code[static_cast<std::size_t>(at)], system, values);
    }
    const SystemUse use = use_of(code_, system);
    require(use.stale.empty(), "an operand is read before it is written");
    begin({});
  }

  // What works out slopes does so as often as it is asked to, for any lanes.
  void check_slope(const Instruction& i, const System& system, const std::set<int>& values) const {
    if (is_of_step(i.operation) || i.operation == Operation::fail ||
        i.operation == Operation::matrix_exponential) {
      refuse(std::string(name_of(i.operation)) + " is no operation of a system");
    }
    const Effects effects = effects_of(i);
    for (int k = 0; k < effects.writes.count; ++k) {
      const int operand = effects.writes.first + k;
      require(operand >= first_temporary() && operand != system.time && !values.contains(operand),
              "its code writes what is given to it");
    }
  }

  const Code& code_;
};

}  // namespace

void check(const Code& code) { NeuronChecker(code).check_all(); }

}  // namespace tegmenta::compiled
