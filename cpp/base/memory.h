// How much memory there is: for refusing, in time and with a clear error, what cannot fit.
#pragma once

#include <cstddef>
#include <string>

namespace tegmenta {

/// Bytes that this process can still take: what the machine has free, what its own limit on
/// addresses leaves, less what has been promised (PromisedMemory).
double available_memory();

/// Throws OutOfMemory when `bytes` more cannot fit: "`what` need about 19 GB, but only 12 GB are
/// free.", with the fields needed_bytes and available_bytes; and says what is promised.
void require_memory(double bytes, const std::string& what);

/// The same before allocating a part of something that grows piece by piece: cheap, because the
/// machine is asked only after every 64 MB that were claimed.
void claim_memory(std::size_t bytes, const char* what);

/// Bytes that something of this process will take later: all others see them as taken. Given back
/// when this is destroyed.
class PromisedMemory {
 public:
  /// Throws OutOfMemory like require_memory; many small ones are summed.
  PromisedMemory(double bytes, const std::string& what);
  PromisedMemory(const PromisedMemory&) = delete;
  PromisedMemory& operator=(const PromisedMemory&) = delete;
  ~PromisedMemory();

 private:
  double bytes_;
};

}  // namespace tegmenta
