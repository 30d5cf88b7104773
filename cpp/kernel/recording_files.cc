#include "kernel/recording_files.h"

#include <algorithm>
#include <utility>

namespace tegmenta {

namespace {

/// Appends an ID with as many digits as the largest one has.
void append_padded(std::string& name, NodeId id, NodeId largest) {
  const std::string text = std::to_string(id);
  const std::size_t digits = std::to_string(largest).size();
  name.append(std::max(digits, text.size()) - text.size(), '0');
  name.append(text);
}

}  // namespace

std::vector<NodeId> written_recorders(const Nodes& nodes) {
  std::vector<NodeId> ids;
  for (const auto& device : nodes.devices) {
    const auto* recorder = dynamic_cast<const Recorder*>(device.get());
    if (recorder && recorder->target() != RecordTo::kMemory) ids.push_back(device->id);
  }
  return ids;
}

std::vector<std::string> files_of(const Network& network, const Recorder& recorder) {
  if (recorder.target() != RecordTo::kFile) return {};
  const Settings& settings = network.settings;
  std::string name = settings.data_path;
  if (!name.empty() && name.back() != '/') name.push_back('/');
  name.append(settings.data_prefix);
  name.append(recorder.label().empty() ? recorder.model_name : recorder.label());
  name.push_back('-');
  append_padded(name, recorder.id, network.nodes.count());
  name.append("-0");
  if (!recorder.file_extension().empty()) name.append(".").append(recorder.file_extension());
  return {std::move(name)};
}

}  // namespace tegmenta
