#include "base/compute_threads.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "base/processors.h"
#include "engine/thread_choice.h"

using namespace tegmenta;

namespace {

/// What has been granted, in turn.
struct Asked {
  ComputeThreads threads;
  std::vector<std::pair<int, int>> granted;  // who, how many

  explicit Asked(int limit) { threads.set_limit(limit); }
  std::uint64_t ask(int who, int wanted) {
    return threads.ask(wanted, [this, who](int n) { granted.emplace_back(who, n); });
  }
};

using Granted = std::vector<std::pair<int, int>>;

}  // namespace

TEST_CASE("compute threads: as many as there are processors, unless a limit is set") {
  CHECK(ComputeThreads().limit() == ComputeThreads::first_limit());
  CHECK(available_processors() >= 1);
  CHECK(Asked(3).threads.limit() == 3);
}

TEST_CASE("compute threads: those beyond the limit wait in turn") {
  Asked asked(4);
  asked.ask(1, 3);
  asked.ask(2, 3);  // what is left
  asked.ask(3, 2);
  asked.ask(4, 1);
  CHECK(asked.granted == Granted{{1, 3}, {2, 1}});
  const auto counts = asked.threads.counts();
  CHECK(counts.queued == 2);
  CHECK(counts.running == 2);
  CHECK(counts.threads == 4);
  asked.threads.give_back(1);  // one for who waits longest
  CHECK(asked.granted.back() == std::pair{3, 1});
  asked.threads.give_back(3);
  CHECK(asked.granted.back() == std::pair{4, 1});
  CHECK(asked.threads.counts().queued == 0);
  CHECK(asked.threads.counts().threads == 2);
}

TEST_CASE("compute threads: where several wait each gets fewer") {
  Asked asked(4);
  asked.ask(1, 4);
  for (int who = 2; who <= 4; ++who) asked.ask(who, 4);
  asked.threads.give_back(4);
  CHECK(asked.granted == Granted{{1, 4}, {2, 2}, {3, 1}, {4, 1}});
}

TEST_CASE("compute threads: who withdraws gets none") {
  Asked asked(1);
  const auto first = asked.ask(1, 1), second = asked.ask(2, 1), third = asked.ask(3, 1);
  CHECK_FALSE(asked.threads.withdraw(first));
  CHECK(asked.threads.withdraw(second));
  CHECK_FALSE(asked.threads.withdraw(second));
  asked.threads.give_back(1);
  CHECK(asked.granted == Granted{{1, 1}, {3, 1}});
  CHECK_FALSE(asked.threads.withdraw(third));
}

TEST_CASE("compute threads: who cannot wait gets one at least, and counts") {
  Asked asked(2);
  CHECK(asked.threads.take_now(5) == 2);
  CHECK(asked.threads.take_now(5) == 1);
  CHECK(asked.threads.counts().threads == 3);
  asked.ask(1, 1);
  CHECK(asked.granted.empty());
  asked.threads.give_back(1);
  CHECK(asked.granted.empty());
  asked.threads.give_back(2);
  CHECK(asked.granted == Granted{{1, 1}});
}

TEST_CASE("compute threads: a higher limit lets more begin") {
  Asked asked(1);
  asked.ask(1, 1);
  asked.ask(2, 1);
  asked.threads.set_limit(2);
  CHECK(asked.granted == Granted{{1, 1}, {2, 1}});
  asked.threads.set_limit(1);
  asked.ask(3, 1);
  asked.threads.give_back(1);
  CHECK(asked.granted.size() == 2);
  asked.threads.give_back(1);
  CHECK(asked.granted.size() == 3);
}

TEST_CASE("compute threads: who waits and is stopped goes on with one at once") {
  Asked asked(1);
  asked.ask(1, 1);
  CHECK(asked.threads.take(3, [] { return true; }) == 1);
  CHECK(asked.threads.counts().queued == 0);
  CHECK(asked.threads.counts().threads == 2);
}

TEST_CASE("compute threads: never more than the limit, of many that ask") {
  ComputeThreads threads;
  threads.set_limit(3);
  std::atomic<int> at_once{0}, most{0}, done{0};
  std::vector<std::thread> all;
  for (int i = 0; i < 8; ++i) {
    all.emplace_back([&, i] {
      for (int k = 0; k < 50; ++k) {
        const int n = threads.take(1 + i % 3, [] { return false; });
        const int now = at_once += n;
        int before = most;
        while (now > before && !most.compare_exchange_weak(before, now)) {
        }
        at_once -= n;
        threads.give_back(n);
        ++done;
      }
    });
  }
  for (std::thread& thread : all) thread.join();
  CHECK(done == 400);
  CHECK(most <= 3);
  CHECK(threads.counts().threads == 0);
  CHECK(threads.counts().running == 0);
}

TEST_CASE("thread choice: the way that takes less time goes on") {
  using namespace std::chrono;
  const auto shared_slices = [](microseconds alone, microseconds shared) {
    ThreadChoice choice;
    int together = 0;
    for (int stretch = 0; stretch < 40; ++stretch) {
      const bool is_shared = choice.shared();
      choice.begin_stretch();
      for (int slice = 0; slice < 100'000; ++slice) {
        const bool enough = choice.is_enough(15, is_shared ? shared : alone);
        if (stretch >= 20) together += is_shared ? 1 : -1;
        if (enough) break;
      }
      choice.end_stretch();
    }
    return together;
  };
  CHECK(shared_slices(microseconds(100), microseconds(60)) > 0);
  CHECK(shared_slices(microseconds(3), microseconds(9)) < 0);
  CHECK(shared_slices(microseconds(20), milliseconds(4)) < 0);
  CHECK(shared_slices(milliseconds(5), milliseconds(3)) > 0);
  // Not for a little: times vary.
  CHECK(shared_slices(microseconds(100), microseconds(98)) < 0);
}
