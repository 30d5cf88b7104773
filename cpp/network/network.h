// What a network consists of. Calls change it (kernel/), the engine advances it.
#pragma once

#include <cstdint>
#include <memory>

#include "base/worker_team.h"
#include "network/catalog.h"
#include "network/clock.h"
#include "network/completion.h"
#include "network/memory_parts.h"
#include "network/nodes.h"
#include "network/plasticity.h"
#include "network/recording.h"
#include "network/settings.h"
#include "network/synapse_stores.h"

namespace tegmenta {

struct Network {
  Settings settings;
  Clock clock;
  Catalog catalog;
  Nodes nodes;
  SynapseStores synapses;
  Recording recording;
  Completion completion;
  Plasticity plasticity{{settings, clock, catalog, nodes, synapses, recording, completion}};

  bool prepared = false;          // between Prepare and Cleanup
  std::uint32_t calls = 0;        // ordinal of the next call that draws
  std::uint64_t last_spikes = 0;  // of the last run
  /// Bytes held, as of the last layout or run, or when recorders were cleared; what is created and
  /// connected since then is added.
  std::int64_t bytes = 0;
  MemoryParts parts;  // as of the last layout or run

  /// The threads of the kernel, begun when they are first needed: as many as were asked for and
  /// the process has for this work.
  WorkerTeam& team();
  /// Tables, modulators and histories for what is connected.
  void prepare_plasticity();
  /// Works out what the spikes under way through plastic synapses transmit.
  void settle_plasticity();
  /// Brings every plastic synapse to the present, before something changes from outside.
  void commit_plasticity();

 private:
  std::unique_ptr<WorkerTeam> team_;
};

}  // namespace tegmenta
