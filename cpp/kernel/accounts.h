// What each kernel of the process holds, for whoever looks from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "network/memory_parts.h"

namespace tegmenta {

/// As of the last call that changed much of it.
struct KernelMemory {
  std::uint64_t kernel;  // in the order in which they were made
  std::int64_t total;
  MemoryParts parts;  // as of the last layout or run
};

/// The account of one kernel, from its begin to its end.
class KernelAccount {
 public:
  KernelAccount();
  ~KernelAccount();
  KernelAccount(const KernelAccount&) = delete;
  KernelAccount& operator=(const KernelAccount&) = delete;

  void note(std::int64_t total, const MemoryParts& parts) noexcept;
  /// Of all kernels that hold something.
  static std::vector<KernelMemory> all();

 private:
  const std::uint64_t kernel_;
  std::atomic<std::int64_t> total_{0}, nodes_{0}, recorders_{0}, synapses_{0}, under_way_{0},
      plasticity_{0};
};

}  // namespace tegmenta
