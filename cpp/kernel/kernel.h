// A network and the engine that advances it: Prepare, Run and Cleanup.
#pragma once

#include <atomic>
#include <exception>

#include "base/watch.h"
#include "engine/engine.h"
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
  RunReport run(double ms, const ProgressCallback& progress, const std::atomic<bool>& cancel);
  /// Throws KernelException.
  void require_whole() const;

 private:
  /// Everything up to date for a run that begins now. Throws Cancelled.
  void bring_up_to_date(Watch& watch);
  /// The end of a run that memory has cut short. problem: what was thrown, if anything was.
  [[noreturn]] void throw_out_of_memory(const std::exception_ptr& problem) const;

  Engine engine_{{network.settings, network.clock, network.catalog, network.nodes, network.synapses,
                  network.recording, network.plasticity, network.completion, network.last_spikes}};
};

}  // namespace tegmenta
