// What users read of nodes besides what the models declare (models/read_outs.h).
#pragma once

#include <string>

#include "models/read_outs.h"
#include "network/network.h"

namespace tegmenta {

/// id: of a node that is there, of a kind that has it.
Result read_out(const Network& network, NodeId id, ReadOut what);

/// What models have of it. type: the built-in model.
ResultMap read_outs_of_model(const std::string& name, const std::string& type, int id,
                             ModelKind kind);

}  // namespace tegmenta
