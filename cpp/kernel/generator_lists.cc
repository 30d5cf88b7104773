#include "kernel/generator_lists.h"

#include <algorithm>
#include <map>
#include <utility>

#include "kernel/synapse_access.h"
#include "models/numbers.h"
#include "synapses/device_position.h"

namespace tegmenta {

std::vector<ChangedList> changed_lists(Network& network, const SynapseList& list,
                                       const std::vector<double>& weights,
                                       const std::vector<std::uint32_t>& delays) {
  std::vector<ChangedList> changed;
  std::map<std::size_t, std::size_t> found;
  for (std::size_t i = 0; i < list.positions.size(); ++i) {
    const SynapsePosition at = SynapsePosition::unpack(list.positions[i]);
    if (at.store != kGeneratorStore) continue;
    const bool weight = !weights.empty() && is_given(weights[i]);
    const bool delay = !delays.empty() && is_given(delays[i]);
    if (!weight && !delay) continue;
    GeneratorList& d = network.synapses.of_generators[list_of(at)];
    const auto [where, is_new] = found.emplace(list_of(at), changed.size());
    if (is_new) {
      changed.push_back({list_of(at), d.weights, d.delays});
      ChangedList& now = changed.back();
      if (!weights.empty()) now.weights.resize(d.targets.size(), d.weights.front());
      if (!delays.empty()) now.delays.resize(d.targets.size(), d.delays.front());
      make_room_for_past(d, network.clock.now);
    }
    ChangedList& now = changed[where->second];
    if (weight) now.weights[element_of(at)] = weights[i];
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
  const std::int64_t now = network.clock.now;
  GeneratorList& d = network.synapses.of_generators[changed.list];
  d.weights.swap(changed.weights);
  d.delays.swap(changed.delays);
  if (d.since < now) {
    d.past.push_back({d.since, now, std::move(changed.weights), std::move(changed.delays)});
  }
  d.since = now;
  network.nodes.devices_changed = true;
}

namespace {

// One value, or one a target. A list of nothing has one, too.
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

}  // namespace tegmenta
