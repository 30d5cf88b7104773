#include "network/connect_spec.h"

#include <algorithm>
#include <cmath>

#include "network/numbers.h"

namespace tegmenta {

namespace {

struct RuleInfo {
  Rule rule;
  const char* name;
};

constexpr RuleInfo kRules[] = {
    {Rule::kAllToAll, "all_to_all"},
    {Rule::kFixedIndegree, "fixed_indegree"},
    {Rule::kFixedOutdegree, "fixed_outdegree"},
    {Rule::kFixedTotalNumber, "fixed_total_number"},
    {Rule::kOneToOne, "one_to_one"},
    {Rule::kPairwiseBernoulli, "pairwise_bernoulli"},
    {Rule::kPairwisePoisson, "pairwise_poisson"},
    {Rule::kSymmetricPairwiseBernoulli, "symmetric_pairwise_bernoulli"},
};

}  // namespace

const char* name_of(Rule rule) {
  for (const RuleInfo& info : kRules) {
    if (info.rule == rule) return info.name;
  }
  return "explicit arrays";
}

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

// A number of connections: an integer, or (where the rule draws it) a random parameter.
void read_degree(ConnectionPattern& c, Entries& entries, const char* key, bool drawn_allowed,
                 double most) {
  const char* rule = name_of(c.rule);
  const Value& value = require_entry(entries, rule, key);
  if (const auto* parameter = std::get_if<ParameterPtr>(&value)) {
    if (!drawn_allowed) throw_type_mismatch(rule, key, "an integer", value);
    c.degree_parameter = *parameter;
    return;
  }
  c.degree = static_cast<std::uint64_t>(require_integer(rule, key, value, 0, most));
}

void read_probability(ConnectionPattern& c, Entries& entries, const char* key, double high,
                      bool high_open) {
  const char* rule = name_of(c.rule);
  const Value& value = require_entry(entries, rule, key);
  if (const auto* parameter = std::get_if<ParameterPtr>(&value)) {
    c.p_parameter = *parameter;
    return;
  }
  c.p = require_number(rule, key, value);
  const Range range{0, high, false, high_open};
  if (!range.contains(c.p)) {
    throw bad_value(ErrorKind::kBadProperty, rule, key, c.p, range.text());
  }
}

}  // namespace

void throw_illegal(const std::string& text, std::vector<Field> fields) {
  throw Error(ErrorKind::kIllegalConnection, text, std::move(fields));
}

void check_enough(const ConnectionPattern& c, std::uint64_t degree, std::uint64_t partners,
                  const char* key) {
  if (degree > 0 && partners == 0) {
    throw bad_value(ErrorKind::kBadProperty, name_of(c.rule), key, static_cast<double>(degree),
                    "0 where no partner is allowed");
  }
  if (!c.allow_multapses && degree > partners) {
    throw bad_value(ErrorKind::kBadProperty, name_of(c.rule), key, static_cast<double>(degree),
                    "≤ " + std::to_string(partners) + " without multapses");
  }
}

namespace {

bool contains_any(const std::vector<NodeId>& ascending, const std::vector<NodeId>& ids) {
  return std::any_of(ids.begin(), ids.end(), [&](NodeId id) {
    return std::binary_search(ascending.begin(), ascending.end(), id);
  });
}

}  // namespace

void read_rule(ConnectionPattern& c, Entries& entries, bool& make_symmetric) {
  const Value* arrays = entries.take("arrays");
  const bool explicit_arrays = arrays && require_bool("Connect", "arrays", *arrays);
  const Value* rule = entries.take("rule");
  if (!rule) {
    throw Error(ErrorKind::kBadProperty, "conn_spec needs the key 'rule'.",
                {{"parameter", std::string("rule")}});
  }
  const std::string& name = require_string("conn_spec", "rule", *rule);
  const RuleInfo* info = nullptr;
  for (const RuleInfo& candidate : kRules) {
    if (name == candidate.name) info = &candidate;
  }
  if (!info) {
    throw unknown_name(ErrorKind::kBadProperty, "rule", "There is no connection rule", name,
                       connection_rule_names());
  }
  c.rule = info->rule;
  entries.belongs_to(name);
  if (explicit_arrays) {
    if (c.rule != Rule::kOneToOne) {
      throw bad_value(ErrorKind::kBadProperty, "", "rule", name,
                      "one_to_one for explicit arrays of IDs");
    }
    c.rule = Rule::kExplicitArrays;
  }
  c.allow_autapses = entries.take_bool("allow_autapses", true);
  c.allow_multapses = entries.take_bool("allow_multapses", true);
  make_symmetric = entries.take_bool("make_symmetric", false);

  const auto& sources = *c.sources;
  const auto& targets = *c.targets;
  const auto n_sources = static_cast<std::uint64_t>(sources.size());
  const auto n_targets = static_cast<std::uint64_t>(targets.size());
  switch (c.rule) {
    case Rule::kOneToOne:
    case Rule::kExplicitArrays:
      if (n_sources != n_targets) {
        throw Error(ErrorKind::kDimensionMismatch,
                    "one_to_one needs as many sources as targets, got " +
                        std::to_string(n_sources) + " and " + std::to_string(n_targets) + ".",
                    {{"expected", static_cast<double>(n_sources)},
                     {"given", static_cast<double>(n_targets)}});
      }
      break;
    case Rule::kAllToAll:
      break;
    case Rule::kFixedIndegree: {
      read_degree(c, entries, "indegree", true, kMostDegree);
      const bool overlap = !c.allow_autapses && contains_any(sources, targets);
      check_enough(c, c.degree, overlap ? n_sources - 1 : n_sources, "indegree");
      break;
    }
    case Rule::kFixedOutdegree: {
      read_degree(c, entries, "outdegree", true, kMostDegree);
      const bool overlap = !c.allow_autapses && contains_any(targets, sources);
      check_enough(c, c.degree, overlap ? n_targets - 1 : n_targets, "outdegree");
      break;
    }
    case Rule::kFixedTotalNumber:
      read_degree(c, entries, "N", false, 0x1p53);
      if (!c.allow_multapses) {
        throw Error(ErrorKind::kNotImplemented,
                    "fixed_total_number cannot forbid multapses; use pairwise_bernoulli, or "
                    "fixed_indegree with allow_multapses false.",
                    {{"parameter", std::string("allow_multapses")}});
      }
      if (!c.allow_autapses && c.degree > 0 && n_sources == 1 && sources == targets) {
        check_enough(c, c.degree, 0, "N");
      }
      break;
    case Rule::kPairwiseBernoulli:
      read_probability(c, entries, "p", 1, false);
      break;
    case Rule::kPairwisePoisson:
      read_probability(c, entries, "pairwise_avg_num_conns", 1e9, false);
      if (!c.allow_multapses) {
        throw bad_value(ErrorKind::kBadProperty, name_of(c.rule), "allow_multapses", false, "true");
      }
      break;
    case Rule::kSymmetricPairwiseBernoulli:
      read_probability(c, entries, "p", 1, true);
      if (c.p_parameter) {
        throw_type_mismatch(name_of(c.rule), "p", "a number", Value(c.p_parameter));
      }
      if (c.allow_autapses) {
        throw bad_value(ErrorKind::kBadProperty, name_of(c.rule), "allow_autapses", true, "false");
      }
      if (!c.allow_multapses) {
        throw bad_value(ErrorKind::kBadProperty, name_of(c.rule), "allow_multapses", false, "true");
      }
      if (!make_symmetric) {
        throw bad_value(ErrorKind::kBadProperty, name_of(c.rule), "make_symmetric", false, "true");
      }
      break;
  }
  const bool can_be_symmetric = c.rule == Rule::kOneToOne || c.rule == Rule::kAllToAll ||
                                c.rule == Rule::kSymmetricPairwiseBernoulli ||
                                c.rule == Rule::kExplicitArrays;
  if (make_symmetric && !can_be_symmetric) {
    throw Error(ErrorKind::kNotImplemented,
                std::string("make_symmetric works with one_to_one, all_to_all and "
                            "symmetric_pairwise_bernoulli, not with ") +
                    name_of(c.rule) + ".",
                {{"parameter", std::string("make_symmetric")}});
  }
  entries.require_all_used();
}

namespace {

// How many values an array of weights or delays must hold.
std::uint64_t array_size(const Projection& p) {
  const auto n_sources = static_cast<std::uint64_t>(p.pattern.sources->size());
  const auto n_targets = static_cast<std::uint64_t>(p.pattern.targets->size());
  switch (p.pattern.rule) {
    case Rule::kOneToOne:
    case Rule::kExplicitArrays:
      return n_sources;
    case Rule::kAllToAll:
      return n_sources * n_targets;
    case Rule::kFixedIndegree:
      if (p.pattern.degree_parameter) break;
      return n_targets * p.pattern.degree;
    case Rule::kFixedOutdegree:
      if (p.pattern.degree_parameter) break;
      return n_sources * p.pattern.degree;
    case Rule::kFixedTotalNumber:
      return p.pattern.degree;
    case Rule::kPairwiseBernoulli:
    case Rule::kPairwisePoisson:
    case Rule::kSymmetricPairwiseBernoulli:
      break;
  }
  throw Error(ErrorKind::kTypeMismatch,
              std::string("Arrays of weights or delays cannot be used with the rule ") +
                  name_of(p.pattern.rule) + "; give a number or a random parameter.",
              {{"rule", std::string(name_of(p.pattern.rule))},
               {"expected", std::string("a number or a random parameter")}});
}

}  // namespace

Quantity read_quantity(const Projection& p, const std::string& model, const std::string& key,
                       const Value& value, std::uint32_t ordinal) {
  Quantity q;
  q.ordinal = ordinal;
  if (const auto* list = std::get_if<std::vector<double>>(&value)) {
    const std::uint64_t size = array_size(p);
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

void read_plastic_parameters(Projection& p, const SynapseModelEntry& entry, Entries& entries) {
  const SynapseModel& model = *entry.model;
  const auto quantity = [&](int k) {
    const ParameterDeclaration& d = model.parameters[static_cast<std::size_t>(k)];
    Quantity q;
    q.scalar = entry.values[static_cast<std::size_t>(k)];
    if (d.role == Role::kReadOnly) return std::make_pair(q, false);
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
    if (std::find(model.columns.begin(), model.columns.end(), k) != model.columns.end()) continue;
    const auto [q, given] = quantity(k);
    const std::string& name = model.parameters[static_cast<std::size_t>(k)].name;
    if (name == "Kplus_triplet") {
      p.Kplus_triplet = q;
      p.Kplus_given |= given;
    } else if (model.has_Kplus && (name == "Kplus" || name == "pre_tr")) {
      p.Kplus = q;
      p.Kplus_given |= given;
    }
  }
}

std::vector<std::string> connection_rule_names() {
  std::vector<std::string> names;
  for (const RuleInfo& info : kRules) names.emplace_back(info.name);
  return names;
}

}  // namespace tegmenta
