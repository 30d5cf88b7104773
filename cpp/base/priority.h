// Threads that compute give way to those that answer.
#pragma once

namespace tegmenta {

/// The calling thread runs at a lower priority than the main one from now on, where the system
/// allows that.
void lower_priority() noexcept;

}  // namespace tegmenta
