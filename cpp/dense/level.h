// The instruction set that dense components use.
#pragma once

#include "simd/dispatch.h"

namespace tegmenta::dense {

/// The best one, or that of the environment variable TEGMENTA_SIMD.
inline const simd::Kernels& level() { return simd::default_level(); }

}  // namespace tegmenta::dense
