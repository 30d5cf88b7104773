// Plasticity of one partition: histories of its neurons, its copy of the modulators, and the visits
// of its plastic rows. Owned by the partition's worker.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "plasticity/visit.h"
#include "synapses/calendar.h"
#include "synapses/row_store.h"
#include "synapses/transmitted_weights.h"

namespace tegmenta {

/// What all partitions share about one plastic synapse model while time passes.
struct PlasticModelRuntime {
  std::shared_ptr<const ExpTable> decay_plus, decay_triplet;
  RowTrace row_trace = RowTrace::kAll;
  int modulator = -1;    // index of the modulator that gates it
  int reward_line = -1;  // … or of the reward in continuous time
  /// Dopamine that its modulator is to begin with, where it is not the model's.
  std::optional<double> begins_with;
  bool records = false;  // a weight_recorder listens

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("modulator", self.modulator);
    visit("reward_line", self.reward_line);
    visit("records", self.records);
    visit.derived("decay_plus", self.decay_plus);
    visit.derived("decay_triplet", self.decay_triplet);
  }
};

/// Spikes of one neuron in one step that plastic synapses take: their work grows with each.
inline constexpr std::uint32_t kMostPlasticSpikes = 65535;

/// A spike of a row for which its synapses have not been visited yet.
struct PendingVisit {
  std::int64_t from;
  std::int64_t until;
  double Kplus;  // at `from`
  double Kplus_triplet;
  std::uint32_t spikes;
};

/// What visits of a partition need of the kernel.
struct VisitSetting {
  double h;
  std::uint32_t seed;
  const NodeId* target_ids;  // by slot
  /// Where what a visit transmits is listed, if it is recorded.
  std::vector<TransmittedWeight>* transmitted = nullptr;
};

class PlasticPartition {
 public:
  Histories histories;
  PostSamples samples;
  std::vector<std::unique_ptr<Modulator>> modulators;
  std::vector<std::unique_ptr<RewardLine>> reward_lines;
  VisitCounts counts;
  /// Synapses that pair at arrival have been paired with the post spikes of this step, too: the
  /// last in which something changed from outside.
  std::int64_t posts_done_at = -1;
  const simd::Kernels* simd = nullptr;  // the level in use

  /// Visits the run of a spike, or, where there is no memory for it, does not; what it sends is in
  /// sent() until the next visit: the weights, or, where the targets count spikes, the number that
  /// arrives. next: the run after it, if known.
  void visit_spike(const RowStore& store, PartitionRows& rows, const PendingPlasticRun& pending,
                   const PendingPlasticRun* next, const PlasticModelRuntime& runtime,
                   const VisitSetting& setting);
  /// Of synapses that pair at arrival: brings those of a row that were visited at `before` or
  /// earlier up to `until`, with post spikes up to posts_until.
  void flush_arrived(const RowStore& store, PartitionRows& rows, std::uint32_t row,
                     std::int64_t before, std::int64_t until, std::int64_t posts_until,
                     const PlasticModelRuntime& runtime, double h);
  /// Brings all runs of a row up to `until`, where no event is. row: index of the source.
  void flush_row(const RowStore& store, PartitionRows& rows, std::uint32_t row, std::int64_t until,
                 const PlasticModelRuntime& runtime, const VisitSetting& setting);
  /// One synapse as it would be at `until`, on a copy: weight, then the columns. pending: visits of
  /// its row that are still to be made, in order.
  struct Reading {
    double weight;
    double columns[kMostColumns];
    double Kplus, Kplus_triplet;
  };
  Reading read(const RowStore& store, const PartitionRows& rows, const SynapseInRow& synapse,
               std::span<const PendingVisit> pending, std::int64_t until,
               const PlasticModelRuntime& runtime, const VisitSetting& setting) const;

  /// The synapses [0, n) from `first` on, of one run, with no visits to be made: as read() gives
  /// them one by one.
  struct RunReading {
    AlignedVector<double> weights, Kplus, Kplus_triplet;
    AlignedVector<double> columns[kMostColumns];
    VisitScratch scratch;
  };
  void read_run(const RowStore& store, const PartitionRows& rows, const SynapseInRow& first,
                std::size_t n, std::int64_t until, const PlasticModelRuntime& runtime,
                const VisitSetting& setting, RunReading& reading) const;

  const double* sent() const { return sent_.data(); }
  void reserve(std::size_t longest_run);
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("histories", self.histories);
    if constexpr (Visitor::kAsks == Asks::kToSave || Visitor::kAsks == Asks::kDigest) {
      if (self.samples.any()) visit("samples", self.samples);
    } else {
      visit.added("samples", self.samples);
    }
    visit.restored("modulators", self.modulators);  // all partitions have the same
    visit.restored("reward_lines", self.reward_lines);
    visit.added("posts_done_at", self.posts_done_at);
    visit("counts", self.counts);
    visit.derived("sent", self.sent_);
    visit.derived("scratch", self.scratch_);
    visit.derived("each", self.each_);
  }

 private:
  template <typename T>
  VisitSynapses<T> view(const RowStore& store, PartitionRows& rows, std::uint64_t offset,
                        std::size_t n) const;
  VisitTools tools(const RowStore& store, const PlasticModelRuntime& runtime, double h) const;
  template <typename T>
  void read_state(const RowStore& store, const PartitionRows& rows, const SynapseInRow& synapse,
                  std::span<const PendingVisit> pending, const PlasticModelRuntime& runtime,
                  const VisitSetting& setting, VisitRow& at, Reading& state) const;
  template <typename T>
  void visit_rows(VisitKind kind, const RowStore& store, PartitionRows& rows, const Run& run,
                  VisitRow row, VisitTools tools);
  template <typename T>
  void prefetch(const RowStore& store, PartitionRows& rows, const PendingRun& run) const;
  template <typename T>
  void visit_arrived(VisitKind kind, const RowStore& store, PartitionRows& rows, const Run& run,
                     const SourceTrain& train, std::int64_t before, std::int64_t posts_until,
                     VisitRow row, VisitTools tools);
  Arrivals arrivals_of(const SourceTrain& train, std::int64_t created, std::int64_t from,
                       std::int64_t posts_until) const {
    return {train.by(created), created, from == posts_done_at ? from : from - 1, posts_until};
  }

  double* reserve_each(const PendingPlasticRun& pending, std::vector<TransmittedWeight>* list);
  void count_arrivals(const RowStore& store, const PendingPlasticRun& pending);
  void record_transmitted(const RowStore& store, const PartitionRows& rows,
                          const PendingPlasticRun& pending, const VisitSetting& setting);
  void read_one_by_one(const RowStore& store, const PartitionRows& rows, const SynapseInRow& first,
                       std::size_t n, std::int64_t until, const PlasticModelRuntime& runtime,
                       const VisitSetting& setting, RunReading& reading) const;

  AlignedVector<double> sent_;
  VisitScratch scratch_;
  std::uint64_t next_ = 0;    // where the run after the one visited begins
  std::vector<double> each_;  // VisitTools::each
};

/// New values of a row's traces after a spike or flush.
void advance_row(PartitionRows& rows, std::uint32_t row, std::int64_t until, std::uint32_t spikes,
                 const PlasticModelRuntime& runtime);

}  // namespace tegmenta
