#include "kernel/memory_used.h"

#include "recording/recorders.h"

namespace tegmenta {

std::int64_t synapse_bytes(const Network& network, Counted counted) {
  std::int64_t sum = 0;
  for (const auto& store : network.synapses.stores) {
    if (counted == Counted::kPlastic && !store->plastic) continue;
    for (const PartitionRows& rows : store->partitions) sum += rows.bytes();
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

std::int64_t bytes_of(const Population& population) {
  return static_cast<std::int64_t>(population.size() *
                                   Population::bytes_per_neuron(population.model()));
}

std::int64_t bytes_of(const Device& device) {
  constexpr std::int64_t kParameters = 1000;  // about
  const auto* recorder = dynamic_cast<const Recorder*>(&device);
  return kParameters + (recorder ? recorder->bytes() : 0);
}

std::int64_t bytes_of(const GeneratorList& list) {
  std::size_t sum = list.targets.size() * sizeof(NodeId);
  const auto add = [&](const auto& sent) {
    sum += sent.weights.size() * sizeof(double) + sent.delays.size() * sizeof(std::uint32_t);
  };
  add(list);
  for (const GeneratorList::Past& past : list.past) add(past);
  return static_cast<std::int64_t>(sum);
}

void measure(Network& network) noexcept {
  std::int64_t sum = synapse_bytes(network);
  for (const auto& population : network.nodes.populations) sum += bytes_of(*population);
  for (const auto& device : network.nodes.devices) sum += bytes_of(*device);
  for (const auto& list : network.synapses.of_generators) sum += bytes_of(list);
  for (const auto& list : network.recording.lists) {
    sum += static_cast<std::int64_t>(list.nodes.size() * sizeof(NodeId));
  }
  sum += static_cast<std::int64_t>(network.nodes.records.size() * sizeof(NodeRecord) +
                                   network.synapses.placement.place.size() * sizeof(std::uint32_t));
  for (const auto& nodes : network.synapses.placement.node_of_slot) {
    sum += static_cast<std::int64_t>(nodes.size() * sizeof(NodeId));
  }
  for (const Calendar& calendar : network.synapses.calendars) sum += calendar.bytes();
  for (const auto& plastic : network.plasticity.partitions) sum += plastic->bytes();
  network.bytes = sum;
}

}  // namespace tegmenta
