#include "base/aligned.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <new>
#include <utility>

namespace tegmenta {
namespace {

TEST_CASE("aligned vectors begin on cache lines and are counted while they live") {
  const std::int64_t before = live_bytes();
  {
    AlignedVector<double> v(1000, 1.5);
    CHECK(reinterpret_cast<std::uintptr_t>(v.data()) % kAlignment == 0);
    CHECK(live_bytes() == before + 8000);
    AlignedVector<std::uint16_t> w;
    w.reserve(100);
    CHECK(live_bytes() == before + 8200);
    const AlignedVector<double> moved = std::move(v);
    CHECK(live_bytes() == before + 8200);
    CHECK(moved[999] == 1.5);
  }
  CHECK(live_bytes() == before);
}

TEST_CASE("resize keeps elements and takes an initial value") {
  AlignedVector<int> v = {1, 2, 3};
  v.resize(100, 7);
  CHECK(v[2] == 3);
  CHECK(v[99] == 7);
  v.resize(1000);
  CHECK(v[99] == 7);
}

TEST_CASE("an impossible size is refused") {
  CHECK_THROWS_AS(AlignedAllocator<double>().allocate(SIZE_MAX / 8), std::bad_array_new_length);
}

}  // namespace
}  // namespace tegmenta
