// Recorders whose events go to files or to the screen: lib/ writes them, which takes them away.
#pragma once

#include <string>
#include <vector>

#include "network/network.h"
#include "recording/recorder.h"

namespace tegmenta {

/// Their IDs, ascending.
std::vector<NodeId> written_recorders(const Nodes& nodes);

/// The files that a recorder writes, named as NEST names that of the first virtual process:
/// data_path/data_prefix(label|model)-ID-0.extension. None for one that keeps its events.
std::vector<std::string> files_of(const Network& network, const Recorder& recorder);

}  // namespace tegmenta
