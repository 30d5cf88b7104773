#include <string>

#include "compiled/check.h"
#include "compiled/program_checker.h"

namespace tegmenta::compiled {

namespace {

class SynapseChecker : public ProgramChecker {
 public:
  explicit SynapseChecker(const SynapseCode& code) : ProgramChecker(code), code_(code) {}

  void check_all() {
    check_declared();
    check_sizes();
    const std::size_t parameters = code_.parameters.size(), states = code_.states.size();
    const std::size_t coefficients = code_.setup.results.size();
    const std::size_t given = coefficients + states + code_.inputs();
    check_program("defaults", code_.defaults, 2, parameters + states + 1);
    check_program("guarding", code_.guarding, parameters + 4, code_.guards.size());
    check_program("setup", code_.setup, parameters + 3, coefficients);
    check_program("update", code_.update, given, states);
    for (const Handler& handler : code_.handlers) {
      check_program("handler", handler.program, given,
                    states + (handler.cause == Cause::kPre ? 2 : 0));
    }
  }

 private:
  bool may_draw(const Program& program) const override {
    return &program != &code_.defaults && &program != &code_.guarding && &program != &code_.setup;
  }

  void check_declared() const {
    // Weight and delay may have guards, too.
    check_name_and_guards(code_.parameters.size() + 2);
    Names names;
    enter(code_.parameters, false, names);
    enter(code_.states, false, names);
    if (!code_.delay.empty() && !names.insert(code_.delay).second) {
      refuse("two numbers are named " + code_.delay);
    }
    require(!code_.states.empty(), "it has no weight");
    require(code_.homogeneous.size() == code_.parameters.size(),
            "it does not say of every parameter whether it is homogeneous");
    require(code_.of_target.size() == code_.states.size() && !code_.of_target.front(),
            "it does not say of every state where it is, or the weight is the target's");
    for (const std::string& variable : code_.post_variables) {
      require(!variable.empty(), "a variable of the target has no name");
    }
    require(code_.has(Cause::kPre), "it has no handler of presynaptic spikes");
    require(!code_.has(Cause::kModulator) || code_.modulator == ModulatorPort::kSpikes,
            "it has a handler of a modulator that it does not have");
  }

  void check_sizes() const {
    std::size_t instructions = code_.defaults.code.size() + code_.guarding.code.size() +
                               code_.setup.code.size() + code_.update.code.size();
    for (const Handler& handler : code_.handlers) instructions += handler.program.code.size();
    check_instructions(instructions);
    check_operands(code_.constants.size() + code_.setup.results.size() + code_.states.size() +
                   code_.inputs() + code_.parameters.size());
  }

  const SynapseCode& code_;
};

}  // namespace

void check(const SynapseCode& code) { SynapseChecker(code).check_all(); }

}  // namespace tegmenta::compiled
