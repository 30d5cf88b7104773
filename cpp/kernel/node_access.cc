#include "kernel/node_access.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/errors.h"
#include "base/held.h"
#include "connect/parameter.h"
#include "kernel/memory_used.h"
#include "kernel/port_use.h"
#include "kernel/read_outs.h"
#include "kernel/recording_files.h"
#include "models/numbers.h"
#include "network/synapse_lists.h"

namespace tegmenta {

DeviceContext NodeAccess::device_context() const {
  return {&net_.clock.grid, net_.clock.now, net_.prepared,
          [network = &net_](const SynapseList& list) { return chosen_synapses(*network, list); }};
}

namespace {

// The value that node i of n gets from a value given for all of them.
Value value_of_node(const Device& device, const std::string& key, const Value& value, std::size_t i,
                    std::size_t n, NodeId id, const NodeDraw& draw) {
  const ParameterDeclaration* declared = nullptr;
  std::uint32_t ordinal = 0;
  for (const ParameterDeclaration& d : device.description().parameters) {
    if (d.name == key) declared = &d;
    if (!declared) ++ordinal;
  }
  if (!declared) return value;
  const auto one_of = [&](const auto& list) {
    if (list.size() != n) {
      throw Error(ErrorKind::kDimensionMismatch,
                  key + " of " + device.model_name + " needs one value or " + std::to_string(n) +
                      ", one a node; got " + std::to_string(list.size()) + ".",
                  {{"model", device.model_name},
                   {"parameter", key},
                   {"expected", static_cast<double>(n)},
                   {"given", static_cast<double>(list.size())}});
    }
    return list[i];
  };
  const bool array = declared->type == ParameterType::kDoubles ||
                     declared->type == ParameterType::kInts ||
                     declared->type == ParameterType::kNodes;
  if (const auto* lists = std::get_if<std::vector<std::vector<double>>>(&value); lists && array) {
    return Value(one_of(*lists));
  }
  const bool numeric =
      declared->type == ParameterType::kDouble || declared->type == ParameterType::kInt;
  if (const auto* list = std::get_if<std::vector<double>>(&value); list && numeric) {
    return Value(one_of(*list));
  }
  if (const auto* list = std::get_if<std::vector<bool>>(&value);
      list && declared->type == ParameterType::kBool) {
    return Value(static_cast<bool>(one_of(*list)));
  }
  if (const auto* list = std::get_if<std::vector<std::string>>(&value);
      list && declared->type == ParameterType::kString) {
    return Value(one_of(*list));
  }
  if (const auto* parameter = std::get_if<ParameterPtr>(&value); parameter && numeric) {
    return Value(draw.values(**parameter, {&id, 1}, ordinal).front());
  }
  return value;
}

Properties properties_of_node(const Device& device, const Properties& params, std::size_t i,
                              std::size_t n, NodeId id, const NodeDraw& draw) {
  Properties own;
  own.reserve(params.size());
  for (const auto& [key, value] : params) {
    own.emplace_back(key, value_of_node(device, key, value, i, n, id, draw));
  }
  return own;
}

DeviceParameters checked(Device& device, const Properties& own, const DeviceContext& context) {
  try {
    return device.checked(own, context);
  } catch (Error& e) {
    e.with("node", static_cast<double>(device.id));
    throw;
  }
}

}  // namespace

NodeId NodeAccess::create(const std::string& model, double n, const PropertyGroups& groups) {
  const Catalog& catalog = net_.catalog;
  const int neuron = catalog.find_neuron(model), device = catalog.find_device(model);
  if (neuron < 0 && device < 0) throw catalog.unknown_node_model(model);
  if (!(n >= 1) || n > 4294967295.0 || n != std::floor(n)) {
    throw bad_value(ErrorKind::kBadParameterValue, model, "n", n,
                    "a whole number of nodes, at least 1 and at most 4294967295");
  }
  if (static_cast<double>(net_.nodes.records.size()) + n > 4294967295.0) {
    throw bad_value(ErrorKind::kBadParameterValue, model, "n", n,
                    "so small that all nodes together stay below 2^32");
  }
  const auto size = static_cast<std::size_t>(n);
  const auto first = static_cast<NodeId>(net_.nodes.records.size());
  if (neuron >= 0) {
    create_neurons(catalog.neurons[static_cast<std::size_t>(neuron)], size, groups);
  } else {
    create_devices(*catalog.devices[static_cast<std::size_t>(device)], size, groups);
  }
  net_.bytes += static_cast<std::int64_t>(size * sizeof(NodeRecord));
  ++net_.calls;
  return first;
}

namespace {

/// Memory for nodes that are about to be made. Throws OutOfMemory.
PromisedMemory memory_for(std::size_t n, double bytes_each, const std::string& model) {
  return {static_cast<double>(n) * bytes_each, std::to_string(n) + " nodes of " + model};
}

}  // namespace

void NodeAccess::create_neurons(const NeuronModelEntry& entry, std::size_t n,
                                const PropertyGroups& groups) {
  Nodes& nodes = net_.nodes;
  const PromisedMemory memory = memory_for(
      n, static_cast<double>(Population::bytes_per_neuron(*entry.model)) + sizeof(NodeRecord) + 16,
      entry.name);
  auto population =
      std::make_unique<Population>(entry, static_cast<NodeId>(nodes.records.size()), n, net_.clock);
  for (const PropertyGroup& group : groups) {
    if (group.values.empty()) continue;
    std::vector<std::size_t> lanes, ordinals(group.size(n));
    std::iota(ordinals.begin(), ordinals.end(), std::size_t{0});
    lanes.reserve(ordinals.size());
    for (const std::size_t i : ordinals) lanes.push_back(group.position(i));
    Population::Change change(*population, std::move(lanes), ordinals, ordinals.size(),
                              group.values, draw(), net_.clock);
    change.commit();
  }
  make_room(nodes.records, n);
  nodes.populations.push_back(std::move(population));
  const auto index = static_cast<std::uint32_t>(nodes.populations.size() - 1);
  nodes.records.resize(nodes.records.size() + n, {NodeRecord::Kind::kNeuron, index});
  nodes.unplaced = true;
  net_.synapses.changed();
  net_.bytes += static_cast<std::int64_t>(bytes_held(nodes.populations.back()));
}

void NodeAccess::create_devices(const Device& prototype, std::size_t n,
                                const PropertyGroups& groups) {
  constexpr double kBytes = 2000;
  Nodes& nodes = net_.nodes;
  const PromisedMemory memory = memory_for(n, kBytes, prototype.model_name);
  // It was not there when the network was prepared.
  DeviceContext context = device_context();
  context.prepared = false;
  std::vector<std::unique_ptr<Device>> made;
  made.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    made.push_back(prototype.clone());
    Device& d = *made.back();
    d.id = static_cast<NodeId>(nodes.records.size() + i);
    d.begin(net_.clock.now);
  }
  for (const PropertyGroup& group : groups) {
    if (group.values.empty()) continue;
    const std::size_t size = group.size(n);
    for (std::size_t i = 0; i < size; ++i) {
      Device& d = *made[group.position(i)];
      d.accept(checked(d, properties_of_node(d, group.values, i, size, d.id, draw()), context),
               context);
    }
  }
  make_room(nodes.records, n);
  make_room(nodes.devices, n);
  for (auto& d : made) {
    const auto index = static_cast<std::uint32_t>(nodes.devices.size());
    nodes.records.push_back({NodeRecord::Kind::kDevice, index});
    nodes.devices.push_back(std::move(d));
    net_.bytes += bytes_of(*nodes.devices.back());
  }
  nodes.devices_changed = true;
}

namespace {

/// A column as long as all values are numbers, or all are texts; else a list.
class NodeValues {
 public:
  explicit NodeValues(std::size_t count) : count_(count) {}

  void put(Result result) {
    const double* const x = std::get_if<double>(&result.value);
    const auto* const text = std::get_if<std::string>(&result.value);
    if (x && numbers_.size() == placed_) {
      if (placed_ == 0) numbers_.reserve(count_);
      numbers_.push_back(*x);
    } else if (text && texts_.size() == placed_) {
      texts_.append(*text);
    } else {
      if (list_.size() != placed_) begin_list();
      list_.push_back(std::move(result));
    }
    ++placed_;
  }
  Result take() {
    if (numbers_.size() == placed_) return {std::move(numbers_)};
    if (texts_.size() == placed_) return {std::move(texts_)};
    return {std::move(list_)};
  }

 private:
  void begin_list() {
    for (const double x : numbers_) list_.push_back({x});
    for (std::size_t i = 0, at = 0; i < texts_.codes().size(); ++i) {
      for (; at < texts_.ends()[i]; ++at) list_.push_back({texts_.names()[texts_.codes()[i]]});
    }
  }

  std::size_t count_;
  std::size_t placed_ = 0;
  Column<double> numbers_;
  NameColumn texts_;
  ResultList list_;
};

}  // namespace

namespace {

/// Reads one key of neurons, one after the other: those of a population often follow each other.
class NeuronReader {
 public:
  NeuronReader(const Network& network, const std::string& key) : net_(network), key_(key) {}

  Result read(NodeId id) {
    const Population& population = net_.nodes.population_of(id);
    const std::size_t lane = id - population.first();
    if (&population != last_) {
      last_ = &population;
      parameter_ = find_parameter(population.model(), key_);
      port_parameter_ = find_port_parameter(population.model(), key_);
      state_ = parameter_ < 0 ? find_state(population.model(), key_) : -1;
    }
    if (parameter_ >= 0) {
      const auto at = static_cast<std::size_t>(parameter_);
      return read_number(population.model().parameters[at].type, population.read(parameter_, lane));
    }
    if (state_ >= 0) {
      const auto at = static_cast<std::size_t>(state_);
      return read_number(population.model().states[at].type,
                         population.read_state(state_, lane, net_.clock));
    }
    return read_out(population, lane);
  }

 private:
  // What is neither a parameter nor a state.
  Result read_out(const Population& population, std::size_t lane) const {
    const TimeGrid& grid = net_.clock.grid;
    if (key_ == "spike_times" && population.model().has_spike_times) {
      Column<double> times;
      for (std::int64_t step : population.spike_times(lane)) {
        times.push_back(grid.nearest_ms_from_steps(step));
      }
      return {std::move(times)};
    }
    if (port_parameter_ >= 0) return read_ports(population, lane);
    const NeuronModel& model = population.model();
    for (const ParameterDeclaration& d : receptor_declarations(model)) {
      if (d.name == key_) return read_receptors(model, key_);
    }
    if (const int derived = find_derived(model, key_); derived >= 0) {
      const auto at = static_cast<std::size_t>(derived);
      return read_number(model.derived[at].type, population.derived(lane, grid)[at]);
    }
    if (is_calcium(model, key_)) return {population.calcium_at(lane, net_.clock.now, grid)};
    if (key_ == "recordables") return list_of_texts(recordables_of(population.model()));
    throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                       population.model_name() + " has no parameter", key_,
                       net_.catalog.node_keys(population.model_name()))
        .with("model", population.model_name());
  }

  Result read_ports(const Population& population, std::size_t lane) const {
    Column<double> list;
    for (int k = 0; k < population.model().ports; ++k) {
      list.push_back(population.read_port(static_cast<std::size_t>(port_parameter_), k, lane));
    }
    return {std::move(list)};
  }

  const Network& net_;
  const std::string& key_;
  const Population* last_ = nullptr;
  int parameter_ = -1, port_parameter_ = -1, state_ = -1;
};

}  // namespace

namespace {

/// As of which step a device is read. Of recorders it does not matter, so that they can be read
/// while time passes.
std::int64_t time_of_reading(const Device& device, const Clock& clock) {
  return dynamic_cast<const Recorder*>(&device) ? 0 : clock.now;
}

Result read_device(const Network& network, const Device& device, const std::string& key) {
  if (key == member_name<&RecorderValues::filenames>()) {
    const auto* recorder = dynamic_cast<const Recorder*>(&device);
    if (recorder) return list_of_texts(files_of(network, *recorder));
  }
  return device.get(key, network.clock.grid, time_of_reading(device, network.clock));
}

/// Whether nodes have what is asked for, by their models: those of one mostly follow each other.
class KnownKey {
 public:
  KnownKey(const Network& network, const std::string& key) : net_(network), key_(key) {}

  bool of(NodeId id) {
    const std::string& model = net_.nodes.model_name(id);
    if (&model != last_ && !(last_ && model == *last_)) {
      const std::vector<std::string> keys = net_.catalog.node_keys(model);
      known_ = std::find(keys.begin(), keys.end(), key_) != keys.end();
    }
    last_ = &model;
    return known_ || (net_.nodes.is_neuron(id) &&
                      find_state(net_.nodes.population_of(id).model(), key_) >= 0);
  }
  bool of_any(std::span<const NodeId> ids) {
    return std::any_of(ids.begin(), ids.end(), [&](NodeId id) { return of(id); });
  }
  /// Of nodes of one model it need not be asked: reading them refuses what they do not have.
  static bool is_needed(const Nodes& nodes, std::span<const NodeId> ids) {
    const std::string* const first = ids.empty() ? nullptr : &nodes.model_name(ids.front());
    return std::any_of(ids.begin(), ids.end(), [&](NodeId id) {
      const std::string& model = nodes.model_name(id);
      return &model != first && model != *first;
    });
  }

 private:
  const Network& net_;
  const std::string& key_;
  const std::string* last_ = nullptr;
  bool known_ = false;
};

}  // namespace

bool NodeAccess::all_record(std::span<const NodeId> ids) const {
  return std::all_of(ids.begin(), ids.end(), [&](NodeId id) {
    net_.nodes.require(id);
    return !net_.nodes.is_neuron(id) && dynamic_cast<const Recorder*>(&net_.nodes.device_of(id));
  });
}

// Nothing for nodes whose model does not have it, as long as another one does.
Result NodeAccess::get_nodes(std::span<const NodeId> ids, const std::string& key) const {
  NodeValues values(ids.size());
  NeuronReader neurons(net_, key);
  const ReadOutDeclaration* const declared = find_read_out(key);
  const Nodes& nodes = net_.nodes;
  for (NodeId id : ids) nodes.require(id);
  KnownKey known(net_, key);
  const bool mixed = KnownKey::is_needed(nodes, ids);
  bool some_know = false;
  for (NodeId id : ids) {
    if (mixed && !known.of(id) && (some_know || known.of_any(ids))) {
      some_know = true;
      values.put({});
    } else if (declared && (nodes.is_neuron(id) || !declared->of_neurons_only)) {
      values.put(read_out(net_, id, declared->what));
    } else if (nodes.is_neuron(id)) {
      values.put(neurons.read(id));
    } else if (key == "recordables") {
      values.put(list_of_texts(nodes.device_of(id).description().recordables));
    } else {
      values.put(read_device(net_, nodes.device_of(id), key));
    }
  }
  return values.take();
}

// Neurons by population, in the order of the collection; devices one by one.
void NodeAccess::check_group(std::span<const NodeId> ids, const PropertyGroup& group,
                             Changes& changes) {
  std::map<std::uint32_t, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> neurons;
  std::vector<std::pair<Device*, Properties>> devices;
  const Properties& params = group.values;
  const std::size_t size = group.size(ids.size());
  for (std::size_t i = 0; i < size; ++i) {
    const NodeId id = ids[group.position(i)];
    net_.nodes.require(id);
    const NodeRecord& node = net_.nodes.records[id];
    if (node.kind == NodeRecord::Kind::kNeuron) {
      const Population& population = *net_.nodes.populations[node.index];
      auto& [lanes, ordinals] = neurons[node.index];
      if (lanes.empty()) {
        const std::size_t most = std::min<std::size_t>(size - i, population.size());
        lanes.reserve(most);
        ordinals.reserve(most);
      }
      lanes.push_back(id - population.first());
      ordinals.push_back(i);
    } else {
      Device& device = *net_.nodes.devices[node.index];
      devices.emplace_back(&device, properties_of_node(device, params, i, size, id, draw()));
    }
  }
  for (auto& [index, where] : neurons) {
    changes.neurons.emplace_back(*net_.nodes.populations[index], std::move(where.first),
                                 where.second, size, params, draw(), net_.clock);
    if (const NeuronModel* next = changes.neurons.back().other_ports()) {
      require_unused_ports(net_, *net_.nodes.populations[index], *next);
    }
  }
  const DeviceContext context = device_context();
  for (auto& [device, own] : devices) {
    changes.devices.emplace_back(device, checked(*device, own, context));
  }
  changes.new_traces |=
      !neurons.empty() && std::any_of(params.begin(), params.end(), [](const auto& entry) {
        // Also where a text has them under other names.
        return entry.first.ends_with("tau_minus") || entry.first.ends_with("tau_minus_triplet");
      });
}

void NodeAccess::set_nodes(std::span<const NodeId> ids, const PropertyGroups& groups) {
  Changes changes;
  for (const PropertyGroup& group : groups) check_group(ids, group, changes);
  // All are checked before one has changed.
  if (changes.new_traces) net_.commit_plasticity();
  const DeviceContext context = device_context();
  bool recorders = false;
  for (auto& [device, next] : changes.devices) {
    device->accept(std::move(next), context);
    net_.nodes.devices_changed |= device->planned();
    recorders |= dynamic_cast<const Recorder*>(device) != nullptr;
  }
  bool new_ports = false;
  for (Population::Change& change : changes.neurons) {
    new_ports |= change.other_ports() != nullptr;
    change.commit();
  }
  // The plan has rows of inputs for ports, and the places of states that meters sample.
  net_.nodes.devices_changed |= new_ports;
  if (new_ports) measure(net_);
  if (changes.new_traces) net_.plasticity.watched_generation = 0;
  if (recorders) measure(net_);  // perhaps cleared
  ++net_.calls;
}

const Recorder& recorder_of(const Nodes& nodes, NodeId id) {
  nodes.require(id);
  if (!nodes.is_neuron(id)) {
    const auto* recorder = dynamic_cast<const Recorder*>(&nodes.device_of(id));
    if (recorder) return *recorder;
  }
  throw Error(ErrorKind::kBadProperty,
              "Node " + std::to_string(id) + " (" + nodes.model_name(id) + ") is not a recorder.",
              {{"node", static_cast<double>(id)}, {"model", nodes.model_name(id)}});
}

std::vector<double> drawn_values(const Network& network, const ParameterExpression& parameter,
                                 std::size_t n, std::uint32_t call) {
  std::vector<NodeId> ordinals(n);
  std::iota(ordinals.begin(), ordinals.end(), NodeId{0});
  return NodeDraw{*network.settings.simd, network.settings.seed, call}.values(parameter, ordinals,
                                                                              0);
}

}  // namespace tegmenta
