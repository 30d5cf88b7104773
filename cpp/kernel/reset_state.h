// ResetState: a network at time 0 again, as it was created.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "network/network.h"

namespace tegmenta {

/// What ResetState leaves as it is.
struct KeptByReset {
  bool weights = false;
  bool eligibility = false;
  bool modulators = false;
  bool recorders = false;
};

/// By their names in the API. Throws BadParameterValue.
KeptByReset kept_by_reset(const std::vector<std::string>& names);
/// Throws BadParameterValue.
std::uint32_t seed_of_run(double seed);

/// Notes states and weights of what is simulated for the first time.
void keep_initial_values(Network& network);

/// Time 0, nothing under way, states as when they were simulated first; connections and parameters
/// stay. seed: of what is drawn while time passes; none: as before. Lists of synapses stay valid.
void reset_state(Network& network, const KeptByReset& keep, std::optional<std::uint32_t> seed);

}  // namespace tegmenta
