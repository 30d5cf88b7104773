#include "models/neuron_registry.h"

#include "models/neuron_kernels.h"
#include "models/neuron_of.h"
#include "models/neurons.def"

namespace tegmenta {

std::vector<std::unique_ptr<NeuronModel>> make_neuron_models() {
  std::vector<std::unique_ptr<NeuronModel>> models;
#define TEGMENTA_NEURON_NAMES
#define TEGMENTA_NEURON(model) \
  models.push_back(std::make_unique<NeuronOf<model>>(#model, &NeuronKernels::model));
#include "models/neurons.def"
#undef TEGMENTA_NEURON
#undef TEGMENTA_NEURON_NAMES
  return models;
}

const std::vector<std::unique_ptr<NeuronModel>>& neuron_models() {
  static const auto* const models =
      new std::vector<std::unique_ptr<NeuronModel>>(make_neuron_models());
  return *models;
}

}  // namespace tegmenta
