// Which instruction-set level is used: the best that this processor and the operating system
// support, or the one named by the environment variable TEGMENTA_SIMD.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "simd/kernels.h"

namespace tegmenta::simd {

/// Levels compiled in and usable here, slowest first.
std::span<const Kernels* const> available_levels();

/// The level named, or nullptr when it is not compiled in or not usable here.
const Kernels* find_level(std::string_view name);

/// The level named. Throws BadProperty with the parameter `key` of `owner`, the name and the levels
/// that are usable.
const Kernels& require_level(const std::string& owner, const std::string& key,
                             const std::string& name);

/// The level new kernels start with. Throws BadProperty when TEGMENTA_SIMD names none that is
/// usable here; empty counts as not set.
const Kernels& default_level();

}  // namespace tegmenta::simd
