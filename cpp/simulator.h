// The core's public face: one Simulator is one kernel. The only header that binding/ includes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/value.h"
#include "compiled/code.h"
#include "compiled/decode.h"
#include "compiled/synapse_code.h"
#include "connect/connection_descriptions.h"
#include "connect/parameter.h"
#include "engine/run_report.h"
#include "kernel/accounts.h"
#include "kernel/connection_filter.h"
#include "kernel/descriptions.h"
#include "kernel/run_request.h"
#include "kernel/state_extras.h"
#include "network/nodes.h"

namespace tegmenta {

class Kernel;
struct Network;
struct LoadedState;
namespace state {
class Source;
}  // namespace state

/// A saved state in memory.
struct StateBytes {
  std::unique_ptr<std::uint8_t[]> data;
  std::size_t size = 0;
};

class Simulator {
 public:
  Simulator();
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  // Unless said otherwise every function throws Error of kind kSimulationRunning while a simulation
  // runs and kKernelDisposed after dispose(), and a failed call changes nothing.

  /// Makes n nodes of a model; returns the ID of the first.
  NodeId create(const std::string& model, double n, Properties params);
  NodeId create_by_group(const std::string& model, double n, const PropertyGroups& groups);
  std::vector<NodeRange> node_ranges() const;
  /// Everything that get_nodes can read from nodes of that model.
  std::vector<std::string> node_keys(const std::string& model) const;
  /// Of each node one value: a column where all are numbers, or all are texts, else a ResultList.
  /// Allowed while running if all are recorders.
  Result get_nodes(std::span<const NodeId> ids, const std::string& key) const;
  void set_nodes(std::span<const NodeId> ids, Properties params);
  void set_nodes_by_group(std::span<const NodeId> ids, const PropertyGroups& groups);

  /// conn holds `rule` and its parameters; `arrays: true` connects pre[i] → post[i], duplicates
  /// allowed. syn holds synapse_model (default static_synapse), weight, delay, receptor_type, ….
  void connect(std::span<const NodeId> pre, std::span<const NodeId> post, const Properties& conn,
               const Properties& syn);
  /// One synapse of each specification for each pair that the rule makes.
  void connect_collocated(std::span<const NodeId> pre, std::span<const NodeId> post,
                          const Properties& conn, std::span<const Properties> syns);
  /// Removes connections. Throws InexistentConnection where one is not there; see
  /// kernel/disconnector.h.
  void disconnect(const SynapseList& list);
  void disconnect(std::span<const NodeId> pre, std::span<const NodeId> post, const Properties& conn,
                  const Properties& syn);
  SynapseList get_connections(const ConnectionFilter& filter);
  std::vector<std::string> synapse_keys(const SynapseList& list) const;
  Result get_synapses(const SynapseList& list, const std::string& key) const;
  /// Throws StaleSynapseCollection if the network has changed since the list was made.
  void check_synapses(const SynapseList& list) const;
  /// Keeps the list valid even where the synapses move (a change of delay).
  void set_synapses(SynapseList& list, Properties values);
  void set_synapses_by_group(SynapseList& list, const PropertyGroups& groups);

  ResultMap get_defaults(const std::string& model) const;
  void set_defaults(const std::string& model, const Properties& params);
  void copy_model(const std::string& existing, const std::string& name, const Properties& params);
  /// Models that are made of texts; see kernel/load_models.h.
  void load_models(std::vector<compiled::Code> neurons, bool replace,
                   std::vector<compiled::SynapseCode> synapses = {});
  /// How a model of nodes, built in or not, describes itself. Throws UnknownModelName.
  ModelDescription describe_node_model(const std::string& model) const;

  /// Attributes that status_keys() names. Throws UnaccessedDictionaryEntry for others.
  ResultMap get_status(const std::vector<std::string>& keys = status_keys());
  void set_status(const Properties& params);

  void prepare();
  void cleanup();
  /// Throws what begin_run would.
  void check_run(double ms, bool prepared, const RunOptions& options = {}) const;

  /// Marks the kernel as running; from here on only run/simulate's thread may touch it. Throws
  /// BadParameter for a bad duration, KernelException when not (or already) prepared; for options
  /// UnaccessedDictionaryEntry, TypeMismatch and BadProperty.
  /// prepared: a Run between prepare() and cleanup(); otherwise prepare and cleanup are included.
  void begin_run(double ms, bool prepared, const RunOptions& options = {});
  /// The simulation announced by begin_run. Any thread. Clears the running mark before returning or
  /// throwing.
  RunReport run(const ProgressCallback& progress = {});
  /// The same, on a thread that waits for readers().
  RunReport run_with_readers(const ProgressCallback& progress);
  // The same for what comes before a simulation: announced by begin, done on any thread. Where it
  // was cancelled nothing has changed.
  /// Throws what prepare() would at once.
  void begin_prepare();
  /// false: cancelled.
  bool finish_prepare(const ProgressCallback& progress = {});
  /// Throws what get_connections() would at once.
  void begin_get_connections(ConnectionFilter filter);
  /// Nothing: cancelled.
  std::optional<SynapseList> finish_get_connections(const ProgressCallback& progress = {});
  /// Throws KernelException where the network is not whole.
  void begin_save(StateExtras extras);
  /// Nothing: cancelled. Throws OutOfMemory.
  std::optional<StateBytes> finish_save(const ProgressCallback& progress = {});
  /// To a file, which is made or replaced as a whole or not at all; false: cancelled. Throws
  /// IOError.
  bool finish_save(const std::string& path, const ProgressCallback& progress = {});
  /// threads: other ones than it was saved with. Throws BadParameterValue.
  void begin_load(std::optional<double> threads);
  /// From a file, or from memory; false: cancelled. Throws BadStateFile, IOError, OutOfMemory.
  bool finish_load(const std::string& path, const ProgressCallback& progress = {});
  bool finish_load(std::span<const std::uint8_t> bytes, const ProgressCallback& progress = {});
  /// Makes what was loaded the state of this kernel.
  StateExtras take_loaded();
  /// What was announced waits in turn for threads of the process (ComputeThreads) instead of taking
  /// them at once. turn(true): it may be done now; called on any thread, perhaps at once.
  /// turn(false): it was cancelled before, and is over.
  void await_turn(const std::function<void(bool)>& turn);
  /// Its turn has come, but it cannot be done: it is over.
  void give_up_turn() noexcept;
  /// Stops a simulation at the next slice boundary, and what comes before it after a piece of work;
  /// what waits for its turn at once. Any thread, any time.
  void cancel() noexcept;
  bool running() const noexcept;

  /// What a recorder holds, sorted by (time, sender): times, senders and one column a recordable.
  /// Allowed while running.
  ResultMap events(NodeId recorder) const;
  /// The same in order of recording: `most` events from position `from` on, or from the first that
  /// is held. Allowed while running.
  ResultMap events_from(NodeId recorder, std::uint64_t from,
                        std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
  /// Events before position `end` are no longer held, only counted. Allowed while running.
  void release_events(NodeId recorder, std::uint64_t end) const;
  /// Position of the first event that a recorder holds. Allowed while running.
  std::uint64_t first_held(NodeId recorder) const;
  /// Those who read meanwhile. Any thread, any time.
  Readers& readers() { return readers_; }
  /// IDs of the recorders whose events are to be taken and written.
  std::vector<NodeId> written_recorders() const;

  /// n draws of a parameter expression.
  std::vector<double> draw_parameter(const ParameterPtr& parameter, std::size_t n);

  void reset();
  /// See kernel/reset_state.h. Throws BadParameterValue; KernelException where the network is not
  /// whole.
  void reset_state(const std::vector<std::string>& keep, std::optional<double> seed);
  /// Frees the network. Idempotent. Not allowed while running.
  void dispose();
  /// Of kernels in the same state it is the same: see kernel/digest.h.
  std::uint64_t digest();
  /// Bytes that this kernel's network holds.
  std::int64_t bytes() const;

  /// Kernels alive in the process.
  static std::int64_t live_count() noexcept;
  /// Bytes held by all networks of the process.
  static std::int64_t live_bytes() noexcept;

 private:
  Kernel& kernel() const;
  Network& network() const;
  const Network& readable() const;
  void begin();  // announces a job
  void end() noexcept;
  class Work;
  /// Does what was announced, and ends it; false: cancelled.
  bool load(state::Source& source, const ProgressCallback& progress);
  template <typename Body>
  bool finish(const ProgressCallback& progress, Body&& body);

  std::unique_ptr<Kernel> kernel_;
  mutable KernelAccount account_;
  std::atomic<bool> running_{false};
  std::atomic<bool> cancel_{false};
  // The job that was announced waits for its turn, if it does.
  std::atomic<std::uint64_t> ticket_{0};
  std::function<void(bool)> turn_;
  int wanted_ = 1;   // threads
  int granted_ = 0;  // those that its turn has brought
  RunRequest run_;
  Readers readers_;
  ConnectionFilter filter_;
  StateExtras extras_;
  std::optional<int> load_threads_;
  std::unique_ptr<LoadedState> loaded_;
};

/// Instruction-set levels usable here, slowest first, and the one new kernels use.
std::vector<std::string> simd_level_names();
std::string default_simd_level();

/// Bytes of each kernel of the process, as of its last call; those that are disposed of have none.
std::vector<KernelMemory> memory_of_kernels();

/// Threads that compute, of all kernels of the process together: how many there may be at once, and
/// how many there are. Jobs beyond the limit wait in turn.
struct ComputeCounts {
  int limit, queued, running, threads;
};
ComputeCounts compute_counts();
/// Throws BadParameterValue unless it is an integer >= 1; none: as many as there are processors for
/// the process.
void limit_compute_threads(std::optional<double> limit);
/// The calling thread gives way to those that answer, where the system allows that, once its work
/// has taken some ms.
void lower_thread_priority() noexcept;
/// Processors that the process may use: its affinity, and the quota of its control group.
int processors_of_process();

/// Bytes that the process may have, as its runtime knows: what cannot fit is refused.
void limit_process_memory(double bytes) noexcept;

/// Bytes a second that `threads` read together from an array of `bytes`, the fastest of `passes`
/// (base/memory_bandwidth.h). Throws BadParameterValue for arguments below 1, std::bad_alloc.
double memory_bandwidth(std::uint64_t threads, std::uint64_t bytes, std::uint64_t passes);

}  // namespace tegmenta
