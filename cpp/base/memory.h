// How much memory there is: for refusing, in time and with a clear error, what cannot fit.
#pragma once

#include <cstddef>
#include <string>

namespace tegmenta {

/// What a runtime knows of a limit on this process, in bytes; that is asked, too, from now on.
void limit_memory_of_process(double bytes) noexcept;

/// For what is taken at once. Throws OutOfMemory when `bytes` more cannot fit into what the machine
/// and the control group have free and the limits on addresses and on the process leave, less what
/// has been promised (PromisedMemory):
/// "`what` need about 19 GB, but only 12 GB are free.", with the fields needed_bytes and
/// available_bytes; and says what is promised.
void require_memory(double bytes, const std::string& what);

/// For a part of what grows piece by piece, before it is allocated: cheap, because the machine is
/// asked only after every 64 MB that were claimed.
void claim_memory(std::size_t bytes, const char* what);

/// For what is taken later: all others see these bytes as taken. Given back when this is destroyed.
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
