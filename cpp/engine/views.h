// What the engine sees of a network.
#pragma once

#include <cstdint>

#include "network/catalog.h"
#include "network/clock.h"
#include "network/completion.h"
#include "network/nodes.h"
#include "network/plasticity.h"
#include "network/recording.h"
#include "network/settings.h"
#include "network/synapse_stores.h"

namespace tegmenta {

struct EngineViews {
  const Settings& settings;
  Clock& clock;
  const Catalog& catalog;
  Nodes& nodes;
  SynapseStores& synapses;
  Recording& recording;
  Plasticity& plasticity;
  Completion& completion;
  std::uint64_t& last_spikes;  // of the last run
};

}  // namespace tegmenta
