#include "base/memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>

#include "base/control_group.h"
#include "base/errors.h"

namespace tegmenta {

namespace {

/// Less than this is not worth asking for.
constexpr double kLeast = 64e6;

/// All promises of the process.
std::atomic<double> promised{0};

double free_memory() {
  std::ifstream info("/proc/meminfo");
  std::string key, unit;
  double kilobytes = 0;
  while (info >> key >> kilobytes) {
    if (key == "MemAvailable:") return kilobytes * 1024;
    std::getline(info, unit);
  }
  return static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)) /
         2;
}

enum class Pages { kMapped, kResident };

double bytes_of_process(Pages which) {
  double mapped = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> mapped >> resident;
  return (which == Pages::kMapped ? mapped : resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// What `ulimit -v` leaves to this process.
double free_addresses() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return INFINITY;
  return std::max(0.0, static_cast<double>(limit.rlim_cur) - bytes_of_process(Pages::kMapped));
}

// What the runtime says that this process may have at all.
std::atomic<double> process_limit{INFINITY};

double free_of_process_limit() {
  const double limit = process_limit.load(std::memory_order_relaxed);
  return std::isfinite(limit) ? std::max(0.0, limit - bytes_of_process(Pages::kResident)) : limit;
}

double available_memory() {
  const double free = std::min(
      {free_memory(), free_addresses(), free_of_process_limit(), control_group().free_memory});
  return std::max(0.0, free - promised.load(std::memory_order_relaxed));
}

Error out_of_memory(double bytes, double available, std::string_view what) {
  const auto gigabytes = [](double x) { return format_number(std::round(x / 1e7) / 100); };
  std::string text = std::string(what) + " need about " + gigabytes(bytes) + " GB, but only " +
                     gigabytes(available) + " GB are free";
  const double taken = promised.load(std::memory_order_relaxed);
  if (taken >= kLeast) {
    text += " (another " + gigabytes(taken) +
            " GB are set aside for connections that were made and take it with the next "
            "simulation)";
  }
  return Error(ErrorKind::kOutOfMemory, text + ".",
               {{"needed_bytes", bytes}, {"available_bytes", available}});
}

void require_available(double bytes, std::string_view what) {
  const double available = available_memory();
  if (bytes > available) throw out_of_memory(bytes, available, what);
}

}  // namespace

void limit_memory_of_process(double bytes) noexcept {
  process_limit.store(bytes, std::memory_order_relaxed);
}

void require_memory(double bytes, const std::string& what) {
  if (bytes >= kLeast) require_available(bytes, what);
}

void claim_memory(std::size_t bytes, const char* what) {
  static std::atomic<std::uint64_t> claimed{0};
  const std::uint64_t before = claimed.fetch_add(bytes, std::memory_order_relaxed);
  if (static_cast<double>(before + bytes) < kLeast) return;
  // What the next claims may take unasked is to be free too.
  require_available(static_cast<double>(bytes) + kLeast, what);
  claimed.store(0, std::memory_order_relaxed);
}

PromisedMemory::PromisedMemory(double bytes, const std::string& what) : bytes_(bytes) {
  // One at a time: two kernels must not be promised the same memory.
  static std::mutex mutex;
  static double unasked = 0;
  const std::lock_guard guard(mutex);
  if (unasked + bytes >= kLeast) {
    require_available(bytes, what);
    unasked = 0;
  } else {
    unasked += bytes;
  }
  promised.fetch_add(bytes, std::memory_order_relaxed);
}

PromisedMemory::~PromisedMemory() { promised.fetch_sub(bytes_, std::memory_order_relaxed); }

}  // namespace tegmenta
