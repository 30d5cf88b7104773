#include "simulator.h"

#include <atomic>
#include <cmath>
#include <utility>

#include "base/aligned.h"
#include "base/compute_threads.h"
#include "base/memory.h"
#include "base/memory_bandwidth.h"
#include "base/priority.h"
#include "base/processors.h"
#include "kernel/connector.h"
#include "kernel/defaults.h"
#include "kernel/digest.h"
#include "kernel/disconnector.h"
#include "kernel/guard_options.h"
#include "kernel/kernel.h"
#include "kernel/load_models.h"
#include "kernel/node_access.h"
#include "kernel/recording_files.h"
#include "kernel/reset_state.h"
#include "kernel/state.h"
#include "kernel/status.h"
#include "kernel/synapse_access.h"
#include "models/numbers.h"
#include "simd/dispatch.h"
#include "state/file.h"

namespace tegmenta {

namespace {
std::atomic<std::int64_t> live_kernels{0};
}

Simulator::Simulator() : kernel_(std::make_unique<Kernel>()) { ++live_kernels; }

Simulator::~Simulator() { --live_kernels; }

// Guards every function but those allowed while running.
Kernel& Simulator::kernel() const {
  if (!kernel_) {
    throw Error(ErrorKind::kKernelDisposed, "This kernel was disposed of; make a new one.");
  }
  if (running_.load(std::memory_order_acquire)) {
    throw Error(ErrorKind::kSimulationRunning,
                "A simulation is running in this kernel; await it, or abort it, first.");
  }
  return *kernel_;
}

Network& Simulator::network() const { return kernel().network; }

// For what is allowed while running.
const Network& Simulator::readable() const { return kernel_ ? kernel_->network : network(); }

NodeId Simulator::create(const std::string& model, double n, Properties params) {
  return create_by_group(model, n, given_to_all(std::move(params)));
}
NodeId Simulator::create_by_group(const std::string& model, double n,
                                  const PropertyGroups& groups) {
  return NodeAccess(network()).create(model, n, groups);
}
std::vector<NodeRange> Simulator::node_ranges() const { return network().nodes.ranges(); }
std::vector<std::string> Simulator::node_keys(const std::string& model) const {
  return network().catalog.node_keys(model);
}
Result Simulator::get_nodes(std::span<const NodeId> ids, const std::string& key) const {
  if (kernel_ && running()) {
    const NodeAccess access(kernel_->network);
    if (access.all_record(ids)) return access.get_nodes(ids, key);
  }
  return NodeAccess(network()).get_nodes(ids, key);
}
void Simulator::set_nodes(std::span<const NodeId> ids, Properties params) {
  set_nodes_by_group(ids, given_to_all(std::move(params)));
}
void Simulator::set_nodes_by_group(std::span<const NodeId> ids, const PropertyGroups& groups) {
  NodeAccess(network()).set_nodes(ids, groups);
}
void Simulator::connect(std::span<const NodeId> pre, std::span<const NodeId> post,
                        const Properties& conn, const Properties& syn) {
  Connector(network()).connect(pre, post, conn, syn);
}
void Simulator::connect_collocated(std::span<const NodeId> pre, std::span<const NodeId> post,
                                   const Properties& conn, std::span<const Properties> syns) {
  Connector(network()).connect_collocated(pre, post, conn, syns);
}
void Simulator::disconnect(const SynapseList& list) { Disconnector(network()).disconnect(list); }
void Simulator::disconnect(std::span<const NodeId> pre, std::span<const NodeId> post,
                           const Properties& conn, const Properties& syn) {
  Disconnector(network()).disconnect(pre, post, conn, syn);
}
SynapseList Simulator::get_connections(const ConnectionFilter& filter) {
  Watch nobody;
  return SynapseAccess(network()).get_connections(filter, nobody);
}
std::vector<std::string> Simulator::synapse_keys(const SynapseList& list) const {
  return SynapseAccess(network()).synapse_keys(list);
}
void Simulator::check_synapses(const SynapseList& list) const { network().synapses.check(list); }
Result Simulator::get_synapses(const SynapseList& list, const std::string& key) const {
  return SynapseAccess(network()).get_synapses(list, key);
}
void Simulator::set_synapses(SynapseList& list, Properties values) {
  set_synapses_by_group(list, given_to_all(std::move(values)));
}
void Simulator::set_synapses_by_group(SynapseList& list, const PropertyGroups& groups) {
  SynapseAccess(network()).set_synapses(list, groups);
}
ResultMap Simulator::get_defaults(const std::string& model) const {
  return Defaults(network()).get(model);
}
void Simulator::set_defaults(const std::string& model, const Properties& params) {
  Defaults(network()).set(model, params);
}
void Simulator::copy_model(const std::string& existing, const std::string& name,
                           const Properties& params) {
  Defaults(network()).copy_model(existing, name, params);
}
void Simulator::load_models(std::vector<compiled::Code> neurons, bool replace,
                            std::vector<compiled::SynapseCode> synapses) {
  tegmenta::load_models(network(), std::move(neurons), std::move(synapses), replace);
}
ModelDescription Simulator::describe_node_model(const std::string& model) const {
  return Defaults(network()).describe(model);
}
ResultMap Simulator::get_status(const std::vector<std::string>& keys) {
  return tegmenta::get_status(network(), keys);
}
void Simulator::set_status(const Properties& params) { tegmenta::set_status(network(), params); }
void Simulator::prepare() {
  Watch nobody;
  kernel().prepare(nobody);
}
void Simulator::cleanup() { kernel().cleanup(); }

void Simulator::check_run(double ms, bool prepared, const RunOptions& options) const {
  kernel().check_run(ms, prepared);
  guards_of_run(network().settings.guards, options.guards);
}

void Simulator::begin_run(double ms, bool prepared, const RunOptions& options) {
  kernel().check_run(ms, prepared);
  run_ = {ms, guards_of_run(network().settings.guards, options.guards), options.used};
  begin();
}

void Simulator::begin() {
  cancel_.store(false);
  ticket_ = 0;
  wanted_ = kernel_->network.settings.threads;
  running_.store(true, std::memory_order_release);
}

void Simulator::end() noexcept { running_.store(false, std::memory_order_release); }

void Simulator::await_turn(const std::function<void(bool)>& turn) {
  turn_ = turn;
  ticket_ = ComputeThreads::of_process().ask(wanted_, [this, turn](int threads) {
    granted_ = threads;
    turn(true);
  });
}

void Simulator::cancel() noexcept {
  cancel_.store(true);
  if (ticket_ == 0 || !ComputeThreads::of_process().withdraw(ticket_)) return;
  ticket_ = 0;
  end();
  std::exchange(turn_, {})(false);
}

void Simulator::give_up_turn() noexcept {
  if (granted_ > 0) ComputeThreads::of_process().give_back(std::exchange(granted_, 0));
  end();
}

/// A job that was announced, from its begin to its end.
class Simulator::Work {
 public:
  explicit Work(Simulator& simulator)
      : simulator_(simulator),
        threads_(simulator.granted_ > 0
                     ? std::exchange(simulator.granted_, 0)
                     : ComputeThreads::of_process().take_now(simulator.wanted_)) {}
  ~Work() { simulator_.end(); }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

 private:
  Simulator& simulator_;
  TakenThreads threads_;
};

RunReport Simulator::run_with_readers(const ProgressCallback& progress) {
  run_.readers = &readers_;
  return run(progress);
}

RunReport Simulator::run(const ProgressCallback& progress) {
  const Work work(*this);
  return kernel_->run(run_, progress, cancel_);
}

template <typename Body>
bool Simulator::finish(const ProgressCallback& progress, Body&& body) {
  const Work work(*this);
  Watch watch(cancel_, kernel_->preparing(progress));
  try {
    body(watch);
  } catch (const Cancelled&) {
    return false;
  }
  return true;
}

void Simulator::begin_prepare() {
  kernel().check_prepare();
  begin();
}

bool Simulator::finish_prepare(const ProgressCallback& progress) {
  return finish(progress, [&](Watch& watch) { kernel_->prepare(watch); });
}

void Simulator::begin_get_connections(ConnectionFilter filter) {
  SynapseAccess(network()).check_filter(filter);
  filter_ = std::move(filter);
  begin();
}

std::optional<SynapseList> Simulator::finish_get_connections(const ProgressCallback& progress) {
  SynapseList list;
  const bool found = finish(progress, [&](Watch& watch) {
    list = SynapseAccess(kernel_->network).get_connections(filter_, watch);
  });
  filter_ = {};
  if (!found) return std::nullopt;
  return list;
}

// --- state ---------------------------------------------------------------------------------------

void Simulator::begin_save(StateExtras extras) {
  kernel().require_whole();
  extras_ = std::move(extras);
  begin();
}

std::optional<StateBytes> Simulator::finish_save(const ProgressCallback& progress) {
  StateBytes bytes;
  const bool saved = finish(progress, [&](Watch& watch) {
    const SavedState state(*kernel_, extras_, watch);
    require_memory(static_cast<double>(state.bytes()), "The bytes of a state");
    bytes.size = static_cast<std::size_t>(state.bytes());
    bytes.data = std::make_unique_for_overwrite<std::uint8_t[]>(bytes.size);
    state::MemorySink sink({bytes.data.get(), bytes.size});
    state.write(sink, watch);
  });
  if (!saved) return std::nullopt;
  return bytes;
}

bool Simulator::finish_save(const std::string& path, const ProgressCallback& progress) {
  return finish(progress, [&](Watch& watch) {
    const SavedState state(*kernel_, extras_, watch);
    state::write_file(path, [&](state::Sink& sink) { state.write(sink, watch); });
  });
}

void Simulator::begin_load(std::optional<double> threads) {
  kernel();
  load_threads_.reset();
  if (threads) {
    const Range range{1, kMostThreads, false, false};
    if (!range.contains(*threads) || *threads != std::floor(*threads)) {
      throw bad_value(ErrorKind::kBadParameterValue, "", "local_num_threads", *threads,
                      "an integer in " + range.text());
    }
    load_threads_ = static_cast<int>(*threads);
  }
  begin();
  wanted_ = std::max(wanted_, load_threads_.value_or(1));
}

bool Simulator::load(state::Source& source, const ProgressCallback& progress) {
  return finish(progress, [&](Watch& watch) {
    loaded_ = std::make_unique<LoadedState>(load_state(source, load_threads_, watch));
  });
}

bool Simulator::finish_load(const std::string& path, const ProgressCallback& progress) {
  std::optional<state::FileSource> file;
  try {
    file.emplace(path);
  } catch (...) {
    const Work over(*this);
    throw;
  }
  try {
    return load(*file, progress);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kBadStateFile) throw;
    std::vector<Field> fields = error.fields();
    fields.push_back({"file", path});
    throw Error(error.kind(), path + ": " + error.what(), std::move(fields));
  }
}

bool Simulator::finish_load(std::span<const std::uint8_t> bytes, const ProgressCallback& progress) {
  state::MemorySource source(bytes);
  return load(source, progress);
}

StateExtras Simulator::take_loaded() {
  kernel();
  const std::unique_ptr<LoadedState> loaded = std::move(loaded_);
  kernel_ = std::move(loaded->kernel);
  return std::move(loaded->extras);
}

bool Simulator::running() const noexcept { return running_.load(std::memory_order_acquire); }

ResultMap Simulator::events(NodeId recorder) const {
  const Network& all = readable();
  return recorder_of(all.nodes, recorder).events(all.clock.grid);
}

ResultMap Simulator::events_from(NodeId recorder, std::uint64_t from, std::uint64_t most) const {
  const Network& all = readable();
  return recorder_of(all.nodes, recorder).events_from(from, most, all.clock.grid);
}

void Simulator::release_events(NodeId recorder, std::uint64_t end) const {
  recorder_of(readable().nodes, recorder).release_events(end);
}

std::uint64_t Simulator::first_held(NodeId recorder) const {
  return recorder_of(readable().nodes, recorder).first_held();
}

std::vector<NodeId> Simulator::written_recorders() const {
  return tegmenta::written_recorders(network().nodes);
}

std::vector<double> Simulator::draw_parameter(const ParameterPtr& parameter, std::size_t n) {
  Network& all = network();
  std::vector<double> values = drawn_values(all, *parameter, n, all.calls);
  ++all.calls;
  return values;
}

void Simulator::reset() {
  const int verbosity = network().settings.verbosity;
  auto fresh = std::make_unique<Kernel>();
  fresh->network.settings.verbosity = verbosity;
  keep_loaded_models(kernel_->network, fresh->network);
  kernel_ = std::move(fresh);
}

void Simulator::reset_state(const std::vector<std::string>& keep, std::optional<double> seed) {
  kernel().require_whole();
  const KeptByReset kept = kept_by_reset(keep);
  std::optional<std::uint32_t> of_run;
  if (seed) of_run = seed_of_run(*seed);
  tegmenta::reset_state(network(), kept, of_run);
}

void Simulator::dispose() {
  if (!kernel_) return;
  network();
  kernel_.reset();
}

std::uint64_t Simulator::digest() { return digest_of(network()); }

std::int64_t Simulator::bytes() const {
  if (!kernel_) {
    account_.note(0, {});
    return 0;
  }
  const Network& network = kernel_->network;
  account_.note(network.bytes, network.parts);
  return network.bytes;
}

std::vector<KernelMemory> memory_of_kernels() { return KernelAccount::all(); }

std::int64_t Simulator::live_count() noexcept { return live_kernels.load(); }
std::int64_t Simulator::live_bytes() noexcept { return tegmenta::live_bytes(); }

std::vector<std::string> simd_level_names() {
  std::vector<std::string> names;
  for (const simd::Kernels* level : simd::available_levels()) names.emplace_back(level->name);
  return names;
}

std::string default_simd_level() { return simd::default_level().name; }

ComputeCounts compute_counts() {
  const ComputeThreads& all = ComputeThreads::of_process();
  const ComputeThreads::Counts counts = all.counts();
  return {all.limit(), counts.queued, counts.running, counts.threads};
}

void limit_compute_threads(std::optional<double> limit) {
  const Range range{1, kMostThreads, false, false};
  const double n = limit.value_or(ComputeThreads::first_limit());
  if (!range.contains(n) || n != std::floor(n)) {
    throw bad_value(ErrorKind::kBadParameterValue, "", "concurrency", n,
                    "an integer " + range.text());
  }
  ComputeThreads::of_process().set_limit(static_cast<int>(n));
}

void lower_thread_priority() noexcept { lower_priority_later(); }

int processors_of_process() { return available_processors(); }

void limit_process_memory(double bytes) noexcept { limit_memory_of_process(bytes); }

double memory_bandwidth(std::uint64_t threads, std::uint64_t bytes, std::uint64_t passes) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 40;
  const auto check = [](const char* name, std::uint64_t value, std::uint64_t most) {
    if (value >= 1 && value <= most) return;
    throw bad_value(ErrorKind::kBadParameterValue, "", name, static_cast<double>(value),
                    "an integer from 1 to " + std::to_string(most));
  };
  check("threads", threads, 4096);
  check("bytes", bytes, kMost);
  check("passes", passes, 1000);
  return read_bandwidth(static_cast<int>(threads), static_cast<std::size_t>(bytes),
                        static_cast<int>(passes));
}

}  // namespace tegmenta
