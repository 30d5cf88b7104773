// Random initial values of dense weight matrices.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tegmenta::dense {

/// values[i] uniform in [low, high), the i-th number of the seed.
void draw_uniform(std::uint32_t seed, double low, double high, double* values, std::size_t n);

/// values[i] normal with that mean and standard deviation.
void draw_normal(std::uint32_t seed, double mean, double deviation, double* values, std::size_t n);

/// mask[i] = 1 with probability p, else 0; numbers of their own.
void draw_mask(std::uint32_t seed, double p, double* mask, std::size_t n);

}  // namespace tegmenta::dense
