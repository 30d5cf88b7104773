#include "recording/recorders.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "recording/synapse_recorder.h"

namespace tegmenta {

// --- EventBuffer ---------------------------------------------------------------------------------

EventBuffer::EventBuffer(const EventBuffer& other) : values_(other.values_) {
  columns_.resize(values_);
}

void EventBuffer::append(std::int64_t step, NodeId sender, double offset_ms, const double* values) {
  if (columns_.size() != values_) columns_.resize(values_);
  if (!steps_.empty() && ascending_) {
    ascending_ = steps_.back() < step || (steps_.back() == step && senders_.back() <= sender);
  }
  // The steps say how many rows there are: they come last, and what an append that failed has left
  // behind is dropped first.
  const std::size_t n = steps_.size();
  if (senders_.size() > n) senders_.resize(n);
  senders_.push_back(sender);
  for (std::size_t i = 0; i < values_; ++i) {
    columns_[i].resize(n);
    columns_[i].push_back(values[i]);
  }
  if (!offsets_.empty() || offset_ms != 0) {
    offsets_.resize(n, 0.0);
    offsets_.push_back(offset_ms);
  }
  steps_.push_back(step);
}

void EventBuffer::clear() {
  const std::lock_guard guard(mutex_);
  std::vector<std::int64_t>().swap(steps_);
  std::vector<NodeId>().swap(senders_);
  std::vector<double>().swap(offsets_);
  for (auto& column : columns_) std::vector<double>().swap(column);
  ascending_ = true;
}

std::uint64_t EventBuffer::size() const {
  const std::lock_guard guard(mutex_);
  return steps_.size();
}

std::int64_t EventBuffer::bytes() const {
  const std::lock_guard guard(mutex_);
  std::size_t sum = steps_.capacity() * 8 + senders_.capacity() * 4 + offsets_.capacity() * 8;
  for (const auto& column : columns_) sum += column.capacity() * 8;
  return static_cast<std::int64_t>(sum);
}

EventBuffer::Copy EventBuffer::copy_from(std::uint64_t from) const {
  const std::lock_guard guard(mutex_);
  const auto end = static_cast<std::ptrdiff_t>(steps_.size());
  const auto begin = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(from, steps_.size()));
  const auto take = [&](const auto& column, auto& into) {
    if (!column.empty()) into.assign(column.begin() + begin, column.begin() + end);
  };
  Copy copy;
  take(steps_, copy.steps);
  take(senders_, copy.senders);
  take(offsets_, copy.offsets);
  copy.values.resize(values_);
  for (std::size_t i = 0; i < columns_.size(); ++i) take(columns_[i], copy.values[i]);
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
    return copy.senders[a] < copy.senders[b];
  });
  const auto permute = [&](auto& column) {
    if (column.empty()) return;
    auto moved = column;
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

Result Recorder::get(const std::string& key, const TimeGrid& grid) const {
  if (key == "n_events") return {static_cast<double>(size())};
  if (key == "events") return {events(grid)};
  return Device::get(key, grid);
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
  std::vector<double> times(copy.steps.size());
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

SpikeRecorder::SpikeRecorder() : EventRecorder(describe_model(), 0) {}

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
  for (const int k : {kInterval, kOffset}) {
    const double value = next.number[static_cast<std::size_t>(k)];
    if (!context.grid->is_grid_time(value) ||
        (k == kInterval && context.grid->steps_from_ms_ceil(value) < 1)) {
      bad(k == kInterval ? "interval" : "offset", value,
          "a multiple of the resolution (" + format_number(context.grid->resolution_ms()) + " ms)");
    }
  }
  auto names = next.texts[kRecordFrom];
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    bad("record_from", *twice, "a list of different names");
  }
}

// Multiples of the interval; with an offset: offset + k · interval, none before step 2 of the
// moment the schedule starts (NEST 3.10).
std::int64_t SamplingRecorder::next_sample(std::int64_t step, const TimeGrid& grid) const {
  const std::int64_t interval = grid.steps_from_ms_ceil(parameters_.number[kInterval]);
  const std::int64_t offset = grid.steps_from_ms_ceil(parameters_.number[kOffset]);
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
    : EventRecorder(multimeter_description(voltmeter), voltmeter ? 1 : 0), voltmeter_(voltmeter) {
  if (voltmeter) parameters_.texts[kRecordFrom] = {"V_m"};
}

std::unique_ptr<Device> Multimeter::clone() const {
  auto copy = std::make_unique<Multimeter>(*this);
  copy->buffer_ = std::make_shared<EventBuffer>(record_from().size());
  copy->connected = false;
  return copy;
}

void Multimeter::validate(DeviceParameters& next, const std::vector<bool>& changed,
                          const DeviceContext& context) {
  check_sampling(next, context);
  for (const int k : {kInterval, kOffset, kRecordFrom}) {
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
  if (!connected) next_buffer_ = std::make_shared<EventBuffer>(next.texts[kRecordFrom].size());
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

WeightRecorder::WeightRecorder() : EventRecorder(describe_model(), 4) {}

std::unique_ptr<Device> WeightRecorder::clone() const {
  auto copy = std::make_unique<WeightRecorder>(*this);
  copy->buffer_ = std::make_shared<EventBuffer>(4);
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
