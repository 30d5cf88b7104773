#include "kernel/state_check.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "kernel/defaults.h"
#include "models/devices/current_generators.h"
#include "models/devices/poisson_generators.h"
#include "models/devices/reward_kernel.h"
#include "models/devices/spike_source.h"
#include "models/numbers.h"
#include "recording/recorders.h"
#include "state/format.h"
#include "synapses/device_position.h"

namespace tegmenta {

namespace {

void require(bool fits, const char* what) {
  if (!fits) {
    throw state::bad_state(state::Fault::kCorrupted, std::string(what) + " do not fit together");
  }
}

template <typename List>
bool one_or_each(const List& list, std::size_t n) {
  return list.size() == 1 || list.size() == n;
}

template <typename List>
bool each_or_none(const List& list, bool stored, std::size_t n) {
  return list.size() == (stored ? n : 0);
}

/// What would be refused if it was set now.
template <typename Check>
void require_allowed(Check&& check) {
  try {
    check();
  } catch (const Error& error) {
    throw state::bad_state(state::Fault::kCorrupted, error.what());
  }
}

bool is_node(const Network& network, NodeId id) { return id >= 1 && id <= network.nodes.count(); }

}  // namespace

// --- nodes ---------------------------------------------------------------------------------------

namespace {

void check_settings(const Network& network) {
  const Settings& s = network.settings;
  require(s.threads >= 1 && s.threads <= kMostThreads && s.user_min_delay >= 1 &&
              s.user_max_delay >= s.user_min_delay,
          "the settings");
  const Clock& clock = network.clock;
  require(clock.now >= 0 && clock.now <= clock.grid.max_step(), "the clock and its grid");
}

// Of a value of a neuron, those of ports included.
ParameterDeclaration declaration_at(const NeuronModel& model, std::size_t column) {
  if (column < model.parameters.size()) return model.parameters[column];
  const std::size_t of_ports = column - model.parameters.size();
  ParameterDeclaration d = model.port_parameters[of_ports / static_cast<std::size_t>(model.ports)];
  d.type = ParameterType::kDouble;
  return d;
}

void check_defaults(const NeuronModelEntry& entry, const TimeGrid& grid) {
  const NeuronModel& model = *entry.model;
  require(entry.parameters.size() == model.parameter_columns() &&
              entry.states.size() == model.states.size() && !entry.name.empty(),
          "the models of neurons");
  for (std::size_t k = 0; k < entry.parameters.size(); ++k) {
    check_number(entry.name, declaration_at(model, k), entry.parameters[k]);
  }
  model.check(entry.parameters.data(), grid);
}

void check_defaults(const SynapseModelEntry& entry) {
  require(entry.values.size() == entry.model->parameters.size() && !entry.name.empty(),
          "the models of synapses");
  for (std::size_t k = 0; k < entry.values.size(); ++k) {
    const ParameterDeclaration& declared = entry.model->parameters[k];
    if (declared.role == Role::kReadOnly || declared.type == ParameterType::kNodes) continue;
    check_number(entry.name, declared, entry.values[k]);
  }
  check_synapse_values(
      entry, entry.weight, [&](int k) { return entry.values[static_cast<std::size_t>(k)]; },
      GivenWeight::kAmongOthers);
}

void check_catalog(const Catalog& catalog, const TimeGrid& grid) {
  require_allowed([&] {
    for (const NeuronModelEntry& entry : catalog.neurons) check_defaults(entry, grid);
    for (const SynapseModelEntry& entry : catalog.synapses) check_defaults(entry);
  });
}

void check_population(const Network& network, std::size_t index) {
  const Population& population = *network.nodes.populations[index];
  const std::size_t first = population.first(), size = population.size();
  const auto is_its_neuron = [&](const NodeRecord& record) {
    return record.kind == NodeRecord::Kind::kNeuron && record.index == index;
  };
  const auto& records = network.nodes.records;
  require(first >= 1 && first < records.size() && size <= records.size() - first &&
              std::all_of(records.data() + first, records.data() + first + size, is_its_neuron) &&
              network.catalog.find_neuron(population.model_name()) >= 0,
          "the populations");
}

void check_parameters(const Population& population, const TimeGrid& grid) {
  const NeuronModel& model = population.model();
  std::vector<double> values(model.parameter_columns());
  std::vector<ParameterDeclaration> declared;
  for (std::size_t k = 0; k < values.size(); ++k) declared.push_back(declaration_at(model, k));
  const std::size_t lanes = population.uniform_parameters() ? 1 : population.size();
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    for (std::size_t k = 0; k < values.size(); ++k) {
      values[k] = population.read(static_cast<int>(k), lane);
      check_number(population.model_name(), declared[k], values[k]);
    }
    model.check(values.data(), grid);
  }
}

void check_records(const Network& network) {
  const Nodes& nodes = network.nodes;
  require(!nodes.records.empty() && nodes.records.size() < std::numeric_limits<NodeId>::max(),
          "the nodes");
  std::size_t neurons = 0;
  for (std::size_t i = 0; i < nodes.populations.size(); ++i) {
    require(nodes.populations[i] != nullptr, "the populations");
    const Population& population = *nodes.populations[i];
    check_population(network, i);
    neurons += population.size();
    require_allowed([&] { check_parameters(population, network.clock.grid); });
  }
  for (std::size_t d = 0; d < nodes.devices.size(); ++d) {
    const Device& device = *nodes.devices[d];
    require(is_node(network, device.id) &&
                nodes.records[device.id].kind == NodeRecord::Kind::kDevice &&
                nodes.records[device.id].index == d &&
                network.catalog.find_device(device.model_name) >= 0,
            "the devices");
  }
  require(neurons + nodes.devices.size() + 1 == nodes.records.size(), "the nodes");
}

/// A partition has the nodes from its first one up to that of the next.
void check_partition_first(const Network& network) {
  const Placement& placement = network.synapses.placement;
  const auto& first = placement.partition_first;
  require(placement.end >= 1 && placement.end <= network.nodes.records.size() &&
              first.size() == placement.chunks.size() && first.size() <= 0xfff,
          "neurons and their places");
  for (std::size_t p = 0; p < first.size(); ++p) {
    const NodeId end = p + 1 < first.size() ? first[p + 1] : placement.end;
    require(first[p] >= 1 && first[p] <= end, "neurons and their places");
    for (const Chunk& chunk : placement.chunks[p]) {
      const NodeId population = network.nodes.populations[chunk.population]->first();
      require(population + chunk.lane_begin >= first[p] && population + chunk.lane_end <= end,
              "neurons and their places");
    }
  }
}

/// Chunks of a partition, which follow each other.
void check_chunks(const Network& network, const std::vector<Chunk>& chunks,
                  std::vector<std::uint32_t>& placed) {
  constexpr std::uint32_t kMostSlots = 1 << 16;
  std::uint32_t slot = 0;
  for (const Chunk& chunk : chunks) {
    require(chunk.population < placed.size() && chunk.lane_begin == placed[chunk.population] &&
                chunk.lane_begin % 64 == 0 && chunk.lane_end > chunk.lane_begin &&
                chunk.lane_end <= network.nodes.populations[chunk.population]->size() &&
                chunk.slot == slot,
            "neurons and their places");
    placed[chunk.population] = chunk.lane_end;
    const std::uint32_t lanes = chunk.lane_end - chunk.lane_begin;
    slot += (lanes + kLaneGroup - 1) / kLaneGroup * kLaneGroup;
    require(slot <= kMostSlots, "neurons and their places");
  }
}

void check_placement(const Network& network) {
  const Placement& placement = network.synapses.placement;
  std::vector<std::uint32_t> placed(network.nodes.populations.size(), 0);
  for (const auto& chunks : placement.chunks) check_chunks(network, chunks, placed);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    require(placed[i] == network.nodes.populations[i]->size(), "neurons and their places");
  }
  // Neurons may be followed by devices that were made since they were placed.
  check_partition_first(network);
}

}  // namespace

void check_nodes(const Network& network) {
  check_settings(network);
  check_catalog(network.catalog, network.clock.grid);
  check_records(network);
  check_placement(network);
}

// --- synapses ------------------------------------------------------------------------------------

namespace {

constexpr const char* kRows = "synapses and their rows";
constexpr const char* kLists = "the connections of devices";
constexpr const char* kUnderWay = "spikes under way";

bool is_model(const Network& network, int model) {
  return model >= 0 && static_cast<std::size_t>(model) < network.catalog.synapses.size();
}

bool is_delay(const Network& network, std::int64_t steps) {
  return steps >= 1 && steps <= network.synapses.delays.high;
}

// Whether a node has the receptor port of a channel that is one.
bool has_port(const Network& network, NodeId id, std::uint8_t channel) {
  return is_node(network, id) && network.nodes.is_neuron(id) &&
         port_of(channel) < network.nodes.population_of(id).model().ports;
}

/// The rows of a store in one partition.
class RowCheck {
 public:
  /// slots: IDs of the targets; null for synapses of a recorder's list, which are its elements.
  RowCheck(const Network& network, const RowStore& store, const PartitionRows& rows,
           const AlignedVector<NodeId>* slots)
      : net_(network), store_(store), rows_(rows), slots_(slots) {}

  void check() const {
    if (rows_.row_begin.empty()) {
      require(rows_.runs.empty() && rows_.targets.empty() && rows_.row_time.empty(), kRows);
    } else {
      require(rows_.row_begin.size() == std::size_t{store_.source_count} + 1 &&
                  rows_.row_begin.front() == 0 && rows_.row_begin.back() == rows_.runs.size() &&
                  std::is_sorted(rows_.row_begin.begin(), rows_.row_begin.end()),
              kRows);
    }
    check_runs();
    check_columns();
    check_times();
    if (store_.pairs_at_arrival() && !rows_.row_begin.empty()) check_trains();
    require(rows_.initial.fits(rows_.targets.size()) && (store_.plastic || !rows_.initial.kept()),
            kRows);
  }

 private:
  void check_runs() const {
    std::uint64_t at = 0;
    std::uint32_t repeat = 0;
    for (const Run& run : rows_.runs) {
      require(run.offset == at && run.length > 0 && run.length <= rows_.targets.size() - at &&
                  (!slots_ || is_delay(net_, run.delay())) && takes(run),
              kRows);
      repeat = std::max(repeat, longest_repeat(rows_.targets.data() + at, run.length));
      at += run.length;
    }
    require(at == rows_.targets.size(), kRows);
    // All of a recorder's list have one target.
    const auto is_slot = [&](std::uint16_t slot) {
      return slots_ ? slot < slots_->size() && (*slots_)[slot] != 0 : slot == 0;
    };
    require(!slots_ || repeat <= rows_.max_repeat, kRows);
    require(std::all_of(rows_.targets.begin(), rows_.targets.end(), is_slot), kRows);
  }

  // Whether the targets have the port of a run.
  bool takes(const Run& run) const {
    if (!is_port(run.channel())) return true;
    const std::uint16_t* const targets = rows_.targets.data() + run.offset;
    return slots_ && std::all_of(targets, targets + run.length, [&](std::uint16_t slot) {
             return slot < slots_->size() && has_port(net_, (*slots_)[slot], run.channel());
           });
  }

  void check_columns() const {
    const std::size_t n = rows_.targets.size();
    const bool doubles = !store_.homogeneous && store_.double_weights;
    const bool floats = !store_.homogeneous && !store_.double_weights;
    bool fits = each_or_none(rows_.weights_double, doubles, n) &&
                each_or_none(rows_.weights_float, floats, n);
    const bool has_columns = store_.plastic && !rows_.row_begin.empty();
    fits &= each_or_none(rows_.columns_double, has_columns, store_.columns.size()) &&
            each_or_none(rows_.columns_float, has_columns, store_.columns.size());
    for (std::size_t k = 0; fits && has_columns && k < store_.columns.size(); ++k) {
      const bool stored = store_.columns[k].stored;
      fits = each_or_none(rows_.columns_double[k], stored && doubles, n) &&
             each_or_none(rows_.columns_float[k], stored && floats, n);
    }
    require(fits, kRows);
  }

  void check_times() const {
    const bool plastic = store_.plastic && !rows_.row_begin.empty();
    const bool triplets = plastic && store_.plastic->triplet_trace >= 0;
    const std::size_t rows = plastic ? store_.source_count : 0, n = rows_.targets.size();
    const bool irregular = plastic && store_.irregular;
    require(rows_.row_time.size() == rows && rows_.row_Kplus.size() == rows &&
                each_or_none(rows_.row_Kplus_triplet, triplets, rows) &&
                each_or_none(rows_.synapse_time, irregular, n) &&
                each_or_none(rows_.synapse_Kplus, irregular, n) &&
                each_or_none(rows_.synapse_Kplus_triplet, irregular && triplets, n) &&
                each_or_none(rows_.trains, plastic && store_.pairs_at_arrival(), rows) &&
                each_or_none(rows_.synapse_created, plastic && store_.pairs_at_arrival(), n),
            kRows);
    require(!store_.pairs_at_arrival() || irregular || !plastic, kRows);
    const std::int64_t now = net_.clock.now;
    const bool gated = plastic && store_.plastic->gate != Gate::kNone;
    const std::int64_t oldest =
        gated ? std::max<std::int64_t>(0, now - net_.plasticity.horizon()) : 0;
    const auto in_time = [&](std::int64_t time) { return time >= oldest && time <= now; };
    const auto is_past = [&](std::int64_t time) { return time >= 0 && time <= now; };
    require(std::all_of(rows_.row_time.begin(), rows_.row_time.end(), in_time) &&
                std::all_of(rows_.synapse_time.begin(), rows_.synapse_time.end(), in_time) &&
                std::all_of(rows_.synapse_created.begin(), rows_.synapse_created.end(), is_past),
            kRows);
  }

  // What each synapse has seen of its source.
  void check_trains() const {
    for (std::uint32_t row = 0; row < store_.source_count; ++row) {
      const SourceTrain& train = rows_.trains[row];
      require(train.loaded_fits(net_.clock.now), kRows);
      const std::uint32_t first = rows_.row_begin[row], last = rows_.row_begin[row + 1];
      if (first == last) continue;
      const auto begin = rows_.synapse_created.begin() + rows_.runs[first].offset;
      const auto end =
          rows_.synapse_created.begin() + rows_.runs[last - 1].offset + rows_.runs[last - 1].length;
      require(std::all_of(begin, end, [&](std::int64_t step) { return train.knows(step); }), kRows);
    }
  }

  const Network& net_;
  const RowStore& store_;
  const PartitionRows& rows_;
  const AlignedVector<NodeId>* slots_;
};

void check_form(const Network& network, const RowStore& store) {
  const bool columns =
      store.plastic ? store.columns.size() == store.plastic->columns.size() : store.columns.empty();
  require(columns && !(store.plastic && store.homogeneous) &&
              store.homogeneous == (store.group >= 0) && store.group < network.synapses.groups &&
              std::isfinite(store.weight),
          kRows);
  if (!store.plastic) return;
  require_allowed([&] {
    for (std::size_t k = 0; k < store.columns.size(); ++k) {
      const auto parameter = static_cast<std::size_t>(store.plastic->columns[k]);
      const ParameterDeclaration& declared = store.plastic->parameters[parameter];
      if (store.columns[k].stored || declared.role == Role::kReadOnly) continue;
      check_number(store.plastic->name, declared, store.columns[k].uniform);
    }
  });
}

void check_store(const Network& network, const RowStore& store) {
  check_form(network, store);
  const auto& slots = network.synapses.placement.node_of_slot;
  require(
      store.partitions.size() == slots.size() &&
          std::uint64_t{store.source_low} + store.source_count <= network.nodes.records.size() &&
          (store.source_count == 0 || store.source_low >= 1),
      kRows);
  for (std::size_t p = 0; p < slots.size(); ++p) {
    RowCheck(network, store, store.partitions[p], &slots[p]).check();
  }
}

/// Spikes between neurons arrive after the slice in which they are sent.
void check_slices(const Network& network) {
  const SynapseStores& synapses = network.synapses;
  const DelayRange& delays = synapses.delays;
  require(delays.low >= 0 && delays.low <= delays.high && delays.high < 1 << 22 &&
              synapses.least_spike_delay >= 0 && synapses.groups >= 0 &&
              static_cast<std::size_t>(synapses.groups) <= synapses.stores.size() &&
              synapses.stores.size() < kRemovedStore,
          "delays");
  for (const auto& store : synapses.stores) {
    for (const PartitionRows& rows : store->partitions) {
      for (std::uint32_t row = 0; row + 1 < rows.row_begin.size(); ++row) {
        if (!network.nodes.is_neuron(store->source_low + row)) continue;
        for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
          require(
              synapses.least_spike_delay >= 1 && rows.runs[r].delay() >= synapses.least_spike_delay,
              "delays");
        }
      }
    }
  }
}

void check_generator_list(const Network& network, const GeneratorList& list) {
  const std::size_t n = list.targets.size();
  require(list.device < network.nodes.devices.size() && is_model(network, list.model), kLists);
  const Device& device = *network.nodes.devices[list.device];
  const bool poisson = device.as<PoissonGenerator>() != nullptr;
  const auto is_target = [&](NodeId id) {
    if (!is_node(network, id)) return false;
    if (!network.nodes.is_neuron(id)) return poisson && list.receptor <= 1;
    const NeuronModel& model = network.nodes.population_of(id).model();
    if (!poisson) return list.receptor < model.currents;
    return model.ports > 0 ? list.receptor >= 1 && list.receptor <= model.ports
                           : list.receptor <= 1;
  };
  const auto is_step = [&](std::uint32_t steps) { return is_delay(network, steps); };
  const auto fits = [&](const std::vector<NodeId>& targets, const auto& weights,
                        const auto& delays) {
    return std::all_of(targets.begin(), targets.end(), is_target) &&
           std::is_sorted(targets.begin(), targets.end()) && one_or_each(weights, targets.size()) &&
           one_or_each(delays, targets.size()) &&
           std::all_of(delays.begin(), delays.end(), is_step);
  };
  require(fits(list.targets, list.weights, list.delays) &&
              (poisson || device.as<CurrentGenerator>() != nullptr),
          kLists);
  const bool to_neurons = n > 0 && network.nodes.is_neuron(list.targets.front());
  require(std::all_of(list.targets.begin(), list.targets.end(),
                      [&](NodeId id) { return network.nodes.is_neuron(id) == to_neurons; }),
          kLists);
  const std::int64_t now = network.clock.now;
  require(list.created >= 0 && list.created <= now && list.since >= 0 && list.since <= now, kLists);
  for (const GeneratorList::Past& past : list.past) {
    require(past.from >= 0 && past.from <= past.until && past.until <= now, kLists);
    require(fits(list.targets_of(past), past.weights, past.delays), kLists);
  }
}

void check_samples(const Network& network, const RecorderList& list, const Sampler& sampler) {
  for (const NodeId id : list.nodes) {
    const auto known = network.nodes.is_neuron(id)
                           ? recordables_of(network.nodes.population_of(id).model())
                           : network.nodes.device_of(id).description().recordables;
    for (const std::string& name : sampler.recorded()) {
      require(std::find(known.begin(), known.end(), name) != known.end(), kLists);
    }
    require(network.nodes.is_neuron(id) || network.nodes.device_of(id).as<CurrentGenerator>(),
            kLists);
  }
}

void check_recorder_list(const Network& network, const RecorderList& list) {
  const std::size_t n = list.nodes.size();
  require(list.device < network.nodes.devices.size() && is_model(network, list.model) &&
              std::all_of(
                  list.nodes.begin(), list.nodes.end(),
                  [&](NodeId id) { return is_node(network, id); }) &&
              std::is_sorted(list.nodes.begin(), list.nodes.end()) &&
              (list.releasing ? list.weights.empty() : one_or_each(list.weights, n)) &&
              one_or_each(list.delays, n) && list.receptor < kRewardReceptors &&
              std::all_of(
                  list.delays.begin(), list.delays.end(),
                  [&](std::uint32_t steps) { return is_delay(network, steps); }),
          kLists);
  const Device& device = *network.nodes.devices[list.device];
  if (const auto* const sampler = device.as<Sampler>()) check_samples(network, list, *sampler);
  if (!list.releasing) return;
  const RowStore& store = *list.releasing;
  check_form(network, store);
  require(store.plastic && store.plastic->releases && store.partitions.size() == 1 &&
              store.partitions[0].targets.size() == n &&
              std::all_of(list.nodes.begin(), list.nodes.end(),
                          [&](NodeId id) { return network.nodes.is_neuron(id); }),
          kLists);
  RowCheck(network, store, store.partitions[0], nullptr).check();
}

/// What is due in one partition.
class DueCheck {
 public:
  DueCheck(const Network& network, std::uint32_t partition)
      : net_(network), partition_(partition) {}

  void check(const CalendarDay& day, std::int64_t due) const {
    for (const PendingDeviceRun& run : day.generators) check_run(run.run);
    for (const PendingRun& run : day.neurons) check_run(run);
    for (const PendingPlasticRun& run : day.plastic) check_plastic(run, due);
    for (const PendingPlasticRun& run : day.arriving) check_arriving(run, due);
    if (!day.settled) return;
    for (const auto* runs :
         {&day.settled->generators, &day.settled->neurons, &day.settled->plastic}) {
      for (const SettledRun& run : *runs) {
        require(run.weights.size() == run.targets.size(), kUnderWay);
        check_targets(run.targets);
        require(!is_port(run.channel) ||
                    std::all_of(run.targets.begin(), run.targets.end(),
                                [&](NodeId id) { return has_port(net_, id, run.channel); }),
                kUnderWay);
      }
    }
    for (const SettledCounts& run : day.settled->counts) {
      require(run.store < net_.synapses.stores.size(), kUnderWay);
      check_targets(run.targets);
    }
  }

 private:
  void check_run(const PendingRun& run) const {
    require(run.store < net_.synapses.stores.size(), kUnderWay);
    const PartitionRows& rows = net_.synapses.stores[run.store]->partitions[partition_];
    require(run.length <= rows.targets.size() && run.offset <= rows.targets.size() - run.length &&
                run.length > 0 && takes(run, rows) &&
                (run.index == PendingRun::kPart ||
                 (run.index < rows.runs.size() && rows.runs[run.index].offset == run.offset &&
                  rows.runs[run.index].length == run.length)),
            kUnderWay);
  }
  bool takes(const PendingRun& run, const PartitionRows& rows) const {
    if (!is_port(run.channel)) return true;
    const auto& nodes = net_.synapses.placement.node_of_slot[partition_];
    const std::uint16_t* const targets = rows.targets.data() + run.offset;
    return std::all_of(targets, targets + run.length, [&](std::uint16_t slot) {
      return has_port(net_, nodes[slot], run.channel);
    });
  }
  void check_source(const PendingPlasticRun& run, std::int64_t due, bool pairs_at_arrival) const {
    check_run(run.run);
    const RowStore& store = *net_.synapses.stores[run.run.store];
    const std::int64_t now = net_.clock.now, reach = net_.plasticity.horizon();
    require(store.plastic && store.pairs_at_arrival() == pairs_at_arrival &&
                is_node(net_, run.source) && run.source >= store.source_low &&
                run.source - store.source_low < store.source_count && run.from >= 0 &&
                run.from <= run.until && run.until <= now && run.from >= now - reach,
            kUnderWay);
    const std::int64_t row_time =
        store.partitions[partition_].row_time[run.source - store.source_low];
    require(run.until - 1 + run.delay == due && run.until <= row_time, kUnderWay);
  }
  void check_plastic(const PendingPlasticRun& run, std::int64_t due) const {
    check_source(run, due, false);
    const RowStore& store = *net_.synapses.stores[run.run.store];
    const PartitionRows& rows = store.partitions[partition_];
    const std::uint32_t row = run.source - store.source_low;
    const auto begin = rows.runs.begin();
    const auto end = begin + rows.row_begin[row + 1];
    const auto whole =
        std::lower_bound(begin + rows.row_begin[row], end, run.run.offset,
                         [](const Run& r, std::uint64_t offset) { return r.offset < offset; });
    require(whole != end && whole->offset == run.run.offset && whole->length == run.run.length &&
                whole->delay() == run.delay,
            kUnderWay);
    const auto& times = rows.synapse_time;
    if (times.empty()) return;
    const auto first = times.begin() + run.run.offset;
    require(std::all_of(first, first + run.run.length,
                        [&](std::int64_t time) { return time <= run.until; }),
            kUnderWay);
  }
  // Some synapses of a row.
  void check_arriving(const PendingPlasticRun& run, std::int64_t due) const {
    check_source(run, due, true);
    const RowStore& store = *net_.synapses.stores[run.run.store];
    const PartitionRows& rows = store.partitions[partition_];
    const std::uint32_t row = run.source - store.source_low;
    const std::uint32_t first = rows.row_begin[row], last = rows.row_begin[row + 1];
    require(first < last && run.run.offset >= rows.runs[first].offset &&
                run.run.offset + run.run.length <=
                    rows.runs[last - 1].offset + rows.runs[last - 1].length &&
                !rows.trains[row].empty(),
            kUnderWay);
  }
  void check_targets(const std::vector<std::uint32_t>& targets) const {
    const auto& place = net_.synapses.placement.place;
    require(std::all_of(targets.begin(), targets.end(),
                        [&](NodeId id) {
                          return id < place.size() && place[id] != Placement::kNone &&
                                 place[id] >> 16 == partition_;
                        }),
            kUnderWay);
  }

  const Network& net_;
  std::uint32_t partition_;
};

void check_transmitted(const Network& network, const std::vector<TransmittedWeight>& list) {
  for (const TransmittedWeight& t : list) {
    require(t.model < network.catalog.synapses.size(), kUnderWay);
  }
}

}  // namespace

void check_models_of_synapses(const Network& network) {
  for (const auto& store : network.synapses.stores) {
    require(store && is_model(network, store->model), kRows);
  }
  for (const RecorderList& list : network.recording.lists) {
    require(!list.releasing || is_model(network, list.releasing->model), kLists);
  }
}

void check_synapses(const Network& network) {
  for (const auto& store : network.synapses.stores) check_store(network, *store);
  check_slices(network);
  require(network.synapses.of_generators.size() < kMostDeviceLists &&
              network.recording.lists.size() < kMostDeviceLists,
          kLists);
  for (const GeneratorList& list : network.synapses.of_generators) {
    check_generator_list(network, list);
  }
  for (const RecorderList& list : network.recording.lists) check_recorder_list(network, list);
  const auto& calendars = network.synapses.calendars;
  const std::size_t partitions = network.synapses.placement.chunks.size();
  require(calendars.size() <= partitions && network.recording.transmitted.size() >= partitions,
          kUnderWay);
  for (std::size_t p = 0; p < calendars.size(); ++p) {
    const DueCheck check(network, static_cast<std::uint32_t>(p));
    for (std::int64_t due = network.clock.now; due < network.clock.now + calendars[p].capacity();
         ++due) {
      check.check(calendars[p].day(due), due);
    }
  }
  check_transmitted(network, network.recording.waiting);
  for (const TransmittedLists& lists : network.recording.transmitted) {
    for (const auto& list : lists.by_parity) check_transmitted(network, list);
  }
}

// --- devices -------------------------------------------------------------------------------------

namespace {

void check_chosen(const Network& network, const ChosenSynapses& chosen) {
  for (const std::uint64_t word : chosen.positions) {
    const SynapsePosition at = SynapsePosition::unpack(word);
    bool known = at.store == kRemovedStore;
    if (at.store == kGeneratorStore) {
      const auto& lists = network.synapses.of_generators;
      known = list_of(at) < lists.size() && element_of(at) < lists[list_of(at)].targets.size();
    } else if (at.store == kRecorderStore) {
      const auto& lists = network.recording.lists;
      known = list_of(at) < lists.size() && element_of(at) < lists[list_of(at)].nodes.size();
    } else if (at.store < network.synapses.stores.size()) {
      const auto& partitions = network.synapses.stores[at.store]->partitions;
      known =
          at.partition < partitions.size() && at.offset < partitions[at.partition].targets.size();
    }
    require(known, "recorded synapses");
  }
}

}  // namespace

void check_chosen_synapses(const Network& network) {
  for (const auto& device : network.nodes.devices) {
    const auto* const recorder = device->as<SynapseRecorder>();
    if (recorder && recorder->chosen()) check_chosen(network, *recorder->chosen());
  }
}

void check_devices(Network& network) {
  const auto check = [&](Device& device, std::int64_t now) {
    require(device.holds_together(now), "a device and what it holds");
    require_allowed([&] { device.check_loaded({&network.clock.grid, now, false}); });
  };
  for (const auto& device : network.catalog.devices) check(*device, 0);
  for (const auto& device : network.nodes.devices) check(*device, network.clock.now);
  for (const SynapseModelEntry& entry : network.catalog.synapses) {
    const auto is_device = [&](NodeId id) {
      return is_node(network, id) && !network.nodes.is_neuron(id);
    };
    const bool records =
        entry.weight_recorder == 0 ||
        (is_device(entry.weight_recorder) &&
         network.nodes.device_of(entry.weight_recorder).as<WeightRecorder>() != nullptr);
    const NodeRole role = entry.model->gate == Gate::kReward ? NodeRole::kRewardTransmitter
                                                             : NodeRole::kVolumeTransmitter;
    const bool transmits =
        entry.transmitter == 0 || (is_device(entry.transmitter) && entry.model->has_transmitter() &&
                                   network.nodes.device_of(entry.transmitter).role() == role);
    require(records && transmits, "the models of synapses");
  }
  for (const auto& store : network.synapses.stores) {
    const SynapseModelEntry& entry = network.catalog.synapse(store->model);
    require(!entry.model->has_transmitter() || entry.transmitter != 0, "the models of synapses");
  }
}

// --- plasticity ----------------------------------------------------------------------------------

void check_plasticity(const Network& network) {
  require(network.plasticity.loaded_fits(), "plasticity and its neurons");
}

void check_collections(const StateExtras& extras, const Network& network) {
  for (const NamedNodes& nodes : extras.collections) {
    const bool ascends = std::adjacent_find(nodes.ids.begin(), nodes.ids.end(),
                                            std::greater_equal<>()) == nodes.ids.end();
    require(ascends && std::all_of(nodes.ids.begin(), nodes.ids.end(),
                                   [&](NodeId id) { return is_node(network, id); }),
            "collections and the nodes");
  }
}

}  // namespace tegmenta
