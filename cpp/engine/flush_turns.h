// When the rows of a silent source are brought up to date: at the steps that are the source modulo
// the window, a function of the source alone.
#pragma once

#include <cstdint>

#include "synapses/row_store.h"

namespace tegmenta {

/// Where in the window the turn of a step is, seen from the first source of some rows.
inline std::int64_t turn_at(const RowStore& rows, std::int64_t step, std::int64_t window) {
  return ((step - std::int64_t{rows.source_low}) % window + window) % window;
}

}  // namespace tegmenta
