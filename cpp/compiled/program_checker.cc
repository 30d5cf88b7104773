#include "compiled/program_checker.h"

#include "base/errors.h"
#include "compiled/check.h"
#include "compiled/effects.h"
#include "compiled/matrix_exponential.h"

namespace tegmenta::compiled {

void ProgramChecker::refuse(const std::string& what) const {
  const std::string part = part_.empty() ? "" : std::string(part_) + ": ";
  throw Error(ErrorKind::kBadProperty,
              "The code of the model " + model_.name + " cannot be run: " + part + what + ".",
              {{"model", model_.name}, {"what", part + what}});
}

void ProgramChecker::enter(const std::vector<DeclaredNumber>& list, bool hidden,
                           Names& names) const {
  for (const DeclaredNumber& declared : list) {
    if (declared.name.empty() && hidden) continue;
    require(!declared.name.empty(), "a parameter, internal or current has no name");
    if (!names.insert(declared.name).second) refuse("two numbers are named " + declared.name);
  }
}

void ProgramChecker::check_name_and_guards(std::size_t guarded) const {
  require(!model_.name.empty(), "it has no name");
  for (const Guard& guard : model_.guards) {
    require(guard.parameter >= 0 && static_cast<std::size_t>(guard.parameter) < guarded,
            "a guard is of no parameter");
  }
}

void ProgramChecker::check_operands(std::size_t operands) const {
  // So that no sum of them is beyond an int.
  require(operands < kMostOperands, "there are too many operands");
}

void ProgramChecker::check_instructions(std::size_t instructions) const {
  require(instructions <= kMostInstructions, "there are too many instructions");
}

void ProgramChecker::check_program(std::string_view part, const Program& program, std::size_t given,
                                   std::size_t results) {
  begin(part);
  const auto size = static_cast<int>(program.code.size());
  require(program.given >= 0 && static_cast<std::size_t>(program.given) == given,
          "it is given another number of operands");
  require(program.temporaries >= 0 && program.temporaries <= kMostOperands,
          "a number of temporaries is out of range");
  temporaries_ = static_cast<int>(model_.constants.size() + given);
  end_ = temporaries_ + program.temporaries;
  require(end_ <= kMostOperands, "there are too many operands");
  require(program.main >= 0 && program.main <= size, "its main part is longer than its code");
  require(is_step(program) || program.main == size, "code of systems is in the step only");
  require(program.results.size() == results, "it has another number of results");
  for (const std::uint16_t result : program.results) {
    require(result < end_, "a result is no operand");
  }
  for (const Instruction& i : program.code) check_instruction(program, i);
  check_jumps(program, 0, program.main);
  begin({});
}

bool ProgramChecker::is_of_step(Operation operation) {
  return operation == Operation::normal || operation == Operation::uniform ||
         operation == Operation::poisson || operation == Operation::integrate;
}

void ProgramChecker::check_instruction(const Program& program, const Instruction& i) const {
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
    const int operand = effects.writes.first + k;
    const bool may_write = operand < end_ && (operand >= temporaries_ ||
                                              (is_step(program) && may_write_given(operand)));
    if (!may_write) refuse(std::string(name_of(i.operation)) + " writes what it must not");
  }
  if (i.operation == Operation::integrate) {
    require(i.result < systems(), "integrate names no system");
  } else if (i.operation == Operation::fail) {
    require(i.result < model_.failures.size(), "fail names no text");
  }
  const bool draws = is_of_step(i.operation) && i.operation != Operation::integrate;
  if (is_of_step(i.operation) && !is_step(program) && !(draws && may_draw(program))) {
    refuse(std::string(name_of(i.operation)) + " is no operation but of the step");
  }
}

void ProgramChecker::check_jumps(const Program& program, int first, int last) const {
  for (int at = first; at < last; ++at) {
    const Instruction& i = program.code[static_cast<std::size_t>(at)];
    if (i.operation == Operation::skip_unless_any) {
      require(i.result <= last - at - 1, "a skip leaves the code");
    } else if (i.operation == Operation::loop_while_any) {
      require(i.result <= at - first, "a loop leaves the code");
    }
  }
}

}  // namespace tegmenta::compiled
