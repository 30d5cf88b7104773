// One number for all that can be read from a kernel, bit by bit.
#pragma once

#include <cstdint>
#include <string>

#include "kernel_driver.h"

namespace tegmenta::testing {

/// FNV-1a over results.
class StateDigest {
 public:
  void add(const void* data, std::size_t bytes) {
    const auto* p = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < bytes; ++i) value_ = (value_ ^ p[i]) * 0x100000001b3u;
  }
  void add(const std::string& text) { add(text.data(), text.size()); }
  void add(double x) { add(&x, sizeof x); }
  void add(const Result& result);
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

/// Nodes with all their values and events, defaults of all models, and the kernel's status apart
/// from memory and counts of work. `synapses`: and all of theirs, for which the network is laid
/// out.
std::uint64_t digest_of_state(Simulator& kernel, bool synapses);

}  // namespace tegmenta::testing
