// How far a long piece of work has come, and whether it is still wanted.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>
#include <utility>

#include "base/priority.h"

namespace tegmenta {

/// Leaves work that is no longer wanted. What it interrupts has changed nothing. It is no
/// std::exception: only whoever made the Watch catches it.
struct Cancelled {};

/// Told by the work after every piece, so that nobody waits long for it to stop.
class Watch {
 public:
  /// Fraction that is done. Called now and then, by the thread that made the Watch.
  using Report = std::function<void(double)>;

  /// Nobody watches.
  Watch() = default;
  explicit Watch(const std::atomic<bool>& cancel, Report report = {})
      : cancel_(&cancel), report_(std::move(report)) {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// How much work there is, in units of which `done` tells the number.
  void expect(std::uint64_t units) { expected_ = units; }
  /// Any thread. Throws Cancelled.
  void done(std::uint64_t units) {
    check();
    heed_priority();
    if (!report_) return;
    done_.fetch_add(units, std::memory_order_relaxed);
    if (std::this_thread::get_id() != owner_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - reported_ < std::chrono::milliseconds(30)) return;
    reported_ = now;
    const double all = static_cast<double>(std::max<std::uint64_t>(expected_, 1));
    report_(std::min(1.0, static_cast<double>(done_.load(std::memory_order_relaxed)) / all));
  }
  void check() const {
    if (cancel_ && cancel_->load(std::memory_order_relaxed)) throw Cancelled{};
  }

 private:
  const std::atomic<bool>* cancel_ = nullptr;
  Report report_;
  std::uint64_t expected_ = 0;
  std::atomic<std::uint64_t> done_{0};
  std::thread::id owner_ = std::this_thread::get_id();
  std::chrono::steady_clock::time_point reported_ = std::chrono::steady_clock::now();
};

}  // namespace tegmenta
