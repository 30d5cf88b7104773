#include "allocations.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::uint64_t> allocations{0};
std::atomic<std::uint64_t> bytes_allocated{0};
std::atomic<std::int64_t> until_failure{0};  // armed: counts down to 0, where one fails
std::atomic<bool> armed{false}, fail_all_after{false};
std::atomic<bool> measured{false};
std::atomic<std::int64_t> held{0}, most_held{0};  // while measured
}  // namespace

namespace tegmenta::testing {

std::uint64_t allocation_count() { return allocations.load(); }
std::uint64_t allocated_bytes() { return bytes_allocated.load(); }

PeakOfBytes::PeakOfBytes() {
  held = most_held = 0;
  measured = true;
}
PeakOfBytes::~PeakOfBytes() { measured = false; }
std::uint64_t PeakOfBytes::bytes() const { return static_cast<std::uint64_t>(most_held.load()); }

FailingAllocation::FailingAllocation(std::uint64_t n, bool all_after) {
  until_failure = static_cast<std::int64_t>(n);
  fail_all_after = all_after;
  armed = true;
}
FailingAllocation::~FailingAllocation() { armed = false; }
bool FailingAllocation::happened() const { return until_failure.load() <= 0; }

}  // namespace tegmenta::testing

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

bool fails() {
  if (!armed.load(std::memory_order_relaxed)) return false;
  const std::int64_t left = until_failure.fetch_sub(1) - 1;
  return left == 0 || (left < 0 && fail_all_after);
}

void* taken(void* memory) {
  if (!measured.load(std::memory_order_relaxed)) return memory;
  const auto bytes = static_cast<std::int64_t>(malloc_usable_size(memory));
  const std::int64_t now = held.fetch_add(bytes) + bytes;
  std::int64_t most = most_held.load();
  while (now > most && !most_held.compare_exchange_weak(most, now)) {
  }
  return memory;
}

void give_back(void* memory) noexcept {
  if (memory && measured.load(std::memory_order_relaxed)) {
    held.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(memory)));
  }
  std::free(memory);
}

template <typename Take>
void* allocate(std::size_t bytes, Take&& take) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  bytes_allocated.fetch_add(bytes, std::memory_order_relaxed);
  for (;;) {
    if (void* memory = fails() ? nullptr : take()) return taken(memory);
    const std::new_handler handler = std::get_new_handler();
    if (!handler) throw std::bad_alloc();
    handler();
  }
}

}  // namespace

void* operator new(std::size_t bytes) {
  return allocate(bytes, [&] { return std::malloc(bytes > 0 ? bytes : 1); });
}

void* operator new(std::size_t bytes, std::align_val_t alignment) {
  const auto a = static_cast<std::size_t>(alignment);
  return allocate(bytes, [&] { return std::aligned_alloc(a, (bytes + a - 1) / a * a); });
}

void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { give_back(memory); }

#endif
