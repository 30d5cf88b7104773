#include <string>
#include <string_view>

#include "base/errors.h"
#include "models/neuron_kernels.h"

namespace tegmenta {

namespace neurons {
namespace baseline {
extern const NeuronKernels table;
}
#ifdef TEGMENTA_HAVE_AVX2
namespace avx2 {
extern const NeuronKernels table;
}
#endif
#ifdef TEGMENTA_HAVE_AVX512
namespace avx512 {
extern const NeuronKernels table;
}
#endif
}  // namespace neurons

const NeuronKernels& neuron_kernels(const simd::Kernels& kernels) {
  for (const NeuronKernels* table : {
           &neurons::baseline::table,
#ifdef TEGMENTA_HAVE_AVX2
           &neurons::avx2::table,
#endif
#ifdef TEGMENTA_HAVE_AVX512
           &neurons::avx512::table,
#endif
       }) {
    if (std::string_view(table->level) == kernels.name) return *table;
  }
  throw Error(ErrorKind::kInternalError,
              std::string("No neuron updates are compiled for the level ") + kernels.name + ".");
}

}  // namespace tegmenta
