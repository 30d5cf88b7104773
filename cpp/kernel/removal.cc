#include "kernel/removal.h"

#include <algorithm>
#include <atomic>
#include <string>

#include "base/errors.h"
#include "kernel/device_lists.h"
#include "kernel/layout.h"
#include "kernel/memory_used.h"
#include "network/synapse_lists.h"
#include "synapses/device_position.h"
#include "synapses/row_removal.h"

namespace tegmenta {

Error inexistent_connection(NodeId source, NodeId target, const std::string& text) {
  return {ErrorKind::kInexistentConnection,
          text,
          {{"source", static_cast<double>(source)}, {"target", static_cast<double>(target)}}};
}

Removal::Removal(Network& network, const SynapseList& list)
    : net_(network), workers_(network.team()) {
  rows_.resize(net_.synapses.stores.size());
  for (const std::uint64_t word : list.positions) {
    if (mark(SynapsePosition::unpack(word))) continue;
    const ChosenSynapses twice = chosen_synapses(net_, {{word}, list.generation});
    throw inexistent_connection(twice.sources[0], twice.targets[0],
                                "The connection from node " + std::to_string(twice.sources[0]) +
                                    " to node " + std::to_string(twice.targets[0]) +
                                    " is in the collection twice, but can be removed only once.");
  }
  for (std::uint32_t s = 0; s < rows_.size(); ++s) {
    for (std::uint32_t p = 0; p < rows_[s].size(); ++p) {
      if (!rows_[s][p].none()) touched_.emplace_back(s, p);
    }
  }
  for (auto& of_store : rows_) {
    for (Removed& gone : of_store) gone.count();
  }
  for (Removed& gone : of_generators_) gone.count();
  for (Removed& gone : of_recorders_) gone.count();
}

namespace {

bool mark_in(std::vector<Removed>& all, std::size_t among, std::size_t at, std::size_t size,
             std::size_t i) {
  if (all.empty()) all.resize(among);
  if (all[at].none()) all[at] = Removed(size);
  return all[at].mark(i);
}

}  // namespace

bool Removal::mark(const SynapsePosition& at) {
  if (at.store == kGeneratorStore) {
    const std::vector<GeneratorList>& lists = net_.synapses.of_generators;
    return mark_in(of_generators_, lists.size(), list_of(at), lists[list_of(at)].targets.size(),
                   element_of(at));
  }
  if (at.store == kRecorderStore) {
    const std::vector<RecorderList>& lists = net_.recording.lists;
    return mark_in(of_recorders_, lists.size(), list_of(at), lists[list_of(at)].nodes.size(),
                   element_of(at));
  }
  const std::vector<PartitionRows>& partitions = net_.synapses.stores[at.store]->partitions;
  return mark_in(rows_[at.store], partitions.size(), at.partition,
                 partitions[at.partition].targets.size(), at.offset);
}

void Removal::prepare() {
  std::vector<bool> concerned(rows_.size());
  for (std::size_t s = 0; s < rows_.size(); ++s) {
    concerned[s] = !rows_[s].empty();
    plastic_ |= concerned[s] && net_.synapses.stores[s]->plastic;
  }
  if (plastic_) net_.plasticity.settle();
  Layout(net_).settle_static(concerned);
  for (std::size_t i = 0; i < of_generators_.size(); ++i) {
    if (of_generators_[i].none()) continue;
    const GeneratorList& list = net_.synapses.of_generators[i];
    shorter_.emplace_back(i, without(list, of_generators_[i], net_.clock.now,
                                     net_.nodes.is_neuron(list.targets.front())));
  }
  recorded_ = recorded_synapses(net_);
  mark_lists_to_drop();
  mark_stores_to_drop();
}

// Those through which nothing will come any more.
void Removal::mark_lists_to_drop() {
  std::vector<GeneratorList>& of_generators = net_.synapses.of_generators;
  generator_lists_ = Removed(of_generators.size());
  auto changed = shorter_.cbegin();
  for (std::size_t i = 0; i < of_generators.size(); ++i) {
    const bool is_changed = changed != shorter_.cend() && changed->first == i;
    if (of_generators[i].targets.empty()) forget_past(of_generators[i], net_.clock.now);
    const GeneratorList& list = is_changed ? (changed++)->second : of_generators[i];
    if (list.targets.empty() && list.past.empty()) generator_lists_.mark(i);
  }
  generator_lists_.count();
  recorder_lists_ = Removed(net_.recording.lists.size());
  for (std::size_t i = 0; i < of_recorders_.size(); ++i) {
    if (of_recorders_[i].place(net_.recording.lists[i].nodes.size()) == 0) recorder_lists_.mark(i);
  }
  recorder_lists_.count();
}

// Stores without synapses, unless counts under way have their place in the sums.
void Removal::mark_stores_to_drop() {
  const std::size_t n = net_.synapses.stores.size();
  std::vector<bool> used(n);
  for (std::size_t s = 0; s < n; ++s) {
    const RowStore& store = *net_.synapses.stores[s];
    std::size_t left = store.synapses();
    for (std::size_t p = 0; p < rows_[s].size(); ++p) {
      const std::size_t here = store.partitions[p].targets.size();
      left -= here - rows_[s][p].place(here);
    }
    used[s] = left > 0 || !store.staged.empty();
  }
  for (Calendar& calendar : net_.synapses.calendars) {
    calendar.for_days([&](const CalendarDay& day) {
      if (!day.settled) return;
      for (const SettledCounts& run : day.settled->counts) used[run.store] = true;
    });
  }
  stores_ = Removed(n);
  for (std::size_t s = 0; s < n; ++s) {
    if (!used[s]) stores_.mark(s);
  }
  stores_.count();
}

SynapsePosition Removal::after(const SynapsePosition& at) const noexcept {
  constexpr SynapsePosition kGone{kRemovedStore, 0, 0};
  const auto in_lists = [&](const std::vector<Removed>& elements, const Removed& lists) {
    const std::size_t list = list_of(at), element = element_of(at);
    if (elements.empty() || elements[list].none()) {
      return device_position(at.store, lists.place(list), element);
    }
    if (elements[list].has(element)) return kGone;
    return device_position(at.store, lists.place(list), elements[list].place(element));
  };
  if (at.store == kRemovedStore) return at;
  if (at.store == kGeneratorStore) return in_lists(of_generators_, generator_lists_);
  if (at.store == kRecorderStore) return in_lists(of_recorders_, recorder_lists_);
  SynapsePosition now = at;
  if (!rows_[at.store].empty()) {
    const Removed& gone = rows_[at.store][at.partition];
    if (gone.has(at.offset)) return kGone;
    now.offset = gone.place(at.offset);
  }
  now.store = static_cast<std::uint32_t>(stores_.place(at.store));
  return now;
}

// Spikes that are paired when they arrive find those synapses that are left.
void Removal::shorten_arriving() noexcept {
  for (std::size_t p = 0; p < net_.synapses.calendars.size(); ++p) {
    net_.synapses.calendars[p].for_days([&](CalendarDay& day) {
      for (PendingPlasticRun& pending : day.arriving) {
        if (rows_[pending.run.store].empty()) continue;
        const Removed& gone = rows_[pending.run.store][p];
        const auto first = static_cast<std::uint32_t>(gone.place(pending.run.offset));
        const auto last =
            static_cast<std::uint32_t>(gone.place(pending.run.offset + pending.run.length));
        pending.run.offset = first;
        pending.run.length = last - first;
      }
      std::erase_if(day.arriving, [](const PendingPlasticRun& run) { return run.run.length == 0; });
    });
  }
}

void Removal::remove_from_rows() noexcept {
  std::atomic<std::size_t> next{0};
  workers_.run([&](int) {
    for (std::size_t i = next++; i < touched_.size(); i = next++) {
      const auto [s, p] = touched_[i];
      remove_synapses(net_.synapses.stores[s]->partitions[p], rows_[s][p],
                      net_.synapses.placement.node_of_slot[p].size());
    }
  });
}

void Removal::remove_from_lists() noexcept {
  for (auto& [i, list] : shorter_) net_.synapses.of_generators[i] = std::move(list);
  generator_lists_.remove_from(net_.synapses.of_generators);
  for (std::size_t i = 0; i < of_recorders_.size(); ++i) {
    if (!of_recorders_[i].none()) remove_from(net_.recording.lists[i], of_recorders_[i]);
  }
  recorder_lists_.remove_from(net_.recording.lists);
  const auto& lists = net_.recording.lists;
  net_.recording.releases =
      std::any_of(lists.begin(), lists.end(), [](const auto& list) { return !!list.releasing; });
}

// Runs under way know their stores by number.
void Removal::drop_stores() noexcept {
  const auto renumber = [&](auto& number) {
    number = static_cast<std::remove_reference_t<decltype(number)>>(stores_.place(number));
  };
  for (Calendar& calendar : net_.synapses.calendars) {
    calendar.for_days([&](CalendarDay& day) {
      for (PendingDeviceRun& pending : day.generators) renumber(pending.run.store);
      for (PendingRun& pending : day.neurons) renumber(pending.store);
      for (PendingPlasticRun& pending : day.plastic) renumber(pending.run.store);
      for (PendingPlasticRun& pending : day.arriving) renumber(pending.run.store);
      if (!day.settled) return;
      for (SettledCounts& counts : day.settled->counts) renumber(counts.store);
    });
  }
  stores_.remove_from(net_.synapses.stores);
  net_.synapses.groups = 0;
  for (auto& store : net_.synapses.stores) {
    if (store->homogeneous) store->group = net_.synapses.groups++;
    if (store->synapses() > 0 || !store->staged.empty()) continue;
    for (PartitionRows& rows : store->partitions) rows = {};
    store->source_count = 0;
  }
}

void Removal::commit() noexcept {
  for (ChosenSynapses* chosen : recorded_) {
    for (std::uint64_t& word : chosen->positions) {
      word = after(SynapsePosition::unpack(word)).packed();
    }
  }
  shorten_arriving();
  remove_from_rows();
  remove_from_lists();
  drop_stores();
  net_.plasticity.histories_may_end |= plastic_;
  net_.nodes.devices_changed = true;
  net_.synapses.changed();
  measure(net_);
}

}  // namespace tegmenta
