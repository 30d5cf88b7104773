// What generators of currents accept: beyond it, sums of currents, squares of deviations and angles
// at late times would not be finite numbers.
#pragma once

#include "models/declaration.h"

namespace tegmenta {

inline constexpr Range kCurrents{-1e290, 1e290, false, false};
inline constexpr Range kDeviations{0, 1e150, false, false};
inline constexpr Range kFrequencies{-1e280, 1e280, false, false};
inline constexpr Range kPhases{-1e290, 1e290, false, false};

}  // namespace tegmenta
