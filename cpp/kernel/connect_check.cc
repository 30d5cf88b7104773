// Connect: counting the synapses of a projection and checking their values before anything changes.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "base/errors.h"
#include "connect/generate.h"
#include "connect/named_synapses.h"
#include "connect/synapse_estimate.h"
#include "kernel/connect_spec.h"
#include "kernel/connector.h"
#include "kernel/defaults.h"
#include "kernel/delays.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

/// Synapses that are checked together, about.
constexpr std::uint64_t kChunkSynapses = 32768;
/// The same where a few may tell enough.
constexpr std::uint64_t kFewSynapses = 1024;

bool exact_float(double w) {
  return std::abs(w) <= kMostFloat && static_cast<double>(static_cast<float>(w)) == w;
}

// The parameter that a pattern draws.
const RuleParameter& drawn_parameter(const ConnectionPattern& c, RuleValue value) {
  return *std::find_if(c.rule->parameters.begin(), c.rule->parameters.end(),
                       [&](const RuleParameter& p) { return p.value == value; });
}

// Drawn numbers of connections must be possible before they are used.
void check_degrees(const ConnectionPattern& c, const simd::Kernels& kernels) {
  const RuleParameter& parameter = drawn_parameter(c, RuleValue::kDegree);
  const auto& ids = c.rule->by_source ? *c.sources : *c.targets;
  const auto& partners = c.rule->by_source ? *c.targets : *c.sources;
  for (NodeId id : ids) {
    const double degree = rules::degree_of(c, kernels, id);
    const bool self = !c.allow_autapses && std::binary_search(partners.begin(), partners.end(), id);
    if (!parameter.range.contains(degree)) {
      throw bad_value(ErrorKind::kBadProperty, c.rule->name, parameter.name, degree,
                      parameter.range.text());
    }
    rules::check_enough(c, static_cast<std::uint64_t>(degree), partners.size() - (self ? 1 : 0),
                        parameter.name);
  }
}

void check_probabilities(const ConnectionPattern& c, const simd::Kernels& kernels) {
  const RuleParameter& parameter = drawn_parameter(c, RuleValue::kOfPair);
  const Range& range = parameter.range;
  const ParameterExpression::Bounds& bounds = c.p_parameter->bounds();
  if (c.p_parameter->never_throws() && range.contains(bounds.low) && range.contains(bounds.high)) {
    return;
  }
  std::vector<double> p;
  for (const NodeId target : *c.targets) {
    rules::probabilities_of(c, kernels, target, p);
    for (const double x : p) {
      if (range.contains(x)) continue;
      throw bad_value(ErrorKind::kBadProperty, c.rule->name, parameter.name, x,
                      parameter.drawn_allowed ? parameter.drawn_allowed : range.text());
    }
  }
}

}  // namespace

void check_drawn(const ConnectionPattern& c, const simd::Kernels& kernels) {
  if (c.degree_parameter) check_degrees(c, kernels);
  if (c.p_parameter) check_probabilities(c, kernels);
}

void Connector::check_weight(const Projection& p, double w) const {
  const std::string& model = net_.catalog.synapse(p.model).name;
  if (p.single_precision && std::isfinite(w) && std::abs(w) > kMostFloat) {
    throw bad_value(ErrorKind::kBadProperty, model, "weight", w, "a number that float32 can hold");
  }
  if (!std::isfinite(w)) {
    throw bad_value(ErrorKind::kBadProperty, model, "weight", w, "a finite number");
  }
  if (p.to_conductances && w < 0) throw negative_conductance(model, w);
}

// Whether all values that a parameter may draw are allowed.
bool Connector::certain_weight(const Projection& p) const {
  const ParameterExpression& drawn = *p.weight.parameter;
  const double most = p.single_precision ? kMostFloat : std::numeric_limits<double>::max();
  const double least = p.to_conductances ? 0 : -most;
  return drawn.never_throws() && drawn.bounds().low >= least && drawn.bounds().high <= most;
}

bool Connector::certain_delay(const Projection& p) const {
  const ParameterExpression& drawn = *p.delay.parameter;
  return drawn.never_throws() && allowed_delay(net_, drawn.bounds().low) &&
         allowed_delay(net_, drawn.bounds().high);
}

namespace {

/// What a worker has seen of the synapses of a projection.
struct Seen {
  std::uint64_t count = 0;
  DelayRange delays;
  std::uint64_t failed = 0;  // chunk
  std::exception_ptr error;
};

// Rethrows the error of the first chunk that has one, whoever found it: those before it were all
// checked.
std::pair<std::uint64_t, DelayRange> all_seen(const std::vector<Seen>& seen) {
  const Seen* first = nullptr;
  for (const Seen& s : seen) {
    if (s.error && (!first || s.failed < first->failed)) first = &s;
  }
  if (first) std::rethrow_exception(first->error);
  Seen all;
  for (const Seen& s : seen) {
    all.count += s.count;
    all.delays.include(s.delays);
  }
  return {all.count, all.delays};
}

// How many of the rule's majors (targets, or sources) make about that many synapses. Those of one
// source and target stay together.
std::uint64_t majors_together(const Projection& p, std::uint64_t synapses) {
  const ConnectionPattern& c = p.pattern;
  const std::uint64_t majors = major_count(c);
  if (!c.rule->ids_ascend) return std::max<std::uint64_t>(1, majors);
  const std::uint64_t pairs = c.sources->size() * c.targets->size();
  const std::uint64_t all = p.synapses > 0 ? p.synapses : pairs;
  return std::max<std::uint64_t>(1, synapses / std::max<std::uint64_t>(1, all / majors));
}

}  // namespace

// Generates the synapses of a projection in chunks, by all workers, and calls
// check(synapses, delays so far) for each; returns their number and the delays. Ends early once
// delays as far apart as `most` were seen, if that is given.
template <typename Check>
std::pair<std::uint64_t, DelayRange> Connector::for_chunks(const Projection& p, bool named,
                                                           Check&& check, DelayRange most) {
  const ConnectionPattern& c = p.pattern;
  const std::uint64_t majors = major_count(c);
  const std::uint64_t chunk = majors_together(p, most.known() ? kFewSynapses : kChunkSynapses);
  std::vector<Seen> seen(static_cast<std::size_t>(net_.team().size()));
  std::atomic<std::uint64_t> next{0};
  std::atomic<bool> enough{false};
  const NodeId end = static_cast<NodeId>(net_.nodes.records.size());
  net_.team().run([&](int worker) {
    Seen& mine = seen[static_cast<std::size_t>(worker)];
    std::vector<GeneratedSynapse> made;
    for (std::uint64_t from = next.fetch_add(chunk); from < majors && !mine.error && !enough;
         from = next.fetch_add(chunk)) {
      try {
        made.clear();
        generate(c, *net_.settings.simd, {from, std::min(majors, from + chunk)}, 1, end,
                 [&](const GeneratedBatch& batch) {
                   mine.count += batch.size;
                   if (!named) return;
                   batch.for_each([&](const GeneratedSynapse& s) { made.push_back(s); });
                 });
        if (!named) continue;
        const NamedSynapses chunk_synapses(made);
        for (std::size_t i = 0; i < made.size(); i += kDrawBlock) {
          check(chunk_synapses.part(i, std::min(kDrawBlock, made.size() - i)), mine.delays);
        }
        if (most.known() && mine.delays.low == most.low && mine.delays.high == most.high) {
          enough = true;
        }
      } catch (...) {
        mine.failed = from;
        mine.error = std::current_exception();
      }
    }
  });
  return all_seen(seen);
}

// Counts the synapses, where the estimate is none, and checks what can be without drawing a
// synapse's values.
void Connector::check_projection(Projection& p, const SynapseEstimate& estimate) {
  const SynapseModelEntry& entry = net_.catalog.synapse(p.model);
  const ConnectionPattern& c = p.pattern;
  if (p.delay.is_scalar()) {
    p.delay_steps = check_delay(net_, p.delay.scalar, entry.name);
    p.delays = {p.delay_steps, p.delay_steps};
  } else if (p.delay.array) {
    for (double ms : *p.delay.array) p.delays.include(check_delay(net_, ms, entry.name));
  }
  p.needs_double = true;
  if (p.weight.is_scalar()) {
    check_weight(p, p.weight.scalar);
    p.needs_double = !exact_float(p.weight.scalar);
  } else if (p.weight.array) {
    for (double w : *p.weight.array) check_weight(p, w);
    p.needs_double = !std::all_of(p.weight.array->begin(), p.weight.array->end(), exact_float);
  }
  check_drawn(c, *net_.settings.simd);
  p.synapses = estimate.exact ? static_cast<std::uint64_t>(estimate.least)
                              : for_chunks(p, false, [](const SynapseBlock&, DelayRange&) {}).first;
}

namespace {

// Whether what is checked together differs from synapse to synapse.
bool varies(const Projection& p, const SynapseModel& model) {
  return !p.weight.is_scalar() || p.Kplus.parameter || p.Kplus_triplet.parameter ||
         (model.checks_delay && !p.delay.is_scalar()) ||
         std::any_of(p.columns.begin(), p.columns.end(),
                     [](const Quantity& q) { return !q.is_scalar(); });
}

}  // namespace

// Checks drawn values, and those of plastic synapses together.
void Connector::check_values(Projection& p) {
  const SynapseModelEntry& entry = net_.catalog.synapse(p.model);
  const SynapseModel& model = *entry.model;
  const bool varied = varies(p, model);
  const bool check_weights = p.weight.parameter && !certain_weight(p);
  const bool check_delays = p.delay.parameter && !certain_delay(p);
  const auto check_plastic = [&](double weight, double delay, auto&& column) {
    check_synapse_values(
        entry, weight,
        [&](int parameter) {
          if (parameter == kDelayParameter) return delay;
          for (std::size_t k = 0; k < p.columns.size(); ++k) {
            if (model.columns[k] == parameter) return column(k);
          }
          return entry.values[static_cast<std::size_t>(parameter)];
        },
        p.weight_alone ? GivenWeight::kAlone : GivenWeight::kAmongOthers);
  };
  if (model.plastic && !varied) {
    check_plastic(p.weight.scalar, p.delay.scalar,
                  [&](std::size_t k) { return p.columns[k].scalar; });
  }
  const bool plastic = model.plastic && varied;
  if (!check_weights && !check_delays && !plastic) return;

  const auto [count, delays] = for_chunks(p, true, [&](const SynapseBlock& s, DelayRange& seen) {
    double values[kDrawBlock];
    const std::span<const double> drawn(values, s.size);
    if (p.delay.parameter) {
      p.values(p.delay, *net_.settings.simd, s, values);
      for (const double ms : drawn) seen.include(check_delay(net_, ms, entry.name));
    }
    if (!check_weights && !plastic) return;
    p.values(p.weight, *net_.settings.simd, s, values);
    for (const double w : drawn) check_weight(p, w);
    if (!plastic) return;
    const auto check_trace = [&](const Quantity& q, int trace) {
      if (!q.parameter) return;
      double traces[kDrawBlock];
      p.values(q, *net_.settings.simd, s, traces);
      const ParameterDeclaration& d = model.parameters[static_cast<std::size_t>(trace)];
      for (const double x : std::span<const double>(traces, s.size)) check_number(entry.name, d, x);
    };
    check_trace(p.Kplus, model.trace);
    check_trace(p.Kplus_triplet, model.triplet_trace);
    std::vector<std::vector<double>> columns(p.columns.size(), std::vector<double>(s.size));
    for (std::size_t k = 0; k < columns.size(); ++k) {
      p.values(p.columns[k], *net_.settings.simd, s, columns[k].data());
      if (!p.columns[k].parameter) continue;
      const auto parameter = static_cast<std::size_t>(model.columns[k]);
      for (const double x : columns[k]) check_number(entry.name, model.parameters[parameter], x);
    }
    double delays_ms[kDrawBlock] = {};
    if (model.checks_delay) p.values(p.delay, *net_.settings.simd, s, delays_ms);
    for (std::size_t i = 0; i < s.size; ++i) {
      check_plastic(values[i], delays_ms[i], [&](std::size_t k) { return columns[k][i]; });
    }
  });
  if (p.delay.parameter) p.delays = delays;
}

// What drawn delays are in at most; unknown where that is not limited.
DelayRange Connector::possible_delays(const Projection& p) const {
  if (!p.delay.parameter) return {};
  const ParameterExpression::Bounds& bounds = p.delay.parameter->bounds();
  const auto low = allowed_delay(net_, bounds.low), high = allowed_delay(net_, bounds.high);
  return low && high ? DelayRange{*low, *high} : DelayRange{};
}

void Connector::find_staged_delays() {
  for (const auto& store : net_.synapses.stores) {
    for (Projection& p : store->staged) {
      if (p.delays.known() || p.synapses == 0) continue;
      p.delays = for_chunks(
                     p, true,
                     [&](const SynapseBlock& s, DelayRange& seen) {
                       double ms[kDrawBlock];
                       p.values(p.delay, *net_.settings.simd, s, ms);
                       for (std::size_t i = 0; i < s.size; ++i)
                         seen.include(p.delay_to_steps(ms[i]));
                     },
                     possible_delays(p))
                     .second;
      net_.synapses.see_delays(p.delays, !p.from_generators);
    }
  }
}

}  // namespace tegmenta
