// Connect: generators and recorders, whose connections are lists, not rows.
#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "connect/generate.h"
#include "connect/named_synapses.h"
#include "connect/synapse_estimate.h"
#include "kernel/connect_spec.h"
#include "kernel/connector.h"
#include "kernel/delays.h"
#include "kernel/memory_used.h"
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

void Connector::connect_generators(const Projection& projection) {
  // A generator's connections are few: one list a generator, ascending in target.
  require_device_memory(projection, true);
  struct Made {
    NodeId source;
    NodeId target;
    double weight;
    std::uint32_t delay;
  };
  const std::string& model = net_.catalog.synapses[static_cast<std::size_t>(projection.model)].name;
  const ConnectionPattern& pattern = projection.pattern;
  std::vector<GeneratedSynapse> generated;
  generate(pattern, *net_.settings.simd, {0, major_count(pattern)}, 1,
           static_cast<NodeId>(net_.nodes.records.size()), [&](const GeneratedBatch& batch) {
             batch.for_each([&](const GeneratedSynapse& s) { generated.push_back(s); });
           });
  const NamedSynapses named(generated);
  std::vector<double> weights(generated.size()), delays(generated.size());
  projection.values(projection.weight, *net_.settings.simd, named.all(), weights.data());
  projection.values(projection.delay, *net_.settings.simd, named.all(), delays.data());
  std::vector<Made> made;
  made.reserve(generated.size());
  for (std::size_t i = 0; i < generated.size(); ++i) {
    if (!std::isfinite(weights[i])) {
      throw bad_value(ErrorKind::kBadProperty, model, "weight", weights[i], "a finite number");
    }
    made.push_back(
        {named.sources[i], named.targets[i], weights[i], check_delay(net_, delays[i], model)});
  }
  std::vector<GeneratorList> lists;
  for (const Made& m : made) {
    if (lists.empty() || net_.nodes.records[m.source].index != lists.back().device) {
      GeneratorList list;
      list.device = net_.nodes.records[m.source].index;
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
  for (GeneratorList& list : lists) {
    shrink_uniform(list.weights);
    shrink_uniform(list.delays);
  }
  for (const GeneratorList& list : lists) {
    check_list(net_.synapses.of_generators.size() + lists.size(), list.targets.size());
  }
  make_room(net_.synapses.of_generators, lists.size());
  DelayRange seen;
  for (const Made& m : made) seen.include(m.delay);
  net_.synapses.see_delays(seen, false);
  // The first list has the number of the call itself.
  if (!lists.empty()) net_.calls += static_cast<std::uint32_t>(lists.size()) - 1;
  for (GeneratorList& list : lists) {
    net_.bytes += bytes_of(list);
    net_.synapses.of_generators.push_back(std::move(list));
  }
  net_.nodes.devices_changed = true;
}

void Connector::connect_recorder(const Projection& projection, bool multimeter) {
  const std::string& model = net_.catalog.synapses[static_cast<std::size_t>(projection.model)].name;
  if (!projection.delay.is_scalar() || !projection.weight.is_scalar()) {
    throw Error(ErrorKind::kIllegalConnection,
                "Connections of recorders take one weight and one delay; neither has an effect.");
  }
  const std::uint32_t delay = check_delay(net_, projection.delay.scalar, model);
  require_device_memory(projection, multimeter);
  std::vector<RecorderList> lists;
  const ConnectionPattern& pattern = projection.pattern;
  const auto add = [&](const GeneratedSynapse& s) {
    const NodeId recorder = multimeter ? s.source : s.target;
    const NodeId node = multimeter ? s.target : s.source;
    const std::uint32_t device = net_.nodes.records[recorder].index;
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
    it->nodes.push_back(node);
  };
  generate(pattern, *net_.settings.simd, {0, major_count(pattern)}, 1,
           static_cast<NodeId>(net_.nodes.records.size()),
           [&](const GeneratedBatch& batch) { batch.for_each(add); });
  for (RecorderList& list : lists) {
    std::sort(list.nodes.begin(), list.nodes.end());
    if (!multimeter) continue;
    const Sampler& meter = *net_.nodes.devices[list.device]->as<Sampler>();
    auto all = list.nodes;
    for (const RecorderList& old : net_.recording.lists) {
      if (old.device == list.device) all.insert(all.end(), old.nodes.begin(), old.nodes.end());
    }
    std::sort(all.begin(), all.end());
    if (const auto twice = std::adjacent_find(all.begin(), all.end()); twice != all.end()) {
      throw Error(ErrorKind::kIllegalConnection,
                  meter.model_name + " " + std::to_string(meter.id) + " is connected to node " +
                      std::to_string(*twice) + " already.",
                  {{"node", static_cast<double>(*twice)}, {"model", meter.model_name}});
    }
    for (NodeId id : list.nodes) {
      std::vector<std::string> recordables;
      if (net_.nodes.records[id].kind == NodeRecord::Kind::kNeuron) {
        for (const StateDeclaration& s :
             net_.nodes.populations[net_.nodes.records[id].index]->model().states) {
          if (s.recordable) recordables.push_back(s.name);
        }
      } else {
        recordables = net_.nodes.devices[net_.nodes.records[id].index]->description().recordables;
      }
      if (recordables.empty() && meter.recorded().empty()) {
        throw Error(ErrorKind::kIllegalConnection,
                    net_.nodes.model_name(id) + " has nothing that a " + meter.model_name +
                        " could record.",
                    {{"node", static_cast<double>(id)}, {"model", net_.nodes.model_name(id)}});
      }
      for (const std::string& wanted : meter.recorded()) {
        if (std::find(recordables.begin(), recordables.end(), wanted) != recordables.end())
          continue;
        throw unknown_name(ErrorKind::kIllegalConnection, "parameter",
                           net_.nodes.model_name(id) + " has no recordable", wanted, recordables)
            .with("model", net_.nodes.model_name(id))
            .with("node", static_cast<double>(id));
      }
    }
  }
  for (const RecorderList& list : lists) {
    check_list(net_.recording.lists.size() + lists.size(), list.nodes.size());
  }
  make_room(net_.recording.lists, lists.size());
  net_.synapses.see_delays({delay, delay}, false);
  for (RecorderList& list : lists) {
    if (multimeter) net_.nodes.devices[list.device]->as<Sampler>()->connected = true;
    net_.bytes += static_cast<std::int64_t>(list.nodes.size() * sizeof(NodeId));
    net_.recording.lists.push_back(std::move(list));
  }
  net_.nodes.devices_changed = true;
}

}  // namespace tegmenta
