// synapse_recorder: samples of states of chosen synapses.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <type_traits>
#include <vector>

#include "recording/recorder.h"

namespace tegmenta {

/// Samples of a list of synapses: one row a sampling time, of numbers [value][synapse]. Rows never
/// move; memory grows by blocks of them.
class SampleBuffer {
 public:
  SampleBuffer(std::size_t synapses, std::size_t values);

  /// Takes the memory for that many rows more. Throws OutOfMemory or std::bad_alloc; no event has
  /// changed.
  void reserve(std::size_t rows);
  /// Adds a row and gives its numbers to be filled in. Held meanwhile: lock().
  std::span<double> append(std::int64_t step);
  void clear();
  std::size_t synapses() const { return synapses_; }
  std::size_t values() const { return values_; }
  /// Events: rows times synapses.
  std::uint64_t size() const;
  std::int64_t bytes() const;

  struct Copy {
    std::vector<std::int64_t> steps;
    std::vector<std::uint32_t> synapses;  // positions in the list
    std::vector<Column<double>> values;
  };
  /// `most` events from position `from` on, in order of time and then of the list.
  Copy copy_from(std::uint64_t from, std::uint64_t most = kAllEvents) const;

  std::unique_lock<std::mutex> lock() const { return std::unique_lock(mutex_); }

  /// Nothing is appended meanwhile.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("synapses", self.synapses_);
    visit("values", self.values_);
    visit("steps", self.steps_);
    if constexpr (held::loads<Visitor>) {
      if (!self.begin_loaded()) visit.refuse("does not fit together");
    }
    using Number = std::conditional_t<held::loads<Visitor>, double, const double>;
    visit.template in_pieces<double>("numbers", self.steps_.size() * self.row_length(),
                                     [&](auto&& piece) {
                                       for (std::size_t i = 0; i < self.steps_.size(); ++i) {
                                         if constexpr (held::loads<Visitor>) {
                                           if (i / self.rows_per_block_ == self.blocks_.size())
                                             self.add_block();
                                         }
                                         piece(const_cast<Number*>(self.row(i)), self.row_length());
                                       }
                                     });
  }

 private:
  /// Whether the sizes that were loaded are possible; there are no blocks yet.
  bool begin_loaded();
  void add_block();
  std::size_t row_length() const { return synapses_ * values_; }
  const double* row(std::size_t i) const {
    return blocks_[i / rows_per_block_].get() + (i % rows_per_block_) * row_length();
  }

  std::size_t synapses_, values_;
  std::size_t rows_per_block_;
  mutable std::mutex mutex_;
  std::vector<std::int64_t> steps_;
  std::vector<std::unique_ptr<double[]>> blocks_;
};

class SynapseRecorder final : public DeviceOf<SynapseRecorder, SamplingRecorder> {
 public:
  static constexpr const char* kName = "synapse_recorder";
  static constexpr const char* kSummary =
      "Samples states of chosen synapses: weights, eligibility traces, resources.";
  static constexpr const char* kSource = "";

  struct Parameters : SamplingValues {
    std::shared_ptr<ChosenSynapses> connections;  // null: none yet
  };
  static constexpr std::tuple kParameters =
      std::tuple_cat(sampling_parameters("weight"),
                     std::tuple{DeviceField<&Parameters::connections>{
                         .description = "The synapses to record, found by GetConnections. Events "
                                        "come in their order."}});

  SynapseRecorder();
  /// One that has no events.
  SynapseRecorder(const SynapseRecorder& other);
  static constexpr NodeRole kRole = NodeRole::kSynapseRecorder;
  NodeRole role() const override { return kRole; }
  bool holds_together(std::int64_t now) const override;
  template <typename Self, typename Visitor>
  static void state_fields(Self& self, Visitor& visit) {
    SamplingRecorder::state_fields(self, visit);
    if constexpr (held::loads<Visitor>) self.buffer_ = std::make_shared<SampleBuffer>(0, 1);
    visit("samples", *self.buffer_);
  }
  void check(const Parameters& next, const GivenParameters& given, const DeviceContext& context);

  ResultMap events(const TimeGrid& grid) const override { return events_from(0, kAllEvents, grid); }
  ResultMap events_from(std::uint64_t from, std::uint64_t most,
                        const TimeGrid& grid) const override;
  void release_events(std::uint64_t end) const override;
  std::uint64_t first_held() const override { return 0; }
  std::uint64_t size() const override { return buffer_->size(); }
  std::int64_t bytes() const override;

  /// The synapses that are recorded; null: none yet.
  ChosenSynapses* chosen() { return own().connections.get(); }
  const ChosenSynapses* chosen() const { return own().connections.get(); }
  SampleBuffer& buffer() { return *buffer_; }

 private:
  void clear() noexcept override { buffer_->clear(); }
  void before_change(const DeviceValues& next) override;
  void on_change(const DeviceContext& context) noexcept override;

  std::shared_ptr<SampleBuffer> buffer_, next_buffer_;
};

}  // namespace tegmenta
