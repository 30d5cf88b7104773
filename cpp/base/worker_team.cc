#include "base/worker_team.h"

#include <string>
#include <system_error>

#include "base/errors.h"
#include "base/patience.h"
#include "base/priority.h"
#include "base/processors.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tegmenta {

namespace {

void pause_briefly() {
#if defined(__SSE2__)
  _mm_pause();
#elif defined(__aarch64__) && defined(__GNUC__)
  __asm__ __volatile__("yield");
#endif
}

thread_local Patience patience;

/// Returns when `word` is no longer `old`: spins, then sleeps.
std::uint32_t wait_while(const std::atomic<std::uint32_t>& word, std::uint32_t old, int spins) {
  for (int looks = patience.looks(spins); looks > 0; --looks) {
    const std::uint32_t now = word.load(std::memory_order_acquire);
    if (now != old) {
      patience.ended(true);
      return now;
    }
    pause_briefly();
  }
  patience.ended(false);
  for (;;) {
    const std::uint32_t now = word.load(std::memory_order_acquire);
    if (now != old) return now;
    word.wait(old, std::memory_order_acquire);
  }
}

Error refused(const std::string& parameter, int workers, const std::system_error& e) {
  return Error(ErrorKind::kKernelException,
               parameter + " asks for " + std::to_string(workers) +
                   " threads, but the system has refused one (" + e.what() +
                   "); nothing has changed. Ask for fewer, or raise the limit of threads or "
                   "of memory.",
               {{"parameter", parameter}, {"value", static_cast<double>(workers)}});
}

}  // namespace

WorkerTeam::WorkerTeam(int workers, const char* parameter)
    : size_(workers), errors_(static_cast<std::size_t>(workers > 1 ? workers : 0)) {
  // A slice takes tens of microseconds. Of more workers than processors some always wait for a
  // processor rather than for work.
  constexpr int kSpins = 2000;
  static const int processors = available_processors();
  spins_ = processors >= workers ? kSpins : Patience::kLeast;
  if (workers < 2) return;
  threads_.reserve(static_cast<std::size_t>(workers - 1));
  try {
    for (int worker = 1; worker < workers; ++worker) {
      threads_.emplace_back([this, worker] {
        lower_priority();
        work(worker);
      });
    }
  } catch (const std::system_error& e) {
    stop();
    throw refused(parameter, workers, e);
  } catch (...) {
    stop();
    throw;
  }
}

WorkerTeam::~WorkerTeam() { stop(); }

void WorkerTeam::stop() {
  stopping_.store(true, std::memory_order_relaxed);
  job_.fetch_add(1, std::memory_order_release);
  job_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void WorkerTeam::work(int worker) {
  std::uint32_t job = 0;
  for (;;) {
    job = wait_while(job_, job, spins_);
    if (stopping_.load(std::memory_order_relaxed)) return;
    call_guarded(worker);
    if (running_.fetch_sub(1, std::memory_order_acq_rel) == 1) running_.notify_one();
  }
}

void WorkerTeam::call_guarded(int worker) {
  try {
    call_(context_, worker);
  } catch (const Abandoned&) {
    // Another worker has the error.
  } catch (...) {
    errors_[static_cast<std::size_t>(worker)] = std::current_exception();
    phase_.fetch_or(kFailed, std::memory_order_acq_rel);
    phase_.notify_all();
  }
}

void WorkerTeam::run_on_all(Call call, void* context) {
  call_ = call;
  context_ = context;
  arrived_.store(0, std::memory_order_relaxed);
  phase_.fetch_and(~kFailed, std::memory_order_relaxed);
  running_.store(static_cast<std::uint32_t>(size_ - 1), std::memory_order_relaxed);
  job_.fetch_add(1, std::memory_order_release);
  job_.notify_all();

  call_guarded(0);
  for (std::uint32_t left = running_.load(std::memory_order_acquire); left != 0;) {
    left = wait_while(running_, left, spins_);
  }
  if ((phase_.load(std::memory_order_relaxed) & kFailed) == 0) return;
  std::exception_ptr first;
  for (std::exception_ptr& error : errors_) {
    if (error && !first) first = error;
    error = nullptr;
  }
  std::rethrow_exception(first);
}

// A worker leaves with Abandoned only from a barrier that cannot complete, because one that has
// thrown will not come. From a completed barrier it goes on to the next, even if another worker has
// thrown meanwhile, so which errors occur does not depend on timing.
void WorkerTeam::wait_for_all() {
  const std::uint32_t before = phase_.load(std::memory_order_acquire);
  if ((before & kFailed) != 0) throw Abandoned{};
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == static_cast<std::uint32_t>(size_)) {
    arrived_.store(0, std::memory_order_relaxed);
    phase_.fetch_add(kOnePhase, std::memory_order_acq_rel);
    phase_.notify_all();
  } else {
    const std::uint32_t after = wait_while(phase_, before, spins_);
    if ((after & ~kFailed) == before) throw Abandoned{};
  }
}

}  // namespace tegmenta
