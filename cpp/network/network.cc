#include "network/network.h"

#include <algorithm>

#include "base/compute_threads.h"

namespace tegmenta {

WorkerTeam& Network::team() {
  const int size = std::min(settings.threads, TakenThreads::here());
  if (!team_ || team_->size() != size) {
    team_.reset();
    team_ = std::make_unique<WorkerTeam>(size, "local_num_threads");
  }
  return *team_;
}

void Network::prepare_plasticity() {
  if (plasticity.has_synapses()) plasticity.prepare(team());
}

void Network::settle_plasticity() {
  if (!plasticity.has_synapses()) return;
  // Tables and modulators exist from the first Prepare on; this may come before it.
  prepare_plasticity();
  plasticity.settle();
}

void Network::commit_plasticity() {
  if (plasticity.has_something_to_commit()) plasticity.commit(team());
}

}  // namespace tegmenta
