#include "recording/synapse_recorder.h"

#include <algorithm>
#include <string_view>

#include "base/memory.h"
#include "models/synapses/synapse_model.h"
#include "recording/recorders.h"

namespace tegmenta {

// --- SampleBuffer --------------------------------------------------------------------------------

namespace {
constexpr std::size_t kBlockNumbers = 8192;  // 64 KiB
}

SampleBuffer::SampleBuffer(std::size_t synapses, std::size_t values)
    : synapses_(synapses),
      values_(values),
      rows_per_block_(
          std::max<std::size_t>(kBlockNumbers / std::max<std::size_t>(synapses * values, 1), 1)) {}

bool SampleBuffer::begin_loaded() {
  constexpr std::size_t kMost = std::size_t{1} << 40, kMostValues = 4096;
  const bool possible = values_ > 0 && values_ <= kMostValues && synapses_ < kMost / values_ &&
                        steps_.size() < kMost / std::max<std::size_t>(row_length(), 1);
  if (possible) {
    rows_per_block_ =
        std::max<std::size_t>(kBlockNumbers / std::max<std::size_t>(row_length(), 1), 1);
  }
  return possible;
}

void SampleBuffer::add_block() {
  claim_memory(rows_per_block_ * row_length() * sizeof(double), "Recorded synapses");
  blocks_.push_back(std::make_unique<double[]>(rows_per_block_ * row_length()));
}

void SampleBuffer::reserve(std::size_t rows) {
  const std::lock_guard guard(mutex_);
  const std::size_t needed = steps_.size() + rows;
  while (blocks_.size() * rows_per_block_ < needed) add_block();
  if (steps_.capacity() < needed) steps_.reserve(std::max(needed, 2 * steps_.capacity()));
}

std::span<double> SampleBuffer::append(std::int64_t step) {
  const std::size_t i = steps_.size();
  // The steps say how many rows there are: they come last.
  if (i / rows_per_block_ == blocks_.size()) add_block();
  steps_.push_back(step);
  double* const begin = blocks_[i / rows_per_block_].get() + (i % rows_per_block_) * row_length();
  return {begin, row_length()};
}

void SampleBuffer::clear() {
  const std::lock_guard guard(mutex_);
  std::vector<std::int64_t>().swap(steps_);
  blocks_.clear();
}

std::uint64_t SampleBuffer::size() const {
  const std::lock_guard guard(mutex_);
  return std::uint64_t{steps_.size()} * synapses_;
}

std::int64_t SampleBuffer::bytes() const {
  const std::lock_guard guard(mutex_);
  return static_cast<std::int64_t>(
      8 * (steps_.capacity() + blocks_.size() * rows_per_block_ * row_length()));
}

SampleBuffer::Copy SampleBuffer::copy_from(std::uint64_t from, std::uint64_t most) const {
  const std::lock_guard guard(mutex_);
  Copy copy;
  copy.values.resize(values_);
  const std::uint64_t end = std::uint64_t{steps_.size()} * synapses_;
  if (from >= end) return copy;
  const auto n = static_cast<std::size_t>(std::min(end - from, most));
  // Here, and once more as users get it.
  require_memory(static_cast<double>(n) * static_cast<double>(12 + 24 + 16 * values_),
                 std::to_string(n) + " recorded values of synapses");
  copy.steps.reserve(n);
  copy.synapses.reserve(n);
  for (auto& column : copy.values) column.reserve(n);
  auto first = static_cast<std::size_t>(from % synapses_);
  for (auto i = static_cast<std::size_t>(from / synapses_); copy.steps.size() < n; ++i) {
    const std::size_t last = std::min(synapses_, first + (n - copy.steps.size()));
    copy.steps.insert(copy.steps.end(), last - first, steps_[i]);
    for (std::size_t s = first; s < last; ++s) {
      copy.synapses.push_back(static_cast<std::uint32_t>(s));
    }
    for (std::size_t v = 0; v < values_; ++v) {
      const double* const begin = row(i) + v * synapses_;
      copy.values[v].insert(copy.values[v].end(), begin + first, begin + last);
    }
    first = 0;
  }
  return copy;
}

// --- SynapseRecorder -----------------------------------------------------------------------------

SynapseRecorder::SynapseRecorder() : buffer_(std::make_shared<SampleBuffer>(0, 1)) {}

SynapseRecorder::SynapseRecorder(const SynapseRecorder& other)
    : DeviceOf(other), buffer_(std::make_shared<SampleBuffer>(0, other.recorded().size())) {}

namespace {

std::vector<std::string> names_of(const std::vector<SynapseRecordable>& recordables) {
  std::vector<std::string> names;
  names.reserve(recordables.size());
  for (const SynapseRecordable& r : recordables) names.push_back(r.name);
  return names;
}

// What the synapses of any model have, and of those that are chosen: these may be models of texts.
std::vector<std::string> all_names(const ChosenSynapses* chosen) {
  std::vector<std::string> all;
  const auto add = [&](const SynapseModel& model) {
    for (std::string& name : names_of(model.recordables())) {
      if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(std::move(name));
    }
  };
  for (const SynapseModel& model : synapse_models()) add(model);
  if (chosen)
    std::for_each(chosen->models.begin(), chosen->models.end(), [&](auto* m) { add(*m); });
  return all;
}

void require_name(const std::string& name, const std::vector<std::string>& known,
                  const std::string& recorder, const std::string& owner_has_no) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  throw unknown_name(ErrorKind::kBadProperty, "value", owner_has_no, name, known)
      .with("parameter", std::string("record_from"))
      .with("model", recorder);
}

}  // namespace

void SynapseRecorder::check(const Parameters& next, const GivenParameters& given,
                            const DeviceContext& context) {
  check_sampling(next, context);
  Recorder::check(next, given, context);
  if (next.record_to != "memory") refuse<&Parameters::record_to>(next.record_to, "'memory'");
  const bool holds_events = !given.has<&Parameters::n_events>() && size() > 0;
  for (const std::string_view name :
       {member_name<&Parameters::interval>(), member_name<&Parameters::offset>(),
        member_name<&Parameters::record_from>(), member_name<&Parameters::connections>()}) {
    if (!holds_events || !given.has(name)) continue;
    throw Error(ErrorKind::kBadProperty,
                std::string(name) + " of " + model_name +
                    " cannot be changed while it holds events; set n_events to 0 first.",
                {{"model", model_name}, {"parameter", std::string(name)}});
  }
  const std::vector<std::string>& names = next.record_from;
  if (names.empty()) refuse<&Parameters::record_from>(0.0, "a list of at least one name");
  const ChosenSynapses* chosen = next.connections.get();
  const std::vector<std::string> known = all_names(chosen);
  for (const std::string& name : names) {
    require_name(name, known, model_name, "No synapse has a recordable");
  }
  if (!chosen) return;
  if (chosen->positions.empty()) {
    refuse<&Parameters::connections>(0.0, "a collection of at least one synapse");
  }
  for (const SynapseModel* model : chosen->models) {
    const std::vector<std::string> own = names_of(model->recordables());
    for (const std::string& name : names) {
      require_name(name, own, model_name, model->name + " has no recordable");
    }
  }
}

bool SynapseRecorder::holds_together(std::int64_t) const {
  const ChosenSynapses* const all = chosen();
  return buffer_->synapses() == (all ? all->positions.size() : 0) &&
         buffer_->values() == recorded().size() &&
         (!all || (all->sources.size() == all->positions.size() &&
                   all->targets.size() == all->positions.size()));
}

void SynapseRecorder::before_change(const DeviceValues& next) {
  const ChosenSynapses* chosen = own(next).connections.get();
  const std::size_t synapses = chosen ? chosen->positions.size() : 0;
  const std::size_t values = own(next).record_from.size();
  next_buffer_.reset();
  if (synapses != buffer_->synapses() || values != buffer_->values()) {
    next_buffer_ = std::make_shared<SampleBuffer>(synapses, values);
  }
}

void SynapseRecorder::on_change(const DeviceContext& context) noexcept {
  Recorder::on_change(context);
  if (next_buffer_) buffer_ = std::move(next_buffer_);
}

ResultMap SynapseRecorder::events_from(std::uint64_t from, std::uint64_t most,
                                       const TimeGrid& grid) const {
  SampleBuffer::Copy copy = buffer_->copy_from(from, most);
  const std::size_t n = copy.steps.size();
  Column<double> targets(n);
  Column<NodeId> senders(n);
  for (std::size_t i = 0; i < n; ++i) {
    senders[i] = chosen()->sources[copy.synapses[i]];
    targets[i] = chosen()->targets[copy.synapses[i]];
  }
  ResultMap map = present(copy.steps, std::move(senders), {}, grid);
  map.emplace_back("targets", Result{std::move(targets)});
  for (std::size_t v = 0; v < copy.values.size(); ++v) {
    map.emplace_back(recorded()[v], Result{std::move(copy.values[v])});
  }
  return map;
}

void SynapseRecorder::release_events(std::uint64_t) const {
  throw Error(ErrorKind::kNotImplemented,
              model_name + " keeps its events: they cannot be released.", {{"model", model_name}});
}

std::int64_t SynapseRecorder::bytes() const {
  const auto n = static_cast<std::int64_t>(chosen() ? chosen()->positions.size() : 0);
  return buffer_->bytes() +
         n * static_cast<std::int64_t>(sizeof(std::uint64_t) + 2 * sizeof(NodeId));
}

std::unique_ptr<Device> make_synapse_recorder() { return std::make_unique<SynapseRecorder>(); }

}  // namespace tegmenta
