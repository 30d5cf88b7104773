// A synapse model that is made of a text: what it declares, and its programs in the form that the
// engine knows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/aligned.h"
#include "base/held.h"
#include "base/time_grid.h"
#include "compiled/runner.h"
#include "compiled/saved_code.h"
#include "compiled/synapse_code.h"
#include "models/synapses/rule.h"

namespace tegmenta {

/// A program of a synapse, and what is to be known of it when it is run.
struct SynapseProgram {
  const compiled::Program* code = nullptr;
  /// What it is given of inputs, by their numbers.
  std::vector<std::uint16_t> inputs;
  /// States that it changes, and the operands in which the new values are.
  struct Change {
    std::uint16_t state, operand;
  };
  std::vector<Change> changes;
  /// Some new value is another state's old one.
  bool crosses = false;
  bool draws = false;
};

/// Of a spike of some cause.
struct SynapseHandler : SynapseProgram {
  compiled::Cause cause = compiled::Cause::kPre;
  std::uint16_t sent = 0, emitted = 0;  // operands, of kPre
};

class CompiledSynapse final : public SynapseModel {
 public:
  /// Its defaults are those on that grid. `ordinal` tells it from others of its kernel.
  /// Throws BadProperty where the code does not fit together, or says what no model can.
  CompiledSynapse(compiled::SynapseCode code, std::uint32_t ordinal, const TimeGrid& grid);
  /// Throws BadProperty.
  explicit CompiledSynapse(const SavedCode& saved);
  CompiledSynapse(const CompiledSynapse&) = delete;
  CompiledSynapse& operator=(const CompiledSynapse&) = delete;

  std::uint32_t ordinal() const { return ordinal_; }
  SavedCode saved() const;

  /// Defaults of its parameters on a grid. Throws BadProperty.
  ModelValues defaults_on(const TimeGrid& grid) const;
  /// Throws BadProperty where a guard refuses values.
  void check_guards(const GivenSynapse& given) const;

  const compiled::SynapseCode& code() const { return code_; }
  const compiled::Runner& runner() const { return runner_; }
  const SynapseProgram& update() const { return update_; }
  /// In the order in which they are run at one time.
  const std::vector<SynapseHandler>& handlers() const { return handlers_; }
  std::size_t coefficients() const { return code_.setup.results.size(); }
  /// Columns: parameters, then states without the weight.
  std::size_t parameter_count() const { return code_.parameters.size(); }
  std::size_t state_count() const { return code_.states.size(); }
  bool hears_posts() const { return hears_posts_; }
  std::size_t most_temporaries() const { return most_temporaries_; }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("code", self.saved());
  }

 private:
  void declare_all(const std::vector<double>& defaults);
  void require_names() const;
  void prepare_programs();
  SynapseProgram prepared(const compiled::Program& program) const;
  /// Parameters, states, delay.
  std::vector<double> results_on(const TimeGrid& grid) const;
  ModelValues values_of(const std::vector<double>& results) const;
  void run(const compiled::Program& program, const double* given, double* results) const;

  compiled::SynapseCode code_;
  compiled::Runner runner_;
  std::uint32_t ordinal_;
  TimeGrid grid_;  // of the defaults
  SynapseProgram update_;
  std::vector<SynapseHandler> handlers_;
  std::size_t most_temporaries_ = 0;
  bool hears_posts_ = false;
};

}  // namespace tegmenta
