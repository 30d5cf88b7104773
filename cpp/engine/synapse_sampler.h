// What synapse_recorders sample in one partition: states of chosen synapses at their sampling
// times, computed on copies. Nothing of a synapse is touched, and nobody else's work depends on it.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/views.h"
#include "models/synapses/synapse_model.h"
#include "recording/synapse_recorder.h"

namespace tegmenta {

class SynapseSampler {
 public:
  SynapseSampler(const EngineViews& network, int partition)
      : net_(network), partition_(static_cast<std::size_t>(partition)) {}

  /// The plastic synapses of a recorder that are here. places: positions in the recorder's list.
  void add(const SynapseRecorder& recorder, std::uint32_t device,
           const std::vector<std::uint32_t>& places);
  /// Those from neurons here to devices. They are up to date with the spikes.
  void add_releasing(const SynapseRecorder& recorder, std::uint32_t device,
                     const std::vector<std::uint32_t>& places);
  /// Spikes of the recorded rows whose visits are due after `now`.
  void find_pending(const Calendar& calendar, std::int64_t now);

  /// A plastic row has got a spike; slice_begin: what was due before has been visited.
  void spike(std::uint16_t store, std::uint32_t row, const PendingVisit& visit,
             std::int64_t slice_begin);
  /// All that happens at `step` is known. slice_end: what is due before it has been visited.
  void sample(std::int64_t step, std::int64_t slice_end, int parity);
  /// … in synapses to devices: their samples wait to be handed over, because those of the slice
  /// before may still be read.
  void sample_releasing(std::int64_t step);
  void hand_over_releasing(int parity);

  /// One recorder's samples of one slice: [time][synapse here][value].
  struct Share {
    std::uint32_t device;
    std::vector<std::uint32_t> places;
    std::vector<double> samples[2];  // by parity of the slice: one is read, one is written
  };
  auto& shares() { return recordings_; }

 private:
  /// A share, and how its samples come about.
  struct Recording : Share {
    struct Synapse {
      std::uint32_t row;  // of rows_; of no meaning where it releases
      const RowStore* store;
      const PartitionRows* rows;
      SynapseInRow at;
      const std::vector<SynapseRecordable>* values;
    };
    bool releasing = false;
    const SynapseRecorder* recorder;
    DeviceWindow window;
    std::int64_t next;  // sampling time
    std::vector<Synapse> synapses;
    std::unordered_map<const SynapseModel*, std::vector<SynapseRecordable>> values;
    std::vector<double> taken;  // of those that release
  };
  Recording& begin(const SynapseRecorder& recorder, std::uint32_t device,
                   const std::vector<std::uint32_t>& places);
  static const std::vector<SynapseRecordable>* values_of(Recording& recording,
                                                         const SynapseModel& model);
  /// Whether a recording has a sample at `step`; its next one is then a later one.
  bool is_due(Recording& recording, std::int64_t step) const;
  void read(const Recording::Synapse& synapse, std::span<const PendingVisit> pending,
            std::int64_t step, std::vector<double>& samples) const;
  /// A row that has recorded synapses.
  struct Row {
    std::uint32_t longest;              // delay in steps of its recorded synapses
    std::vector<PendingVisit> pending;  // of these; ascending
  };
  void add_pending(const PendingPlasticRun& run);
  static std::uint64_t key(std::uint16_t store, std::uint32_t row) {
    return std::uint64_t{store} << 32 | row;
  }

  EngineViews net_;
  std::size_t partition_;
  std::vector<Recording> recordings_;
  std::vector<Row> rows_;
  std::unordered_map<std::uint64_t, std::uint32_t> row_at_;  // key → index of rows_
};

}  // namespace tegmenta
