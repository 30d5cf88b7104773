// What a rule of synapses is made of. A rule and its models stand in one file,
// cpp/models/synapses/<rule>.h, with one line in rules.h:
//
//   Own          all its numbers, as members of a struct
//   kFields      the declaration of each: a ColumnField, a StateField or an OptionField
//   models()     the models that follow the rule: names, and what differs in each
//   check()      throws where values do not go together
//
// and what a visit does, by the kind of rule: PairRule (plasticity/pairs.h) with post_spike() and
// pre_spike(), ReleaseRule (plasticity/release.h) with release(), EligibilityRule
// (plasticity/eligibility.h) with its pre, post and reward parts. A part that is missing does not
// compile.
#pragma once

#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/time_grid.h"
#include "models/fields.h"
#include "models/synapses/synapse_model.h"
#include "plasticity/modulator.h"
#include "plasticity/reward_line.h"
#include "plasticity/visit.h"

namespace tegmenta {

struct IsColumn {
  static constexpr Role kRole = Role::kParameter;
  static constexpr bool kHasColumn = true, kStored = false;
};
struct IsState {
  static constexpr Role kRole = Role::kState;
  static constexpr bool kHasColumn = true, kStored = true;
};
struct IsOption {
  static constexpr Role kRole = Role::kCommon;
  static constexpr bool kHasColumn = false, kStored = false;
};

/// One number for all synapses, or one for each where they differ.
template <auto Member>
using ColumnField = MemberField<Member, IsColumn>;
/// Changes as time passes: one number for each synapse.
template <auto Member>
using StateField = MemberField<Member, IsState>;
/// Belongs to the model, and no visit reads it.
template <auto Member>
using OptionField = MemberField<Member, IsOption>;

template <typename Rule, auto Member>
consteval std::size_t find_column() {
  constexpr std::size_t at = position<Member>(Rule::kFields);
  using Fields = std::remove_const_t<decltype(Rule::kFields)>;
  static_assert(std::tuple_element_t<at, Fields>::kind::kHasColumn,
                "This member belongs to the model: it has no column.");
  std::size_t field = 0, column = 0;
  for_each_field(Rule::kFields, [&]<typename F>(const F&) {
    if (field++ < at && F::kind::kHasColumn) ++column;
  });
  return column;
}

/// The column of a member.
template <typename Rule, auto Member>
inline constexpr std::size_t column_at = find_column<Rule, Member>();

/// The synapses of a visit as their rule sees them.
template <typename Rule, typename T>
class SynapsesOf {
 public:
  explicit SynapsesOf(const VisitSynapses<T>& synapses) : s_(synapses) {}

  template <auto Member>
  const ColumnView<T>& column() const {
    return s_.columns[column_at<Rule, Member>];
  }
  /// All columns of a synapse.
  typename Rule::Own own(std::size_t i) const {
    typename Rule::Own own{};
    for_each_field(Rule::kFields, [&]<typename F>(const F&) {
      if constexpr (F::kind::kHasColumn) own.*F::member = column<F::member>().at(i);
    });
    return own;
  }
  /// Writes its states.
  void keep(std::size_t i, const typename Rule::Own& own) const {
    for_each_field(Rule::kFields, [&]<typename F>(const F&) {
      if constexpr (F::kind::kStored) column<F::member>().values[i] = kept<T>(own.*F::member);
    });
  }
  /// All synapses have the same numbers.
  bool uniform() const {
    bool all = true;
    for_each_field(Rule::kFields, [&]<typename F>(const F&) {
      if constexpr (F::kind::kHasColumn) all &= column<F::member>().values == nullptr;
    });
    return all;
  }

 private:
  const VisitSynapses<T>& s_;
};

/// Values of a model, or of a synapse, by parameter.
class ValuesByParameter {
 public:
  ValuesByParameter(const SynapseModel& model, std::function<double(int)> value)
      : model_(model), value_(std::move(value)) {}

 protected:
  double read(int parameter) const;
  const SynapseModel& model_;

 private:
  std::function<double(int)> value_;
};

/// … by member.
template <typename Rule>
class ValuesOf : public ValuesByParameter {
 public:
  using ValuesByParameter::ValuesByParameter;
  ValuesOf(const SynapseModel& model, const ModelValues& values)
      : ValuesByParameter(model, [&](int k) { return values[static_cast<std::size_t>(k)]; }) {}

  template <auto Member>
  bool has() const {
    return parameter<Member>() >= 0;
  }
  /// What is declared, where the model does not have it.
  template <auto Member>
  double get() const {
    constexpr double declared = std::get<position<Member>(Rule::kFields)>(Rule::kFields).value;
    return has<Member>() ? read(parameter<Member>()) : declared;
  }
  template <auto Member>
  const std::string& name() const {
    return model_.parameters[static_cast<std::size_t>(parameter<Member>())].name;
  }

 private:
  template <auto Member>
  int parameter() const {
    return model_.fields[position<Member>(Rule::kFields)];
  }
};

/// What is known of a weight that values are to go together with.
enum class GivenWeight : std::uint8_t {
  kNone,        // it is not given, and stays
  kAlone,       // given to Connect without other parameters of synapses: its sign is free
  kAmongOthers  // together with others, or set, or as a default
};

/// Values that a synapse, or a model, is to get.
struct GivenSynapse {
  const SynapseModel& model;
  const std::string& name;  // of the model, which may be a copy
  const std::function<double(int)>& value;
  double weight;
  GivenWeight given_weight;

  [[noreturn]] void refuse(const std::string& parameter, double x,
                           const std::string& allowed) const;
};

template <typename Rule>
class GivenOf : public ValuesOf<Rule> {
 public:
  explicit GivenOf(const GivenSynapse& given)
      : ValuesOf<Rule>(given.model, given.value),
        weight(given.weight),
        given_weight(given.given_weight),
        given_(given) {}

  const double weight;
  const GivenWeight given_weight;

  [[noreturn]] void refuse_weight(const std::string& allowed) const {
    given_.refuse("weight", weight, allowed);
  }
  template <auto Member>
  [[noreturn]] void refuse(const std::string& allowed) const {
    given_.refuse(this->template name<Member>(), this->template get<Member>(), allowed);
  }

 private:
  const GivenSynapse& given_;
};

/// What a rule says of itself, where it is not this.
struct SynapseRule {
  static constexpr bool kPlastic = true;
  static constexpr bool kCommonWeight = false;
  static constexpr bool kLooksAtPosts = false;
  static constexpr bool kDraws = false;
  static constexpr bool kReleases = false;
  static constexpr bool kPairsAtArrival = false;
  static constexpr bool kListsWeights = true;
  static constexpr Gate kGate = Gate::kNone;
  static constexpr bool kSpikesAtZero = false;
  /// What rows keep of their source's spikes; whether users see it.
  static constexpr RowTrace kRowTrace = RowTrace::kAll;
  static constexpr bool kShowsTrace = false;
  /// Members: the time constants of the row's traces, and what visits read first of each synapse.
  static constexpr auto kTrace = nullptr, kTripletTrace = nullptr, kFirstRead = nullptr;
};

/// A member of Own, given as a constant, is there.
template <auto Member>
inline constexpr bool is_member = !std::is_null_pointer_v<std::remove_const_t<decltype(Member)>>;

/// Fails to compile where a part of the rule is missing, and names it.
template <typename Rule>
consteval bool has_all_rule_parts() {
  static_assert(requires { sizeof(typename Rule::Own); }, "A rule needs its numbers: Own.");
  static_assert(
      requires { Rule::kFields; }, "A rule needs the declaration of its numbers: kFields.");
  static_assert(declares_all<typename Rule::Own>(Rule::kFields),
                "Every member of Own is declared once in kFields.");
  static_assert(requires { Rule::models(); }, "A rule needs its models: models().");
  static_assert(
      requires(const GivenOf<Rule>& given) { Rule::check(given); },
      "A rule needs the check of its values: check().");
  static_assert(
      !Rule::kPlastic || requires { &Rule::template visit<double>; },
      "A plastic rule needs a visit: derive it from PairRule, ReleaseRule or "
      "EligibilityRule.");
  static_assert(!Rule::kLooksAtPosts || is_member<Rule::kTrace>,
                "A rule of pairs needs the time constant of its presynaptic trace: kTrace.");
  static_assert(
      Rule::kGate == Gate::kNone || requires { &Rule::modulator; } ||
          requires { &Rule::reward_line; },
      "A rule with a gate needs its reward part: modulator() or reward_line().");
  return true;
}

template <typename Rule>
RuleFunctions functions_of() {
  RuleFunctions f;
  using Values = ValuesOf<Rule>;
  f.check = [](const GivenSynapse& given) { Rule::check(GivenOf<Rule>(given)); };
  if constexpr (Rule::kPlastic) {
    f.visit_double = &Rule::template visit<double>;
    f.visit_float = &Rule::template visit<float>;
  }
  if constexpr (requires { &Rule::modulator; }) {
    f.modulator = [](const SynapseModel& model, const ModelValues& values, double h) {
      return Rule::modulator(Values(model, values), h);
    };
  }
  if constexpr (requires { &Rule::reward_line; }) {
    f.reward_line = [](const SynapseModel& model, const ModelValues& values) {
      return Rule::reward_line(Values(model, values));
    };
  }
  if constexpr (requires { &Rule::prepare; }) {
    f.prepare = [](const SynapseModel& model, const ModelValues& values, bool,
                   const TimeGrid& grid) {
      return std::shared_ptr<const PreparedRule>(
          Rule::prepare(Values(model, values), grid.resolution_ms()));
    };
  }
  if constexpr (requires { &Rule::row_trace; }) {
    f.row_trace = [](const SynapseModel& model, const ModelValues& values) {
      return Rule::row_trace(Values(model, values));
    };
  } else {
    f.row_trace = [](const SynapseModel&, const ModelValues&) { return Rule::kRowTrace; };
  }
  if constexpr (requires { &Rule::stores; }) {
    f.stored = [](const SynapseModel& model, const ModelValues& values) {
      const Values read(model, values);
      std::vector<bool> stored = model.stored;
      for (std::size_t k = 0; k < stored.size(); ++k) {
        if (Rule::stores(k, read)) stored[k] = true;
      }
      return stored;
    };
  }
  if constexpr (requires { &Rule::check_change; }) {
    f.check_change = [](const SynapseModel& model, const std::string& name,
                        const ModelValues& before, const ModelValues& after) {
      Rule::check_change(name, Values(model, before), Values(model, after));
    };
  }
  if constexpr (requires { &Rule::hold_bounds; }) f.hold_bounds = &Rule::hold_bounds;
  return f;
}

/// A model that is being collected.
struct ModelDraft {
  struct Declared {
    ParameterDeclaration parameter;
    bool has_column, stored;
    bool here = true;  // the model has it
  };
  struct Alias {
    std::string name;
    int parameter;
    std::string text;
  };
  SynapseModel begun;
  std::vector<Declared> declared;  // by position among the rule's fields
  double weight = 1, delay_ms = 1;
  bool shows_dopamine = true;  // as a number that all synapses share
  std::string trace_name = "Kplus";
  std::vector<Alias> aliases;

  void common();
  /// trace_tau, triplet_trace_tau: positions among the fields, −1: none.
  SynapseModel model(int trace_tau, int triplet_trace_tau, bool shows_trace) const;
};

/// A model of a rule: what the rule declares, and in what the model differs.
template <typename Rule>
class ModelOf {
 public:
  ModelOf(const char* name, const char* summary, const char* source) {
    SynapseModel& m = draft_.begun;
    m.name = name;
    m.summary = summary;
    m.source = source;
    if constexpr (requires { Rule::kEquations; }) m.equations = Rule::kEquations;
    m.rule = functions_of<Rule>();
    m.plastic = Rule::kPlastic;
    m.common_weight = Rule::kCommonWeight;
    m.looks_at_posts = Rule::kLooksAtPosts;
    m.draws = Rule::kDraws;
    m.releases = Rule::kReleases;
    m.gate = Rule::kGate;
    m.pairs_at_arrival = Rule::kPairsAtArrival;
    m.lists_weights = Rule::kListsWeights;
    m.spikes_at_zero = Rule::kSpikesAtZero;
    if constexpr (is_member<Rule::kFirstRead>) {
      m.first_read = static_cast<int>(column_at<Rule, Rule::kFirstRead>);
    }
    for_each_field(Rule::kFields, [&]<typename F>(const F& field) {
      draft_.declared.push_back({field.declaration(), F::kind::kHasColumn, F::kind::kStored});
    });
  }
  operator SynapseModel() const {
    return draft_.model(field<Rule::kTrace>(), field<Rule::kTripletTrace>(), Rule::kShowsTrace);
  }

  ModelOf& weight(double value) {
    draft_.weight = value;
    return *this;
  }
  /// All but the states belongs to the model.
  ModelOf& common() {
    draft_.common();
    return *this;
  }
  template <auto... Members>
  ModelOf& without() {
    ((declared<Members>().here = false), ...);
    return *this;
  }
  template <auto Member>
  ModelOf& named(const char* name) {
    declared<Member>().parameter.name = name;
    return *this;
  }
  template <auto Member>
  ModelOf& from(double value) {
    declared<Member>().parameter.default_value = value;
    return *this;
  }
  ModelOf& trace_named(const char* name) {
    draft_.trace_name = name;
    return *this;
  }
  /// Another name of weight or delay.
  ModelOf& alias(const char* name, int parameter, const char* text) {
    draft_.aliases.push_back({name, parameter, text});
    return *this;
  }

 private:
  template <auto Member>
  static constexpr int field() {
    if constexpr (is_member<Member>) {
      return static_cast<int>(position<Member>(Rule::kFields));
    } else {
      return -1;
    }
  }
  template <auto Member>
  ModelDraft::Declared& declared() {
    return draft_.declared[position<Member>(Rule::kFields)];
  }

  ModelDraft draft_;
};

}  // namespace tegmenta
