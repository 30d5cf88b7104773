// Inputs of dense components must be finite: one NaN would spread over all weights.
#pragma once

#include <cstddef>

namespace tegmenta::dense {

/// Throws BadProperty naming the first entry of `values` that is not finite, as an entry of the
/// compartment `name` of a component of class `owner`.
void require_finite(const char* owner, const char* name, const double* values, std::size_t n);

}  // namespace tegmenta::dense
