// SetDefaults, GetDefaults and CopyModel.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/value.h"
#include "models/synapses/rule.h"
#include "network/network.h"

namespace tegmenta {

/// Parameters by the names that a model's other names stand for; nothing where there are none.
/// Throws BadProperty for a parameter given twice.
std::optional<Properties> canonical_names(const SynapseModel& model, const Properties& params);

/// value(k): a synapse's value of the model's parameter k. Throws BadProperty.
void check_synapse_values(const SynapseModelEntry& entry, double weight,
                          const std::function<double(int)>& value, GivenWeight given);

/// Of the synapses of a model `of_synapses` are to get the dopamine concentration n, which all
/// share: throws BadProperty where others would have another one.
void require_shared_dopamine(const Network& net, int model, double n, std::uint64_t of_synapses);

/// What happened with the old one is committed before.
void set_dopamine(Network& net, int model, double n) noexcept;

/// Throws KernelException where there cannot be so many more synapse models.
void require_room_for_synapses(const Catalog& catalog, std::size_t more);

class Defaults {
 public:
  explicit Defaults(Network& network) : net_(network) {}

  /// Throws UnknownComponent.
  ResultMap get(const std::string& model) const;
  void set(const std::string& model, const Properties& params);
  /// How a model of nodes describes itself. Throws UnknownModelName.
  ModelDescription describe(const std::string& model) const;
  void copy_model(const std::string& existing, const std::string& name, const Properties& params);

 private:
  ResultMap of_neuron(const NeuronModelEntry& entry) const;
  ResultMap of_device(const Device& prototype) const;
  ResultMap of_synapse(int model) const;
  DeviceContext of_prototypes() const;
  Error unknown_model(ErrorKind kind, const std::string& name) const;
  // synapse_defaults.cc
  SynapseModelEntry changed_synapse(const SynapseModelEntry& entry, const Properties& params) const;
  [[noreturn]] void throw_not_settable(const SynapseModelEntry& entry,
                                       const std::string& key) const;
  void set_synapse(int model, const Properties& params);
  /// Commits what happened with the old values; `next` may get its dopamine reset.
  void before_model_change(int model, SynapseModelEntry& next, const Properties& params);
  /// The weight of a model that has one for all its synapses.
  void set_common_weight(int model, double weight);

  Network& net_;
};

}  // namespace tegmenta
