// What a synapse model is: a rule with names, defaults and ranges. Parameters of role kCommon
// belong to the model, those of role kParameter and kState to every synapse; weight and delay come
// first. A rule and its models stand in one file, cpp/models/synapses/<rule>.h; see rule.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/declaration.h"

namespace tegmenta {

class TimeGrid;
struct GivenSynapse;
struct ModulatorParameters;
struct RewardLineParameters;
struct VisitCounts;
struct VisitRow;
template <typename T>
struct VisitSynapses;
struct VisitTools;

/// Positions of what every model declares first.
enum : int {
  kWeightParameter = 0,
  kDelayParameter = 1,
  kReceptorParameter = 2,
  kLabelParameter = 3
};

/// What gates the changes of weight of a rule with an eligibility.
enum class Gate : std::uint8_t { kNone, kDopamine, kReward };

/// What a row keeps of its source's spikes.
enum class RowTrace : std::uint8_t {
  kAll,      // decays, and grows by 1 a spike
  kNearest,  // decays, and is set to 1 by a spike
  kCount,    // how many there have been
};

/// Where a visit ends.
enum class VisitKind {
  kSpike,  // at a presynaptic spike: depression, and the weight is transmitted
  kFlush,  // no event
};

/// A value of a synapse that changes while time passes, and where it is found.
struct SynapseRecordable {
  enum class Place : std::uint8_t { kWeight, kColumn, kKplus, kKplus_triplet, kDopamine };
  std::string name;
  Place place;
  std::size_t column = 0;  // of kColumn
};

/// What visits of a rule need besides columns, worked out from the values that synapses of a store
/// share.
struct PreparedRule {
  virtual ~PreparedRule() = default;
  virtual std::size_t bytes() const { return 0; }
  /// Of rules that pair at arrival: pairs no further apart than so many steps do not count.
  std::int64_t gap = 0;
};

/// Values of a synapse model by parameter.
using ModelValues = std::vector<double>;

struct SynapseModel;

/// What a rule does. Null: nothing of the kind.
struct RuleFunctions {
  template <typename T>
  using Visit = void (*)(VisitKind, const VisitSynapses<T>&, const VisitRow&, const VisitTools&,
                         double* sent, VisitCounts&);
  Visit<double> visit_double = nullptr;
  Visit<float> visit_float = nullptr;
  /// Throws BadProperty where values do not go together.
  void (*check)(const GivenSynapse&) = nullptr;
  /// Throws BadProperty where a model that has synapses cannot get other values.
  void (*check_change)(const SynapseModel&, const std::string& name, const ModelValues& before,
                       const ModelValues& after) = nullptr;
  /// The columns that synapses made with these values store in any case; null:
  /// SynapseModel::stored.
  std::vector<bool> (*stored)(const SynapseModel&, const ModelValues&) = nullptr;
  ModulatorParameters (*modulator)(const SynapseModel&, const ModelValues&, double h) = nullptr;
  /// In place of it, of rules whose reward is in continuous time; the kernel is the transmitter's.
  RewardLineParameters (*reward_line)(const SynapseModel&, const ModelValues&) = nullptr;
  /// alike: the synapses do not differ in parameters.
  std::shared_ptr<const PreparedRule> (*prepare)(const SynapseModel&, const ModelValues&,
                                                 bool alike, const TimeGrid&) = nullptr;
  RowTrace (*row_trace)(const SynapseModel&, const ModelValues&) = nullptr;
  /// Puts weights that are read where they must be at any time.
  void (*hold_bounds)(const VisitSynapses<double>&) = nullptr;
};

struct SynapseModel {
  std::string name;
  /// What one that was made of a text is told from others by; empty: the name.
  std::string base;
  std::string summary;
  std::string source;
  std::string equations;
  RuleFunctions rule;
  std::vector<ParameterDeclaration> parameters;
  /// Positions among the parameters by position among the rule's fields, −1 where the model does
  /// not have them.
  std::vector<int> fields;

  /// What the rule reads of every synapse, in the rule's order, as positions of parameters. Common
  /// ones have a place here too, but one value.
  std::vector<int> columns;
  /// Columns that differ from synapse to synapse in any case (state).
  std::vector<bool> stored;
  /// The row's traces, as users see them, and their time constants: positions of parameters, −1
  /// where there are none.
  int trace = -1, triplet_trace = -1;
  int trace_tau = -1, triplet_trace_tau = -1;
  /// The concentration that all synapses of the model share, −1: none.
  int dopamine = -1;
  /// The column that visits read first of each synapse, −1: the weight alone.
  int first_read = -1;

  bool plastic = false;
  bool common_weight = false;  // the weight belongs to the model
  bool looks_at_posts = false;
  bool draws = false;     // uses random numbers
  bool releases = false;  // what it transmits depends on its own past only
  Gate gate = Gate::kNone;
  /// Spikes of the source count when they arrive: all of the delay is the axon's.
  bool pairs_at_arrival = false;
  /// Its visits list what each spike transmits; else that is the weight.
  bool lists_weights = true;
  /// Its check looks at delays, too.
  bool checks_delay = false;
  /// States of the target that it reads when the target fires.
  std::vector<std::string> post_variables = {};
  /// At the time 0 there was a presynaptic spike.
  bool spikes_at_zero = false;

  /// Declared parameters that are other names of weight or delay: (its position, the other's).
  std::vector<std::pair<int, int>> aliases;
  bool has_transmitter() const { return gate != Gate::kNone; }
  bool is_dopamine(const std::string& parameter) const {
    return dopamine >= 0 && find(parameter) == dopamine;
  }
  /// Name of the parameter that binds it to its transmitter.
  const char* transmitter_parameter() const {
    return gate == Gate::kReward ? "reward_transmitter" : "volume_transmitter";
  }
  /// The name of the parameter that a name stands for.
  const std::string& canonical(const std::string& name) const;
  /// Position among the parameters, −1 when there is none of that name.
  int find(const std::string& parameter) const;
  /// Position of a parameter among the columns, −1 when it has none.
  int column_of(int parameter) const;
  /// What a synapse_recorder can record: weight first.
  std::vector<SynapseRecordable> recordables() const;
};

const std::vector<SynapseModel>& synapse_models();
/// The model of that name, which there must be.
const SynapseModel& synapse_model(const std::string& name);

/// The model behind `model`, saved by its name, or by what tells one that a text was loaded for.
template <typename Visitor>
void visit_base(Visitor& visit, const SynapseModel*& model) {
  std::string name;
  visit("base", name);
  for (const SynapseModel& known : synapse_models()) {
    if (known.name == name) model = &known;
  }
  if (!model && visit.find_synapse_model) model = visit.find_synapse_model(name);
  if (!model) visit.refuse("is no synapse model of this version: '" + name + "'");
}
template <typename Visitor>
void visit_base(Visitor& visit, const SynapseModel* const& model) {
  visit("base", model->base.empty() ? model->name : model->base);
}

}  // namespace tegmenta
