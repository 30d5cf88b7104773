// Spikes under way keep the weights with which they were sent: before a weight is set, what is
// pending in its store is worked out with the old ones. Whether that is done makes no difference to
// what arrives, to the last bit.
#include <algorithm>
#include <iterator>
#include <utility>

#include "kernel/layout.h"
#include "models/numbers.h"

namespace tegmenta {

namespace {

std::vector<NodeId> targets_of(const PendingRun& run, const PartitionRows& rows,
                               const AlignedVector<NodeId>& nodes) {
  std::vector<NodeId> targets(run.length);
  for (std::uint32_t i = 0; i < run.length; ++i) targets[i] = nodes[rows.targets[run.offset + i]];
  return targets;
}

SettledRun settled_run(const PendingRun& run, double factor, const RowStore& store,
                       std::uint32_t partition, const AlignedVector<NodeId>& nodes) {
  SettledRun settled{run.channel, targets_of(run, store.partitions[partition], nodes), {}};
  if (run.channel == kChannelCount) {
    settled.weights.assign(run.length, run.multiplicity);
    return settled;
  }
  settled.weights.resize(run.length);
  store.copy_weights(partition, run.offset, run.length, settled.weights.data());
  const double scale = factor * run.multiplicity;
  for (double& weight : settled.weights) weight *= scale;
  return settled;
}

// The part of a settled run from target i on that goes to one partition.
std::size_t end_of_part(const std::vector<NodeId>& targets, std::size_t i,
                        const Placement& placement) {
  const std::uint32_t partition = placement.place[targets[i]] >> 16;
  while (i < targets.size() && placement.place[targets[i]] >> 16 == partition) ++i;
  return i;
}

template <typename T>
std::vector<T> part_of(const std::vector<T>& all, std::size_t from, std::size_t to) {
  return {all.begin() + static_cast<std::ptrdiff_t>(from),
          all.begin() + static_cast<std::ptrdiff_t>(to)};
}

template <typename T>
void append(std::vector<T>& to, std::vector<T>& more) noexcept {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

}  // namespace

void Layout::settle_static(const std::vector<bool>& stores) {
  for (std::uint32_t p = 0; p < net_.synapses.calendars.size(); ++p) {
    const AlignedVector<NodeId>& nodes = net_.synapses.placement.node_of_slot[p];
    net_.synapses.calendars[p].for_days([&](CalendarDay& day) {
      // Counts are settled in the stores alone; sums keep their order if all are settled.
      const auto stays = [&](const PendingRun& run) {
        return net_.synapses.stores[run.store]->homogeneous && !stores[run.store];
      };
      const bool concerned =
          std::any_of(day.generators.begin(), day.generators.end(),
                      [&](const PendingDeviceRun& g) { return stores[g.run.store]; }) ||
          std::any_of(day.neurons.begin(), day.neurons.end(),
                      [&](const PendingRun& run) { return stores[run.store]; });
      if (!concerned) return;
      SettledRuns more;
      for (const PendingDeviceRun& g : day.generators) {
        more.generators.push_back(
            settled_run(g.run, g.factor, *net_.synapses.stores[g.run.store], p, nodes));
      }
      for (const PendingRun& run : day.neurons) {
        const RowStore& store = *net_.synapses.stores[run.store];
        if (stays(run) || run.channel == kChannelIgnored) continue;
        if (store.homogeneous) {
          more.counts.push_back({run.store, store.weight, run.multiplicity,
                                 targets_of(run, store.partitions[p], nodes)});
        } else {
          more.neurons.push_back(settled_run(run, 1, store, p, nodes));
        }
      }
      SettledRuns& settled = day.make_settled();
      make_room(settled.generators, more.generators.size());
      make_room(settled.neurons, more.neurons.size());
      make_room(settled.counts, more.counts.size());
      append(settled.generators, more.generators);
      append(settled.neurons, more.neurons);
      append(settled.counts, more.counts);
      day.generators.clear();
      std::erase_if(day.neurons, [&](const PendingRun& run) { return !stays(run); });
      net_.nodes.devices_changed = true;
    });
  }
}

void Layout::move_settled(const Placement& placement, std::vector<Calendar>& to) const {
  // All runs to a target come from one partition: their order is kept.
  for (const Calendar& calendar : net_.synapses.calendars) {
    for (std::int64_t due = net_.clock.now; due < net_.clock.now + calendar.capacity(); ++due) {
      if (!calendar.day(due).settled) continue;
      const SettledRuns& settled = *calendar.day(due).settled;
      const auto settled_there = [&](NodeId target) -> SettledRuns& {
        return to[placement.place[target] >> 16].day(due).make_settled();
      };
      for (auto list : {&SettledRuns::generators, &SettledRuns::neurons, &SettledRuns::plastic}) {
        for (const SettledRun& run : settled.*list) {
          for (std::size_t i = 0, end; i < run.targets.size(); i = end) {
            end = end_of_part(run.targets, i, placement);
            (settled_there(run.targets[i]).*list)
                .push_back(
                    {run.channel, part_of(run.targets, i, end), part_of(run.weights, i, end)});
          }
        }
      }
      for (const SettledCounts& run : settled.counts) {
        for (std::size_t i = 0, end; i < run.targets.size(); i = end) {
          end = end_of_part(run.targets, i, placement);
          settled_there(run.targets[i])
              .counts.push_back(
                  {run.store, run.weight, run.multiplicity, part_of(run.targets, i, end)});
        }
      }
    }
  }
}

}  // namespace tegmenta
