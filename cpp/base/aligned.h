#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace tegmenta {

/// Alignment in bytes of every AlignedVector: one cache line, one AVX-512 vector.
inline constexpr std::size_t kAlignment = 64;

/// Arrays of this size and more lie on huge pages where the system grants them: rows are read in
/// random order, and each begins with misses in the page tables otherwise.
inline constexpr std::size_t kHugePage = std::size_t{2} << 20;
void advise_huge_pages(void* memory, std::size_t bytes);

namespace detail {
inline std::atomic<std::int64_t> aligned_live_bytes{0};
}  // namespace detail

/// Bytes held at this moment by all AlignedVectors of the process.
inline std::int64_t live_bytes() {
  return detail::aligned_live_bytes.load(std::memory_order_relaxed);
}

/// What allocators of arrays have in common: elements made without an initial value are
/// default-initialised, so numbers stay uninitialised.
template <typename T>
class FillableAllocator {
 public:
  template <typename U>
  void construct(U* place) noexcept(std::is_nothrow_default_constructible_v<U>) {
    ::new (static_cast<void*>(place)) U;
  }
  template <typename U, typename... Args>
  void construct(U* place, Args&&... args) {
    ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
  }

 protected:
  /// Throws std::bad_array_new_length where no array is so long.
  static std::size_t bytes_of(std::size_t count) {
    if (count > static_cast<std::size_t>(PTRDIFF_MAX) / sizeof(T)) {
      throw std::bad_array_new_length();
    }
    return count * sizeof(T);
  }
};

/// Allocator behind AlignedVector: 64-byte aligned, counted in live_bytes(), and elements made
/// without an initial value stay uninitialised.
template <typename T>
class AlignedAllocator : public FillableAllocator<T> {
 public:
  using value_type = T;
  using is_always_equal = std::true_type;
  using propagate_on_container_move_assignment = std::true_type;

  AlignedAllocator() noexcept = default;
  template <typename U>
  AlignedAllocator(const AlignedAllocator<U>&) noexcept {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = this->bytes_of(count);
    void* memory = ::operator new(bytes, std::align_val_t{alignment_of(bytes)});
    if (bytes >= kHugePage) advise_huge_pages(memory, bytes);
    detail::aligned_live_bytes.fetch_add(static_cast<std::int64_t>(bytes),
                                         std::memory_order_relaxed);
    return static_cast<T*>(memory);
  }

  void deallocate(T* memory, std::size_t count) noexcept {
    detail::aligned_live_bytes.fetch_sub(static_cast<std::int64_t>(count * sizeof(T)),
                                         std::memory_order_relaxed);
    ::operator delete(memory, std::align_val_t{alignment_of(count * sizeof(T))});
  }

  template <typename U>
  bool operator==(const AlignedAllocator<U>&) const noexcept {
    return true;
  }

 private:
  static constexpr std::size_t alignment_of(std::size_t bytes) {
    if (bytes >= kHugePage) return kHugePage;
    return alignof(T) > kAlignment ? alignof(T) : kAlignment;
  }
};

/// std::vector on cache-line boundaries. `AlignedVector<double> v(n)` and `v.resize(n)` leave new
/// numbers uninitialised; write `v(n, 0.0)` and `v.resize(n, 0.0)` for zeros.
template <typename T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

/// Gives back memory that an array does not need any more, if there is much of it: what goes one by
/// one must not cost a copy each. Where there is no memory for the copy, all of it stays.
template <typename Array>
void give_back(Array& values) noexcept {
  if (values.size() < values.capacity() - values.capacity() / 64) values.shrink_to_fit();
}

/// Room for `count` elements of a plain vector that is to be filled, on huge pages like those
/// above.
template <typename T>
void reserve_filled(std::vector<T>& v, std::size_t count) {
  v.reserve(count);
  const std::size_t bytes = v.capacity() * sizeof(T);
  if (bytes >= 2 * kHugePage) advise_huge_pages(v.data(), bytes);
}

}  // namespace tegmenta
