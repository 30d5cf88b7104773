// The neurons of one Create call: structure of arrays, one model.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/aligned.h"
#include "base/held.h"
#include "base/number_column.h"
#include "base/time_grid.h"
#include "base/value.h"
#include "models/neuron_model.h"
#include "models/neuron_registry.h"
#include "network/clock.h"
#include "plasticity/exp_table.h"
#include "simd/kernels.h"

namespace tegmenta {

/// A neuron model under a name, with its own defaults (built in, or made by CopyModel).
struct NeuronModelEntry {
  std::string name;
  const NeuronModel* model = nullptr;
  std::vector<double> parameters;  // defaults
  std::vector<double> states;      // defaults, as users see them
  double calcium = 0;              // the default of Ca
  int id = 0;                      // among the models of nodes

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("name", self.name);
    if constexpr (held::saves<Visitor>) visit_base(visit, self.model);
    visit("parameters", self.parameters);
    visit("states", self.states);
    visit("calcium", self.calcium);
    visit("id", self.id);
  }
  /// The model with as many ports as there are values.
  bool loaded() {
    model = model->with_columns(parameters.size());
    return model != nullptr;
  }
};

/// The arrays that parameters of ports are given as, by parameter; empty where one is not given.
/// One for all neurons, or one a neuron.
struct GivenPorts {
  std::vector<std::vector<std::vector<double>>> lists;

  bool any() const;
  /// How many values they have; 0: none is given.
  int ports() const;
  double at(std::size_t parameter, std::size_t neuron, int port) const {
    const auto& list = lists[parameter];
    return list[list.size() == 1 ? 0 : neuron][static_cast<std::size_t>(port)];
  }
};

class Population {
 public:
  Population(const NeuronModelEntry& entry, NodeId first, std::size_t size, const Clock& clock);
  /// One that is to be loaded.
  Population() = default;

  const NeuronModel& model() const { return *model_; }
  const std::string& model_name() const { return model_name_; }
  NodeId first() const { return first_; }
  std::size_t size() const { return size_; }

  /// Value as users see it; parameter, state or one of the archive's read-outs. `now` in steps.
  double read(int parameter, std::size_t lane) const { return parameters_[parameter].at(lane); }
  /// What follows from the parameters, as the model names it.
  std::vector<double> derived(std::size_t lane, const TimeGrid& grid) const;
  /// A port's parameter, as the model names them.
  double read_port(std::size_t parameter, int port, std::size_t lane) const {
    return parameters_[model_->port_column(parameter, port)].at(lane);
  }
  /// All neurons have the same.
  bool uniform_parameters() const;
  double read_state(int state, std::size_t lane, const Clock& clock) const;

  /// Coefficients follow the parameters; called at Prepare.
  void calibrate(const TimeGrid& grid);
  bool scalar_update() const { return scalar_update_; }
  bool uniform_coefficients() const { return uniform_coefficients_; }
  /// Time does not pass for this neuron; for any.
  bool frozen(std::size_t lane) const { return parameters_[frozen_].at(lane) != 0; }
  bool any_frozen() const {
    const NumberColumn& column = parameters_[frozen_];
    return !column.uniform || column.value != 0;
  }
  const AlignedVector<double>& coefficient(int c) const { return coefficients_[c]; }
  double* column(int c) { return columns_[c].data(); }
  const double* column(int c) const { return columns_[c].data(); }

  /// Grid time of the last spike (its stamp), or -1; calcium at that time, or when it was set
  /// since.
  AlignedVector<std::int64_t> last_spike;
  AlignedVector<double> calcium;
  /// Calcium right after.
  double record_spike(std::size_t lane, std::int64_t stamp, std::uint32_t multiplicity,
                      const TimeGrid& grid);
  void prefetch_spike(std::size_t lane) const {
    __builtin_prefetch(&last_spike[lane], 1);
    __builtin_prefetch(&calcium[lane], 1);
  }
  double calcium_at(std::size_t lane, std::int64_t now, const TimeGrid& grid) const;

  /// Of models whose spikes are given: stamps, ascending, a list a neuron; null for the others.
  const GivenSpikes* given_spikes() const { return given_.empty() ? nullptr : given_.data(); }
  const std::vector<std::int64_t>& spike_times(std::size_t lane) const {
    return spike_times_[lane];
  }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("model_name", self.model_name_);
    if constexpr (held::saves<Visitor>) visit_base(visit, self.model_);
    visit("first", self.first_);
    visit("size", self.size_);
    visit("parameters", self.parameters_);
    // Vectors may write behind the last neuron.
    if constexpr (Visitor::kAsks == Asks::kToSave) {
      visit("columns", self.columns_in_use());
    } else if constexpr (Visitor::kAsks == Asks::kToLoad) {
      visit("columns", self.columns_);
    } else {
      for (auto& column : self.columns_) visit("column", std::span(column.data(), self.size_));
    }
    visit("last_spike", self.last_spike);
    visit("calcium", self.calcium);
    visit("calcium_since", self.calcium_since_);
    visit("spike_times", self.spike_times_);
    visit.derived("columns", self.columns_);
    visit.derived("coefficients", self.coefficients_);
    visit.derived("given", self.given_);
    visit.kept("initial", self.initial_);
    visit.derived("calcium_decay", self.calcium_decay_);
  }
  bool loaded();

  /// Notes its states as they are, once: they are those that it was created with.
  void keep_initial();
  /// Back to them, at time 0.
  void restart();

  /// Bytes of state and parameters a neuron of that model needs at most.
  static std::size_t bytes_per_neuron(const NeuronModel& model);

  /// New values of named parameters and states for some neurons of one population, checked and
  /// ready to be committed without failing.
  class Change;

 private:
  /// States as they were when it was first simulated.
  struct Initial {
    std::vector<NumberColumn> columns;
    std::vector<NumberColumn> offsets;  // by state: what its column is relative to
    NumberColumn calcium;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("columns", self.columns);
      visit("offsets", self.offsets);
      visit("calcium", self.calcium);
    }
  };
  bool initial_fits() const;
  void calibrate_one_by_one(const TimeGrid& grid);
  void calibrate_tiles(const TimeGrid& grid);
  void parameters_at(std::size_t lane, std::vector<double>& parameters) const;
  /// Of a model whose states change at events: all columns of a neuron, as they are now.
  void brought(std::size_t lane, const Clock& clock, std::vector<double>& parameters,
               std::vector<double>& states) const;
  /// Finds what the model declares.
  void find_parameters();
  std::vector<std::span<const double>> columns_in_use() const {
    std::vector<std::span<const double>> used;
    for (const auto& column : columns_) used.emplace_back(column.data(), size_);
    return used;
  }

  const NeuronModel* model_ = nullptr;
  std::string model_name_;
  NodeId first_ = 0;
  std::size_t size_ = 0;
  std::size_t padded_ = 0;
  std::vector<NumberColumn> parameters_;
  std::vector<AlignedVector<double>> columns_;
  std::vector<AlignedVector<double>> coefficients_;
  bool uniform_coefficients_ = true;
  bool scalar_update_ = false;
  bool calibrated_ = false;
  std::vector<std::vector<std::int64_t>> spike_times_;
  std::vector<GivenSpikes> given_;  // the same
  int tau_Ca_ = -1;                 // indices of the archive's parameters
  int beta_Ca_ = -1;
  AlignedVector<std::int64_t> calcium_since_;  // grid time when it was set; empty: of none
  std::size_t frozen_ = 0;
  std::unique_ptr<Initial> initial_;       // null: it was never simulated
  std::optional<ExpTable> calcium_decay_;  // where there is one time constant for many neurons
};

/// How a random parameter is drawn for one node.
struct NodeDraw {
  const simd::Kernels& kernels;
  std::uint32_t seed;
  std::uint32_t call;  // ordinal of the Create or set call

  /// One value a node; `key` tells the parameters of a node apart.
  std::vector<double> values(const ParameterExpression& parameter, std::span<const NodeId> ids,
                             std::uint32_t key) const;
};

/// Checks `params` for the given lanes (ascending, of one population) and holds the new values.
/// values given one a node are taken at positions `value_index`[i] of their arrays.
class Population::Change {
 public:
  /// Throws UnaccessedDictionaryEntry, TypeMismatch, BadProperty, DimensionMismatch.
  Change(Population& population, std::vector<std::size_t> lanes,
         const std::vector<std::size_t>& value_index, std::size_t value_count,
         const Properties& params, const NodeDraw& draw, const Clock& clock);
  void commit() noexcept;
  /// The model afterwards, where the number of ports changes.
  const NeuronModel* other_ports() const { return other_ports_; }

 private:
  struct NewColumn {
    bool uniform;
    double value;
    std::vector<double> values;  // one a lane of `lanes`
    double at(std::size_t i) const { return uniform ? value : values[i]; }
  };

  Population& population_;
  const Clock& clock_;
  std::vector<std::size_t> lanes_;
  std::vector<std::pair<int, NewColumn>> parameters_;
  std::vector<std::pair<int, NewColumn>> states_;
  std::vector<std::vector<std::int64_t>> spike_times_;  // one a lane of `lanes`, where given
  std::optional<NewColumn> calcium_;
  const NeuronModel* other_ports_ = nullptr;
  // Of the ports that there will be then.
  std::vector<NumberColumn> port_parameters_;
  std::vector<AlignedVector<double>> port_states_;
  std::vector<double> at_parameters_, at_states_;  // of a neuron

  const NeuronModel& model() const { return other_ports_ ? *other_ports_ : *population_.model_; }
  void read_ports(const Properties& params, const std::vector<std::size_t>& value_index,
                  std::size_t value_count);
  void take_ports(const GivenPorts& given);
  void put_ports() noexcept;
  void check_together() const;
  void keep_calcium();
  void take_memory();
  void commit_calcium() noexcept;
  void commit_time() noexcept;
  void give_spikes(const Value& value, const std::vector<std::size_t>& value_index,
                   std::size_t value_count);
};

/// How all neurons declare Ca.
const ParameterDeclaration& calcium_declaration();
/// Whether that name means it.
bool is_calcium(const NeuronModel& model, const std::string& name);

/// How a model whose spikes are given declares them.
ParameterDeclaration spike_times_declaration();

std::vector<std::string> recordables_of(const NeuronModel& model);

/// What can be read of the receptors of a model that has several: how many ports it has, or their
/// names.
std::vector<ParameterDeclaration> receptor_declarations(const NeuronModel& model);
/// The value of one of these.
Result read_receptors(const NeuronModel& model, const std::string& key);

/// Finds a name among the parameters of a model's ports; -1 when it is none.
int find_port_parameter(const NeuronModel& model, const std::string& name);
/// Finds a name among a model's parameters; -1 when it is none.
int find_parameter(const NeuronModel& model, const std::string& name);
int find_state(const NeuronModel& model, const std::string& name);
/// Finds a name among what follows from a model's parameters; -1 when it is none.
int find_derived(const NeuronModel& model, const std::string& name);

/// A number of a node as users see it.
Result read_number(ParameterType type, double value);

/// Changes the defaults of a model (SetDefaults, CopyModel). Same errors as Population::Change.
void change_defaults(NeuronModelEntry& entry, const Properties& params, const TimeGrid& grid);

}  // namespace tegmenta
