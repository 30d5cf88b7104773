// The test program counts its allocations, and can make one fail. Not under sanitizers, which have
// an operator new of their own.
#pragma once

#include <cstdint>

namespace tegmenta::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kCountsAllocations = false;
#else
inline constexpr bool kCountsAllocations = true;
#endif

/// Calls of operator new so far, on all threads.
std::uint64_t allocation_count();
/// Bytes they asked for altogether, whether freed since or not.
std::uint64_t allocated_bytes();

/// The most bytes that were held at once since it was made, besides those held then. One at a time;
/// of all threads.
class PeakOfBytes {
 public:
  PeakOfBytes();
  ~PeakOfBytes();
  PeakOfBytes(const PeakOfBytes&) = delete;
  PeakOfBytes& operator=(const PeakOfBytes&) = delete;

  /// 0 where allocations are not counted.
  std::uint64_t bytes() const;
};

/// While it lives, the n-th allocation of any thread finds no memory; operator new then does what
/// it does where memory is out (asks the new-handler, or throws std::bad_alloc). `all_after`: and
/// so does every further one.
class FailingAllocation {
 public:
  explicit FailingAllocation(std::uint64_t n, bool all_after = false);
  ~FailingAllocation();
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;

  /// The n-th has been asked for.
  bool happened() const;
};

}  // namespace tegmenta::testing
