// What must hold of the code of any model that is run: see check.h.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiled/code.h"

namespace tegmenta::compiled {

class ProgramChecker {
 public:
  explicit ProgramChecker(const ModelCode& code) : model_(code) {}
  virtual ~ProgramChecker() = default;
  ProgramChecker(const ProgramChecker&) = delete;
  ProgramChecker& operator=(const ProgramChecker&) = delete;

 protected:
  using Names = std::set<std::string_view>;

  /// Throws BadProperty, as all that follows does.
  [[noreturn]] void refuse(const std::string& what) const;
  void require(bool holds, const char* what) const {
    if (!holds) refuse(what);
  }

  /// Enters names, which must be new. hidden: there may be numbers without one.
  void enter(const std::vector<DeclaredNumber>& list, bool hidden, Names& names) const;
  /// guarded: how many numbers may have guards.
  void check_name_and_guards(std::size_t guarded) const;
  void check_operands(std::size_t operands) const;
  void check_instructions(std::size_t instructions) const;
  void check_program(std::string_view part, const Program& program, std::size_t given,
                     std::size_t results);
  void check_jumps(const Program& program, int first, int last) const;
  /// What messages say next.
  void begin(std::string_view part) { part_ = part; }

  static bool is_of_step(Operation operation);
  /// Of the program that was looked at last.
  int first_temporary() const { return temporaries_; }

 private:
  /// A program that advances neurons, and may write some of what it is given.
  virtual bool is_step(const Program&) const { return false; }
  virtual bool may_write_given(int) const { return false; }
  virtual std::size_t systems() const { return 0; }
  virtual bool may_draw(const Program&) const { return false; }

  void check_instruction(const Program& program, const Instruction& i) const;

  const ModelCode& model_;
  std::string_view part_;
  int temporaries_ = 0, end_ = 0;
};

}  // namespace tegmenta::compiled
