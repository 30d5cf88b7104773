#include "network/nodes.h"

#include "base/errors.h"

namespace tegmenta {

void Nodes::require(NodeId id) const {
  if (id > 0 && id < records.size()) return;
  throw Error(ErrorKind::kUnknownNode,
              "There is no node " + std::to_string(id) + "; there are " + std::to_string(count()) +
                  " nodes.",
              {{"node", static_cast<double>(id)}});
}

const std::string& Nodes::model_name(NodeId id) const {
  return is_neuron(id) ? population_of(id).model_name() : device_of(id).model_name;
}

std::vector<NodeRange> Nodes::ranges() const {
  std::vector<NodeRange> found;
  for (NodeId id = 1; id < records.size();) {
    const std::string& model = model_name(id);
    NodeId last = id;
    if (is_neuron(id)) {
      last = id + static_cast<NodeId>(population_of(id).size()) - 1;
    } else {
      while (last + 1 < records.size() && !is_neuron(last + 1) && model_name(last + 1) == model) {
        ++last;
      }
    }
    found.push_back({id, last, model});
    id = last + 1;
  }
  return found;
}

}  // namespace tegmenta
