// Cases that need not be tried at every instruction-set level.
#pragma once

#include <doctest/doctest.h>

namespace tegmenta::testing {

/// The suite of cases that go through all levels themselves, or use none.
inline constexpr const char* kOnce = "once";

inline doctest::test_suite once() { return doctest::test_suite(kOnce); }

}  // namespace tegmenta::testing
