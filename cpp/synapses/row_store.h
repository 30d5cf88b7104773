// The synapses, as rows. A store holds the synapses of one synapse model that keep their weights in
// the same way; a row is all its synapses from one source into one partition, sorted by delay,
// channel, target and order of creation; a run is the part of a row with one delay and channel.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/aligned.h"
#include "base/held.h"
#include "base/value.h"
#include "connect/projection.h"
#include "models/neuron_model.h"
#include "models/synapses/synapse_model.h"
#include "plasticity/source_train.h"
#include "synapses/initial_values.h"
#include "synapses/row_masks.h"

namespace tegmenta {

/// What a run does to its targets, where it is not the weighted input of a neuron.
enum Channel : std::uint8_t {
  kChannelCount = 1,    // a parrot's port 0: counts spikes, whatever their weight
  kChannelIgnored = 2,  // a parrot's port 1: accepted, no effect
  kChannelPort = 3,     // weighted input of the first receptor port; those of others follow
};
static_assert(kChannelPort + NeuronModel::kMostPorts <= 256);

constexpr bool is_port(std::uint8_t channel) { return channel >= kChannelPort; }
/// Ports count from 0.
constexpr int port_of(std::uint8_t channel) { return channel - kChannelPort; }
/// The receptor that users see.
constexpr int receptor_of(std::uint8_t channel) {
  if (is_port(channel)) return port_of(channel) + 1;
  return channel == kChannelIgnored ? 1 : 0;
}

/// How the targets in a slot take receptors.
enum class Receives : std::uint8_t { kInput, kCounts, kPorts };

inline Receives receives(const NeuronModel& model) {
  if (model.ports > 0) return Receives::kPorts;
  return model.counts_input ? Receives::kCounts : Receives::kInput;
}

struct Run {
  std::uint32_t offset;
  std::uint32_t length;
  std::uint32_t delay_channel;  // delay in steps << 8 | channel

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("offset", self.offset);
    visit("length", self.length);
    visit("delay_channel", self.delay_channel);
  }

  std::uint32_t delay() const { return delay_channel >> 8; }
  std::uint8_t channel() const { return static_cast<std::uint8_t>(delay_channel); }
};

/// Row (index of the source) and run of a synapse.
struct RowPlace {
  std::uint32_t row;
  std::uint32_t run;
};

/// Where a synapse is: its source and the index of its row, its run's delay and begin, its own
/// offset.
struct SynapseInRow {
  NodeId source;
  std::uint32_t row;
  std::uint32_t delay;
  std::uint64_t run_offset;
  std::uint64_t offset;
};

/// Most equal targets that follow each other; there are hardly ever any.
std::uint32_t longest_repeat(const std::uint16_t* targets, std::uint32_t n);

/// The rows of one store into one partition.
struct PartitionRows {
  /// Runs of source (source_low + i) are runs[row_begin[i]] … runs[row_begin[i + 1]].
  AlignedVector<std::uint32_t> row_begin;
  AlignedVector<Run> runs;
  AlignedVector<std::uint16_t> targets;  // slots
  AlignedVector<float> weights_float;    // one of the two, or none in a homogeneous store
  AlignedVector<double> weights_double;
  /// Most synapses that one source has onto one target with one delay and channel.
  std::uint32_t max_repeat = 0;
  /// By run; none in stores that are not homogeneous, or where lists are better.
  RowMasks masks;

  /// Plastic stores: the columns of the rule (empty where one value serves all), of the same
  /// precision as the weights.
  std::vector<AlignedVector<double>> columns_double;
  std::vector<AlignedVector<float>> columns_float;
  /// State of the rows: time of the last visit that was asked for, traces right after it.
  AlignedVector<std::int64_t> row_time;
  AlignedVector<double> row_Kplus, row_Kplus_triplet;
  /// The same a synapse, in a store whose rows are not uniform; as of the last visit made.
  AlignedVector<std::int64_t> synapse_time;
  AlignedVector<double> synapse_Kplus, synapse_Kplus_triplet;
  /// Of synapses that pair at arrival: by row the spikes of its source, by synapse when it was made
  /// (a step).
  std::vector<SourceTrain> trains;
  AlignedVector<std::int64_t> synapse_created;
  /// Plastic stores: weights and states as they were at first.
  InitialValues initial;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("row_begin", self.row_begin);
    visit("runs", self.runs);
    visit("targets", self.targets);
    visit("weights_float", self.weights_float);
    visit("weights_double", self.weights_double);
    visit("max_repeat", self.max_repeat);
    visit("columns_double", self.columns_double);
    visit("columns_float", self.columns_float);
    visit("row_time", self.row_time);
    visit("row_Kplus", self.row_Kplus);
    visit("row_Kplus_triplet", self.row_Kplus_triplet);
    visit("synapse_time", self.synapse_time);
    visit("synapse_Kplus", self.synapse_Kplus);
    visit("synapse_Kplus_triplet", self.synapse_Kplus_triplet);
    if constexpr (Visitor::kAsks == Asks::kDigest) {
      if (!self.trains.empty()) {
        visit("trains", self.trains);
        visit("synapse_created", self.synapse_created);
      }
    } else {
      visit.added("trains", self.trains);
      visit.added("synapse_created", self.synapse_created);
    }
    visit.kept("initial", self.initial);
    visit.derived("masks", self.masks);
  }

  RowPlace find(std::uint64_t offset) const;
  /// Bytes that delivery reads when every source spikes once: masks where there are some, else
  /// targets; weights; columns of a rule. Descriptors of rows and runs are left out.
  std::int64_t bytes_read() const;
};

struct RowStore {
  int model = 0;
  std::uint32_t draws = 0;  // names the random numbers of its model
  std::int64_t label = -1;
  /// One weight for all synapses, decided at Connect; delivered as counts.
  bool homogeneous = false;
  double weight = 0;
  /// Weights are rounded to float32 by the user's wish.
  bool single_precision = false;
  /// weights_double is used (some weight is not exactly a float32).
  bool double_weights = false;
  /// Count row of a homogeneous store, -1 otherwise.
  int group = -1;
  /// The receptor port that a homogeneous store is for, from 1 on; 0: neurons without ports.
  std::uint8_t receptor = 0;

  /// The rule of a plastic store, null for static ones. Such a store is never homogeneous.
  const SynapseModel* plastic = nullptr;
  struct Column {
    bool stored = false;
    double uniform = 0;
    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("stored", self.stored);
      visit("uniform", self.uniform);
    }
  };
  std::vector<Column> columns;
  /// What visits need of values that are the same for all synapses, which follow it; and whether
  /// parameters are.
  std::shared_ptr<const PreparedRule> prepared;
  ModelValues prepared_for;
  bool prepared_alike = false;
  bool pairs_at_arrival() const { return plastic && plastic->pairs_at_arrival; }
  /// A parameter of the model differs, or may, from synapse to synapse.
  bool stores(int parameter) const {
    const int column = plastic->column_of(parameter);
    return column >= 0 && columns[static_cast<std::size_t>(column)].stored;
  }
  /// Visits and traces differ within rows (see synapse_time).
  bool irregular = false;

  NodeId source_low = 0;  // sources are in [source_low, source_low + source_count)
  std::uint32_t source_count = 0;
  std::vector<PartitionRows> partitions;
  /// Projections made since the rows were laid out.
  std::vector<Projection> staged;

  /// What is staged is laid out before anybody looks at the state.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("model", self.model);
    visit("draws", self.draws);
    visit("label", self.label);
    visit("homogeneous", self.homogeneous);
    visit("weight", self.weight);
    visit("single_precision", self.single_precision);
    visit("double_weights", self.double_weights);
    visit("group", self.group);
    visit.added("receptor", self.receptor);
    visit("columns", self.columns);
    visit("irregular", self.irregular);
    visit("source_low", self.source_low);
    visit("source_count", self.source_count);
    visit("partitions", self.partitions);
    visit.counted("prepared", self.prepared ? self.prepared->bytes() : 0);
  }

  std::uint64_t synapses() const;
  std::uint64_t synapses_and_staged() const;
  double column_at(std::size_t column, std::uint32_t partition, std::uint64_t offset) const {
    if (!columns[column].stored) return columns[column].uniform;
    const PartitionRows& rows = partitions[partition];
    return double_weights ? rows.columns_double[column][offset]
                          : static_cast<double>(rows.columns_float[column][offset]);
  }
  double weight_at(std::uint32_t partition, std::uint64_t offset) const {
    const PartitionRows& rows = partitions[partition];
    if (homogeneous) return weight;
    return double_weights ? rows.weights_double[offset]
                          : static_cast<double>(rows.weights_float[offset]);
  }
  /// The weights of `count` synapses that follow each other.
  void copy_weights(std::uint32_t partition, std::uint64_t offset, std::size_t count,
                    double* to) const {
    const PartitionRows& rows = partitions[partition];
    if (homogeneous) {
      std::fill_n(to, count, weight);
    } else if (double_weights) {
      std::copy_n(rows.weights_double.data() + offset, count, to);
    } else {
      std::copy_n(rows.weights_float.data() + offset, count, to);
    }
  }
};

/// A part of a population in one partition. Lanes begin at a multiple of 64, slots at one of 8.
struct Chunk {
  std::uint32_t population;
  std::uint32_t lane_begin;
  std::uint32_t lane_end;
  std::uint32_t slot;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("population", self.population);
    visit("lane_begin", self.lane_begin);
    visit("lane_end", self.lane_end);
    visit("slot", self.slot);
  }
};

/// Where neurons live: partition and slot of every node, and the other way round.
struct Placement {
  static constexpr std::uint32_t kNone = 0xffffffffu;

  std::vector<NodeId> partition_first;              // first ID of each partition, ascending
  NodeId end = 1;                                   // one past the last node
  AlignedVector<std::uint32_t> place;               // by node ID: partition << 16 | slot
  std::vector<AlignedVector<NodeId>> node_of_slot;  // by partition, slot
  std::vector<AlignedVector<Receives>> receives;    // by partition, slot
  std::vector<std::vector<Chunk>> chunks;           // by partition, ascending

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("partition_first", self.partition_first);
    visit("end", self.end);
    visit.restored("place", self.place);
    visit.restored("node_of_slot", self.node_of_slot);
    visit.restored("receives", self.receives);
    visit("chunks", self.chunks);
  }

  int partitions() const { return static_cast<int>(node_of_slot.size()); }
  NodeId first_of(int partition) const {
    return partition_first[static_cast<std::size_t>(partition)];
  }
  NodeId last_of(int partition) const {
    return partition + 1 < partitions() ? partition_first[static_cast<std::size_t>(partition) + 1]
                                        : end;
  }
};

/// Position of a synapse: store, partition and offset in one word.
struct SynapsePosition {
  std::uint32_t store;
  std::uint32_t partition;
  std::uint64_t offset;

  std::uint64_t packed() const {
    return std::uint64_t{store} << 48 | std::uint64_t{partition} << 36 | offset;
  }
  static SynapsePosition unpack(std::uint64_t word) {
    return {static_cast<std::uint32_t>(word >> 48), static_cast<std::uint32_t>(word >> 36 & 0xfff),
            word & 0xfffffffffull};
  }
};

}  // namespace tegmenta
