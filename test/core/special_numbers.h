// Numbers that are no numbers.
#pragma once

#include <limits>

namespace tegmenta::testing {

inline constexpr double kInf = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace tegmenta::testing
