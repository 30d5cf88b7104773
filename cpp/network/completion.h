// Work that must not stop half-way.
#pragma once

#include <utility>

#include "base/reserve.h"

namespace tegmenta {

class Completion {
 public:
  Reserve reserve;
  bool broken = false;  // something did stop half-way: the network cannot go on

  /// Does `work` with the reserve at hand. Throws std::bad_alloc before it begins, where there is
  /// no reserve to be had. What `work` throws leaves the network broken.
  template <typename Work>
  void complete(Work&& work) {
    reserve.refill();
    const Reserve::Use use(&reserve);
    try {
      work();
    } catch (...) {
      broken = true;
      throw;
    }
  }
};

}  // namespace tegmenta
