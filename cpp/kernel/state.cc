#include "kernel/state.h"

#include <algorithm>
#include <utility>

#include "kernel/layout.h"
#include "kernel/memory_used.h"
#include "kernel/state_check.h"
#include "models/devices/stimulators.h"
#include "network/synapse_lists.h"
#include "recording/recorders.h"
#include "synapses/device_position.h"

namespace tegmenta {

namespace {

/// A device of each model, of which others are copies.
const Device* find_device(const std::string& model) {
  static const auto* const all = [] {
    auto* made = new std::vector<std::unique_ptr<Device>>(make_stimulators());
    for (auto& recorder : make_recorders()) made->push_back(std::move(recorder));
    return made;
  }();
  for (const auto& device : *all) {
    if (device->description().name == model) return device.get();
  }
  return nullptr;
}

/// A device, saved with the name of its model.
struct DeviceToSave {
  std::shared_ptr<const Device> device;  // of which it is not the owner

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("base", self.device->description().name);
    self.device->save(visit);
  }
};
struct DeviceToLoad {
  std::unique_ptr<Device> device;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    std::string base;
    visit("base", base);
    const Device* const prototype = find_device(base);
    if (!prototype) visit.refuse("is no device of this version: '" + base + "'");
    self.device = prototype->clone();
    self.device->load(visit);
  }
};

void visit_devices(state::Writer& visit, const std::vector<std::unique_ptr<Device>>& devices) {
  std::vector<DeviceToSave> list;
  list.reserve(devices.size());
  for (const auto& device : devices) {
    list.push_back({std::shared_ptr<const Device>(std::shared_ptr<void>(), device.get())});
  }
  visit("devices", list);
}
void visit_devices(state::Reader& visit, std::vector<std::unique_ptr<Device>>& devices) {
  std::vector<DeviceToLoad> list;
  visit("devices", list);
  devices.clear();
  for (DeviceToLoad& loaded : list) devices.push_back(std::move(loaded.device));
}

/// One part of a network after the other: calls section(name, visit_it).
template <typename Net, typename Section>
void for_parts(Net& n, Section&& section) {
  section("network", [&n](auto& visit) {
    visit("settings", n.settings);
    visit("clock", n.clock);
    visit("calls", n.calls);
    visit("last_spikes", n.last_spikes);
    visit("prepared", n.prepared);
  });
  section("models", [&n](auto& visit) {
    visit("catalog", n.catalog);
    visit_devices(visit, n.catalog.devices);
  });
  section("nodes", [&n](auto& visit) {
    visit("nodes", n.nodes);
    visit_devices(visit, n.nodes.devices);
  });
  section("synapses", [&n](auto& visit) { visit("synapses", n.synapses); });
  section("recording", [&n](auto& visit) { visit("recording", n.recording); });
  section("plasticity", [&n](auto& visit) { visit("plasticity", n.plasticity); });
}

}  // namespace

SavedState::SavedState(Kernel& kernel, const StateExtras& extras, Watch& watch) {
  kernel.require_whole();
  Network& network = kernel.network;
  network.team();  // those that cannot be had are missed before anything changes
  Layout(network).lay_out(watch);
  network.prepare_plasticity();
  sections_.push_back({"extras", [&extras](state::Writer& visit) { visit("extras", extras); }, 0});
  for_parts(network, [&](const char* name, auto visit_it) {
    sections_.push_back({name, [visit_it](state::Writer& visit) { visit_it(visit); }, 0});
  });
  bytes_ = state::measure(sections_);
}

void SavedState::write(state::Sink& sink, Watch& watch) const {
  watch.expect(bytes_);
  state::write(sections_, sink, watch);
}

// --- loading -------------------------------------------------------------------------------------

namespace {

void restore_placement(Network& network) {
  Placement& placement = network.synapses.placement;
  placement.place.assign(placement.end, Placement::kNone);
  placement.node_of_slot.resize(placement.chunks.size());
  placement.receives.resize(placement.chunks.size());
  for (std::size_t p = 0; p < placement.chunks.size(); ++p) {
    for (const Chunk& chunk : placement.chunks[p]) {
      const Population& population = *network.nodes.populations[chunk.population];
      const std::uint32_t lanes = chunk.lane_end - chunk.lane_begin;
      const std::size_t end = chunk.slot + (lanes + kLaneGroup - 1) / kLaneGroup * kLaneGroup;
      placement.node_of_slot[p].resize(end, 0);
      placement.receives[p].resize(end, Receives::kInput);
      for (std::uint32_t i = 0; i < lanes; ++i) {
        const NodeId id = population.first() + chunk.lane_begin + i;
        placement.node_of_slot[p][chunk.slot + i] = id;
        placement.receives[p][chunk.slot + i] = receives(population.model());
        placement.place[id] = static_cast<std::uint32_t>(p) << 16 | (chunk.slot + i);
      }
    }
  }
}

void restore_rules(Network& network) {
  const auto restore = [&](RowStore& store) {
    const SynapseModel* const model = network.catalog.synapse(store.model).model;
    store.plastic = model->plastic ? model : nullptr;
  };
  for (auto& store : network.synapses.stores) restore(*store);
  for (RecorderList& list : network.recording.lists) {
    if (list.releasing) restore(*list.releasing);
    network.recording.releases |= list.releasing != nullptr;
  }
}

void restore_masks(Network& network, Watch& watch) {
  for (auto& store : network.synapses.stores) {
    if (!store->homogeneous) continue;
    for (std::size_t p = 0; p < store->partitions.size(); ++p) {
      PartitionRows& rows = store->partitions[p];
      const std::size_t slots = network.synapses.placement.node_of_slot[p].size();
      if (!RowMasks::pay(rows.runs.size(), rows.targets.size(), slots, rows.max_repeat)) continue;
      rows.masks = RowMasks(rows.runs, rows.targets, slots, &watch);
    }
  }
}

/// The models of synapses that devices keep.
void restore_chosen(Network& network) {
  for (ChosenSynapses* chosen : recorded_synapses(network)) {
    for (const std::uint64_t word : chosen->positions) {
      const SynapsePosition at = SynapsePosition::unpack(word);
      if (at.store == kRemovedStore) continue;
      const SynapseModel* const model = model_of(network, at).model;
      auto& known = chosen->models;
      if (std::find(known.begin(), known.end(), model) == known.end()) known.push_back(model);
    }
  }
}

void repartition(Network& network, int threads, Watch& watch) {
  if (threads == network.settings.threads) return;
  network.settings.threads = threads;
  if (network.nodes.populations.empty()) return;
  network.nodes.unplaced = true;
  Layout(network).lay_out(watch);
}

}  // namespace

LoadedState load_state(state::Source& source, std::optional<int> threads, Watch& watch) {
  LoadedState loaded{std::make_unique<Kernel>(), {}};
  Network& network = loaded.kernel->network;
  watch.expect(2 * source.size());
  const std::vector<state::Span> spans = state::read_sections(source, watch);
  std::size_t at = 0;
  const auto read = [&](const std::string& name, auto&& visit_it) {
    if (at == spans.size() || spans[at].name != name) {
      throw state::bad_state(state::Fault::kCorrupted, "section '" + name + "' is missing");
    }
    state::Reader reader(source, spans[at++], watch);
    reader.find_model = [&network](const std::string& base) {
      return network.catalog.find_compiled(base);
    };
    reader.find_synapse_model = [&network](const std::string& base) {
      return network.catalog.find_compiled_synapse(base);
    };
    visit_it(reader);
    reader.expect_end();
  };
  read("extras", [&](auto& visit) { visit("extras", loaded.extras); });
  for_parts(network, read);
  if (at != spans.size()) {
    throw state::bad_state(state::Fault::kCorrupted, "section '" + spans[at].name + "' is unknown");
  }
  check_nodes(network);
  restore_placement(network);
  check_models_of_synapses(network);
  restore_rules(network);
  check_synapses(network);
  check_chosen_synapses(network);
  restore_chosen(network);
  check_devices(network);
  check_plasticity(network);
  check_collections(loaded.extras, network);
  network.plasticity.restore();
  restore_masks(network, watch);
  network.synapses.changed();
  network.prepare_plasticity();
  if (threads) repartition(network, *threads, watch);
  measure(network);
  return loaded;
}

}  // namespace tegmenta
