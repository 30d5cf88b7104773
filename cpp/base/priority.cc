#include "base/priority.h"

#include <chrono>

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#elif defined(__APPLE__)
#include <pthread/qos.h>
#endif

namespace tegmenta {

void lower_priority() noexcept {
#ifdef __linux__
  // A third of the time that the main thread gets where both want all of it.
  constexpr int kNicer = 5, kNicest = 19;
  const int of_process = getpriority(PRIO_PROCESS, static_cast<id_t>(getpid()));
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  setpriority(PRIO_PROCESS, thread, std::min(kNicest, of_process + kNicer));
#elif defined(__APPLE__)
  pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0);
#endif
}

namespace {

using Time = std::chrono::steady_clock::time_point;
thread_local Time lowered_at = Time::max();

}  // namespace

void lower_priority_later() noexcept {
  constexpr std::chrono::milliseconds kShort{5};
  lowered_at = std::chrono::steady_clock::now() + kShort;
}

void heed_priority() noexcept {
  if (lowered_at == Time::max() || std::chrono::steady_clock::now() < lowered_at) return;
  lowered_at = Time::max();
  lower_priority();
}

}  // namespace tegmenta
