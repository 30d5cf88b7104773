#include "compiled/compiled_synapse.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiled/check.h"
#include "compiled/declared.h"
#include "compiled/effects.h"
#include "compiled/synapse_coefficients.h"
#include "compiled/synapse_visit.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

using compiled::Cause;
using compiled::ModulatorPort;
using compiled::Program;

const CompiledSynapse& compiled_of(const SynapseModel& model) {
  return static_cast<const CompiledSynapse&>(model);
}

// Synapses are told when spikes reach their transmitter, or what its reward is; all else is in
// their programs.
ModulatorParameters modulator_of(const SynapseModel& model, const ModelValues&, double) {
  const bool reward = model.gate == Gate::kReward;
  return {.tau_c = 0, .reward = reward, .pulses = !reward};
}

RuleFunctions functions_of(const compiled::SynapseCode& code) {
  RuleFunctions f;
  f.check = [](const GivenSynapse& given) { compiled_of(given.model).check_guards(given); };
  f.visit_double = &visit_compiled_double;
  f.visit_float = &visit_compiled_float;
  f.prepare = [](const SynapseModel& model, const ModelValues& values, bool alike,
                 const TimeGrid& grid) -> std::shared_ptr<const PreparedRule> {
    return std::make_shared<SynapseCoefficients>(compiled_of(model), values, alike, grid);
  };
  f.row_trace = [](const SynapseModel&, const ModelValues&) { return RowTrace::kAll; };
  if (code.modulator != ModulatorPort::kNone) f.modulator = &modulator_of;
  return f;
}

bool has_draws(const Program& program) {
  using compiled::Operation;
  const auto has = [&](Operation draw) {
    return compiled::contains(program, 0, program.main, draw);
  };
  return has(Operation::normal) || has(Operation::uniform) || has(Operation::poisson);
}

// Whether it draws, or may send nothing.
bool draws_or_withholds(const compiled::SynapseCode& code) {
  return has_draws(code.update) ||
         std::any_of(code.handlers.begin(), code.handlers.end(), [&](const auto& handler) {
           const bool sends = handler.cause != Cause::kPre ||
                              handler.program.results.back() < code.constants.size();
           return has_draws(handler.program) || !sends;
         });
}

Gate gate_of(ModulatorPort port) {
  switch (port) {
    case ModulatorPort::kSpikes:
      return Gate::kDopamine;
    case ModulatorPort::kReward:
      return Gate::kReward;
    case ModulatorPort::kNone:
      break;
  }
  return Gate::kNone;
}

// Names that calls and tables of synapses use for something else.
constexpr const char* kTaken[] = {
    "source",       "target",    "synapse_model",   "synapse_id",   "port",
    "recordables",  "has_delay", "num_connections", "element_type", "requires_symmetric",
    "synapse_type", "times",     "senders",         "targets",      "weights",
    "receptors",    "ports",     "make_symmetric",  "precision",    "allow_offgrid_times"};

}  // namespace

CompiledSynapse::CompiledSynapse(compiled::SynapseCode made_of, std::uint32_t ordinal,
                                 const TimeGrid& grid)
    : code_(std::move(made_of)),
      runner_(code_.constants, compiled::Patience()),
      ordinal_(ordinal),
      grid_(grid) {
  compiled::check(code_);
  declare_all(results_on(grid));
  require_names();
  prepare_programs();
  defaults_on(grid);
}

CompiledSynapse::CompiledSynapse(const SavedCode& saved)
    : CompiledSynapse(compiled::decode_synapse(saved.code), saved.ordinal, saved.grid) {}

SavedCode CompiledSynapse::saved() const { return {ordinal_, grid_, compiled::encode(code_)}; }

void CompiledSynapse::declare_all(const std::vector<double>& defaults) {
  ModelDraft draft;
  SynapseModel& begun = draft.begun;
  begun.name = code_.name;
  begun.summary = "Synapse that is made of a text in NESTML.";
  begun.source = "the text that it was loaded from";
  begun.equations = code_.text;
  begun.rule = functions_of(code_);
  begun.gate = gate_of(code_.modulator);
  begun.plastic = true;
  begun.post_variables = code_.post_variables;
  begun.checks_delay =
      std::any_of(code_.guards.begin(), code_.guards.end(), [&](const compiled::Guard& guard) {
        return static_cast<std::size_t>(guard.parameter) > code_.parameters.size();
      });
  begun.looks_at_posts =
      !code_.update.code.empty() || code_.has(Cause::kPost) || begun.gate != Gate::kNone;
  begun.draws = draws_or_withholds(code_);
  const std::size_t parameters = code_.parameters.size(), states = code_.states.size();
  const auto add = [&](const compiled::DeclaredNumber& number, Role role, double value,
                       bool stored) {
    ParameterDeclaration declared = compiled::declared(role, number, value, !stored);
    draft.declared.push_back({std::move(declared), true, stored});
  };
  for (std::size_t k = 0; k < parameters; ++k) {
    add(code_.parameters[k], code_.homogeneous[k] ? Role::kCommon : Role::kParameter, defaults[k],
        false);
  }
  for (std::size_t k = 1; k < states; ++k) {
    add(code_.states[k], Role::kState, defaults[parameters + k], true);
  }
  if (draft.declared.size() > kMostColumns) {
    throw bad_value(ErrorKind::kBadProperty, code_.name, "parameters and states",
                    static_cast<double>(draft.declared.size()),
                    "at most " + std::to_string(kMostColumns));
  }
  draft.weight = defaults[parameters];
  draft.shows_dopamine = false;
  if (!code_.delay.empty()) draft.delay_ms = defaults[parameters + states];
  const std::string& weight = code_.states.front().name;
  if (weight != "weight") {
    draft.aliases.push_back({weight, kWeightParameter, "The weight, as the text calls it."});
  }
  if (!code_.delay.empty() && code_.delay != "delay") {
    draft.aliases.push_back({code_.delay, kDelayParameter, "The delay, as the text calls it."});
  }
  static_cast<SynapseModel&>(*this) = draft.model(-1, -1, false);
  base = base_of(name, ordinal_);
}

// Every name means one thing.
void CompiledSynapse::require_names() const {
  std::set<std::string> names(std::begin(kTaken), std::end(kTaken));
  for (const ParameterDeclaration& parameter : SynapseModel::parameters) {
    if (names.insert(parameter.name).second) continue;
    throw bad_value(ErrorKind::kBadProperty, name, "name", parameter.name,
                    "a name that synapses have no other number under");
  }
}

SynapseProgram CompiledSynapse::prepared(const Program& program) const {
  SynapseProgram made;
  made.code = &program;
  const int first_state = static_cast<int>(code_.constants.size() + coefficients());
  const int first_input = first_state + static_cast<int>(state_count());
  const auto is_result = [&](int operand) {
    return std::find(program.results.begin(), program.results.end(), operand) !=
           program.results.end();
  };
  for (std::size_t k = 0; k < code_.inputs(); ++k) {
    const int operand = first_input + static_cast<int>(k);
    if (compiled::reads(program, 0, program.main, operand) || is_result(operand)) {
      made.inputs.push_back(static_cast<std::uint16_t>(k));
    }
  }
  for (std::size_t k = 0; k < state_count(); ++k) {
    const std::uint16_t operand = program.results[k];
    if (operand == first_state + static_cast<int>(k)) continue;
    made.changes.push_back({static_cast<std::uint16_t>(k), operand});
    made.crosses |= operand >= first_state && operand < first_input;
  }
  made.draws = has_draws(program);
  return made;
}

void CompiledSynapse::prepare_programs() {
  hears_posts_ = code_.has(Cause::kPost) || !code_.post_variables.empty();
  update_ = prepared(code_.update);
  most_temporaries_ = static_cast<std::size_t>(code_.update.temporaries);
  std::vector<const compiled::Handler*> sorted;
  for (const compiled::Handler& handler : code_.handlers) sorted.push_back(&handler);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->priority > b->priority; });
  for (const compiled::Handler* handler : sorted) {
    SynapseHandler made;
    static_cast<SynapseProgram&>(made) = prepared(handler->program);
    made.cause = handler->cause;
    if (handler->cause == Cause::kPre) {
      made.sent = handler->program.results[state_count()];
      made.emitted = handler->program.results[state_count() + 1];
    }
    most_temporaries_ =
        std::max(most_temporaries_, static_cast<std::size_t>(handler->program.temporaries));
    handlers_.push_back(std::move(made));
  }
}

void CompiledSynapse::run(const Program& program, const double* given, double* results) const {
  compiled::Workspace workspace;
  workspace.reserve(runner_.needs_of(program));
  compiled::require_success(code_, runner_.run(program, given, results, workspace));
}

std::vector<double> CompiledSynapse::results_on(const TimeGrid& grid) const {
  const double given[] = {grid.resolution_ms(), grid.tics_per_ms()};
  std::vector<double> results(code_.defaults.results.size());
  run(code_.defaults, given, results.data());
  return results;
}

ModelValues CompiledSynapse::values_of(const std::vector<double>& results) const {
  ModelValues values;
  for (const ParameterDeclaration& declared : SynapseModel::parameters) {
    values.push_back(declared.default_value);
  }
  for (std::size_t k = 0; k < columns.size(); ++k) {
    // The weight stands between parameters and the other states.
    values[static_cast<std::size_t>(columns[k])] = results[k < parameter_count() ? k : k + 1];
  }
  values[kWeightParameter] = results[parameter_count()];
  if (!code_.delay.empty()) values[kDelayParameter] = results.back();
  for (const auto& [alias, same] : aliases) {
    values[static_cast<std::size_t>(alias)] = values[static_cast<std::size_t>(same)];
  }
  return values;
}

ModelValues CompiledSynapse::defaults_on(const TimeGrid& grid) const {
  ModelValues values = values_of(results_on(grid));
  for (std::size_t k = 0; k < values.size(); ++k) {
    check_number(name, SynapseModel::parameters[k], values[k]);
  }
  check_guards({*this, name, [&](int k) { return values[static_cast<std::size_t>(k)]; },
                values[kWeightParameter], GivenWeight::kAmongOthers});
  return values;
}

void CompiledSynapse::check_guards(const GivenSynapse& given) const {
  if (code_.guards.empty()) return;
  std::vector<double> values;
  for (std::size_t k = 0; k < parameter_count(); ++k) values.push_back(given.value(columns[k]));
  values.push_back(given.weight);
  values.push_back(given.value(kDelayParameter));
  values.push_back(grid_.resolution_ms());
  values.push_back(grid_.tics_per_ms());
  std::vector<double> kept(code_.guards.size());
  run(code_.guarding, values.data(), kept.data());
  for (std::size_t k = 0; k < kept.size(); ++k) {
    if (kept[k] != 0) continue;
    const compiled::Guard& guard = code_.guards[k];
    const auto of = static_cast<std::size_t>(guard.parameter);
    const int parameter = of < parameter_count()    ? columns[of]
                          : of == parameter_count() ? int{kWeightParameter}
                                                    : int{kDelayParameter};
    throw compiled::guarded(given.name,
                            SynapseModel::parameters[static_cast<std::size_t>(parameter)],
                            values[of], guard);
  }
}

}  // namespace tegmenta
