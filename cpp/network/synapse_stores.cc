#include "network/synapse_stores.h"

#include <algorithm>
#include <atomic>

#include "base/errors.h"
#include "base/random.h"

namespace tegmenta {

std::uint64_t next_generation() noexcept {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

namespace {

bool is_of(const RowStore& store, const StoreKind& kind) {
  return store.model == kind.model && store.label == kind.label &&
         store.homogeneous == kind.homogeneous &&
         (kind.homogeneous ? store.weight == kind.weight && store.receptor == kind.receptor
                           : store.single_precision == kind.single_precision);
}

// Synapses with different labels draw for themselves, also where they connect the same nodes.
std::uint32_t draws_of(const SynapseModelEntry& entry, std::int64_t label) {
  if (label < 0) return entry.draws;
  return RandomStream(entry.draws, Purpose::kSynapseModel, static_cast<std::uint32_t>(label), 0, 1)
      .next_u32();
}

}  // namespace

std::uint32_t SynapseStores::store_for(const Catalog& catalog, const StoreKind& kind) {
  for (std::uint32_t s = 0; s < stores.size(); ++s) {
    if (is_of(*stores[s], kind)) return s;
  }
  auto store = std::make_unique<RowStore>();
  store->model = kind.model;
  store->label = kind.label;
  store->homogeneous = kind.homogeneous;
  store->weight = kind.weight;
  store->single_precision = kind.single_precision;
  const SynapseModelEntry& entry = catalog.synapse(kind.model);
  store->draws = draws_of(entry, kind.label);
  if (entry.model->plastic) {
    store->plastic = entry.model;
    // State changes by fractions: in double, unless the user wants it small.
    store->double_weights = !kind.single_precision;
    store->columns.resize(entry.model->columns.size());
    const RuleFunctions& rule = entry.model->rule;
    const std::vector<bool> stored =
        rule.stored ? rule.stored(*entry.model, entry.values) : entry.model->stored;
    for (std::size_t k = 0; k < store->columns.size(); ++k) {
      const auto parameter = static_cast<std::size_t>(entry.model->columns[k]);
      store->columns[k] = {stored[k], entry.values[parameter]};
    }
  }
  if (kind.homogeneous) {
    store->group = groups;
    store->receptor = kind.receptor;
  }
  store->partitions.resize(static_cast<std::size_t>(placement.partitions()));
  stores.push_back(std::move(store));
  groups += kind.homogeneous ? 1 : 0;
  return static_cast<std::uint32_t>(stores.size()) - 1;
}

void SynapseStores::see_delays(const DelayRange& range, bool between_spiking_nodes) {
  if (!range.known()) return;
  delays.include(range);
  if (!between_spiking_nodes) return;
  least_spike_delay = least_spike_delay == 0 ? range.low : std::min(least_spike_delay, range.low);
}

bool SynapseStores::has_plastic_rows() const {
  return std::any_of(stores.begin(), stores.end(),
                     [](const auto& s) { return s->plastic && s->source_count > 0; });
}

RowPlace SynapseStores::row_of(const SynapsePosition& at) const {
  return stores[at.store]->partitions[at.partition].find(at.offset);
}

NodeId SynapseStores::source_of(const SynapsePosition& at) const {
  return stores[at.store]->source_low + row_of(at).row;
}

NodeId SynapseStores::target_of(const SynapsePosition& at) const {
  const std::uint16_t slot = stores[at.store]->partitions[at.partition].targets[at.offset];
  return placement.node_of_slot[at.partition][slot];
}

void SynapseStores::check(const SynapseList& list) const {
  if (list.generation == generation) return;
  throw Error(ErrorKind::kStaleSynapseCollection,
              "The network has changed since this collection of synapses was made; call "
              "GetConnections again.");
}

}  // namespace tegmenta
