// The simulations that threads of this process are working on.
#pragma once

#include <memory>
#include <set>

#include "simulator.h"

namespace tegmenta::binding {

/// Marks a simulation as under way for as long as it lives. process.exit() on the main thread runs
/// no clean-up hooks: libc's exit() would destroy the statics of the process under threads that
/// still simulate. While marks exist, exit first cancels those simulations and waits for them.
class ActiveRun {
 public:
  explicit ActiveRun(std::shared_ptr<Simulator> simulator);
  ~ActiveRun();
  ActiveRun(const ActiveRun&) = delete;
  ActiveRun& operator=(const ActiveRun&) = delete;

  /// The process is exiting: nobody waits for results any more.
  static bool process_exits() noexcept;

 private:
  std::shared_ptr<Simulator> simulator_;
  std::multiset<Simulator*>::iterator mark_;
};

}  // namespace tegmenta::binding
