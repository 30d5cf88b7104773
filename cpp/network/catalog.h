// What can be created and connected: models under their names, with the defaults they have now.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/held.h"
#include "compiled/compiled_neuron.h"
#include "compiled/compiled_synapse.h"
#include "models/devices/device.h"
#include "models/neuron_model.h"
#include "models/synapses/synapse_model.h"
#include "network/population.h"

namespace tegmenta {

/// A synapse model under a name, with its defaults.
struct SynapseModelEntry {
  std::string name;
  /// static_synapse_hom_w: the weight belongs to the model.
  bool common_weight = false;
  double weight = 1;
  double delay_ms = 1;
  const SynapseModel* model = nullptr;
  /// Names the random numbers of its synapses.
  std::uint32_t draws = 0;
  /// Defaults, and common values, by the model's declaration; weight and delay are above.
  std::vector<double> values;
  NodeId transmitter = 0;      // volume_transmitter or reward_transmitter, 0: none
  NodeId weight_recorder = 0;  // 0: none
  double n = 0;                // dopamine that a modulator begins with

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("name", self.name);
    if constexpr (held::saves<Visitor>) visit_base(visit, self.model);
    visit("common_weight", self.common_weight);
    visit("weight", self.weight);
    visit("delay_ms", self.delay_ms);
    visit("draws", self.draws);
    visit("values", self.values);
    visit("transmitter", self.transmitter);
    visit("weight_recorder", self.weight_recorder);
    visit("n", self.n);
  }
};

/// Without models of texts there is nothing of them, as in states of earlier versions.
template <typename Visitor, typename Model>
void visit_compiled(Visitor& visit, const char* name,
                    std::vector<std::shared_ptr<const Model>>& compiled) {
  std::vector<SavedCode> all;
  if constexpr (held::loads<Visitor>) {
    visit.added(name, all);
    constexpr std::uint32_t kMost = 1u << 31;
    for (const SavedCode& saved : all) {
      const bool ascends = compiled.empty() || saved.ordinal > compiled.back()->ordinal();
      if (!ascends || saved.ordinal >= kMost) visit.refuse("are models out of order");
      try {
        compiled.push_back(std::make_shared<const Model>(saved));
      } catch (const Error& error) {
        visit.refuse(std::string("holds a model that cannot be: ") + error.what());
      }
    }
  }
}
template <typename Visitor, typename Model>
void visit_compiled(Visitor& visit, const char* name,
                    const std::vector<std::shared_ptr<const Model>>& compiled) {
  if constexpr (held::saves<Visitor>) {
    std::vector<SavedCode> all;
    all.reserve(compiled.size());
    for (const auto& model : compiled) all.push_back(model->saved());
    if (!all.empty()) visit(name, all);
  } else {
    if (!compiled.empty()) visit(name, compiled);
  }
}

/// The defaults of a model as it declares them.
NeuronModelEntry entry_of(const NeuronModel& model);

SynapseModelEntry entry_of(const CompiledSynapse& model, const TimeGrid& grid);

/// NEST's other names of a built-in synapse model: models of their own, with its rule.
std::vector<std::string> variants_of(const SynapseModel& model);

class Catalog {
 public:
  Catalog();

  /// Models that were made of texts, as long as an entry or a population is of them.
  std::vector<std::shared_ptr<const CompiledNeuron>> compiled;
  /// … as long as an entry is of them.
  std::vector<std::shared_ptr<const CompiledSynapse>> compiled_synapses;
  std::vector<NeuronModelEntry> neurons;
  std::vector<std::unique_ptr<Device>> devices;  // of which new ones are copies
  std::vector<SynapseModelEntry> synapses;       // built in, their variants, and those of CopyModel
  bool changed = false;                          // defaults, or what is there

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit_compiled(visit, "compiled", self.compiled);
    visit_compiled(visit, "compiled_synapses", self.compiled_synapses);
    visit("neurons", self.neurons);
    visit("synapses", self.synapses);
    visit("changed", self.changed);
  }

  /// Of a model that was made of a text, by what it is saved as; null where there is none.
  const CompiledNeuron* find_compiled(const std::string& base) const;
  const CompiledSynapse* find_compiled_synapse(const std::string& base) const;
  /// What the next model of a text is told from others by.
  std::uint32_t next_ordinal() const;
  /// A model becomes one that can be created, in place of the one of its name if there is such.
  /// There is room for both lists to grow.
  void add_neuron(std::shared_ptr<const CompiledNeuron>&& model, NeuronModelEntry&& entry) noexcept;
  /// The same of one that can be connected.
  void add_synapse(std::shared_ptr<const CompiledSynapse>&& model,
                   SynapseModelEntry&& entry) noexcept;

  const SynapseModelEntry& synapse(int model) const {
    return synapses[static_cast<std::size_t>(model)];
  }
  /// How many models of nodes there are; their IDs are below.
  int node_models() const { return static_cast<int>(neurons.size() + devices.size()); }
  /// In order of the alphabet.
  std::vector<std::string> node_model_names() const;
  std::vector<std::string> synapse_model_names() const;
  /// Without variants: for texts.
  std::vector<std::string> main_synapse_model_names() const;
  /// Places in the lists above; -1 where there is no such model.
  int find_neuron(const std::string& name) const;
  int find_device(const std::string& name) const;
  int place_of_synapse(const std::string& name) const;
  /// Throws UnknownSynapseType.
  int find_synapse(const std::string& name) const;
  /// Adds a model that was made of another one.
  void add_synapse(SynapseModelEntry&& entry);
  Error unknown_node_model(const std::string& name) const;
  /// What nodes of a model can be asked for. Throws UnknownModelName.
  std::vector<std::string> node_keys(const std::string& model) const;
};

}  // namespace tegmenta
