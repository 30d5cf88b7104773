// Connect: generators and recorders, whose connections are lists, not rows.
#include <algorithm>
#include <iterator>
#include <map>

#include "base/errors.h"
#include "base/held.h"
#include "connect/named_synapses.h"
#include "connect/synapse_estimate.h"
#include "kernel/connect_spec.h"
#include "kernel/connector.h"
#include "kernel/recorder_lists.h"
#include "models/numbers.h"
#include "recording/recorders.h"
#include "synapses/device_position.h"

namespace tegmenta {

namespace {

// Positions of the connections must have room for them.
void check_list(std::size_t lists, std::size_t connections) {
  if (connections > kMostDeviceListSize) {
    throw Error(
        ErrorKind::kNotImplemented,
        "One call connects a device at most 16,777,216 times, not " + std::to_string(connections) +
            " times; use several calls.",
        {{"allowed", std::string("≤ 16777216")}, {"given", static_cast<double>(connections)}});
  }
  if (lists > kMostDeviceLists) {
    throw Error(
        ErrorKind::kNotImplemented,
        "Devices are connected at most 16,777,216 times; connect several nodes in one call.",
        {{"allowed", std::string("≤ 16777216")}, {"given", static_cast<double>(lists)}});
  }
}

}  // namespace

void Connector::require_device_memory(const ConnectPart& part) {
  const Projection& projection = part.projection;
  const double bytes = part.pair->kind == ConnectionKind::kInput ? 40 : 80;
  const bool recorded = part.pair->kind == ConnectionKind::kRecording;
  const SynapseEstimate estimate = estimate_synapses(projection.pattern, *net_.settings.simd);
  require_memory(estimate.least * bytes, estimate.text("connections of devices"));
  check_work(projection.pattern, net_.settings.threads);
  Projection copy = projection;
  check_projection(copy, estimate);
  require_memory(static_cast<double>(copy.synapses) * bytes,
                 std::to_string(copy.synapses) + " connections of devices");
  // Some device has at least as many as all have on average.
  const ConnectionPattern& c = copy.pattern;
  const std::vector<NodeId>& devices = recorded ? c.kept_targets() : c.kept_sources();
  check_list(0, static_cast<std::size_t>(copy.synapses / devices.size()));
}

namespace {

// One list a generator, ascending in target.
std::vector<GeneratorList> generator_lists(const Network& net, const Projection& p,
                                           const std::vector<DeviceConnection>& made) {
  std::vector<GeneratorList> lists;
  for (const DeviceConnection& m : made) {
    const std::uint32_t device = net.nodes.records[m.source].index;
    if (lists.empty() || device != lists.back().device) {
      GeneratorList list;
      list.device = device;
      list.model = p.model;
      list.label = p.label;
      list.receptor = p.receptor;
      list.created = list.since = net.clock.now;
      lists.push_back(std::move(list));
    }
    lists.back().targets.push_back(m.target);
    lists.back().weights.push_back(m.weight);
    lists.back().delays.push_back(m.delay);
  }
  for (GeneratorList& list : lists) {
    shrink_uniform(list.weights);
    shrink_uniform(list.delays);
  }
  return lists;
}

}  // namespace

// A generator's connections are few.
void Connector::plan_generators(ConnectPlan& plan, const std::vector<ConnectPart>& parts) {
  const std::uint32_t call = plan.calls;
  std::uint32_t made_of_call = 0;
  for (const ConnectPart& part : parts) {
    if (part.pair->kind != ConnectionKind::kInput) continue;
    require_device_memory(part);
    const Projection& p = part.projection;
    std::vector<GeneratedSynapse> generated = generated_by(net_, p.pattern);
    const std::vector<DeviceConnection> made =
        device_connections(net_, p, NamedSynapses(generated));
    for (const DeviceConnection& m : made) {
      plan.device_delays.include(m.delay);
      if (p.to_conductances && m.weight < 0) {
        throw negative_conductance(net_.catalog.synapse(p.model).name, m.weight);
      }
    }
    std::vector<GeneratorList> lists = generator_lists(net_, p, made);
    for (GeneratorList& list : lists) {
      check_list(net_.synapses.of_generators.size() + plan.of_generators.size() + lists.size(),
                 list.targets.size());
    }
    for (GeneratorList& list : lists) {
      // Every generator draws for itself, also where one call connects several: the first has the
      // number of the call itself.
      list.call = call + made_of_call++;
      plan.of_generators.push_back(std::move(list));
    }
  }
  if (made_of_call > 0) plan.calls += made_of_call - 1;
}

namespace {

// Throws where a multimeter would sample a node twice.
void check_once(const Network& net, const std::vector<RecorderList>& planned) {
  std::map<std::uint32_t, std::vector<NodeId>> sampled;  // by device
  const auto take = [](std::vector<NodeId>& nodes, const RecorderList& list) {
    nodes.insert(nodes.end(), list.nodes.begin(), list.nodes.end());
  };
  for (const RecorderList& list : planned) {
    if (list.recorder_asks) take(sampled[list.device], list);
  }
  if (sampled.empty()) return;
  for (const RecorderList& list : net.recording.lists) {
    const auto found = sampled.find(list.device);
    if (found != sampled.end()) take(found->second, list);
  }
  for (auto& [device, nodes] : sampled) {
    std::sort(nodes.begin(), nodes.end());
    const auto twice = std::adjacent_find(nodes.begin(), nodes.end());
    if (twice == nodes.end()) continue;
    const Device& meter = *net.nodes.devices[device];
    throw Error(ErrorKind::kIllegalConnection,
                meter.model_name + " " + std::to_string(meter.id) + " is connected to node " +
                    std::to_string(*twice) + " already.",
                {{"node", static_cast<double>(*twice)}, {"model", meter.model_name}});
  }
}

// Throws where a node has not what a multimeter records.
void check_recordables(const Nodes& nodes, const Sampler& meter, NodeId id) {
  const std::string& model = nodes.model_name(id);
  const std::vector<std::string> recordables = nodes.is_neuron(id)
                                                   ? recordables_of(nodes.population_of(id).model())
                                                   : nodes.device_of(id).description().recordables;
  if (recordables.empty() && meter.recorded().empty()) {
    throw Error(ErrorKind::kIllegalConnection,
                model + " has nothing that a " + meter.model_name + " could record.",
                {{"node", static_cast<double>(id)}, {"model", model}});
  }
  for (const std::string& wanted : meter.recorded()) {
    if (std::find(recordables.begin(), recordables.end(), wanted) != recordables.end()) continue;
    throw unknown_name(ErrorKind::kIllegalConnection, "parameter", model + " has no recordable",
                       wanted, recordables)
        .with("model", model)
        .with("node", static_cast<double>(id));
  }
}

}  // namespace

void Connector::plan_recorders(ConnectPlan& plan, const std::vector<ConnectPart>& parts) {
  const auto is_recorded = [](const ConnectPart& part) {
    return part.pair->kind == ConnectionKind::kRecording ||
           part.pair->kind == ConnectionKind::kSampling;
  };
  if (std::none_of(parts.begin(), parts.end(), is_recorded)) return;
  RecorderLists made(net_);
  for (const ConnectPart& part : parts) {
    if (!is_recorded(part)) continue;
    require_device_memory(part);
    if (net_.catalog.synapse(part.projection.model).model->plastic) {
      Projection copy = part.projection;
      check_values(copy);
    }
    made.add(part);
  }
  std::vector<RecorderList> lists = made.take();
  for (const RecorderList& list : lists) {
    check_list(net_.recording.lists.size() + plan.of_recorders.size() + lists.size(),
               list.nodes.size());
    for (const std::uint32_t delay : list.delays) plan.device_delays.include(delay);
  }
  std::move(lists.begin(), lists.end(), std::back_inserter(plan.of_recorders));
  check_once(net_, plan.of_recorders);
  for (const RecorderList& list : plan.of_recorders) {
    if (!list.recorder_asks) continue;
    const Sampler& meter = *net_.nodes.devices[list.device]->as<Sampler>();
    for (NodeId id : list.nodes) check_recordables(net_.nodes, meter, id);
  }
}

void Connector::commit_devices(ConnectPlan& plan) noexcept {
  if (plan.of_generators.empty() && plan.of_recorders.empty()) return;
  net_.synapses.see_delays(plan.device_delays, false);
  for (GeneratorList& list : plan.of_generators) {
    net_.bytes += static_cast<std::int64_t>(bytes_held(list));
    net_.synapses.of_generators.push_back(std::move(list));
  }
  for (RecorderList& list : plan.of_recorders) {
    if (list.recorder_asks) net_.nodes.devices[list.device]->as<Sampler>()->connected = true;
    net_.bytes += static_cast<std::int64_t>(bytes_held(list));
    net_.recording.releases |= list.releasing != nullptr;
    net_.recording.lists.push_back(std::move(list));
  }
  net_.nodes.devices_changed = true;
}

}  // namespace tegmenta
