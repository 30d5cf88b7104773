// Synapses as a compiler of texts could have made them, put together by hand.
#pragma once

#include <string>

#include "compiled/synapse_code.h"

namespace tegmenta::testing {

using compiled::SynapseCode;

/// Pairs of spikes change an eligibility c, which the modulator adds to the weight: between spikes
/// c, pre and post decay with tau; a post spike adds gain · pre, a presynaptic one takes A · post,
/// and sends max(0, w). A belongs to the model.
SynapseCode pairing_code(const std::string& name = "pairing",
                         compiled::ModulatorPort modulator = compiled::ModulatorPort::kSpikes);

/// At each post spike the weight grows by gain · V_m of the target.
SynapseCode voltage_code();

/// Sends its weight with the probability p, and nothing otherwise.
SynapseCode chance_code();

}  // namespace tegmenta::testing
