// Create, get and set of nodes.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/errors.h"
#include "connect/parameter.h"
#include "engine/engine.h"
#include "models/neuron_registry.h"
#include "models/numbers.h"
#include "network/network.h"

namespace tegmenta {

Network::Network() {
  status_.simd = &simd::default_level();
  nodes_.push_back({NodeRecord::Kind::kDevice, 0});
  neuron_models_ = make_neuron_models();
  for (const auto& model : neuron_models_) {
    NeuronModelEntry entry{model->name(), model.get(), {}, {}};
    for (const auto& p : model->parameters) entry.parameters.push_back(p.default_value);
    for (const auto& s : model->states) entry.states.push_back(s.default_value);
    neuron_entries_.push_back(std::move(entry));
  }
  device_prototypes_ = make_stimulators();
  for (auto& recorder : make_recorders()) device_prototypes_.push_back(std::move(recorder));
  for (const auto& device : device_prototypes_) {
    require_order(device->model_name, device->parameter_order(), device->description().parameters);
  }
  for (const SynapseModel& model : synapse_models()) {
    SynapseModelEntry entry;
    entry.name = model.name;
    entry.model = &model;
    entry.common_weight = model.common_weight;
    for (const auto& d : model.parameters) entry.values.push_back(d.default_value);
    entry.weight = entry.values[kWeightParameter];
    entry.delay_ms = entry.values[kDelayParameter];
    synapse_models_.push_back(std::move(entry));
  }
}

Network::~Network() = default;

WorkerTeam& Network::team() {
  if (!team_ || team_->size() != status_.threads) {
    team_ = std::make_unique<WorkerTeam>(status_.threads, "local_num_threads");
  }
  return *team_;
}

DeviceContext Network::device_context() const {
  return {&grid_, now_, prepared_, now_ > 0,
          [this](const SynapseList& list) { return chosen_synapses(list); }};
}

void Network::require_node(NodeId id) const {
  if (id == 0 || id >= nodes_.size()) {
    throw Error(ErrorKind::kUnknownNode,
                "There is no node " + std::to_string(id) + "; there are " +
                    std::to_string(node_count()) + " nodes.",
                {{"node", static_cast<double>(id)}});
  }
}

const std::string& Network::model_name(NodeId id) const {
  const NodeRecord& node = nodes_[id];
  return node.kind == NodeRecord::Kind::kNeuron ? populations_[node.index]->model_name()
                                                : devices_[node.index]->model_name;
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
  const bool array =
      declared->type == ParameterType::kDoubles || declared->type == ParameterType::kInts;
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

Error Network::unknown_node_model(const std::string& model) const {
  return unknown_name(ErrorKind::kUnknownModelName, "model", "There is no node model", model,
                      node_model_names());
}

NodeId Network::create(const std::string& model, double n, const Properties& params) {
  int neuron = -1;
  for (std::size_t i = 0; i < neuron_entries_.size(); ++i) {
    if (neuron_entries_[i].name == model) neuron = static_cast<int>(i);
  }
  int device = -1;
  for (std::size_t i = 0; i < device_prototypes_.size(); ++i) {
    if (device_prototypes_[i]->model_name == model) device = static_cast<int>(i);
  }
  if (neuron < 0 && device < 0) throw unknown_node_model(model);
  if (!(n >= 1) || n > 4294967295.0 || n != std::floor(n)) {
    throw bad_value(ErrorKind::kBadParameterValue, model, "n", n,
                    "a whole number of nodes, at least 1 and at most 4294967295");
  }
  if (static_cast<double>(nodes_.size()) + n > 4294967295.0) {
    throw bad_value(ErrorKind::kBadParameterValue, model, "n", n,
                    "so small that all nodes together stay below 2^32");
  }
  const auto size = static_cast<std::size_t>(n);
  const NodeId first = static_cast<NodeId>(nodes_.size());
  const NodeDraw draw{*status_.simd, status_.seed, calls_};
  const double bytes_each = neuron >= 0
                                ? static_cast<double>(Population::bytes_per_neuron(
                                      *neuron_entries_[static_cast<std::size_t>(neuron)].model)) +
                                      sizeof(NodeRecord) + 16
                                : 2000.0;
  const PromisedMemory memory(n * bytes_each, std::to_string(size) + " nodes of " + model);

  if (neuron >= 0) {
    auto population = std::make_unique<Population>(
        neuron_entries_[static_cast<std::size_t>(neuron)], first, size, grid_);
    if (!params.empty()) {
      std::vector<std::size_t> lanes(size);
      for (std::size_t i = 0; i < size; ++i) lanes[i] = i;
      std::vector<std::size_t> positions = lanes;
      Population::Change change(*population, std::move(lanes), std::move(positions), size, params,
                                draw, grid_);
      change.commit();
    }
    make_room(nodes_, size);
    populations_.push_back(std::move(population));
    nodes_.resize(nodes_.size() + size,
                  {NodeRecord::Kind::kNeuron, static_cast<std::uint32_t>(populations_.size() - 1)});
    nodes_unplaced_ = true;
    bytes_ += bytes_of(*populations_.back());
  } else {
    std::vector<std::unique_ptr<Device>> made;
    made.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      made.push_back(device_prototypes_[static_cast<std::size_t>(device)]->clone());
      Device& d = *made.back();
      d.id = first + static_cast<NodeId>(i);
      d.begin(now_);
      if (!params.empty()) {
        const DeviceContext context = device_context();
        d.accept(checked(d, properties_of_node(d, params, i, size, d.id, draw), context), context);
      }
    }
    make_room(nodes_, size);
    make_room(devices_, size);
    for (auto& d : made) {
      nodes_.push_back({NodeRecord::Kind::kDevice, static_cast<std::uint32_t>(devices_.size())});
      devices_.push_back(std::move(d));
      bytes_ += bytes_of(*devices_.back());
    }
    devices_changed_ = true;
  }
  bytes_ += static_cast<std::int64_t>(size * sizeof(NodeRecord));
  ++calls_;
  return first;
}

std::vector<NodeRange> Network::node_ranges() const {
  std::vector<NodeRange> ranges;
  for (NodeId id = 1; id < nodes_.size();) {
    const std::string& model = model_name(id);
    NodeId last = id;
    if (nodes_[id].kind == NodeRecord::Kind::kNeuron) {
      last = id + static_cast<NodeId>(populations_[nodes_[id].index]->size()) - 1;
    } else {
      while (last + 1 < nodes_.size() && nodes_[last + 1].kind == NodeRecord::Kind::kDevice &&
             model_name(last + 1) == model) {
        ++last;
      }
    }
    ranges.push_back({id, last, model});
    id = last + 1;
  }
  return ranges;
}

std::vector<std::string> Network::node_keys(const std::string& model) const {
  std::vector<std::string> keys;
  for (const NeuronModelEntry& entry : neuron_entries_) {
    if (entry.name != model) continue;
    for (const auto& p : entry.model->parameters) keys.push_back(p.name);
    for (const auto& s : entry.model->states) keys.push_back(s.name);
    if (entry.model->has_spike_times) keys.push_back("spike_times");
    keys.insert(keys.end(), {"t_spike", "Ca", "recordables"});
  }
  for (const auto& prototype : device_prototypes_) {
    if (prototype->model_name != model) continue;
    const ModelDescription& d = prototype->description();
    for (const auto& p : d.parameters) keys.push_back(p.name);
    if (!d.recordables.empty()) keys.push_back("recordables");
  }
  if (keys.empty()) throw unknown_node_model(model);
  keys.insert(keys.end(), {"global_id", "model", "element_type"});
  return keys;
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

Result Network::get_nodes(std::span<const NodeId> ids, const std::string& key) const {
  NodeValues values(ids.size());
  const auto put = [&](Result result) { values.put(std::move(result)); };
  const Population* last = nullptr;
  int parameter = -1, state = -1;
  for (NodeId id : ids) {
    require_node(id);
    const NodeRecord& node = nodes_[id];
    const bool neuron = node.kind == NodeRecord::Kind::kNeuron;
    if (key == "global_id") {
      put({static_cast<double>(id)});
      continue;
    }
    if (key == "model") {
      put({model_name(id)});
      continue;
    }
    if (key == "element_type") {
      put({std::string(neuron ? "neuron" : to_string(devices_[node.index]->description().kind))});
      continue;
    }
    if (!neuron) {
      const Device& device = *devices_[node.index];
      if (key == "recordables") {
        ResultList names;
        for (const std::string& name : device.description().recordables) names.push_back({name});
        put({std::move(names)});
      } else {
        put(device.get(key, grid_, now_));
      }
      continue;
    }
    const Population& population = *populations_[node.index];
    const std::size_t lane = id - population.first();
    if (&population != last) {
      last = &population;
      parameter = find_parameter(population.model(), key);
      state = parameter < 0 ? find_state(population.model(), key) : -1;
    }
    if (parameter >= 0) {
      const double x = population.read(parameter, lane);
      if (population.model().parameters[static_cast<std::size_t>(parameter)].type ==
          ParameterType::kBool) {
        put({x != 0});
      } else {
        put({x});
      }
    } else if (state >= 0) {
      put({population.read_state(state, lane, grid_)});
    } else if (key == "spike_times" && population.model().has_spike_times) {
      Column<double> times;
      for (std::int64_t step : population.spike_times(lane)) {
        times.push_back(grid_.nearest_ms_from_steps(step));
      }
      put({std::move(times)});
    } else if (key == "t_spike") {
      const std::int64_t step = population.last_spike[lane];
      put({step < 0 ? -1.0 : grid_.ms_from_steps(step)});
    } else if (key == "Ca") {
      put({population.calcium_at(lane, now_, grid_)});
    } else if (key == "recordables") {
      ResultList names;
      for (const auto& s : population.model().states) {
        if (s.recordable) names.push_back({s.name});
      }
      put({std::move(names)});
    } else {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         population.model_name() + " has no parameter", key,
                         node_keys(population.model_name()))
          .with("model", population.model_name());
    }
  }
  return values.take();
}

void Network::set_nodes(std::span<const NodeId> ids, const Properties& params) {
  const NodeDraw draw{*status_.simd, status_.seed, calls_};
  // Neurons by population, in the order of the collection; devices one by one.
  std::map<std::uint32_t, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> neurons;
  std::vector<std::pair<Device*, Properties>> devices;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const NodeId id = ids[i];
    require_node(id);
    const NodeRecord& node = nodes_[id];
    if (node.kind == NodeRecord::Kind::kNeuron) {
      auto& [lanes, positions] = neurons[node.index];
      lanes.push_back(id - populations_[node.index]->first());
      positions.push_back(i);
    } else {
      Device& device = *devices_[node.index];
      devices.emplace_back(&device, properties_of_node(device, params, i, ids.size(), id, draw));
    }
  }
  std::vector<Population::Change> changes;
  changes.reserve(neurons.size());
  for (auto& [index, where] : neurons) {
    changes.emplace_back(*populations_[index], std::move(where.first), std::move(where.second),
                         ids.size(), params, draw, grid_);
  }
  // All are checked before one has changed.
  const DeviceContext context = device_context();
  std::vector<DeviceParameters> next;
  next.reserve(devices.size());
  for (auto& [device, own] : devices) next.push_back(checked(*device, own, context));
  const bool new_traces =
      !changes.empty() && std::any_of(params.begin(), params.end(), [](const auto& entry) {
        return entry.first == "tau_minus" || entry.first == "tau_minus_triplet";
      });
  if (new_traces) commit_plasticity();
  for (std::size_t i = 0; i < devices.size(); ++i) {
    devices[i].first->accept(std::move(next[i]), context);
  }
  for (Population::Change& change : changes) change.commit();
  if (new_traces) watched_generation_ = 0;
  devices_changed_ |= std::any_of(devices.begin(), devices.end(),
                                  [](const auto& entry) { return entry.first->planned(); });
  for (const auto& [device, own] : devices) {
    if (dynamic_cast<const Recorder*>(device)) {  // perhaps cleared
      measure();
      break;
    }
  }
  ++calls_;
}

const Recorder& Network::recorder(NodeId id) const {
  require_node(id);
  if (nodes_[id].kind == NodeRecord::Kind::kDevice) {
    const auto* recorder = dynamic_cast<const Recorder*>(devices_[nodes_[id].index].get());
    if (recorder) return *recorder;
  }
  throw Error(ErrorKind::kBadProperty,
              "Node " + std::to_string(id) + " (" + model_name(id) + ") is not a recorder.",
              {{"node", static_cast<double>(id)}, {"model", model_name(id)}});
}

std::vector<double> Network::draw_parameter(const ParameterPtr& parameter, std::size_t n) {
  std::vector<double> values = drawn_values(parameter, n, calls_);
  ++calls_;
  return values;
}

std::vector<double> Network::drawn_values(const ParameterPtr& parameter, std::size_t n,
                                          std::uint32_t call) const {
  std::vector<NodeId> ordinals(n);
  std::iota(ordinals.begin(), ordinals.end(), NodeId{0});
  return NodeDraw{*status_.simd, status_.seed, call}.values(*parameter, ordinals, 0);
}

}  // namespace tegmenta
