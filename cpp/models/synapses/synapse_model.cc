#include "models/synapses/synapse_model.h"

#include <algorithm>

namespace tegmenta {

int SynapseModel::find(const std::string& parameter) const {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].name == parameter) return static_cast<int>(i);
  }
  return -1;
}

int SynapseModel::column_of(int parameter) const {
  const auto found = std::find(columns.begin(), columns.end(), parameter);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

const std::string& SynapseModel::canonical(const std::string& name) const {
  for (const auto& [alias, same] : aliases) {
    if (parameters[static_cast<std::size_t>(alias)].name == name) {
      return parameters[static_cast<std::size_t>(same)].name;
    }
  }
  return name;
}

std::vector<SynapseRecordable> SynapseModel::recordables() const {
  using Place = SynapseRecordable::Place;
  std::vector<SynapseRecordable> all = {{"weight", Place::kWeight}};
  for (int k = kLabelParameter + 1; k < static_cast<int>(parameters.size()); ++k) {
    const std::string& name = parameters[static_cast<std::size_t>(k)].name;
    if (const int column = column_of(k); column >= 0) {
      const auto at = static_cast<std::size_t>(column);
      if (stored[at]) all.push_back({name, Place::kColumn, at});
    } else if (k == dopamine) {
      all.push_back({name, Place::kDopamine});
    } else if (k == trace || k == triplet_trace) {
      all.push_back({name, k == trace ? Place::kKplus : Place::kKplus_triplet});
    } else if (canonical(name) == "weight") {
      all.push_back({name, Place::kWeight});
    }
  }
  return all;
}

}  // namespace tegmenta
