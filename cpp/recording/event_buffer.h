// What recorders hold. A simulation appends at the end of every slice, under a lock, so that what
// was recorded so far can be read while it runs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>
#include <type_traits>
#include <vector>

#include "base/column.h"
#include "base/held.h"
#include "base/value.h"

namespace tegmenta {

inline constexpr std::uint64_t kAllEvents = std::numeric_limits<std::uint64_t>::max();

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
  /// Number of events, those that were taken included.
  std::uint64_t size() const;

  struct Copy {
    std::vector<std::int64_t> steps;
    Column<NodeId> senders;
    Column<double> offsets;  // empty when all are 0
    std::vector<Column<double>> values;
  };
  /// `most` events from position `from` on, in order of recording; or all, sorted by (step,
  /// sender). Throws OutOfMemory where there is no room to list them one by one.
  Copy copy_from(std::uint64_t from, std::uint64_t most = kAllEvents) const;
  Copy sorted() const;
  /// Events before position `end` are no longer held but counted.
  void release(std::uint64_t end);
  /// Position of the first event that is held.
  std::uint64_t first_held() const;
  std::int64_t bytes() const;
  std::size_t values() const { return values_; }

  /// Nothing is appended meanwhile.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("values", self.values_);
    visit("by_value", self.by_value_);
    visit("taken", self.taken_);
    // As one block, wherever the limits of blocks are.
    if constexpr (held::loads<Visitor>) {
      visit("held", self.blocks_.emplace_back());
    } else {
      visit("held", Joined{std::span(self.blocks_.data(), self.used_), self.values_, self.rows_});
    }
  }
  bool loaded();

  /// Held while a slice's events are appended.
  std::unique_lock<std::mutex> lock() const { return std::unique_lock(mutex_); }

 private:
  // Positions are those of all events, taken or held; those of blocks begin with the held ones.
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
    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("steps", self.steps);
      visit("senders", self.senders);
      visit("columns", self.columns);
      visit("offsets", self.offsets);
      visit("ends", self.ends);
    }
    /// The row that stands for an event, where some rows stand for several.
    std::size_t row_of(std::uint64_t event) const;
    /// The first events go. Gives the rows that went.
    std::size_t drop(std::uint64_t count);
    /// Whether its columns fit together.
    bool whole(std::size_t values) const;
  };
  /// Blocks that are saved as one.
  struct Joined {
    std::span<const Block> blocks;
    std::size_t values, rows;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      const auto join = [&](const char* name, auto&& column_of) {
        using T = std::remove_cvref_t<decltype(column_of(self.blocks.front()).front())>;
        visit.template in_pieces<T>(name, self.rows, [&](auto&& piece) {
          for (const Block& block : self.blocks) {
            const auto& column = column_of(block);
            piece(column.data(), column.size());
          }
        });
      };
      join("steps", [](const Block& block) -> auto& { return block.steps; });
      join("senders", [](const Block& block) -> auto& { return block.senders; });
      visit.list("columns", self.values, [&](std::size_t i) {
        join(nullptr, [i](const Block& block) -> auto& { return block.columns[i]; });
      });
      self.join_rare(visit);
    }

   private:
    // What only some blocks have.
    template <typename Visitor>
    void join_rare(Visitor& visit) const {
      const bool offsets = std::any_of(blocks.begin(), blocks.end(),
                                       [](const Block& block) { return !block.offsets.empty(); });
      const bool counts = std::any_of(blocks.begin(), blocks.end(),
                                      [](const Block& block) { return !block.ends.empty(); });
      visit.template in_pieces<double>("offsets", offsets ? rows : 0, [&](auto&& piece) {
        for (const Block& block : blocks) {
          if (!offsets) break;
          std::vector<double> list = block.offsets;
          list.resize(block.steps.size(), 0);
          piece(list.data(), list.size());
        }
      });
      visit.template in_pieces<std::uint64_t>("ends", counts ? rows : 0, [&](auto&& piece) {
        for (const Block& block : blocks) {
          if (!counts) break;
          std::vector<std::uint64_t> list(block.steps.size());
          for (std::size_t i = 0; i < list.size(); ++i) {
            list[i] = block.before + (block.ends.empty() ? i + 1 : block.ends[i]);
          }
          piece(list.data(), list.size());
        }
      });
    }
  };
  void add_block(std::size_t rows);
  Block& open_block();
  void note_order(std::int64_t step, NodeId sender, double value);
  std::uint64_t events() const;
  Copy copy_held(std::uint64_t from, std::uint64_t most) const;
  void copy_block(const Block& block, std::uint64_t from, std::uint64_t to, Copy& into,
                  bool offsets) const;
  void drop(std::uint64_t count);

  std::size_t values_;
  bool by_value_;
  mutable std::mutex mutex_;
  std::vector<Block> blocks_;
  std::uint64_t taken_ = 0;
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

}  // namespace tegmenta
