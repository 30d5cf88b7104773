// Arrays of numbers on their way out of the core.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/aligned.h"

namespace tegmenta {

/// Memory that an embedding lends for columns: what is read is written to where it will stay, and
/// never copied.
class ColumnMemory {
 public:
  /// Throws std::bad_alloc.
  virtual void* allocate(std::size_t bytes) = 0;
  virtual void release(void* memory) noexcept = 0;

  /// Lends to the columns that this thread makes as long as it lives. They must not outlive it.
  class Loan {
   public:
    explicit Loan(ColumnMemory& memory) noexcept : before_(std::exchange(lent_, &memory)) {}
    ~Loan() { lent_ = before_; }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

   private:
    ColumnMemory* before_;
  };
  static ColumnMemory* lent() noexcept { return lent_; }

 protected:
  ~ColumnMemory() = default;

 private:
  static inline thread_local ColumnMemory* lent_ = nullptr;
};

/// Allocator behind Column: takes what is lent, if anything is, for more than a few numbers.
/// Elements made without an initial value stay uninitialised.
template <typename T>
class ColumnAllocator : public FillableAllocator<T> {
 public:
  using value_type = T;
  using is_always_equal = std::false_type;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;

  /// Up to this size, arrays are copied with less effort than lent.
  static constexpr std::size_t kSmallBytes = 4096;

  ColumnAllocator() noexcept : memory_(ColumnMemory::lent()) {}
  template <typename U>
  ColumnAllocator(const ColumnAllocator<U>& other) noexcept : memory_(other.memory()) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = this->bytes_of(count);
    if (!memory_ || bytes <= kSmallBytes) return static_cast<T*>(::operator new(bytes));
    return static_cast<T*>(memory_->allocate(bytes));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    if (!memory_ || count * sizeof(T) <= kSmallBytes) {
      ::operator delete(memory);
    } else {
      memory_->release(memory);
    }
  }
  ColumnMemory* memory() const noexcept { return memory_; }
  template <typename U>
  bool operator==(const ColumnAllocator<U>& other) const noexcept {
    return memory_ == other.memory();
  }

 private:
  ColumnMemory* memory_;
};

/// `Column<double> c(n)` and `c.resize(n)` leave new numbers uninitialised.
template <typename T>
using Column = std::vector<T, ColumnAllocator<T>>;

template <typename T>
Column<T> column_of(const std::vector<T>& values) {
  return Column<T>(values.begin(), values.end());
}

/// Makes room for `count` elements, which are to be filled; a long column lies on huge pages.
template <typename T>
void resize_for_filling(Column<T>& column, std::size_t count) {
  column.reserve(count);
  const std::size_t bytes = column.capacity() * sizeof(T);
  if (bytes >= 2 * kHugePage) advise_huge_pages(column.data(), bytes);
  column.resize(count);
}

}  // namespace tegmenta
