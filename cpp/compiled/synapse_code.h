// A synapse model that was compiled from a text.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "compiled/code.h"

namespace tegmenta::compiled {

/// Whose spikes a handler is for.
enum class Cause { kModulator, kPost, kPre };

/// What a spike does. Given: coefficients, states, inputs. Results: states; of a presynaptic one
/// then what is sent, and how often.
struct Handler {
  Cause cause = Cause::kPre;
  /// Of those at one time the larger comes first; then the one that is listed first.
  int priority = 0;
  Program program;
};

/// What a modulator is to a model.
enum class ModulatorPort { kNone, kSpikes, kReward };

/// A synapse. The first state is the weight. Parameters here are those without weight and delay;
/// `guarding` is given these two as well, behind the others, and `setup` the time that passes, in
/// ms, behind all. Results of `defaults` end with the delay.
struct SynapseCode : ModelCode {
  std::vector<bool> homogeneous;  // by parameter: one value for all synapses
  std::string delay;              // the text's name of it; empty: it has none
  /// By state: nothing but time and spikes of the target changes it.
  std::vector<bool> of_target;
  /// Variables of the target, read when it fires.
  std::vector<std::string> post_variables;
  ModulatorPort modulator = ModulatorPort::kNone;

  /// What time does. Given: coefficients, states, inputs: the time in ms, the delay in ms, the
  /// variables of the target, the reward. Results: states.
  Program update;
  std::vector<Handler> handlers;

  bool has(Cause cause) const {
    return std::any_of(handlers.begin(), handlers.end(),
                       [&](const Handler& handler) { return handler.cause == cause; });
  }
  /// How many inputs programs are given.
  std::size_t inputs() const { return 3 + post_variables.size(); }
};

}  // namespace tegmenta::compiled
