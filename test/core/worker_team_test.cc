#include "base/worker_team.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/patience.h"
#include "once.h"

namespace tegmenta {
namespace {

constexpr int kSizes[] = {1, 2, 3, 4, 7};

TEST_CASE("every worker is called once a run, worker 0 on the calling thread" * testing::once()) {
  for (const int size : kSizes) {
    CAPTURE(size);
    WorkerTeam team(size);
    CHECK(team.size() == size);
    std::vector<int> calls(static_cast<std::size_t>(size), 0);
    std::vector<std::thread::id> threads(calls.size());
    for (int run = 0; run < 50; ++run) {
      team.run([&](int worker) {
        ++calls[static_cast<std::size_t>(worker)];
        threads[static_cast<std::size_t>(worker)] = std::this_thread::get_id();
      });
    }
    for (const int count : calls) CHECK(count == 50);
    CHECK(threads[0] == std::this_thread::get_id());
    for (std::size_t i = 1; i < threads.size(); ++i) CHECK(threads[i] != threads[0]);
  }
}

TEST_CASE("what is written before a barrier is read after it" * testing::once()) {
  for (const int size : kSizes) {
    CAPTURE(size);
    WorkerTeam team(size);
    const auto workers = static_cast<std::size_t>(size);
    std::vector<long> cells(workers, 0);
    std::vector<long> wrong(workers, 0);
    team.run([&](int worker) {
      const auto me = static_cast<std::size_t>(worker);
      for (long round = 1; round <= 300; ++round) {
        cells[me] = round;
        team.barrier();
        for (const long cell : cells) wrong[me] += cell != round ? 1 : 0;
        team.barrier();
      }
    });
    for (const long count : wrong) CHECK(count == 0);
  }
}

TEST_CASE("workers that have to wait long are woken" * testing::once()) {
  WorkerTeam team(3);
  std::atomic<int> passed{0};
  team.run([&](int worker) {
    if (worker == 1) std::this_thread::sleep_for(std::chrono::milliseconds(30));
    team.barrier();
    ++passed;
    if (worker == 0) std::this_thread::sleep_for(std::chrono::milliseconds(30));
    team.barrier();
    ++passed;
  });
  CHECK(passed == 6);
}

TEST_CASE("the exception of the lowest worker is thrown again, and the team stays usable" *
          testing::once()) {
  for (const int size : {1, 2, 4}) {
    CAPTURE(size);
    WorkerTeam team(size);
    for (int run = 0; run < 20; ++run) {
      std::string text;
      try {
        team.run([&](int worker) {
          team.barrier();
          if (size == 1 || worker > 0) {
            throw std::runtime_error("worker " + std::to_string(worker));
          }
        });
      } catch (const std::runtime_error& error) {
        text = error.what();
      }
      CHECK(text == (size == 1 ? "worker 0" : "worker 1"));
    }
    std::atomic<int> calls{0};
    team.run([&](int) {
      team.barrier();
      ++calls;
      team.barrier();
    });
    CHECK(calls == size);
  }
}

TEST_CASE("a worker that throws does not leave others at a barrier" * testing::once()) {
  WorkerTeam team(4);
  for (int thrower = 0; thrower < 4; ++thrower) {
    for (int round = 0; round < 20; ++round) {
      std::atomic<int> ended{0};
      CHECK_THROWS_AS(team.run([&](int worker) {
        for (int phase = 0;; ++phase) {
          if (phase == round && worker == thrower) {
            ++ended;
            throw std::logic_error("stop");
          }
          team.barrier();
        }
      }),
                      std::logic_error);
      CHECK(ended == 1);
    }
  }
}

TEST_CASE("objects of abandoned workers are destroyed" * testing::once()) {
  WorkerTeam team(3);
  std::atomic<int> alive{0};
  struct Guard {
    explicit Guard(std::atomic<int>& count) : count(count) { ++count; }
    ~Guard() { --count; }
    std::atomic<int>& count;
  };
  CHECK_THROWS_AS(team.run([&](int worker) {
    const Guard guard(alive);
    if (worker == 2) throw std::runtime_error("stop");
    team.barrier();
  }),
                  std::runtime_error);
  CHECK(alive == 0);
}

TEST_CASE("which errors occur does not depend on timing" * testing::once()) {
  WorkerTeam team(3);
  for (int run = 0; run < 200; ++run) {
    std::string text;
    try {
      team.run([&](int worker) {
        team.barrier();
        if (worker == 1 && run % 2 == 0) std::this_thread::yield();
        throw std::runtime_error(std::to_string(worker));
      });
    } catch (const std::runtime_error& error) {
      text = error.what();
    }
    REQUIRE(text == "0");
  }
}

TEST_CASE("const and large function objects can be run" * testing::once()) {
  WorkerTeam team(2);
  std::atomic<int> sum{0};
  const auto add = [&sum](int worker) { sum += worker + 1; };
  team.run(add);
  CHECK(sum == 3);
}

TEST_CASE("a thread that looks in vain sleeps at once, and tries again now and then" *
          testing::once()) {
  constexpr int kMost = 2000;
  Patience patience;
  for (unsigned wait = 0; wait < 10 * Patience::kTryAgain; ++wait) {
    const bool whole = wait < Patience::kInVain || wait % Patience::kTryAgain == 0;
    CHECK(patience.looks(kMost) == (whole ? kMost : Patience::kLeast));
    CHECK(patience.looks(7) == 7);
    patience.ended(false);
  }
  patience.ended(true);
  CHECK(patience.looks(kMost) == kMost);
  // Some waits of a quiet machine take long: they change nothing.
  for (int wait = 0; wait < 100; ++wait) {
    patience.ended(wait % 4 == 0);
    CHECK(patience.looks(kMost) == kMost);
  }
}

}  // namespace
}  // namespace tegmenta
