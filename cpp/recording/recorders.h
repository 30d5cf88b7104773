// What recorders hold. A simulation appends at the end of every slice, under a lock, so that what
// was recorded so far can be read while it runs.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "models/devices/device.h"

namespace tegmenta {

/// What is going to be appended at most.
struct RecordingNeed {
  std::size_t rows = 0;
  /// Some rows stand for several events; some times lie between grid points.
  bool counts = false, offsets = false;
};

/// Events: rows of (step, sender, values …), each standing for one event or for several equal ones.
/// They lie in blocks, which are never moved.
class EventBuffer {
 public:
  /// by_value: events of one step and sender are sorted by the first value.
  explicit EventBuffer(std::size_t values, bool by_value = false)
      : values_(values), by_value_(by_value) {}
  EventBuffer(const EventBuffer& other) : EventBuffer(other.values_, other.by_value_) {}

  /// Takes the memory for what is to be appended next, which then cannot fail. Throws OutOfMemory
  /// or std::bad_alloc; no event has changed.
  void reserve(const RecordingNeed& need);
  /// How many rows have room.
  std::size_t room() const { return room_; }
  /// One event, or `count` equal ones.
  void append(std::int64_t step, NodeId sender, double offset_ms, const double* values,
              std::uint64_t count = 1);
  void clear();
  /// Number of events.
  std::uint64_t size() const;

  struct Copy {
    std::vector<std::int64_t> steps;
    Column<NodeId> senders;
    Column<double> offsets;  // empty when all are 0
    std::vector<Column<double>> values;
  };
  /// Events from position `from` on, in order of recording; or all, sorted by (step, sender).
  /// Throws OutOfMemory where there is no room to list them one by one.
  Copy copy_from(std::uint64_t from) const;
  Copy sorted() const;
  std::int64_t bytes() const;

  /// Held while a slice's events are appended.
  std::unique_lock<std::mutex> lock() const { return std::unique_lock(mutex_); }

 private:
  // A block's vectors have their capacity from the beginning.
  struct Block {
    std::size_t capacity;
    std::uint64_t before;  // events in earlier blocks, once the block is in use
    std::vector<std::int64_t> steps;
    std::vector<NodeId> senders;
    std::vector<std::vector<double>> columns;
    std::vector<double> offsets;      // as long as steps once one is not 0
    std::vector<std::uint64_t> ends;  // events of the block up to each row, once one has several

    std::uint64_t events() const { return ends.empty() ? steps.size() : ends.back(); }
    std::size_t bytes() const;
  };
  void add_block(std::size_t rows);
  Block& open_block();
  std::uint64_t events() const;
  void copy_block(const Block& block, std::uint64_t skip, Copy& into, bool offsets) const;

  std::size_t values_;
  bool by_value_;
  mutable std::mutex mutex_;
  std::vector<Block> blocks_;
  std::size_t used_ = 0;  // blocks in use; the others are empty
  std::size_t rows_ = 0;
  std::size_t room_ = 0;
  bool ascending_ = true;
  std::int64_t last_step_ = std::numeric_limits<std::int64_t>::min();
  NodeId last_sender_ = 0;
  double last_value_ = 0;
};

/// The buffer that is appended to at present: events of one recorder follow each other as a rule,
/// and locking for each would cost more than appending.
class HeldBuffer {
 public:
  void hold(const EventBuffer& buffer) {
    if (held_ == &buffer) return;
    if (held_) lock_.unlock();
    lock_ = buffer.lock();
    held_ = &buffer;
  }

 private:
  const EventBuffer* held_ = nullptr;
  std::unique_lock<std::mutex> lock_;
};

/// Whatever holds events.
class Recorder : public Device {
 public:
  /// Columns as users see them: times (ms, or steps), senders, offsets or recordables; sorted by
  /// time and sender.
  virtual ResultMap events(const TimeGrid& grid) const = 0;
  /// The same in order of recording, from position `from` on.
  virtual ResultMap events_from(std::uint64_t from, const TimeGrid& grid) const = 0;
  virtual std::uint64_t size() const = 0;
  /// Bytes that the events take.
  virtual std::int64_t bytes() const = 0;
  Result get(const std::string& key, const TimeGrid& grid, std::int64_t now) const override;
  DeviceWindow window(const TimeGrid& grid) const { return window_of(parameters_, grid); }
  bool records(std::int64_t stamp, const DeviceWindow& w) const {
    return w.from < stamp && stamp <= w.to;
  }

 protected:
  explicit Recorder(const ModelDescription& description);
  virtual void clear() noexcept = 0;
  void check_recorder(DeviceParameters& next, const std::vector<bool>& changed,
                      const DeviceContext& context) const;
  void on_change(const DeviceContext& context) noexcept override;
};

/// The parameters of recorders that sample at multiples of an interval.
std::vector<ParameterDeclaration> sampling_parameters(const char* default_record_from,
                                                      std::vector<ParameterDeclaration> own = {});
/// The parameters that all recorders have, behind their own.
std::vector<ParameterDeclaration> recorder_parameters(std::vector<ParameterDeclaration> own);

/// A recorder that samples.
class SamplingRecorder : public Recorder {
 public:
  TEGMENTA_PARAMETERS(interval, offset, record_from)

  const std::vector<std::string>& recorded() const {
    return parameters_.texts[Parameter::record_from];
  }
  /// The first sampling time (stamp) after `step`.
  std::int64_t next_sample(std::int64_t step, const TimeGrid& grid) const;

 protected:
  using Recorder::Recorder;
  void check_sampling(const DeviceParameters& next, const DeviceContext& context) const;
};

/// A recorder whose events come one by one. Base is Recorder or SamplingRecorder.
template <typename Base>
class EventRecorder : public Base {
 public:
  ResultMap events(const TimeGrid& grid) const override { return present(buffer_->sorted(), grid); }
  ResultMap events_from(std::uint64_t from, const TimeGrid& grid) const override {
    return present(buffer_->copy_from(from), grid);
  }
  std::uint64_t size() const override { return buffer_->size(); }
  std::int64_t bytes() const override { return buffer_->bytes(); }
  EventBuffer& buffer() { return *buffer_; }

 protected:
  EventRecorder(const ModelDescription& description, std::size_t values, bool by_value = false)
      : Base(description), buffer_(std::make_shared<EventBuffer>(values, by_value)) {}
  void clear() noexcept override { buffer_->clear(); }
  virtual const std::vector<std::string>& columns() const = 0;
  virtual bool times_in_steps() const { return false; }
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

class SpikeRecorder final : public SpikeSink {
 public:
  SpikeRecorder();
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override;

 private:
  static const ModelDescription& describe_model();
  const std::vector<std::string>& columns() const override;
  bool times_in_steps() const override;
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override;
};

/// A recorder that samples the states of the nodes that it is connected to.
class Sampler : public EventRecorder<SamplingRecorder> {
 public:
  static constexpr NodeRole kRole = NodeRole::kSampler;
  NodeRole role() const final { return kRole; }

  /// One that is connected keeps its interval, offset and record_from.
  bool connected = false;

 protected:
  using EventRecorder::EventRecorder;
};

/// multimeter and voltmeter.
class Multimeter final : public Sampler {
 public:
  explicit Multimeter(bool voltmeter);
  const ModelDescription& description() const override;
  std::unique_ptr<Device> clone() const override;

 private:
  const std::vector<std::string>& columns() const override { return recorded(); }
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override;
  void before_change(const DeviceParameters& next) override;
  void on_change(const DeviceContext& context) noexcept override;

  bool voltmeter_;
  std::shared_ptr<EventBuffer> next_buffer_;
};

/// weight_recorder: every weight that the synapses of a model transmit.
class WeightRecorder final : public EventRecorder<Recorder> {
 public:
  WeightRecorder();
  static constexpr NodeRole kRole = NodeRole::kWeightRecorder;
  NodeRole role() const override { return kRole; }
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override;
  /// The filters `senders` and `targets` let this pair pass.
  bool wants(NodeId sender, NodeId target) const;

 private:
  static const ModelDescription& describe_model();
  const std::vector<std::string>& columns() const override;
  void validate(DeviceParameters& next, const std::vector<bool>& changed,
                const DeviceContext& context) override;
};

/// volume_transmitter: the spikes that reach it are the dopamine of the synapses bound to it.
class VolumeTransmitter final : public Device {
 public:
  VolumeTransmitter();
  static constexpr NodeRole kRole = NodeRole::kVolumeTransmitter;
  NodeRole role() const override { return kRole; }
  const ModelDescription& description() const override { return describe_model(); }
  std::unique_ptr<Device> clone() const override {
    return std::make_unique<VolumeTransmitter>(*this);
  }

 private:
  static const ModelDescription& describe_model();
};

std::vector<std::unique_ptr<Device>> make_recorders();

}  // namespace tegmenta
