// The neuron models there are.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/neuron_model.h"

namespace tegmenta {

/// One of each, named, in alphabetical order.
std::vector<std::unique_ptr<NeuronModel>> make_neuron_models();
/// The same, made once; they outlive all networks.
const std::vector<std::unique_ptr<NeuronModel>>& neuron_models();

/// The model behind `model`, saved by what tells it from others: a built-in one, or one that the
/// network has besides.
template <typename Visitor>
void visit_base(Visitor& visit, const NeuronModel*& model) {
  std::string name;
  visit("base", name);
  for (const auto& known : neuron_models()) {
    if (known->base() == name) model = known.get();
  }
  if (!model && visit.find_model) model = visit.find_model(name);
  if (!model) visit.refuse("is no neuron model of this version: '" + name + "'");
}
template <typename Visitor>
void visit_base(Visitor& visit, const NeuronModel* const& model) {
  visit("base", model->base());
}

}  // namespace tegmenta
