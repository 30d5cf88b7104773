#include "recording/recorders.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/memory.h"
#include "recording/synapse_recorder.h"

namespace tegmenta {

// --- EventBuffer ---------------------------------------------------------------------------------

namespace {
constexpr std::size_t kFewestBlockRows = 64;
constexpr std::size_t kMostBlockRows = 65536;

/// Room for all rows of a block; the machine is asked for memory first.
template <typename T>
void take(std::vector<T>& column, std::size_t rows) {
  if (column.capacity() >= rows) return;
  claim_memory(rows * sizeof(T), "Recorded events");
  column.reserve(rows);
}
}  // namespace

std::size_t EventBuffer::Block::bytes() const {
  return steps.capacity() * sizeof(std::int64_t) + senders.capacity() * sizeof(NodeId) +
         columns.size() * capacity * sizeof(double) + offsets.capacity() * sizeof(double) +
         ends.capacity() * sizeof(std::uint64_t);
}

// As large as all before together, within limits.
void EventBuffer::add_block(std::size_t rows) {
  Block block;
  block.capacity = std::clamp(std::max(rows, rows_ + room_), kFewestBlockRows, kMostBlockRows);
  block.before = 0;
  take(block.steps, block.capacity);
  take(block.senders, block.capacity);
  block.columns.resize(values_);
  for (auto& column : block.columns) take(column, block.capacity);
  blocks_.push_back(std::move(block));
  room_ += blocks_.back().capacity;
}

void EventBuffer::reserve(const RecordingNeed& need) {
  const std::lock_guard guard(mutex_);
  while (room_ < need.rows) add_block(need.rows - room_);
  for (std::size_t b = used_ > 0 ? used_ - 1 : 0; b < blocks_.size(); ++b) {
    if (need.counts) take(blocks_[b].ends, blocks_[b].capacity);
    if (need.offsets) take(blocks_[b].offsets, blocks_[b].capacity);
  }
}

// The block that the next row goes to.
EventBuffer::Block& EventBuffer::open_block() {
  if (used_ > 0 && blocks_[used_ - 1].steps.size() < blocks_[used_ - 1].capacity) {
    return blocks_[used_ - 1];
  }
  if (used_ == blocks_.size()) add_block(1);
  if (used_ > 0) blocks_[used_].before = blocks_[used_ - 1].before + blocks_[used_ - 1].events();
  return blocks_[used_++];
}

void EventBuffer::append(std::int64_t step, NodeId sender, double offset_ms, const double* values,
                         std::uint64_t count) {
  Block& block = open_block();
  const std::size_t row = block.steps.size();
  if (offset_ms != 0 && block.offsets.empty()) {
    take(block.offsets, block.capacity);
    block.offsets.assign(row, 0.0);
  }
  if (count != 1 && block.ends.empty()) {
    take(block.ends, block.capacity);
    for (std::size_t i = 0; i < row; ++i) block.ends.push_back(i + 1);
  }
  // Nothing fails from here.
  if (offset_ms != 0 || !block.offsets.empty()) block.offsets.push_back(offset_ms);
  if (count != 1 || !block.ends.empty()) block.ends.push_back(block.events() + count);
  block.steps.push_back(step);
  block.senders.push_back(sender);
  for (std::size_t i = 0; i < values_; ++i) block.columns[i].push_back(values[i]);
  const double value = by_value_ ? values[0] : 0;
  ascending_ &= std::tie(last_step_, last_sender_, last_value_) <= std::tie(step, sender, value);
  last_step_ = step;
  last_sender_ = sender;
  last_value_ = value;
  ++rows_;
  --room_;
}

void EventBuffer::clear() {
  const std::lock_guard guard(mutex_);
  std::vector<Block>().swap(blocks_);
  used_ = rows_ = room_ = 0;
  ascending_ = true;
  last_step_ = std::numeric_limits<std::int64_t>::min();
}

std::uint64_t EventBuffer::events() const {
  return used_ == 0 ? 0 : blocks_[used_ - 1].before + blocks_[used_ - 1].events();
}

std::uint64_t EventBuffer::size() const {
  const std::lock_guard guard(mutex_);
  return events();
}

std::int64_t EventBuffer::bytes() const {
  const std::lock_guard guard(mutex_);
  std::size_t sum = 0;
  for (std::size_t b = 0; b < used_; ++b) sum += blocks_[b].bytes();
  return static_cast<std::int64_t>(sum);
}

// The events of a block, without the first ones.
void EventBuffer::copy_block(const Block& block, std::uint64_t skip, Copy& into,
                             bool offsets) const {
  std::size_t first = static_cast<std::size_t>(skip);
  if (!block.ends.empty()) {
    first = static_cast<std::size_t>(std::upper_bound(block.ends.begin(), block.ends.end(), skip) -
                                     block.ends.begin());
  }
  const auto list = [&](const auto& column, auto& to) {
    if (block.ends.empty()) {
      to.insert(to.end(), column.begin() + static_cast<std::ptrdiff_t>(first), column.end());
      return;
    }
    std::uint64_t done = skip;
    for (std::size_t i = first; i < column.size(); ++i) {
      to.insert(to.end(), static_cast<std::size_t>(block.ends[i] - done), column[i]);
      done = block.ends[i];
    }
  };
  const std::size_t before = into.steps.size();
  list(block.steps, into.steps);
  list(block.senders, into.senders);
  for (std::size_t i = 0; i < values_; ++i) list(block.columns[i], into.values[i]);
  if (!offsets) return;
  if (block.offsets.empty()) {
    into.offsets.resize(into.steps.size(), 0.0);
  } else {
    into.offsets.resize(before);
    list(block.offsets, into.offsets);
  }
}

EventBuffer::Copy EventBuffer::copy_from(std::uint64_t from) const {
  const std::lock_guard guard(mutex_);
  Copy copy;
  copy.values.resize(values_);
  if (from >= events()) return copy;
  bool offsets = false;
  for (std::size_t b = 0; b < used_; ++b) offsets |= !blocks_[b].offsets.empty();
  const auto n = static_cast<std::size_t>(events() - from);
  // Twice: the same once more as users get it.
  require_memory(
      2.0 * static_cast<double>(n) * static_cast<double>(12 + 8 * (values_ + (offsets ? 1 : 0))),
      std::to_string(n) + " recorded events");
  copy.steps.reserve(n);
  copy.senders.reserve(n);
  if (offsets) copy.offsets.reserve(n);
  for (auto& column : copy.values) column.reserve(n);
  for (std::size_t b = 0; b < used_; ++b) {
    const Block& block = blocks_[b];
    if (block.before + block.events() <= from) continue;
    copy_block(block, from > block.before ? from - block.before : 0, copy, offsets);
  }
  return copy;
}

EventBuffer::Copy EventBuffer::sorted() const {
  Copy copy = copy_from(0);
  bool ascending;
  {
    const std::lock_guard guard(mutex_);
    ascending = ascending_;
  }
  if (ascending) return copy;
  std::vector<std::size_t> order(copy.steps.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (copy.steps[a] != copy.steps[b]) return copy.steps[a] < copy.steps[b];
    if (copy.senders[a] != copy.senders[b]) return copy.senders[a] < copy.senders[b];
    return by_value_ && copy.values[0][a] < copy.values[0][b];
  });
  const auto permute = [&](auto& column) {
    if (column.empty()) return;
    const std::vector moved(column.begin(), column.end());
    for (std::size_t i = 0; i < order.size(); ++i) column[i] = moved[order[i]];
  };
  permute(copy.steps);
  permute(copy.senders);
  permute(copy.offsets);
  for (auto& column : copy.values) permute(column);
  return copy;
}

// --- Recorder ------------------------------------------------------------------------------------

Recorder::Recorder(const ModelDescription& description) : Device(description) {
  for (std::size_t i = 0; i < description.parameters.size(); ++i) {
    if (description.parameters[i].name == "record_to") parameters_.text[i] = "memory";
  }
}

Result Recorder::get(const std::string& key, const TimeGrid& grid, std::int64_t now) const {
  if (key == "n_events") return {static_cast<double>(size())};
  if (key == "events") return {events(grid)};
  return Device::get(key, grid, now);
}

std::vector<ParameterDeclaration> recorder_parameters(std::vector<ParameterDeclaration> own) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double most = std::numeric_limits<double>::max();
  own.push_back({"origin", ParameterType::kDouble, "ms", 0, Range::finite(), Role::kParameter,
                 "Added to start and stop."});
  own.push_back({"start", ParameterType::kDouble, "ms", 0, Range::finite(), Role::kParameter,
                 "Events after this time are recorded."});
  own.push_back({"stop",
                 ParameterType::kDouble,
                 "ms",
                 infinity,
                 {-most, infinity, false, false},
                 Role::kParameter,
                 "Events up to and including this time are recorded."});
  own.push_back({"label", ParameterType::kString, "", 0, Range::finite(), Role::kParameter,
                 "A name for the user's own purposes.", "\"\""});
  own.push_back({"record_to", ParameterType::kString, "", 0, Range::finite(), Role::kParameter,
                 "Where events go; only \"memory\".", "\"memory\""});
  own.push_back({"n_events", ParameterType::kInt, "", 0, Range::non_negative(), Role::kState,
                 "Number of events recorded; set it to 0 to clear them."});
  own.push_back({"events", ParameterType::kEvents, "", 0, Range::finite(), Role::kReadOnly,
                 "What was recorded, sorted by time and sender.", "{}"});
  return own;
}

std::vector<ParameterDeclaration> sampling_parameters(const char* default_record_from,
                                                      std::vector<ParameterDeclaration> own) {
  std::vector<ParameterDeclaration> all = {
      {"interval", ParameterType::kDouble, "ms", 1, Range::positive(), Role::kParameter,
       "Interval between samples."},
      {"offset", ParameterType::kDouble, "ms", 0, Range::non_negative(), Role::kParameter,
       "Shift of the sampling times."},
      {"record_from", ParameterType::kStrings, "", 0, Range::finite(), Role::kParameter,
       "Names of the recordables to sample.", default_record_from}};
  all.insert(all.end(), own.begin(), own.end());
  return recorder_parameters(std::move(all));
}

void Recorder::check_recorder(DeviceParameters& next, const std::vector<bool>& changed,
                              const DeviceContext& context) const {
  const auto at = [&](const char* name) { return static_cast<std::size_t>(index(name)); };
  check_window(next, context);
  if (context.prepared) {
    for (std::size_t i = 0; i < changed.size(); ++i) {
      if (changed[i] && i != at("n_events")) {
        throw Error(ErrorKind::kBadProperty,
                    model_name + " cannot be changed between Prepare and Cleanup.",
                    {{"model", model_name}, {"parameter", description().parameters[i].name}});
      }
    }
  }
  if (changed[at("n_events")] && next.number[at("n_events")] != 0) {
    bad("n_events", next.number[at("n_events")], "0 (which clears the events)");
  }
  if (changed[at("record_to")] && next.text[at("record_to")] != "memory") {
    bad("record_to", next.text[at("record_to")], "'memory'");
  }
  // Not a parameter that is kept: setting it means clear.
  next.number[at("n_events")] = changed[at("n_events")] ? 1 : 0;
}

void Recorder::on_change(const DeviceContext&) noexcept {
  double& wanted = parameters_.number[static_cast<std::size_t>(index("n_events"))];
  if (wanted != 0) clear();
  wanted = 0;
}

// --- recorders of single events ------------------------------------------------------------------

template <typename Base>
ResultMap EventRecorder<Base>::present(EventBuffer::Copy&& copy, const TimeGrid& grid) const {
  Column<double> times(copy.steps.size());
  const bool steps = times_in_steps();
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (steps) {
      times[i] = static_cast<double>(copy.steps[i]);
    } else {
      times[i] = grid.ms_from_steps(copy.steps[i]);
      if (!copy.offsets.empty()) times[i] -= copy.offsets[i];
    }
  }
  if (steps) copy.offsets.resize(copy.steps.size(), 0.0);
  ResultMap map;
  map.emplace_back("times", Result{std::move(times)});
  map.emplace_back("senders", Result{std::move(copy.senders)});
  if (steps) map.emplace_back("offsets", Result{std::move(copy.offsets)});
  for (std::size_t i = 0; i < copy.values.size(); ++i) {
    map.emplace_back(columns()[i], Result{std::move(copy.values[i])});
  }
  return map;
}

template class EventRecorder<Recorder>;
template class EventRecorder<SamplingRecorder>;

// --- spike_recorder ------------------------------------------------------------------------------

const ModelDescription& SpikeRecorder::describe_model() {
  static const ModelDescription d{
      "spike_recorder",
      ModelKind::kRecorder,
      "Records the spikes of the nodes connected to it.",
      "NEST 3.10 documentation, spike_recorder",
      recorder_parameters({{"time_in_steps", ParameterType::kBool, "", 0, Range::finite(),
                            Role::kParameter, "Give times in steps, and offsets in ms."}}),
      {}};
  return d;
}

SpikeRecorder::SpikeRecorder() : SpikeSink(describe_model(), 0) {}

std::unique_ptr<Device> SpikeRecorder::clone() const {
  auto copy = std::make_unique<SpikeRecorder>(*this);
  copy->buffer_ = std::make_shared<EventBuffer>(0);
  return copy;
}

const std::vector<std::string>& SpikeRecorder::columns() const {
  static const std::vector<std::string> none;
  return none;
}

bool SpikeRecorder::times_in_steps() const { return parameters_.number[0] != 0; }

void SpikeRecorder::validate(DeviceParameters& next, const std::vector<bool>& changed,
                             const DeviceContext& context) {
  if (changed[0] && next.number[0] != parameters_.number[0] && context.simulated) {
    throw Error(ErrorKind::kBadProperty,
                "time_in_steps of " + model_name + " cannot be changed after the first simulation.",
                {{"model", model_name}, {"parameter", std::string("time_in_steps")}});
  }
  check_recorder(next, changed, context);
}

// --- sampling ------------------------------------------------------------------------------------

void SamplingRecorder::check_sampling(const DeviceParameters& next,
                                      const DeviceContext& context) const {
  for (const int k : {Parameter::interval, Parameter::offset}) {
    const double value = next.number[static_cast<std::size_t>(k)];
    if (!context.grid->is_grid_time(value) ||
        (k == Parameter::interval && context.grid->steps_from_ms_ceil(value) < 1)) {
      bad(k == Parameter::interval ? "interval" : "offset", value,
          "a multiple of the resolution (" + format_number(context.grid->resolution_ms()) + " ms)");
    }
  }
  auto names = next.texts[Parameter::record_from];
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    bad("record_from", *twice, "a list of different names");
  }
}

// Multiples of the interval; with an offset: offset + k · interval, none before step 2 of the
// moment the schedule starts (NEST 3.10).
std::int64_t SamplingRecorder::next_sample(std::int64_t step, const TimeGrid& grid) const {
  const std::int64_t interval = grid.steps_from_ms_ceil(parameters_.number[Parameter::interval]);
  const std::int64_t offset = grid.steps_from_ms_ceil(parameters_.number[Parameter::offset]);
  if (offset == 0) return (step / interval + 1) * interval;
  if (step < offset) return offset == 1 ? offset + interval : offset;
  return offset + ((step - offset) / interval + 1) * interval;
}

// --- multimeter ----------------------------------------------------------------------------------

namespace {
ModelDescription multimeter_description(bool voltmeter) {
  return {voltmeter ? "voltmeter" : "multimeter",
          ModelKind::kRecorder,
          voltmeter ? "Samples the membrane potential of the neurons it is connected to."
                    : "Samples states of the nodes it is connected to.",
          "NEST 3.10 documentation, multimeter",
          sampling_parameters(voltmeter ? "[\"V_m\"]" : "[]"),
          {}};
}
}  // namespace

const ModelDescription& Multimeter::description() const {
  static const ModelDescription descriptions[2] = {multimeter_description(false),
                                                   multimeter_description(true)};
  return descriptions[voltmeter_ ? 1 : 0];
}

Multimeter::Multimeter(bool voltmeter)
    : Sampler(multimeter_description(voltmeter), voltmeter ? 1 : 0), voltmeter_(voltmeter) {
  if (voltmeter) parameters_.texts[Parameter::record_from] = {"V_m"};
}

std::unique_ptr<Device> Multimeter::clone() const {
  auto copy = std::make_unique<Multimeter>(*this);
  copy->buffer_ = std::make_shared<EventBuffer>(recorded().size());
  copy->connected = false;
  return copy;
}

void Multimeter::validate(DeviceParameters& next, const std::vector<bool>& changed,
                          const DeviceContext& context) {
  check_sampling(next, context);
  for (const int k : {Parameter::interval, Parameter::offset, Parameter::record_from}) {
    if (changed[static_cast<std::size_t>(k)] && connected) {
      throw Error(ErrorKind::kBadProperty,
                  description().parameters[static_cast<std::size_t>(k)].name + " of " + model_name +
                      " cannot be changed once it is connected.",
                  {{"model", model_name},
                   {"parameter", description().parameters[static_cast<std::size_t>(k)].name}});
    }
  }
  check_recorder(next, changed, context);
}

void Multimeter::before_change(const DeviceParameters& next) {
  if (connected) return;
  next_buffer_ = std::make_shared<EventBuffer>(next.texts[Parameter::record_from].size());
}

void Multimeter::on_change(const DeviceContext& context) noexcept {
  Recorder::on_change(context);
  if (!connected) buffer_ = std::move(next_buffer_);
}

// --- weight_recorder -----------------------------------------------------------------------------

const ModelDescription& WeightRecorder::describe_model() {
  static const auto* const d = new ModelDescription{
      "weight_recorder",
      ModelKind::kRecorder,
      "Records the weights that the plastic synapses of a model transmit.",
      "NEST 3.10 documentation, weight_recorder",
      recorder_parameters({{"senders", ParameterType::kNodes, "", 0, Range::finite(),
                            Role::kParameter, "Record only these sources; empty: all.", "[]"},
                           {"targets", ParameterType::kNodes, "", 0, Range::finite(),
                            Role::kParameter, "Record only these targets; empty: all.", "[]"}}),
      {}};
  return *d;
}

WeightRecorder::WeightRecorder() : EventRecorder(describe_model(), 4, true) {}

std::unique_ptr<Device> WeightRecorder::clone() const {
  auto copy = std::make_unique<WeightRecorder>(*this);
  copy->buffer_ = std::make_shared<EventBuffer>(*buffer_);
  return copy;
}

const std::vector<std::string>& WeightRecorder::columns() const {
  static const auto* const names =
      new std::vector<std::string>{"targets", "weights", "receptors", "ports"};
  return *names;
}

bool WeightRecorder::wants(NodeId sender, NodeId target) const {
  const auto passes = [](const std::vector<double>& allowed, NodeId id) {
    return allowed.empty() || std::binary_search(allowed.begin(), allowed.end(), id);
  };
  return passes(parameters_.array[0], sender) && passes(parameters_.array[1], target);
}

void WeightRecorder::validate(DeviceParameters& next, const std::vector<bool>& changed,
                              const DeviceContext& context) {
  for (auto* ids : {&next.array[0], &next.array[1]}) std::sort(ids->begin(), ids->end());
  check_recorder(next, changed, context);
}

// --- volume_transmitter --------------------------------------------------------------------------

const ModelDescription& VolumeTransmitter::describe_model() {
  static const auto* const d = new ModelDescription{
      "volume_transmitter",
      ModelKind::kRecorder,
      "Collects spikes and hands them, as dopamine, to the synapses bound to it.",
      "Potjans, Morrison & Diesmann (2010) Front Comput Neurosci 4:141",
      {{"deliver_interval",
        ParameterType::kInt,
        "",
        1,
        {1, 1e15, false, false},
        Role::kParameter,
        "Accepted for NEST's scripts; without effect, because dopamine is integrated exactly."},
       {"label", ParameterType::kString, "", 0, Range::finite(), Role::kParameter,
        "A name for the user's own purposes.", "\"\""}},
      {}};
  return *d;
}

VolumeTransmitter::VolumeTransmitter() : Device(describe_model()) {}

std::vector<std::unique_ptr<Device>> make_recorders() {
  std::vector<std::unique_ptr<Device>> devices;
  devices.push_back(std::make_unique<Multimeter>(false));
  devices.push_back(std::make_unique<SpikeRecorder>());
  devices.push_back(std::make_unique<Multimeter>(true));
  devices.push_back(std::make_unique<SynapseRecorder>());
  devices.push_back(std::make_unique<VolumeTransmitter>());
  devices.push_back(std::make_unique<WeightRecorder>());
  return devices;
}

}  // namespace tegmenta
