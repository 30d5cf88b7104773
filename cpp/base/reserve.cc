#include "base/reserve.h"

#include <sys/mman.h>

#include <new>

namespace tegmenta {

namespace {

thread_local Reserve* in_use = nullptr;
std::new_handler outer_handler = nullptr;

}  // namespace

Reserve::~Reserve() { release(); }

void Reserve::release() noexcept {
  const int left = left_.exchange(0);
  if (left > 0) munmap(memory_, static_cast<std::size_t>(left) * kPartBytes);
}

void Reserve::refill() {
  if (!spent()) return;
  release();
  void* const memory = mmap(nullptr, kParts * kPartBytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_ = static_cast<std::byte*>(memory);
  left_.store(kParts);
}

// The last part goes first, so that what is left stays in one piece.
bool Reserve::give_up_part() noexcept {
  int left = left_.load();
  do {
    if (left == 0) return false;
  } while (!left_.compare_exchange_weak(left, left - 1));
  munmap(memory_ + static_cast<std::size_t>(left - 1) * kPartBytes, kPartBytes);
  return true;
}

// The new-handler: operator new tries again when it returns.
void Reserve::on_failure() {
  if (in_use && in_use->give_up_part()) return;
  if (!outer_handler) throw std::bad_alloc();
  outer_handler();
}

Reserve::Use::Use(Reserve* reserve) noexcept : outer_(in_use) {
  static const bool installed = [] {
    outer_handler = std::set_new_handler(&Reserve::on_failure);
    return true;
  }();
  (void)installed;
  in_use = reserve;
}

Reserve::Use::~Use() { in_use = outer_; }

}  // namespace tegmenta
