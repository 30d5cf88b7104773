// The synapse models there are: those of every rule.
#include <algorithm>

#include "models/synapses/rule.h"
#include "models/synapses/rules.h"

namespace tegmenta {

namespace {

int next(const SynapseModel& model) { return static_cast<int>(model.parameters.size()); }

std::vector<SynapseModel> make_models() {
  std::vector<SynapseModel> all;
#define TEGMENTA_RULE_NAMES
#define TEGMENTA_SYNAPSE_RULE(rule)          \
  static_assert(has_all_rule_parts<rule>()); \
  for (SynapseModel& model : rule::models()) all.push_back(std::move(model));
#include "models/synapses/rules.h"
#undef TEGMENTA_SYNAPSE_RULE
#undef TEGMENTA_RULE_NAMES
  return all;
}

void add_first_parameters(SynapseModel& model, double weight, double delay_ms) {
  const bool common = model.common_weight;
  model.parameters = {
      declare(common ? Role::kCommon : Role::kParameter, "weight", "mV, pA or nS", weight,
              Range::finite(),
              common ? "Strength, the same for all synapses of the model; SetDefaults changes it "
                       "for all at once."
                     : "Strength, in the unit of the target's input."),
      declare(Role::kParameter, "delay", "ms", delay_ms, Range::positive(),
              "Time from a spike to its arrival; rounded to the grid, at least one step."),
      declare(Role::kParameter, "receptor_type", "", 0, Range::non_negative(),
              "Which input of the target receives the spikes.", ParameterType::kInt),
      declare(Role::kParameter, "synapse_label", "", -1, {-1, 2147483647, false, false},
              "A number to find the synapses by, in GetConnections.", ParameterType::kInt)};
  model.parameters.push_back(declare(Role::kCommon, "weight_recorder", "", 0, Range::finite(),
                                     "The weight_recorder that records every transmitted spike; "
                                     "an empty collection detaches it.",
                                     ParameterType::kNodes));
}

void add_trace(SynapseModel& model, const std::string& name) {
  model.trace = next(model);
  model.parameters.push_back(declare(Role::kState, name, "", 0, Range::non_negative(),
                                     "Presynaptic trace: decays, and grows by 1 a spike."));
}

void add_triplet_trace(SynapseModel& model) {
  model.triplet_trace = next(model);
  model.parameters.push_back(declare(Role::kState, "Kplus_triplet", "", 0, Range::non_negative(),
                                     "Long presynaptic trace."));
}

void add_transmitter(SynapseModel& model, bool shows_dopamine) {
  if (model.gate == Gate::kReward) {
    model.parameters.push_back(declare(Role::kCommon, "reward_transmitter", "", 0, Range::finite(),
                                       "The reward_transmitter whose reward these synapses get.",
                                       ParameterType::kNodes));
    return;
  }
  model.parameters.push_back(
      declare(Role::kCommon, "volume_transmitter", "", 0, Range::finite(),
              "The volume_transmitter whose spikes are the dopamine of these synapses.",
              ParameterType::kNodes));
  model.parameters.push_back(declare(Role::kCommon, "vt", "", 0, Range::finite(),
                                     "Older name of volume_transmitter.", ParameterType::kNodes));
  if (!shows_dopamine) return;
  model.dopamine = next(model);
  model.parameters.push_back(declare(Role::kState, "n", "", 0, Range::finite(),
                                     "Dopamine concentration: one for all synapses of the model, "
                                     "which can be set for all of them only."));
}

void add_alias(SynapseModel& model, const ModelDraft::Alias& alias) {
  const ParameterDeclaration same = model.parameters[static_cast<std::size_t>(alias.parameter)];
  model.aliases.emplace_back(next(model), alias.parameter);
  model.parameters.push_back(
      declare(Role::kParameter, alias.name, same.unit, same.default_value, same.range, alias.text));
}

}  // namespace

double ValuesByParameter::read(int parameter) const { return value_(parameter); }

void GivenSynapse::refuse(const std::string& parameter, double x,
                          const std::string& allowed) const {
  throw bad_value(ErrorKind::kBadProperty, name, parameter, x, allowed);
}

void ModelDraft::common() {
  for (Declared& d : declared) {
    if (d.here && d.parameter.role == Role::kParameter) d.parameter.role = Role::kCommon;
  }
}

SynapseModel ModelDraft::model(int trace_tau, int triplet_trace_tau, bool shows_trace) const {
  SynapseModel model = begun;
  add_first_parameters(model, weight, delay_ms);
  for (const Declared& d : declared) {
    const int k = next(model);
    model.fields.push_back(d.here ? k : -1);
    if (!d.here) continue;
    model.parameters.push_back(d.parameter);
    if (!d.has_column) continue;
    model.columns.push_back(k);
    model.stored.push_back(d.stored);
  }
  const auto parameter_of = [&](int field) {
    return field < 0 ? -1 : model.fields[static_cast<std::size_t>(field)];
  };
  model.trace_tau = parameter_of(trace_tau);
  model.triplet_trace_tau = parameter_of(triplet_trace_tau);
  if (shows_trace) add_trace(model, trace_name);
  if (triplet_trace_tau >= 0) add_triplet_trace(model);
  if (model.has_transmitter()) add_transmitter(model, shows_dopamine);
  for (const Alias& alias : aliases) add_alias(model, alias);
  return model;
}

const std::vector<SynapseModel>& synapse_models() {
  static const auto* const models = new std::vector<SynapseModel>(make_models());
  return *models;
}

const SynapseModel& synapse_model(const std::string& name) {
  const std::vector<SynapseModel>& all = synapse_models();
  return *std::find_if(all.begin(), all.end(), [&](const auto& m) { return m.name == name; });
}

}  // namespace tegmenta
