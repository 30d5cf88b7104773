// Delays that synapses may have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "network/network.h"

namespace tegmenta {

/// The delay in steps, where it may be had.
std::optional<std::uint32_t> allowed_delay(const Network& network, double ms);
/// The same. Throws BadDelay.
std::uint32_t check_delay(const Network& network, double ms, const std::string& model);

}  // namespace tegmenta
