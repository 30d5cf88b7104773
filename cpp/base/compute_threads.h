// The threads of the process that compute: all kernels together have no more than a limit at once.
// Those beyond it wait in turn.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace tegmenta {

class ComputeThreads {
 public:
  /// Of all kernels, those of worker threads included. Lives as long as the process.
  static ComputeThreads& of_process();

  /// Without a limit: the environment variable TEGMENTA_CONCURRENCY, or else
  /// available_processors().
  static int first_limit();
  ComputeThreads();
  ComputeThreads(const ComputeThreads&) = delete;
  ComputeThreads& operator=(const ComputeThreads&) = delete;

  int limit() const;
  /// >= 1. Who has threads keeps them.
  void set_limit(int limit);

  struct Counts {
    int queued, running, threads;
  };
  Counts counts() const;

  /// Called once, with a number of threads >= 1, on any thread: at once, or by whoever gives some
  /// back. It must not throw.
  using Granted = std::function<void(int threads)>;
  /// Asks for up to `wanted` >= 1 threads, in turn. Where others wait, each gets fewer, at least
  /// one. The ticket withdraws it.
  std::uint64_t ask(int wanted, Granted granted);
  /// Whether it had not been granted yet; it is not any more.
  bool withdraw(std::uint64_t ticket);
  /// Takes threads without waiting, at least one: for a caller that cannot wait.
  int take_now(int wanted);
  /// Waits in turn, or takes one at once when `stop` says so, which is asked now and then.
  int take(int wanted, const std::function<bool()>& stop);
  void give_back(int threads);

 private:
  struct Waiting {
    std::uint64_t ticket;
    int wanted;
    Granted granted;
  };
  void serve();

  mutable std::mutex mutex_;
  int limit_;
  int used_ = 0, running_ = 0;
  std::uint64_t next_ticket_ = 1;
  std::deque<Waiting> queue_;
};

/// Threads that the calling thread computes with, until this goes: they are given back.
class TakenThreads {
 public:
  explicit TakenThreads(int threads) : before_(std::exchange(of_this_thread_, threads)) {}
  ~TakenThreads() {
    ComputeThreads::of_process().give_back(of_this_thread_);
    of_this_thread_ = before_;
  }
  TakenThreads(const TakenThreads&) = delete;
  TakenThreads& operator=(const TakenThreads&) = delete;

  /// How many there are for work on this thread: those taken, or else the limit.
  static int here() {
    return of_this_thread_ > 0 ? of_this_thread_ : ComputeThreads::of_process().limit();
  }
  /// Others compute while `wait` waits; then as many as before are taken again in turn, or fewer.
  template <typename Wait>
  static void without(Wait&& wait, const std::function<bool()>& stop) {
    ComputeThreads& all = ComputeThreads::of_process();
    const int wanted = of_this_thread_;
    if (wanted > 0) all.give_back(wanted);
    wait();
    if (wanted > 0) of_this_thread_ = all.take(wanted, stop);
  }

 private:
  static thread_local int of_this_thread_;  // 0: none were taken
  int before_;
};

}  // namespace tegmenta
