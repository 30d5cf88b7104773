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

void make_room_for_past(GeneratorList& list, std::int64_t now) {
  std::erase_if(list.past, [&](const GeneratorList::Past& past) {  // all has arrived
    const std::uint32_t most = *std::max_element(past.delays.begin(), past.delays.end());
    return past.until + most + 2 < now;
  });
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

}  // namespace tegmenta
