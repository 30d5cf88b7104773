#include "active_runs.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <set>
#include <utility>

namespace tegmenta::binding {

namespace {

// A simulation stops within a slice. One that does not (laying out a huge network) must not keep
// the process from exiting.
constexpr std::chrono::seconds kPatience{2};

struct Runs {
  std::mutex mutex;
  std::condition_variable changed;
  std::multiset<Simulator*> simulators;
  std::atomic<bool> process_exits{false};
};

void stop_all();

// Never destroyed: a thread that outlasts our patience may still end its run.
Runs& runs() {
  static Runs* const instance = [] {
    auto* made = new Runs;
    std::atexit(&stop_all);
    return made;
  }();
  return *instance;
}

void stop_all() {
  Runs& all = runs();
  all.process_exits.store(true);
  std::unique_lock lock(all.mutex);
  for (Simulator* simulator : all.simulators) simulator->cancel();
  all.changed.wait_for(lock, kPatience, [&] { return all.simulators.empty(); });
}

}  // namespace

ActiveRun::ActiveRun(std::shared_ptr<Simulator> simulator) : simulator_(std::move(simulator)) {
  Runs& all = runs();
  const std::lock_guard lock(all.mutex);
  mark_ = all.simulators.insert(simulator_.get());
}

ActiveRun::~ActiveRun() {
  Runs& all = runs();
  const std::lock_guard lock(all.mutex);
  all.simulators.erase(mark_);
  all.changed.notify_all();
}

bool ActiveRun::process_exits() noexcept { return runs().process_exits.load(); }

}  // namespace tegmenta::binding
