#include "recording/readers.h"

#include <chrono>

namespace tegmenta {

std::uint64_t Readers::add(NodeId recorder, std::uint64_t limit, std::uint64_t position) {
  const std::lock_guard lock(mutex_);
  list_.push_back({next_, recorder, limit, position});
  count_ = list_.size();
  return next_++;
}

void Readers::move(std::uint64_t reader, std::uint64_t position) {
  {
    const std::lock_guard lock(mutex_);
    for (Reader& r : list_) {
      if (r.number == reader) r.position = position;
    }
  }
  changed_.notify_all();
}

void Readers::remove(std::uint64_t reader) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(list_, [&](const Reader& r) { return r.number == reader; });
    count_ = list_.size();
  }
  changed_.notify_all();
}

void Readers::wait_for_change() {
  // Other reasons to go on are looked at in between.
  constexpr std::chrono::milliseconds kMoment{10};
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kMoment);
}

}  // namespace tegmenta
