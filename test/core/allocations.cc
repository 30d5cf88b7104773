#include "allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::uint64_t> allocations{0};
std::atomic<std::uint64_t> bytes_allocated{0};
thread_local std::uint64_t until_failure = 0;  // 0: none fails
}  // namespace

namespace tegmenta::testing {

std::uint64_t allocation_count() { return allocations.load(); }
std::uint64_t allocated_bytes() { return bytes_allocated.load(); }

FailingAllocation::FailingAllocation(std::uint64_t n) { until_failure = n; }
FailingAllocation::~FailingAllocation() { until_failure = 0; }

}  // namespace tegmenta::testing

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

void count(std::size_t bytes) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  bytes_allocated.fetch_add(bytes, std::memory_order_relaxed);
  if (until_failure > 0 && --until_failure == 0) throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) {
  count(bytes);
  if (void* memory = std::malloc(bytes > 0 ? bytes : 1)) return memory;
  throw std::bad_alloc();
}

void* operator new(std::size_t bytes, std::align_val_t alignment) {
  count(bytes);
  const auto a = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(a, (bytes + a - 1) / a * a)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
