#include "kernel/port_use.h"

#include <algorithm>
#include <string>

#include "base/errors.h"
#include "models/devices/stimulators.h"
#include "recording/recorders.h"

namespace tegmenta {

namespace {

/// Finds the highest receptor that something reaches of some neurons.
class UsedPorts {
 public:
  UsedPorts(const Network& net, const Population& population)
      : net_(net), population_(population) {}

  int highest() {
    for (const auto& store : net_.synapses.stores) {
      see_rows(*store);
      for (const Projection& staged : store->staged) {
        see(staged.receptor, staged.pattern.synapse_targets());
      }
    }
    for (const GeneratorList& list : net_.synapses.of_generators) {
      if (!net_.nodes.devices[list.device]->as<PoissonGenerator>()) continue;
      see(list.receptor, list.targets);
      for (const GeneratorList::Past& past : list.past) see(list.receptor, list.targets_of(past));
    }
    for (const Calendar& calendar : net_.synapses.calendars) {
      calendar.for_days([&](const CalendarDay& day) {
        if (day.settled) see_settled(*day.settled);
      });
    }
    return highest_;
  }

 private:
  bool has(NodeId id) const {
    return id >= population_.first() && id - population_.first() < population_.size();
  }
  template <typename Ids>
  void see(int receptor, const Ids& ids) {
    if (receptor <= highest_) return;
    if (std::any_of(ids.begin(), ids.end(), [&](NodeId id) { return has(id); })) {
      highest_ = receptor;
    }
  }
  void see_rows(const RowStore& store) {
    for (std::size_t p = 0; p < store.partitions.size(); ++p) {
      const PartitionRows& rows = store.partitions[p];
      const auto& nodes = net_.synapses.placement.node_of_slot[p];
      for (const Run& run : rows.runs) {
        if (receptor_of(run.channel()) <= highest_) continue;
        const std::uint16_t* const targets = rows.targets.data() + run.offset;
        if (std::any_of(targets, targets + run.length,
                        [&](std::uint16_t slot) { return has(nodes[slot]); })) {
          highest_ = receptor_of(run.channel());
        }
      }
    }
  }
  void see_settled(const SettledRuns& runs) {
    for (const auto* list : {&runs.generators, &runs.neurons, &runs.plastic}) {
      for (const SettledRun& run : *list) see(receptor_of(run.channel), run.targets);
    }
    for (const SettledCounts& run : runs.counts) {
      see(net_.synapses.stores[run.store]->receptor, run.targets);
    }
  }

  const Network& net_;
  const Population& population_;
  int highest_ = 0;
};

// Throws where a multimeter records a state that goes.
void require_unrecorded(const Network& net, const Population& population, const NeuronModel& next) {
  for (const RecorderList& list : net.recording.lists) {
    const auto* const sampler = net.nodes.devices[list.device]->as<Sampler>();
    if (!sampler) continue;
    const bool of_these = std::any_of(list.nodes.begin(), list.nodes.end(), [&](NodeId id) {
      return id >= population.first() && id - population.first() < population.size();
    });
    if (!of_these) continue;
    const std::vector<std::string> known = recordables_of(next);
    for (const std::string& name : sampler->recorded()) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      throw bad_value(ErrorKind::kBadProperty, population.model_name(), "n_receptors",
                      static_cast<double>(next.ports),
                      "enough for " + name + ", which a multimeter records");
    }
  }
}

}  // namespace

void require_unused_ports(const Network& net, const Population& population,
                          const NeuronModel& next) {
  if (next.ports >= population.model().ports) return;
  const int used = UsedPorts(net, population).highest();
  if (used > next.ports) {
    throw bad_value(ErrorKind::kBadProperty, population.model_name(), "n_receptors",
                    static_cast<double>(next.ports),
                    "≥ " + std::to_string(used) + ", a receptor that connections end at");
  }
  require_unrecorded(net, population, next);
}

}  // namespace tegmenta
