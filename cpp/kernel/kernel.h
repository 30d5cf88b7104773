// A network and the engine that advances it: Prepare, Run and Cleanup.
#pragma once

#include <atomic>
#include <exception>

#include "base/watch.h"
#include "engine/engine.h"
#include "kernel/run_request.h"
#include "network/network.h"

namespace tegmenta {

class Kernel {
 public:
  Network network;

  /// Throws KernelException.
  void check_prepare() const;
  void prepare(Watch& watch);
  /// Tells `progress`, if there is one and as long as it lives, how far a preparation has come.
  Watch::Report preparing(const ProgressCallback& progress) const;
  void cleanup();
  void check_run(double ms, bool prepared) const;
  RunReport run(const RunRequest& request, const ProgressCallback& progress,
                const std::atomic<bool>& cancel);
  /// Throws KernelException.
  void require_whole() const;

 private:
  /// Everything up to date for a run that begins now. Throws Cancelled.
  void bring_up_to_date(Watch& watch);
  /// The end of a run that memory or a guard has cut short.
  [[noreturn]] void throw_ended(const std::exception_ptr& problem) const;

  Engine engine_{{network.settings, network.clock, network.catalog, network.nodes, network.synapses,
                  network.recording, network.plasticity, network.completion, network.last_spikes}};
};

}  // namespace tegmenta
