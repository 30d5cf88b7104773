// How many threads can compute at once.
#pragma once

namespace tegmenta {

/// What the affinity of the process and the quota of its control group allow, at least one.
int available_processors();

}  // namespace tegmenta
