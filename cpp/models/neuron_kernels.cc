// The neuron updates, written once in the models' files and compiled once per instruction-set level
// by the rules of simd/kernels.cc. Only a model's step, and what that calls, is compiled here: it
// is inlined into a function of an anonymous namespace.
#include "models/neuron_kernels.h"

#include "simd/lanes.h"
#include "simd/neuron_lanes.h"
#include "simd/port_lanes.h"
#include "simd/rkf45_lanes.h"

// After the lanes, so that steps find what is there for vectors.
#include "models/neurons.def"

#ifndef TEGMENTA_ISA
#error "TEGMENTA_ISA must be set by the build"
#endif

#define TEGMENTA_TEXT_OF(x) #x
#define TEGMENTA_TEXT(x) TEGMENTA_TEXT_OF(x)

namespace tegmenta {
namespace {

template <typename Model>
constexpr NeuronUpdate update_of() {
  if constexpr (!kHasVectors<Model>) {
    return nullptr;
  } else if constexpr (kHasPorts<Model>) {
    return &advance_with_ports<Model>;
  } else if constexpr (kHasSolver<Model>) {
    return &integrate<Model>;
  } else {
    return &advance<Model>;
  }
}

}  // namespace

namespace neurons::TEGMENTA_ISA {

extern const NeuronKernels table;
const NeuronKernels table = {
    .level = TEGMENTA_TEXT(TEGMENTA_ISA),
#define TEGMENTA_NEURON_NAMES
#define TEGMENTA_NEURON(model) .model = update_of<tegmenta::model>(),
#include "models/neurons.def"
#undef TEGMENTA_NEURON
#undef TEGMENTA_NEURON_NAMES
};

}  // namespace neurons::TEGMENTA_ISA
}  // namespace tegmenta
