// One number for all that can be read from a kernel, bit by bit.
#pragma once

#include <cstdint>
#include <string>

#include "fnv.h"
#include "kernel_driver.h"

namespace tegmenta::testing {

/// Of results.
class StateDigest : public Fnv {
 public:
  using Fnv::add;
  void add(const std::string& text) { add(text.data(), text.size()); }
  void add(double x) { add(&x, sizeof x); }
  void add(const Result& result);
};

/// Nodes with all their values and events, defaults of all models, and the kernel's status apart
/// from memory and counts of work. `synapses`: and all of theirs, for which the network is laid
/// out.
std::uint64_t digest_of_state(Simulator& kernel, bool synapses);

}  // namespace tegmenta::testing
