#include "kernel/device_lists.h"

#include <algorithm>
#include <map>
#include <utility>

#include "kernel/synapse_access.h"
#include "models/numbers.h"
#include "synapses/device_position.h"
#include "synapses/row_removal.h"

namespace tegmenta {

namespace {

template <typename List>
ChangedList begin_change(const SynapsePosition& at, const List& list, std::size_t size,
                         bool weights, bool delays) {
  ChangedList changed{at.store, list_of(at), list.weights, list.delays};
  if (weights && !list.weights.empty()) changed.weights.resize(size, list.weights.front());
  if (delays) changed.delays.resize(size, list.delays.front());
  return changed;
}

}  // namespace

std::vector<ChangedList> changed_lists(Network& network, const SynapseList& list,
                                       const std::vector<double>& weights,
                                       const std::vector<std::uint32_t>& delays) {
  std::vector<ChangedList> changed;
  std::map<std::pair<std::uint32_t, std::size_t>, std::size_t> found;
  for (std::size_t i = 0; i < list.positions.size(); ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store != kGeneratorStore && at.store != kRecorderStore) continue;
    const bool weight = !weights.empty() && is_given(weights[i]);
    const bool delay = !delays.empty() && is_given(delays[i]);
    if (!weight && !delay) continue;
    const auto [where, is_new] = found.emplace(std::pair(at.store, list_of(at)), changed.size());
    if (is_new && at.store == kGeneratorStore) {
      GeneratorList& d = network.synapses.of_generators[list_of(at)];
      changed.push_back(begin_change(at, d, d.targets.size(), !weights.empty(), !delays.empty()));
      make_room_for_past(d, network.clock.now);
    } else if (is_new) {
      const RecorderList& r = network.recording.lists[list_of(at)];
      changed.push_back(begin_change(at, r, r.nodes.size(), !weights.empty(), !delays.empty()));
    }
    ChangedList& now = changed[where->second];
    if (weight && !now.weights.empty()) now.weights[element_of(at)] = weights[i];
    if (delay) now.delays[element_of(at)] = delays[i];
  }
  for (ChangedList& list_now : changed) {
    shrink_uniform(list_now.weights);
    shrink_uniform(list_now.delays);
  }
  return changed;
}

void forget_past(GeneratorList& list, std::int64_t now) noexcept {
  std::erase_if(list.past, [&](const GeneratorList::Past& past) {
    const std::uint32_t most = *std::max_element(past.delays.begin(), past.delays.end());
    return past.until + most + 2 < now;
  });
}

void make_room_for_past(GeneratorList& list, std::int64_t now) {
  forget_past(list, now);
  make_room(list.past, 1);
}

void change_list(Network& network, ChangedList&& changed) noexcept {
  network.nodes.devices_changed = true;
  if (changed.store == kRecorderStore) {
    RecorderList& r = network.recording.lists[changed.list];
    r.weights.swap(changed.weights);
    r.delays.swap(changed.delays);
    return;
  }
  const std::int64_t now = network.clock.now;
  GeneratorList& d = network.synapses.of_generators[changed.list];
  d.weights.swap(changed.weights);
  d.delays.swap(changed.delays);
  if (d.since < now) {
    d.past.push_back({d.since, now, std::move(changed.weights), std::move(changed.delays)});
  }
  d.since = now;
}

namespace {

// One value, or one a connection. A list of nothing has one, too.
template <typename T>
void shorten(std::vector<T>& values, const Removed& gone) {
  if (values.size() == 1) return;
  const T first = values.front();
  gone.remove_from(values);
  if (values.empty()) values.push_back(first);
  shrink_uniform(values);
}

}  // namespace

GeneratorList without(const GeneratorList& list, const Removed& gone, std::int64_t now,
                      bool targets_get) {
  GeneratorList left = list;
  if (targets_get) {
    forget_past(left, now);
    for (GeneratorList::Past& past : left.past) {
      if (past.targets.empty()) past.targets = list.targets;
    }
    if (left.since < now) {
      left.past.push_back({left.since, now, list.weights, list.delays, list.targets});
    }
  } else {
    left.past.clear();
  }
  left.since = now;
  gone.remove_from(left.targets);
  left.targets.shrink_to_fit();
  shorten(left.weights, gone);
  shorten(left.delays, gone);
  return left;
}

void remove_from(RecorderList& list, const Removed& gone) noexcept {
  constexpr std::size_t kSlots = 1;
  gone.remove_from(list.nodes);
  give_back(list.nodes);
  if (list.releasing) {
    remove_synapses(list.releasing->partitions[0], gone, kSlots);
  } else {
    shorten(list.weights, gone);
  }
  shorten(list.delays, gone);
}

}  // namespace tegmenta
