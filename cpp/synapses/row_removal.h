// Rows without some of their synapses: in their own place, which cannot fail.
#pragma once

#include <cstddef>

#include "synapses/removed.h"
#include "synapses/row_store.h"

namespace tegmenta {

/// Those that stay keep their order, their values and the states of their rows. slots: those of the
/// partition.
// NOLINTNEXTLINE(bugprone-exception-escape)
void remove_synapses(PartitionRows& rows, const Removed& removed, std::size_t slots) noexcept;

}  // namespace tegmenta
