#include "recording/recorder.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace tegmenta {

Result Recorder::get(const std::string& key, const TimeGrid& grid, std::int64_t now) const {
  if (key == member_name<&RecorderValues::n_events>()) return {static_cast<double>(size())};
  if (key == member_name<&RecorderValues::events>()) return {events(grid)};
  return Device::get(key, grid, now);
}

namespace {

struct Target {
  std::string_view name;
  RecordTo target;
};
constexpr std::string_view kFile = "file";
constexpr Target kTargets[] = {{"memory", RecordTo::kMemory},
                               {"ascii", RecordTo::kFile},
                               {kFile, RecordTo::kFile},
                               {"screen", RecordTo::kScreen}};
// What says in which format the files of "file" are.
constexpr std::string_view kFormats[] = {"arrow", "arrows", "npy"};

const Target* find_target(std::string_view name) {
  const auto found = std::find_if(std::begin(kTargets), std::end(kTargets),
                                  [&](const Target& t) { return t.name == name; });
  return found == std::end(kTargets) ? nullptr : found;
}

}  // namespace

RecordTo Recorder::target() const { return find_target(shared().record_to)->target; }

void Recorder::check(const RecorderValues& next, const GivenParameters& given,
                     const DeviceContext& context) {
  constexpr auto kCount = &RecorderValues::n_events;
  check_window(next, context);
  if (context.prepared) {
    for (const ParameterDeclaration& d : description().parameters) {
      if (d.name == member_name<kCount>() || !given.has(d.name)) continue;
      throw Error(ErrorKind::kBadProperty,
                  model_name + " cannot be changed between Prepare and Cleanup.",
                  {{"model", model_name}, {"parameter", d.name}});
    }
  }
  if (next.n_events != 0) refuse<kCount>(next.n_events, "0 (which clears the events)");
  if (!find_target(next.record_to)) {
    refuse<&RecorderValues::record_to>(next.record_to, "'memory', 'ascii', 'file' or 'screen'");
  }
  if (next.record_to == kFile && std::find(std::begin(kFormats), std::end(kFormats),
                                           next.file_extension) == std::end(kFormats)) {
    refuse<&RecorderValues::file_extension>(next.file_extension,
                                            "'arrow', 'arrows' or 'npy' where record_to is 'file'");
  }
  to_be_cleared_ = given.has<kCount>();
  check_kept(next, context);
}

// What stays as it is, once events were recorded with it.
void Recorder::check_kept(const RecorderValues& next, const DeviceContext& context) const {
  const auto refuse_change = [&](std::string_view name, const std::string& when) {
    throw Error(ErrorKind::kBadProperty,
                std::string(name) + " of " + model_name + " cannot be changed " + when + ".",
                {{"model", model_name}, {"parameter", std::string(name)}});
  };
  if (next.time_in_steps != shared().time_in_steps && context.now > begun_) {
    refuse_change(member_name<&RecorderValues::time_in_steps>(), "after a simulation");
  }
  if (next.record_to != shared().record_to && !to_be_cleared_ && size() > 0) {
    refuse_change(member_name<&RecorderValues::record_to>(),
                  "while it has events; set n_events to 0 first");
  }
}

ResultMap Recorder::present(const std::vector<std::int64_t>& steps, Column<NodeId>&& senders,
                            Column<double>&& offsets, const TimeGrid& grid) const {
  const bool in_steps = shared().time_in_steps;
  Column<double> times(steps.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    times[i] = in_steps ? static_cast<double>(steps[i]) : grid.ms_from_steps(steps[i]);
    if (!in_steps && !offsets.empty()) times[i] -= offsets[i];
  }
  ResultMap map;
  map.emplace_back("times", Result{std::move(times)});
  map.emplace_back("senders", Result{std::move(senders)});
  if (in_steps) {
    offsets.resize(steps.size(), 0.0);
    map.emplace_back("offsets", Result{std::move(offsets)});
  }
  return map;
}

void Recorder::on_change(const DeviceContext&) noexcept {
  if (to_be_cleared_) clear();
  to_be_cleared_ = false;
}

// --- recorders of single events ------------------------------------------------------------------

template <typename Base>
const std::vector<std::string>& EventRecorder<Base>::columns() const {
  static const std::vector<std::string> none;
  return none;
}

template <typename Base>
ResultMap EventRecorder<Base>::present(EventBuffer::Copy&& copy, const TimeGrid& grid) const {
  ResultMap map = Base::present(copy.steps, std::move(copy.senders), std::move(copy.offsets), grid);
  for (std::size_t i = 0; i < copy.values.size(); ++i) {
    map.emplace_back(columns()[i], Result{std::move(copy.values[i])});
  }
  return map;
}

template class EventRecorder<Recorder>;
template class EventRecorder<SamplingRecorder>;

// --- sampling ------------------------------------------------------------------------------------

void SamplingRecorder::check_sampling(const SamplingValues& next,
                                      const DeviceContext& context) const {
  const TimeGrid& grid = *context.grid;
  const auto require = [&](bool accepted, std::string_view name, double value) {
    if (accepted) return;
    refuse(name, value,
           "a multiple of the resolution (" + format_number(grid.resolution_ms()) + " ms)");
  };
  require(grid.is_grid_time(next.interval) && grid.steps_from_ms_ceil(next.interval) >= 1,
          member_name<&SamplingValues::interval>(), next.interval);
  require(grid.is_grid_time(next.offset), member_name<&SamplingValues::offset>(), next.offset);
  auto names = next.record_from;
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    refuse<&SamplingValues::record_from>(*twice, "a list of different names");
  }
}

// Multiples of the interval; with an offset: offset + k · interval, none before step 2 of the
// moment the schedule starts (NEST 3.10).
std::int64_t SamplingRecorder::next_sample(std::int64_t step, const TimeGrid& grid) const {
  const std::int64_t interval = grid.steps_from_ms_ceil(sampling().interval);
  const std::int64_t offset = grid.steps_from_ms_ceil(sampling().offset);
  if (offset == 0) return (step / interval + 1) * interval;
  if (step < offset) return offset == 1 ? offset + interval : offset;
  return offset + ((step - offset) / interval + 1) * interval;
}

Sampler::Sampler(std::string model, DeviceParameters defaults)
    : EventRecorder(std::move(model), std::move(defaults)) {
  buffer_ = std::make_shared<EventBuffer>(recorded().size());
}

void Sampler::check(const SamplingValues& next, const GivenParameters& given,
                    const DeviceContext& context) {
  if (next.frozen) refuse<&DeviceValues::frozen>(true, "false");
  check_sampling(next, context);
  for (const std::string_view name :
       {member_name<&SamplingValues::interval>(), member_name<&SamplingValues::offset>(),
        member_name<&SamplingValues::record_from>()}) {
    if (!connected || !given.has(name)) continue;
    throw Error(
        ErrorKind::kBadProperty,
        std::string(name) + " of " + model_name + " cannot be changed once it is connected.",
        {{"model", model_name}, {"parameter", std::string(name)}});
  }
  Recorder::check(next, given, context);
}

void Sampler::before_change(const DeviceValues& next) {
  if (connected) return;
  next_buffer_ =
      std::make_shared<EventBuffer>(static_cast<const SamplingValues&>(next).record_from.size());
}

void Sampler::on_change(const DeviceContext& context) noexcept {
  Recorder::on_change(context);
  if (!connected) buffer_ = std::move(next_buffer_);
}

}  // namespace tegmenta
