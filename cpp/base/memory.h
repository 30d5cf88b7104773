// How much memory there is: for refusing, in time and with a clear error, what cannot fit.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace tegmenta {

/// Bytes that this process can still take: what the machine has free, what its own limit on
/// addresses leaves, less what has been promised (PromisedMemory).
double available_memory();

/// Throws OutOfMemory when `bytes` more cannot fit: "`what` need about 19 GB, but only 12 GB are
/// free.", with the fields needed_bytes and available_bytes.
void require_memory(double bytes, const std::string& what);

/// The same before allocating a part of something that grows piece by piece: cheap, because the
/// machine is asked only after every 64 MB that were claimed.
void claim_memory(std::size_t bytes, const char* what);

/// Bytes that something of this process has been granted and will take later: all others see them
/// as taken. Given back when this is destroyed.
class PromisedMemory {
 public:
  PromisedMemory() = default;
  /// Throws OutOfMemory like require_memory.
  PromisedMemory(double bytes, const std::string& what);
  PromisedMemory(PromisedMemory&& other) noexcept : bytes_(std::exchange(other.bytes_, 0)) {}
  PromisedMemory& operator=(PromisedMemory&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~PromisedMemory();

  double bytes() const { return bytes_; }

 private:
  double bytes_ = 0;
};

}  // namespace tegmenta
