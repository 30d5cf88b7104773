#include "connect/projection.h"

#include "connect/parameter.h"

namespace tegmenta {

void Projection::values(const Quantity& q, const simd::Kernels& kernels,
                        const SynapseBlock& synapses, double* out) const {
  const std::size_t n = synapses.size;
  if (q.array) {
    for (std::size_t i = 0; i < n; ++i) out[i] = (*q.array)[synapses.indices[i]];
  } else if (q.parameter) {
    for (std::size_t i = 0; i < n; i += kDrawBlock) {
      const DrawNames names{
          kernels, pattern.seed,         Purpose::kParameter,  q.ordinal,
          call,    synapses.sources + i, synapses.targets + i, synapses.repeats + i};
      q.parameter->evaluate(names, {out + i, std::min(kDrawBlock, n - i)});
    }
  } else {
    std::fill_n(out, n, q.scalar);
  }
}

}  // namespace tegmenta
