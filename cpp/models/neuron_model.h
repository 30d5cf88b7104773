// What a neuron model is to the engine: a declaration, checks, coefficients derived from its
// parameters, and an update of a block of neurons over several steps.
//
// Models are structs in files of their own (neurons/common.h); NeuronOf (neuron_of.h) makes a
// NeuronModel of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/time_grid.h"
#include "models/declaration.h"
#include "simd/neuron_block.h"

namespace tegmenta {

/// The names of what tells the numbers of ports, and of receptors of currents, by their names.
inline constexpr const char* kReceptorTypes = "receptor_types";
inline constexpr const char* kContinuousInputs = "continuous_inputs";

struct NeuronKernels;

/// A state variable: a column of the population, shown to users under a name.
struct StateDeclaration {
  std::string name;
  std::string unit;
  double default_value = 0;  // as users see it
  int column = 0;
  /// Users see column + parameter[offset_parameter] (voltages kept relative to E_L); -1: none.
  int offset_parameter = -1;
  /// The column stays when that parameter is changed (an excess over it); else what users see does.
  bool moves_with_parameter = false;
  Range range;
  std::string description;
  bool in_steps = false;     // shown as column · resolution (t_ref_remaining)
  bool of_receptor = false;  // its number is in the name
  ParameterType type = ParameterType::kDouble;
  bool read_only = false;  // worked out of others in each step

  ParameterDeclaration declaration() const;
};

class NeuronModel {
 public:
  virtual ~NeuronModel() = default;

  const std::string& name() const { return name_; }
  /// What it is saved as: its name, where this tells it from all others.
  virtual std::string base() const { return name_; }

  std::string summary;
  std::string source;
  std::string equations;
  /// All numeric (double, int, bool), one value a neuron or one for all.
  std::vector<ParameterDeclaration> parameters;
  /// Numbers that follow from the parameters: users read them, and set none.
  std::vector<ParameterDeclaration> derived;
  /// Random numbers are named by what they are drawn for: so many parameters, then the states, then
  /// the other parameters.
  int drawn_first = 0;
  /// Those that NEST records, in its order, then others.
  std::vector<StateDeclaration> states;
  int state_columns = 0;  // ≥ number of states; further columns start at 0
  /// Those that the vectorised update changes: the first so many, or all.
  std::optional<int> vector_columns;
  int coefficients = 0;
  /// Emits several spikes a step, or counts its input without weights (parrot_neuron).
  bool has_multiplicity = false;
  bool counts_input = false;
  /// The receptors of currents; of built-in models the second one filters (iaf_psc_exp).
  int currents = 1;
  /// Its spikes are given (spike_times, a list a neuron) instead of computed.
  bool has_spike_times = false;
  /// Shows the calcium concentration that all neurons have; a text can use its name for another.
  bool has_calcium = true;
  /// An adaptive solver advances it, in vectors only.
  bool has_solver = false;
  /// Spikes can reach it.
  bool takes_spikes = true;
  /// Receptor ports; 0: it has none. Those of what users see and of columns are the last ones.
  int ports = 0;
  /// Ports take weights of both signs, each sign by itself; else they are conductances.
  bool signed_ports = false;
  /// Where ports, or receptors of currents, have names: in the order of their numbers; several of
  /// one with '/' between.
  std::vector<std::string> port_names, current_names;
  /// What each port has, given as an array with a value a port. The values of a neuron follow those
  /// of `parameters`: of the first for all ports, then of the next.
  std::vector<ParameterDeclaration> port_parameters;

  bool has_conductance_ports() const { return ports > 0 && !signed_ports; }
  /// Rows of what arrives through synapses in a step: what is positive and the rest, or one a port.
  int input_rows() const {
    if (ports == 0) return 2;
    return signed_ports ? 2 * ports : ports;
  }

  /// Position among the states, −1 when there is none of that name.
  int find_state(const std::string& state) const;
  /// Values of a neuron, those of ports included.
  std::size_t parameter_columns() const {
    return parameters.size() + port_parameters.size() * static_cast<std::size_t>(ports);
  }
  std::size_t port_column(std::size_t parameter, int port) const {
    return parameters.size() + parameter * static_cast<std::size_t>(ports) +
           static_cast<std::size_t>(port);
  }
  /// The same model with so many ports, where it has any; outlives all networks.
  virtual const NeuronModel& with_ports(int n) const {
    (void)n;
    return *this;
  }
  /// With the ports that make so many values of a neuron; null where no number of them does.
  const NeuronModel* with_columns(std::size_t n) const;
  /// The ports that there can be: their channels are bytes, of which other nodes use some.
  static constexpr int kMostPorts = 250;
  /// Its states change at its own events alone (what arrives, its spikes), and are brought to
  /// another time where somebody asks for them or changes them.
  bool changes_at_events = false;
  /// It does nothing in steps in which nothing arrives and next_due() has not come: its update need
  /// not be called then.
  bool knows_when_due = false;

  /// Checks between parameters (V_reset < V_th …); single ranges are checked by the declaration.
  /// p: parameter values of one neuron. Throws BadProperty.
  virtual void check(const double* p, const TimeGrid& grid) const { (void)p, (void)grid; }

  /// The derived numbers of one neuron from its parameters.
  virtual void derive(const double* p, const TimeGrid& grid, double* numbers) const {
    (void)p, (void)grid, (void)numbers;
  }

  /// Coefficients of one neuron from its parameters.
  virtual void calibrate(const double* p, const TimeGrid& grid, double* c) const = 0;

  /// Several neurons are calibrated together, because that takes less time.
  bool calibrates_tiles = false;
  static constexpr std::size_t kCalibrated = 64;
  /// Of n ≤ kCalibrated neurons. p: parameter_columns() of each, one neuron after the other; c: of
  /// each coefficient, a number a neuron.
  virtual void calibrate_tile(const double* p, std::size_t n, const TimeGrid& grid,
                              double* const* c) const {
    (void)p, (void)n, (void)grid, (void)c;
  }

  /// Defaults that depend on the resolution become those of a grid. p, s: of parameters, and of
  /// states as users see them. Throws BadProperty where the model does not allow these.
  virtual void set_defaults(const TimeGrid& grid, double* p, double* s) const {
    (void)grid, (void)p, (void)s;
  }

  /// Called for neurons that are made: values of columns that are not declared states.
  virtual void initialise(const TimeGrid& grid, double* const* columns, std::size_t lanes) const {
    (void)grid, (void)columns, (void)lanes;
  }

  /// True when these parameters need update_scalar instead of the vector kernel.
  virtual bool needs_scalar(const double* p) const {
    (void)p;
    return vector_kernel == nullptr;
  }
  /// One neuron at a time; for models without a vector kernel, and for rare options.
  virtual void update_scalar(const NeuronBlock& block) const { (void)block; }

  /// The first stamp after a block's steps at which one of its neurons can do something without
  /// input.
  virtual std::int64_t next_due(const NeuronBlock& block) const {
    (void)block;
    return 0;
  }

  /// A state column that begins anew, at 0, whenever this parameter is set; -1: none.
  virtual int begun_anew_by(int parameter) const {
    (void)parameter;
    return -1;
  }

  /// Where states change at a neuron's own events alone: makes `states`, all columns of one neuron,
  /// what they are at `now`.
  virtual void bring(const double* p, const TimeGrid& grid, std::int64_t now,
                     double* states) const {
    (void)p, (void)grid, (void)now, (void)states;
  }

  /// The error to throw after an update that stopped, or left a state that is not finite:
  /// SolverFailure, or NumericalInstability, with model, node and time_ms.
  virtual Error failed(const NeuronBlock& block, const NeuronFailure& failure,
                       double time_ms) const;

  /// The vector update in the tables of neuron_kernels.h; null when there is none.
  NeuronUpdate NeuronKernels::* vector_kernel = nullptr;

  /// The end of texts about equations that were not solved.
  static constexpr const char* kAdvice =
      " Check the parameters and the input, or use a smaller resolution.";

 protected:
  explicit NeuronModel(std::string name) : name_(std::move(name)) {}
  /// What was found in which neuron, and when.
  Error failed_with(ErrorKind kind, const NeuronBlock& block, const NeuronFailure& failure,
                    double time_ms, const std::string& what) const;

 private:
  std::string name_;
};

}  // namespace tegmenta
