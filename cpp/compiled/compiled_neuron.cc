#include "compiled/compiled_neuron.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "compiled/declared.h"
#include "models/neurons/common.h"
#include "models/numbers.h"
#include "models/read_outs.h"

namespace tegmenta {

namespace {

std::string upper_case(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace

CompiledNeuron::CompiledNeuron(compiled::Code made_of, std::uint32_t ordinal, const TimeGrid& grid)
    : NeuronModel(made_of.name), executable_(std::move(made_of)), ordinal_(ordinal), grid_(grid) {
  summary = "Neuron that is made of a text in NESTML.";
  source = "the text that it was loaded from";
  equations = code().text;
  const std::vector<double> defaults = defaults_at(grid);
  declare_parameters(defaults);
  declare_states(defaults);
  declare_derived(defaults);
  declare_receptors();
  coefficients = static_cast<int>(code().setup.results.size());
  calibrates_tiles = true;
  has_multiplicity = code().most_spikes > 1;
  require_names();
  std::vector<double> shown;
  for (const StateDeclaration& state : states) shown.push_back(state.default_value);
  check_values(defaults.data(), shown.data(), grid);
}

CompiledNeuron::CompiledNeuron(const SavedCode& saved)
    : CompiledNeuron(compiled::decode(saved.code), saved.ordinal, saved.grid) {}

SavedCode CompiledNeuron::saved() const { return {ordinal_, grid_, compiled::encode(code())}; }

std::string CompiledNeuron::base() const { return base_of(name(), ordinal_); }

void CompiledNeuron::declare_parameters(const std::vector<double>& defaults) {
  for (std::size_t k = 0; k < code().parameters.size(); ++k) {
    const compiled::DeclaredNumber& declared = code().parameters[k];
    const Role role = declared.read_only ? Role::kReadOnly : Role::kParameter;
    parameters.push_back(compiled::declared(role, declared, defaults[k]));
  }
  const auto add = [&](const auto& field) {
    parameters.push_back(field.declaration());
    std::string& shown_as = parameters.back().name;
    if (declares(shown_as)) shown_as = "archive_" + shown_as;
  };
  for_each_field(common::kArchive, add);
  drawn_first = static_cast<int>(parameters.size());
  for_each_field(common::kUnheeded, add);
  for_each_field(common::kCommon, add);
}

void CompiledNeuron::declare_states(const std::vector<double>& defaults) {
  for (std::size_t k = 0; k < code().states.size(); ++k) {
    const compiled::DeclaredNumber& declared = code().states[k];
    if (declared.name.empty()) continue;
    states.push_back({.name = declared.name,
                      .unit = declared.unit,
                      .default_value = defaults[code().parameters.size() + k],
                      .column = static_cast<int>(k),
                      .range = compiled::range_of(declared.kind, false),
                      .description = declared.description,
                      .type = compiled::type_of(declared.kind),
                      .read_only = declared.read_only});
  }
  state_columns = static_cast<int>(code().states.size());
  has_calcium = !declares("Ca");
}

void CompiledNeuron::declare_derived(const std::vector<double>& defaults) {
  const std::vector<compiled::DeclaredNumber>& internals = code().internals;
  std::vector<double> values(internals.size());
  derive(defaults.data(), grid_, values.data());
  for (std::size_t k = 0; k < internals.size(); ++k) {
    derived.push_back(compiled::declared(Role::kReadOnly, internals[k], values[k]));
  }
}

// Names of the text win over those that all neurons have.
bool CompiledNeuron::declares(const std::string& wanted) const {
  const auto has = [&](const std::vector<compiled::DeclaredNumber>& list) {
    return std::any_of(list.begin(), list.end(), [&](const auto& d) { return d.name == wanted; });
  };
  return has(code().parameters) || has(code().internals) || has(code().states);
}

void CompiledNeuron::declare_receptors() {
  const auto too_many = [&](const char* what, std::size_t n) {
    return bad_value(ErrorKind::kBadProperty, name(), what, static_cast<double>(n),
                     "at most " + std::to_string(kMostPorts));
  };
  if (code().receptors.size() > kMostPorts) throw too_many("receptors", code().receptors.size());
  if (code().currents.size() > kMostPorts) throw too_many("currents", code().currents.size());
  takes_spikes = !code().receptors.empty();
  if (code().numbered) {
    ports = static_cast<int>(code().receptors.size());
    signed_ports = true;
    for (const std::string& receptor : code().receptors) port_names.push_back(upper_case(receptor));
  }
  currents = static_cast<int>(code().currents.size());
  if (currents > 1) {
    for (const compiled::DeclaredNumber& c : code().currents) {
      current_names.push_back(upper_case(c.name));
    }
  }
}

// Every name means one thing.
void CompiledNeuron::require_names() const {
  // Recorders list their events under the last two.
  std::set<std::string> names = {"recordables", kReceptorTypes, kContinuousInputs, "times",
                                 "senders"};
  for (const ReadOutDeclaration& read_out : kReadOuts) names.emplace(read_out.name);
  const auto take = [&](const std::string& known) {
    if (!known.empty() && names.insert(known).second) return;
    throw bad_value(ErrorKind::kBadProperty, name(), "name", known,
                    "a name that neurons have no other number under");
  };
  if (name().empty()) take(name());
  for (const ParameterDeclaration& parameter : parameters) take(parameter.name);
  for (const StateDeclaration& state : states) take(state.name);
  for (const ParameterDeclaration& number : derived) take(number.name);
}

void CompiledNeuron::run(compiled::Part part, const double* given, double* results) const {
  compiled::Workspace workspace;
  workspace.prepare(executable_);
  compiled::require_success(code(), executable_.run(part, given, results, workspace));
}

std::vector<double> CompiledNeuron::defaults_at(const TimeGrid& grid) const {
  const double given[] = {grid.resolution_ms(), grid.tics_per_ms()};
  std::vector<double> values(code().parameters.size() + code().states.size());
  run(compiled::Part::kDefaults, given, values.data());
  return values;
}

void CompiledNeuron::check(const double* p, const TimeGrid& grid) const {
  if (code().guards.empty()) return;
  std::vector<double> kept(code().guards.size());
  run(compiled::Part::kGuarding, given_on(grid, p).data(), kept.data());
  for (std::size_t k = 0; k < kept.size(); ++k) {
    if (kept[k] != 0) continue;
    const compiled::Guard& guard = code().guards[k];
    const auto of = static_cast<std::size_t>(guard.parameter);
    throw compiled::guarded(name(), parameters[of], p[of], guard);
  }
}

std::vector<double> CompiledNeuron::given_on(const TimeGrid& grid, const double* p) const {
  std::vector<double> given(p, p + code().parameters.size());
  given.push_back(grid.resolution_ms());
  given.push_back(grid.tics_per_ms());
  return given;
}

void CompiledNeuron::derive(const double* p, const TimeGrid& grid, double* numbers) const {
  if (code().internals.empty()) return;
  run(compiled::Part::kDeriving, given_on(grid, p).data(), numbers);
}

// s: of states as users see them.
void CompiledNeuron::check_values(const double* p, const double* s, const TimeGrid& grid) const {
  for (std::size_t k = 0; k < code().parameters.size(); ++k) {
    check_number(name(), parameters[k], p[k]);
  }
  for (std::size_t k = 0; k < states.size(); ++k) {
    if (!states[k].read_only) check_number(name(), states[k].declaration(), s[k]);
  }
  check(p, grid);
}

void CompiledNeuron::set_defaults(const TimeGrid& grid, double* p, double* s) const {
  const std::vector<double> defaults = defaults_at(grid);
  const std::size_t count = code().parameters.size();
  std::copy_n(defaults.data(), count, p);
  for (std::size_t k = 0; k < states.size(); ++k) {
    s[k] = defaults[count + static_cast<std::size_t>(states[k].column)];
  }
  check_values(p, s, grid);
}

void CompiledNeuron::calibrate_tile(const double* p, std::size_t n, const TimeGrid& grid,
                                    double* const* c) const {
  const std::size_t own = code().parameters.size();
  std::vector<double> rows((own + 2) * n);
  std::vector<const double*> given(own + 2);
  for (std::size_t k = 0; k < given.size(); ++k) given[k] = rows.data() + k * n;
  for (std::size_t lane = 0; lane < n; ++lane) {
    for (std::size_t k = 0; k < own; ++k) rows[k * n + lane] = p[lane * parameter_columns() + k];
    rows[own * n + lane] = grid.resolution_ms();
    rows[(own + 1) * n + lane] = grid.tics_per_ms();
  }
  compiled::Workspace workspace;
  workspace.prepare(executable_);
  compiled::require_success(code(), executable_.run(compiled::Part::kSetup, given.data(),
                                                    static_cast<int>(n), c, workspace));
}

void CompiledNeuron::calibrate(const double* p, const TimeGrid& grid, double* c) const {
  run(compiled::Part::kSetup, given_on(grid, p).data(), c);
}

void CompiledNeuron::initialise(const TimeGrid& grid, double* const* columns,
                                std::size_t lanes) const {
  const std::vector<double> defaults = defaults_at(grid);
  for (std::size_t k = 0; k < code().states.size(); ++k) {
    if (!code().states[k].name.empty()) continue;
    std::fill_n(columns[k], lanes, defaults[code().parameters.size() + k]);
  }
  for (const compiled::System& system : code().systems) {
    std::fill_n(columns[system.substep], lanes, grid.resolution_ms());
  }
}

Error CompiledNeuron::failed(const NeuronBlock& block, const NeuronFailure& failure,
                             double time_ms) const {
  if (failure.kind == NeuronFailure::kNotFinite && failure.text > 0) {
    // What the solver advances.
    const auto column = static_cast<std::size_t>(failure.text - 1);
    const std::string& state = code().states[column].name;
    return failed_with(ErrorKind::kNumericalInstability, block, failure, time_ms,
                       "numerical instability: the slope of " +
                           (state.empty() ? "an inner state" : state) + " is not finite." +
                           kAdvice);
  }
  if (failure.kind != NeuronFailure::kStated && failure.kind != NeuronFailure::kEndless) {
    return NeuronModel::failed(block, failure, time_ms);
  }
  return failed_with(ErrorKind::kNumericalInstability, block, failure, time_ms,
                     compiled::text_of(code(), failure));
}

}  // namespace tegmenta
