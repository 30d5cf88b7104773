#include "connect/connection_descriptions.h"

#include <utility>

#include "connect/connection_pairs.h"
#include "models/devices/stimulators.h"
#include "models/neuron_registry.h"
#include "recording/recorders.h"

namespace tegmenta {

std::vector<ConnectionPairDescription> connection_pair_descriptions() {
  std::vector<std::pair<NodeRole, std::string>> models;
  for (const auto& neuron : make_neuron_models()) {
    models.emplace_back(NodeRole::kNeuron, neuron->name());
  }
  for (const auto& devices : {make_stimulators, make_recorders}) {
    for (const auto& device : devices()) models.emplace_back(device->role(), device->model_name);
  }
  const auto names_of = [&](const RoleSet& roles) {
    std::vector<std::string> names;
    for (const auto& [role, name] : models) {
      if (roles.contains(role)) names.push_back(name);
    }
    return names;
  };
  std::vector<ConnectionPairDescription> descriptions;
  for (const ConnectionPair& pair : connection_pairs()) {
    descriptions.push_back({.sources = names_of(pair.sources),
                            .targets = names_of(pair.targets),
                            .kept_as = to_string(pair.kind),
                            .any_rule = pair.any_rule,
                            .plastic_models = to_string(pair.plastic_models),
                            .refusal = pair.text ? pair.text : ""});
  }
  return descriptions;
}

}  // namespace tegmenta
