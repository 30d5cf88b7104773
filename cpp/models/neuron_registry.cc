#include "models/neuron_registry.h"

#include "models/neurons/aeif_cond_exp.h"
#include "models/neurons/clamped_neuron.h"
#include "models/neurons/iaf_cond_alpha.h"
#include "models/neurons/iaf_cond_exp.h"
#include "models/neurons/iaf_psc_alpha.h"
#include "models/neurons/iaf_psc_delta.h"
#include "models/neurons/iaf_psc_delta_neuron.h"
#include "models/neurons/iaf_psc_exp.h"
#include "models/neurons/iaf_psc_exp_neuron.h"
#include "models/neurons/izhikevich.h"
#include "models/neurons/parrot_neuron.h"

namespace tegmenta {

std::vector<std::unique_ptr<NeuronModel>> make_neuron_models() {
  std::vector<std::unique_ptr<NeuronModel>> models;
#define TEGMENTA_NEURON(model)                 \
  models.push_back(std::make_unique<model>()); \
  models.back()->name_ = #model;
#define TEGMENTA_SCALAR_NEURON(model) TEGMENTA_NEURON(model)
#include "models/neurons.def"
#undef TEGMENTA_NEURON
#undef TEGMENTA_SCALAR_NEURON
  for (const auto& model : models) {
    require_order(model->name(), model->parameter_order(), model->parameters);
  }
  return models;
}

}  // namespace tegmenta
