#include "kernel/memory_used.h"

#include "base/held.h"
#include "recording/recorders.h"

namespace tegmenta {

namespace {

template <typename T>
std::int64_t bytes_in(const T& part) {
  return static_cast<std::int64_t>(bytes_held(part));
}

}  // namespace

std::int64_t synapse_bytes(const Network& network, Counted counted) {
  std::int64_t sum = 0;
  for (const auto& store : network.synapses.stores) {
    if (counted == Counted::kPlastic && !store->plastic) continue;
    for (const PartitionRows& rows : store->partitions) sum += bytes_in(rows);
  }
  return sum;
}

std::int64_t bytes_read(const Network& network) {
  std::int64_t sum = 0;
  for (const auto& store : network.synapses.stores) {
    for (const PartitionRows& rows : store->partitions) sum += rows.bytes_read();
  }
  return sum;
}

std::int64_t bytes_of(const Device& device) {
  constexpr std::int64_t kParameters = 1000;  // about
  const auto* recorder = dynamic_cast<const Recorder*>(&device);
  return kParameters + (recorder ? recorder->bytes() : 0);
}

std::int64_t node_bytes(const Network& network) {
  std::int64_t sum = bytes_in(network.nodes);
  for (const auto& device : network.nodes.devices) sum += bytes_of(*device);
  return sum;
}

std::int64_t plasticity_bytes(const Network& network) { return bytes_in(network.plasticity); }

std::int64_t calendar_bytes(const Network& network) { return bytes_in(network.synapses.calendars); }

void measure(Network& network) noexcept {
  MemoryParts& parts = network.parts;
  parts = {};
  for (const auto& device : network.nodes.devices) {
    if (const auto* recorder = dynamic_cast<const Recorder*>(device.get())) {
      parts.recorders += recorder->bytes();
    }
  }
  parts.nodes = node_bytes(network) - parts.recorders;
  parts.under_way = calendar_bytes(network);
  parts.synapses = bytes_in(network.synapses) - parts.under_way + bytes_in(network.recording);
  parts.plasticity = plasticity_bytes(network);
  network.bytes = parts.sum();
}

}  // namespace tegmenta
