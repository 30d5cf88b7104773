// What users read of nodes besides what the models declare. Nothing of it can be set. Checks, types
// and documentation derive from this table; kernel/read_outs.cc knows where each comes from.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "models/declaration.h"

namespace tegmenta {

enum class ReadOut : std::uint8_t {
  kGlobalId,
  kModel,
  kModelId,
  kTypeId,
  kElementType,
  kLocal,
  kThread,
  kVp,
  kThreadLocalId,
  kLastSpike,
  kPostTrace,
};

struct ReadOutDeclaration {
  ReadOut what;
  std::string_view name;
  ParameterType type;
  std::string_view unit = {};
  double default_value = 0;  // of a node that has just been made; of texts none
  std::string_view description;
  bool of_neurons_only = false;
  /// Belongs to the model too.
  bool of_models = false;
  /// Depends on the number of threads, and is left out where all of a node is read.
  bool by_threads = false;
};

inline constexpr std::array kReadOuts{
    ReadOutDeclaration{ReadOut::kGlobalId, "global_id", ParameterType::kInt, "", 0,
                       "ID of the node."},
    ReadOutDeclaration{.what = ReadOut::kModel,
                       .name = "model",
                       .type = ParameterType::kString,
                       .description = "Name of its model.",
                       .of_models = true},
    ReadOutDeclaration{.what = ReadOut::kModelId,
                       .name = "model_id",
                       .type = ParameterType::kInt,
                       .description = "Number of its model among those of nodes.",
                       .of_models = true},
    ReadOutDeclaration{.what = ReadOut::kTypeId,
                       .name = "type_id",
                       .type = ParameterType::kString,
                       .description = "Name of the built-in model that its model is a copy of.",
                       .of_models = true},
    ReadOutDeclaration{.what = ReadOut::kElementType,
                       .name = "element_type",
                       .type = ParameterType::kString,
                       .description = "`neuron`, `stimulator` or `recorder`.",
                       .of_models = true},
    ReadOutDeclaration{.what = ReadOut::kLocal,
                       .name = "local",
                       .type = ParameterType::kBool,
                       .default_value = 1,
                       .description = "Whether this process has the node: always true."},
    ReadOutDeclaration{.what = ReadOut::kThread,
                       .name = "thread",
                       .type = ParameterType::kInt,
                       .default_value = -1,
                       .description = "Thread that updates the neuron; −1 for devices, and until "
                                      "the network is laid out (Prepare, GetConnections).",
                       .by_threads = true},
    ReadOutDeclaration{.what = ReadOut::kVp,
                       .name = "vp",
                       .type = ParameterType::kInt,
                       .default_value = -1,
                       .description = "NEST's virtual process: here the thread.",
                       .by_threads = true},
    ReadOutDeclaration{.what = ReadOut::kThreadLocalId,
                       .name = "thread_local_id",
                       .type = ParameterType::kInt,
                       .default_value = -1,
                       .description = "Place of the neuron among those that are laid out with it; "
                                      "−1 where `thread` is.",
                       .by_threads = true},
    ReadOutDeclaration{.what = ReadOut::kLastSpike,
                       .name = "t_spike",
                       .type = ParameterType::kDouble,
                       .unit = "ms",
                       .default_value = -1,
                       .description = "Time of the last spike; −1 before the first.",
                       .of_neurons_only = true,
                       .of_models = true},
    ReadOutDeclaration{.what = ReadOut::kPostTrace,
                       .name = "post_trace",
                       .type = ParameterType::kDouble,
                       .description = "The trace K− that plastic synapses onto the neuron read, at "
                                      "the present time; 0 without such synapses.",
                       .of_neurons_only = true,
                       .of_models = true},
};

constexpr const ReadOutDeclaration* find_read_out(std::string_view name) {
  const auto found = std::find_if(kReadOuts.begin(), kReadOuts.end(),
                                  [&](const ReadOutDeclaration& r) { return r.name == name; });
  return found == kReadOuts.end() ? nullptr : &*found;
}

/// Whether it can only be read.
constexpr bool is_read_out(std::string_view name) {
  return find_read_out(name) || name == "recordables";
}

}  // namespace tegmenta
