// What was loaded fits together: nothing points to what is not there. A checksum finds what was
// damaged; these find what was made to look like a state. All throw BadStateFile.
#pragma once

#include "kernel/state_extras.h"
#include "network/network.h"

namespace tegmenta {

/// Settings, models, nodes, and where neurons are placed.
void check_nodes(const Network& network);
/// The placement is restored: models of stores and lists.
void check_models_of_synapses(const Network& network);
/// Rules are restored: rows, lists of devices, and what is under way.
void check_synapses(const Network& network);
/// What recorders list of synapses, before anything else is asked of them.
void check_chosen_synapses(const Network& network);
void check_devices(Network& network);
void check_plasticity(const Network& network);
void check_collections(const StateExtras& extras, const Network& network);

}  // namespace tegmenta
