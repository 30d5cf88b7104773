// Everything a kernel holds: nodes, synapses, devices' connections, time and status. The engine
// advances it; simulator.cc guards it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/memory.h"
#include "base/reserve.h"
#include "base/time_grid.h"
#include "base/value.h"
#include "base/watch.h"
#include "base/worker_team.h"
#include "engine/run_report.h"
#include "kernel/calls.h"
#include "models/devices/device.h"
#include "models/devices/stimulators.h"
#include "models/neuron_model.h"
#include "network/population.h"
#include "recording/recorders.h"
#include "recording/synapse_recorder.h"
#include "simd/dispatch.h"
#include "synapses/calendar.h"
#include "synapses/plastic_partition.h"
#include "synapses/row_layout.h"

namespace tegmenta {

struct SynapseEstimate;
class Engine;
class Relocation;

/// A synapse model under a name, with its defaults.
struct SynapseModelEntry {
  std::string name;
  /// static_synapse_hom_w: the weight belongs to the model.
  bool common_weight = false;
  double weight = 1;
  double delay_ms = 1;
  const SynapseModel* model = nullptr;
  /// Defaults, and common values, by the model's declaration; weight and delay are above.
  std::vector<double> values;
  NodeId transmitter = 0;      // volume_transmitter or reward_transmitter, 0: none
  NodeId weight_recorder = 0;  // 0: none
  double n = 0;                // dopamine that a modulator begins with
};

/// One node: a neuron of a population, or a device.
struct NodeRecord {
  enum class Kind : std::uint8_t { kNeuron, kDevice };
  Kind kind;
  std::uint32_t index;  // of the population or device
};

/// A connection from a generator to targets, made by one Connect call.
struct DeviceProjection {
  std::uint32_t device;  // index of the generator
  std::uint32_t call;    // names the streams of its draws; of no other connection
  int model = 0;
  std::int64_t label = -1;
  std::uint8_t receptor = 0;
  std::int64_t created = 0;           // step
  std::vector<NodeId> targets;        // ascending; several connections to one target are adjacent
  std::vector<double> weights;        // one, or one a target
  std::vector<std::uint32_t> delays;  // steps; one, or one a target
  std::int64_t since = 0;  // weights and delays are those of what is sent from this step on
  /// What they were for what was sent in the update steps [from, until).
  struct Past {
    std::int64_t from;
    std::int64_t until;
    std::vector<double> weights;
    std::vector<std::uint32_t> delays;
  };
  std::vector<Past> past;

  double weight(std::size_t i) const { return weights[weights.size() == 1 ? 0 : i]; }
  std::uint32_t delay(std::size_t i) const { return delays[delays.size() == 1 ? 0 : i]; }
};

/// Neurons or generators recorded by a recorder, or nodes sampled by a multimeter.
struct RecordingProjection {
  std::uint32_t device;        // index of the recorder
  bool recorder_asks = false;  // the recorder is the source and samples its targets
  int model = 0;
  std::int64_t label = -1;
  std::vector<NodeId> nodes;
  double weight = 1;
  std::uint32_t delay = 1;
};

struct KernelStatus {
  int threads = 1;
  std::uint32_t seed = 143202461;
  bool single_precision = false;
  const simd::Kernels* simd = nullptr;
  bool user_delays = false;  // min_delay and max_delay were set by the user
  std::int64_t user_min_delay = 1;
  std::int64_t user_max_delay = 1;
};

/// A number that no synapse positions of this process have had yet.
std::uint64_t next_generation() noexcept;

/// Parameters by the names that a model's other names stand for; nothing where there are none.
/// Throws BadProperty for a parameter given twice.
std::optional<Properties> canonical_names(const SynapseModel& model, const Properties& params);

class Network {
 public:
  Network();
  ~Network();

  // --- nodes (nodes.cc)
  NodeId create(const std::string& model, double n, const Properties& params);
  std::vector<NodeRange> node_ranges() const;
  std::vector<std::string> node_keys(const std::string& model) const;
  Result get_nodes(std::span<const NodeId> ids, const std::string& key) const;
  void set_nodes(std::span<const NodeId> ids, const Properties& params);
  const std::string& model_name(NodeId id) const;
  NodeRole role_of(NodeId id) const {
    const NodeRecord& node = nodes_[id];
    return node.kind == NodeRecord::Kind::kNeuron ? NodeRole::kNeuron
                                                  : devices_[node.index]->role();
  }
  void require_node(NodeId id) const;
  NodeId node_count() const { return static_cast<NodeId>(nodes_.size()) - 1; }

  // --- models (models.cc)
  ResultMap get_defaults(const std::string& model) const;
  void set_defaults(const std::string& model, const Properties& params);
  void copy_model(const std::string& existing, const std::string& name, const Properties& params);
  std::vector<std::string> node_model_names() const;
  std::vector<std::string> synapse_model_names() const;
  int find_synapse_model(const std::string& name) const;  // throws UnknownSynapseType

  // --- connections (connect.cc, connect_check.cc, connect_devices.cc)
  void connect(std::span<const NodeId> pre, std::span<const NodeId> post, const Properties& conn,
               const Properties& syn);

  // --- synapses (synapses.cc, find_synapses.cc, read_synapses.cc, set_synapses.cc)
  /// Throws what is wrong with the filter.
  void check_filter(const ConnectionFilter& filter) const;
  SynapseList get_connections(const ConnectionFilter& filter, Watch& watch);
  std::vector<std::string> synapse_keys(const SynapseList& list) const;
  Result get_synapses(const SynapseList& list, const std::string& key);
  void check_synapses(const SynapseList& list) const;
  void set_synapses(SynapseList& list, const Properties& values);

  // --- plasticity (plastic.cc)
  bool has_plastic_rows() const;
  /// Tables, modulators and histories for what is connected.
  void prepare_plasticity();
  /// Makes the visits of spikes under way; their weights are kept until they are due.
  void settle_plasticity();
  void settle_day(std::size_t partition, CalendarDay& day);
  /// Brings every plastic synapse to the present, before something changes from outside.
  void commit_plasticity();
  /// Hands recorders the transmitted weights of spikes up to the step `until`; others wait.
  void record_transmitted(int parity, std::int64_t until);
  /// Archives the spikes of neurons with plastic input, with the traces that they have now.
  void watch_traces();
  void make_decay_tables(std::int64_t horizon);
  double dopamine(int model) const;
  /// Common values of the models, into the stores.
  void update_uniform_columns();
  /// The plastic model that all synapses of a list have, null when there is none such.
  const SynapseModel* common_model(const SynapseList& list) const;
  const SynapseModel* plastic_model(std::uint64_t position) const;
  /// The synapses of a list, for a device to keep. Throws StaleSynapseCollection.
  ChosenSynapses chosen_synapses(const SynapseList& list) const;
  /// Of a synapse that is not plastic.
  double constant_weight(const SynapsePosition& at) const;
  RowPlace row_of(const SynapsePosition& at) const;
  VisitSetting visit_setting(std::size_t partition) const;
  void read_plastic(const SynapsePosition& first, std::size_t n, std::uint32_t row,
                    std::uint32_t delay, PlasticPartition::RunReading& reading);

  // --- layout (layout.cc, place_nodes.cc, move_pending.cc)
  /// Places new neurons and lays out staged projections. Pending input survives.
  /// `follow` is kept valid. Throws Cancelled.
  void lay_out(Watch& watch, SynapseList* follow = nullptr);

  // --- status (status.cc)
  /// What status_keys() names. Throws UnaccessedDictionaryEntry.
  ResultMap get_status(const std::vector<std::string>& keys);
  void set_status(const Properties& params);
  /// Bytes held, as of the last call that changed them; takes no time. Not while running.
  std::int64_t bytes() const { return bytes_; }
  std::uint64_t connection_count() const;
  /// As GetKernelStatus gives them.
  std::int64_t min_delay();
  std::int64_t max_delay();

  // --- running (engine/)
  /// Throws KernelException.
  void check_prepare() const;
  void prepare(Watch& watch);
  /// Tells `progress`, if there is one and as long as it lives, how far a preparation has come.
  Watch::Report preparing(const ProgressCallback& progress) const;
  void cleanup();
  void check_run(double ms, bool prepared) const;
  RunReport run(double ms, const ProgressCallback& progress, const std::atomic<bool>& cancel);

  const Recorder& recorder(NodeId id) const;
  std::vector<double> draw_parameter(const ParameterPtr& parameter, std::size_t n);
  /// The draws that belong to a call; uses nothing up.
  std::vector<double> drawn_values(const ParameterPtr& parameter, std::size_t n,
                                   std::uint32_t call) const;

  // State. Public to the engine and the files above; nobody else includes this header.
  TimeGrid grid_;
  KernelStatus status_;
  std::int64_t now_ = 0;  // steps
  bool prepared_ = false;
  bool broken_ = false;  // an update has failed
  bool defaults_changed_ = false;
  std::uint32_t calls_ = 0;  // ordinal of the next call that draws

  std::vector<std::unique_ptr<NeuronModel>> neuron_models_;
  std::vector<NeuronModelEntry> neuron_entries_;
  std::vector<std::unique_ptr<Device>> device_prototypes_;  // name: prototype->model_name
  std::vector<SynapseModelEntry> synapse_models_;

  std::vector<NodeRecord> nodes_;  // by ID; entry 0 unused
  std::vector<std::unique_ptr<Population>> populations_;
  std::vector<std::unique_ptr<Device>> devices_;

  std::vector<std::unique_ptr<RowStore>> stores_;
  int groups_ = 0;  // homogeneous stores
  Placement placement_;
  bool layout_needed_ = false;
  bool nodes_unplaced_ = false;
  std::uint64_t generation_ = next_generation();            // of synapse positions
  std::vector<Calendar> calendars_;                         // by partition
  std::vector<std::unique_ptr<PlasticPartition>> plastic_;  // by partition
  std::vector<TransmittedWeight> transmitted_;              // not all of their time are known yet
  /// By synapse model. What was planned points into it, and models are added between runs: its
  /// elements stay where they are.
  std::deque<PlasticModelRuntime> plastic_runtime_;
  int modulators_ = 0;
  std::int64_t flush_window_ = 0;         // steps
  std::uint64_t watched_generation_ = 0;  // 0: traces have changed

  std::vector<DeviceProjection> device_projections_;
  std::vector<RecordingProjection> recording_projections_;
  bool devices_changed_ = true;  // the engine's plan of devices is out of date

  /// Over all connections, as NEST reports them; and over those between spiking nodes. Drawn delays
  /// count from when they are known on, at the latest when they are laid out.
  std::int64_t delay_low_ = 0, delay_high_ = 0;  // 0: no connection yet
  std::int64_t spike_delay_low_ = 0;
  std::int64_t spike_delay_high_ = 0;

  std::uint64_t last_spikes_ = 0;
  std::int64_t bytes_ = 0;
  WorkerTeam& team();

  Reserve reserve_;
  /// Does what must not stop half-way, with the reserve at hand. If it does stop, the network is
  /// broken.
  template <typename Work>
  void complete(Work&& work) {
    reserve_.refill();
    const Reserve::Use use(&reserve_);
    try {
      work();
    } catch (...) {
      broken_ = true;
      throw;
    }
  }

 private:
  friend class Engine;

  /// The end of a run that memory has cut short. problem: what was thrown, if anything was.
  [[noreturn]] void throw_out_of_memory(const std::exception_ptr& problem) const;
  /// Counts bytes_ anew: after a layout, a run, or when recorders were cleared. In between, what is
  /// created and connected adds to it.
  void measure() noexcept;

  void see_delays(const DelayRange& delays, bool between_spiking_nodes);
  /// The delay in steps, where it may be had.
  std::optional<std::uint32_t> allowed_delay(double ms) const;
  /// The same. Throws BadDelay.
  std::uint32_t check_delay(double ms, const std::string& model) const;
  DeviceContext device_context() const;
  Error unknown_node_model(const std::string& model) const;
  SynapseModelEntry changed_synapse(const SynapseModelEntry& entry, const Properties& params) const;
  /// value(k): a synapse's value of the model's parameter k. Throws BadProperty.
  void check_synapse_values(const SynapseModelEntry& entry, double weight,
                            const std::function<double(int)>& value, bool with_weight = true) const;
  /// Commits what happened with the old values; `next` may get its dopamine reset.
  void before_model_change(int model, SynapseModelEntry& next, const Properties& params);
  /// commit_plasticity of one partition, without what is under way.
  void commit(std::size_t partition);
  double first_trace(const SynapseModelEntry& entry) const;
  std::vector<std::unique_ptr<PlasticPartition>> plasticity_at(const Placement& placement) const;
  std::vector<float> expected_costs() const;
  Placement place_nodes() const;
  /// A store to lay out anew from old rows (its own, perhaps others') and its staged projections.
  struct Rebuild {
    std::uint32_t store;
    std::vector<OldRows> old;
  };
  void rebuild(std::vector<Rebuild> plan, Placement placement, Watch& watch, SynapseList* follow);
  std::vector<ChosenSynapses*> recorded_synapses() const;
  /// Units of work of a plan, about.
  std::uint64_t work_of(const std::vector<Rebuild>& plan, const Placement& placement) const;
  /// What a plan makes, by its parts.
  struct NewRows {
    std::vector<RowStore> stores;
    std::vector<PositionMap> maps;
    DelayRange of_generators, between_neurons;
  };
  NewRows new_rows(const std::vector<Rebuild>& plan, const Placement& placement, Watch& watch,
                   bool want_map);
  void take_rows(const std::vector<Rebuild>& plan, std::vector<RowStore>&& made,
                 std::size_t partitions) noexcept;
  /// The calendars of the new layout, with what is pending in the old one. `after`: the stores as
  /// they will be.
  std::vector<Calendar> move_pending(const Placement& placement,
                                     const std::vector<const RowStore*>& after,
                                     const Relocation& now) const;
  std::uint32_t store_for(int model, std::int64_t label, bool homogeneous, double weight,
                          bool single_precision);
  void convert_to_columns(std::uint32_t store, SynapseList& follow);
  /// Settles what is pending in the stores for which `stores` is true. Changes nothing that can be
  /// seen, also where memory runs out on the way.
  void settle_static(const std::vector<bool>& stores);
  /// Settled runs, to the calendars of another placement.
  void move_settled(const Placement& placement, std::vector<Calendar>& to) const;
  /// Weights and delays of a generator's connections as they will be.
  struct ChangedList {
    std::size_t projection;  // of device_projections_
    std::vector<double> weights;
    std::vector<std::uint32_t> delays;
  };
  std::vector<ChangedList> changed_lists(const SynapseList& list,
                                         const std::vector<double>& weights,
                                         const std::vector<std::uint32_t>& delays);
  /// Room for what the list has been until now.
  void make_room_for_past(DeviceProjection& projection) const;
  /// What was sent keeps its weights and delays.
  void change_list(ChangedList&& changed) noexcept;
  void set_delays(SynapseList& list, const std::vector<std::uint32_t>& steps);
  const SynapseModelEntry& model_of(const SynapsePosition& at) const;
  /// Throws UnaccessedDictionaryEntry where a model has one weight for all.
  void require_own_weights(const SynapseList& list) const;
  /// Throws BadProperty for a weight that its store cannot hold.
  void check_weights(const SynapseList& list, const std::vector<double>& weights) const;
  /// The weight that all synapses of a homogeneous store get.
  struct CommonWeight {
    std::uint32_t store;
    double weight;
  };
  std::vector<CommonWeight> common_weights(SynapseList& list, const std::vector<double>& weights);
  void widen_columns(const SynapseList& list, const std::vector<double>& weights);
  void write_weights(const SynapseList& list, const std::vector<double>& weights) noexcept;
  void set_weights(SynapseList& list, const std::vector<double>& weights,
                   const std::vector<std::uint32_t>& delays);
  /// The weight of a model that has one for all its synapses.
  void set_common_weight(int model, double weight);
  /// Values of parameters of plastic synapses, by name, one a synapse: checked; the memory for them
  /// taken, and everything brought to the present; written, which cannot fail.
  using PlasticValues = std::vector<std::pair<std::string, std::vector<double>>>;
  /// What a list is given, one value a synapse; empty where nothing is given.
  struct SynapseValues {
    std::vector<double> weights;
    std::vector<std::uint32_t> delays;
    PlasticValues plastic;
    std::uint32_t calls = 0;  // ordinal of the next call that draws
  };
  SynapseValues synapse_values(const SynapseList& list, const Properties& params) const;
  void check_plastic(const SynapseList& list, const PlasticValues& values) const;
  void ready_plastic(const SynapseList& list, const PlasticValues& values);
  void write_plastic(const SynapseList& list, const PlasticValues& values) noexcept;
  void make_irregular(RowStore& store);
  void store_column(RowStore& store, std::size_t column);
  /// Whether all synapses of a projection share one weight and are delivered as counts.
  bool homogeneous(const Projection& projection, bool from_generators) const;
  void connect_rows(std::vector<Projection> projections, bool from_generators);
  void connect_checked(std::span<const NodeId> pre, std::span<const NodeId> post,
                       const Properties& conn, const Properties& syn);
  void connect_generators(const Projection& projection);
  /// Throws OutOfMemory if a generator's or recorder's connections cannot fit, NotImplemented if
  /// they are too many to be told apart. devices_send: the devices are the sources.
  void require_device_memory(const Projection& projection, bool devices_send);
  void connect_recorder(const Projection& projection, bool multimeter);
  // connect_check.cc
  void check_weight(const Projection& projection, double weight) const;
  bool certain_weight(const Projection& projection) const;
  bool certain_delay(const Projection& projection) const;
  void check_projection(Projection& projection, const SynapseEstimate& estimate);
  void check_values(Projection& projection);
  template <typename Check>
  std::pair<std::uint64_t, DelayRange> for_chunks(const Projection& projection, bool named,
                                                  Check&& check, DelayRange most = {});
  DelayRange possible_delays(const Projection& projection) const;
  /// Draws the delays of staged projections where they are not known yet.
  void find_staged_delays();

  std::unique_ptr<WorkerTeam> team_;
  std::unique_ptr<Engine> engine_;
};

/// Bytes held by one of the parts; what is staged counts once it is laid out.
std::int64_t bytes_of(const Population& population);
std::int64_t bytes_of(const Device& device);
std::int64_t bytes_of(const DeviceProjection& list);

}  // namespace tegmenta
