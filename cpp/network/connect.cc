// Connect: from what the user gave to a staged projection or a device's connections. Everything is
// checked before anything is changed.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/errors.h"
#include "network/generate.h"
#include "network/network.h"
#include "network/numbers.h"

namespace tegmenta {

namespace {

/// From this many synapses a target on, a projection with one weight is delivered as counts.
constexpr std::uint64_t kDenseIndegree = 8;
/// Synapses one node may get or send in one call: times 2^32 nodes they can still be counted.
constexpr double kMostDegree = 4294967295.0;
/// Count rows there may be; further projections keep a weight a synapse.
constexpr int kMostGroups = 64;
/// Stores there may be: positions of synapses and due runs have 16 bits for them.
constexpr std::size_t kMostStores = 65000;

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

const char* name_of(Rule rule) {
  for (const RuleInfo& info : kRules) {
    if (info.rule == rule) return info.name;
  }
  return "explicit arrays";
}

// The entries of a specification, each to be asked for once; what is left over is unknown.
class Entries {
 public:
  Entries(const Properties& properties, std::string owner)
      : properties_(properties), owner_(std::move(owner)), used_(properties.size(), false) {}

  const Value* take(const std::string& key) {
    if (key != "arrays") asked_.push_back(key);  // which only lib/ gives
    const Value* found = nullptr;
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      if (properties_[i].first == key) {
        used_[i] = true;
        found = &properties_[i].second;
      }
    }
    return found;
  }

  bool take_bool(const std::string& key, bool otherwise) {
    const Value* value = take(key);
    return value ? require_bool(owner_, key, *value) : otherwise;
  }

  /// Names the owner, for error texts.
  void belongs_to(std::string owner) { owner_ = std::move(owner); }

  void require_all_used() const {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i]) continue;
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         owner_ + " has no parameter", properties_[i].first, asked_)
          .with("model", owner_);
    }
  }

 private:
  const Properties& properties_;
  std::string owner_;
  std::vector<bool> used_;
  std::vector<std::string> asked_;
};

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

[[noreturn]] void throw_illegal(const std::string& text, std::vector<Field> fields = {}) {
  throw Error(ErrorKind::kIllegalConnection, text, std::move(fields));
}

// A degree without multapses must find enough partners.
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

bool contains_any(const std::vector<NodeId>& ascending, const std::vector<NodeId>& ids) {
  return std::any_of(ids.begin(), ids.end(), [&](NodeId id) {
    return std::binary_search(ascending.begin(), ascending.end(), id);
  });
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

// How many values an array of weights or delays must hold, and how they are indexed.
std::uint64_t array_size(const Projection& p, std::uint64_t& stride) {
  const auto n_sources = static_cast<std::uint64_t>(p.pattern.sources->size());
  const auto n_targets = static_cast<std::uint64_t>(p.pattern.targets->size());
  stride = 1;
  switch (p.pattern.rule) {
    case Rule::kOneToOne:
    case Rule::kExplicitArrays:
      return n_sources;
    case Rule::kAllToAll:
      stride = n_sources;
      return n_sources * n_targets;
    case Rule::kFixedIndegree:
      if (p.pattern.degree_parameter) break;
      stride = p.pattern.degree;
      return n_targets * p.pattern.degree;
    case Rule::kFixedOutdegree:
      if (p.pattern.degree_parameter) break;
      stride = p.pattern.degree;
      return n_sources * p.pattern.degree;
    case Rule::kFixedTotalNumber:
      stride = std::uint64_t{1} << 32;
      return p.pattern.degree;
    default:
      break;
  }
  throw Error(ErrorKind::kTypeMismatch,
              std::string("Arrays of weights or delays cannot be used with the rule ") +
                  name_of(p.pattern.rule) + "; give a number or a random parameter.",
              {{"rule", std::string(name_of(p.pattern.rule))},
               {"expected", std::string("a number or a random parameter")}});
}

Quantity read_quantity(Projection& p, const std::string& model, const std::string& key,
                       const Value& value, std::uint32_t ordinal) {
  Quantity q;
  q.ordinal = ordinal;
  if (const auto* list = std::get_if<std::vector<double>>(&value)) {
    const std::uint64_t size = array_size(p, p.array_stride);
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

// Memory that laying out takes, with some for sorting.
double layout_bytes(const Projection& p, bool homogeneous, const SynapseModel& model) {
  const double weight = homogeneous ? 0 : p.needs_double ? 8 : 4;
  const double delay = p.delay.is_scalar() ? 0 : 4;
  double columns = 0;
  for (std::size_t k = 0; model.plastic() && k < p.columns.size(); ++k) {
    if (model.stored[k] || !p.columns[k].is_scalar()) columns += 8;
  }
  return static_cast<double>(p.synapses) * (2 + weight + delay + columns) * 1.2;
}

// The columns of a plastic model, from what was given or its defaults. Every key has a stream of
// draws of its own.
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

constexpr double kMostFloat = std::numeric_limits<float>::max();

bool exact_float(double w) {
  return std::abs(w) <= kMostFloat && static_cast<double>(static_cast<float>(w)) == w;
}

}  // namespace

std::vector<std::string> connection_rule_names() {
  std::vector<std::string> names;
  for (const RuleInfo& info : kRules) names.emplace_back(info.name);
  return names;
}

std::uint32_t Network::check_delay(double ms, const std::string& model) const {
  const double steps = ms / grid_.resolution_ms();
  const std::int64_t rounded = std::isfinite(ms) && std::abs(steps) < 1e9
                                   ? grid_.delay_steps_from_ms(ms)
                                   : std::numeric_limits<std::int64_t>::max();
  const std::int64_t low = status_.user_delays ? status_.user_min_delay : 1;
  const std::int64_t high = status_.user_delays ? status_.user_max_delay : (1 << 21) - 1;
  // Below the resolution is an error even where it would round up to one step, as in NEST.
  if (!(ms >= grid_.resolution_ms() * (1 - 1e-12)) || rounded < low || rounded > high) {
    std::string allowed =
        status_.user_delays
            ? "within min_delay and max_delay (" + format_number(grid_.ms_from_delay_steps(low)) +
                  " … " + format_number(grid_.ms_from_delay_steps(high)) + " ms)"
            : "≥ the resolution (" + format_number(grid_.resolution_ms()) + " ms)";
    if (rounded > high && !status_.user_delays) {
      allowed = "< " + format_number(grid_.ms_from_delay_steps(1 << 21)) + " ms";
    }
    throw bad_value(ErrorKind::kBadDelay, model, "delay", ms, allowed);
  }
  return static_cast<std::uint32_t>(rounded);
}

void Network::see_delay(std::int64_t steps, bool between_spiking_nodes) {
  delay_low_ = delay_low_ == 0 ? steps : std::min(delay_low_, steps);
  delay_high_ = std::max(delay_high_, steps);
  spike_delay_high_ = std::max(spike_delay_high_, steps);
  if (between_spiking_nodes) {
    spike_delay_low_ = spike_delay_low_ == 0 ? steps : std::min(spike_delay_low_, steps);
  }
}

// Counts the synapses and checks drawn and listed values; low and high get the delays in steps.
std::uint64_t Network::check_projection(Projection& p, std::int64_t& low, std::int64_t& high) {
  const std::string& model = synapse_models_[static_cast<std::size_t>(p.model)].name;
  const ConnectionPattern& c = p.pattern;
  if (p.delay.is_scalar()) {
    p.delay_steps = check_delay(p.delay.scalar, model);
    low = high = p.delay_steps;
  } else {
    low = std::numeric_limits<std::int64_t>::max();
    high = 0;
  }
  if (p.delay.array) {
    for (double ms : *p.delay.array) {
      const std::int64_t steps = check_delay(ms, model);
      low = std::min(low, steps);
      high = std::max(high, steps);
    }
  }
  const auto check_weight = [&](double w) {
    if (p.single_precision && std::isfinite(w) && std::abs(w) > kMostFloat) {
      throw bad_value(ErrorKind::kBadProperty, model, "weight", w,
                      "a number that float32 can hold");
    }
    if (!std::isfinite(w)) {
      throw bad_value(ErrorKind::kBadProperty, model, "weight", w, "a finite number");
    }
  };
  if (p.weight.is_scalar()) check_weight(p.weight.scalar);
  if (p.weight.array) std::for_each(p.weight.array->begin(), p.weight.array->end(), check_weight);
  if (p.weight.is_scalar()) {
    p.needs_double = !exact_float(p.weight.scalar);
  } else if (p.weight.array) {
    p.needs_double = !std::all_of(p.weight.array->begin(), p.weight.array->end(), exact_float);
  } else {
    p.needs_double = true;
  }

  const SynapseModelEntry& entry = synapse_models_[static_cast<std::size_t>(p.model)];
  const bool plastic = entry.model->plastic();
  // A plastic synapse's values are checked together.
  const auto check_values = [&](const GeneratedSynapse& s) {
    const SynapseModel& m = *entry.model;
    for (std::size_t k = 0; k < p.columns.size(); ++k) {
      if (!p.columns[k].parameter) continue;
      check_number(model, m.parameters[static_cast<std::size_t>(m.columns[k])],
                   p.value(p.columns[k], s));
    }
    check_synapse_values(entry, p.value(p.weight, s), [&](int parameter) {
      for (std::size_t k = 0; k < p.columns.size(); ++k) {
        if (m.columns[k] == parameter) return p.value(p.columns[k], s);
      }
      return entry.values[static_cast<std::size_t>(parameter)];
    });
  };
  bool varied = !p.weight.is_scalar();
  for (const Quantity& q : p.columns) varied |= !q.is_scalar();
  if (plastic && !varied) check_values({});

  const auto n_sources = static_cast<std::uint64_t>(c.sources->size());
  const auto n_targets = static_cast<std::uint64_t>(c.targets->size());
  const bool drawn = p.weight.parameter || p.delay.parameter || (plastic && varied);
  if (!drawn && !c.degree_parameter) {
    switch (c.rule) {
      case Rule::kOneToOne:
      case Rule::kExplicitArrays:
        if (c.allow_autapses) return n_sources;
        break;
      case Rule::kAllToAll:
        if (c.allow_autapses) return n_sources * n_targets;
        break;
      case Rule::kFixedIndegree:
        return n_targets * c.degree;
      case Rule::kFixedOutdegree:
        return n_sources * c.degree;
      case Rule::kFixedTotalNumber:
        return c.degree;
      default:
        break;
    }
  }

  // Drawn numbers of connections must be possible before they are used.
  if (c.degree_parameter) {
    const bool by_target = c.rule == Rule::kFixedIndegree;
    const auto& ids = by_target ? *c.targets : *c.sources;
    const auto& partners = by_target ? *c.sources : *c.targets;
    for (NodeId id : ids) {
      const double degree = generate_detail::degree_of(c, Purpose::kConnectCount, id);
      const bool self =
          !c.allow_autapses && std::binary_search(partners.begin(), partners.end(), id);
      const char* key = by_target ? "indegree" : "outdegree";
      const Range range{0, kMostDegree, false, false};
      if (!range.contains(degree)) {
        throw bad_value(ErrorKind::kBadProperty, name_of(c.rule), key, degree, range.text());
      }
      check_enough(c, static_cast<std::uint64_t>(degree), partners.size() - (self ? 1 : 0), key);
    }
  }

  // A pass over the synapses, by ranges of targets. Every worker keeps its own extremes.
  struct Seen {
    std::uint64_t count = 0;
    std::int64_t low = std::numeric_limits<std::int64_t>::max();
    std::int64_t high = 0;
  };
  const int workers = team().size();
  std::vector<Seen> seen(static_cast<std::size_t>(workers));
  const NodeId end = static_cast<NodeId>(nodes_.size());
  if (c.p_parameter) {
    const double most = c.rule == Rule::kPairwiseBernoulli ? 1 : 1e9;
    for (std::size_t t = 0; t < c.targets->size(); ++t) {
      for (std::size_t s = 0; s < c.sources->size(); ++s) {
        const double x =
            generate_detail::probability_of(c, (*c.targets)[t], static_cast<std::uint32_t>(s));
        if (!(x >= 0) || x > most) {
          throw bad_value(ErrorKind::kBadProperty, name_of(c.rule),
                          c.rule == Rule::kPairwiseBernoulli ? "p" : "pairwise_avg_num_conns", x,
                          c.rule == Rule::kPairwiseBernoulli ? "in [0, 1]" : "≥ 0");
        }
      }
    }
  }
  team().run([&](int worker) {
    Seen mine;
    const auto bound = [&](int w) {
      return static_cast<NodeId>(1 + (std::uint64_t{end} - 1) * static_cast<std::uint64_t>(w) /
                                         static_cast<std::uint64_t>(workers));
    };
    generate(c, bound(worker), bound(worker + 1), [&](const GeneratedSynapse& s) {
      ++mine.count;
      if (plastic && varied) check_values(s);
      if (p.weight.parameter) {
        check_weight(p.value(p.weight, s));
      }
      if (p.delay.parameter) {
        const std::int64_t steps = check_delay(p.value(p.delay, s), model);
        mine.low = std::min(mine.low, steps);
        mine.high = std::max(mine.high, steps);
      }
    });
    seen[static_cast<std::size_t>(worker)] = mine;
  });
  std::uint64_t count = 0;
  for (const Seen& s : seen) {
    count += s.count;
    low = std::min(low, s.low);
    high = std::max(high, s.high);
  }
  return count;
}

std::uint32_t Network::store_for(int model, std::int64_t label, bool homogeneous, double weight,
                                 bool single_precision) {
  for (std::uint32_t s = 0; s < stores_.size(); ++s) {
    const RowStore& store = *stores_[s];
    if (store.model == model && store.label == label && store.homogeneous == homogeneous &&
        (homogeneous ? store.weight == weight : store.single_precision == single_precision)) {
      return s;
    }
  }
  auto store = std::make_unique<RowStore>();
  store->model = model;
  store->label = label;
  store->homogeneous = homogeneous;
  store->weight = weight;
  store->single_precision = single_precision;
  const SynapseModelEntry& entry = synapse_models_[static_cast<std::size_t>(model)];
  if (entry.model->plastic()) {
    store->plastic = entry.model;
    // State changes by fractions: in double, unless the user wants it small.
    store->double_weights = !single_precision;
    store->columns.resize(entry.model->columns.size());
    for (std::size_t k = 0; k < store->columns.size(); ++k) {
      const auto parameter = static_cast<std::size_t>(entry.model->columns[k]);
      store->columns[k] = {entry.model->stored[k], entry.values[parameter]};
    }
  }
  if (homogeneous) store->group = groups_++;
  store->partitions.resize(static_cast<std::size_t>(placement_.partitions()));
  stores_.push_back(std::move(store));
  return static_cast<std::uint32_t>(stores_.size()) - 1;
}

bool Network::homogeneous(const Projection& projection, bool from_generators) const {
  const SynapseModelEntry& model = synapse_models_[static_cast<std::size_t>(projection.model)];
  if (model.common_weight) return true;
  const auto targets = static_cast<std::uint64_t>(projection.pattern.synapse_targets().size());
  return !model.model->plastic() && projection.weight.is_scalar() &&
         projection.synapses >= kDenseIndegree * targets && groups_ < kMostGroups &&
         !from_generators;
}

// Checks projections and then stages all of them, or none. Those after the first repeat it the
// other way round.
void Network::connect_rows(std::vector<Projection> projections, bool from_generators) {
  std::int64_t low = 0, high = 0;
  std::vector<std::uint32_t> stores;
  double bytes = 0;
  std::uint64_t synapses = 0;
  for (Projection& projection : projections) {
    projection.synapses = check_projection(projection, low, high);
    synapses += projection.synapses;
    bytes += layout_bytes(projection, homogeneous(projection, from_generators),
                          *synapse_models_[static_cast<std::size_t>(projection.model)].model);
  }
  if (synapses == 0) return;
  require_memory(bytes, std::to_string(synapses) + " synapses");
  if (stores_.size() + projections.size() > kMostStores) {
    throw Error(ErrorKind::kKernelException, "There are too many kinds of synapses (65,000).");
  }
  for (const Projection& p : projections) {
    const SynapseModelEntry& model = synapse_models_[static_cast<std::size_t>(p.model)];
    const bool one_weight = homogeneous(p, from_generators);
    stores.push_back(store_for(p.model, p.label, one_weight,
                               model.common_weight ? model.weight : p.weight.scalar,
                               p.single_precision));
    make_room(stores_[stores.back()]->staged, projections.size());
  }
  for (std::size_t i = 0; i < projections.size(); ++i) {
    stores_[stores[i]]->staged.push_back(std::move(projections[i]));
  }
  layout_needed_ = true;
  see_delay(low, !from_generators);
  see_delay(high, !from_generators);
}

void Network::require_device_memory(const Projection& projection) {
  Projection copy = projection;
  std::int64_t low = 0, high = 0;
  const std::uint64_t count = check_projection(copy, low, high);
  require_memory(static_cast<double>(count) * 40,
                 std::to_string(count) + " connections of devices");
}

void Network::connect_generators(const Projection& projection) {
  // A generator's connections are few: one list a generator, ascending in target.
  require_device_memory(projection);
  struct Made {
    NodeId source;
    NodeId target;
    double weight;
    std::uint32_t delay;
  };
  const std::string& model = synapse_models_[static_cast<std::size_t>(projection.model)].name;
  std::vector<Made> made;
  generate(
      projection.pattern, 1, static_cast<NodeId>(nodes_.size()), [&](const GeneratedSynapse& s) {
        const double w = projection.value(projection.weight, s);
        if (!std::isfinite(w)) {
          throw bad_value(ErrorKind::kBadProperty, model, "weight", w, "a finite number");
        }
        made.push_back(
            {s.source, s.target, w, check_delay(projection.value(projection.delay, s), model)});
      });
  std::stable_sort(made.begin(), made.end(), [](const Made& a, const Made& b) {
    return std::tie(a.source, a.target) < std::tie(b.source, b.target);
  });
  std::vector<DeviceProjection> lists;
  for (const Made& m : made) {
    if (lists.empty() || nodes_[m.source].index != lists.back().device) {
      DeviceProjection list;
      list.device = nodes_[m.source].index;
      // Every generator draws for itself, also where one call connects several.
      list.call = projection.pattern.call + static_cast<std::uint32_t>(lists.size());
      list.model = projection.model;
      list.label = projection.label;
      list.receptor = projection.channel;
      list.created = list.since = now_;
      lists.push_back(std::move(list));
    }
    lists.back().targets.push_back(m.target);
    lists.back().weights.push_back(m.weight);
    lists.back().delays.push_back(m.delay);
  }
  for (DeviceProjection& list : lists) {
    const auto shrink = [](auto& values) {
      const bool same =
          std::all_of(values.begin(), values.end(), [&](auto x) { return x == values.front(); });
      if (same) values.resize(1);
      values.shrink_to_fit();
    };
    shrink(list.weights);
    shrink(list.delays);
  }
  make_room(device_projections_, lists.size());
  for (const Made& m : made) see_delay(m.delay, false);
  // The first list has the number of the call itself.
  if (!lists.empty()) calls_ += static_cast<std::uint32_t>(lists.size()) - 1;
  for (DeviceProjection& list : lists) {
    bytes_ += bytes_of(list);
    device_projections_.push_back(std::move(list));
  }
  devices_changed_ = true;
}

void Network::connect_recorder(const Projection& projection, bool multimeter) {
  const std::string& model = synapse_models_[static_cast<std::size_t>(projection.model)].name;
  if (!projection.delay.is_scalar() || !projection.weight.is_scalar()) {
    throw Error(ErrorKind::kIllegalConnection,
                "Connections of recorders take one weight and one delay; neither has an effect.");
  }
  const std::uint32_t delay = check_delay(projection.delay.scalar, model);
  require_device_memory(projection);
  std::vector<RecordingProjection> lists;
  generate(projection.pattern, 1, static_cast<NodeId>(nodes_.size()),
           [&](const GeneratedSynapse& s) {
             const NodeId recorder = multimeter ? s.source : s.target;
             const NodeId node = multimeter ? s.target : s.source;
             const std::uint32_t device = nodes_[recorder].index;
             auto it = std::find_if(lists.begin(), lists.end(),
                                    [&](const auto& list) { return list.device == device; });
             if (it == lists.end()) {
               RecordingProjection list;
               list.device = device;
               list.model = projection.model;
               list.label = projection.label;
               list.weight = projection.weight.scalar;
               list.delay = delay;
               it = lists.insert(lists.end(), std::move(list));
             }
             it->nodes.push_back(node);
           });
  for (RecordingProjection& list : lists) {
    std::sort(list.nodes.begin(), list.nodes.end());
    if (!multimeter) continue;
    const Multimeter& meter = static_cast<const Multimeter&>(*devices_[list.device]);
    auto all = list.nodes;
    for (const RecordingProjection& old : recording_projections_) {
      if (old.device == list.device) all.insert(all.end(), old.nodes.begin(), old.nodes.end());
    }
    std::sort(all.begin(), all.end());
    if (const auto twice = std::adjacent_find(all.begin(), all.end()); twice != all.end()) {
      throw Error(ErrorKind::kIllegalConnection,
                  meter.model_name + " " + std::to_string(meter.id) + " is connected to node " +
                      std::to_string(*twice) + " already.",
                  {{"node", static_cast<double>(*twice)}, {"model", meter.model_name}});
    }
    for (NodeId id : list.nodes) {
      std::vector<std::string> recordables;
      if (nodes_[id].kind == NodeRecord::Kind::kNeuron) {
        for (const StateDeclaration& s : populations_[nodes_[id].index]->model().states) {
          recordables.push_back(s.name);
        }
      } else {
        recordables = devices_[nodes_[id].index]->description().recordables;
      }
      for (const std::string& wanted : meter.record_from()) {
        if (std::find(recordables.begin(), recordables.end(), wanted) != recordables.end())
          continue;
        throw unknown_name(ErrorKind::kIllegalConnection, "parameter",
                           model_name(id) + " has no recordable", wanted, recordables)
            .with("model", model_name(id))
            .with("node", static_cast<double>(id));
      }
    }
  }
  make_room(recording_projections_, lists.size());
  see_delay(delay, false);
  for (RecordingProjection& list : lists) {
    if (multimeter) static_cast<Multimeter&>(*devices_[list.device]).connected = true;
    bytes_ += static_cast<std::int64_t>(list.nodes.size() * sizeof(NodeId));
    recording_projections_.push_back(std::move(list));
  }
  devices_changed_ = true;
}

void Network::connect(std::span<const NodeId> pre, std::span<const NodeId> post,
                      const Properties& conn, const Properties& syn) {
  try {
    connect_checked(pre, post, conn, syn);
  } catch (Error& e) {
    // What a parameter of a rule belongs to is no model.
    for (const RuleInfo& info : kRules) e.rename("model", std::string(info.name), "rule");
    throw;
  }
}

void Network::connect_checked(std::span<const NodeId> pre, std::span<const NodeId> post,
                              const Properties& conn, const Properties& syn) {
  if (pre.empty() || post.empty()) {
    throw_illegal(std::string("Connect needs at least one ") + (pre.empty() ? "source" : "target") +
                  "; the collection is empty.");
  }
  for (NodeId id : pre) require_node(id);
  for (NodeId id : post) require_node(id);

  Projection p;
  p.pattern.sources = std::make_shared<const std::vector<NodeId>>(pre.begin(), pre.end());
  p.pattern.targets = std::make_shared<const std::vector<NodeId>>(post.begin(), post.end());
  p.pattern.seed = status_.seed;
  p.pattern.call = calls_;
  p.steps_per_ms = grid_.steps_per_ms();
  bool make_symmetric = false;
  Entries conn_entries(conn, "conn_spec");
  read_rule(p.pattern, conn_entries, make_symmetric);
  if (p.pattern.rule != Rule::kExplicitArrays) {
    for (const auto* ids : {p.pattern.sources.get(), p.pattern.targets.get()}) {
      for (std::size_t i = 1; i < ids->size(); ++i) {
        if ((*ids)[i - 1] >= (*ids)[i]) {
          throw Error(ErrorKind::kBadProperty,
                      "The IDs of a collection must ascend and be unique; use one_to_one with "
                      "explicit arrays for lists with repetitions.");
        }
      }
    }
  }

  Entries syn_entries(syn, "syn_spec");
  const Value* model_value = syn_entries.take("synapse_model");
  const std::string model_name_given =
      model_value ? require_string("", "synapse_model", *model_value) : "static_synapse";
  p.model = find_synapse_model(model_name_given);
  const SynapseModelEntry& model = synapse_models_[static_cast<std::size_t>(p.model)];
  if (const auto renamed = canonical_names(*model.model, syn)) {
    return connect_checked(pre, post, conn, *renamed);
  }
  syn_entries.belongs_to(model.name);
  if (const Value* w = syn_entries.take("weight")) {
    if (model.common_weight) {
      throw Error(ErrorKind::kNotImplemented,
                  "The weight of " + model.name +
                      " belongs to the model; set it with SetDefaults, not in Connect.",
                  {{"model", model.name}, {"parameter", std::string("weight")}});
    }
    p.weight = read_quantity(p, model.name, "weight", *w, 1);
  } else {
    p.weight.scalar = model.weight;
  }
  if (const Value* d = syn_entries.take("delay")) {
    p.delay = read_quantity(p, model.name, "delay", *d, 2);
  } else {
    p.delay.scalar = model.delay_ms;
  }
  auto receptor = static_cast<std::int64_t>(model.values[kReceptorParameter]);
  if (const Value* r = syn_entries.take("receptor_type")) {
    receptor = require_integer(model.name, "receptor_type", *r, -2147483648.0, 2147483647.0);
  }
  if (const Value* l = syn_entries.take("synapse_label")) {
    p.label = require_integer(model.name, "synapse_label", *l, 0, 2147483647.0);
  } else {
    p.label = static_cast<std::int64_t>(model.values[kLabelParameter]);
  }
  p.single_precision = status_.single_precision;
  if (const Value* precision = syn_entries.take("weight_precision")) {
    const std::string& text = require_string(model.name, "weight_precision", *precision);
    if (text != "single" && text != "double") {
      throw bad_value(ErrorKind::kBadProperty, model.name, "weight_precision", text,
                      "'single' or 'double'");
    }
    p.single_precision = text == "single";
  }
  if (model.model->plastic()) read_plastic_parameters(p, model, syn_entries);
  syn_entries.require_all_used();
  if (make_symmetric && (p.weight.parameter || p.delay.parameter)) {
    throw Error(ErrorKind::kNotImplemented,
                "make_symmetric cannot repeat random weights or delays; give numbers or arrays.",
                {{"parameter", std::string("make_symmetric")}});
  }
  if (p.single_precision && p.weight.is_scalar() && std::abs(p.weight.scalar) <= kMostFloat) {
    p.weight.scalar = static_cast<double>(static_cast<float>(p.weight.scalar));
  }

  // What kinds of nodes are to be connected.
  enum class Kind {
    kNeuron,
    kSpikeGenerator,
    kPoisson,
    kCurrent,
    kSpikeRecorder,
    kMultimeter,
    kTransmitter,
    kWeightRecorder,
    kSynapseRecorder
  };
  const auto kind_of = [&](NodeId id) {
    if (nodes_[id].kind == NodeRecord::Kind::kNeuron) return Kind::kNeuron;
    switch (devices_[nodes_[id].index]->kind()) {
      case DeviceKind::kPoissonGenerator:
        return Kind::kPoisson;
      case DeviceKind::kSpikeGenerator:
        return Kind::kSpikeGenerator;
      case DeviceKind::kCurrentGenerator:
        return Kind::kCurrent;
      case DeviceKind::kSpikeRecorder:
        return Kind::kSpikeRecorder;
      case DeviceKind::kMultimeter:
        return Kind::kMultimeter;
      case DeviceKind::kWeightRecorder:
        return Kind::kWeightRecorder;
      case DeviceKind::kSynapseRecorder:
        return Kind::kSynapseRecorder;
      case DeviceKind::kVolumeTransmitter:
        return Kind::kTransmitter;
    }
    return Kind::kNeuron;
  };
  const auto one_kind = [&](const std::vector<NodeId>& ids, const char* role) {
    const Kind kind = kind_of(ids.front());
    for (NodeId id : ids) {
      if (kind_of(id) != kind) {
        throw_illegal(std::string("The ") + role + " are of different kinds (" +
                          model_name(ids.front()) + ", " + model_name(id) +
                          "); connect neurons, generators and recorders separately.",
                      {{"model", model_name(id)}, {"node", static_cast<double>(id)}});
      }
    }
    return kind;
  };
  const Kind source = one_kind(*p.pattern.sources, "sources");
  const Kind target = one_kind(*p.pattern.targets, "targets");
  const std::string& source_name = model_name(p.pattern.sources->front());
  const std::string& target_name = model_name(p.pattern.targets->front());
  const bool recording =
      target == Kind::kSpikeRecorder || source == Kind::kMultimeter || target == Kind::kTransmitter;
  if (source == Kind::kWeightRecorder || target == Kind::kWeightRecorder) {
    throw Error(ErrorKind::kIllegalConnection,
                "A weight_recorder is not connected: give it to a synapse model, "
                "CopyModel(model, name, { weight_recorder }).",
                {{"model", source == Kind::kWeightRecorder ? source_name : target_name}});
  }
  if (source == Kind::kSynapseRecorder || target == Kind::kSynapseRecorder) {
    throw Error(ErrorKind::kIllegalConnection,
                "A synapse_recorder is not connected: give it the synapses to record, "
                "set({ connections: GetConnections(...) }).",
                {{"model", source == Kind::kSynapseRecorder ? source_name : target_name}});
  }
  if (source == Kind::kTransmitter) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " sends no spikes; bind synapses to it through their model.",
                {{"model", source_name}});
  }
  const bool spiking = source == Kind::kPoisson || source == Kind::kSpikeGenerator;
  if (target == Kind::kTransmitter && !spiking && source != Kind::kNeuron) {
    throw Error(ErrorKind::kIllegalConnection, target_name + " receives spikes of neurons only.",
                {{"model", source_name}});
  }
  if (target == Kind::kTransmitter && spiking) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " cannot drive a " + target_name +
                    " directly; put a parrot_neuron in between.",
                {{"model", source_name}});
  }
  if (model.model->plastic() && !(source == Kind::kNeuron && target == Kind::kNeuron)) {
    throw Error(ErrorKind::kIllegalConnection,
                model.name + " connects neurons only, not " + source_name + " to " + target_name +
                    (source == Kind::kNeuron ? "." : "; put a parrot_neuron in between."),
                {{"model", model.name}});
  }
  if (model.model->needs_transmitter && model.transmitter == 0) {
    throw Error(ErrorKind::kBadProperty,
                "No volume_transmitter has been assigned to " + model.name +
                    "; set it with SetDefaults or CopyModel.",
                {{"model", model.name}, {"parameter", std::string("volume_transmitter")}});
  }
  if (source == Kind::kSpikeRecorder) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " sends no output; connect the nodes to be recorded to it.",
                {{"model", source_name}});
  }
  if (target == Kind::kMultimeter) {
    throw Error(ErrorKind::kIllegalConnection,
                target_name + " cannot be a target; connect it to the nodes: Connect(" +
                    target_name + ", nodes).",
                {{"model", target_name}});
  }
  if (target != Kind::kNeuron && target != Kind::kSpikeRecorder && target != Kind::kTransmitter &&
      !(source == Kind::kMultimeter && target == Kind::kCurrent)) {
    throw Error(ErrorKind::kIllegalConnection,
                target_name + " receives no input from " + source_name + ".",
                {{"model", target_name}});
  }
  if (source == Kind::kCurrent && target == Kind::kSpikeRecorder) {
    throw Error(ErrorKind::kIllegalConnection,
                source_name + " sends currents, which " + target_name + " cannot record.",
                {{"model", source_name}});
  }
  if (recording && p.pattern.rule != Rule::kAllToAll && p.pattern.rule != Rule::kOneToOne &&
      p.pattern.rule != Rule::kExplicitArrays) {
    throw_illegal(std::string("The rule ") + name_of(p.pattern.rule) +
                      " cannot connect recorders; use all_to_all or one_to_one.",
                  {{"rule", std::string(name_of(p.pattern.rule))}});
  }
  if (make_symmetric && (source != Kind::kNeuron || target != Kind::kNeuron)) {
    throw_illegal("make_symmetric connects neurons only.",
                  {{"parameter", std::string("make_symmetric")}});
  }
  if (model.common_weight && source != Kind::kNeuron) {
    // Generators keep a copy of the weight, which SetDefaults changes with the model's.
    p.weight.scalar = model.weight;
  }

  // Receptors.
  if (target == Kind::kNeuron && source != Kind::kMultimeter) {
    for (NodeId id : *p.pattern.targets) {
      const NeuronModel& neuron = populations_[nodes_[id].index]->model();
      if (source == Kind::kCurrent && !neuron.accepts_current) {
        throw Error(ErrorKind::kIllegalConnection, model_name(id) + " does not accept currents.",
                    {{"model", model_name(id)}});
      }
      const bool two =
          neuron.counts_input || (source == Kind::kCurrent && neuron.has_filtered_current);
      if (receptor < 0 || receptor > (two ? 1 : 0)) {
        throw bad_value(ErrorKind::kUnknownReceptorType, model_name(id), "receptor_type",
                        static_cast<double>(receptor), two ? "0 or 1" : "0");
      }
    }
  } else if (receptor != 0) {
    throw bad_value(ErrorKind::kUnknownReceptorType, "", "receptor_type",
                    static_cast<double>(receptor), "0");
  }
  p.channel = static_cast<std::uint8_t>(receptor);

  if (recording && source != Kind::kPoisson) {
    connect_recorder(p, source == Kind::kMultimeter);
  } else if (source == Kind::kPoisson || source == Kind::kCurrent) {
    connect_generators(p);
  } else {
    const bool generators = source == Kind::kSpikeGenerator;
    std::vector<Projection> projections = {p};
    if (make_symmetric) {
      for (NodeId id : *p.pattern.sources) {
        const NeuronModel& neuron = populations_[nodes_[id].index]->model();
        if (receptor > (neuron.counts_input ? 1 : 0)) {
          throw bad_value(ErrorKind::kUnknownReceptorType, model_name(id), "receptor_type",
                          static_cast<double>(receptor), "0");
        }
      }
      projections.push_back(p);
      projections.back().pattern.transposed = true;
    }
    connect_rows(std::move(projections), generators);
  }
  ++calls_;
}

}  // namespace tegmenta
