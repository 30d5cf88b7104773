#include "kernel/reset_state.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/errors.h"
#include "kernel/layout.h"
#include "kernel/memory_used.h"
#include "models/declaration.h"
#include "models/devices/stimulator.h"
#include "recording/recorders.h"

namespace tegmenta {

namespace {

struct KeptName {
  const char* name;
  bool KeptByReset::* kept;
};
constexpr KeptName kKeptNames[] = {{"weights", &KeptByReset::weights},
                                   {"eligibility", &KeptByReset::eligibility},
                                   {"modulators", &KeptByReset::modulators},
                                   {"recorders", &KeptByReset::recorders}};

}  // namespace

KeptByReset kept_by_reset(const std::vector<std::string>& names) {
  KeptByReset keep;
  for (const std::string& name : names) {
    const auto known = std::find_if(std::begin(kKeptNames), std::end(kKeptNames),
                                    [&](const KeptName& each) { return each.name == name; });
    if (known == std::end(kKeptNames)) {
      std::vector<std::string> all;
      for (const KeptName& each : kKeptNames) all.emplace_back(each.name);
      throw unknown_name(ErrorKind::kBadParameterValue, "value", "ResetState can keep no", name,
                         all)
          .with("parameter", std::string("keep"));
    }
    keep.*known->kept = true;
  }
  return keep;
}

std::uint32_t seed_of_run(double seed) {
  if (kSeeds.contains(seed) && seed == std::floor(seed)) return static_cast<std::uint32_t>(seed);
  throw bad_value(ErrorKind::kBadParameterValue, "", "seed", seed,
                  "an integer in " + kSeeds.text());
}

namespace {

/// Calls f(store, rows) for all rows of plastic synapses, those of recorders' lists included.
template <typename F>
void for_plastic_rows(Network& network, F&& f) {
  for (auto& store : network.synapses.stores) {
    if (!store->plastic) continue;
    for (PartitionRows& rows : store->partitions) f(*store, rows);
  }
  for (RecorderList& list : network.recording.lists) {
    if (list.releasing) f(*list.releasing, list.releasing->partitions.front());
  }
}

double first_trace(const Network& network, const RowStore& store) {
  return network.plasticity.first_trace(network.catalog.synapse(store.model));
}

}  // namespace

void keep_initial_values(Network& network) {
  for (auto& population : network.nodes.populations) population->keep_initial();
  for_plastic_rows(network, [&](const RowStore& store, PartitionRows& rows) {
    rows.initial.keep(store, rows, first_trace(network, store));
  });
}

namespace {

class Reset {
 public:
  Reset(Network& network, const KeptByReset& keep) : net_(network), keep_(keep) {}

  void reset(std::optional<std::uint32_t> seed) {
    // Weights that are kept are those that would be read now.
    const auto dopamine = dopamine_kept();
    net_.commit_plasticity();
    net_.completion.complete([&] { begin_anew(seed, dopamine); });
    measure(net_);
  }

 private:
  using Dopamine = std::vector<std::pair<std::size_t, double>>;

  void begin_anew(std::optional<std::uint32_t> seed, const Dopamine& dopamine) {
    net_.clock.now = 0;
    if (seed) net_.settings.run_seed = seed;
    for (auto& population : net_.nodes.populations) population->restart();
    for (auto& device : net_.nodes.devices) device->restart(net_.clock.grid, keep_.recorders);
    clear_under_way();
    reset_rows();
    net_.plasticity.restart(dopamine);
    net_.nodes.devices_changed = true;
    net_.last_spikes = 0;
    net_.prepare_plasticity();
  }

  Dopamine dopamine_kept() const {
    Dopamine list;
    for (std::size_t m = 0; keep_.modulators && m < net_.plasticity.models.size(); ++m) {
      if (net_.plasticity.has_modulator(static_cast<int>(m))) {
        list.emplace_back(m, net_.plasticity.dopamine(static_cast<int>(m)));
      }
    }
    return list;
  }

  void clear_under_way() {
    for (Calendar& calendar : net_.synapses.calendars) {
      calendar.for_days([](CalendarDay& day) { day = {}; });
    }
    for (GeneratorList& list : net_.synapses.of_generators) {
      list.past.clear();
      list.created = list.since = 0;
    }
    net_.recording.waiting.clear();
    for (TransmittedLists& lists : net_.recording.transmitted) {
      for (auto& list : lists.by_parity) list.clear();
    }
  }

  void reset_rows() {
    std::vector<std::pair<RowStore*, PartitionRows*>> all;
    for_plastic_rows(
        net_, [&](RowStore& store, PartitionRows& rows) { all.emplace_back(&store, &rows); });
    WorkerTeam& team = net_.team();
    team.run([&](int worker) {
      for (std::size_t i = static_cast<std::size_t>(worker); i < all.size();
           i += static_cast<std::size_t>(team.size())) {
        reset_rows(*all[i].first, *all[i].second);
      }
    });
  }

  void reset_rows(const RowStore& store, PartitionRows& rows) const {
    const double trace = first_trace(net_, store);
    const auto fill = [](auto& list, auto value) { std::fill(list.begin(), list.end(), value); };
    fill(rows.row_time, std::int64_t{0});
    fill(rows.row_Kplus, trace);
    fill(rows.row_Kplus_triplet, 0.0);
    fill(rows.synapse_time, std::int64_t{0});
    fill(rows.synapse_created, std::int64_t{0});
    for (SourceTrain& train : rows.trains) train.restart();
    rows.initial.restore(store, rows, {!keep_.weights, !keep_.eligibility}, trace);
  }

  Network& net_;
  const KeptByReset& keep_;
};

}  // namespace

void reset_state(Network& network, const KeptByReset& keep, std::optional<std::uint32_t> seed) {
  network.team();
  Watch nobody;
  Layout(network).lay_out(nobody);
  network.prepare_plasticity();
  Reset(network, keep).reset(seed);
}

}  // namespace tegmenta
