#include "recording/event_buffer.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

#include "base/memory.h"

namespace tegmenta {

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
  note_order(step, sender, by_value_ ? *values : 0);
  ++rows_;
  --room_;
}

void EventBuffer::note_order(std::int64_t step, NodeId sender, double value) {
  ascending_ &= std::tie(last_step_, last_sender_, last_value_) <= std::tie(step, sender, value);
  last_step_ = step;
  last_sender_ = sender;
  last_value_ = value;
}

bool EventBuffer::Block::whole(std::size_t values) const {
  const auto each_or_none = [&](const auto& list) {
    return list.empty() || list.size() == steps.size();
  };
  return senders.size() == steps.size() && columns.size() == values &&
         std::all_of(columns.begin(), columns.end(),
                     [&](const auto& column) { return column.size() == steps.size(); }) &&
         each_or_none(offsets) && each_or_none(ends) &&
         (ends.empty() || (ends.front() > 0 && std::is_sorted(ends.begin(), ends.end())));
}

bool EventBuffer::loaded() {
  if (by_value_ && values_ == 0) return false;
  Block& block = blocks_.front();
  if (!block.whole(values_)) return false;
  block.capacity = rows_ = block.steps.size();
  block.before = 0;
  for (std::size_t i = 0; i < rows_; ++i) {
    note_order(block.steps[i], block.senders[i], by_value_ ? block.columns.front()[i] : 0);
  }
  used_ = 1;
  if (rows_ == 0) {
    blocks_.clear();
    used_ = 0;
  }
  return true;
}

void EventBuffer::clear() {
  const std::lock_guard guard(mutex_);
  std::vector<Block>().swap(blocks_);
  used_ = rows_ = room_ = 0;
  taken_ = 0;
  ascending_ = true;
  last_step_ = std::numeric_limits<std::int64_t>::min();
}

std::uint64_t EventBuffer::events() const {
  return used_ == 0 ? 0 : blocks_[used_ - 1].before + blocks_[used_ - 1].events();
}

std::uint64_t EventBuffer::size() const {
  const std::lock_guard guard(mutex_);
  return taken_ + events();
}

std::int64_t EventBuffer::bytes() const {
  const std::lock_guard guard(mutex_);
  std::size_t sum = 0;
  for (std::size_t b = 0; b < used_; ++b) sum += blocks_[b].bytes();
  return static_cast<std::int64_t>(sum);
}

// The events [from, to) of a block.
void EventBuffer::copy_block(const Block& block, std::uint64_t from, std::uint64_t to, Copy& into,
                             bool offsets) const {
  const auto first = static_cast<std::ptrdiff_t>(
      block.ends.empty() ? from : static_cast<std::uint64_t>(block.row_of(from)));
  const auto list = [&](const auto& column, auto& copy) {
    if (block.ends.empty()) {
      copy.insert(copy.end(), column.begin() + first,
                  column.begin() + static_cast<std::ptrdiff_t>(to));
      return;
    }
    std::uint64_t done = from;
    for (auto i = static_cast<std::size_t>(first); done < to; ++i) {
      const std::uint64_t end = std::min(block.ends[i], to);
      copy.insert(copy.end(), static_cast<std::size_t>(end - done), column[i]);
      done = end;
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

EventBuffer::Copy EventBuffer::copy_from(std::uint64_t from, std::uint64_t most) const {
  const std::lock_guard guard(mutex_);
  return copy_held(std::max(from, taken_) - taken_, most);
}

void EventBuffer::release(std::uint64_t end) {
  const std::lock_guard guard(mutex_);
  if (end > taken_) drop(std::min(end - taken_, events()));
}

std::uint64_t EventBuffer::first_held() const {
  const std::lock_guard guard(mutex_);
  return taken_;
}

std::size_t EventBuffer::Block::row_of(std::uint64_t event) const {
  return static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), event) - ends.begin());
}

std::size_t EventBuffer::Block::drop(std::uint64_t count) {
  const std::size_t rows = ends.empty() ? static_cast<std::size_t>(count) : row_of(count);
  const auto shorten = [rows](auto& column) {
    if (!column.empty()) {
      column.erase(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(rows));
    }
  };
  shorten(steps);
  shorten(senders);
  for (auto& column : columns) shorten(column);
  shorten(offsets);
  shorten(ends);
  for (std::uint64_t& end : ends) end -= count;
  return rows;
}

// The first of the held events go; the last block stays, for what is to be appended next.
void EventBuffer::drop(std::uint64_t count) {
  if (count == 0) return;
  taken_ += count;
  std::size_t whole = 0;
  while (whole + 1 < used_ && blocks_[whole + 1].before <= count) {
    rows_ -= blocks_[whole++].steps.size();
  }
  const std::size_t rows = blocks_[whole].drop(count - blocks_[whole].before);
  rows_ -= rows;
  if (whole + 1 == used_) room_ += rows;
  blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(whole));
  used_ -= whole;
  blocks_.front().before = 0;
  for (std::size_t b = 1; b < used_; ++b) blocks_[b].before -= count;
  if (rows_ > 0) return;
  used_ = 0;
  ascending_ = true;
  last_step_ = std::numeric_limits<std::int64_t>::min();
}

// `most` of the held events, without the first ones.
EventBuffer::Copy EventBuffer::copy_held(std::uint64_t from, std::uint64_t most) const {
  Copy copy;
  copy.values.resize(values_);
  if (from >= events()) return copy;
  bool offsets = false;
  for (std::size_t b = 0; b < used_; ++b) offsets |= !blocks_[b].offsets.empty();
  const auto n = static_cast<std::size_t>(std::min(events() - from, most));
  const std::uint64_t to = from + n;
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
    if (block.before >= to) break;
    if (block.before + block.events() <= from) continue;
    copy_block(block, from > block.before ? from - block.before : 0,
               std::min(to - block.before, block.events()), copy, offsets);
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
    return by_value_ && copy.values.front()[a] < copy.values.front()[b];
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

}  // namespace tegmenta
