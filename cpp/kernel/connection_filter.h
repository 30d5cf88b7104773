// What GetConnections is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/value.h"

namespace tegmenta {

struct ConnectionFilter {
  std::optional<std::vector<NodeId>> source;
  std::optional<std::vector<NodeId>> target;
  std::optional<std::string> synapse_model;
  std::optional<std::int64_t> synapse_label;
};

}  // namespace tegmenta
