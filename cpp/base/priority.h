// Threads that compute give way to those that answer.
#pragma once

namespace tegmenta {

/// The calling thread runs at a lower priority than the main one from now on, where the system
/// allows that.
void lower_priority() noexcept;

/// The same, once it has worked for some ms: work that is short has an answer that is waited for.
void lower_priority_later() noexcept;
/// Called by work now and then: whether it is time for that.
void heed_priority() noexcept;

}  // namespace tegmenta
