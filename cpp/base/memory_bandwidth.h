#pragma once

#include <cstddef>

namespace tegmenta {

/// Bytes a second that `workers` threads together read from memory: each reads its part of an array
/// of `bytes` from one end to the other, `passes` times; the fastest pass counts, as in McCalpin's
/// STREAM. `bytes` should be many times the size of all caches, or these are measured. All
/// arguments >= 1.
double read_bandwidth(int workers, std::size_t bytes, int passes);

}  // namespace tegmenta
