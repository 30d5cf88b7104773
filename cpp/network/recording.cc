#include "network/recording.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "recording/recorders.h"

namespace tegmenta {

// Weights that were transmitted since the last call go to their recorders by time, source, target,
// time of arrival and synapse, once all those of their time are known: in an order that depends
// neither on partitions nor on slices. Those of plastic synapses are known when they arrive, or
// earlier where a run ends; those of others when they are sent.
void Recording::take_transmitted(int parity, std::int64_t until, const Catalog& catalog,
                                 const Nodes& nodes, const TimeGrid& grid) {
  const auto recorder_of = [&](const TransmittedWeight& t) -> WeightRecorder* {
    const NodeId id = catalog.synapses[t.model].weight_recorder;
    if (id == 0) return nullptr;
    auto& recorder = *nodes.device_of(id).as<WeightRecorder>();
    const bool wanted =
        recorder.records(t.stamp, recorder.window(grid)) && recorder.wants(t.source, t.target);
    return wanted ? &recorder : nullptr;
  };
  const auto earlier = [](const TransmittedWeight& a, const TransmittedWeight& b) {
    return std::tie(a.stamp, a.source, a.target, a.due, a.store, a.offset) <
           std::tie(b.stamp, b.source, b.target, b.due, b.store, b.offset);
  };
  std::vector<TransmittedWeight> rows = waiting;
  const auto known = static_cast<std::ptrdiff_t>(rows.size());
  for (const TransmittedLists& lists : transmitted) {
    for (const TransmittedWeight& t : lists.by_parity[parity]) {
      if (recorder_of(t)) rows.push_back(t);
    }
  }
  std::stable_sort(rows.begin() + known, rows.end(), earlier);
  std::inplace_merge(rows.begin(), rows.begin() + known, rows.end(), earlier);
  const auto complete =
      std::find_if(rows.begin(), rows.end(), [&](const auto& t) { return t.stamp > until; });
  std::map<WeightRecorder*, std::size_t> needs;
  for (auto t = rows.begin(); t != complete; ++t) ++needs[recorder_of(*t)];
  for (const auto& [recorder, n] : needs) recorder->buffer().reserve({n});
  {
    HeldBuffer held;
    for (auto t = rows.begin(); t != complete; ++t) {
      WeightRecorder& recorder = *recorder_of(*t);
      const double values[] = {static_cast<double>(t->target), t->weight, t->receptor,
                               static_cast<double>(t->port)};
      held.hold(recorder.buffer());
      recorder.buffer().append(t->stamp, t->source, 0, values);
    }
  }
  rows.erase(rows.begin(), complete);
  waiting = std::move(rows);
  for (TransmittedLists& lists : transmitted) lists.by_parity[parity].clear();
}

}  // namespace tegmenta
