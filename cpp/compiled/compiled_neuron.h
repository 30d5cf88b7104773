// A neuron model that is made of a text: what it declares, and its programs in the form that the
// engine knows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/held.h"
#include "base/time_grid.h"
#include "compiled/code.h"
#include "compiled/executable.h"
#include "compiled/saved_code.h"
#include "models/neuron_model.h"

namespace tegmenta {

class CompiledNeuron final : public NeuronModel {
 public:
  /// Its defaults are those on that grid. `ordinal` tells it from others of its kernel.
  /// Throws BadProperty where the code does not fit together, or says what no model can.
  CompiledNeuron(compiled::Code code, std::uint32_t ordinal, const TimeGrid& grid);
  /// Throws BadProperty.
  explicit CompiledNeuron(const SavedCode& saved);

  std::uint32_t ordinal() const { return ordinal_; }
  SavedCode saved() const;
  std::string base() const override;

  void check(const double* p, const TimeGrid& grid) const override;
  void derive(const double* p, const TimeGrid& grid, double* numbers) const override;
  void calibrate(const double* p, const TimeGrid& grid, double* c) const override;
  void calibrate_tile(const double* p, std::size_t n, const TimeGrid& grid,
                      double* const* c) const override;
  void set_defaults(const TimeGrid& grid, double* p, double* s) const override;
  void initialise(const TimeGrid& grid, double* const* columns, std::size_t lanes) const override;
  Error failed(const NeuronBlock& block, const NeuronFailure& failure,
               double time_ms) const override;

  /// What programs of this model need to run, and of a step all that they are given.
  const compiled::Executable& executable() const { return executable_; }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("code", self.saved());
  }

 private:
  void declare_parameters(const std::vector<double>& defaults);
  void declare_states(const std::vector<double>& defaults);
  void declare_derived(const std::vector<double>& defaults);
  void declare_receptors();
  void require_names() const;
  bool declares(const std::string& wanted) const;
  const compiled::Code& code() const { return executable_.code(); }
  /// Values of the parameters, then of all state columns.
  std::vector<double> defaults_at(const TimeGrid& grid) const;
  /// What programs are given that also depend on the resolution.
  std::vector<double> given_on(const TimeGrid& grid, const double* p) const;
  /// Runs a program for one neuron. Throws where it says that there can be no such neuron.
  void run(compiled::Part part, const double* given, double* results) const;
  void check_values(const double* p, const double* s, const TimeGrid& grid) const;

  compiled::Executable executable_;
  std::uint32_t ordinal_;
  TimeGrid grid_;  // of the defaults
};

}  // namespace tegmenta
