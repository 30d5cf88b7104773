#include "base/memory_bandwidth.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <initializer_list>

namespace tegmenta {
namespace {

// How fast memory is nobody can assert; that it is read at all, and how little the least array is.
TEST_CASE("memory is read at some speed by any number of workers") {
  for (const int workers : {1, 2, 3}) {
    CAPTURE(workers);
    for (const std::size_t bytes : {std::size_t{1}, std::size_t{1000}, std::size_t{4} << 20}) {
      CAPTURE(bytes);
      const double speed = read_bandwidth(workers, bytes, 2);
      CHECK(speed > 0);
      CHECK(speed < 1e13);
    }
  }
}

}  // namespace
}  // namespace tegmenta
