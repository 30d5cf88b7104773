// Those who read what recorders record while a simulation goes on, and for whom it waits.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

#include "base/value.h"

namespace tegmenta {

/// Readers may be added, move on and leave at any time, on any thread.
class Readers {
 public:
  /// A simulation waits as long as more than `limit` events of the recorder lie behind `position`,
  /// up to which they have been read.
  std::uint64_t add(NodeId recorder, std::uint64_t limit, std::uint64_t position);
  void move(std::uint64_t reader, std::uint64_t position);
  void remove(std::uint64_t reader);

  bool none() const { return count_.load(std::memory_order_relaxed) == 0; }
  /// size(recorder): how many events it has recorded.
  template <typename Size>
  bool is_one_behind(Size&& size) const {
    const std::lock_guard lock(mutex_);
    for (const Reader& r : list_) {
      const std::uint64_t recorded = size(r.recorder);
      if (recorded > r.position && recorded - r.position > r.limit) return true;
    }
    return false;
  }
  /// Until one has moved or left, or for a moment.
  void wait_for_change();

 private:
  struct Reader {
    std::uint64_t number;
    NodeId recorder;
    std::uint64_t limit, position;
  };

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Reader> list_;
  std::uint64_t next_ = 1;
  std::atomic<std::size_t> count_{0};
};

}  // namespace tegmenta
