// What a synapse model is: its rule, and its parameters. Parameters of role kCommon belong to the
// model, those of role kParameter and kState to every synapse; weight and delay come first.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/declaration.h"

namespace tegmenta {

enum class PlasticRule : std::uint8_t {
  kStatic,
  kStaticCommonWeight,
  kDopamine,  // stdp_dopamine_synapse, neuromodulated_stdp_synapse
  kReward,    // mstdp_synapse, mstdpet_synapse
  kStdp,      // stdp_synapse, stdp_synapse_hom
  kStdpPowerLaw,
  kStdpTriplet,
  kNearestSymmetric,
  kNearestRestricted,
  kNearestPreCentered,
  kVogelsSprekeler,
  kTsodyks,
  kTsodyks2,
  kBernoulli,
  kQuantal,
};

/// Positions of what every model declares first.
enum : int {
  kWeightParameter = 0,
  kDelayParameter = 1,
  kReceptorParameter = 2,
  kLabelParameter = 3
};

/// A value of a synapse that changes while time passes, and where it is found.
struct SynapseRecordable {
  enum class Place : std::uint8_t { kWeight, kColumn, kKplus, kKplus_triplet, kDopamine };
  std::string name;
  Place place;
  std::size_t column = 0;  // of kColumn
};

struct SynapseModel {
  std::string name;
  std::string summary;
  std::string source;
  PlasticRule rule = PlasticRule::kStatic;
  std::vector<ParameterDeclaration> parameters;

  /// What the rule reads, in the rule's order, as indices of parameters. Common ones have a place
  /// here too, but one value.
  std::vector<int> columns;
  /// Columns that differ from synapse to synapse in any case (state).
  std::vector<bool> stored;
  bool has_Kplus = false;  // trace of a row
  bool has_Kplus_triplet = false;
  bool needs_history = false;
  bool needs_transmitter = false;
  bool rewarded() const { return rule == PlasticRule::kReward; }
  /// Eligibility gated by a modulator; its parameters belong to the model.
  bool three_factor() const { return rule == PlasticRule::kDopamine || rewarded(); }
  /// Name of the parameter that binds it to its transmitter.
  const char* transmitter_parameter() const {
    return rewarded() ? "reward_transmitter" : "volume_transmitter";
  }
  /// Time constants of the row's traces are columns, so may differ from synapse to synapse.
  bool traces_in_columns() const { return needs_history && !three_factor(); }
  /// Pulses of dopamine count once a step, whatever their multiplicity (NESTML's model).
  bool ignores_multiplicity = false;

  bool plastic() const {
    return rule != PlasticRule::kStatic && rule != PlasticRule::kStaticCommonWeight;
  }
  /// Uses random numbers.
  bool draws() const { return rule == PlasticRule::kBernoulli || rule == PlasticRule::kQuantal; }
  /// Declared parameters that are other names of weight or delay: (its position, the other's).
  std::vector<std::pair<int, int>> aliases;
  /// The name of the parameter that a name stands for.
  const std::string& canonical(const std::string& name) const;
  /// Position among the parameters, −1 when there is none of that name.
  int find(const std::string& parameter) const;
  /// What a synapse_recorder can record: weight first.
  std::vector<SynapseRecordable> recordables() const;
};

const std::vector<SynapseModel>& synapse_models();

}  // namespace tegmenta
