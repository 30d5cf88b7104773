#include "dense/initial_values.h"

#include "base/random.h"

namespace tegmenta::dense {

void draw_uniform(std::uint32_t seed, double low, double high, double* values, std::size_t n) {
  RandomStream random(seed, Purpose::kDenseWeight, 0, 0, 0);
  for (std::size_t i = 0; i < n; ++i) values[i] = low + (high - low) * random.uniform01();
}

void draw_normal(std::uint32_t seed, double mean, double deviation, double* values, std::size_t n) {
  RandomStream random(seed, Purpose::kDenseWeight, 0, 0, 0);
  for (std::size_t i = 0; i < n; ++i) values[i] = mean + deviation * random.normal();
}

void draw_mask(std::uint32_t seed, double p, double* mask, std::size_t n) {
  RandomStream random(seed, Purpose::kDenseMask, 0, 0, 0);
  for (std::size_t i = 0; i < n; ++i) mask[i] = random.uniform01() < p ? 1 : 0;
}

}  // namespace tegmenta::dense
