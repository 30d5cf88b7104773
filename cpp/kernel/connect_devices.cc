// Connect: generators and recorders, whose connections are lists, not rows.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/held.h"
#include "connect/generate.h"
#include "connect/named_synapses.h"
#include "connect/synapse_estimate.h"
#include "kernel/connect_spec.h"
#include "kernel/connector.h"
#include "kernel/delays.h"
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

void Connector::require_device_memory(const Projection& projection, bool devices_send) {
  constexpr double kBytes = 40;
  const SynapseEstimate estimate = estimate_synapses(projection.pattern, *net_.settings.simd);
  require_memory(estimate.least * kBytes, estimate.text("connections of devices"));
  check_work(projection.pattern, net_.team().size());
  Projection copy = projection;
  check_projection(copy, estimate);
  require_memory(static_cast<double>(copy.synapses) * kBytes,
                 std::to_string(copy.synapses) + " connections of devices");
  // Some device has at least as many as all have on average.
  const auto devices = static_cast<std::uint64_t>(devices_send ? copy.pattern.sources->size()
                                                               : copy.pattern.targets->size());
  check_list(0, static_cast<std::size_t>(copy.synapses / devices));
}

namespace {

/// What a call connects generators to: one element a connection, in order of source and target.
struct GeneratorConnection {
  NodeId source;
  NodeId target;
  double weight;
  std::uint32_t delay;
};

std::vector<GeneratedSynapse> generated_by(const Network& net, const ConnectionPattern& pattern) {
  std::vector<GeneratedSynapse> generated;
  generate(pattern, *net.settings.simd, {0, major_count(pattern)}, 1,
           static_cast<NodeId>(net.nodes.records.size()), [&](const GeneratedBatch& batch) {
             batch.for_each([&](const GeneratedSynapse& s) { generated.push_back(s); });
           });
  return generated;
}

// Throws BadProperty or BadDelay.
std::vector<GeneratorConnection> generator_connections(const Network& net, const Projection& p) {
  const std::string& model = net.catalog.synapse(p.model).name;
  std::vector<GeneratedSynapse> generated = generated_by(net, p.pattern);
  const NamedSynapses named(generated);
  const std::size_t n = named.sources.size();
  std::vector<double> weights(n), delays(n);
  p.values(p.weight, *net.settings.simd, named.all(), weights.data());
  p.values(p.delay, *net.settings.simd, named.all(), delays.data());
  std::vector<GeneratorConnection> made;
  made.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(weights[i])) {
      throw bad_value(ErrorKind::kBadProperty, model, "weight", weights[i], "a finite number");
    }
    made.push_back(
        {named.sources[i], named.targets[i], weights[i], check_delay(net, delays[i], model)});
  }
  return made;
}

}  // namespace

// A generator's connections are few: one list a generator, ascending in target.
void Connector::connect_generators(const Projection& projection) {
  require_device_memory(projection, true);
  const std::vector<GeneratorConnection> made = generator_connections(net_, projection);
  std::vector<GeneratorList> lists;
  for (const GeneratorConnection& m : made) {
    const std::uint32_t device = net_.nodes.records[m.source].index;
    if (lists.empty() || device != lists.back().device) {
      GeneratorList list;
      list.device = device;
      // Every generator draws for itself, also where one call connects several.
      list.call = projection.pattern.call + static_cast<std::uint32_t>(lists.size());
      list.model = projection.model;
      list.label = projection.label;
      list.receptor = projection.channel;
      list.created = list.since = net_.clock.now;
      lists.push_back(std::move(list));
    }
    lists.back().targets.push_back(m.target);
    lists.back().weights.push_back(m.weight);
    lists.back().delays.push_back(m.delay);
  }
  std::vector<GeneratorList>& all = net_.synapses.of_generators;
  for (GeneratorList& list : lists) {
    shrink_uniform(list.weights);
    shrink_uniform(list.delays);
    check_list(all.size() + lists.size(), list.targets.size());
  }
  make_room(all, lists.size());
  DelayRange seen;
  for (const GeneratorConnection& m : made) seen.include(m.delay);
  net_.synapses.see_delays(seen, false);
  // The first list has the number of the call itself.
  if (!lists.empty()) net_.calls += static_cast<std::uint32_t>(lists.size()) - 1;
  for (GeneratorList& list : lists) {
    net_.bytes += static_cast<std::int64_t>(bytes_held(list));
    all.push_back(std::move(list));
  }
  net_.nodes.devices_changed = true;
}

namespace {

// Nodes by recorder, in order of the recorders' first connections.
std::vector<RecorderList> recorder_lists(const Network& net, const Projection& projection,
                                         bool multimeter, std::uint32_t delay) {
  std::vector<RecorderList> lists;
  for (const GeneratedSynapse& s : generated_by(net, projection.pattern)) {
    const std::uint32_t device = net.nodes.records[multimeter ? s.source : s.target].index;
    auto it = std::find_if(lists.begin(), lists.end(),
                           [&](const auto& list) { return list.device == device; });
    if (it == lists.end()) {
      RecorderList list;
      list.device = device;
      list.recorder_asks = multimeter;
      list.model = projection.model;
      list.label = projection.label;
      list.weight = projection.weight.scalar;
      list.delay = delay;
      it = lists.insert(lists.end(), std::move(list));
    }
    it->nodes.push_back(multimeter ? s.target : s.source);
  }
  for (RecorderList& list : lists) std::sort(list.nodes.begin(), list.nodes.end());
  return lists;
}

// Throws where a multimeter would sample a node twice.
void check_once(const Network& net, const Sampler& meter, const RecorderList& list) {
  auto all = list.nodes;
  for (const RecorderList& old : net.recording.lists) {
    if (old.device == list.device) all.insert(all.end(), old.nodes.begin(), old.nodes.end());
  }
  std::sort(all.begin(), all.end());
  const auto twice = std::adjacent_find(all.begin(), all.end());
  if (twice == all.end()) return;
  throw Error(ErrorKind::kIllegalConnection,
              meter.model_name + " " + std::to_string(meter.id) + " is connected to node " +
                  std::to_string(*twice) + " already.",
              {{"node", static_cast<double>(*twice)}, {"model", meter.model_name}});
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

void Connector::connect_recorder(const Projection& projection, bool multimeter) {
  const std::string& model = net_.catalog.synapse(projection.model).name;
  if (!projection.delay.is_scalar() || !projection.weight.is_scalar()) {
    throw Error(ErrorKind::kIllegalConnection,
                "Connections of recorders take one weight and one delay; neither has an effect.");
  }
  const std::uint32_t delay = check_delay(net_, projection.delay.scalar, model);
  require_device_memory(projection, multimeter);
  std::vector<RecorderList> lists = recorder_lists(net_, projection, multimeter, delay);
  const auto meter_of = [&](const RecorderList& list) {
    return net_.nodes.devices[list.device]->as<Sampler>();
  };
  for (const RecorderList& list : lists) {
    if (!multimeter) continue;
    const Sampler& meter = *meter_of(list);
    check_once(net_, meter, list);
    for (NodeId id : list.nodes) check_recordables(net_.nodes, meter, id);
  }
  for (const RecorderList& list : lists) {
    check_list(net_.recording.lists.size() + lists.size(), list.nodes.size());
  }
  make_room(net_.recording.lists, lists.size());
  net_.synapses.see_delays({delay, delay}, false);
  for (RecorderList& list : lists) {
    if (multimeter) meter_of(list)->connected = true;
    net_.bytes += static_cast<std::int64_t>(list.nodes.size() * sizeof(NodeId));
    net_.recording.lists.push_back(std::move(list));
  }
  net_.nodes.devices_changed = true;
}

}  // namespace tegmenta
