// How time passes: the slice loop: deliver, update, exchange, enqueue. See
// docs/architecture.md#one-slice-of-time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/watch.h"
#include "base/work_per_thread.h"
#include "base/worker_team.h"
#include "engine/by_node.h"
#include "engine/partition.h"
#include "engine/run_guard.h"
#include "engine/run_report.h"
#include "engine/thread_choice.h"
#include "engine/views.h"
#include "models/devices/stimulators.h"
#include "recording/recorders.h"
#include "recording/synapse_recorder.h"

namespace tegmenta {

/// A spike of a spike_generator in the run that is going on.
struct AgendaEntry {
  std::int64_t stamp;
  NodeId source;
  std::uint32_t multiplicity;
  double factor;
  double offset_ms;
};

/// How many steps, of `most`, a slice may have, where one of `steps` took that long: an abort waits
/// for its end.
int next_pace(int steps, std::chrono::steady_clock::duration took, int most);

class Engine {
 public:
  explicit Engine(const EngineViews& network) : net_(network) {}

  /// Plans anew what has changed: rows, plasticity and coefficients are up to date. Throws
  /// Cancelled.
  void prepare(WorkerTeam& workers, Watch& watch);
  /// Works out what a run of `steps` from now on needs besides.
  void ready(std::int64_t steps);
  /// Advances by `steps` that are ready, or until `cancel`, or until memory is short: there is none
  /// for what is to be recorded next, which is the error returned, or completing a slice has taken
  /// of the network's reserve; or until a limit is exceeded, which is the error returned, too. Then
  /// all is as after a run that was cancelled there. The network's
  /// time follows slice by slice. If it throws, the state is inconsistent.
  std::exception_ptr advance(std::int64_t steps, const ProgressCallback& progress,
                             const std::atomic<bool>& cancel, const RunLimits& limits,
                             RunReport& report);

 private:
  class Course;
  void plan_partitions();
  void plan_device_inputs();
  void plan_recording();
  /// (list of recorders, one more of them) → the list that has both.
  using ExtendedLists = std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>;
  void plan_spikes(NodeId id, std::uint32_t device, ExtendedLists& extended);
  void plan_samples(NodeId id, const Sampler* meter);
  void plan_poisson_recording();
  void plan_recording_room();
  void plan_modulators();
  void plan_rewards();
  bool records_arrivals() const;
  void plan_synapse_samples();
  void plan_time(std::int64_t steps);
  void make_agenda(std::int64_t steps);
  const PartitionState::Failure* first_failure(int parity) const;
  /// The partitions of one of some workers.
  struct Share {
    int worker, workers;
  };
  template <typename Each>
  void for_share(Share share, Each&& each);
  std::ptrdiff_t busy_partitions() const;
  void slice(Share share, std::int64_t origin, int steps, int parity);
  /// What follows a slice's barrier: its spikes and its dopamine, to the partitions of a worker.
  void exchange(Share share, std::int64_t origin, int steps, int parity);
  /// Tells the guard what spikes under way take.
  void note_bytes(Share share);
  bool is_quiet(int parity) const;
  /// Whether steps in which nothing is due may be passed over; the next from `step` on, at most
  /// `last`, in which something is.
  bool can_pass_over() const;
  std::int64_t next_step(std::int64_t step, std::int64_t last) const;
  void enqueue_generators(PartitionState& p, std::int64_t origin, int steps);
  void enqueue_neurons(PartitionState& p, std::int64_t origin, int steps, int parity);
  void modulate(PartitionState& p, std::int64_t origin, int steps, int parity);
  void send_rewards(PartitionState& p, std::int64_t origin, int steps, int parity);
  void list_transmitted(PartitionState& p, const SpikeEntry& spike, std::int64_t stamp, int later);
  void enqueue_plastic(PartitionState& p, const SpikeEntry& spike, std::int64_t stamp,
                       std::int64_t slice_begin);
  std::int64_t next_flush(PartitionState& p, std::int64_t step) const;
  bool flushes_within(PartitionState& p, std::int64_t first, std::int64_t last) const;
  void flush_silent(PartitionState& p, std::int64_t step, int parity);
  void reserve_recording(std::int64_t origin);
  void record(std::int64_t origin, int steps, int parity);
  void record_spike(NodeId sender, std::int64_t stamp, std::uint32_t multiplicity, double offset_ms,
                    HeldBuffer& held);
  void record_at(std::uint32_t device, NodeId sender, std::int64_t stamp,
                 std::uint32_t multiplicity, double offset_ms, HeldBuffer& held);
  void record_poisson(std::int64_t stamp, HeldBuffer& held);
  void record_samples(std::int64_t origin, int steps, int parity);
  void record_synapses();
  double recorded_current(const CurrentGenerator& generator, std::uint32_t device,
                          std::int64_t step) const;
  int slice_limit() const;

  EngineViews net_;
  WorkerTeam* workers_ = nullptr;  // those of the last prepare()
  std::vector<std::unique_ptr<PartitionState>> partitions_;
  std::uint64_t planned_generation_ = 0;
  int planned_modulators_ = 0, planned_rewards_ = 0;
  std::vector<AgendaEntry> agenda_;
  int slice_steps_ = 1;
  ThreadChoice choice_{work_per_thread() > 0};
  int pace_ = 1;  // steps of slices, by how long they take; kept as long as the network is the same

  /// recorders_of_[id] indexes recorder_lists_; 0: none.
  std::vector<std::uint32_t> recorders_of_;
  std::vector<std::vector<std::uint32_t>> recorder_lists_;  // device indices
  /// By device index; null: no recorder of spikes.
  struct RecordingSink {
    SpikeSink* recorder = nullptr;
    DeviceWindow window = {};
  };
  std::vector<RecordingSink> sinks_;
  /// Poisson generators connected to recorders.
  struct PoissonRecording {
    const GeneratorList* projection;
    const PoissonGenerator* generator;
  };
  std::vector<PoissonRecording> poisson_recordings_;
  /// What a recorder can get in a step at most; entries of the agenda come on top.
  struct RecordedRows {
    std::uint32_t device = 0;
    std::size_t rows = 0;
    bool counts = false, agenda = false;
  };
  std::vector<RecordedRows> recorded_rows_;
  std::int64_t slices_with_room_ = 0;  // which all recorders have room for
  struct DeviceMeter {
    const Sampler* meter;
    const CurrentGenerator* generator;
    std::uint32_t device;  // index of the generator
  };
  std::vector<DeviceMeter> device_meters_;
  /// Where the spikes of a node go as dopamine.
  struct Release {
    int modulator;
    std::uint32_t delay;
  };
  ByNode<Release> modulated_by_;
  /// By the device index of a transmitter that gets spikes through synapses with states.
  std::unordered_map<std::uint32_t, std::vector<int>> modulators_of_;
  /// Where they go as reward.
  struct RewardPath {
    int line;
    std::uint32_t delay;
    std::uint32_t receptor;
    double weight;
  };
  ByNode<RewardPath> rewarded_by_;
  bool records_weights_ = false;
  std::vector<Sampler*> meters_;  // connected ones that record something
  std::vector<double> sample_values_;
  /// synapse_recorders, and of each the weights of its synapses that are not plastic.
  struct SynapseRecording {
    SynapseRecorder* recorder;
    std::uint32_t device;
    DeviceWindow window;
    std::vector<std::pair<std::uint32_t, double>> constants;  // place in the list, weight
  };
  std::vector<SynapseRecording> synapse_recordings_;
  /// The slice whose samples of synapses are to be collected: they are complete once all workers
  /// have passed the next barrier.
  struct {
    std::int64_t origin = 0;
    int steps = 0;
    int parity = 0;
  } sampled_;
};

}  // namespace tegmenta
