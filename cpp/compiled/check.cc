#include "compiled/check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "compiled/effects.h"
#include "compiled/matrix_exponential.h"

namespace tegmenta::compiled {

namespace {

class Checker {
 public:
  explicit Checker(const Code& code) : code_(code) {}

  void check_all() {
    check_declared();
    check_sizes();
    const int given = static_cast<int>(code_.parameters.size()) + 2;
    check_program("defaults", code_.defaults, 2, code_.parameters.size() + code_.states.size());
    check_program("guarding", code_.guarding, given, code_.guards.size());
    check_program("deriving", code_.deriving, given, code_.internals.size());
    check_program("setup", code_.setup, given, code_.setup.results.size());
    check_program("step", code_.step,
                  StepOperands(code_).temporaries - static_cast<int>(code_.constants.size()), 0);
    for (const System& system : code_.systems) check_system(system);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    const std::string part = part_.empty() ? "" : std::string(part_) + ": ";
    throw Error(ErrorKind::kBadProperty,
                "The code of the model " + code_.name + " cannot be run: " + part + what + ".",
                {{"model", code_.name}, {"what", part + what}});
  }
  void require(bool holds, const char* what) const {
    if (!holds) refuse(what);
  }

  void check_declared() const {
    require(!code_.name.empty(), "it has no name");
    std::set<std::string_view> names;
    const auto enter = [&](const std::vector<DeclaredNumber>& list, bool hidden) {
      for (const DeclaredNumber& declared : list) {
        if (declared.name.empty() && hidden) continue;
        require(!declared.name.empty(), "a parameter, internal or current has no name");
        if (!names.insert(declared.name).second) refuse("two numbers are named " + declared.name);
      }
    };
    enter(code_.parameters, false);
    enter(code_.internals, false);
    enter(code_.states, true);
    names.clear();
    enter(code_.currents, false);
    names.clear();
    for (const std::string& receptor : code_.receptors) {
      if (!names.insert(receptor).second) refuse("two receptors are named " + receptor);
    }
    require(code_.numbered || code_.receptors.size() <= 1, "receptors have no numbers");
    require(code_.most_spikes >= 0 && code_.most_spikes <= 2, "a number of spikes is out of range");
    for (const Guard& guard : code_.guards) {
      require(guard.parameter >= 0 &&
                  static_cast<std::size_t>(guard.parameter) < code_.parameters.size(),
              "a guard is of no parameter");
    }
  }

  void check_sizes() const {
    std::size_t instructions = 0;
    for (const Program* p : programs_of(code_)) {
      instructions += p->code.size();
    }
    require(instructions <= kMostInstructions, "there are too many instructions");
    require(code_.systems.size() <= kMostSystems, "there are too many systems");
    // So that no sum of them is beyond an int.
    const std::size_t operands = code_.constants.size() + code_.setup.results.size() +
                                 code_.states.size() + 2 * code_.receptors.size() +
                                 code_.currents.size() + code_.parameters.size();
    require(operands < kMostOperands, "there are too many operands");
  }

  void check_program(std::string_view part, const Program& program, int given,
                     std::size_t results) {
    part_ = part;
    const auto size = static_cast<int>(program.code.size());
    is_step_ = &program == &code_.step;
    require(program.given == given, "it is given another number of operands");
    require(program.temporaries >= 0 && program.temporaries <= kMostOperands,
            "a number of temporaries is out of range");
    temporaries_ = static_cast<int>(code_.constants.size()) + given;
    end_ = temporaries_ + program.temporaries;
    require(end_ <= kMostOperands, "there are too many operands");
    require(program.main >= 0 && program.main <= size, "its main part is longer than its code");
    require(is_step_ || program.main == size, "code of systems is in the step only");
    require(program.results.size() == results, "it has another number of results");
    for (const std::uint16_t result : program.results) {
      require(result < end_, "a result is no operand");
    }
    for (const Instruction& i : program.code) check_instruction(i);
    check_jumps(program, 0, program.main);
    part_ = {};
  }

  bool may_write(int operand) const {
    if (operand >= temporaries_ && operand < end_) return true;
    if (!is_step_) return false;
    const StepOperands operands(code_);
    return (operand >= operands.states && operand < operands.rows) || operand == operands.spikes;
  }

  void check_instruction(const Instruction& i) const {
    if (static_cast<int>(i.operation) >= kOperations) refuse("there is no such operation");
    if (i.operation == Operation::matrix_exponential) {
      require(i.b >= 1 && i.b <= kMostMatrixRows, "a matrix has too many rows, or none");
    }
    const Effects effects = effects_of(i);
    if (i.operation == Operation::load_at || i.operation == Operation::store_at) {
      require(i.c >= 1, "a vector has no elements");
    }
    for (const OperandRange& range : effects.reads) {
      if (range.first + range.count > end_) {
        refuse(std::string(name_of(i.operation)) + " reads what is no operand");
      }
    }
    for (int k = 0; k < effects.writes.count; ++k) {
      if (!may_write(effects.writes.first + k)) {
        refuse(std::string(name_of(i.operation)) + " writes what it must not");
      }
    }
    if (i.operation == Operation::integrate) {
      require(i.result < code_.systems.size(), "integrate names no system");
    } else if (i.operation == Operation::fail) {
      require(i.result < code_.failures.size(), "fail names no text");
    }
    if (!is_step_ && is_of_step(i.operation)) {
      refuse(std::string(name_of(i.operation)) + " is no operation but of the step");
    }
  }

  static bool is_of_step(Operation operation) {
    return operation == Operation::normal || operation == Operation::uniform ||
           operation == Operation::poisson || operation == Operation::integrate;
  }

  void check_jumps(const Program& program, int first, int last) const {
    for (int at = first; at < last; ++at) {
      const Instruction& i = program.code[static_cast<std::size_t>(at)];
      if (i.operation == Operation::skip_unless_any) {
        require(i.result <= last - at - 1, "a skip leaves the code");
      } else if (i.operation == Operation::loop_while_any) {
        require(i.result <= at - first, "a loop leaves the code");
      }
    }
  }

  void check_system(const System& system) {
    part_ = "system";
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
    part_ = {};
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
      require(operand >= temporaries_ && operand != system.time && !values.contains(operand),
              "its code writes what is given to it");
    }
  }

  const Code& code_;
  std::string_view part_;
  bool is_step_ = false;  // of the program that is looked at, as the next
  int temporaries_ = 0, end_ = 0;
};

}  // namespace

void check(const Code& code) { Checker(code).check_all(); }

}  // namespace tegmenta::compiled
