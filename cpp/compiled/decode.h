// Compiled models as arrays: how lib/nestml hands them over, and how states keep them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiled/code.h"
#include "compiled/synapse_code.h"

namespace tegmenta::compiled {

/// A Code as texts, integers and doubles, in the order that decode.cc says.
struct EncodedModel {
  std::vector<std::string> strings;
  std::vector<std::int32_t> integers;
  std::vector<double> numbers;
};

/// The code of which these are the arrays, of a neuron and of a synapse. Throws BadProperty (fields
/// model, what) where they are of none. Whether the code can be run check() says.
Code decode(const EncodedModel& encoded);
SynapseCode decode_synapse(const EncodedModel& encoded);

/// The arrays of which these make this code.
EncodedModel encode(const Code& code);
EncodedModel encode(const SynapseCode& code);

}  // namespace tegmenta::compiled
