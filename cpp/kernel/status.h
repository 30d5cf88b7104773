// GetKernelStatus and SetKernelStatus.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/value.h"
#include "network/network.h"

namespace tegmenta {

/// What status_keys() names. Throws UnaccessedDictionaryEntry.
ResultMap get_status(Network& network, const std::vector<std::string>& keys);
void set_status(Network& network, const Properties& params);
std::uint64_t connection_count(const Network& network);
/// As GetKernelStatus gives them, in steps.
std::int64_t min_delay(Network& network);
std::int64_t max_delay(Network& network);

}  // namespace tegmenta
