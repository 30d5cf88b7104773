#include "recording/weight_recorder.h"

#include <algorithm>

#include "recording/recorders.h"

namespace tegmenta {

WeightRecorder::WeightRecorder() {
  buffer_ = std::make_shared<EventBuffer>(WeightRecorder::columns().size(), true);
}

const std::vector<std::string>& WeightRecorder::columns() const {
  static const auto* const names =
      new std::vector<std::string>{"targets", "weights", "receptors", "ports"};
  return *names;
}

bool WeightRecorder::wants(NodeId sender, NodeId target) const {
  const auto passes = [](const std::vector<double>& allowed, NodeId id) {
    return allowed.empty() || std::binary_search(allowed.begin(), allowed.end(), id);
  };
  return passes(own().senders, sender) && passes(own().targets, target);
}

void WeightRecorder::check(Parameters& next, const GivenParameters& given,
                           const DeviceContext& context) {
  std::sort(next.senders.begin(), next.senders.end());
  std::sort(next.targets.begin(), next.targets.end());
  Recorder::check(next, given, context);
}

std::unique_ptr<Device> make_weight_recorder() { return std::make_unique<WeightRecorder>(); }

}  // namespace tegmenta
