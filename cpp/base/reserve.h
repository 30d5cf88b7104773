// Memory kept back for work that cannot stop half-way.
#pragma once

#include <atomic>
#include <cstddef>

namespace tegmenta {

/// Address space that costs no memory until it is given up. Work that must be completed once it has
/// begun, such as a slice of a simulation, runs under a Use: where an allocation of its thread
/// would fail, a part of the reserve is given up and the allocation tried again.
class Reserve {
 public:
  Reserve() = default;
  ~Reserve();
  Reserve(const Reserve&) = delete;
  Reserve& operator=(const Reserve&) = delete;

  /// To be called where failing is allowed: takes the reserve, again if some of it was given up.
  /// Throws std::bad_alloc.
  void refill();
  /// Some was given up since the last refill().
  bool spent() const { return left_.load(std::memory_order_relaxed) < kParts; }

  /// Of one thread; null: none is used.
  class Use {
   public:
    explicit Use(Reserve* reserve) noexcept;
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    Reserve* outer_;
  };

 private:
  static constexpr int kParts = 16;
  static constexpr std::size_t kPartBytes = std::size_t{1} << 20;

  static void on_failure();
  bool give_up_part() noexcept;
  void release() noexcept;

  std::byte* memory_ = nullptr;
  std::atomic<int> left_{0};  // parts, from the beginning
};

}  // namespace tegmenta
