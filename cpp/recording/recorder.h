// What recorders share: a window, events, and that these are given to users and cleared.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "models/devices/device_of.h"
#include "recording/event_buffer.h"

namespace tegmenta {

struct RecorderValues : Window {
  std::string record_to;
  bool time_in_steps;
  double precision;
  std::string file_extension;
  std::vector<std::string> filenames;  // who asks for them knows the kernel's part of the name
  double n_events;  // 0: set, it clears the events, which say themselves how many they are
  Events events;
};

/// Where a recorder's events go.
enum class RecordTo { kMemory, kFile, kScreen };

/// Whatever holds events.
class Recorder : public Device {
 public:
  RecordTo target() const;
  const std::string& label() const { return shared().label; }
  const std::string& file_extension() const { return shared().file_extension; }
  /// Columns as users see them: times (ms, or steps), senders, offsets or recordables; sorted by
  /// time and sender.
  virtual ResultMap events(const TimeGrid& grid) const = 0;
  /// The same in order of recording: `most` events from position `from` on.
  virtual ResultMap events_from(std::uint64_t from, std::uint64_t most,
                                const TimeGrid& grid) const = 0;
  /// Events before position `end` are no longer held, only counted. Throws BadProperty where a
  /// recorder cannot do without them.
  virtual void release_events(std::uint64_t end) const = 0;
  /// Position of the first event that is held.
  virtual std::uint64_t first_held() const = 0;
  /// How many events were recorded.
  virtual std::uint64_t size() const = 0;
  /// Bytes that the events take.
  virtual std::int64_t bytes() const = 0;
  Result get(const std::string& key, const TimeGrid& grid, std::int64_t now) const override;
  DeviceWindow window(const TimeGrid& grid) const {
    return window_of(static_cast<const Window&>(*parameters_), grid);
  }
  bool records(std::int64_t stamp, const DeviceWindow& w) const {
    return w.from < stamp && stamp <= w.to;
  }
  void check(const RecorderValues& next, const GivenParameters& given,
             const DeviceContext& context);
  void begin(std::int64_t now) noexcept override { begun_ = now; }
  void restart(const TimeGrid&, bool keep_events) override {
    begun_ = 0;
    if (!keep_events) clear();
  }
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    Device::state_fields(self, visit);
    visit("begun", self.begun_);
  }

 protected:
  using SharedValues = std::tuple<Window, RecorderValues>;
  static constexpr ModelKind kKind = ModelKind::kRecorder;
  static constexpr std::tuple kSharedParameters = std::tuple_cat(
      window_parameters("Events after this time are recorded.",
                        "Events up to and including this time are recorded."),
      std::tuple{DeviceField<&RecorderValues::record_to>{
                     .value = "memory",
                     .description = "Where events go: \"memory\", \"ascii\" (a text file), "
                                    "\"file\" (a binary file: see file_extension) or "
                                    "\"screen\". A synapse_recorder has only \"memory\"."},
                 DeviceField<&RecorderValues::time_in_steps>{
                     .description = "Give times in steps, and offsets in ms."},
                 DeviceField<&RecorderValues::precision>{
                     .value = 3,
                     .range = {0, 100, false, false},
                     .type = ParameterType::kInt,
                     .description = "Digits behind the point in files and on the screen."},
                 DeviceField<&RecorderValues::file_extension>{
                     .value = "dat",
                     .description = "What the name of a file ends with. With \"file\" it is its "
                                    "format: \"arrow\" or \"arrows\" (a stream of Apache Arrow), "
                                    "\"npy\" (an array of NumPy)."},
                 DeviceField<&RecorderValues::filenames>{
                     .role = Role::kReadOnly,
                     .description = "The file that \"ascii\" and \"file\" write to: "
                                    "data_path/data_prefix(label|model)-ID-0.file_extension."},
                 DeviceField<&RecorderValues::n_events>{
                     .range = Range::non_negative(),
                     .type = ParameterType::kInt,
                     .role = Role::kState,
                     .description = "Number of events recorded; set it to 0 to clear them."},
                 DeviceField<&RecorderValues::events>{
                     .role = Role::kReadOnly,
                     .description = "What was recorded, sorted by time and sender."}});

  using Device::Device;
  virtual void clear() noexcept = 0;
  void on_change(const DeviceContext& context) noexcept override;
  const RecorderValues& shared() const { return static_cast<const RecorderValues&>(*parameters_); }
  /// Times of events as users see them, their senders and, where times are in steps, offsets.
  /// offsets: empty where all are 0.
  ResultMap present(const std::vector<std::int64_t>& steps, Column<NodeId>&& senders,
                    Column<double>&& offsets, const TimeGrid& grid) const;

 private:
  void check_kept(const RecorderValues& next, const DeviceContext& context) const;

  bool to_be_cleared_ = false;
  // The step at which it became a node; a prototype never does.
  std::int64_t begun_ = std::numeric_limits<std::int64_t>::max();
};

struct SamplingValues : RecorderValues {
  double interval, offset;
  std::vector<std::string> record_from;
};

/// Their declarations, first among those of a recorder that samples.
constexpr auto sampling_parameters(std::string_view record_from = {}) {
  return std::tuple{
      DeviceField<&SamplingValues::interval>{.unit = "ms",
                                             .value = 1,
                                             .range = Range::positive(),
                                             .description = "Interval between samples."},
      DeviceField<&SamplingValues::offset>{.unit = "ms",
                                           .range = Range::non_negative(),
                                           .description = "Shift of the sampling times."},
      DeviceField<&SamplingValues::record_from>{
          .value = record_from, .description = "Names of the recordables to sample."}};
}

/// A recorder that samples at multiples of an interval.
class SamplingRecorder : public Recorder {
 public:
  const std::vector<std::string>& recorded() const { return sampling().record_from; }
  /// The first sampling time (stamp) after `step`.
  std::int64_t next_sample(std::int64_t step, const TimeGrid& grid) const;

 protected:
  using SharedValues = std::tuple<Window, RecorderValues, SamplingValues>;
  using Recorder::Recorder;
  void check_sampling(const SamplingValues& next, const DeviceContext& context) const;
  const SamplingValues& sampling() const {
    return static_cast<const SamplingValues&>(*parameters_);
  }
};

/// A recorder whose events come one by one. Base is Recorder or SamplingRecorder.
template <typename Base>
class EventRecorder : public Base {
 public:
  ResultMap events(const TimeGrid& grid) const override { return present(buffer_->sorted(), grid); }
  ResultMap events_from(std::uint64_t from, std::uint64_t most,
                        const TimeGrid& grid) const override {
    return present(buffer_->copy_from(from, most), grid);
  }
  void release_events(std::uint64_t end) const override { buffer_->release(end); }
  std::uint64_t first_held() const override { return buffer_->first_held(); }
  std::uint64_t size() const override { return buffer_->size(); }
  std::int64_t bytes() const override { return buffer_->bytes(); }
  EventBuffer& buffer() { return *buffer_; }
  bool holds_together(std::int64_t) const override { return buffer_->values() == columns().size(); }
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    Base::state_fields(self, visit);
    if constexpr (held::loads<Visitor>) self.buffer_ = std::make_shared<EventBuffer>(0);
    visit("events", *self.buffer_);
  }

 protected:
  EventRecorder(std::string model, DeviceParameters defaults)
      : Base(std::move(model), std::move(defaults)), buffer_(std::make_shared<EventBuffer>(0)) {}
  /// One that has no events.
  EventRecorder(const EventRecorder& other)
      : Base(other), buffer_(std::make_shared<EventBuffer>(*other.buffer_)) {}

  void clear() noexcept override { buffer_->clear(); }
  /// Names of the values that an event has.
  virtual const std::vector<std::string>& columns() const;
  ResultMap present(EventBuffer::Copy&& copy, const TimeGrid& grid) const;

  std::shared_ptr<EventBuffer> buffer_;
};

/// A recorder of the spikes that it receives.
class SpikeSink : public EventRecorder<Recorder> {
 public:
  static constexpr NodeRole kRole = NodeRole::kSpikeSink;
  NodeRole role() const final { return kRole; }

 protected:
  using EventRecorder::EventRecorder;
};

/// A recorder that samples the states of the nodes that it is connected to.
class Sampler : public EventRecorder<SamplingRecorder> {
 public:
  static constexpr NodeRole kRole = NodeRole::kSampler;
  NodeRole role() const final { return kRole; }
  void check(const SamplingValues& next, const GivenParameters& given,
             const DeviceContext& context);

  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    EventRecorder::state_fields(self, visit);
    visit("connected", self.connected);
  }

  /// One that is connected keeps its interval, offset and record_from.
  bool connected = false;

 protected:
  Sampler(std::string model, DeviceParameters defaults);

 private:
  const std::vector<std::string>& columns() const override { return recorded(); }
  void before_change(const DeviceValues& next) override;
  void on_change(const DeviceContext& context) noexcept override;

  std::shared_ptr<EventBuffer> next_buffer_;
};

}  // namespace tegmenta
