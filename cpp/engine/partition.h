// A partition at work: its neurons, its input rows, what devices send to it, the spikes it emits.
// Owned by one worker; nobody else writes here.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/aligned.h"
#include "compiled/compiled_neuron.h"
#include "engine/device_input.h"
#include "engine/due_groups.h"
#include "engine/frozen_lanes.h"
#include "engine/releases.h"
#include "engine/spike_list.h"
#include "engine/synapse_sampler.h"
#include "engine/views.h"
#include "recording/recorders.h"
#include "synapses/calendar.h"

namespace tegmenta {

/// A multimeter's share of a chunk.
struct MeterShare {
  static constexpr int kCalcium = -1;

  const Sampler* meter;
  std::vector<std::uint32_t> lanes;
  std::vector<int> states;  // of the model, or kCalcium
};

struct ChunkState {
  Chunk place;
  Population* population = nullptr;
  const CompiledNeuron* compiled = nullptr;  // null: its model is built in
  bool scalar = false;
  bool counting = false;
  int ports = 0;                   // 0: excitatory and inhibitory input instead
  bool signed_ports = false;       // each has two rows of inputs
  int rows = 2;                    // of inputs
  std::vector<ChunkInput> inputs;  // in the order of sums
  std::vector<bool> currents;      // by receptor, whether there are some
  bool sampled = false;            // synapses read states when its neurons fire

  /// The rows that weights > 0 and others go to; receptor: the port, from 1 on.
  std::pair<int, int> rows_of(int receptor) const {
    if (ports == 0) return {0, 1};
    const int port = receptor - 1;
    return signed_ports ? std::pair(2 * port, 2 * port + 1) : std::pair(port, port);
  }
  std::vector<MeterShare> meters;
  AlignedVector<std::uint32_t> multiplicity;  // [step][lane of chunk]
};

/// Rows of (meter, step, sender, values …) of one slice.
struct SampleList {
  struct Row {
    const Sampler* meter;
    std::int64_t step;
    NodeId sender;
    std::uint32_t values;  // position of the first
  };
  /// A concentration of calcium that is still to be worked out, once the spikes of its step count.
  struct Calcium {
    std::int64_t step;
    const Population* population;
    std::uint32_t lane;
    std::uint32_t value;  // position
  };
  std::vector<Row> rows;
  std::vector<double> values;
  std::vector<Calcium> calcium;
};

class PartitionState {
 public:
  /// A neuron that cannot go on, or synapses of one.
  struct Failure {
    std::int64_t step;
    NodeId node;
    Error error;

    bool before(const Failure& other) const {
      return step != other.step ? step < other.step : node < other.node;
    }
  };

  PartitionState(const EngineViews& network, int index);

  /// Makes room for slices of up to `steps` steps.
  void reserve(int steps);
  void begin_run();
  void plan_rows();
  /// Input and neurons go through a slice: all of its input first, or, where synapses pair at the
  /// arrival of spikes, step by step, so that they find the post spikes before.
  void advance(std::int64_t origin, int steps, int parity);
  /// Brings the rewards in continuous time to that step.
  void advance_rewards(std::int64_t step);
  /// Whether it looks only at neurons that have something to do.
  bool walks_due() const { return due_.has_value(); }
  /// Of one that does: no step before has anything to do.
  std::int64_t next_step() const;
  DueDays due_days;
  std::int64_t next_flush = -1;  // no source has its turn before
  /// Calls work(); synapses that it finds with states that are not finite are a failure of `step`.
  template <typename F>
  void note_synapses(std::int64_t step, int parity, F&& work) {
    try {
      work();
    } catch (const SynapseFailure& found) {
      note_failure({step, found.source, found}, parity);
    }
  }

  int index() const { return index_; }
  /// Rows of the plan are for spikes that were under way when it was made.
  bool plans_for_settled() const {
    return std::any_of(count_rows_.begin(), count_rows_.end(),
                       [](const CountRow& row) { return !row.rows; });
  }
  /// Bytes of input rows that one step takes.
  std::size_t bytes_per_step() const;
  std::vector<ChunkState> chunks;
  SpikeList spikes[2];
  Releases releases;
  SampleList samples[2];
  std::optional<Failure> failed[2];
  std::uint64_t synaptic_events = 0;
  std::size_t agenda_at = 0;
  std::int64_t run_end = 0;                      // the last step of the run
  std::atomic<std::int64_t> bytes_under_way{0};  // of its calendar, where a guard asks for it
  bool needs_sums = false;

  /// Stores that have rows here.
  struct RowsHere {
    std::uint16_t store;
    NodeId source_low;
    std::uint32_t source_count;
    const PartitionRows* rows;
  };
  std::vector<RowsHere> rows_here;
  /// Those of neurons that a weight_recorder listens to.
  std::vector<RowsHere> recorded_rows;
  /// The plastic ones among the stores with rows here, and the partition's plasticity.
  struct PlasticRowsHere {
    std::uint16_t store;
    RowStore* owner;
    PartitionRows* rows;
    const PlasticModelRuntime* runtime;
  };
  std::vector<PlasticRowsHere> plastic_rows;
  PlasticPartition* plastic = nullptr;
  /// Where synapses of this partition are recorded.
  std::unique_ptr<SynapseSampler> sampler;

 private:
  struct CountRow {
    std::uint32_t store;
    double weight;
    std::uint8_t receptor;  // the port that it is for, from 1 on; 0: none
    /// Null: the row is there for spikes under way, sent when the store had this weight; all its
    /// counts are wide.
    const PartitionRows* rows;
    AlignedVector<std::uint16_t> counts;             // [step][slot]
    std::vector<AlignedVector<std::uint64_t>> wide;  // [step], when 16 bits could overflow
    std::vector<std::uint8_t> wide_used;             // [step]
    std::vector<std::uint64_t> load;                 // [step]: most that any target can have got
    /// Runs of one step whose masks are added together.
    static constexpr int kMostMasks = 15;
    const std::uint64_t* masks[kMostMasks];
    int masks_waiting = 0;
  };

  /// Steps of a slice: [first, last), counted from its begin.
  struct Stretch {
    std::int64_t origin;
    int first, last;
    int steps() const { return last - first; }
  };
  void begin_slice(std::int64_t origin, int steps, int parity);
  void deliver(const Stretch& stretch, int parity);
  void update(const Stretch& stretch, int parity);
  void flush_arrived(std::int64_t step, int parity);
  /// What a block points to.
  struct BlockColumns {
    std::vector<double*> state;
    std::vector<const double*> coefficient;
    std::vector<const double*> row, current;
  };
  void update_lanes(ChunkState& chunk, std::uint32_t lane, const Stretch& stretch, int parity);
  bool can_walk_due() const;
  void plan_due();
  void hear(const CalendarDay& day, int lag);
  bool has_something_due(std::int64_t origin, int lag) const;
  void find_due_day(std::int64_t step);
  void update_due(const Stretch& stretch, int parity);
  void end_lags_before(int lag, int parity);
  std::int64_t update_group(ChunkState& chunk, std::size_t group, std::int64_t origin, int lag,
                            int parity);
  void record_lag(std::size_t first, std::int64_t step, int parity);
  void update_block(const ChunkState& chunk, NeuronUpdate vectors, const NeuronBlock& block);
  void set_aside(const ChunkState& chunk, FrozenLanes& frozen, const NeuronBlock& block);
  NeuronBlock block_of(const ChunkState& chunk, std::uint32_t lane);
  void move_to(NeuronBlock& block, ChunkState& chunk, std::uint32_t lane, std::int64_t origin,
               int first, int count);
  void find_sampled();
  /// Keeps what synapses read of the neurons of a block that have fired in a step.
  void sample_fired(const ChunkState& chunk, const NeuronBlock& block, std::uint32_t lane,
                    std::int64_t stamp);
  int steps_together(const ChunkState& chunk, std::int64_t origin, int first, int steps) const;
  /// Where what is positive and what is not are added up.
  struct SumRows {
    double* excitatory;
    double* inhibitory;
  };
  /// The sums of a step that a channel goes to, to be added to.
  SumRows sums(std::uint8_t channel, int lag);
  void deliver_run(const PendingRun& run, int lag, double factor, bool from_generator);
  void deliver_plastic(const PendingPlasticRun& pending, const PendingPlasticRun* next, int lag,
                       int parity);
  void deliver_settled(const std::vector<SettledRun>& runs, int lag);
  void deliver_settled(const SettledCounts& run, int lag);
  void prefetch(const PendingRun& run) const;
  bool deliver_mask(const PendingRun& run, int lag);
  void add_masks(CountRow& row, int lag);
  AlignedVector<std::uint64_t>& wide_row(CountRow& row, int lag);
  std::uint64_t& load(CountRow& row, int lag);
  std::set<std::pair<std::uint32_t, double>> settled_counts() const;
  bool has_settled_sums() const;
  void plan_inputs();
  void spill(CountRow& row, int lag);
  void take_sums(const ChunkState& chunk, int lanes, std::size_t lag, std::size_t slot, int s);
  void take_counts(const ChunkState& chunk, int pair, std::size_t lag, std::size_t slot, int s,
                   int lanes);
  void forget_input(std::size_t lag);
  void take_wide_counts(const ChunkState& chunk, int pair, std::size_t lag, std::size_t slot, int s,
                        int lanes);
  bool is_counted(const CountRow& row, const ChunkState& chunk, int pair) const;
  /// The inputs of a row in a step of the block.
  double* input(int row, int s) {
    return inputs_.data() + static_cast<std::size_t>(row * kBlockCells + s * block_lanes_);
  }
  double* input(int row) { return input(row, 0); }
  void gather(ChunkState& chunk, std::uint32_t lane, int lanes, std::int64_t origin, int first,
              int steps);
  InputSetting input_setting(const ChunkState& chunk) const;
  void add_input(ChunkState& chunk, ChunkInput& input, const InputBlock& block);
  void add_poisson(const ChunkState& chunk, const DenseInput& input, const InputBlock& block);
  void draw_dense(const PoissonTable& table, const DenseInput& input, const Population& population,
                  std::uint32_t lane, int lanes, std::uint32_t from, std::uint32_t to,
                  std::int64_t stamp, int steps, bool whole, double* out);
  void add_current(const ChunkState& chunk, DenseInput& input, const InputBlock& block);
  void settle(const NeuronBlock& block, int columns) const;
  bool feeds_plastic(NodeId source) const;
  void note_failure(const Failure& found, int parity);
  void note_failure(const NeuronBlock& block, const NeuronModel& model, int parity);
  void sample(ChunkState& chunk, std::uint32_t lane, int lanes, std::int64_t stamp, int parity);
  Error unstable_calcium(NodeId id, std::int64_t stamp, double calcium) const;
  Error instability(NodeId id, std::int64_t stamp, const std::string& what) const;
  Error too_many_spikes(const SpikeEntry& spike, std::int64_t stamp) const;
  bool nobody_fired(const Stretch& stretch) const;
  void compress(const Stretch& stretch, int parity);
  void release(std::int64_t origin, int lag, int parity);
  void sample_calcium(std::int64_t stamp, int parity, std::size_t& next);
  void list_fired(const ChunkState& chunk, int lag, SpikeList& list) const;
  void record_fired(ChunkState& chunk, const SpikeEntry& spike, std::int64_t step, int parity);

  EngineViews net_;
  int index_;
  std::size_t slots_;
  int capacity_ = 0;
  /// Rows of inputs: one for what is positive and one for the rest, also of each port, or one a
  /// port. They come in pairs; as many as the neurons that need most have.
  int rows_ = 2;
  /// Neurons of the network have ports for weights of both signs: of all ports there are two sums.
  bool signed_ports_ = false;
  AlignedVector<double> sums_;            // [step][row][slot]
  std::vector<std::uint8_t> has_sums_;    // [step]
  std::vector<std::uint8_t> has_counts_;  // [step]
  std::vector<CountRow> count_rows_;      // by order of groups
  std::vector<int> count_row_of_store_;   // -1: none
  AlignedVector<std::uint8_t> fired_;     // [step][slot / 8]
  std::size_t fired_stride_ = 0;
  std::size_t next_calcium_ = 0;  // the first sample that is still to be worked out
  bool step_by_step_ = false;

  std::optional<DueGroups> due_;  // where all neurons say when they are due
  int ended_ = 0;                 // of its lists of spikes, lags before are complete

  // One block's inputs: [step of the block][lane of the block].
  int block_lanes_ = kBlockLanes;
  AlignedVector<double> inputs_;                 // [row], as the next
  std::vector<AlignedVector<double>> currents_;  // by receptor
  AlignedVector<double> drawn_;
  std::vector<simd::CountedInput> counted_;  // the count rows in one step of a block
  BlockColumns columns_;
  compiled::Workspace workspace_;
};

}  // namespace tegmenta
