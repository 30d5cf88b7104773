// What a simulation changes of synapses, as it was when they were first simulated: ResetState puts
// it back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/number_column.h"

namespace tegmenta {

struct PartitionRows;
struct RowStore;

/// Something of every synapse of a store that simulations change.
struct ChangingValue {
  enum class Kind : std::uint8_t { kWeight, kColumn, kKplus, kKplusTriplet };
  Kind kind = Kind::kWeight;
  std::uint32_t column = 0;

  bool operator==(const ChangingValue&) const = default;
  double read(const RowStore& store, const PartitionRows& rows, std::size_t i) const;
  void write(const RowStore& store, PartitionRows& rows, std::size_t i, double value) const;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("kind", self.kind);
    visit("column", self.column);
  }
};

/// Of the synapses of a store in one partition, in their order. first_trace: what their rows begin
/// with.
class InitialValues {
 public:
  bool kept() const { return kept_; }
  /// What is not kept yet, of synapses that are there for the first time.
  void keep(const RowStore& store, const PartitionRows& rows, double first_trace);

  struct Wanted {
    bool weights;
    bool eligibility;
  };
  /// Puts weights, if wanted, and states back; synapses that were not simulated yet have theirs.
  void restore(const RowStore& store, PartitionRows& rows, const Wanted& wanted,
               double first_trace) const;

  /// Of synapses that are laid out anew.
  class Move;
  /// shorten(values): without the synapses that go.
  template <typename Shorten>
  void remove(Shorten&& shorten) {
    for (Values& values : values_) shorten(values.numbers.values);
    shorten(fresh_);
  }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("kept", self.kept_);
    visit("values", self.values_);
    visit("fresh", self.fresh_);
  }
  /// Whether they may be those of so many synapses.
  bool fits(std::size_t n) const;

 private:
  struct Values {
    ChangingValue what;
    NumberColumn numbers;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("what", self.what);
      visit("numbers", self.numbers);
    }
  };
  const NumberColumn* find(const ChangingValue& what) const;
  bool is_fresh(std::size_t i) const { return !kept_ || (!fresh_.empty() && fresh_[i] != 0); }

  bool kept_ = false;
  std::vector<Values> values_;
  AlignedVector<std::uint8_t> fresh_;  // by synapse: not simulated yet; empty: none
};

class InitialValues::Move {
 public:
  /// rows: as they are afterwards. Until they are taken, all synapses count as not simulated yet.
  Move(const RowStore& store, PartitionRows& rows, double first_trace);
  /// A synapse that was at `offset` of the old rows.
  void take(const PartitionRows& old, std::size_t offset, std::size_t to);
  void finish();

 private:
  PartitionRows& rows_;
  double first_trace_;
  std::vector<ChangingValue> what_;
  std::vector<AlignedVector<double>> numbers_;
};

}  // namespace tegmenta
