// Where time is.
#pragma once

#include <cstdint>

#include "base/time_grid.h"

namespace tegmenta {

struct Clock {
  TimeGrid grid;
  std::int64_t now = 0;  // steps

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("grid", self.grid);
    visit("now", self.now);
  }
};

}  // namespace tegmenta
