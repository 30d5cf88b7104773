#include "base/memory_bandwidth.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/aligned.h"
#include "base/worker_team.h"

namespace tegmenta {

namespace {

// Independent sums, so that no addition waits for the one before.
constexpr std::size_t kSums = 32;

std::uint64_t sum_of(const std::uint64_t* words, std::size_t count) {
  std::uint64_t sums[kSums] = {};
  for (std::size_t i = 0; i + kSums <= count; i += kSums) {
    for (std::size_t k = 0; k < kSums; ++k) sums[k] += words[i + k];
  }
  std::uint64_t sum = 0;
  for (const std::uint64_t part : sums) sum += part;
  return sum;
}

}  // namespace

double read_bandwidth(int workers, std::size_t bytes, int passes) {
  const auto team_size = static_cast<std::size_t>(workers);
  // Whole blocks, so that every word of a part is read.
  const std::size_t block = kSums * sizeof(std::uint64_t);
  const std::size_t part =
      std::max<std::size_t>(1, bytes / team_size / block) * block / sizeof(std::uint64_t);
  AlignedVector<std::uint64_t> words(part * team_size);
  std::atomic<std::uint64_t> sink{0};  // a sum that nobody takes would not be computed
  WorkerTeam team(workers, "threads");
  const auto first = [&](int worker) {
    return words.data() + static_cast<std::size_t>(worker) * part;
  };
  // Written by the worker that reads it: pages lie where they are touched first.
  team.run([&](int worker) { std::fill_n(first(worker), part, std::uint64_t{1}); });
  double fastest = 0;
  for (int pass = 0; pass < passes; ++pass) {
    const auto started = std::chrono::steady_clock::now();
    team.run([&](int worker) { sink += sum_of(first(worker), part); });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    fastest = std::max(fastest, static_cast<double>(part * team_size * sizeof(std::uint64_t)) /
                                    std::max(took.count(), 1e-9));
  }
  return fastest;
}

}  // namespace tegmenta
