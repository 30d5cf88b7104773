#include "kernel/connect_spec.h"

#include "kernel/descriptions.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "connect/rules/rules.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

const Value& require_entry(Entries& entries, const char* rule, const char* key) {
  const Value* value = entries.take(key);
  if (!value) {
    throw Error(ErrorKind::kBadProperty,
                std::string("The rule ") + rule + " needs the parameter '" + key + "'.",
                {{"parameter", std::string(key)}, {"rule", std::string(rule)}});
  }
  return *value;
}

void read_parameter(ConnectionPattern& c, Entries& entries, const RuleParameter& parameter) {
  const char* const rule = c.rule->name;
  const Range& range = parameter.range;
  const bool integer = parameter.value == RuleValue::kDegree;
  const Value& value = require_entry(entries, rule, parameter.name);
  if (const auto* drawn = std::get_if<ParameterPtr>(&value)) {
    if (!parameter.drawn) {
      throw_type_mismatch(rule, parameter.name, integer ? "an integer" : "a number", value);
    }
    (integer ? c.degree_parameter : c.p_parameter) = *drawn;
    return;
  }
  if (integer) {
    c.degree = static_cast<std::uint64_t>(
        require_integer(rule, parameter.name, value, range.low, range.high));
    return;
  }
  c.p = require_number(rule, parameter.name, value);
  if (!range.contains(c.p)) {
    throw bad_value(ErrorKind::kBadProperty, rule, parameter.name, c.p, range.text());
  }
}

bool take_option(Entries& entries, const RuleOptionDeclaration& option) {
  return entries.take_bool(option.name, option.otherwise);
}

void check_option(const ConnectionPattern& c, const RuleOptionDeclaration& option,
                  RuleOption allowed, bool given) {
  if ((allowed == RuleOption::kMustBeTrue && !given) ||
      (allowed == RuleOption::kMustBeFalse && given)) {
    throw bad_value(ErrorKind::kBadProperty, c.rule->name, option.name, given,
                    given ? "false" : "true");
  }
}

// "one_to_one, all_to_all and symmetric_pairwise_bernoulli"
template <typename Condition>
std::string rules_where(Condition&& holds, const char* last) {
  std::vector<std::string> names;
  for (const RuleDeclaration* rule : rules::Named::kDeclarations) {
    if (holds(*rule)) names.emplace_back(rule->name);
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 < names.size() ? ", " : last;
    text += names[i];
  }
  return text;
}

std::string symmetric_rules() {
  return rules_where(
      [](const RuleDeclaration& rule) {
        return rule.make_symmetric != RuleOption::kNotImplemented;
      },
      " and ");
}

}  // namespace

std::string plain_rules() {
  return rules_where([](const RuleDeclaration& rule) { return rule.connects_recorders; }, " or ");
}

void throw_illegal(const std::string& text, std::vector<Field> fields) {
  throw Error(ErrorKind::kIllegalConnection, text, std::move(fields));
}

void read_rule(ConnectionPattern& c, Entries& entries, bool& make_symmetric) {
  const Value* arrays = entries.take("arrays");
  const bool explicit_arrays = arrays && require_bool("Connect", "arrays", *arrays);
  const Value* rule = entries.take("rule");
  if (!rule) {
    throw Error(ErrorKind::kBadProperty, "conn_spec needs the key 'rule'.",
                {{"parameter", std::string("rule")}});
  }
  const std::string& name = require_string("conn_spec", "rule", *rule);
  const auto& all = rules::Named::kDeclarations;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const RuleDeclaration* r) { return name == r->name; });
  if (found == all.end()) {
    throw unknown_name(ErrorKind::kBadProperty, "rule", "There is no connection rule", name,
                       connection_rule_names());
  }
  c.rule = *found;
  entries.belongs_to(name);
  if (explicit_arrays) {
    if (c.rule != &rules::OneToOne::kDeclaration) {
      throw bad_value(ErrorKind::kBadProperty, "", "rule", name,
                      "one_to_one for explicit arrays of IDs");
    }
    c.rule = &rules::ExplicitArrays::kDeclaration;
  }
  const auto& [autapses, multapses, symmetric] = kRuleOptions;
  c.allow_autapses = take_option(entries, autapses);
  c.allow_multapses = take_option(entries, multapses);
  make_symmetric = take_option(entries, symmetric);
  for (const RuleParameter& parameter : c.rule->parameters) read_parameter(c, entries, parameter);
  rules::with_rule(c.rule, [&]<typename Rule>() { Rule::check(c); });
  check_option(c, autapses, c.rule->allow_autapses, c.allow_autapses);
  check_option(c, multapses, c.rule->allow_multapses, c.allow_multapses);
  check_option(c, symmetric, c.rule->make_symmetric, make_symmetric);
  if (make_symmetric && c.rule->make_symmetric == RuleOption::kNotImplemented) {
    throw Error(
        ErrorKind::kNotImplemented,
        "make_symmetric works with " + symmetric_rules() + ", not with " + c.rule->name + ".",
        {{"parameter", std::string("make_symmetric")}});
  }
  entries.require_all_used();
}

void read_pattern(const Network& net, const char* call, Projection& p, std::span<const NodeId> pre,
                  std::span<const NodeId> post, const Properties& conn, bool& make_symmetric) {
  if (pre.empty() || post.empty()) {
    throw_illegal(std::string(call) + " needs at least one " + (pre.empty() ? "source" : "target") +
                  "; the collection is empty.");
  }
  for (NodeId id : pre) net.nodes.require(id);
  for (NodeId id : post) net.nodes.require(id);
  p.pattern.sources = std::make_shared<const std::vector<NodeId>>(pre.begin(), pre.end());
  p.pattern.targets = std::make_shared<const std::vector<NodeId>>(post.begin(), post.end());
  p.pattern.seed = net.settings.seed;
  p.steps_per_ms = net.clock.grid.steps_per_ms();
  Entries entries(conn, "conn_spec");
  read_rule(p.pattern, entries, make_symmetric);
  if (!p.pattern.rule->ids_ascend) return;
  for (const auto* ids : {p.pattern.sources.get(), p.pattern.targets.get()}) {
    for (std::size_t i = 1; i < ids->size(); ++i) {
      if ((*ids)[i - 1] < (*ids)[i]) continue;
      throw Error(ErrorKind::kBadProperty,
                  "The IDs of a collection must ascend and be unique; use one_to_one with "
                  "explicit arrays for lists with repetitions.");
    }
  }
}

namespace {

std::optional<std::uint64_t> count_of(const ConnectionPattern& c, ValueCount count) {
  switch (count) {
    case ValueCount::kUnknown:
      return std::nullopt;
    case ValueCount::kOne:
      return 1;
    case ValueCount::kSources:
      return c.sources->size();
    case ValueCount::kTargets:
      return c.targets->size();
    case ValueCount::kParameter:
      return c.degree_parameter ? std::nullopt : std::optional(c.degree);
  }
  return std::nullopt;
}

// How many values an array of weights or delays must hold.
std::uint64_t array_size(const ConnectionPattern& c) {
  const auto rows = count_of(c, c.rule->value_rows);
  const auto columns = count_of(c, c.rule->value_columns);
  if (rows && columns) return *rows * *columns;
  throw Error(ErrorKind::kTypeMismatch,
              std::string("Arrays of weights or delays cannot be used with the rule ") +
                  c.rule->name + "; give a number or a random parameter.",
              {{"rule", std::string(c.rule->name)},
               {"expected", std::string("a number or a random parameter")}});
}

}  // namespace

Quantity read_quantity(const Projection& p, const std::string& model, const std::string& key,
                       const Value& value, std::uint32_t ordinal) {
  Quantity q;
  q.ordinal = ordinal;
  if (const auto* list = std::get_if<std::vector<double>>(&value)) {
    const std::uint64_t size = array_size(p.pattern);
    if (list->size() != size) {
      throw Error(ErrorKind::kDimensionMismatch,
                  key + " needs one value or " + std::to_string(size) + ", one a connection; got " +
                      std::to_string(list->size()) + ".",
                  {{"parameter", key},
                   {"expected", static_cast<double>(size)},
                   {"given", static_cast<double>(list->size())}});
    }
    for (double x : *list) {
      if (!std::isfinite(x)) {
        throw bad_value(ErrorKind::kBadProperty, model, key, x, "finite numbers");
      }
    }
    q.array = std::make_shared<const std::vector<double>>(*list);
  } else if (const auto* parameter = std::get_if<ParameterPtr>(&value)) {
    q.parameter = *parameter;
  } else {
    q.scalar = require_finite(model, key, value);
  }
  return q;
}

namespace {

// Nothing where there are no synapses. Throws BadProperty unless it is the same for all.
std::optional<double> shared_number(const SynapseModelEntry& entry, int parameter,
                                    const Quantity& q) {
  if (q.is_scalar()) return q.scalar;
  if (q.array && q.array->empty()) return std::nullopt;
  if (q.array && std::equal(q.array->begin() + 1, q.array->end(), q.array->begin())) {
    return q.array->front();
  }
  const std::string& name = entry.model->parameters[static_cast<std::size_t>(parameter)].name;
  throw Error(ErrorKind::kBadProperty,
              name + " of " + entry.name + " is one number for all synapses of the model.",
              {{"model", entry.name}, {"parameter", name}});
}

}  // namespace

void read_parameters(Projection& p, const SynapseModelEntry& entry, Entries& entries) {
  const SynapseModel& model = *entry.model;
  const auto quantity = [&](int k) {
    const ParameterDeclaration& d = model.parameters[static_cast<std::size_t>(k)];
    Quantity q;
    q.scalar = entry.values[static_cast<std::size_t>(k)];
    if (d.role == Role::kReadOnly) {
      if (entries.has(d.name)) throw read_only(entry.name, d.name);
      return std::make_pair(q, false);
    }
    const Value* value = entries.take(d.name);
    if (!value) return std::make_pair(q, false);
    if (d.role == Role::kCommon) {
      throw Error(
          ErrorKind::kNotImplemented,
          d.name + " of " + entry.name +
              " belongs to the model; set it with SetDefaults or CopyModel, not in Connect.",
          {{"model", entry.name}, {"parameter", d.name}});
    }
    q = read_quantity(p, entry.name, d.name, *value, static_cast<std::uint32_t>(k) + 3);
    if (q.is_scalar()) check_number(entry.name, d, q.scalar);
    if (q.array) {
      for (double x : *q.array) check_number(entry.name, d, x);
    }
    return std::make_pair(q, true);
  };
  for (const int k : model.columns) p.columns.push_back(quantity(k).first);
  for (int k = kLabelParameter + 1; k < static_cast<int>(model.parameters.size()); ++k) {
    if (model.column_of(k) >= 0) continue;
    const auto [q, given] = quantity(k);
    if (k == model.dopamine && given) p.dopamine = shared_number(entry, k, q);
    if (k != model.trace && k != model.triplet_trace) continue;
    (k == model.trace ? p.Kplus : p.Kplus_triplet) = q;
    p.Kplus_given |= given;
  }
}

std::span<const RuleDeclaration* const> connection_rules() { return rules::Named::kDeclarations; }

std::vector<std::string> connection_rule_names() {
  std::vector<std::string> names;
  for (const RuleDeclaration* rule : connection_rules()) names.emplace_back(rule->name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace tegmenta
