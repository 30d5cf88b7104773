#include "base/compute_threads.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>

#include "base/processors.h"

namespace tegmenta {

ComputeThreads& ComputeThreads::of_process() {
  // Never destroyed: a thread may outlast main().
  static ComputeThreads* const instance = new ComputeThreads;
  return *instance;
}

ComputeThreads::ComputeThreads() : limit_(first_limit()) {}

int ComputeThreads::first_limit() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): once
  const char* const given = std::getenv("TEGMENTA_CONCURRENCY");
  const int limit = given ? std::atoi(given) : 0;
  return limit >= 1 ? limit : available_processors();
}

int ComputeThreads::limit() const {
  const std::lock_guard lock(mutex_);
  return limit_;
}

void ComputeThreads::set_limit(int limit) {
  {
    const std::lock_guard lock(mutex_);
    limit_ = limit;
  }
  serve();
}

ComputeThreads::Counts ComputeThreads::counts() const {
  const std::lock_guard lock(mutex_);
  return {static_cast<int>(queue_.size()), running_, used_};
}

std::uint64_t ComputeThreads::ask(int wanted, Granted granted) {
  std::uint64_t ticket = 0;
  {
    const std::lock_guard lock(mutex_);
    ticket = next_ticket_++;
    queue_.push_back({ticket, wanted, std::move(granted)});
  }
  serve();
  return ticket;
}

bool ComputeThreads::withdraw(std::uint64_t ticket) {
  const std::lock_guard lock(mutex_);
  return std::erase_if(queue_, [&](const Waiting& w) { return w.ticket == ticket; }) > 0;
}

int ComputeThreads::take_now(int wanted) {
  const std::lock_guard lock(mutex_);
  const int threads = std::clamp(limit_ - used_, 1, std::max(1, wanted));
  used_ += threads;
  ++running_;
  return threads;
}

int ComputeThreads::take(int wanted, const std::function<bool()>& stop) {
  constexpr std::chrono::milliseconds kMoment{10};
  // Whoever grants may still be at it when this has returned.
  const auto granted = std::make_shared<std::promise<int>>();
  std::future<int> threads = granted->get_future();
  const std::uint64_t ticket = ask(wanted, [granted](int n) { granted->set_value(n); });
  while (threads.wait_for(kMoment) != std::future_status::ready) {
    if (stop() && withdraw(ticket)) return take_now(1);
  }
  return threads.get();
}

void ComputeThreads::give_back(int threads) {
  {
    const std::lock_guard lock(mutex_);
    used_ -= threads;
    --running_;
  }
  serve();
}

// Many that wait get on faster one by one than any of them with several threads.
void ComputeThreads::serve() {
  for (;;) {
    Granted granted;
    int threads = 0;
    {
      const std::lock_guard lock(mutex_);
      if (queue_.empty() || used_ >= limit_) return;
      Waiting& next = queue_.front();
      const int free = limit_ - used_, others = static_cast<int>(queue_.size()) - 1;
      threads = std::min(next.wanted, std::max(1, free - others));
      granted = std::move(next.granted);
      queue_.pop_front();
      used_ += threads;
      ++running_;
    }
    granted(threads);
  }
}

thread_local int TakenThreads::of_this_thread_ = 0;

}  // namespace tegmenta
