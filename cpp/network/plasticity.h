// Plastic synapses from the outside of the slice loop: preparing, committing before changes,
// reading. See docs/event-driven-core.md#reading-and-changes-from-outside.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "base/held.h"
#include "base/worker_team.h"
#include "network/catalog.h"
#include "network/clock.h"
#include "network/completion.h"
#include "network/nodes.h"
#include "network/recording.h"
#include "network/settings.h"
#include "network/synapse_stores.h"
#include "synapses/plastic_partition.h"

namespace tegmenta {

class Plasticity {
 public:
  /// What it is the plasticity of.
  struct Network {
    const Settings& settings;
    const Clock& clock;
    const Catalog& catalog;
    const Nodes& nodes;
    SynapseStores& synapses;
    Recording& recording;
    Completion& completion;
  };
  explicit Plasticity(const Network& network) : net_(network) {}

  std::vector<std::unique_ptr<PlasticPartition>> partitions;
  /// By synapse model. What was planned points into it, and models are added between runs: its
  /// elements stay where they are.
  std::deque<PlasticModelRuntime> models;
  int modulators = 0, reward_lines = 0;
  std::int64_t flush_window = 0;         // steps
  std::uint64_t watched_generation = 0;  // 0: traces have changed
  /// Synapses have gone: some neurons may have no plastic input any more.
  bool histories_may_end = false;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("partitions", self.partitions);
    visit("modulators", self.modulators);
    if constexpr (Visitor::kAsks == Asks::kDigest) {
      if (self.reward_lines != 0) visit("reward_lines", self.reward_lines);
    } else {
      visit.added("reward_lines", self.reward_lines);
    }
    visit("flush_window", self.flush_window);
    visit("histories_may_end", self.histories_may_end);
    visit.derived("models", self.models);
    if constexpr (Visitor::kAsks == Asks::kToSave) {
      visit("modulator_of_model", self.of_models(&PlasticModelRuntime::modulator));
      if (!self.partitions.empty()) visit("lines", self.partitions.front()->modulators);
      visit.added("reward_line_of_model", self.of_models(&PlasticModelRuntime::reward_line));
      if (!self.partitions.empty()) {
        visit.added("rewards", self.partitions.front()->reward_lines);
      }
    } else if constexpr (Visitor::kAsks == Asks::kToLoad) {
      std::vector<int> of_models;
      visit("modulator_of_model", of_models);
      for (const auto& partition : self.partitions) {
        if (!partition) visit.refuse("belongs to a partition that is not there");
      }
      if (!self.partitions.empty()) visit("lines", self.partitions.front()->modulators);
      std::vector<int> rewards_of_models;
      visit.added("reward_line_of_model", rewards_of_models);
      if (!self.partitions.empty()) {
        visit.added("rewards", self.partitions.front()->reward_lines);
      }
      if (!self.take_lines(of_models, rewards_of_models)) {
        visit.refuse("does not fit together");
      }
    }
  }

  const PlasticModelRuntime& model(const RowStore& store) const {
    return models[static_cast<std::size_t>(store.model)];
  }
  /// What was loaded fits the network that was loaded with it.
  bool loaded_fits() const;
  /// Makes of it what partitions hold. Throws OutOfMemory.
  void restore();
  /// Steps that histories and modulators reach back at least.
  std::int64_t horizon() const { return 2 * flush_window; }
  /// Tables, modulators and histories for what is connected.
  void prepare(WorkerTeam& workers);
  /// Histories end where time passes without plastic input. For a time that now begins.
  void end_histories();
  /// Makes the visits of spikes under way; their weights are kept until they are due.
  void settle();
  /// Brings every plastic synapse to the present, before something changes from outside.
  void commit(WorkerTeam& workers);
  bool has_something_to_commit() const {
    return !partitions.empty() && net_.synapses.has_plastic_rows();
  }
  /// Hands recorders the transmitted weights of spikes up to the step `until`; others wait.
  void record_transmitted(int parity, std::int64_t until);
  /// Common values of the models, into the stores.
  void update_uniform_columns();
  bool has_modulator(int model) const {
    const auto m = static_cast<std::size_t>(model);
    return m < models.size() && models[m].modulator >= 0;
  }
  /// A model's modulator, if it has one, is made anew at the next prepare(), with the model's
  /// dopamine.
  void restart_modulator(int model);
  /// A model without synapses makes room for another one.
  void forget_model(int model) noexcept {
    if (const auto m = static_cast<std::size_t>(model); m < models.size()) models[m] = {};
  }
  /// The same of a model's reward in continuous time: nothing of the transmitter that it had is
  /// left.
  void restart_reward_line(int model);
  double dopamine(int model) const;
  /// At time 0: no histories, and modulators anew with the dopamine of their models, or with what
  /// is given by model. To be followed by prepare().
  void restart(const std::vector<std::pair<std::size_t, double>>& dopamine);
  /// The presynaptic trace that synapses begin with.
  double first_trace(const SynapseModelEntry& entry) const;
  /// Histories and modulators as they follow the neurons to another placement.
  std::vector<std::unique_ptr<PlasticPartition>> at(const Placement& placement) const;
  VisitSetting visit_setting(std::size_t partition) const;
  /// Of visits whose spikes weight_recorders get.
  VisitSetting visit_setting(std::size_t partition, int parity);
  /// n synapses of a run, as they are now.
  void read(const RowStore& store, std::uint32_t partition, const SynapseInRow& first,
            std::size_t n, PlasticPartition::RunReading& reading) const;
  bool has_synapses() const { return net_.synapses.has_plastic_rows() || net_.recording.releases; }

 private:
  void settle_day(std::size_t partition, CalendarDay& day);
  /// By model: the index of its modulator, or of its reward line.
  std::vector<int> of_models(int PlasticModelRuntime::* line) const;
  /// Whether there are such models and modulators.
  bool take_lines(const std::vector<int>& modulator_of_model,
                  const std::vector<int>& reward_line_of_model);
  bool take_of_models(int PlasticModelRuntime::* line, const std::vector<int>& given, int lines,
                      std::size_t known);
  /// Steps after which a silent source is flushed, as things are now.
  std::int64_t wanted_window() const;
  /// Without what is under way.
  void commit_partition(std::size_t partition);
  void prepare_models(std::int64_t horizon, bool new_window);
  void prepare_store(RowStore& store) const;
  void prepare_stores() const;
  void prepare_modulator(std::size_t model, std::int64_t horizon, bool new_window);
  const RewardLine* line_of(NodeId transmitter, const PlasticPartition& p) const;
  void prepare_reward_line(std::size_t model, std::int64_t horizon, bool new_window);
  void prepare_partitions(std::int64_t horizon);
  void make_decay_tables(std::int64_t horizon);
  /// By slot: the neurons with plastic input that looks at their spikes.
  std::vector<bool> looked_at(std::size_t partition) const;
  /// Archives the spikes of neurons with plastic input, with the traces that they have now.
  void watch_traces();
  /// Keeps what synapses read of their targets.
  void watch_states(std::int64_t horizon);

  Network net_;
};

}  // namespace tegmenta
