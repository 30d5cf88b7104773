#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <thread>
#include <type_traits>
#include <vector>

namespace tegmenta {

/// A fixed team of workers that run one function together, again and again. The calling thread is
/// worker 0; the other threads are made once and sleep between runs. A team of one has no threads.
///
///     team.run([&](int worker) {
///       update(worker);
///       team.barrier();
///       exchange(worker);
///     });
class WorkerTeam {
 public:
  /// `workers` >= 1. Throws KernelException if the system refuses a thread; `parameter` is what the
  /// user calls the number of workers.
  explicit WorkerTeam(int workers, const char* parameter = "workers");
  ~WorkerTeam();
  WorkerTeam(const WorkerTeam&) = delete;
  WorkerTeam& operator=(const WorkerTeam&) = delete;

  int size() const { return size_; }

  /// Calls `function(worker)` on every worker, worker = 0 ... size() - 1, and returns when all have
  /// ended. If some throw, the exception of the lowest worker is thrown again here; the team stays
  /// usable. Must not be called from inside a run.
  template <typename Function>
  void run(Function&& function) {
    if (size_ == 1) {
      function(0);
      return;
    }
    using Plain = std::remove_reference_t<Function>;
    run_on_all([](void* context, int worker) { (*static_cast<Plain*>(context))(worker); },
               const_cast<void*>(static_cast<const void*>(std::addressof(function))));
  }

  /// Waits, inside `run`, until every worker has called it as often. What was written before is
  /// visible to all after. If a worker has thrown, the others leave their function from here by an
  /// internal exception that run() does not report (it is not a std::exception: let it pass).
  void barrier() {
    if (size_ > 1) wait_for_all();
  }

 private:
  struct Abandoned {};
  static constexpr std::uint32_t kFailed = 1;  // a worker has thrown in this run
  static constexpr std::uint32_t kOnePhase = 2;
  using Call = void (*)(void* context, int worker);

  void run_on_all(Call call, void* context);
  void wait_for_all();
  void work(int worker);
  void call_guarded(int worker);
  void stop();

  int size_;
  int spins_;
  Call call_ = nullptr;
  void* context_ = nullptr;
  std::vector<std::exception_ptr> errors_;  // one a worker, written by it alone
  std::vector<std::thread> threads_;

  // One cache line for each: they are written by different workers at different times.
  alignas(64) std::atomic<std::uint32_t> job_{0};      // number of the current run
  alignas(64) std::atomic<std::uint32_t> running_{0};  // threads that have not ended it
  alignas(64) std::atomic<std::uint32_t> arrived_{0};  // workers at the barrier
  alignas(64) std::atomic<std::uint32_t> phase_{0};    // barriers passed, times kOnePhase; kFailed
  std::atomic<bool> stopping_{false};
};

}  // namespace tegmenta
