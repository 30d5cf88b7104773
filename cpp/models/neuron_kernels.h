// The vectorised updates of the neuron models. One table exists per instruction-set level, all
// compiled from neuron_kernels.cc, all giving the same bits.
#pragma once

#include "simd/kernels.h"
#include "simd/neuron_block.h"

namespace tegmenta {

struct NeuronKernels {
  const char* level;
  // Of every model; null where it has none.
#define TEGMENTA_NEURON_NAMES
#define TEGMENTA_NEURON(model) NeuronUpdate model;
#include "models/neurons.def"
#undef TEGMENTA_NEURON
#undef TEGMENTA_NEURON_NAMES
};

/// Those of the level of `kernels`.
const NeuronKernels& neuron_kernels(const simd::Kernels& kernels);

}  // namespace tegmenta
