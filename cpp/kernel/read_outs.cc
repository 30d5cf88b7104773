#include "kernel/read_outs.h"

#include <string>
#include <vector>

#include "kernel/descriptions.h"

namespace tegmenta {

namespace {

/// Where a neuron is laid out; none for devices, and before.
struct LaidOut {
  bool known = false;
  std::uint32_t partition = 0, slot = 0;
};

LaidOut place_of(const Network& net, NodeId id) {
  const Placement& placement = net.synapses.placement;
  if (!net.nodes.is_neuron(id) || id >= placement.place.size()) return {};
  const std::uint32_t place = placement.place[id];
  if (place == Placement::kNone) return {};
  return {true, place >> 16, place & 0xffffu};
}

double thread_of(const Network& net, NodeId id) {
  const LaidOut at = place_of(net, id);
  if (!at.known) return -1;
  return static_cast<double>(at.partition % static_cast<std::uint32_t>(net.settings.threads));
}

double last_spike_of(const Network& net, NodeId id) {
  const Population& population = net.nodes.population_of(id);
  const std::int64_t step = population.last_spike[id - population.first()];
  return step < 0 ? -1 : net.clock.grid.ms_from_steps(step);
}

double post_trace_of(const Network& net, NodeId id) {
  const LaidOut at = place_of(net, id);
  if (!at.known || at.partition >= net.plasticity.partitions.size()) return 0;
  const Histories& histories = net.plasticity.partitions[at.partition]->histories;
  if (!histories.watched(at.slot)) return 0;
  const std::int64_t now = net.clock.now;
  return histories.trace_at(at.slot, now, histories.window(at.slot, now, now).last);
}

double model_id_of(const Network& net, NodeId id) {
  const Catalog& catalog = net.catalog;
  const std::string& model = net.nodes.model_name(id);
  return net.nodes.is_neuron(id)
             ? catalog.neurons[static_cast<std::size_t>(catalog.find_neuron(model))].id
             : catalog.devices[static_cast<std::size_t>(catalog.find_device(model))]->model_id;
}

}  // namespace

Result read_out(const Network& net, NodeId id, ReadOut what) {
  const Nodes& nodes = net.nodes;
  const bool neuron = nodes.is_neuron(id);
  switch (what) {
    case ReadOut::kGlobalId:
      return {static_cast<double>(id)};
    case ReadOut::kModel:
      return {nodes.model_name(id)};
    case ReadOut::kModelId:
      return {model_id_of(net, id)};
    case ReadOut::kTypeId:
      return {neuron ? nodes.population_of(id).model().name()
                     : nodes.device_of(id).description().name};
    case ReadOut::kElementType:
      return {std::string(
          to_string(neuron ? ModelKind::kNeuron : nodes.device_of(id).description().kind))};
    case ReadOut::kLocal:
      return {true};
    case ReadOut::kThread:
    case ReadOut::kVp:
      return {thread_of(net, id)};
    case ReadOut::kThreadLocalId: {
      const LaidOut at = place_of(net, id);
      return {at.known ? static_cast<double>(at.slot) : -1.0};
    }
    case ReadOut::kLastSpike:
      return {last_spike_of(net, id)};
    case ReadOut::kPostTrace:
      return {post_trace_of(net, id)};
  }
  return {};
}

std::vector<NodeReadOutDescription> node_read_outs() {
  std::vector<NodeReadOutDescription> all;
  for (const ReadOutDeclaration& r : kReadOuts) {
    if (r.of_neurons_only) continue;
    all.push_back({declare(Role::kReadOnly, r.name, r.unit, r.default_value, Range::finite(),
                           r.description, r.type),
                   r.by_threads});
  }
  return all;
}

ResultMap read_outs_of_model(const std::string& name, const std::string& type, int id,
                             ModelKind kind) {
  const auto value = [&](const ReadOutDeclaration& read_out) -> Result {
    if (read_out.what == ReadOut::kModel) return {name};
    if (read_out.what == ReadOut::kTypeId) return {type};
    if (read_out.what == ReadOut::kElementType) return {std::string(to_string(kind))};
    if (read_out.what == ReadOut::kModelId) return {static_cast<double>(id)};
    return {read_out.default_value};
  };
  ResultMap map;
  for (const ReadOutDeclaration& read_out : kReadOuts) {
    if (!read_out.of_models || (read_out.of_neurons_only && kind != ModelKind::kNeuron)) continue;
    map.emplace_back(std::string(read_out.name), value(read_out));
  }
  return map;
}

}  // namespace tegmenta
